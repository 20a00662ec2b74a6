/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-quality-json.h"

#include <math.h>

/* What was measured of two pictures, as text and back. */

static void
test_round_trip (void)
{
  g_autoptr (GsFaceComparison) written = gs_face_comparison_new ("engine", "1");
  g_autoptr (GsFaceComparison) read = gs_face_comparison_new ("engine", "1");
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  written->reference_quality.inter_eye_px = 71.25;
  written->probe_quality.yaw_degrees = -4.5;
  written->probe_quality.sharpness_raw = 0;
  written->probe_quality.sharpness = 83;
  written->probe_quality.head_size = 100;
  text = gs_face_comparison_quality_to_json (written);
  g_assert_true (gs_face_comparison_quality_from_json (read, text));
  g_assert_cmpfloat (read->reference_quality.inter_eye_px, ==, 71.25);
  g_assert_cmpint (read->reference_quality.sharpness, ==, -1);
  g_assert_cmpfloat (read->probe_quality.yaw_degrees, ==, -4.5);
  g_assert_true (isnan (read->probe_quality.pitch_degrees));
  g_assert_cmpfloat (read->probe_quality.sharpness_raw, ==, 0);
  g_assert_cmpint (read->probe_quality.sharpness, ==, 83);
  g_assert_cmpint (read->probe_quality.head_size, ==, 100);
  again = gs_face_comparison_quality_to_json (read);
  g_assert_cmpstr (again, ==, text);
}

/* A database may hold anything. */
static void
test_other_texts (void)
{
  static const char *const wrong[] = {
    "",
    "{",
    "[]",
    "null",
    "{\"probe\":{\"sharpness\":}}",
    "{\"probe\":{\"sharpness\":83}",
    "{\"probe\":{\"sharpness\":83,}}",
    "{\"probe\":{\"sharpness\":nan}}",
    "{\"probe\":{\"sharpness\":1e999}}",
    "{\"probe\":{\"sharp\\u006eess\":83}}",
    "{\"probe\":{\"sharpness\":83}} more",
    "{\"probe\":{\"sharpness",
  };
  g_autoptr (GsFaceComparison) read = gs_face_comparison_new ("engine", "1");

  g_assert_false (gs_face_comparison_quality_from_json (read, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (gs_face_comparison_quality_from_json (read, wrong[i]));
      g_assert_cmpint (read->probe_quality.sharpness, ==, -1);
    }
  g_assert_true (gs_face_comparison_quality_from_json (
    read, " { \"probe\" : { \"new\" : 5 , \"sharpness\" : 101, \"pose\": 7 } } "));
  g_assert_cmpint (read->probe_quality.sharpness, ==, -1);
  g_assert_cmpint (read->probe_quality.pose, ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/face-quality/round-trip", test_round_trip);
  g_test_add_func ("/model/face-quality/other-texts", test_other_texts);
  return g_test_run ();
}
