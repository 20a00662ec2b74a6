/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-embedded-face-engine.h"
#include "gs-face-error.h"
#include "gs-face-open.h"
#include "gs-test-citizens.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Plumbing: that the right pictures go the right way through the networks, on drawn people. Nothing
 * here says how well the engine works on people; docs/face-engine.md has the figures for that. */

static GsFaceEquipment *equipment;

static GsPixels *
grey (guint width, guint height)
{
  gsize length = (gsize) 3 * width * height;
  guint8 *rgb = g_malloc (length);

  memset (rgb, 128, length);
  return gs_pixels_new_take (width, height, rgb, length);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  (void) source;
  *kept = g_object_ref (result);
}

static GsFaceComparison *
verify_probe (const GsPixels *reference, GsFaceProbe *probe)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gs_face_engine_verify_async (equipment->engine, reference, probe, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  GsFaceComparison *answer = gs_face_engine_verify_finish (equipment->engine, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer);
  return answer;
}

static GsFaceComparison *
verify (const GsPixels *reference, const GsPixels *frame)
{
  g_autoptr (GsFaceProbe) probe = gs_face_probe_new (frame, 1, 0);

  return verify_probe (reference, probe);
}

static GsFaceComparison *
verify_citizens (guint first, const char *first_view, guint second, const char *second_view)
{
  g_autoptr (GsPixels) reference = gs_test_citizen (first, first_view);
  g_autoptr (GsPixels) frame = gs_test_citizen (second, second_view);

  return verify (reference, frame);
}

static void
assert_undecided (const GsFaceComparison *answer, GsFaceCause cause)
{
  g_assert_cmpint (answer->verdict, ==, GS_FACE_NO_DECISION);
  g_assert_cmpstr (gs_face_cause_to_word (answer->cause), ==, gs_face_cause_to_word (cause));
  g_assert_true (isnan (answer->score));
}

static void
look (const GsPixels *frame, GsFaceView *view)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gs_face_watcher_look_async (equipment->watcher, frame, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  gs_face_watcher_look_finish (equipment->watcher, result, view, &error);
  g_assert_no_error (error);
}

static void
test_same_person (void)
{
  for (guint i = 0; i < GS_TEST_CITIZENS; i++)
    {
      g_autoptr (GsFaceComparison) answer = verify_citizens (i, "passport", i, "gate-1");

      g_assert_cmpint (answer->verdict, ==, GS_FACE_MATCH);
      g_assert_cmpint (answer->cause, ==, GS_FACE_CAUSE_NONE);
      g_assert_cmpfloat (answer->score, >, 0.85);
      g_assert_cmpfloat (answer->score, <=, 1);
      g_assert_cmpfloat (answer->match_threshold, ==, 0.56);
      g_assert_cmpfloat (answer->review_threshold, ==, 0.42);
      g_assert_cmpint (answer->attack, ==, GS_FACE_ATTACK_NONE);
      g_assert_cmpint (answer->duration_us, >, 0);
      g_assert_cmpstr (answer->engine, ==, "mobilefacenet");
      g_assert_cmpstr (answer->version, ==, gs_face_models_version ());
    }
}

static void
test_other_person (void)
{
  guint n_no_match = 0;

  for (guint i = 0; i < GS_TEST_CITIZENS; i++)
    {
      g_autoptr (GsFaceComparison) answer =
        verify_citizens (i, "passport", (i + 1) % GS_TEST_CITIZENS, "gate-1");

      g_assert_cmpint (answer->verdict, !=, GS_FACE_MATCH);
      g_assert_cmpint (answer->verdict, !=, GS_FACE_NO_DECISION);
      g_assert_cmpfloat (answer->score, <, 0.56);
      n_no_match += answer->verdict == GS_FACE_NO_MATCH;
    }
  g_assert_cmpuint (n_no_match, >=, GS_TEST_CITIZENS - 1);
}

/* The mean of frames is closer to the document than most of its parts. */
static void
test_frames_are_averaged (void)
{
  g_autoptr (GsPixels) reference = gs_test_citizen (2, "passport");
  g_autoptr (GsFaceProbe) probe = NULL;
  double least = 1;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *view = g_strdup_printf ("gate-%u", i);
      g_autoptr (GsPixels) frame = gs_test_citizen (2, view);
      g_autoptr (GsFaceComparison) one = verify (reference, frame);

      least = MIN (least, one->score);
      if (probe == NULL)
        probe = gs_face_probe_new (frame, 1, 0);
      else
        gs_face_probe_add (probe, frame, 1, 0);
    }
  g_autoptr (GsFaceComparison) all = verify_probe (reference, probe);
  g_assert_cmpint (all->verdict, ==, GS_FACE_MATCH);
  g_assert_cmpfloat (all->score, >, least);
}

