/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-emrtd-error.h"
#include "gs-face-image.h"
#include "gs-face-record.h"
#include "gs-lds.h"
#include "gs-replay-transport.h"
#include "gs-tlv.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <openjpeg.h>
#include <string.h>

static const GsMrzDate today = { 2026, 11, 23 };

/* The example of Doc 9303-11 appendix D.4. */
static void
test_com (void)
{
  g_autoptr (GBytes) file = gs_replay_hex ("60145F0104303130365F36063034303030305C026175");
  GsLdsCom com;
  GError *error = NULL;

  g_assert_true (gs_lds_com_parse (file, &com, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (com.lds_version, ==, "0106");
  g_assert_cmpstr (com.unicode_version, ==, "040000");
  g_assert_cmphex (com.groups, ==, 1u << 1 | 1u << 2);
}

static void
test_com_damaged (void)
{
  static const char *const files[] = { "", "60", "6000",
                                       "61145F0104303130365F36063034303030305C026175",
                                       "60145F0104303130365F3606303430303030" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) file = gs_replay_hex (files[i]);
      g_autoptr (GError) error = NULL;
      GsLdsCom com;

      g_assert_false (gs_lds_com_parse (file, &com, &error));
      g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED);
    }
}

static GBytes *
wrap (GsTlvTag tag, const guint8 *bytes, gsize size)
{
  GByteArray *out = g_byte_array_new ();

  gs_tlv_append (out, tag, bytes, size);
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
wrap_bytes (GsTlvTag tag, GBytes *inner)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (inner, &size);

  return wrap (tag, bytes, size);
}

static void
test_dg1 (void)
{
  static const char zone[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
                             "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
  g_autoptr (GBytes) inner = wrap (0x5F1F, (const guint8 *) zone, strlen (zone));
  g_autoptr (GBytes) file = wrap_bytes (0x61, inner);
  GError *error = NULL;
  GsMrz mrz;

  g_assert_true (gs_lds_dg1_parse (file, &today, &mrz, &error));
  g_assert_no_error (error);
  g_assert_true (mrz.valid);
  g_assert_cmpstr (mrz.document_number, ==, "L898902C3");
}

/* A zone on the chip is never repaired: what the issuer signed is what stands there. */
static void
test_dg1_not_repaired (void)
{
  static const char zone[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
                             "L8989O2C36UTO7408122F1204159ZE184226B<<<<<10";
  g_autoptr (GBytes) inner = wrap (0x5F1F, (const guint8 *) zone, strlen (zone));
  g_autoptr (GBytes) file = wrap_bytes (0x61, inner);
  GsMrz mrz;

  g_assert_true (gs_lds_dg1_parse (file, &today, &mrz, NULL));
  g_assert_false (mrz.valid);
  g_assert_cmpuint (mrz.n_repairs, ==, 0);
  g_assert_cmpstr (mrz.document_number, ==, "L8989O2C3");
}

static void
test_dg11 (void)
{
  static const char name[] = "エリクソン<<アンナ<マリア";
  GByteArray *content = g_byte_array_new ();
  GByteArray *others = g_byte_array_new ();
  static const guint8 list[] = { 0x5F, 0x0E, 0x5F, 0x2B };
  static const guint8 packed[] = { 0x19, 0x74, 0x08, 0x12 };

  gs_tlv_append (content, 0x5C, list, sizeof list);
  gs_tlv_append (content, 0x5F0E, (const guint8 *) name, strlen (name));
  gs_tlv_append (others, 0x02, (const guint8 *) "\1", 1);
  gs_tlv_append (others, 0x5F0F, (const guint8 *) "SMITH<<ANNA", 11);
  gs_tlv_append_array (content, 0xA0, others);
  gs_tlv_append (content, 0x5F2B, packed, sizeof packed);
  gs_tlv_append (content, 0x5F11, (const guint8 *) "bad\x01text", 8);
  GBytes *inner = g_byte_array_free_to_bytes (content);
  g_autoptr (GBytes) file = wrap_bytes (0x6B, inner);
  GError *error = NULL;
  g_autoptr (GsLdsDetails) details = gs_lds_dg11_parse (file, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (details->full_name, ==, "エリクソン, アンナ マリア");
  g_assert_cmpstr (details->other_names[0], ==, "SMITH, ANNA");
  g_assert_cmpstr (details->full_birth_date, ==, "19740812");
  g_assert_null (details->place_of_birth);
  g_bytes_unref (inner);
  g_byte_array_unref (others);
}

static GBytes *
make_jpeg (guint width, guint height)
{
  g_autoptr (GdkPixbuf) pixbuf =
    gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) width, (int) height);
  char *bytes;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0x8060A0FF);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &size, "jpeg", NULL, NULL));
  return g_bytes_new_take (bytes, size);
}

