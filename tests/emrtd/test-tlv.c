/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-emrtd-error.h"
#include "gs-tlv.h"

#define READER(...)                                                                                \
  static const guint8 bytes[] = { __VA_ARGS__ };                                                   \
  g_autoptr (GError) error = NULL;                                                                 \
  GsTlvReader reader;                                                                              \
  GsTlv element;                                                                                   \
  gs_tlv_reader_init (&reader, bytes, sizeof bytes)

#define assert_malformed()                                                                         \
  g_assert_false (gs_tlv_read (&reader, &element, &error));                                        \
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED);                                \
  g_assert_cmpuint (reader.at, ==, 0)

static void
test_tags (void)
{
  READER (0x30, 0, 0x5f, 0x1f, 0, 0x7f, 0x4c, 0, 0x5f, 0x81, 0x02, 0);
  const GsTlvTag tags[] = { 0x30, 0x5f1f, 0x7f4c, 0x5f8102 };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_assert_true (gs_tlv_next_is (&reader, tags[i]));
      g_assert_true (gs_tlv_read (&reader, &element, &error));
      g_assert_cmphex (element.tag, ==, tags[i]);
      g_assert_true (element.constructed == (i == 0 || i == 2));
    }
  g_assert_true (gs_tlv_reader_at_end (&reader));
  g_assert_false (gs_tlv_read (&reader, &element, &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED);
}

static void
test_tag_too_long (void)
{
  READER (0x5f, 0x81, 0x82, 0x83, 0x04, 0);

  assert_malformed ();
}

static void
test_lengths (void)
{
  READER (0x04, 0x81, 0x02, 0xaa, 0xbb, 0x04, 0x84, 0, 0, 0, 1, 0xcc);

  g_assert_true (gs_tlv_read (&reader, &element, &error));
  g_assert_cmpmem (element.value, element.length, bytes + 3, 2);
  g_assert_cmpuint (element.whole_length, ==, 5);
  g_assert_true (gs_tlv_read (&reader, &element, &error));
  g_assert_cmpmem (element.value, element.length, bytes + 11, 1);
}

static void
test_length_beyond (void)
{
  READER (0x04, 0x03, 1, 2);

  assert_malformed ();
}

static void
test_length_huge (void)
{
  READER (0x04, 0x84, 0xff, 0xff, 0xff, 0xff, 1);

  assert_malformed ();
}

static void
test_length_five_bytes (void)
{
  READER (0x04, 0x85, 0, 0, 0, 0, 1, 1);

  assert_malformed ();
}

static void
test_indefinite (void)
{
  READER (0x30, 0x80, 0x24, 0x80, 0x04, 1, 0xaa, 0, 0, 0x04, 1, 0xbb, 0, 0, 0x05, 0);
  GsTlvReader inner;

  g_assert_true (gs_tlv_read (&reader, &element, &error));
  g_assert_true (element.indefinite);
  g_assert_cmpuint (element.length, ==, 10);
  g_assert_cmpuint (element.whole_length, ==, 14);
  gs_tlv_reader_enter (&inner, &reader, &element);
  g_assert_true (gs_tlv_read_tag (&inner, 0x24, &element, &error));
  g_assert_cmpuint (element.length, ==, 3);
  g_assert_true (gs_tlv_read_tag (&inner, 0x04, &element, &error));
  g_assert_true (gs_tlv_reader_at_end (&inner));
  g_assert_true (gs_tlv_read_tag (&reader, 0x05, &element, &error));
}

static void
test_indefinite_without_end (void)
{
  READER (0x30, 0x80, 0x04, 1, 0xaa, 0);

  assert_malformed ();
}

static void
test_indefinite_primitive (void)
{
  READER (0x04, 0x80, 0, 0);

  assert_malformed ();
}

static void
test_depth (void)
{
  g_autoptr (GError) error = NULL;
  guint8 bytes[400];
  GsTlvReader reader;
  GsTlv element;

  for (guint i = 0; i < 100; i++)
    {
      bytes[2 * i] = 0x30;
      bytes[2 * i + 1] = 0x80;
      bytes[200 + 2 * i] = bytes[201 + 2 * i] = 0;
    }
  gs_tlv_reader_init (&reader, bytes, sizeof bytes);
  g_assert_false (gs_tlv_read (&reader, &element, &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT);
}

static void
test_depth_definite (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  GsTlvReader reader;
  GsTlv element = { 0 };
  guint depth = 0;

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GByteArray) inner = g_steal_pointer (&bytes);

      bytes = g_byte_array_new ();
      gs_tlv_append_array (bytes, GS_TLV_SEQUENCE, inner);
    }
  gs_tlv_reader_init (&reader, bytes->data, bytes->len);
  for (; depth < 100 && gs_tlv_read (&reader, &element, &error); depth++)
    gs_tlv_reader_enter (&reader, &reader, &element);
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT);
  g_assert_cmpuint (depth, ==, GS_TLV_MAX_DEPTH + 1);
}

