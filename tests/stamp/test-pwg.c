/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pwg.h"

#include <string.h>

#define HEADER 1800

static GsStampBitmap *
make_bitmap (GRand *rand, int kind)
{
  cups_page_header2_t header;
  gsize size;
  guint8 *rows;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (gs_pwg_init_header (4500, 3500, 600, &header, NULL));
  size = (gsize) header.cupsBytesPerLine * header.cupsHeight;
  rows = g_malloc0 (size);
  for (gsize i = 0; i < size; i++)
    {
      if (kind == 1)
        rows[i] = (guint8) g_rand_int (rand);
      else if (kind == 2)
        rows[i] = 0xff;
      else if (kind == 3)
        rows[i] = (i / 7) % 3 == 0 ? 0xaa : 0;
      if (i % header.cupsBytesPerLine == header.cupsBytesPerLine - 1)
        rows[i] &= (guint8) (0xff << (header.cupsBytesPerLine * 8 - header.cupsWidth));
    }
  bytes = g_bytes_new_take (rows, size);
  return gs_stamp_bitmap_new (header.cupsWidth, header.cupsHeight, 600, bytes);
}

/* libcups writes, we read: white, noise, black, stripes. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4217);

  for (int kind = 0; kind < 4; kind++)
    {
      g_autoptr (GsStampBitmap) bitmap = make_bitmap (rand, kind);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) stream = gs_pwg_encode (bitmap, 4500, 3500, &error);
      g_autoptr (GsStampBitmap) back = NULL;

      g_assert_no_error (error);
      back = gs_pwg_decode (stream, &error);
      g_assert_no_error (error);
      g_assert_true (gs_stamp_bitmap_equal (bitmap, back));
    }
}

static ssize_t
read_stream (void *context, unsigned char *buffer, size_t length)
{
  GByteArray *left = context;
  size_t count = MIN (length, left->len);

  memcpy (buffer, left->data, count);
  g_byte_array_remove_range (left, 0, (guint) count);
  return (ssize_t) count;
}

/* Another reader, libcups', sees the same page and its description. */
static void
test_other_reader (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GsStampBitmap) bitmap = make_bitmap (rand, 1);
  g_autoptr (GBytes) stream = gs_pwg_encode (bitmap, 4500, 3500, NULL);
  GByteArray *left = g_bytes_unref_to_array (g_bytes_ref (stream));
  cups_raster_t *raster = cupsRasterOpenIO (read_stream, left, CUPS_RASTER_READ);
  cups_page_header2_t header;
  const guint8 *rows = g_bytes_get_data (gs_stamp_bitmap_get_rows (bitmap), NULL);
  guint8 line[133];

  g_assert_true (cupsRasterReadHeader2 (raster, &header));
  g_assert_cmpstr (header.MediaClass, ==, "PwgRaster");
  g_assert_cmpuint (header.cupsWidth, ==, 1062);
  g_assert_cmpuint (header.cupsHeight, ==, 826);
  g_assert_cmpuint (header.cupsBytesPerLine, ==, sizeof line);
  g_assert_cmpuint (header.cupsColorSpace, ==, CUPS_CSPACE_K);
  for (guint y = 0; y < 826; y++)
    {
      g_assert_cmpuint (cupsRasterReadPixels (raster, line, sizeof line), ==, sizeof line);
      g_assert_cmpmem (line, sizeof line, rows + y * sizeof line, sizeof line);
    }
  cupsRasterClose (raster);
  g_byte_array_unref (left);
}