static void
append_be (GByteArray *out, guint64 number, guint n)
{
  for (guint i = n; i > 0; i--)
    {
      guint8 byte = (guint8) (number >> 8 * (i - 1));
      g_byte_array_append (out, &byte, 1);
    }
}

/* A facial record by the letter of ISO/IEC 19794-5, and DG2 around it. */
static GBytes *
make_dg2 (GBytes *picture, guint n_points, guint8 type, int length_error, GsTlvTag block_tag)
{
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (GByteArray) template = g_byte_array_new ();
  g_autoptr (GByteArray) group = g_byte_array_new ();
  GByteArray *file = g_byte_array_new ();
  gsize size;
  const guint8 *bytes = g_bytes_get_data (picture, &size);
  gsize whole = 20 + 8 * (gsize) n_points + 12 + size;

  g_byte_array_append (record,
                       (const guint8 *) "FAC\0"
                                        "010",
                       8);
  append_be (record, 14 + whole, 4);
  append_be (record, 1, 2);
  append_be (record, (guint64) ((gint64) whole + length_error), 4);
  append_be (record, n_points, 2);
  for (guint i = 0; i < 14 + 8 * n_points; i++)
    append_be (record, 0, 1);
  append_be (record, 1, 1);
  append_be (record, type, 1);
  /* The header's size is a lie on purpose: the picture's own counts. */
  append_be (record, 9999, 2);
  append_be (record, 9999, 2);
  append_be (record, 0, 6);
  g_byte_array_append (record, bytes, (guint) size);

  gs_tlv_append (template, 0xA1, (const guint8 *) "\x87\x02\x01\x01\x88\x02\x00\x08", 8);
  gs_tlv_append_array (template, block_tag, record);
  gs_tlv_append (group, 0x02, (const guint8 *) "\1", 1);
  gs_tlv_append_array (group, 0x7F60, template);
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  gs_tlv_append_array (inner, 0x7F61, group);
  gs_tlv_append_array (file, 0x75, inner);
  return g_byte_array_free_to_bytes (file);
}

static void
test_dg2 (void)
{
  static const GsTlvTag tags[] = { 0x5F2E, 0x7F2E };
  g_autoptr (GBytes) jpeg = make_jpeg (52, 67);

  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autoptr (GBytes) file = make_dg2 (jpeg, (guint) i * 3, (guint8) i, 0, tags[i]);
      GError *error = NULL;
      g_autoptr (GsFaceRecord) record = gs_face_record_parse (file, &error);

      g_assert_no_error (error);
      g_assert_cmpint (record->kind, ==, GS_FACE_RECORD_19794);
      g_assert_cmpint (record->coding, ==, GS_FACE_CODING_JPEG);
      g_assert_cmpint (record->type_fits, ==, i == 0);
      g_assert_true (g_bytes_equal (record->image, jpeg));
      g_autoptr (GsPixels) image = gs_face_image_decode (record->image, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (image->width, ==, 52);
      g_assert_cmpuint (image->height, ==, 67);
    }
}

static void
test_dg2_39794 (void)
{
  g_autoptr (GBytes) jpeg = make_jpeg (52, 67);
  g_autoptr (GBytes) data = wrap_bytes (0x80, jpeg);
  g_autoptr (GBytes) representation = wrap_bytes (0xA1, data);
  g_autoptr (GBytes) block = wrap_bytes (0xA1, representation);
  g_autoptr (GBytes) bdb = wrap_bytes (0x7F2E, block);
  g_autoptr (GBytes) template = wrap_bytes (0x7F60, bdb);
  g_autoptr (GBytes) group = wrap_bytes (0x7F61, template);
  g_autoptr (GBytes) file = wrap_bytes (0x75, group);
  GError *error = NULL;
  g_autoptr (GsFaceRecord) record = gs_face_record_parse (file, &error);

  g_assert_no_error (error);
  g_assert_cmpint (record->kind, ==, GS_FACE_RECORD_39794);
  g_assert_true (g_bytes_equal (record->image, jpeg));
}

