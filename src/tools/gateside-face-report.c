/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateside-face.h"

#include <jansson.h>
#include <math.h>

/* null where there is nothing to divide by. */
static json_t *
share (guint part, guint whole)
{
  return whole > 0 ? json_real ((double) part / whole) : json_null ();
}

static json_t *
at_to_json (const FaceErrors *errors, const FaceRates *rates)
{
  return json_pack ("{s:f, s:o, s:o, s:{s:i, s:i}}", "threshold", errors->threshold,
                    "false_match_rate", share (errors->false_matches, rates->impostor),
                    "false_non_match_rate", share (errors->false_non_matches, rates->genuine),
                    "counts", "false_matches", (int) errors->false_matches, "false_non_matches",
                    (int) errors->false_non_matches);
}

static void
print_json (const GArray *pairs,
            const GsFaceThresholds *thresholds,
            const FaceRates *rates,
            double seconds)
{
  const double configured[] = { thresholds->match, thresholds->review };
  g_autofree char *engine = g_strdup_printf ("mobilefacenet %s", gs_face_models_version ());
  json_t *at = json_array ();

  for (gsize i = 0; i < G_N_ELEMENTS (configured); i++)
    {
      FaceErrors errors;

      face_rates_at (pairs, configured[i], &errors);
      json_array_append_new (at, at_to_json (&errors, rates));
    }
  json_t *root =
    json_pack ("{s:s, s:i, s:i, s:i, s:i, s:o, s:o, s:f}", "engine", engine, "pairs",
               (int) rates->pairs, "genuine", (int) rates->genuine, "impostor",
               (int) rates->impostor, "failures", (int) rates->failures, "equal_error_rate",
               isnan (rates->equal_error_rate) ? json_null () : json_real (rates->equal_error_rate),
               "at", at, "seconds", seconds);
  json_dumpf (root, stdout, JSON_INDENT (2) | JSON_REAL_PRECISION (9));
  g_print ("\n");
  json_decref (root);
}

static void
print_share (const char *what, guint part, guint whole)
{
  if (whole > 0)
    g_print ("  %s: %u of %u (%.4f)\n", what, part, whole, (double) part / whole);
  else
    g_print ("  %s: no such pairs\n", what);
}

static void
print_text (const GArray *pairs,
            const GsFaceThresholds *thresholds,
            const FaceRates *rates,
            double seconds)
{
  const double configured[] = { thresholds->match, thresholds->review };

  g_print ("%u pairs: %u of one person, %u of two, %u in no rate; %.1f s\n", rates->pairs,
           rates->genuine, rates->impostor, rates->failures, seconds);
  if (!isnan (rates->equal_error_rate))
    g_print ("equal error rate: %.4f\n", rates->equal_error_rate);
  for (gsize i = 0; i < G_N_ELEMENTS (configured); i++)
    {
      FaceErrors errors;

      face_rates_at (pairs, configured[i], &errors);
      g_print ("at %.2f:\n", configured[i]);
      print_share ("false matches", errors.false_matches, rates->impostor);
      print_share ("false non-matches", errors.false_non_matches, rates->genuine);
    }
}

void
face_report (const GArray *pairs, const GsFaceThresholds *thresholds, double seconds, gboolean json)
{
  FaceRates rates;

  face_rates_count (pairs, &rates);
  (json ? print_json : print_text) (pairs, thresholds, &rates, seconds);
}
