/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-detector-private.h"

#include <math.h>
#include <string.h>

/* Red grows to the right, green downwards, blue is 200. */
static GsPixels *
ramp (guint width, guint height)
{
  gsize length = (gsize) 3 * width * height;
  guint8 *rgb = g_malloc (length);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint8 *dot = rgb + 3 * ((gsize) y * width + x);
        dot[0] = (guint8) (x * 255 / (width - 1));
        dot[1] = (guint8) (y * 255 / (height - 1));
        dot[2] = 200;
      }
  return gs_pixels_new_take (width, height, rgb, length);
}

static void
test_square_mean (void)
{
  g_autoptr (GsPixels) picture = ramp (256, 256);
  guint8 rgb[3 * 4 * 4];

  gs_face_warp_square (picture, 0, 0, 256, 4, rgb);
  for (guint y = 0; y < 4; y++)
    for (guint x = 0; x < 4; x++)
      {
        const guint8 *dot = rgb + 3 * (4 * y + x);
        g_assert_cmpint (ABS (dot[0] - (int) (31.5 + 64 * x)), <=, 1);
        g_assert_cmpint (ABS (dot[1] - (int) (31.5 + 64 * y)), <=, 1);
        g_assert_cmpint (dot[2], ==, 200);
      }
}

static void
test_outside_is_black (void)
{
  g_autoptr (GsPixels) picture = ramp (64, 32);
  guint8 rgb[3 * 8 * 8];

  gs_face_warp_square (picture, 0, -16, 64, 8, rgb);
  for (guint x = 0; x < 8; x++)
    {
      g_assert_cmpint (rgb[3 * x + 2], ==, 0);
      g_assert_cmpint (rgb[3 * (8 * 3 + x) + 2], ==, 200);
      g_assert_cmpint (rgb[3 * (8 * 7 + x) + 2], ==, 0);
    }
  gs_face_warp_square (picture, 1e6, -1e6, 64, 8, rgb);
  for (guint i = 0; i < sizeof rgb; i++)
    g_assert_cmpint (rgb[i], ==, 0);
}

static void
test_same_size_is_same (void)
{
  g_autoptr (GsPixels) picture = ramp (16, 16);
  guint8 rgb[3 * 16 * 16];

  gs_face_warp_square (picture, 0, 0, 16, 16, rgb);
  g_assert_cmpmem (rgb, sizeof rgb, g_bytes_get_data (picture->rgb, NULL), sizeof rgb);
}

static void
test_fit (void)
{
  const GsFaceSimilarity truth = { .a = 1.5, .b = -0.7, .c = 12, .d = 40 };
  const GsFacePoint from[] = { { 0, 0 }, { 10, 3 }, { -5, 8 }, { 2, -9 }, { 7, 7 } };
  GsFacePoint to[G_N_ELEMENTS (from)];
  GsFaceSimilarity found;

  for (gsize i = 0; i < G_N_ELEMENTS (from); i++)
    to[i] = gs_face_similarity_apply (&truth, from[i]);
  g_assert_true (gs_face_similarity_fit (&found, from, to, G_N_ELEMENTS (from)));
  g_assert_cmpfloat_with_epsilon (found.a, truth.a, 1e-9);
  g_assert_cmpfloat_with_epsilon (found.b, truth.b, 1e-9);
  g_assert_cmpfloat_with_epsilon (found.c, truth.c, 1e-9);
  g_assert_cmpfloat_with_epsilon (found.d, truth.d, 1e-9);
  to[2].x = NAN;
  g_assert_false (gs_face_similarity_fit (&found, from, to, G_N_ELEMENTS (from)));
  const GsFacePoint same[] = { { 1, 1 }, { 1, 1 } };
  g_assert_false (gs_face_similarity_fit (&found, same, from, 2));
}

