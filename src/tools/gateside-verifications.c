/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Faces verified at a desk, as comparison trials for the estimation of error rates: no name, no
 * number of a document or crossing, no officer, no picture. */

#include "gs-build-config.h"
#include "gs-face-estimate.h"
#include "gs-face-verification-table.h"
#include "gs-store.h"
#include "gs-time.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define EXIT_DONE 0
#define EXIT_NOT_DONE 1
#define EXIT_USAGE 64

static const char usage[] =
  "Usage: gateside-verifications export --database FILE --json|--csv [--from TIME] [--to TIME]\n"
  "       gateside-verifications --help | --version\n"
  "\n"
  "Commands:\n"
  "  export     print every comparison with the judgement that is its ground truth; with --json\n"
  "             also the error rates that they give. The export is noted in the desk's record\n"
  "\n"
  "TIME is RFC 3339, such as 2026-11-23T00:00:00Z; --from is included, --to is not.\n"
  "Exit status: 0 done, 1 not done, 64 wrong usage.\n";

typedef struct
{
  gint64 from_utc_ms;
  gint64 to_utc_ms;
} Span;

static int
fail_usage (const char *message)
{
  fprintf (stderr, "gateside-verifications: %s\nTry 'gateside-verifications --help'.\n", message);
  return EXIT_USAGE;
}

static int
fail (const char *what, const GError *error)
{
  fprintf (stderr, "gateside-verifications: %s: %s\n", what, error->message);
  return EXIT_NOT_DONE;
}

/* --- one trial -------------------------------------------------------------------------------- */

/* The day is enough for a drift over time, and says less of a traveller than the minute. */
static char *
dup_day (gint64 utc_ms)
{
  char *text = gs_time_format_rfc3339 (utc_ms);

  if (text != NULL && strlen (text) > 10)
    text[10] = '\0';
  return text;
}

static json_t *
number_or_null (double value)
{
  return isfinite (value) ? json_real (value) : json_null ();
}

static json_t *
text_or_null (const char *text)
{
  return text != NULL ? json_string (text) : json_null ();
}

static json_t *
describe_trial (const GsFaceVerification *verification, GsFacePair pair)
{
  const GsFacePairResult *result = &verification->pairs[pair];
  const GsFaceComparison *comparison = result->comparison;
  g_autofree char *day = dup_day (verification->revealed_utc_ms);
  json_t *quality = result->quality != NULL ? json_loads (result->quality, 0, NULL) : NULL;

  return json_pack (
    "{s:o, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:s, s:b, s:s, s:I, s:o}", "day",
    text_or_null (day), "pair", gs_face_pair_to_word (pair), "trial",
    gs_face_trial_to_word (gs_face_trial_of (result)), "judgement",
    gs_judgement_to_word (result->first.judgement), "second_judgement",
    text_or_null (gs_judgement_to_word (result->second.judgement)), "engine",
    text_or_null (comparison->engine), "version", text_or_null (comparison->version), "verdict",
    gs_face_verdict_to_word (comparison->verdict), "cause",
    gs_face_cause_to_word (comparison->cause), "score", number_or_null (comparison->score),
    "match_threshold", number_or_null (comparison->match_threshold), "review_threshold",
    number_or_null (comparison->review_threshold), "attack",
    gs_face_attack_to_word (comparison->attack), "attack_seen", verification->attack_seen,
    "reference", gs_face_reference_to_word (result->reference), "duration_us",
    (json_int_t) comparison->duration_us, "quality", quality != NULL ? quality : json_null ());
}

static json_t *
list_trials (GPtrArray *verifications)
{
  json_t *trials = json_array ();

  for (guint i = 0; i < verifications->len; i++)
    {
      const GsFaceVerification *verification = g_ptr_array_index (verifications, i);

      for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
        if (verification->pairs[pair].asked && verification->pairs[pair].comparison != NULL)
          json_array_append_new (trials, describe_trial (verification, (GsFacePair) pair));
    }
  return trials;
}

/* --- the rates -------------------------------------------------------------------------------- */

static json_t *
describe_rate (const GsFaceRate *rate)
{
  return json_pack ("{s:i, s:i, s:o, s:o, s:o}", "errors", (int) rate->errors, "trials",
                    (int) rate->trials, "rate", number_or_null (rate->rate), "low",
                    number_or_null (rate->low), "high", number_or_null (rate->high));
}

static json_t *
list_estimates (GPtrArray *verifications, GsFacePair pair)
{
  g_autoptr (GPtrArray) estimates = gs_face_estimate (verifications, pair);
  json_t *list = json_array ();

  for (guint i = 0; i < estimates->len; i++)
    {
      const GsFaceEstimate *estimate = g_ptr_array_index (estimates, i);

      json_array_append_new (
        list, json_pack ("{s:s, s:o, s:o, s:o, s:i, s:i, s:o, s:o}", "pair",
                         gs_face_pair_to_word (pair), "engine", text_or_null (estimate->engine),
                         "version", text_or_null (estimate->version), "match_threshold",
                         estimate->threshold != NULL
                           ? json_real (g_ascii_strtod (estimate->threshold, NULL))
                           : json_null (),
                         "left_out", (int) estimate->unknown, "failures", (int) estimate->failures,
                         "false_match", describe_rate (&estimate->false_match), "false_non_match",
                         describe_rate (&estimate->false_non_match)));
    }
  return list;
}

