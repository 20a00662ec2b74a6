/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-image.h"

#include "gs-emrtd-error.h"
#include "gs-face-cost.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <openjpeg.h>
#include <openssl/crypto.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (opj_codec_t, opj_destroy_codec)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (opj_stream_t, opj_stream_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (opj_image_t, opj_image_destroy)

/* A stream over bytes in memory. */
typedef struct
{
  const guint8 *bytes;
  gsize size;
  gsize at;
} Memory;

static gpointer
fail (GError **error, GsEmrtdError code, const char *what)
{
  g_set_error (error, GS_EMRTD_ERROR, code, "face picture: %s", what);
  return NULL;
}

static gboolean
size_is_sane (gint64 width, gint64 height)
{
  return width > 0 && height > 0 && width <= GS_FACE_IMAGE_MAX_SIDE
         && height <= GS_FACE_IMAGE_MAX_SIDE;
}

/* The dots of a face are cleansed with the last reference to them. */
typedef struct
{
  guint8 *bytes;
  gsize size;
} Dots;

static void
dots_free (gpointer data)
{
  Dots *dots = data;

  OPENSSL_cleanse (dots->bytes, dots->size);
  g_free (dots->bytes);
  g_free (dots);
}

static GsPixels *
take_dots (guint width, guint height, guint8 *bytes)
{
  Dots *dots = g_new (Dots, 1);
  g_autoptr (GBytes) rgb = NULL;

  *dots = (Dots){ bytes, (gsize) 3 * width * height };
  rgb = g_bytes_new_with_free_func (bytes, dots->size, dots_free, dots);
  return gs_pixels_new (width, height, rgb);
}

static void
on_size (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  gboolean *too_large = data;

  if (size_is_sane (width, height))
    return;
  *too_large = TRUE;
  /* Asks for as little as can be, since the loader cannot be stopped from here. */
  gdk_pixbuf_loader_set_size (loader, 1, 1);
}

static GsPixels *
from_pixbuf (GdkPixbuf *pixbuf, GError **error)
{
  guint width = (guint) gdk_pixbuf_get_width (pixbuf);
  guint height = (guint) gdk_pixbuf_get_height (pixbuf);
  guint stride = (guint) gdk_pixbuf_get_rowstride (pixbuf);
  guint channels = (guint) gdk_pixbuf_get_n_channels (pixbuf);
  const guint8 *from = gdk_pixbuf_read_pixels (pixbuf);

  if (channels < 3 || gdk_pixbuf_get_bits_per_sample (pixbuf) != 8)
    return fail (error, GS_EMRTD_ERROR_UNSUPPORTED, "a strange format of dots");
  guint8 *pixels = g_malloc ((gsize) 3 * width * height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      memcpy (pixels + 3 * ((gsize) y * width + x),
              from + (gsize) y * stride + (gsize) x * channels, 3);
  return take_dots (width, height, pixels);
}

/* What the loader would refuse in words of its own, fill up with grey, or take its time for. */
static gboolean
check_jpeg (const GsJpegFacts *facts, GError **error)
{
  if (!facts->is_whole)
    return fail (error, GS_EMRTD_ERROR_MALFORMED, "the JPEG is cut short") != NULL;
  if (facts->is_several)
    return fail (error, GS_EMRTD_ERROR_UNSUPPORTED, "the JPEG is a film or an album") != NULL;
  if (facts->depth == 0 || facts->width == 0 || facts->height == 0)
    return fail (error, GS_EMRTD_ERROR_MALFORMED, "the JPEG has no size") != NULL;
  if (!size_is_sane (facts->width, facts->height))
    return fail (error, GS_EMRTD_ERROR_LIMIT, "too many dots") != NULL;
  if (!facts->is_usual || facts->depth != 8)
    return fail (error, GS_EMRTD_ERROR_UNSUPPORTED, "a kind of JPEG that passports do not have")
           != NULL;
  if (!gs_face_cost_jpeg_is_modest (facts))
    return fail (error, GS_EMRTD_ERROR_LIMIT, "the JPEG has too many scans") != NULL;
  return TRUE;
}

static GsPixels *
decode_jpeg (const guint8 *bytes, gsize size, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GdkPixbufLoader) loader = NULL;
  gboolean too_large = FALSE;
  GsJpegFacts facts;

  gs_face_cost_survey_jpeg (bytes, size, &facts);
  if (!check_jpeg (&facts, error))
    return NULL;
  loader = gdk_pixbuf_loader_new_with_type ("jpeg", &local);
  if (loader == NULL)
    return fail (error, GS_EMRTD_ERROR_UNSUPPORTED, local->message);
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), &too_large);
  gboolean ok = gdk_pixbuf_loader_write (loader, bytes, size, &local);
  ok = gdk_pixbuf_loader_close (loader, ok ? &local : NULL) && ok;
  if (too_large)
    return fail (error, GS_EMRTD_ERROR_LIMIT, "too many dots");
  GdkPixbuf *pixbuf = ok ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (pixbuf == NULL)
    return fail (error, GS_EMRTD_ERROR_MALFORMED, local != NULL ? local->message : "no picture");
  return from_pixbuf (pixbuf, error);
}

