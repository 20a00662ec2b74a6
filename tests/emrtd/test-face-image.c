/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures as a stranger may put them on a chip: of every kind that the decoder takes, and of many
 * that it must refuse, in words that say why. Each is made here. */

#include "gs-emrtd-error.h"
#include "gs-face-image.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <openjpeg.h>
#include <string.h>

/* --- JPEG ------------------------------------------------------------------------------------- */

static void
append_segment (GByteArray *out, guint8 marker, const guint8 *bytes, guint size)
{
  const guint8 head[4] = { 0xFF, marker, (guint8) ((size + 2) >> 8), (guint8) (size + 2) };

  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, bytes, size);
}

/* One even grey in so many components: each block is a difference of nothing and an end, which are
 * a bit each. marker: of the frame, C0 for baseline. */
static GBytes *
make_even_jpeg (guint8 marker, guint8 depth, guint16 width, guint16 height, guint8 n_components)
{
  static const guint8 dc_code[18] = { 0x00, 1 };
  static const guint8 ac_code[18] = { 0x10, 1 };
  guint n_blocks = (width + 7u) / 8 * ((height + 7u) / 8) * n_components;
  g_autofree guint8 *blocks = g_malloc0 (n_blocks / 4 + 1);
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  g_autoptr (GByteArray) scan = g_byte_array_new ();
  const guint8 size[] = { depth,           (guint8) (height >> 8),
                          (guint8) height, (guint8) (width >> 8),
                          (guint8) width,  n_components };
  guint8 quantizers[65];
  GByteArray *out = g_byte_array_new ();

  memset (quantizers, 1, sizeof quantizers);
  quantizers[0] = 0;
  g_byte_array_append (frame, size, sizeof size);
  g_byte_array_append (scan, &n_components, 1);
  for (guint8 i = 1; i <= n_components; i++)
    {
      g_byte_array_append (frame, (const guint8[]){ i, 0x11, 0 }, 3);
      g_byte_array_append (scan, (const guint8[]){ i, 0 }, 2);
    }
  g_byte_array_append (scan, (const guint8[]){ 0, 63, 0 }, 3);
  g_byte_array_append (out, (const guint8 *) "\xff\xd8", 2);
  append_segment (out, 0xDB, quantizers, sizeof quantizers);
  append_segment (out, marker, frame->data, frame->len);
  append_segment (out, 0xC4, dc_code, sizeof dc_code);
  append_segment (out, 0xC4, ac_code, sizeof ac_code);
  append_segment (out, 0xDA, scan->data, scan->len);
  g_byte_array_append (out, blocks, n_blocks / 4 + 1);
  g_byte_array_append (out, (const guint8 *) "\xff\xd9", 2);
  return g_byte_array_free_to_bytes (out);
}

/* Behind the begin mark comes a segment with another whole picture in it, as cameras write. */
static GBytes *
put_thumbnail (GBytes *picture, GBytes *thumbnail)
{
  gsize size, small_size;
  const guint8 *bytes = g_bytes_get_data (picture, &size);
  const guint8 *small = g_bytes_get_data (thumbnail, &small_size);
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, bytes, 2);
  append_segment (out, 0xE1, small, (guint) small_size);
  g_byte_array_append (out, bytes + 2, (guint) size - 2);
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
join (GBytes *one, GBytes *other)
{
  GByteArray *out = g_byte_array_new ();
  GBytes *parts[] = { one, other };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gsize size;
      const guint8 *bytes = g_bytes_get_data (parts[i], &size);

      g_byte_array_append (out, bytes, (guint) size);
    }
  return g_byte_array_free_to_bytes (out);
}

/* --- JPEG 2000 -------------------------------------------------------------------------------- */

typedef struct
{
  GByteArray *bytes;
  gsize at;
} Sink;

static OPJ_SIZE_T
sink_write (void *buffer, OPJ_SIZE_T n, void *data)
{
  Sink *sink = data;

  if (sink->at + n > sink->bytes->len)
    g_byte_array_set_size (sink->bytes, (guint) (sink->at + n));
  memcpy (sink->bytes->data + sink->at, buffer, n);
  sink->at += n;
  return n;
}

static OPJ_OFF_T
sink_skip (OPJ_OFF_T n, void *data)
{
  ((Sink *) data)->at += (gsize) n;
  return n;
}

static OPJ_BOOL
sink_seek (OPJ_OFF_T to, void *data)
{
  ((Sink *) data)->at = (gsize) to;
  return OPJ_TRUE;
}

