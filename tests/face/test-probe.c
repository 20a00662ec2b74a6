/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-probe-private.h"

#include <math.h>
#include <string.h>

static GsPixels *
dot (guint8 shade)
{
  guint8 *rgb = g_malloc (3);

  memset (rgb, shade, 3);
  return gs_pixels_new_take (1, 1, rgb, 3);
}

static guint8
shade_of (const GsPixels *pixels)
{
  return *(const guint8 *) g_bytes_get_data (pixels->rgb, NULL);
}

static void
test_best (void)
{
  g_autoptr (GsPixels) first = dot (1), second = dot (2), third = dot (3), same = dot (4);
  g_autoptr (GsFaceProbe) probe = gs_face_probe_new (first, 0.5, 100);

  g_assert_cmpuint (shade_of (gs_face_probe_get_best (probe)), ==, 1);
  gs_face_probe_add (probe, second, 0.9, 200);
  gs_face_probe_add (probe, third, 0.1, 300);
  gs_face_probe_add (probe, same, 0.9, 400);
  g_assert_cmpuint (gs_face_probe_get_n_frames (probe), ==, 4);
  g_assert_cmpuint (shade_of (gs_face_probe_get_best (probe)), ==, 2);
  g_assert_cmpint (gs_face_probe_get_best_utc_ms (probe), ==, 200);
}

static void
test_least_worthy_goes (void)
{
  g_autoptr (GsPixels) first = dot (0);
  g_autoptr (GsFaceProbe) probe = gs_face_probe_new (first, 0, 0);

  for (guint i = 1; i < 20; i++)
    {
      g_autoptr (GsPixels) one = dot ((guint8) i);

      gs_face_probe_add (probe, one, i % 10, i);
    }
  g_assert_cmpuint (gs_face_probe_get_n_frames (probe), ==, GS_FACE_PROBE_MAX_FRAMES);
  static const guint8 expected[] = { 9, 19, 8, 18, 7 };
  for (guint i = 0; i < GS_FACE_PROBE_MAX_FRAMES; i++)
    g_assert_cmpuint (shade_of (gs_face_probe_get_frame (probe, i)), ==, expected[i]);
  g_assert_null (gs_face_probe_get_frame (probe, GS_FACE_PROBE_MAX_FRAMES));
}

static void
test_worth_is_no_number (void)
{
  g_autoptr (GsPixels) first = dot (1), second = dot (2);
  g_autoptr (GsFaceProbe) probe = gs_face_probe_new (first, NAN, 1);

  gs_face_probe_add (probe, second, 0.1, 2);
  g_assert_cmpuint (shade_of (gs_face_probe_get_best (probe)), ==, 2);
}

/* The probe's dots are its own: they go with it, whoever holds the frame. */
static void
test_own_dots (void)
{
  g_autoptr (GsPixels) frame = dot (7);
  g_autoptr (GsFaceProbe) probe = gs_face_probe_new (frame, 1, 0);

  g_assert_true (gs_face_probe_get_best (probe)->rgb != frame->rgb);
  g_autoptr (GsPixels) held = gs_pixels_copy (gs_face_probe_get_best (probe));
  g_clear_object (&probe);
  g_assert_cmpuint (shade_of (held), ==, 7);
  g_assert_cmpuint (shade_of (frame), ==, 7);
}

static void
test_pixels_take (void)
{
  g_assert_null (gs_pixels_new_take (2, 2, g_malloc0 (11), 11));
  g_assert_null (gs_pixels_new_take (0, 2, g_malloc0 (1), 0));
  g_autoptr (GsPixels) right = gs_pixels_new_take (2, 2, g_malloc0 (12), 12);
  g_assert_nonnull (right);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face/probe/best", test_best);
  g_test_add_func ("/face/probe/least-worthy-goes", test_least_worthy_goes);
  g_test_add_func ("/face/probe/worth-is-no-number", test_worth_is_no_number);
  g_test_add_func ("/face/probe/own-dots", test_own_dots);
  g_test_add_func ("/face/probe/pixels-take", test_pixels_take);
  return g_test_run ();
}