static void
test_planes (void)
{
  const guint8 rgb[] = { 0, 10, 20, 255, 110, 120, 1, 2, 3, 4, 5, 6 };
  float planes[12];

  gs_face_warp_to_planes (rgb, 2, 1 / 255.0, -1, FALSE, planes);
  g_assert_cmpfloat_with_epsilon (planes[1], 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (planes[4], 10 / 255.0 - 1, 1e-6);
  gs_face_warp_to_planes (rgb, 2, 1, 0, TRUE, planes);
  g_assert_cmpfloat (planes[0], ==, 255);
  g_assert_cmpfloat (planes[1], ==, 0);
  g_assert_cmpfloat (planes[10], ==, 6);
}

/* Two anchors that say one face at the middle, and one elsewhere. */
static void
test_decode (void)
{
  g_autofree float *boxes = g_new0 (float, GS_FACE_DETECTOR_ANCHORS *GS_FACE_DETECTOR_VALUES);
  float scores[GS_FACE_DETECTOR_ANCHORS];
  GsFaceFound found[GS_FACE_DETECTOR_MAX];
  /* Cells (8, 8) of 16 × 16 and (1, 2) of 8 × 8. */
  const guint middle = 2 * (8 * 16 + 8), other = 512 + 6 * (2 * 8 + 1);

  for (guint i = 0; i < GS_FACE_DETECTOR_ANCHORS; i++)
    scores[i] = -20;
  for (guint i = 0; i < 2; i++)
    {
      scores[middle + i] = 2 + (float) i;
      boxes[(middle + i) * GS_FACE_DETECTOR_VALUES + 2] = 32;
      boxes[(middle + i) * GS_FACE_DETECTOR_VALUES + 3] = 32;
    }
  scores[other] = 1;
  boxes[other * GS_FACE_DETECTOR_VALUES + 2] = 16;
  boxes[other * GS_FACE_DETECTOR_VALUES + 3] = 16;
  boxes[other * GS_FACE_DETECTOR_VALUES + 4] = 12.8F;
  g_assert_cmpuint (gs_face_detector_decode (boxes, scores, 100, 50, 640, found), ==, 2);
  g_assert_cmpfloat_with_epsilon (found[0].confidence, 1 / (1 + exp (-3)), 1e-6);
  g_assert_cmpfloat_with_epsilon (found[0].width, 160, 1e-6);
  g_assert_cmpfloat_with_epsilon (found[0].x, 100 + 8.5 / 16 * 640 - 80, 1e-6);
  g_assert_cmpfloat_with_epsilon (found[1].width, 80, 1e-6);
  g_assert_cmpfloat_with_epsilon (found[1].keys[0].x, 100 + (1.5 / 8 + 0.1) * 640, 1e-3);
  g_assert_cmpfloat_with_epsilon (found[1].keys[0].y, 50 + 2.5 / 8 * 640, 1e-6);
}

/* Whatever a network says, nothing but numbers comes out. */
static void
test_decode_rubbish (void)
{
  static const float values[] = { 0,     1,      -1,     NAN, INFINITY, -INFINITY,
                                  1e30F, -1e30F, 1e-30F, 64,  100,      128 };
  g_autofree float *boxes = g_new (float, GS_FACE_DETECTOR_ANCHORS *GS_FACE_DETECTOR_VALUES);
  float scores[GS_FACE_DETECTOR_ANCHORS];
  GsFaceFound found[GS_FACE_DETECTOR_MAX];

  for (guint turn = 0; turn < 200; turn++)
    {
      for (guint i = 0; i < GS_FACE_DETECTOR_ANCHORS * GS_FACE_DETECTOR_VALUES; i++)
        boxes[i] = values[g_test_rand_int_range (0, turn % 2 ? 2 : G_N_ELEMENTS (values))] * 9;
      for (guint i = 0; i < GS_FACE_DETECTOR_ANCHORS; i++)
        scores[i] = values[g_test_rand_int_range (0, G_N_ELEMENTS (values))];
      guint n_found = gs_face_detector_decode (boxes, scores, 0, 0, 100, found);

      g_assert_cmpuint (n_found, <=, GS_FACE_DETECTOR_MAX);
      for (guint i = 0; i < n_found; i++)
        g_assert_true (isfinite (found[i].confidence) && isfinite (found[i].x) && found[i].width > 0
                       && isfinite (found[i].keys[3].y));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face/warp/square-mean", test_square_mean);
  g_test_add_func ("/face/warp/outside-is-black", test_outside_is_black);
  g_test_add_func ("/face/warp/same-size-is-same", test_same_size_is_same);
  g_test_add_func ("/face/warp/fit", test_fit);
  g_test_add_func ("/face/warp/planes", test_planes);
  g_test_add_func ("/face/detector/decode", test_decode);
  g_test_add_func ("/face/detector/decode-rubbish", test_decode_rubbish);
  return g_test_run ();
}
