/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pwg.h"

#include <gio/gio.h>
#include <string.h>

#define SYNC "RaS2"
#define SYNC_SIZE 4
#define HEADER_SIZE 1796
#define MAX_SIDE 16384

/* Where PWG 5102.4-2012, table 1, puts what we read, counted from the page header's begin. */
enum
{
  AT_RESOLUTION_X = 276,
  AT_RESOLUTION_Y = 280,
  AT_WIDTH = 372,
  AT_HEIGHT = 376,
  AT_BITS_PER_COLOR = 384,
  AT_BITS_PER_PIXEL = 388,
  AT_BYTES_PER_LINE = 392,
  AT_COLOR_ORDER = 396,
  AT_COLOR_SPACE = 400,
};

#define COLOR_SPACE_BLACK 3

static gboolean
fail (GError **error, const char *problem)
{
  g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_RASTER, "Raster: %s", problem);
  return FALSE;
}

gboolean
gs_pwg_init_header (
  int width_hmm, int height_hmm, guint dpi, cups_page_header2_t *header, GError **error)
{
  char name[64];
  pwg_media_t media = { .pwg = name };

  g_return_val_if_fail (header != NULL, FALSE);
  if (width_hmm < 100 || height_hmm < 100 || width_hmm > 30000 || height_hmm > 30000 || dpi < 72
      || dpi > 1200)
    return fail (error, "the size or resolution is out of range");
  pwgFormatSizeName (name, sizeof name, "custom", "stamp", width_hmm, height_hmm, "mm");
  media.width = width_hmm;
  media.length = height_hmm;
  if (!cupsRasterInitPWGHeader (header, &media, "black_1", (int) dpi, (int) dpi, "one-sided",
                                "normal"))
    return fail (error, "libcups refuses the size");
  return TRUE;
}

static ssize_t
append_stream (void *context, unsigned char *buffer, size_t length)
{
  g_byte_array_append (context, buffer, (guint) length);
  return (ssize_t) length;
}

static gboolean
write_lines (cups_raster_t *raster, GsStampBitmap *bitmap)
{
  const guint8 *rows = g_bytes_get_data (gs_stamp_bitmap_get_rows (bitmap), NULL);
  guint stride = gs_stamp_bitmap_get_stride (bitmap);
  g_autofree guint8 *line = g_malloc (stride);

  for (guint y = 0; y < gs_stamp_bitmap_get_height (bitmap); y++)
    {
      /* libcups may change what it is given, and the bitmap is shared. */
      memcpy (line, rows + (gsize) y * stride, stride);
      if (cupsRasterWritePixels (raster, line, stride) != stride)
        return FALSE;
    }
  return TRUE;
}

GBytes *
gs_pwg_encode (GsStampBitmap *bitmap, int width_hmm, int height_hmm, GError **error)
{
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  cups_page_header2_t header;
  cups_raster_t *raster;
  gboolean written;

  g_return_val_if_fail (bitmap != NULL, NULL);
  if (!gs_pwg_init_header (width_hmm, height_hmm, gs_stamp_bitmap_get_dpi (bitmap), &header, error))
    return NULL;
  if (header.cupsWidth != gs_stamp_bitmap_get_width (bitmap)
      || header.cupsHeight != gs_stamp_bitmap_get_height (bitmap)
      || header.cupsBytesPerLine != gs_stamp_bitmap_get_stride (bitmap))
    {
      fail (error, "the bitmap has not the size of the media");
      return NULL;
    }

  raster = cupsRasterOpenIO (append_stream, stream, CUPS_RASTER_WRITE_PWG);
  if (raster == NULL)
    {
      fail (error, "libcups cannot open a stream");
      return NULL;
    }
  header.cupsInteger[0] = 1; /* TotalPageCount */
  written = cupsRasterWriteHeader2 (raster, &header) && write_lines (raster, bitmap);
  cupsRasterClose (raster);
  if (!written)
    {
      fail (error, "libcups cannot write the page");
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&stream));
}

static guint32
number_at (const guint8 *header, guint offset)
{
  const guint8 *p = header + offset;

  return ((guint32) p[0] << 24) | ((guint32) p[1] << 16) | ((guint32) p[2] << 8) | p[3];
}

static gboolean
check_page (const guint8 *header, GError **error)
{
  guint32 width = number_at (header, AT_WIDTH);
  guint32 height = number_at (header, AT_HEIGHT);

  if (number_at (header, AT_BITS_PER_COLOR) != 1 || number_at (header, AT_BITS_PER_PIXEL) != 1
      || number_at (header, AT_COLOR_SPACE) != COLOR_SPACE_BLACK
      || number_at (header, AT_COLOR_ORDER) != 0)
    return fail (error, "the page is not black_1");
  if (width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE)
    return fail (error, "the page has no size or is too large");
  if (number_at (header, AT_BYTES_PER_LINE) != (width + 7) / 8)
    return fail (error, "a line has a wrong length");
  if (number_at (header, AT_RESOLUTION_X) != number_at (header, AT_RESOLUTION_Y)
      || number_at (header, AT_RESOLUTION_X) == 0 || number_at (header, AT_RESOLUTION_X) > 9600)
    return fail (error, "the resolution is not usable");
  return TRUE;
}

