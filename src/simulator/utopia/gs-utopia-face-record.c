/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-face-record.h"

#include "gs-utopia-der.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <openjpeg.h>
#include <string.h>

#define BLANK_WIDTH 300
#define BLANK_HEIGHT 386
/* A chip's picture is about 15 kB; the drawn portraits compress well. */
#define COMPRESSION 24.0f

/* ---- pictures ---- */

static gboolean
inside (double x, double y, double cx, double cy, double rx, double ry)
{
  double dx = (x - cx) / rx, dy = (y - cy) / ry;

  return dx * dx + dy * dy < 1.0;
}

GBytes *
gs_utopia_face_record_blank (GError **error)
{
  g_autoptr (GdkPixbuf) picture =
    gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, BLANK_WIDTH, BLANK_HEIGHT);
  guint8 *pixels = gdk_pixbuf_get_pixels (picture);
  int stride = gdk_pixbuf_get_rowstride (picture);
  char *bytes;
  gsize length;

  for (int y = 0; y < BLANK_HEIGHT; y++)
    for (int x = 0; x < BLANK_WIDTH; x++)
      {
        gboolean head = inside (x, y, 150, 160, 72, 96);
        gboolean body = inside (x, y, 150, 400, 140, 130);
        int light = (head ? 130 : body ? 96 : 222) + (x + y) / 40;

        memset (pixels + y * stride + 3 * x, light, 3);
      }
  if (!gdk_pixbuf_save_to_buffer (picture, &bytes, &length, "jpeg", error, "quality", "72", NULL))
    return NULL;
  return g_bytes_new_take (bytes, length);
}

static GdkPixbuf *
read_jpeg (GBytes *jpeg, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("jpeg", error);
  gboolean written;

  if (loader == NULL)
    return NULL;
  written = gdk_pixbuf_loader_write_bytes (loader, jpeg, error);
  if (!gdk_pixbuf_loader_close (loader, written ? error : NULL) || !written)
    return NULL;
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

/* A stream of OpenJPEG into memory; JP2 goes back to fill in lengths. */
typedef struct
{
  GByteArray *bytes;
  gsize at;
} Memory;

static OPJ_SIZE_T
memory_write (void *data, OPJ_SIZE_T length, void *user_data)
{
  Memory *memory = user_data;

  if (memory->at + length > memory->bytes->len)
    g_byte_array_set_size (memory->bytes, (guint) (memory->at + length));
  memcpy (memory->bytes->data + memory->at, data, length);
  memory->at += length;
  return length;
}

static OPJ_BOOL
memory_seek (OPJ_OFF_T to, void *user_data)
{
  ((Memory *) user_data)->at = (gsize) to;
  return OPJ_TRUE;
}

static OPJ_OFF_T
memory_skip (OPJ_OFF_T by, void *user_data)
{
  ((Memory *) user_data)->at += (gsize) by;
  return by;
}

static opj_image_t *
to_planes (GdkPixbuf *picture)
{
  opj_image_cmptparm_t planes[3] = { 0 };
  int width = gdk_pixbuf_get_width (picture), height = gdk_pixbuf_get_height (picture);
  int channels = gdk_pixbuf_get_n_channels (picture);
  const guint8 *pixels = gdk_pixbuf_read_pixels (picture);
  int stride = gdk_pixbuf_get_rowstride (picture);
  opj_image_t *image;

  for (int i = 0; i < 3; i++)
    planes[i] = (opj_image_cmptparm_t){
      .dx = 1, .dy = 1, .w = (OPJ_UINT32) width, .h = (OPJ_UINT32) height, .prec = 8, .bpp = 8
    };
  image = opj_image_create (3, planes, OPJ_CLRSPC_SRGB);
  if (image == NULL)
    return NULL;
  image->x1 = (OPJ_UINT32) width;
  image->y1 = (OPJ_UINT32) height;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int i = 0; i < 3; i++)
        image->comps[i].data[y * width + x] = pixels[y * stride + channels * x + i];
  return image;
}