static void
test_dg2_lengths (void)
{
  static const int errors[] = { 1, 1000, -100000, G_MAXINT / 2, -20 };
  g_autoptr (GBytes) jpeg = make_jpeg (16, 16);

  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GBytes) file = make_dg2 (jpeg, 0, 0, errors[i], 0x5F2E);
      g_autoptr (GError) error = NULL;
      g_autoptr (GsFaceRecord) record = gs_face_record_parse (file, &error);

      /* A record that says to be shorter than it is gives a shorter picture, which is then cut. */
      if (record != NULL)
        {
          g_autoptr (GsPixels) image = gs_face_image_decode (record->image, &error);
          g_assert_null (image);
        }
      g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED);
    }
}

/* No prefix of a file is a file. */
static void
test_dg2_cut (void)
{
  g_autoptr (GBytes) jpeg = make_jpeg (8, 8);
  g_autoptr (GBytes) file = make_dg2 (jpeg, 1, 0, 0, 0x5F2E);

  for (gsize length = 0; length < g_bytes_get_size (file); length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (file, 0, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (gs_face_record_parse (cut, &error));
      g_assert_nonnull (error);
    }
}

typedef struct
{
  GByteArray *bytes;
  gsize at;
} Sink;

static OPJ_SIZE_T
sink_write (void *buffer, OPJ_SIZE_T n, void *data)
{
  Sink *sink = data;

  if (sink->bytes->len < sink->at + n)
    g_byte_array_set_size (sink->bytes, (guint) (sink->at + n));
  memcpy (sink->bytes->data + sink->at, buffer, n);
  sink->at += n;
  return n;
}

static OPJ_OFF_T
sink_skip (OPJ_OFF_T n, void *data)
{
  Sink *sink = data;

  sink->at += (gsize) n;
  return n;
}

static OPJ_BOOL
sink_seek (OPJ_OFF_T to, void *data)
{
  Sink *sink = data;

  sink->at = (gsize) to;
  return OPJ_TRUE;
}

static GBytes *
make_jpeg_2000 (OPJ_CODEC_FORMAT format, guint width, guint height)
{
  Sink sink = { g_byte_array_new (), 0 };
  opj_cparameters_t parameters;
  opj_image_cmptparm_t components[3] = { 0 };

  for (guint i = 0; i < 3; i++)
    components[i] = (opj_image_cmptparm_t){ .dx = 1, .dy = 1, .w = width, .h = height, .prec = 8 };
  opj_image_t *image = opj_image_create (3, components, OPJ_CLRSPC_SRGB);
  image->x1 = width;
  image->y1 = height;
  for (guint i = 0; i < 3; i++)
    for (guint j = 0; j < width * height; j++)
      image->comps[i].data[j] = (int) (60 * i + 40);
  opj_set_default_encoder_parameters (&parameters);
  parameters.numresolution = 3;
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  opj_codec_t *codec = opj_create_compress (format);
  opj_stream_t *stream = opj_stream_default_create (OPJ_FALSE);
  opj_stream_set_user_data (stream, &sink, NULL);
  opj_stream_set_write_function (stream, sink_write);
  opj_stream_set_skip_function (stream, sink_skip);
  opj_stream_set_seek_function (stream, sink_seek);
  g_assert_true (opj_setup_encoder (codec, &parameters, image));
  g_assert_true (opj_start_compress (codec, image, stream));
  g_assert_true (opj_encode (codec, stream));
  g_assert_true (opj_end_compress (codec, stream));
  opj_stream_destroy (stream);
  opj_destroy_codec (codec);
  opj_image_destroy (image);
  return g_byte_array_free_to_bytes (sink.bytes);
}

static void
test_jpeg_2000 (void)
{
  static const OPJ_CODEC_FORMAT formats[] = { OPJ_CODEC_JP2, OPJ_CODEC_J2K };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) picture = make_jpeg_2000 (formats[i], 52, 67);
      /* The type byte says JPEG, and is wrong. */
      g_autoptr (GBytes) file = make_dg2 (picture, 0, 0, 0, 0x5F2E);
      GError *error = NULL;
      g_autoptr (GsFaceRecord) record = gs_face_record_parse (file, &error);
      g_assert_no_error (error);
      g_assert_cmpint (record->coding, ==, i == 0 ? GS_FACE_CODING_JP2 : GS_FACE_CODING_J2K);
      g_assert_false (record->type_fits);
      g_autoptr (GsPixels) image = gs_face_image_decode (record->image, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (image->width, ==, 52);
      g_assert_cmpuint (image->height, ==, 67);
      const guint8 *pixels = g_bytes_get_data (image->rgb, NULL);
      g_assert_cmpint (ABS (pixels[0] - 40), <=, 2);
      g_assert_cmpint (ABS (pixels[1] - 100), <=, 2);
      g_assert_cmpint (ABS (pixels[2] - 160), <=, 2);

      for (gsize length = 0; length + 8 < g_bytes_get_size (picture); length += 7)
        {
          g_autoptr (GBytes) cut = g_bytes_new_from_bytes (picture, 0, length);
          g_autoptr (GsPixels) none = gs_face_image_decode (cut, &error);
          g_assert_null (none);
          g_assert_nonnull (error);
          g_clear_error (&error);
        }
    }
}