/* One line of PackBits as PWG 5102.4 section 4.5 has it: 0 to 127 repeats the next byte 1 to 128
 * times, 129 to 255 takes 257 minus it bytes literally, and 128 fills the rest with white. Returns
 * the bytes read, 0 when malformed. */
static gsize
decode_line (const guint8 *in, gsize left, guint8 *line, guint stride)
{
  gsize used = 0;
  guint filled = 0;

  while (filled < stride)
    {
      guint8 code;
      guint count;

      if (used >= left)
        return 0;
      code = in[used++];
      if (code == 128)
        {
          memset (line + filled, 0, stride - filled);
          return used;
        }
      count = code < 128 ? code + 1u : 257u - code;
      if (count > stride - filled || left - used < (code < 128 ? 1u : count))
        return 0;
      if (code < 128)
        memset (line + filled, in[used], count);
      else
        memcpy (line + filled, in + used, count);
      used += code < 128 ? 1 : count;
      filled += count;
    }
  return used;
}

static guint8 *
decode_lines (const guint8 *in, gsize left, guint stride, guint width, guint height, GError **error)
{
  g_autofree guint8 *rows = g_malloc0 ((gsize) stride * height);
  guint8 unused = width % 8 == 0 ? 0 : (guint8) (0xff >> (width % 8));
  guint y = 0;

  while (y < height)
    {
      guint8 *line = rows + (gsize) y * stride;
      guint repeat;
      gsize used;

      if (left == 0)
        {
          fail (error, "the page ends early");
          return NULL;
        }
      repeat = *in + 1u;
      used = decode_line (in + 1, left - 1, line, stride);
      if (used == 0 || repeat > height - y)
        {
          fail (error, "a line is malformed");
          return NULL;
        }
      line[stride - 1] &= (guint8) ~unused;
      for (guint i = 1; i < repeat; i++)
        memcpy (line + (gsize) i * stride, line, stride);
      y += repeat;
      in += used + 1;
      left -= used + 1;
    }
  if (left != 0)
    {
      fail (error, "something follows the page");
      return NULL;
    }
  return g_steal_pointer (&rows);
}

GsStampBitmap *
gs_pwg_decode (GBytes *stream, GError **error)
{
  gsize size;
  const guint8 *data;
  const guint8 *header;
  guint32 width, height;
  guint8 *rows;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (stream != NULL, NULL);
  data = g_bytes_get_data (stream, &size);
  if (size < SYNC_SIZE + HEADER_SIZE || memcmp (data, SYNC, SYNC_SIZE) != 0)
    {
      fail (error, "this is no PWG raster");
      return NULL;
    }
  header = data + SYNC_SIZE;
  if (!check_page (header, error))
    return NULL;
  width = number_at (header, AT_WIDTH);
  height = number_at (header, AT_HEIGHT);
  rows = decode_lines (header + HEADER_SIZE, size - SYNC_SIZE - HEADER_SIZE, (width + 7) / 8, width,
                       height, error);
  if (rows == NULL)
    return NULL;
  bytes = g_bytes_new_take (rows, (gsize) ((width + 7) / 8) * height);
  return gs_stamp_bitmap_new (width, height, number_at (header, AT_RESOLUTION_X), bytes);
}

/* Runs everything through the converter; the output may not grow over max_bytes. */
static GBytes *
convert (GConverter *converter, GBytes *data, gsize max_bytes, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GError) problem = NULL;
  guint8 chunk[8192];
  gsize left;
  const guint8 *in = g_bytes_get_data (data, &left);
  GConverterResult result = G_CONVERTER_CONVERTED;
  static const guint8 nothing[1] = { 0 };

  while (result != G_CONVERTER_FINISHED)
    {
      gsize used = 0, made = 0;

      result = g_converter_convert (converter, in != NULL ? in : nothing, left, chunk, sizeof chunk,
                                    G_CONVERTER_INPUT_AT_END, &used, &made, &problem);
      if (result == G_CONVERTER_ERROR)
        {
          g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_RASTER, "gzip: %s", problem->message);
          return NULL;
        }
      if (made > max_bytes - out->len)
        {
          fail (error, "the gzip stream is too long");
          return NULL;
        }
      g_byte_array_append (out, chunk, (guint) made);
      if (in != NULL)
        in += used;
      left -= used;
    }
  if (left != 0)
    {
      fail (error, "something follows the gzip stream");
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

GBytes *
gs_pwg_gzip (GBytes *data, GError **error)
{
  g_autoptr (GConverter) converter = NULL;

  g_return_val_if_fail (data != NULL, NULL);
  converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  return convert (converter, data, G_MAXUINT / 2, error);
}

GBytes *
gs_pwg_gunzip (GBytes *data, gsize max_bytes, GError **error)
{
  g_autoptr (GConverter) converter = NULL;

  g_return_val_if_fail (data != NULL, NULL);
  converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  return convert (converter, data, MIN (max_bytes, G_MAXUINT / 2), error);
}
