/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-c40.h"

#include "gs-seal-error.h"

#include <string.h>

/* The value that stands in the place of a third character that is not there. */
#define PAD 0
/* Back to one byte a character, for a single one at the end. */
#define UNLATCH 0xfe

/* 0 for a character that the coding does not have. */
static guint
value_of (char c)
{
  if (c == ' ' || c == '<')
    return 3;
  if (c >= '0' && c <= '9')
    return 4 + (guint) (c - '0');
  return c >= 'A' && c <= 'Z' ? 14 + (guint) (c - 'A') : 0;
}

static char
character_of (guint value)
{
  if (value == 3)
    return ' ';
  return (char) (value < 14 ? '0' + (int) value - 4 : 'A' + (int) value - 14);
}

gsize
gs_c40_size (gsize characters)
{
  return (characters + 2) / 3 * 2;
}

GByteArray *
gs_c40_encode (const char *text, GError **error)
{
  gsize length = strlen (text);
  g_autoptr (GByteArray) out = g_byte_array_sized_new ((guint) gs_c40_size (length));

  for (gsize i = 0; i < length; i++)
    if (value_of (text[i]) == 0)
      {
        g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_FIELDS,
                     "“%s” has a character that is neither A to Z nor 0 to 9 nor a space", text);
        return NULL;
      }
  for (gsize i = 0; i < length; i += 3)
    {
      guint8 pair[2];

      if (length - i == 1)
        {
          pair[0] = UNLATCH;
          pair[1] = (guint8) (character_of (value_of (text[i])) + 1);
        }
      else
        {
          guint third = length - i == 2 ? PAD : value_of (text[i + 2]);
          guint sum = 1600 * value_of (text[i]) + 40 * value_of (text[i + 1]) + third + 1;

          pair[0] = (guint8) (sum >> 8);
          pair[1] = (guint8) (sum & 0xff);
        }
      g_byte_array_append (out, pair, sizeof pair);
    }
  return g_steal_pointer (&out);
}

static char *
malformed (GError **error, const char *why)
{
  g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_MALFORMED, "no C40 text: %s", why);
  return NULL;
}

/* One pair of bytes; FALSE when it codes nothing. last: a short group may stand there. */
static gboolean
decode_pair (const guint8 *pair, gboolean last, GString *out)
{
  guint sum = 256u * pair[0] + pair[1];
  guint values[3];

  if (pair[0] == UNLATCH)
    {
      char c = (char) (pair[1] - 1);

      if (!last || pair[1] == 0 || value_of (c) == 0 || c == '<')
        return FALSE;
      g_string_append_c (out, c);
      return TRUE;
    }
  if (sum == 0 || sum > 64000)
    return FALSE;
  sum--;
  values[0] = sum / 1600;
  values[1] = sum / 40 % 40;
  values[2] = sum % 40;
  for (guint i = 0; i < 3; i++)
    {
      if (i == 2 && last && values[i] == PAD)
        return TRUE;
      if (values[i] < 3)
        return FALSE;
      g_string_append_c (out, character_of (values[i]));
    }
  return TRUE;
}

char *
gs_c40_decode (const guint8 *bytes, gsize length, GError **error)
{
  g_autoptr (GString) out = g_string_sized_new (length / 2 * 3 + 1);

  if (length % 2 != 0)
    return malformed (error, "an odd number of bytes");
  for (gsize i = 0; i < length; i += 2)
    if (!decode_pair (bytes + i, i + 2 == length, out))
      return malformed (error, "a pair of bytes that stands for no characters");
  return g_string_free (g_steal_pointer (&out), FALSE);
}