static void
test_jpeg_cut (void)
{
  g_autoptr (GBytes) picture = make_jpeg (52, 67);

  for (gsize length = 0; length < g_bytes_get_size (picture); length += 5)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (picture, 0, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (GsPixels) none = gs_face_image_decode (cut, &error);

      g_assert_null (none);
      g_assert_nonnull (error);
    }
}

static void
test_too_large (void)
{
  g_autoptr (GBytes) picture = make_jpeg (5000, 8);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPixels) none = gs_face_image_decode (picture, &error);

  g_assert_null (none);
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT);
}

static void
append_segment (GByteArray *out, guint8 marker, const guint8 *bytes, guint size)
{
  const guint8 head[4] = { 0xFF, marker, (guint8) ((size + 2) >> 8), (guint8) (size + 2) };

  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, bytes, size);
}

/* A grey progressive JPEG, 64 dots square, whose last scan says again and again that nothing more
 * is to come. At 2,048 dots 12,000 such scans are minutes. */
static GBytes *
make_scans (guint n_scans)
{
  static const guint8 frame[] = { 8, 0, 64, 0, 64, 1, 1, 0x11, 0 };
  static const guint8 dc_code[18] = { 0x00, 1 };
  static const guint8 ac_code[18] = { 0x10, 1, [17] = 0x60 }; /* an end of 64 blocks */
  static const guint8 dc_scan[] = { 1, 1, 0, 0, 0, 0 };
  static const guint8 ac_scan[] = { 1, 1, 0, 1, 63, 0 };
  static const guint8 ac_bits[] = { 0x01 };
  static const guint8 zeroes[8] = { 0 };
  guint8 quantizers[65];
  GByteArray *out = g_byte_array_new ();

  memset (quantizers, 1, sizeof quantizers);
  quantizers[0] = 0;
  g_byte_array_append (out, (const guint8 *) "\xff\xd8", 2);
  append_segment (out, 0xDB, quantizers, sizeof quantizers);
  append_segment (out, 0xC2, frame, sizeof frame);
  append_segment (out, 0xC4, dc_code, sizeof dc_code);
  append_segment (out, 0xC4, ac_code, sizeof ac_code);
  append_segment (out, 0xDA, dc_scan, sizeof dc_scan);
  g_byte_array_append (out, zeroes, sizeof zeroes);
  for (guint i = 1; i < n_scans; i++)
    {
      append_segment (out, 0xDA, ac_scan, sizeof ac_scan);
      g_byte_array_append (out, ac_bits, sizeof ac_bits);
    }
  g_byte_array_append (out, (const guint8 *) "\xff\xd9", 2);
  return g_byte_array_free_to_bytes (out);
}