static OPJ_SIZE_T
read_memory (void *buffer, OPJ_SIZE_T wanted, void *data)
{
  Memory *memory = data;
  gsize n = MIN (wanted, memory->size - memory->at);

  if (n == 0)
    return (OPJ_SIZE_T) -1;
  memcpy (buffer, memory->bytes + memory->at, n);
  memory->at += n;
  return n;
}

static OPJ_OFF_T
skip_memory (OPJ_OFF_T n, void *data)
{
  Memory *memory = data;

  if (n < 0)
    return -1;
  if ((guint64) n > memory->size - memory->at)
    {
      memory->at = memory->size;
      return -1;
    }
  memory->at += (gsize) n;
  return n;
}

static OPJ_BOOL
seek_memory (OPJ_OFF_T to, void *data)
{
  Memory *memory = data;

  if (to < 0 || (guint64) to > memory->size)
    return OPJ_FALSE;
  memory->at = (gsize) to;
  return OPJ_TRUE;
}

static void
be_quiet (const char *message, void *data)
{
  (void) message;
  (void) data;
}

/* One sample as 8 bits; components may be coarser than the picture, signed, or of other depths. */
static guint8
sample (const opj_image_comp_t *component, guint x, guint y)
{
  guint at_x = MIN (x / component->dx, component->w - 1);
  guint at_y = MIN (y / component->dy, component->h - 1);
  gint64 value = component->data[(gsize) at_y * component->w + at_x];

  if (component->sgnd)
    value += (gint64) 1 << (component->prec - 1);
  value = component->prec > 8 ? value >> (component->prec - 8) : value << (8 - component->prec);
  return (guint8) CLAMP (value, 0, 255);
}

static guint8
to_byte (double value)
{
  return (guint8) CLAMP (value + 0.5, 0.0, 255.0);
}

static void
convert_row (const opj_image_t *image, guint y, guint width, guint8 *row)
{
  gboolean grey = image->numcomps < 3;
  gboolean ycc = image->color_space == OPJ_CLRSPC_SYCC;

  for (guint x = 0; x < width; x++, row += 3)
    {
      row[0] = sample (&image->comps[0], x, y);
      row[1] = grey ? row[0] : sample (&image->comps[1], x, y);
      row[2] = grey ? row[0] : sample (&image->comps[2], x, y);
      if (!grey && ycc)
        {
          double luma = row[0], blue = row[1] - 128.0, red = row[2] - 128.0;
          row[0] = to_byte (luma + 1.402 * red);
          row[1] = to_byte (luma - 0.344136 * blue - 0.714136 * red);
          row[2] = to_byte (luma + 1.772 * blue);
        }
    }
}

