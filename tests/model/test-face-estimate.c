/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-estimate.h"

#include <math.h>

/* What counts as which trial, what is left out, and Wilson's interval by its published values. */

static void
add (GPtrArray *list,
     GsJudgement judgement,
     GsJudgement second,
     GsFaceVerdict verdict,
     GsFaceVerdict gate)
{
  GsFaceVerification *self = gs_face_verification_new ("c", "kato");
  GsFacePairResult *chip = &self->pairs[GS_FACE_PAIR_CHIP_DESK];

  chip->first.judgement = judgement;
  chip->second.judgement = second;
  chip->comparison = gs_face_comparison_new ("e", "1");
  chip->comparison->verdict = verdict;
  if (verdict != GS_FACE_NO_DECISION)
    chip->comparison->match_threshold = 0.56;
  self->gate = gate;
  self->pairs[GS_FACE_PAIR_GATE_DESK].asked = TRUE;
  self->pairs[GS_FACE_PAIR_GATE_DESK].first.judgement = GS_JUDGEMENT_SAME;
  g_ptr_array_add (list, self);
}

static void
test_counts (void)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_face_verification_free);
  g_autoptr (GPtrArray) estimates = NULL;
  const GsFaceEstimate *estimate;
  GsFaceRate gate_match, gate_non_match;

  add (list, GS_JUDGEMENT_SAME, 0, GS_FACE_NO_DECISION, GS_FACE_MATCH);
  add (list, GS_JUDGEMENT_SAME, 0, GS_FACE_MATCH, GS_FACE_MATCH);
  add (list, GS_JUDGEMENT_SAME, 0, GS_FACE_REVIEW, GS_FACE_NO_MATCH);
  add (list, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME, GS_FACE_NO_MATCH, 0);
  add (list, GS_JUDGEMENT_SAME, GS_JUDGEMENT_DIFFERENT, GS_FACE_MATCH, GS_FACE_MATCH);
  add (list, GS_JUDGEMENT_DIFFERENT, 0, GS_FACE_NO_MATCH, GS_FACE_NO_MATCH);
  add (list, GS_JUDGEMENT_UNSURE, 0, GS_FACE_MATCH, GS_FACE_MATCH);
  add (list, GS_JUDGEMENT_SAME, GS_JUDGEMENT_UNSURE, GS_FACE_MATCH, GS_FACE_MATCH);
  estimates = gs_face_estimate (list, GS_FACE_PAIR_CHIP_DESK);
  g_assert_cmpuint (estimates->len, ==, 1);
  estimate = estimates->pdata[0];
  g_assert_cmpstr (estimate->threshold, ==, "0.56000000000000005");
  g_assert_cmpuint (estimate->failures, ==, 1);
  g_assert_cmpuint (estimate->unknown, ==, 2);
  g_assert_cmpuint (estimate->false_non_match.trials, ==, 3);
  g_assert_cmpuint (estimate->false_non_match.errors, ==, 2);
  g_assert_cmpuint (estimate->false_match.trials, ==, 2);
  g_assert_cmpuint (estimate->false_match.errors, ==, 1);
  gs_face_estimate_gate (list, &gate_match, &gate_non_match);
  g_assert_cmpuint (gate_match.trials, ==, 2);
  g_assert_cmpuint (gate_match.errors, ==, 1);
  g_assert_cmpuint (gate_non_match.trials, ==, 3);
  g_assert_cmpuint (gate_non_match.errors, ==, 1);
}

static void
test_wilson (void)
{
  GsFaceRate rate;

  gs_face_rate_fill (&rate, 0, 0);
  g_assert_true (isnan (rate.rate) && isnan (rate.low) && isnan (rate.high));
  gs_face_rate_fill (&rate, 0, 10);
  g_assert_cmpfloat (rate.low, ==, 0);
  g_assert_cmpfloat_with_epsilon (rate.high, 0.2775, 5e-5);
  gs_face_rate_fill (&rate, 1, 10);
  g_assert_cmpfloat_with_epsilon (rate.low, 0.0179, 5e-5);
  g_assert_cmpfloat_with_epsilon (rate.high, 0.4042, 5e-5);
  gs_face_rate_fill (&rate, 10, 10);
  g_assert_cmpfloat_with_epsilon (rate.low, 0.7225, 5e-5);
  g_assert_cmpfloat (rate.high, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face-estimate/counts", test_counts);
  g_test_add_func ("/face-estimate/wilson", test_wilson);
  return g_test_run ();
}
