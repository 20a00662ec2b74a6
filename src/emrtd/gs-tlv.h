/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* BER-TLV (ISO/IEC 8825-1, ISO/IEC 7816-4 section 6.3) on bytes from a stranger: tags of up to four
 * bytes, definite lengths of up to four bytes, indefinite lengths. Nothing is copied, nothing is
 * read beyond the given bytes, no length is trusted before it was compared with what is left.
 * Errors are GS_EMRTD_ERROR_MALFORMED and GS_EMRTD_ERROR_LIMIT. Any thread; no state but the
 * caller's. */

/* How many elements may stand inside each other. */
#define GS_TLV_MAX_DEPTH 32

/* The bytes of a tag, the first one highest: 0x30, 0x5F1F, 0x7F4C. */
typedef guint32 GsTlvTag;

#define GS_TLV_SEQUENCE 0x30
#define GS_TLV_SET 0x31
#define GS_TLV_INTEGER 0x02
#define GS_TLV_BIT_STRING 0x03
#define GS_TLV_OCTET_STRING 0x04
#define GS_TLV_OID 0x06

/* One element. value: its content without the end-of-contents bytes; whole: from the first byte of
 * the tag to the last byte of the element. Both point into the reader's bytes. */
typedef struct
{
  GsTlvTag tag;
  gboolean constructed;
  gboolean indefinite;
  const guint8 *value;
  gsize length;
  const guint8 *whole;
  gsize whole_length;
} GsTlv;

/* A place in a row of elements. Initialise with gs_tlv_reader_init(). */
typedef struct
{
  const guint8 *data;
  gsize size;
  gsize at;
  guint depth;
} GsTlvReader;

void gs_tlv_reader_init (GsTlvReader *self, const guint8 *data, gsize size);
/* The elements inside a constructed element; one level deeper than parent. */
void gs_tlv_reader_enter (GsTlvReader *self, const GsTlvReader *parent, const GsTlv *element);
/* TRUE when nothing is left. */
gboolean gs_tlv_reader_at_end (const GsTlvReader *self);

/* Reads the next element and stands behind it. FALSE with an error when there is none. */
gboolean gs_tlv_read (GsTlvReader *self, GsTlv *element, GError **error);
/* The same, and the tag must be this one. On another tag the reader stays where it was. */
gboolean gs_tlv_read_tag (GsTlvReader *self, GsTlvTag tag, GsTlv *element, GError **error);
/* TRUE, with nothing read, when the next element has this tag. */
gboolean gs_tlv_next_is (const GsTlvReader *self, GsTlvTag tag);

/* The first element with this tag among the reader's remaining ones, which stays where it was.
 * FALSE without an error when there is none or when bytes before it are malformed. */
gboolean gs_tlv_find (const GsTlvReader *self, GsTlvTag tag, GsTlv *element);

/* Reads the one element that the bytes are; anything behind it is an error, but zero bytes and
 * 0xFF, with which chips fill up a file, are let pass when padding is TRUE. */
gboolean
gs_tlv_read_only (const guint8 *data, gsize size, gboolean padding, GsTlv *element, GError **error);

/* The length of the whole element at the beginning of data from its header alone (the first 10
 * bytes are always enough), for reading a file piece by piece. FALSE when malformed, incomplete or
 * indefinite. */
gboolean gs_tlv_peek_length (const guint8 *data, gsize size, gsize *whole_length, GError **error);

/* An INTEGER or ENUMERATED that is not negative and below 2^31. */
gboolean gs_tlv_get_uint (const GsTlv *element, guint *number, GError **error);
/* An OBJECT IDENTIFIER in dots, "2.23.136.1.1.1"; NULL with an error when malformed. Transfer
 * full. */
char *gs_tlv_get_oid (const GsTlv *element, GError **error);

/* Writing: DER, shortest lengths. */
void gs_tlv_append (GByteArray *out, GsTlvTag tag, const guint8 *value, gsize length);
/* Tag and length only; length bytes of content must follow. */
void gs_tlv_append_header (GByteArray *out, GsTlvTag tag, gsize length);
/* What stands in content, wrapped. */
void gs_tlv_append_array (GByteArray *out, GsTlvTag tag, const GByteArray *content);
void gs_tlv_append_uint (GByteArray *out, guint32 number);