static GsPixels *
from_opj (const opj_image_t *image, GError **error)
{
  guint width = image->x1 - image->x0;
  guint height = image->y1 - image->y0;

  for (guint i = 0; i < MIN (image->numcomps, 3); i++)
    {
      const opj_image_comp_t *component = &image->comps[i];
      if (component->data == NULL || component->w == 0 || component->h == 0 || component->dx == 0
          || component->dy == 0 || component->prec == 0 || component->prec > 16)
        return fail (error, GS_EMRTD_ERROR_UNSUPPORTED, "a strange format of dots");
    }
  guint8 *pixels = g_malloc ((gsize) 3 * width * height);
  for (guint y = 0; y < height; y++)
    convert_row (image, y, width, pixels + (gsize) 3 * width * y);
  return take_dots (width, height, pixels);
}

static GsPixels *
decode_jpeg_2000 (const guint8 *bytes, gsize size, GsFaceCoding coding, GError **error)
{
  Memory memory = { bytes, size, 0 };
  opj_dparameters_t parameters;
  g_autoptr (opj_codec_t) codec =
    opj_create_decompress (coding == GS_FACE_CODING_JP2 ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K);
  g_autoptr (opj_stream_t) stream = opj_stream_default_create (OPJ_TRUE);
  g_autoptr (opj_image_t) image = NULL;

  if (!gs_face_cost_jpeg_2000_size_is_modest (bytes, size, GS_FACE_IMAGE_MAX_SIDE))
    return fail (error, GS_EMRTD_ERROR_LIMIT, "too many dots, components or tiles");
  if (codec == NULL || stream == NULL)
    return fail (error, GS_EMRTD_ERROR_UNSUPPORTED, "JPEG 2000 cannot be decoded here");
  opj_set_error_handler (codec, be_quiet, NULL);
  opj_set_warning_handler (codec, be_quiet, NULL);
  opj_set_info_handler (codec, be_quiet, NULL);
  opj_stream_set_user_data (stream, &memory, NULL);
  opj_stream_set_user_data_length (stream, size);
  opj_stream_set_read_function (stream, read_memory);
  opj_stream_set_skip_function (stream, skip_memory);
  opj_stream_set_seek_function (stream, seek_memory);
  opj_set_default_decoder_parameters (&parameters);
  if (!opj_setup_decoder (codec, &parameters) || !opj_decoder_set_strict_mode (codec, OPJ_TRUE)
      || !opj_read_header (stream, codec, &image))
    return fail (error, GS_EMRTD_ERROR_MALFORMED, "the JPEG 2000 header cannot be read");
  if (!size_is_sane ((gint64) image->x1 - image->x0, (gint64) image->y1 - image->y0)
      || image->numcomps == 0 || image->numcomps > 4)
    return fail (error, GS_EMRTD_ERROR_LIMIT, "too many dots");
  if (!gs_face_cost_jpeg_2000_is_modest (bytes, size, image->x1 - image->x0, image->y1 - image->y0,
                                         image->numcomps))
    return fail (error, GS_EMRTD_ERROR_LIMIT, "the JPEG 2000 picture is cut into too many parts");
  if (!opj_decode (codec, stream, image) || !opj_end_decompress (codec, stream))
    return fail (error, GS_EMRTD_ERROR_MALFORMED, "the JPEG 2000 picture is damaged or cut short");
  return from_opj (image, error);
}

GsPixels *
gs_face_image_decode (GBytes *picture, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (picture, &size);
  GsFaceCoding coding;

  if (!gs_face_coding_sniff (bytes, size, &coding))
    return fail (error, GS_EMRTD_ERROR_UNSUPPORTED, "neither JPEG nor JPEG 2000");
  if (coding == GS_FACE_CODING_JPEG)
    return decode_jpeg (bytes, size, error);
  return decode_jpeg_2000 (bytes, size, coding, error);
}
