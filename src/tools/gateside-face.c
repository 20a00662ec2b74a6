/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures the face engine of this machine on pictures of whom it is known who is who. Not for
 * desks: built only with -Dmeasurement=true, never installed. */

#include "gateside-face.h"

#include "gs-build-config.h"

#include <stdio.h>

#define EXIT_NOTHING 1
#define EXIT_USAGE 64

typedef struct
{
  char *pairs;
  char *scores;
  char *models;
  char *thresholds;
  gboolean json;
  gboolean any_quality;
  gboolean version;
} Options;

static const char summary[] =
  "Commands:\n"
  "  score      compare the pairs of LIST, and count the errors at the configured thresholds\n"
  "\n"
  "LIST has one pair a line: image, tab, image, tab, 1 for the same person or 0. Paths count from\n"
  "LIST's folder. Pairs with a picture that cannot be read, has no face or is below the engine's\n"
  "quality are failures, and in no rate.\n"
  "\n"
  "Exit status: 0 measured, 1 nothing could be measured, 64 wrong usage.";

static int
wrong_usage (const char *what)
{
  fprintf (stderr, "gateside-face: %s\nTry \"gateside-face --help\".\n", what);
  return EXIT_USAGE;
}

static int
nothing (const char *what)
{
  fprintf (stderr, "gateside-face: %s\n", what);
  return EXIT_NOTHING;
}

static gboolean
parse (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "pairs", 0, 0, G_OPTION_ARG_FILENAME, &options->pairs, "The labelled pairs", "LIST" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, "Print one JSON object", NULL },
    { "scores", 0, 0, G_OPTION_ARG_FILENAME, &options->scores,
      "Write every pair's score, or why it has none", "FILE" },
    { "any-quality", 0, 0, G_OPTION_ARG_NONE, &options->any_quality,
      "Compare pictures below the engine's quality too, which no desk does", NULL },
    { "models", 0, 0, G_OPTION_ARG_FILENAME, &options->models, "Another folder of models", "DIR" },
    { "thresholds", 0, 0, G_OPTION_ARG_FILENAME, &options->thresholds, "Other thresholds", "FILE" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context =
    g_option_context_new ("score --pairs LIST - measure the face engine");

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, summary);
  return g_option_context_parse (context, argc, argv, error);
}

static int
score (const Options *options)
{
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GArray) pairs = face_pairs_read (options->pairs, &error);
  if (pairs == NULL)
    return wrong_usage (error->message);
  g_autoptr (GsFaceThresholds) thresholds = gs_face_thresholds_load (
    options->thresholds != NULL ? options->thresholds : GS_THRESHOLDS_FILE, &error);
  if (thresholds == NULL)
    return nothing (error->message);
  g_autoptr (GsFaceModels) models =
    gs_face_models_load (options->models != NULL ? options->models : GS_MODELS_DIR, &error);
  if (models == NULL)
    return nothing (error->message);
  g_autoptr (GsFaceMeasurement) measurement =
    gs_face_measurement_new (models, thresholds, !options->any_quality);
  FaceRates rates;

  face_pairs_score (pairs, options->pairs, measurement);
  if (options->scores != NULL && !face_pairs_write (pairs, options->scores, &error))
    return nothing (error->message);
  face_rates_count (pairs, &rates);
  face_report (pairs, thresholds, (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC,
               options->json);
  if (rates.genuine + rates.impostor == 0)
    return nothing ("no pair could be measured");
  return 0;
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  g_autoptr (GError) error = NULL;
  int status;

  if (!parse (&argc, &argv, &options, &error))
    status = wrong_usage (error->message);
  else if (options.version)
    {
      printf ("gateside-face %s\n", GS_VERSION);
      status = 0;
    }
  else if (argc != 2 || !g_str_equal (argv[1], "score"))
    status = wrong_usage ("the only command is \"score\"");
  else if (options.pairs == NULL)
    status = wrong_usage ("score needs --pairs LIST");
  else
    status = score (&options);
  g_free (options.pairs);
  g_free (options.scores);
  g_free (options.models);
  g_free (options.thresholds);
  return status;
}