static void
assert_malformed (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;

  g_assert_null (gs_pwg_decode (bytes, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_RASTER);
}

static void
test_malformed (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autoptr (GsStampBitmap) bitmap = make_bitmap (rand, 3);
  g_autoptr (GBytes) stream = gs_pwg_encode (bitmap, 4500, 3500, NULL);
  gsize size;
  const guint8 *good = g_bytes_get_data (stream, &size);
  g_autofree guint8 *bad = g_malloc (size + 1);

  assert_malformed (good, 0);
  assert_malformed (good, HEADER - 1);
  assert_malformed (good, HEADER);
  assert_malformed (good, size - 1);
  memcpy (bad, good, size);
  bad[size] = 0;
  assert_malformed (bad, size + 1);
  bad[3] = '3';
  assert_malformed (bad, size);
  memcpy (bad, good, size);
  bad[4 + 388 + 3] = 8; /* bits per pixel */
  assert_malformed (bad, size);
  memcpy (bad, good, size);
  bad[4 + 372] = 0x7f; /* width */
  assert_malformed (bad, size);
  memcpy (bad, good, size);
  bad[HEADER] = 0xff; /* the first line repeated over the page's end, in time */
  bad[HEADER + 1] = 0x7f;
  bad[HEADER + 2] = 0xff;
  assert_malformed (bad, HEADER + 3);
}

/* Code 128 fills the rest of a line with white. libcups never writes it; the standard has it. */
static void
test_fill_code (void)
{
  cups_page_header2_t header;
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  g_autoptr (GsStampBitmap) bitmap = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (GsStampBitmap) white = make_bitmap (rand, 0);
  g_autoptr (GBytes) encoded = gs_pwg_encode (white, 4500, 3500, NULL);
  g_autoptr (GBytes) bytes = NULL;
  static const guint8 page[] = { 255, 128, 255, 128, 255, 128, 57, 0, 0xff, 128 };

  g_assert_true (gs_pwg_init_header (4500, 3500, 600, &header, NULL));
  g_byte_array_append (stream, g_bytes_get_data (encoded, NULL), HEADER);
  g_byte_array_append (stream, page, sizeof page);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&stream));
  bitmap = gs_pwg_decode (bytes, NULL);
  g_assert_nonnull (bitmap);
  g_assert_cmpuint (gs_stamp_bitmap_count_ink (bitmap, 0, 0, 1062, 768), ==, 0);
  g_assert_cmpuint (gs_stamp_bitmap_count_ink (bitmap, 0, 768, 1062, 58), ==, 58 * 8);
}

static void
test_wrong_size (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autoptr (GsStampBitmap) bitmap = make_bitmap (rand, 0);
  g_autoptr (GError) error = NULL;
  cups_page_header2_t header;

  g_assert_null (gs_pwg_encode (bitmap, 4600, 3500, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_RASTER);
  g_assert_false (gs_pwg_init_header (4500, 1 << 30, 600, &header, NULL));
  g_assert_false (gs_pwg_init_header (4500, 3500, 1 << 30, &header, NULL));
  g_assert_null (gs_stamp_bitmap_new (10, 10, 600, gs_stamp_bitmap_get_rows (bitmap)));
}

static void
test_gzip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (GsStampBitmap) bitmap = make_bitmap (rand, 3);
  g_autoptr (GBytes) stream = gs_pwg_encode (bitmap, 4500, 3500, NULL);
  g_autoptr (GBytes) packed = gs_pwg_gzip (stream, NULL);
  g_autoptr (GBytes) again = gs_pwg_gzip (stream, NULL);
  g_autoptr (GBytes) back = gs_pwg_gunzip (packed, 1 << 20, NULL);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) / 2);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_bytes_equal (stream, back));
  g_assert_true (g_bytes_equal (packed, again));
  g_assert_cmpuint (g_bytes_get_size (packed), <, g_bytes_get_size (stream) / 2);
  g_assert_null (gs_pwg_gunzip (packed, 1000, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_RASTER);
  g_clear_error (&error);
  g_assert_null (gs_pwg_gunzip (half, 1 << 20, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_RASTER);
  g_assert_null (gs_pwg_gunzip (stream, 1 << 20, NULL));
  g_assert_null (gs_pwg_gunzip (nothing, 1 << 20, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stamp/pwg/round-trip", test_round_trip);
  g_test_add_func ("/stamp/pwg/other-reader", test_other_reader);
  g_test_add_func ("/stamp/pwg/malformed", test_malformed);
  g_test_add_func ("/stamp/pwg/fill-code", test_fill_code);
  g_test_add_func ("/stamp/pwg/wrong-size", test_wrong_size);
  g_test_add_func ("/stamp/pwg/gzip", test_gzip);
  return g_test_run ();
}
