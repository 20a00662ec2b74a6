/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-tlv.h"

#include "gs-emrtd-error.h"

static gboolean
malformed (GError **error, const char *what)
{
  g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED, what);
  return FALSE;
}

void
gs_tlv_reader_init (GsTlvReader *self, const guint8 *data, gsize size)
{
  *self = (GsTlvReader){ .data = data, .size = size };
}

void
gs_tlv_reader_enter (GsTlvReader *self, const GsTlvReader *parent, const GsTlv *element)
{
  *self =
    (GsTlvReader){ .data = element->value, .size = element->length, .depth = parent->depth + 1 };
}

gboolean
gs_tlv_reader_at_end (const GsTlvReader *self)
{
  return self->at >= self->size;
}

static gboolean
read_tag (const guint8 *data, gsize size, gsize *at, GsTlvTag *tag, GError **error)
{
  guint8 byte;

  if (*at >= size)
    return malformed (error, "The bytes end before a tag");
  byte = data[(*at)++];
  *tag = byte;
  if ((byte & 0x1f) != 0x1f)
    return TRUE;
  for (int i = 0; i < 3; i++)
    {
      if (*at >= size)
        return malformed (error, "The bytes end within a tag");
      byte = data[(*at)++];
      *tag = (*tag << 8) | byte;
      if ((byte & 0x80) == 0)
        return TRUE;
    }
  return malformed (error, "A tag is longer than four bytes");
}

static gboolean
read_length (
  const guint8 *data, gsize size, gsize *at, gsize *length, gboolean *indefinite, GError **error)
{
  guint8 byte;
  guint n_bytes;
  guint64 sum = 0;

  *indefinite = FALSE;
  *length = 0;
  if (*at >= size)
    return malformed (error, "The bytes end before a length");
  byte = data[(*at)++];
  if (byte < 0x80)
    {
      *length = byte;
      return TRUE;
    }
  if (byte == 0x80)
    {
      *indefinite = TRUE;
      return TRUE;
    }
  n_bytes = byte & 0x7f;
  if (n_bytes > 4)
    return malformed (error, "A length is longer than four bytes");
  if (size - *at < n_bytes)
    return malformed (error, "The bytes end within a length");
  for (guint i = 0; i < n_bytes; i++)
    sum = (sum << 8) | data[(*at)++];
  *length = (gsize) sum;
  return TRUE;
}

/* Tag and length at *at; *at stands on the content afterwards. */
static gboolean
read_header (const guint8 *data, gsize size, gsize *at, GsTlv *element, GError **error)
{
  gsize start = *at;

  if (!read_tag (data, size, at, &element->tag, error)
      || !read_length (data, size, at, &element->length, &element->indefinite, error))
    return FALSE;
  element->constructed = (data[start] & 0x20) != 0;
  element->whole = data + start;
  element->value = data + *at;
  if (element->indefinite && !element->constructed)
    return malformed (error, "A primitive element has no length");
  return TRUE;
}

/* Moves *at behind the end-of-contents bytes of an element whose content begins there, over
 * elements that may be indefinite themselves. Keeps count instead of calling itself, so that a
 * stranger's nesting cannot use up our stack. */
static gboolean
skip_indefinite (const guint8 *data, gsize size, gsize *at, guint depth, GError **error)
{
  guint open = 1;

  while (open > 0)
    {
      GsTlv inner;

      if (!read_header (data, size, at, &inner, error))
        return FALSE;
      if (inner.tag == 0 && inner.length == 0 && !inner.indefinite)
        open--;
      else if (inner.indefinite)
        {
          open++;
          if (depth + open > GS_TLV_MAX_DEPTH)
            {
              g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT,
                                   "Too many elements stand inside each other");
              return FALSE;
            }
        }
      else if (inner.length > size - *at)
        return malformed (error, "An element is longer than what holds it");
      else
        *at += inner.length;
    }
  return TRUE;
}

gboolean
gs_tlv_read (GsTlvReader *self, GsTlv *element, GError **error)
{
  gsize at = self->at;
  gsize begin;

  if (self->depth > GS_TLV_MAX_DEPTH)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT,
                           "Too many elements stand inside each other");
      return FALSE;
    }
  if (!read_header (self->data, self->size, &at, element, error))
    return FALSE;
  begin = at;
  if (element->indefinite)
    {
      if (!skip_indefinite (self->data, self->size, &at, self->depth, error))
        return FALSE;
      element->length = at - begin - 2;
    }
  else if (element->length > self->size - at)
    return malformed (error, "An element is longer than what holds it");
  else
    at += element->length;
  element->whole_length = at - self->at;
  self->at = at;
  return TRUE;
}

gboolean
gs_tlv_read_tag (GsTlvReader *self, GsTlvTag tag, GsTlv *element, GError **error)
{
  GsTlvReader next = *self;

  if (!gs_tlv_read (&next, element, error))
    return FALSE;
  if (element->tag != tag)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                   "An element %X stands where %X belongs", element->tag, tag);
      return FALSE;
    }
  *self = next;
  return TRUE;
}