static int
print_json (GPtrArray *verifications)
{
  GsFaceRate gate_match, gate_non_match;
  json_t *estimates = list_estimates (verifications, GS_FACE_PAIR_CHIP_DESK);
  json_t *gate_desk = list_estimates (verifications, GS_FACE_PAIR_GATE_DESK);
  json_t *whole;
  char *text;

  json_array_extend (estimates, gate_desk);
  json_decref (gate_desk);
  gs_face_estimate_gate (verifications, &gate_match, &gate_non_match);
  whole =
    json_pack ("{s:s, s:o, s:{s:o, s:o}, s:o}", "interval", "Wilson, 95 %", "estimates", estimates,
               "gate", "false_match", describe_rate (&gate_match), "false_non_match",
               describe_rate (&gate_non_match), "trials", list_trials (verifications));
  text = json_dumps (whole, JSON_INDENT (2) | JSON_REAL_PRECISION (9));
  json_decref (whole);
  puts (text);
  free (text);
  return EXIT_DONE;
}

static const char *const columns[] = {
  "day",
  "pair",
  "trial",
  "judgement",
  "second_judgement",
  "engine",
  "version",
  "verdict",
  "cause",
  "score",
  "attack",
  "reference",
  "match_threshold",
  "review_threshold",
  "duration_us",
};

static void
print_cell (const json_t *value)
{
  if (json_is_real (value))
    printf ("%.9g", json_real_value (value));
  else if (json_is_integer (value))
    printf ("%" JSON_INTEGER_FORMAT, json_integer_value (value));
  else if (json_is_string (value))
    {
      putchar ('"');
      for (const char *at = json_string_value (value); *at != '\0'; at++)
        printf (*at == '"' ? "\"\"" : "%c", *at);
      putchar ('"');
    }
}

static int
print_csv (GPtrArray *verifications)
{
  json_t *trials = list_trials (verifications);
  json_t *trial;
  size_t i;

  for (gsize c = 0; c < G_N_ELEMENTS (columns); c++)
    printf ("%s%s", c > 0 ? "," : "", columns[c]);
  fputs ("\r\n", stdout);
  json_array_foreach (trials, i, trial)
  {
    for (gsize c = 0; c < G_N_ELEMENTS (columns); c++)
      {
        if (c > 0)
          putchar (',');
        print_cell (json_object_get (trial, columns[c]));
      }
    fputs ("\r\n", stdout);
  }
  json_decref (trials);
  return EXIT_DONE;
}

/* --- the command ------------------------------------------------------------------------------ */

static gpointer
list_in_store (GsDatabase *db, gpointer data, GError **error)
{
  const Span *span = data;

  return gs_face_verification_table_list (db, span->from_utc_ms, span->to_utc_ms, error);
}

static int
run_export (const char *database, const Span *span, gboolean csv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStore) store = NULL;
  g_autoptr (GPtrArray) verifications = NULL;
  GsRecordEntry entry = { .kind = "export",
                          .at_utc_ms = g_get_real_time () / 1000,
                          .subject = "face-verifications",
                          .detail = csv ? "format=csv" : "format=json" };

  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    {
      fprintf (stderr, "gateside-verifications: there is no such database\n");
      return EXIT_NOT_DONE;
    }
  store = gs_store_open (database, &error);
  if (store == NULL)
    return fail ("the database cannot be used", error);
  verifications = gs_store_transact (store, &entry, list_in_store, (gpointer) span, &error);
  gs_store_close (store);
  if (verifications == NULL)
    return fail ("the verifications cannot be read", error);
  return csv ? print_csv (verifications) : print_json (verifications);
}

static gboolean
parse_time (const char *text, gint64 *utc_ms)
{
  return text == NULL || gs_time_parse_rfc3339 (text, -1, utc_ms);
}

static int
run (const char *command,
     const char *database,
     gboolean json,
     gboolean csv,
     const char *from,
     const char *to)
{
  Span span = { 0, G_MAXINT64 };

  if (!g_str_equal (command, "export"))
    return fail_usage ("unknown command");
  if (database == NULL)
    return fail_usage ("--database is missing");
  if (json == csv)
    return fail_usage ("one of --json and --csv is needed");
  if (!parse_time (from, &span.from_utc_ms) || !parse_time (to, &span.to_utc_ms))
    return fail_usage ("--from and --to need a time such as 2026-11-23T00:00:00Z");
  return run_export (database, &span, csv);
}

int
main (int argc, char **argv)
{
  g_autofree char *database = NULL, *from = NULL, *to = NULL;
  gboolean json = FALSE, csv = FALSE, version = FALSE, help = FALSE;
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &database, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, NULL, NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &csv, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, NULL, NULL },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, NULL, NULL },
    { "help", 0, 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return fail_usage (error->message);
  if (help)
    {
      fputs (usage, stdout);
      return EXIT_DONE;
    }
  if (version)
    {
      puts ("gateside-verifications " GS_VERSION);
      return EXIT_DONE;
    }
  if (argc != 2)
    return fail_usage (argc < 2 ? "a command is missing" : "one command is enough");
  return run (argv[1], database, json, csv, from, to);
}
