/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-der.h"

#include <stdarg.h>
#include <string.h>

static void
put_tag (GByteArray *out, guint32 tag)
{
  for (int shift = 24; shift >= 0; shift -= 8)
    {
      guint8 byte = (guint8) (tag >> shift);

      if (byte != 0 || (tag >> shift) != 0)
        g_byte_array_append (out, &byte, 1);
    }
}

static void
put_length (GByteArray *out, gsize length)
{
  guint8 bytes[5];
  guint used = 0;

  if (length < 0x80)
    bytes[used++] = (guint8) length;
  else
    {
      guint count = length > 0xffffff ? 4 : length > 0xffff ? 3 : length > 0xff ? 2 : 1;

      bytes[used++] = (guint8) (0x80 | count);
      while (count > 0)
        bytes[used++] = (guint8) (length >> (8 * --count));
    }
  g_byte_array_append (out, bytes, used);
}

static void
put_piece (GByteArray *out, GBytes *piece)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (piece, &length);

  g_byte_array_append (out, bytes, (guint) length);
}

GBytes *
gs_utopia_der (guint32 tag, gconstpointer bytes, gsize length)
{
  GByteArray *out = g_byte_array_sized_new ((guint) length + 8);

  put_tag (out, tag);
  put_length (out, length);
  g_byte_array_append (out, bytes, (guint) length);
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
wrap (guint32 tag, GByteArray *content)
{
  GBytes *whole;

  if (tag == 0)
    return g_byte_array_free_to_bytes (content);
  whole = gs_utopia_der (tag, content->data, content->len);
  g_byte_array_unref (content);
  return whole;
}

GBytes *
gs_utopia_der_of (guint32 tag, GBytes *first, ...)
{
  GByteArray *content = g_byte_array_new ();
  va_list pieces;

  va_start (pieces, first);
  for (GBytes *piece = first; piece != NULL; piece = va_arg (pieces, GBytes *))
    {
      put_piece (content, piece);
      g_bytes_unref (piece);
    }
  va_end (pieces);
  return wrap (tag, content);
}

static gint
compare_pieces (gconstpointer a, gconstpointer b)
{
  return g_bytes_compare (*(GBytes *const *) a, *(GBytes *const *) b);
}

GBytes *
gs_utopia_der_set (guint32 tag, GPtrArray *parts)
{
  GByteArray *content = g_byte_array_new ();

  g_ptr_array_sort (parts, compare_pieces);
  for (guint i = 0; i < parts->len; i++)
    {
      put_piece (content, g_ptr_array_index (parts, i));
      g_bytes_unref (g_ptr_array_index (parts, i));
    }
  g_ptr_array_set_free_func (parts, NULL);
  g_ptr_array_unref (parts);
  return wrap (tag, content);
}

GBytes *
gs_utopia_der_indefinite (guint32 tag, GBytes *content)
{
  static const guint8 length = 0x80, end[2] = { 0, 0 };
  GByteArray *out = g_byte_array_new ();

  put_tag (out, tag);
  g_byte_array_append (out, &length, 1);
  put_piece (out, content);
  g_byte_array_append (out, end, 2);
  g_bytes_unref (content);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
gs_utopia_der_none (void)
{
  return g_bytes_new_static ("", 0);
}

GBytes *
gs_utopia_der_null (void)
{
  return gs_utopia_der (0x05, "", 0);
}

GBytes *
gs_utopia_der_true (void)
{
  return gs_utopia_der (0x01, "\xff", 1);
}

GBytes *
gs_utopia_der_oid (const char *dotted)
{
  g_auto (GStrv) arcs = g_strsplit (dotted, ".", -1);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint count = g_strv_length (arcs);

  g_return_val_if_fail (count >= 2, NULL);
  for (guint i = 1; i < count; i++)
    {
      guint64 arc = g_ascii_strtoull (arcs[i], NULL, 10);
      guint8 bytes[10];
      int used = 0;

      if (i == 1)
        arc += 40 * g_ascii_strtoull (arcs[0], NULL, 10);
      do
        bytes[used++] = (guint8) (arc & 0x7f);
      while ((arc >>= 7) != 0);
      while (used-- > 0)
        {
          guint8 byte = (guint8) (bytes[used] | (used > 0 ? 0x80 : 0));

          g_byte_array_append (out, &byte, 1);
        }
    }
  return gs_utopia_der (0x06, out->data, out->len);
}

GBytes *
gs_utopia_der_number (guint32 tag, guint64 value)
{
  guint8 bytes[9];
  guint used = sizeof bytes;

  do
    bytes[--used] = (guint8) value;
  while ((value >>= 8) != 0);
  if (bytes[used] & 0x80)
    bytes[--used] = 0;
  return gs_utopia_der (tag, bytes + used, sizeof bytes - used);
}

GBytes *
gs_utopia_der_integer (guint64 value)
{
  return gs_utopia_der_number (0x02, value);
}

GBytes *
gs_utopia_der_unsigned (gconstpointer data, gsize length)
{
  const guint8 *bytes = data;

  while (length > 1 && bytes[0] == 0)
    bytes++, length--;
  if (length > 0 && (bytes[0] & 0x80) == 0)
    return gs_utopia_der (0x02, bytes, length);
  return gs_utopia_der_of (0x02, g_bytes_new_static ("", 1), g_bytes_new (bytes, length), NULL);
}

GBytes *
gs_utopia_der_text (guint32 tag, const char *text)
{
  return gs_utopia_der (tag, text, strlen (text));
}

GBytes *
gs_utopia_der_bits (gconstpointer bytes, gsize length, guint8 unused)
{
  return gs_utopia_der_of (0x03, g_bytes_new (&unused, 1), g_bytes_new (bytes, length), NULL);
}

static GBytes *
format_time (guint32 tag, gint64 utc_s, const char *format)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (utc_s);
  g_autofree char *text = g_date_time_format (moment, format);

  return gs_utopia_der_text (tag, text);
}

GBytes *
gs_utopia_der_time (gint64 utc_s)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (utc_s);

  return g_date_time_get_year (moment) < 2050 ? format_time (0x17, utc_s, "%y%m%d%H%M%SZ")
                                              : format_time (0x18, utc_s, "%Y%m%d%H%M%SZ");
}

GBytes *
gs_utopia_der_long_time (guint32 tag, gint64 utc_s)
{
  return format_time (tag, utc_s, "%Y%m%d%H%M%SZ");
}

GBytes *
gs_utopia_der_octets (GBytes *content)
{
  return gs_utopia_der_of (0x04, content, NULL);
}
