/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-error.h"
#include "gs-face-open.h"
#include "gs-remote-face-engine.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The remote engine against a program of its own (tests/support/face-engine-stand-in), over TLS. */

#define LONG_MS 20000

static char *folder;
static guint port, impostor_port;

static char *
in_folder (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static GsRemoteFaceEngine *
engine_new (const char *path, guint at_port, const char *who, guint timeout_ms)
{
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/%s", at_port, path);
  g_autofree char *ca = in_folder ("ca.pem");
  g_autofree char *certificate_name = g_strconcat (who, ".pem", NULL);
  g_autofree char *key_name = g_strconcat (who, "-key.pem", NULL);
  g_autofree char *certificate = in_folder (certificate_name);
  g_autofree char *key = in_folder (key_name);
  g_autoptr (GError) error = NULL;
  GsRemoteFaceEngine *engine =
    gs_remote_face_engine_new (url, ca, certificate, key, timeout_ms, &error);

  g_assert_no_error (error);
  return engine;
}

static GsPixels *
picture (guint width, guint height)
{
  gsize length = (gsize) 3 * width * height;
  guint8 *rgb = g_malloc (length);

  memset (rgb, 90, length);
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
ask (GsRemoteFaceEngine *engine)
{
  g_autoptr (GsPixels) reference = picture (413, 531);
  g_autoptr (GsPixels) frame = picture (64, 48);
  g_autoptr (GsFaceProbe) probe = gs_face_probe_new (frame, 1, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gs_face_engine_verify_async (GS_FACE_ENGINE (engine), reference, probe, NULL, keep_result,
                               &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  GsFaceComparison *answer = gs_face_engine_verify_finish (GS_FACE_ENGINE (engine), result, &error);
  g_assert_no_error (error);
  return answer;
}

static GsFaceComparison *
ask_path (const char *path)
{
  g_autoptr (GsRemoteFaceEngine) engine = engine_new (path, port, "desk", LONG_MS);

  return ask (engine);
}

static void
assert_undecided (const GsFaceComparison *answer, GsFaceCause cause)
{
  g_assert_cmpstr (gs_face_verdict_to_word (answer->verdict), ==, "no-decision");
  g_assert_cmpstr (gs_face_cause_to_word (answer->cause), ==, gs_face_cause_to_word (cause));
  g_assert_true (isnan (answer->score));
}

static void
test_answers (void)
{
  static const struct
  {
    const char *path;
    GsFaceVerdict verdict;
    double score;
  } cases[] = { { "match", GS_FACE_MATCH, 0.93 },
                { "review", GS_FACE_REVIEW, 0.7 },
                { "no-match", GS_FACE_NO_MATCH, 0.1 },
                { "plain", GS_FACE_MATCH, 0.93 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GsFaceComparison) answer = ask_path (cases[i].path);

      g_assert_cmpint (answer->verdict, ==, cases[i].verdict);
      g_assert_cmpint (answer->cause, ==, GS_FACE_CAUSE_NONE);
      g_assert_cmpfloat (answer->score, ==, cases[i].score);
      g_assert_cmpfloat (answer->match_threshold, ==, 0.8);
      g_assert_cmpfloat (answer->review_threshold, ==, 0.6);
      g_assert_cmpstr (answer->engine, ==, "stand-in");
      g_assert_cmpstr (answer->version, ==, "1.0");
      g_assert_cmpint (answer->duration_us, >, 0);
    }
}

static void
test_more_of_an_answer (void)
{
  g_autoptr (GsRemoteFaceEngine) engine = engine_new ("match", port, "desk", LONG_MS);
  GsFaceErrorRates rates;

  gs_face_engine_describe_errors (GS_FACE_ENGINE (engine), &rates);
  g_assert_cmpuint (rates.n_pictures, ==, 0);
  g_assert_true (isnan (rates.false_match));
  g_autoptr (GsFaceComparison) answer = ask (engine);
  g_assert_cmpint (answer->attack, ==, GS_FACE_ATTACK_PASS);
  g_assert_cmpint (answer->reference_quality.sharpness, ==, 80);
  g_assert_cmpint (answer->probe_quality.confidence, ==, 97);
  g_assert_cmpint (answer->probe_quality.sharpness, ==, -1);
  gs_face_engine_describe_errors (GS_FACE_ENGINE (engine), &rates);
  g_assert_cmpuint (rates.n_pictures, ==, 20000);
  g_assert_cmpfloat (rates.false_match, ==, 0.0001);
  g_assert_cmpstr (gs_face_engine_get_name (GS_FACE_ENGINE (engine)), ==, "remote (127.0.0.1)");
  g_autoptr (GsFaceComparison) attack = ask_path ("attack");
  g_assert_cmpint (attack->attack, ==, GS_FACE_ATTACK_FAIL);
  g_assert_cmpint (attack->verdict, ==, GS_FACE_MATCH);
}

static void
test_undecided (void)
{
  g_autoptr (GsFaceComparison) nobody = ask_path ("no-face-in-probe");
  g_autoptr (GsFaceComparison) several = ask_path ("several-people");

  assert_undecided (nobody, GS_FACE_CAUSE_NO_FACE_PROBE);
  assert_undecided (several, GS_FACE_CAUSE_SEVERAL_PEOPLE);
  g_assert_cmpstr (nobody->engine, ==, "stand-in");
}

static void
test_lies (void)
{
  static const char *const paths[] = {
    "score-is-text",
    "score-is-missing",
    "score-is-huge",
    "score-is-nan",
    "score-contradicts",
    "thresholds-are-missing",
    "thresholds-are-swapped",
    "thresholds-are-a-list",
    "verdict-is-new",
    "verdict-is-missing",
    "verdict-is-a-number",
    "cause-is-ours",
    "cause-is-missing",
    "attack-is-new",
    "quality-is-wrong",
    "quality-is-a-list",
    "rates-are-wrong",
    "engine-is-empty",
    "engine-is-long",
    "engine-has-controls",
    "protocol-is-new",
    "another-request",
    "no-json",
    "a-list",
    "duplicate-keys",
    "huge",
    "huge-without-length",
    "html",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_test_message ("%s", paths[i]);
      g_autoptr (GsFaceComparison) answer = ask_path (paths[i]);
      assert_undecided (answer, GS_FACE_CAUSE_ANSWER);
    }
}

static void
test_not_reached (void)
{
  static const char *const paths[] = { "closes-at-once", "closes-midway", "redirects",
                                       "refuses",        "fails",         "no-such-path" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_test_message ("%s", paths[i]);
      g_autoptr (GsFaceComparison) answer = ask_path (paths[i]);
      assert_undecided (answer, GS_FACE_CAUSE_UNREACHABLE);
    }
  g_autoptr (GsRemoteFaceEngine) nobody = engine_new ("match", 1, "desk", LONG_MS);
  g_autoptr (GsFaceComparison) answer = ask (nobody);
  assert_undecided (answer, GS_FACE_CAUSE_UNREACHABLE);
}

static void
test_time_out (void)
{
  static const char *const paths[] = { "stalls", "stalls-midway", "slow-drip" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GsRemoteFaceEngine) engine = engine_new (paths[i], port, "desk", 700);
      g_autoptr (GsFaceComparison) answer = ask (engine);

      g_test_message ("%s", paths[i]);
      assert_undecided (answer, GS_FACE_CAUSE_TIME_OUT);
      g_assert_cmpint (answer->duration_us, >=, 600000);
    }
}

/* Neither side talks to whom it does not know. */
static void
test_certificates (void)
{
  g_autoptr (GsRemoteFaceEngine) to_impostor = engine_new ("match", impostor_port, "desk", LONG_MS);
  g_autoptr (GsFaceComparison) first = ask (to_impostor);
  g_autoptr (GsRemoteFaceEngine) as_stranger = engine_new ("match", port, "stranger", LONG_MS);
  g_autoptr (GsFaceComparison) second = ask (as_stranger);

  assert_undecided (first, GS_FACE_CAUSE_UNREACHABLE);
  assert_undecided (second, GS_FACE_CAUSE_UNREACHABLE);
}

static void
test_cancelled (void)
{
  g_autoptr (GsRemoteFaceEngine) engine = engine_new ("stalls", port, "desk", LONG_MS);
  g_autoptr (GsPixels) frame = picture (64, 48);
  g_autoptr (GsFaceProbe) probe = gs_face_probe_new (frame, 1, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gs_face_engine_verify_async (GS_FACE_ENGINE (engine), frame, probe, cancellable, keep_result,
                               &result);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (gs_face_engine_verify_finish (GS_FACE_ENGINE (engine), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_not_made (void)
{
  g_autofree char *ca = in_folder ("ca.pem");
  g_autofree char *desk = in_folder ("desk.pem");
  g_autofree char *key = in_folder ("desk-key.pem");
  static const char *const urls[] = {
    "http://127.0.0.1/", "https:///",          "ftp://a/",
    "nothing",           "https://user@host/", "https://host/?a=b"
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_assert_null (gs_remote_face_engine_new (urls[i], ca, desk, key, 1000, &error));
      g_assert_error (error, GS_FACE_ERROR, GS_FACE_ERROR_REMOTE);
      g_clear_error (&error);
    }
  g_assert_null (gs_remote_face_engine_new ("https://a/", "/nowhere", desk, key, 1000, &error));
  g_assert_error (error, GS_FACE_ERROR, GS_FACE_ERROR_REMOTE);
  g_clear_error (&error);
  g_assert_null (gs_remote_face_engine_new ("https://a/", ca, desk, "/nowhere", 1000, &error));
  g_assert_error (error, GS_FACE_ERROR, GS_FACE_ERROR_REMOTE);
  GsFaceOptions options = { .kind = GS_FACE_ENGINE_REMOTE,
                            .url = "https://a/",
                            .models = "/nowhere" };
  g_autoptr (GsFaceEquipment) opened = gs_face_open (&options);
  g_assert_null (opened->engine);
  g_assert_nonnull (opened->engine_trouble);
  options = (GsFaceOptions){ .kind = GS_FACE_ENGINE_REMOTE,
                             .url = "https://a/",
                             .ca = ca,
                             .certificate = desk,
                             .key = key,
                             .models = "/nowhere" };
  g_autoptr (GsFaceEquipment) again = gs_face_open (&options);
  g_assert_nonnull (again->engine);
  g_assert_null (again->watcher);
  g_assert_nonnull (again->watcher_trouble);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  folder = g_dir_make_tmp ("gs-face-XXXXXX", &error);
  g_assert_no_error (error);
  g_autoptr (GSubprocess) server =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                      g_getenv ("GATESIDE_FACE_STAND_IN"), folder, NULL);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) lines =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sscanf (line, "ports %u %u", &port, &impostor_port), ==, 2);

  g_test_add_func ("/face/remote/answers", test_answers);
  g_test_add_func ("/face/remote/more-of-an-answer", test_more_of_an_answer);
  g_test_add_func ("/face/remote/undecided", test_undecided);
  g_test_add_func ("/face/remote/lies", test_lies);
  g_test_add_func ("/face/remote/not-reached", test_not_reached);
  g_test_add_func ("/face/remote/time-out", test_time_out);
  g_test_add_func ("/face/remote/certificates", test_certificates);
  g_test_add_func ("/face/remote/cancelled", test_cancelled);
  g_test_add_func ("/face/remote/not-made", test_not_made);
  int status = g_test_run ();
  g_output_stream_close (g_subprocess_get_stdin_pipe (server), NULL, NULL);
  g_subprocess_wait (server, NULL, NULL);
  g_autofree char *pattern = g_strdup_printf ("rm -rf -- '%s'", folder);
  g_spawn_command_line_sync (pattern, NULL, NULL, NULL, NULL);
  g_free (folder);
  return status;
}