gboolean
gs_tlv_next_is (const GsTlvReader *self, GsTlvTag tag)
{
  gsize at = self->at;
  GsTlvTag found;

  return read_tag (self->data, self->size, &at, &found, NULL) && found == tag;
}

gboolean
gs_tlv_find (const GsTlvReader *self, GsTlvTag tag, GsTlv *element)
{
  GsTlvReader reader = *self;

  while (!gs_tlv_reader_at_end (&reader) && gs_tlv_read (&reader, element, NULL))
    if (element->tag == tag)
      return TRUE;
  return FALSE;
}

gboolean
gs_tlv_read_only (const guint8 *data, gsize size, gboolean padding, GsTlv *element, GError **error)
{
  GsTlvReader reader;

  gs_tlv_reader_init (&reader, data, size);
  if (!gs_tlv_read (&reader, element, error))
    return FALSE;
  for (; reader.at < size; reader.at++)
    if (!padding || (data[reader.at] != 0x00 && data[reader.at] != 0xff))
      return malformed (error, "There are bytes behind the element");
  return TRUE;
}

gboolean
gs_tlv_peek_length (const guint8 *data, gsize size, gsize *whole_length, GError **error)
{
  GsTlv element;
  gsize at = 0;

  if (!read_header (data, size, &at, &element, error))
    return FALSE;
  if (element.indefinite)
    return malformed (error, "An element has no length where one is needed");
  if (element.length > G_MAXSIZE - at)
    return malformed (error, "An element is longer than memory");
  *whole_length = at + element.length;
  return TRUE;
}

gboolean
gs_tlv_get_uint (const GsTlv *element, guint *number, GError **error)
{
  guint sum = 0;

  if (element->length == 0 || (element->value[0] & 0x80) != 0)
    return malformed (error, "A number is empty or negative");
  for (gsize i = 0; i < element->length; i++)
    {
      if (sum > (guint) G_MAXINT >> 8)
        return malformed (error, "A number is too large");
      sum = (sum << 8) | element->value[i];
    }
  *number = sum;
  return TRUE;
}

char *
gs_tlv_get_oid (const GsTlv *element, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 arc = 0;
  gboolean first = TRUE;

  if (element->length == 0 || (element->value[element->length - 1] & 0x80) != 0)
    {
      malformed (error, "An object identifier is not complete");
      return NULL;
    }
  for (gsize i = 0; i < element->length; i++)
    {
      guint8 byte = element->value[i];

      if (arc > G_MAXUINT32)
        {
          malformed (error, "An object identifier has too large a number");
          return NULL;
        }
      arc = (arc << 7) | (byte & 0x7f);
      if ((byte & 0x80) != 0)
        continue;
      if (first)
        g_string_append_printf (text, "%d.%" G_GUINT64_FORMAT, (int) MIN (arc / 40, 2),
                                arc - 40 * MIN (arc / 40, 2));
      else
        g_string_append_printf (text, ".%" G_GUINT64_FORMAT, arc);
      first = FALSE;
      arc = 0;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
gs_tlv_append_header (GByteArray *out, GsTlvTag tag, gsize length)
{
  guint8 bytes[10];
  guint n = 0;

  g_return_if_fail (length <= G_MAXUINT32);
  for (int shift = 24; shift >= 0; shift -= 8)
    if (tag >> shift != 0 || shift == 0)
      bytes[n++] = (guint8) (tag >> shift);
  if (length < 0x80)
    bytes[n++] = (guint8) length;
  else
    {
      guint n_bytes = length > 0xffffff ? 4 : length > 0xffff ? 3 : length > 0xff ? 2 : 1;

      bytes[n++] = (guint8) (0x80 | n_bytes);
      for (guint i = n_bytes; i-- > 0;)
        bytes[n++] = (guint8) (length >> (8 * i));
    }
  g_byte_array_append (out, bytes, n);
}

void
gs_tlv_append (GByteArray *out, GsTlvTag tag, const guint8 *value, gsize length)
{
  gs_tlv_append_header (out, tag, length);
  if (length > 0)
    g_byte_array_append (out, value, length);
}

void
gs_tlv_append_array (GByteArray *out, GsTlvTag tag, const GByteArray *content)
{
  gs_tlv_append (out, tag, content->data, content->len);
}

void
gs_tlv_append_uint (GByteArray *out, guint32 number)
{
  guint8 bytes[5];
  guint n = 0;

  for (int shift = 24; shift >= 0; shift -= 8)
    {
      guint8 byte = (guint8) (number >> shift);

      if (n == 0 && byte == 0 && shift > 0)
        continue;
      if (n == 0 && (byte & 0x80) != 0)
        bytes[n++] = 0;
      bytes[n++] = byte;
    }
  gs_tlv_append (out, GS_TLV_INTEGER, bytes, n);
}