static void
test_frames_of_two_people (void)
{
  g_autoptr (GsPixels) reference = gs_test_citizen (1, "passport");
  g_autoptr (GsPixels) first = gs_test_citizen (1, "gate-0");
  g_autoptr (GsPixels) second = gs_test_citizen (1, "gate-1");
  g_autoptr (GsPixels) other = gs_test_citizen (4, "gate-0");
  g_autoptr (GsFaceProbe) probe = gs_face_probe_new (first, 3, 0);

  gs_face_probe_add (probe, second, 2, 0);
  gs_face_probe_add (probe, other, 1, 0);
  g_autoptr (GsFaceComparison) answer = verify_probe (reference, probe);
  assert_undecided (answer, GS_FACE_CAUSE_SEVERAL_PEOPLE);
}

static void
test_two_faces (void)
{
  g_autoptr (GsFaceComparison) answer = verify_citizens (0, "passport", 0, "gate-two");

  assert_undecided (answer, GS_FACE_CAUSE_SEVERAL_PEOPLE);
  g_assert_cmpint (answer->probe_quality.single_face, <, 80);
}

static void
test_no_face (void)
{
  g_autoptr (GsPixels) person = gs_test_citizen (3, "passport");
  g_autoptr (GsPixels) nobody = grey (640, 480);
  g_autoptr (GsFaceComparison) probe = verify (person, nobody);
  g_autoptr (GsFaceComparison) reference = verify (nobody, person);

  assert_undecided (probe, GS_FACE_CAUSE_NO_FACE_PROBE);
  g_assert_cmpint (probe->probe_quality.confidence, ==, -1);
  g_assert_cmpint (probe->reference_quality.confidence, >, 70);
  assert_undecided (reference, GS_FACE_CAUSE_NO_FACE_REFERENCE);
  /* What was measured of the traveller is told all the same. */
  g_assert_cmpint (reference->probe_quality.confidence, >, 70);
  g_assert_cmpfloat (reference->probe_quality.inter_eye_px, >, 60);
}

/* Every odd size goes through, and decides nothing. */
static void
test_odd_pictures (void)
{
  static const guint sizes[][2] = { { 1, 1 },   { 1, 2000 }, { 3000, 1 }, { 2, 3 },
                                    { 127, 5 }, { 33, 129 }, { 128, 128 } };
  g_autoptr (GsPixels) person = gs_test_citizen (3, "passport");

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GsPixels) odd = grey (sizes[i][0], sizes[i][1]);
      g_autoptr (GsFaceComparison) probe = verify (person, odd);
      g_autoptr (GsFaceComparison) reference = verify (odd, person);

      assert_undecided (probe, GS_FACE_CAUSE_NO_FACE_PROBE);
      assert_undecided (reference, GS_FACE_CAUSE_NO_FACE_REFERENCE);
    }
}

/* The picture cut to its middle and made smaller: too few dots between the eyes. */
static GsPixels *
shrink (const GsPixels *picture, guint by)
{
  const guint8 *dots = g_bytes_get_data (picture->rgb, NULL);
  guint width = picture->width / by, height = picture->height / by;
  gsize length = (gsize) 3 * width * height;
  guint8 *rgb = g_malloc (length);

  for (gsize y = 0; y < height; y++)
    for (gsize x = 0; x < width; x++)
      memcpy (rgb + 3 * (y * width + x), dots + 3 * (y * by * picture->width + x * by), 3);
  return gs_pixels_new_take (width, height, rgb, length);
}

static void
test_too_small (void)
{
  g_autoptr (GsPixels) person = gs_test_citizen (5, "passport");
  g_autoptr (GsPixels) small = shrink (person, 2);
  g_autoptr (GsFaceComparison) answer = verify (person, small);
  GsFaceView view;

  assert_undecided (answer, GS_FACE_CAUSE_QUALITY);
  g_assert_cmpfloat (answer->probe_quality.inter_eye_px, <, 60);
  g_assert_cmpfloat (answer->reference_quality.inter_eye_px, >, 60);
  look (small, &view);
  g_assert_true (view.troubles & GS_FACE_TROUBLE_TOO_FAR);
}