/* One even colour, each component a third of the scale above the one before. */
static GBytes *
make_jpeg_2000 (guint width, guint height, guint n_components, guint depth)
{
  Sink sink = { g_byte_array_new (), 0 };
  opj_cparameters_t parameters;
  opj_image_cmptparm_t components[4] = { 0 };
  opj_image_t *image;
  opj_codec_t *codec = opj_create_compress (OPJ_CODEC_JP2);
  opj_stream_t *stream = opj_stream_default_create (OPJ_FALSE);

  for (guint i = 0; i < n_components; i++)
    components[i] =
      (opj_image_cmptparm_t){ .dx = 1, .dy = 1, .w = width, .h = height, .prec = depth };
  image = opj_image_create (n_components, components,
                            n_components < 3 ? OPJ_CLRSPC_GRAY : OPJ_CLRSPC_SRGB);
  image->x1 = width;
  image->y1 = height;
  for (guint i = 0; i < n_components; i++)
    for (guint j = 0; j < width * height; j++)
      image->comps[i].data[j] = (int) (((1u << depth) - 1) * (i + 1) / 4);
  opj_set_default_encoder_parameters (&parameters);
  parameters.numresolution = 1;
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
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

/* --- tests ------------------------------------------------------------------------------------ */

static void
assert_even (GBytes *picture, guint width, guint height, const guint8 colour[3])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPixels) pixels = gs_face_image_decode (picture, &error);
  const guint8 *dots;

  g_assert_no_error (error);
  g_assert_cmpuint (pixels->width, ==, width);
  g_assert_cmpuint (pixels->height, ==, height);
  g_assert_cmpuint (g_bytes_get_size (pixels->rgb), ==, (gsize) 3 * width * height);
  dots = g_bytes_get_data (pixels->rgb, NULL);
  for (gsize i = 0; i < (gsize) width * height; i++)
    for (guint c = 0; c < 3; c++)
      g_assert_cmpint (ABS (dots[3 * i + c] - colour[c]), <=, 2);
}

static void
assert_refused (GBytes *picture, int code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gs_face_image_decode (picture, &error));
  g_assert_error (error, GS_EMRTD_ERROR, code);
  if (words != NULL)
    g_assert_nonnull (strstr (error->message, words));
}

static const guint8 middle[] = { 128, 128, 128 };

static void
test_grey_jpeg (void)
{
  g_autoptr (GBytes) grey = make_even_jpeg (0xC0, 8, 24, 17, 1);
  g_autoptr (GBytes) colour = make_even_jpeg (0xC0, 8, 24, 17, 3);

  assert_even (grey, 24, 17, middle);
  assert_even (colour, 24, 17, middle);
}

/* Half of each ink, and half of the light that is left. */
static void
test_cmyk_jpeg (void)
{
  static const guint8 dark[] = { 64, 64, 64 };
  g_autoptr (GBytes) picture = make_even_jpeg (0xC0, 8, 16, 16, 4);

  assert_even (picture, 16, 16, dark);
}

static void
test_strange_jpeg (void)
{
  static const struct
  {
    guint8 marker, depth;
  } kinds[] = { { 0xC1, 12 }, { 0xC3, 8 }, { 0xC9, 8 }, { 0xC0, 16 } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) picture = make_even_jpeg (kinds[i].marker, kinds[i].depth, 16, 16, 3);

      assert_refused (picture, GS_EMRTD_ERROR_UNSUPPORTED, "passports do not have");
    }
}

/* Motion JPEG is one picture after the other. */
static void
test_film (void)
{
  g_autoptr (GBytes) frame = make_even_jpeg (0xC0, 8, 16, 16, 3);
  g_autoptr (GBytes) film = join (frame, frame);
  g_autoptr (GBytes) gap = g_bytes_new_static ("\0\0\0\0", 4);
  g_autoptr (GBytes) padded = join (frame, gap);
  g_autoptr (GBytes) late = join (padded, frame);

  assert_refused (film, GS_EMRTD_ERROR_UNSUPPORTED, "film");
  assert_refused (late, GS_EMRTD_ERROR_UNSUPPORTED, "film");
  /* A chip that pads makes no film. */
  assert_even (padded, 16, 16, middle);
}

/* The end of the small picture is not the end of the large one. */
static void
test_thumbnail (void)
{
  g_autoptr (GBytes) small = make_even_jpeg (0xC0, 8, 8, 8, 3);
  g_autoptr (GBytes) large = make_even_jpeg (0xC0, 8, 40, 32, 3);
  g_autoptr (GBytes) both = put_thumbnail (large, small);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (both, 0, g_bytes_get_size (both) - 2);

  assert_even (both, 40, 32, middle);
  assert_refused (cut, GS_EMRTD_ERROR_MALFORMED, "cut short");
}

/* Whatever else there is, even where GdkPixbuf could read it: one that moves, one that is none. */
static void
test_other_formats (void)
{
  static const char *const starts[] = { "GIF89a\x01\x00\x01\x00",
                                        "\x89PNG\r\n\x1a\n",
                                        "BM",
                                        "RIFF\x20\x00\x00\x00WEBP",
                                        "<svg",
                                        "II*",
                                        "" };
  g_autoptr (GdkPixbuf) one = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 8, 8);
  g_autoptr (GBytes) png = NULL;
  char *bytes;
  gsize size;

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (GBytes) picture = g_bytes_new (starts[i], strlen (starts[i]));

      assert_refused (picture, GS_EMRTD_ERROR_UNSUPPORTED, "neither JPEG nor JPEG 2000");
    }
  gdk_pixbuf_fill (one, 0x808080ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (one, &bytes, &size, "png", NULL, NULL));
  png = g_bytes_new_take (bytes, size);
  assert_refused (png, GS_EMRTD_ERROR_UNSUPPORTED, "neither JPEG nor JPEG 2000");
}