static GBytes *
write_jpeg2000 (GdkPixbuf *picture, OPJ_CODEC_FORMAT format, GError **error)
{
  Memory memory = { .bytes = g_byte_array_new () };
  opj_codec_t *codec = opj_create_compress (format);
  opj_stream_t *stream = opj_stream_default_create (OPJ_FALSE);
  opj_image_t *image = to_planes (picture);
  opj_cparameters_t parameters;
  gboolean done;

  opj_set_default_encoder_parameters (&parameters);
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  parameters.tcp_rates[0] = COMPRESSION;
  parameters.irreversible = 1;
  parameters.tcp_mct = 1;
  opj_stream_set_write_function (stream, memory_write);
  opj_stream_set_seek_function (stream, memory_seek);
  opj_stream_set_skip_function (stream, memory_skip);
  opj_stream_set_user_data (stream, &memory, NULL);
  done = image != NULL && opj_setup_encoder (codec, &parameters, image)
         && opj_start_compress (codec, image, stream) && opj_encode (codec, stream)
         && opj_end_compress (codec, stream);
  opj_stream_destroy (stream);
  opj_destroy_codec (codec);
  opj_image_destroy (image);
  if (done)
    return g_byte_array_free_to_bytes (memory.bytes);
  g_byte_array_unref (memory.bytes);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "JPEG 2000 could not be written");
  return NULL;
}

GBytes *
gs_utopia_face_record_convert (GBytes *jpeg, GsUtopiaPicture form, GError **error)
{
  g_autoptr (GdkPixbuf) picture = NULL;

  if (form == GS_UTOPIA_PICTURE_JPEG)
    return g_bytes_ref (jpeg);
  if (form == GS_UTOPIA_PICTURE_GARBAGE)
    return gs_utopia_der_of (0, g_bytes_new_static ("\xff\xd8\xff\xe0", 4),
                             g_bytes_new_static ("SPECIMEN, and no picture", 24), NULL);
  picture = read_jpeg (jpeg, error);
  if (picture == NULL)
    return NULL;
  return write_jpeg2000 (picture, form == GS_UTOPIA_PICTURE_JP2 ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K,
                         error);
}

/* ---- ISO/IEC 19794-5 ---- */

static void
put (GByteArray *out, guint64 value, guint bytes)
{
  while (bytes > 0)
    {
      guint8 byte = (guint8) (value >> (8 * --bytes));

      g_byte_array_append (out, &byte, 1);
    }
}

static void
get_size (GBytes *jpeg, int *width, int *height)
{
  g_autoptr (GdkPixbuf) picture = read_jpeg (jpeg, NULL);

  *width = picture ? gdk_pixbuf_get_width (picture) : BLANK_WIDTH;
  *height = picture ? gdk_pixbuf_get_height (picture) : BLANK_HEIGHT;
}

static GBytes *
record_19794 (GBytes *picture, GsUtopiaPicture form, char sex, int width, int height)
{
  GByteArray *out = g_byte_array_new ();
  gsize length = g_bytes_get_size (picture);

  g_byte_array_append (out,
                       (const guint8 *) "FAC\0"
                                        "010\0",
                       8);
  put (out, 14 + 20 + 12 + length, 4); /* the whole record */
  put (out, 1, 2);                     /* faces */
  put (out, 20 + 12 + length, 4);      /* this face */
  put (out, 0, 2);                     /* feature points */
  put (out, sex == 'M' ? 1 : sex == 'F' ? 2 : 0, 1);
  put (out, 0, 2); /* colours of eyes and hair */
  put (out, 0, 3); /* properties */
  put (out, 0, 2); /* expression */
  put (out, 0, 6); /* pose and its uncertainty */
  put (out, 1, 1); /* full frontal */
  put (out, form == GS_UTOPIA_PICTURE_JPEG || form == GS_UTOPIA_PICTURE_GARBAGE ? 0 : 1, 1);
  put (out, (guint64) width, 2);
  put (out, (guint64) height, 2);
  put (out, 1, 1); /* sRGB */
  put (out, 2, 1); /* still camera */
  put (out, 0, 4); /* device, quality */
  g_byte_array_append (out, g_bytes_get_data (picture, NULL), (guint) length);
  return g_byte_array_free_to_bytes (out);
}