/* A small face at the edge of a wide frame is found. */
static void
test_wide_frame (void)
{
  g_autoptr (GsPixels) person = gs_test_citizen (5, "passport");
  const guint8 *dots = g_bytes_get_data (person->rgb, NULL);
  const guint width = 1280, height = 720;

  for (int side = 0; side < 2; side++)
    {
      gsize length = (gsize) 3 * width * height;
      guint8 *rgb = g_malloc (length);

      memset (rgb, 90, length);
      for (gsize y = 0; y < person->height; y++)
        memcpy (rgb + 3 * ((y + 100) * width + (side ? width - person->width : 0)),
                dots + 3 * y * person->width, 3 * person->width);
      g_autoptr (GsPixels) frame = gs_pixels_new_take (width, height, rgb, length);
      g_autoptr (GsFaceComparison) answer = verify (person, frame);
      GsFaceView view;

      g_assert_cmpint (answer->verdict, ==, GS_FACE_MATCH);
      look (frame, &view);
      g_assert_cmpuint (view.n_faces, ==, 1);
      g_assert_true ((view.x + view.width / 2 > 0.5) == (side == 1));
    }
}

static void
test_cancelled (void)
{
  g_autoptr (GsPixels) person = gs_test_citizen (3, "passport");
  g_autoptr (GsFaceProbe) probe = gs_face_probe_new (person, 1, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gs_face_engine_verify_async (equipment->engine, person, probe, cancellable, keep_result, &result);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (gs_face_engine_verify_finish (equipment->engine, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_guidance (void)
{
  static const struct
  {
    const char *view;
    guint troubles;
  } cases[] = { { "passport", 0 },
                { "gate-0", 0 },
                { "gate-1", 0 },
                { "gate-dark", GS_FACE_TROUBLE_DARK },
                { "gate-two", GS_FACE_TROUBLE_SEVERAL_FACES } };
  g_autoptr (GsPixels) nobody = grey (1280, 720);
  GsFaceView view;

  for (guint number = 0; number < 3; number++)
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (GsPixels) frame = gs_test_citizen (number, cases[i].view);

        look (frame, &view);
        g_assert_cmphex (view.troubles, ==, cases[i].troubles);
        g_assert_cmpuint (view.n_faces, ==,
                          cases[i].troubles == GS_FACE_TROUBLE_SEVERAL_FACES ? 2 : 1);
        g_assert_cmpfloat (view.width, >, 0.1);
        g_assert_cmpfloat (view.eyes.apart, >, 0.02);
        g_assert_true (view.eyes.x > view.x && view.eyes.x < view.x + view.width);
        g_assert_true (view.eyes.y > view.y && view.eyes.y < view.y + view.height);
        g_assert_cmpint (view.worth >= 1, ==, cases[i].troubles == 0);
      }
  look (nobody, &view);
  g_assert_cmphex (view.troubles, ==, GS_FACE_TROUBLE_NO_FACE);
  g_assert_cmpuint (view.n_faces, ==, 0);
  g_assert_cmpfloat (view.width, ==, 0);
  g_assert_cmpfloat (view.worth, ==, 0);
  g_assert_cmpfloat (view.eyes.apart, ==, 0);
}

static void
test_quality (void)
{
  g_autoptr (GsPixels) person = gs_test_citizen (0, "passport");
  GsFaceView view;

  look (person, &view);
  const int values[] = { view.quality.confidence, view.quality.inter_eye,
                         view.quality.pose,       view.quality.luminance,
                         view.quality.exposure,   view.quality.dynamic_range,
                         view.quality.uniformity, view.quality.sharpness,
                         view.quality.eyes_open,  view.quality.mouth_closed,
                         view.quality.single_face };
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_assert_cmpint (values[i], >=, 50);
      g_assert_cmpint (values[i], <=, 100);
    }
  g_assert_cmpint (view.quality.head_size, >=, 0);
  g_assert_cmpfloat_with_epsilon (view.quality.inter_eye_px, 97, 12);
  g_assert_cmpfloat_with_epsilon (view.quality.yaw_degrees, 0, 6);
  g_assert_cmpfloat_with_epsilon (view.quality.roll_degrees, 0, 4);
}

static void
test_rates (void)
{
  GsFaceErrorRates rates;

  gs_face_engine_describe_errors (equipment->engine, &rates);
  g_assert_cmpfloat (rates.false_match, ==, 0.0014);
  g_assert_cmpfloat (rates.false_non_match, ==, 0.018);
  g_assert_cmpuint (rates.n_pictures, ==, 501);
}

/* A copy of the models in which one byte is another, or one file is missing. */
static void
assert_refused (const char *broken, gboolean missing)
{
  static const char *const names[] = { "detector.onnx", "mesh.onnx", "embedding.onnx" };
  g_autofree char *folder = g_dir_make_tmp ("gs-models-XXXXXX", NULL);
  GsFaceOptions options = { .kind = GS_FACE_ENGINE_EMBEDDED,
                            .models = folder,
                            .thresholds = g_getenv ("GATESIDE_FACE_THRESHOLDS") };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from = g_build_filename (g_getenv ("GATESIDE_FACE_MODELS"), names[i], NULL);
      g_autofree char *to = g_build_filename (folder, names[i], NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
      if (g_str_equal (names[i], broken))
        {
          if (missing)
            continue;
          bytes[length / 2] ^= 1;
        }
      g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
    }
  g_autoptr (GsFaceEquipment) opened = gs_face_open (&options);
  g_assert_null (opened->engine);
  g_assert_null (opened->watcher);
  g_assert_nonnull (strstr (opened->engine_trouble, broken));
  g_assert_nonnull (strstr (opened->engine_trouble, missing ? "cannot be read" : "SHA-256"));
  g_assert_cmpstr (opened->watcher_trouble, ==, opened->engine_trouble);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_altered_models (void)
{
  assert_refused ("detector.onnx", FALSE);
  assert_refused ("embedding.onnx", FALSE);
}

static void
test_missing_models (void)
{
  assert_refused ("mesh.onnx", TRUE);
  assert_refused ("embedding.onnx", TRUE);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GsFaceEquipment **opened = user_data;

  (void) source;
  *opened = gs_face_open_finish (result);
}

/* Without an engine there is guidance still. */
static void
test_open_none (void)
{
  GsFaceOptions options = { .kind = GS_FACE_ENGINE_OFF,
                            .models = g_getenv ("GATESIDE_FACE_MODELS") };
  g_autoptr (GsFaceEquipment) opened = NULL;

  gs_face_open_async (&options, on_opened, &opened);
  while (opened == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (opened->engine);
  g_assert_null (opened->engine_trouble);
  g_assert_nonnull (opened->watcher);
  g_assert_null (opened->watcher_trouble);
}

/* Wrong thresholds take the engine away, not the guidance. */
static void
test_open_without_thresholds (void)
{
  GsFaceOptions options = { .kind = GS_FACE_ENGINE_EMBEDDED,
                            .models = g_getenv ("GATESIDE_FACE_MODELS"),
                            .thresholds = "/nowhere/thresholds.ini" };
  g_autoptr (GsFaceEquipment) opened = gs_face_open (&options);

  g_assert_null (opened->engine);
  g_assert_nonnull (strstr (opened->engine_trouble, "/nowhere/thresholds.ini"));
  g_assert_nonnull (opened->watcher);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const char *models = g_getenv ("GATESIDE_FACE_MODELS");
  GsFaceOptions options = { .kind = GS_FACE_ENGINE_EMBEDDED,
                            .models = models,
                            .thresholds = g_getenv ("GATESIDE_FACE_THRESHOLDS") };

  if (models == NULL || !gs_test_citizens_draw ())
    {
      g_print ("1..0 # SKIP no models of the face engine, or no drawn citizens\n");
      return 0;
    }
  equipment = gs_face_open (&options);
  if (equipment->engine == NULL)
    g_error ("%s", equipment->engine_trouble);
  g_test_add_func ("/face/engine/same-person", test_same_person);
  g_test_add_func ("/face/engine/other-person", test_other_person);
  g_test_add_func ("/face/engine/frames-are-averaged", test_frames_are_averaged);
  g_test_add_func ("/face/engine/frames-of-two-people", test_frames_of_two_people);
  g_test_add_func ("/face/engine/two-faces", test_two_faces);
  g_test_add_func ("/face/engine/no-face", test_no_face);
  g_test_add_func ("/face/engine/odd-pictures", test_odd_pictures);
  g_test_add_func ("/face/engine/too-small", test_too_small);
  g_test_add_func ("/face/engine/wide-frame", test_wide_frame);
  g_test_add_func ("/face/engine/cancelled", test_cancelled);
  g_test_add_func ("/face/engine/guidance", test_guidance);
  g_test_add_func ("/face/engine/quality", test_quality);
  g_test_add_func ("/face/engine/rates", test_rates);
  g_test_add_func ("/face/engine/altered-models", test_altered_models);
  g_test_add_func ("/face/engine/missing-models", test_missing_models);
  g_test_add_func ("/face/engine/open-none", test_open_none);
  g_test_add_func ("/face/engine/open-without-thresholds", test_open_without_thresholds);
  int status = g_test_run ();
  g_clear_pointer (&equipment, gs_face_equipment_free);
  return status;
}