static void
test_deep_jpeg_2000 (void)
{
  static const guint8 colour[] = { 63, 127, 191 };
  static const guint8 grey[] = { 63, 63, 63 };
  static const guint depths[] = { 8, 12, 16 };

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autoptr (GBytes) of_colour = make_jpeg_2000 (20, 12, 3, depths[i]);
      g_autoptr (GBytes) of_grey = make_jpeg_2000 (20, 12, 1, depths[i]);
      g_autoptr (GBytes) with_alpha = make_jpeg_2000 (20, 12, 4, depths[i]);

      assert_even (of_colour, 20, 12, colour);
      assert_even (of_grey, 20, 12, grey);
      assert_even (with_alpha, 20, 12, colour);
    }
}

static void
test_tiny (void)
{
  static const guint8 colour[] = { 63, 127, 191 };
  g_autoptr (GBytes) jpeg = make_even_jpeg (0xC0, 8, 1, 1, 3);
  g_autoptr (GBytes) jpeg_2000 = make_jpeg_2000 (1, 1, 3, 8);
  g_autoptr (GBytes) no_width = make_even_jpeg (0xC0, 8, 0, 8, 3);
  g_autoptr (GBytes) no_height = make_even_jpeg (0xC0, 8, 8, 0, 3);

  assert_even (jpeg, 1, 1, middle);
  assert_even (jpeg_2000, 1, 1, colour);
  assert_refused (no_width, GS_EMRTD_ERROR_MALFORMED, NULL);
  assert_refused (no_height, GS_EMRTD_ERROR_MALFORMED, NULL);
}

/* Told by the header: nothing of it is decoded. */
static void
test_huge (void)
{
  static const guint8 colour[] = { 63, 127, 191 };
  g_autoptr (GBytes) jpeg = make_even_jpeg (0xC0, 8, GS_FACE_IMAGE_MAX_SIDE, 8, 3);
  g_autoptr (GBytes) wide = make_even_jpeg (0xC0, 8, GS_FACE_IMAGE_MAX_SIDE + 1, 8, 3);
  g_autoptr (GBytes) high = make_even_jpeg (0xC0, 8, 8, 65535, 3);
  g_autoptr (GBytes) jpeg_2000 = make_jpeg_2000 (4, GS_FACE_IMAGE_MAX_SIDE, 3, 8);
  g_autoptr (GBytes) high_2000 = make_jpeg_2000 (4, GS_FACE_IMAGE_MAX_SIDE + 1, 3, 8);

  assert_even (jpeg, GS_FACE_IMAGE_MAX_SIDE, 8, middle);
  assert_even (jpeg_2000, 4, GS_FACE_IMAGE_MAX_SIDE, colour);
  assert_refused (wide, GS_EMRTD_ERROR_LIMIT, "too many dots");
  assert_refused (high, GS_EMRTD_ERROR_LIMIT, "too many dots");
  assert_refused (high_2000, GS_EMRTD_ERROR_LIMIT, NULL);
}

/* No part of a picture is a picture. */
static void
test_cut (void)
{
  GBytes *pictures[] = { make_even_jpeg (0xC0, 8, 24, 17, 1), make_even_jpeg (0xC0, 8, 16, 16, 4),
                         make_jpeg_2000 (20, 12, 1, 16) };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); g_bytes_unref (pictures[i++]))
    for (gsize length = 0; length + 2 < g_bytes_get_size (pictures[i]); length++)
      {
        g_autoptr (GBytes) cut = g_bytes_new_from_bytes (pictures[i], 0, length);
        g_autoptr (GError) error = NULL;
        g_autoptr (GsPixels) pixels = gs_face_image_decode (cut, &error);

        g_assert_null (pixels);
        g_assert_nonnull (error);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/emrtd/face-image/grey-jpeg", test_grey_jpeg);
  g_test_add_func ("/emrtd/face-image/four-inks", test_cmyk_jpeg);
  g_test_add_func ("/emrtd/face-image/strange-jpeg", test_strange_jpeg);
  g_test_add_func ("/emrtd/face-image/film", test_film);
  g_test_add_func ("/emrtd/face-image/thumbnail", test_thumbnail);
  g_test_add_func ("/emrtd/face-image/other-formats", test_other_formats);
  g_test_add_func ("/emrtd/face-image/deep-jpeg-2000", test_deep_jpeg_2000);
  g_test_add_func ("/emrtd/face-image/tiny", test_tiny);
  g_test_add_func ("/emrtd/face-image/huge", test_huge);
  g_test_add_func ("/emrtd/face-image/cut", test_cut);
  return g_test_run ();
}
