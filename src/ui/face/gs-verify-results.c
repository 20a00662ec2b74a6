/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-verify-results.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gs-case-checks.h"
#include "gs-face-text.h"
#include "gs-format.h"

#define GATE_CHECK "face-match"

static GsFaceVerdict
gate_verdict (GsCase *item)
{
  return gs_face_verdict_from_check (
    gs_crossing_find_check (gs_case_get_crossing (item), GATE_CHECK));
}

gboolean
gs_verify_results_differ (GsCase *item, GsFaceDesk *desk)
{
  const GsFaceComparison *comparison = gs_face_desk_get_comparison (desk, GS_FACE_PAIR_CHIP_DESK);
  GsFaceVerdict gate = gate_verdict (item);

  return comparison != NULL && gate != 0 && gate != GS_FACE_NO_DECISION
         && comparison->verdict != GS_FACE_NO_DECISION && comparison->verdict != gate;
}

static void
show_desk_row (
  GsFaceCompare *page, GsStation *station, GsFaceDesk *desk, GsFacePair pair, const char *compared)
{
  GsFaceResultRow row =
    pair == GS_FACE_PAIR_CHIP_DESK ? GS_FACE_RESULT_CHIP_DESK : GS_FACE_RESULT_GATE_DESK;
  const GsFaceComparison *comparison = gs_face_desk_get_comparison (desk, pair);
  g_autofree char *time = gs_format_time (station, gs_face_desk_get_answered_utc_ms (desk, pair));
  g_autofree char *verdict = NULL;
  g_autofree char *detail = NULL;
  GsFaceResult result = { .compared = compared,
                          .asked = TRUE,
                          .first = gs_face_desk_get_answer_of (desk, pair, FALSE),
                          .second = gs_face_desk_get_answer_of (desk, pair, TRUE),
                          .computing = comparison == NULL && gs_face_desk_is_comparing (desk) };

  if (!gs_face_desk_is_pair_asked (desk, pair))
    {
      gs_face_compare_set_result (page, row, NULL);
      return;
    }
  /* The time that is told belongs to the officer who judged last. */
  if (result.second != 0)
    result.second_time = time;
  else
    result.first_time = time;
  if (comparison != NULL)
    {
      verdict = gs_face_text_result (comparison->verdict, comparison->score);
      result.sign = gs_face_text_verdict_sign (comparison->verdict);
      result.verdict = verdict;
      detail = comparison->cause != GS_FACE_CAUSE_NONE
                 ? g_strdup (gs_face_text_cause (comparison->cause))
                 /* Translators: how long it took, in milliseconds. */
                 : g_strdup_printf (_ ("this desk’s engine, %d ms"),
                                    (int) (comparison->duration_us / 1000));
      result.detail = detail;
    }
  else if (!result.computing)
    {
      result.sign = gs_face_text_verdict_sign (GS_FACE_NO_DECISION);
      result.verdict = gs_face_text_verdict (GS_FACE_NO_DECISION);
      result.detail = gs_face_text_cause (GS_FACE_CAUSE_NO_ENGINE);
    }
  gs_face_compare_set_result (page, row, &result);
}

static void
show_gate_row (GsFaceCompare *page, GsStation *station, GsCase *item, const char *gate)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  GsFaceVerdict verdict = gate_verdict (item);
  g_autofree char *compared = g_strdup_printf (_ ("Chip to gate %s"), gate);
  g_autofree char *time = gs_format_time (station, crossing->started_utc_ms);
  /* Translators: the gate's number, and a time of day. */
  g_autofree char *detail = g_strdup_printf (_ ("gate %s’s engine, %s"), gate, time);
  g_autofree char *words = NULL;
  GsFaceResult result = { .compared = compared };

  if (verdict == 0)
    {
      result.verdict = _ ("not told by the gate");
      gs_face_compare_set_result (page, GS_FACE_RESULT_CHIP_GATE, &result);
      return;
    }
  words = gs_face_text_result (verdict, crossing->face_score);
  result.sign = gs_face_text_verdict_sign (verdict);
  result.verdict = words;
  result.code = crossing->reasons != NULL ? crossing->reasons[0] : NULL;
  result.detail = detail;
  gs_face_compare_set_result (page, GS_FACE_RESULT_CHIP_GATE, &result);
}