/* ---- ISO/IEC 39794-5, the profile for travel documents ---- */

static GBytes *
number (guint32 tag, guint64 value)
{
  return gs_utopia_der_number (tag, value);
}

static GBytes *
choice (guint32 tag, guint64 code)
{
  return gs_utopia_der_of (tag, number (0x80, code), NULL);
}

static GBytes *
record_39794 (GBytes *picture, GsUtopiaPicture form, int width, int height)
{
  /* imageDataFormat: 2 JPEG, 4 JPEG 2000 lossy. */
  guint format = form == GS_UTOPIA_PICTURE_JP2 || form == GS_UTOPIA_PICTURE_J2K ? 4 : 2;
  GBytes *information = gs_utopia_der_of (
    0xa1, choice (0xa0, format), choice (0xa1, 0),
    gs_utopia_der_of (0xa7, number (0x80, (guint64) width), number (0x81, (guint64) height), NULL),
    NULL);
  GBytes *flat = gs_utopia_der_of (
    0xa0, gs_utopia_der (0x80, g_bytes_get_data (picture, NULL), g_bytes_get_size (picture)),
    information, NULL);
  GBytes *representation =
    gs_utopia_der_of (0x30, number (0x80, 1),
                      gs_utopia_der_of (0xa1, gs_utopia_der_of (0xa0, flat, NULL), NULL), NULL);

  return gs_utopia_der_of (
    0xa1,
    gs_utopia_der_of (0x65, gs_utopia_der_of (0xa0, number (0x80, 3), number (0x81, 2019), NULL),
                      gs_utopia_der_of (0xa1, representation, NULL), NULL),
    NULL);
}

/* ---- DG2 ---- */

/* The biometric header (CBEFF): whose format, and which. */
static GBytes *
header (GsUtopiaRecord record)
{
  static const guint8 version[] = { 0x01, 0x01 }, face[] = { 0x02 }, sub[] = { 0x00 },
                      owner[] = { 0x01, 0x01 }, old[] = { 0x00, 0x08 }, new[] = { 0x00, 0x2a };

  return gs_utopia_der_of (0xa1, gs_utopia_der (0x80, version, 2), gs_utopia_der (0x81, face, 1),
                           gs_utopia_der (0x82, sub, 1), gs_utopia_der (0x87, owner, 2),
                           gs_utopia_der (0x88, record == GS_UTOPIA_RECORD_39794 ? new : old, 2),
                           NULL);
}

GBytes *
gs_utopia_face_record_dg2 (
  GBytes *jpeg, GsUtopiaPicture form, GsUtopiaRecord record, char sex, GError **error)
{
  g_autoptr (GBytes) picture = gs_utopia_face_record_convert (jpeg, form, error);
  GBytes *block;
  int width, height;

  if (picture == NULL)
    return NULL;
  get_size (jpeg, &width, &height);
  if (record == GS_UTOPIA_RECORD_39794)
    block = gs_utopia_der_of (0x7f2e, record_39794 (picture, form, width, height), NULL);
  else
    block = gs_utopia_der_of (0x5f2e, record_19794 (picture, form, sex, width, height), NULL);
  return gs_utopia_der_of (
    0x75,
    gs_utopia_der_of (0x7f61, gs_utopia_der_integer (1),
                      gs_utopia_der_of (0x7f60, header (record), block, NULL), NULL),
    NULL);
}