static void
test_many_scans (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) few = make_scans (20);
  g_autoptr (GBytes) many = make_scans (1000);
  g_autoptr (GsPixels) image = gs_face_image_decode (few, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (image->width, ==, 64);
  g_assert_null (gs_face_image_decode (many, &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT);
}

/* A codestream of little more than its headers. precinct: exponents of every resolution; style: the
 * exponents of the blocks less two. The precincts stand in the header of the first tile when they
 * are to be found late. */
static GBytes *
make_parts (guint16 side, guint16 tile, guint8 precinct, guint8 block, gboolean late)
{
  guint8 size[36 + 9] = { 0 }, quantizer[] = { 0x40, 0x40 };
  const guint8 high = (guint8) (side >> 8), low = (guint8) side;
  const guint8 style[] = { 1, 0, 0, 1, 0, 0, block, block, 0, 1, precinct };
  const guint8 usual[] = { 0, 0, 0, 1, 0, 0, 4, 4, 0, 1 };
  static const guint8 body[64] = { 0 };
  guint16 extra = late ? sizeof style + 4 : 0;
  const guint8 begin[] = { 0, 0, 0, 0, 0, (guint8) (14 + extra + sizeof body), 0, 1 };
  GByteArray *out = g_byte_array_new ();

  size[4] = size[8] = high;
  size[5] = size[9] = low;
  size[20] = size[24] = (guint8) (tile >> 8);
  size[21] = size[25] = (guint8) tile;
  size[35] = 3;
  for (guint i = 0; i < 3; i++)
    memcpy (size + 36 + 3 * i, "\x07\x01\x01", 3);
  g_byte_array_append (out, (const guint8 *) "\xff\x4f", 2);
  append_segment (out, 0x51, size, sizeof size);
  append_segment (out, 0x52, late ? usual : style, late ? sizeof usual : sizeof style);
  append_segment (out, 0x5C, quantizer, sizeof quantizer);
  append_segment (out, 0x90, begin, sizeof begin);
  if (late)
    append_segment (out, 0x52, style, sizeof style);
  g_byte_array_append (out, (const guint8 *) "\xff\x93", 2);
  g_byte_array_append (out, body, sizeof body);
  g_byte_array_append (out, (const guint8 *) "\xff\xd9", 2);
  return g_byte_array_free_to_bytes (out);
}

/* Less than 200 bytes that ask OpenJPEG for gigabytes. */
static void
test_many_parts (void)
{
  static const struct
  {
    guint16 side, tile;
    guint8 precinct, block;
    gboolean late;
  } bombs[] = {
    { 2048, 2048, 0x00, 4, FALSE }, { 2048, 2048, 0x00, 4, TRUE }, { 2048, 2048, 0xFF, 0, FALSE },
    { 2048, 2048, 0xFF, 0, TRUE },  { 1024, 1024, 0x11, 0, TRUE }, { 2048, 32, 0xFF, 4, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) picture =
        make_parts (bombs[i].side, bombs[i].tile, bombs[i].precinct, bombs[i].block, bombs[i].late);
      g_assert_null (gs_face_image_decode (picture, &error));
      g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT);
    }
}

/* Before OpenJPEG tells the size it takes memory for every tile, and no face has so many
 * components. */
static void
test_many_components (void)
{
  static const guint8 size[36] = {
    [4] = 0x10, [8] = 0x10, [21] = 0x20, [25] = 0x20, [34] = 0x3E, [35] = 0x80
  };
  g_autoptr (GByteArray) segment = g_byte_array_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  g_byte_array_append (segment, size, sizeof size);
  for (guint i = 0; i < 0x3E80; i++)
    g_byte_array_append (segment, (const guint8 *) "\x07\x01\x01", 3);
  g_byte_array_append (out, (const guint8 *) "\xff\x4f", 2);
  append_segment (out, 0x51, segment->data, segment->len);
  g_byte_array_append (out, (const guint8 *) "\xff\xd9", 2);
  g_autoptr (GBytes) picture = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  g_assert_null (gs_face_image_decode (picture, &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/emrtd/lds/com", test_com);
  g_test_add_func ("/emrtd/lds/com-damaged", test_com_damaged);
  g_test_add_func ("/emrtd/lds/dg1", test_dg1);
  g_test_add_func ("/emrtd/lds/dg1-is-never-repaired", test_dg1_not_repaired);
  g_test_add_func ("/emrtd/lds/dg11-own-script", test_dg11);
  g_test_add_func ("/emrtd/face-record/both-tags-of-19794", test_dg2);
  g_test_add_func ("/emrtd/face-record/39794", test_dg2_39794);
  g_test_add_func ("/emrtd/face-record/wrong-lengths", test_dg2_lengths);
  g_test_add_func ("/emrtd/face-record/no-prefix-is-a-file", test_dg2_cut);
  g_test_add_func ("/emrtd/face-image/jpeg-2000-both-forms", test_jpeg_2000);
  g_test_add_func ("/emrtd/face-image/jpeg-cut-short", test_jpeg_cut);
  g_test_add_func ("/emrtd/face-image/too-many-dots", test_too_large);
  g_test_add_func ("/emrtd/face-image/too-many-scans", test_many_scans);
  g_test_add_func ("/emrtd/face-image/too-many-parts", test_many_parts);
  g_test_add_func ("/emrtd/face-image/too-many-components", test_many_components);
  return g_test_run ();
}