static void
test_other_tag (void)
{
  READER (0x04, 0);

  g_assert_false (gs_tlv_read_tag (&reader, 0x30, &element, &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED);
  g_assert_cmpuint (reader.at, ==, 0);
}

static void
test_find (void)
{
  READER (0x04, 0, 0x7f, 0x61, 1, 9, 0x30, 2);

  g_assert_true (gs_tlv_find (&reader, 0x7f61, &element));
  g_assert_cmpmem (element.value, element.length, bytes + 5, 1);
  g_assert_false (gs_tlv_find (&reader, 0x30, &element));
  g_assert_cmpuint (reader.at, ==, 0);
  g_assert_null (error);
}

static void
test_padding (void)
{
  static const guint8 zeros[] = { 0x04, 1, 7, 0, 0, 0xff }, more[] = { 0x04, 1, 7, 0, 1 };
  g_autoptr (GError) error = NULL;
  GsTlv element;

  g_assert_true (gs_tlv_read_only (zeros, sizeof zeros, TRUE, &element, NULL));
  g_assert_true (gs_tlv_read_only (zeros, 3, FALSE, &element, NULL));
  g_assert_false (gs_tlv_read_only (zeros, sizeof zeros, FALSE, &element, NULL));
  g_assert_false (gs_tlv_read_only (more, sizeof more, TRUE, &element, &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED);
}

static void
test_peek (void)
{
  static const guint8 header[] = { 0x77, 0x82, 0x07, 0xd0 }, endless[] = { 0x77, 0x80 };
  gsize whole;

  g_assert_true (gs_tlv_peek_length (header, sizeof header, &whole, NULL));
  g_assert_cmpuint (whole, ==, 2004);
  g_assert_false (gs_tlv_peek_length (header, 3, &whole, NULL));
  g_assert_false (gs_tlv_peek_length (endless, sizeof endless, &whole, NULL));
}

static void
test_numbers (void)
{
  static const guint32 numbers[] = { 0, 1, 127, 128, 255, 256, 65537, 0x7fffffff };
  g_autoptr (GByteArray) out = g_byte_array_new ();
  static const guint8 negative[] = { 0xff }, large[] = { 0x01, 0, 0, 0, 0 };
  GsTlvReader reader;
  GsTlv element;
  guint number;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    gs_tlv_append_uint (out, numbers[i]);
  gs_tlv_reader_init (&reader, out->data, out->len);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_assert_true (gs_tlv_read_tag (&reader, GS_TLV_INTEGER, &element, NULL));
      g_assert_true (gs_tlv_get_uint (&element, &number, NULL));
      g_assert_cmpuint (number, ==, numbers[i]);
    }
  g_assert_cmphex (out->data[9], ==, 0x02);
  element = (GsTlv){ .value = negative, .length = sizeof negative };
  g_assert_false (gs_tlv_get_uint (&element, &number, NULL));
  element = (GsTlv){ .value = large, .length = sizeof large };
  g_assert_false (gs_tlv_get_uint (&element, &number, NULL));
  element.length = 0;
  g_assert_false (gs_tlv_get_uint (&element, &number, NULL));
}

static void
test_oids (void)
{
  static const guint8 lds[] = { 0x67, 0x81, 0x08, 0x01, 0x01, 0x01 };
  static const guint8 pss[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a };
  static const guint8 cut[] = { 0x2a, 0x86 };
  static const guint8 endless[] = { 0x2a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1 };
  GsTlv element = { .value = lds, .length = sizeof lds };
  g_autofree char *one = gs_tlv_get_oid (&element, NULL);
  g_autofree char *two = NULL;

  g_assert_cmpstr (one, ==, "2.23.136.1.1.1");
  element = (GsTlv){ .value = pss, .length = sizeof pss };
  two = gs_tlv_get_oid (&element, NULL);
  g_assert_cmpstr (two, ==, "1.2.840.113549.1.1.10");
  element = (GsTlv){ .value = cut, .length = sizeof cut };
  g_assert_null (gs_tlv_get_oid (&element, NULL));
  element = (GsTlv){ .value = endless, .length = sizeof endless };
  g_assert_null (gs_tlv_get_oid (&element, NULL));
}

static void
test_write (void)
{
  static const gsize lengths[] = { 0, 1, 127, 128, 255, 256, 65535, 65536 };
  static const gsize headers[] = { 3, 3, 3, 4, 4, 5, 5, 6 };
  g_autofree guint8 *content = g_malloc0 (65536);

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      GsTlv element;

      gs_tlv_append (out, 0x7f4e, content, lengths[i]);
      g_assert_cmpuint (out->len, ==, headers[i] + lengths[i]);
      g_assert_true (gs_tlv_read_only (out->data, out->len, FALSE, &element, NULL));
      g_assert_cmphex (element.tag, ==, 0x7f4e);
      g_assert_cmpuint (element.length, ==, lengths[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/emrtd/tlv/tags", test_tags);
  g_test_add_func ("/emrtd/tlv/tag-too-long", test_tag_too_long);
  g_test_add_func ("/emrtd/tlv/lengths", test_lengths);
  g_test_add_func ("/emrtd/tlv/length-beyond", test_length_beyond);
  g_test_add_func ("/emrtd/tlv/length-huge", test_length_huge);
  g_test_add_func ("/emrtd/tlv/length-of-five-bytes", test_length_five_bytes);
  g_test_add_func ("/emrtd/tlv/indefinite", test_indefinite);
  g_test_add_func ("/emrtd/tlv/indefinite-without-end", test_indefinite_without_end);
  g_test_add_func ("/emrtd/tlv/indefinite-primitive", test_indefinite_primitive);
  g_test_add_func ("/emrtd/tlv/depth-indefinite", test_depth);
  g_test_add_func ("/emrtd/tlv/depth-definite", test_depth_definite);
  g_test_add_func ("/emrtd/tlv/other-tag", test_other_tag);
  g_test_add_func ("/emrtd/tlv/find", test_find);
  g_test_add_func ("/emrtd/tlv/padding", test_padding);
  g_test_add_func ("/emrtd/tlv/peek", test_peek);
  g_test_add_func ("/emrtd/tlv/numbers", test_numbers);
  g_test_add_func ("/emrtd/tlv/object-identifiers", test_oids);
  g_test_add_func ("/emrtd/tlv/write", test_write);
  return g_test_run ();
}