static void
show_gate_checks (GsFaceCompare *page, GsCase *item)
{
  GPtrArray *checks = gs_case_get_crossing (item)->checks;

  gs_face_compare_begin_gate (page);
  for (guint i = 0; i < checks->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (checks, i);
      const GsCheckName *name = gs_check_name_find (check->name);
      GsSign sign = (GsSign) gs_case_checks_sign (check->result);

      if (name != NULL && name->group == GS_CHECK_GROUP_FACE)
        gs_face_compare_add_gate (page, gs_case_checks_statement (check->name), sign,
                                  gs_sign_get_word (sign));
    }
}

/* The worst that was told of an attack, by the gate or by an accredited engine. */
static GsFaceAttack
worst_attack (const GsFaceComparison *chip, const GsFaceComparison *gate)
{
  GsFaceAttack first = chip != NULL ? chip->attack : GS_FACE_ATTACK_NONE;
  GsFaceAttack second = gate != NULL ? gate->attack : GS_FACE_ATTACK_NONE;

  return MAX (first, second);
}

/* Both comparisons look at the same frames; the one without a usable reference may have looked at
 * none. */
static const GsFaceQuality *
desk_quality (const GsFaceComparison *chip, const GsFaceComparison *gate)
{
  if (chip != NULL && chip->probe_quality.confidence >= 0)
    return &chip->probe_quality;
  if (gate != NULL && gate->probe_quality.confidence >= 0)
    return &gate->probe_quality;
  /* A remote engine need not tell all. */
  return chip != NULL ? &chip->probe_quality : gate != NULL ? &gate->probe_quality : NULL;
}

void
gs_verify_results_show (GsFaceCompare *page, GsStation *station, GsCase *item, GsFaceDesk *desk)
{
  const GsFaceComparison *chip = gs_face_desk_get_comparison (desk, GS_FACE_PAIR_CHIP_DESK);
  const GsFaceComparison *gate = gs_face_desk_get_comparison (desk, GS_FACE_PAIR_GATE_DESK);
  g_autofree char *number = gs_format_gate (station, gs_case_get_crossing (item)->gate);
  /* Translators: the gate's number. */
  g_autofree char *gate_words = g_strdup_printf (_ ("Gate %s to desk"), number);
  GsFaceErrorRates rates;
  GsFaceRuling ruling;

  gs_face_desk_get_rates (desk, &rates);
  gs_face_desk_get_ruling (desk, &ruling);
  show_desk_row (page, station, desk, GS_FACE_PAIR_CHIP_DESK, _ ("Chip to desk"));
  show_desk_row (page, station, desk, GS_FACE_PAIR_GATE_DESK, gate_words);
  /* What is suspected of a priority 1 case is read on its card, behind the shield's key. */
  if (gs_case_is_shielded (item))
    {
      gs_face_compare_set_result (page, GS_FACE_RESULT_CHIP_GATE, NULL);
      gs_face_compare_begin_gate (page);
    }
  else
    {
      show_gate_row (page, station, item, number);
      show_gate_checks (page, item);
    }
  gs_face_compare_set_quality (page, desk_quality (chip, gate));
  gs_face_compare_set_scores (page, chip, gate);
  gs_face_compare_set_rates (page, gs_face_desk_get_engine (desk) != NULL ? &rates : NULL);
  gs_face_compare_set_ruling (page, &ruling, !gs_case_is_shielded (item));
  gs_face_compare_set_attack (page, worst_attack (chip, gate), gs_face_desk_get_attack_seen (desk));
}
