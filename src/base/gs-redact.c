/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-redact.h"

#include <string.h>

char *
gs_redact_document (const char *document_number)
{
  gsize length;

  if (document_number == NULL || *document_number == '\0')
    return g_strdup ("-");
  length = strlen (document_number);
  if (length < 8 || !g_str_is_ascii (document_number))
    return g_strdup ("•••");
  return g_strdup_printf ("%.2s•••%s", document_number, document_number + length - 4);
}

static gboolean
belongs (char c)
{
  return g_ascii_isalnum (c) || c == '<';
}

char *
gs_redact_message (const char *message)
{
  GString *out = g_string_new (NULL);
  const char *p = message;

  while (p != NULL && *p != '\0')
    {
      const char *end = p;
      gboolean telling = FALSE;

      while (belongs (*end))
        {
          telling |= g_ascii_isdigit (*end) || *end == '<';
          end++;
        }
      if (end == p)
        g_string_append_c (out, *p++);
      else
        {
          if (telling && end - p >= 5)
            g_string_append (out, "•••");
          else
            g_string_append_len (out, p, end - p);
          p = end;
        }
    }
  return g_string_free (out, FALSE);
}
