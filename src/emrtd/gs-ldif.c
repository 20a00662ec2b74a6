/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-ldif.h"

#include "gs-emrtd-error.h"

#include <string.h>

/* The next line with its continuations (each begins with one space) joined; NULL at the end. */
static char *
next_line (const char *text, gsize size, gsize *at, guint *number)
{
  GString *line;

  if (*at >= size)
    return NULL;
  line = g_string_new (NULL);
  do
    {
      const char *begin = text + *at;
      const char *end = memchr (begin, '\n', size - *at);
      gsize length = end != NULL ? (gsize) (end - begin) : size - *at;
      gsize skip = line->len > 0 && length > 0 && begin[0] == ' ' ? 1 : 0;

      *at += length + (end != NULL ? 1 : 0);
      ++*number;
      if (length > skip && begin[length - 1] == '\r')
        length--;
      g_string_append_len (line, begin + skip, (gssize) (length - skip));
    }
  while (line->len > 0 && *at < size && text[*at] == ' ');
  return g_string_free (line, FALSE);
}

static gboolean
is_base64 (const char *text)
{
  return strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
         == strlen (text);
}

static char *
attribute_name (const char *line, gsize length)
{
  const char *option = memchr (line, ';', length);

  return g_ascii_strdown (line, option != NULL ? option - line : (gssize) length);
}

gboolean
gs_ldif_read (const char *text, gsize size, GsLdifFunc function, gpointer user_data, GError **error)
{
  g_autofree char *dn = g_strdup ("");
  gsize at = 0;
  guint number = 0;

  for (;;)
    {
      guint begun = number + 1;
      g_autofree char *line = next_line (text, size, &at, &number);
      const char *colon = line != NULL ? strchr (line, ':') : NULL;
      g_autofree char *name = NULL;
      const char *value;

      if (line == NULL)
        return TRUE;
      if (line[0] == '\0' || line[0] == '#' || strcmp (line, "-") == 0)
        continue;
      if (colon == NULL || colon == line || line[0] == ';')
        {
          g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED, "Line %u is no LDIF",
                       begun);
          return FALSE;
        }
      name = attribute_name (line, (gsize) (colon - line));
      value = colon + 1 + (colon[1] == ':' ? 1 : 0);
      value += strspn (value, " ");
      if (strcmp (name, "dn") == 0)
        {
          g_free (dn);
          dn = g_strdup (value);
        }
      else if (colon[1] == ':' && *value != '\0')
        {
          g_autofree guint8 *data = NULL;
          g_autoptr (GBytes) bytes = NULL;
          gsize length;

          if (!is_base64 (value))
            {
              g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "Line %u is not in Base64", begun);
              return FALSE;
            }
          data = g_base64_decode (value, &length);
          bytes = g_bytes_new_take (g_steal_pointer (&data), length);
          function (dn, name, bytes, user_data);
        }
    }
}

gboolean
gs_ldif_looks_like (const char *text, gsize size)
{
  gsize at = 0;
  guint number = 0;

  while (number < 100)
    {
      g_autofree char *line = next_line (text, size, &at, &number);

      if (line == NULL)
        return FALSE;
      if (line[0] == '\0' || line[0] == '#')
        continue;
      return g_ascii_strncasecmp (line, "dn:", 3) == 0
             || g_ascii_strncasecmp (line, "version:", 8) == 0;
    }
  return FALSE;
}
