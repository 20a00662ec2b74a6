/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-standing.h"

#include "gs-time.h"

/* A desk's and a hall's clock agree no better than that. */
#define CLOCK_TOLERANCE_MS 5000

static gboolean
is_in_time (const GsFaceVerification *verification, const GsFacePolicy *policy, gint64 now_utc_ms)
{
  gint64 at = gs_face_verification_get_utc_ms (verification);

  return now_utc_ms != GS_TIME_UNKNOWN && at != GS_TIME_UNKNOWN
         && now_utc_ms - at <= policy->valid_ms && at - now_utc_ms <= CLOCK_TOLERANCE_MS;
}

GsFaceStanding
gs_face_judge_standing (const GsFaceVerification *verification,
                        const GsFacePolicy *policy,
                        gint64 now_utc_ms)
{
  if (verification == NULL || verification->revealed_utc_ms == GS_TIME_UNKNOWN)
    return GS_FACE_STANDING_NONE;
  if (!verification->stored)
    return GS_FACE_STANDING_COMPARING;
  switch (verification->ruling.step)
    {
    case GS_FACE_STEP_JUDGE:
      return GS_FACE_STANDING_COMPARING;
    case GS_FACE_STEP_SECOND_OFFICER:
      return GS_FACE_STANDING_SECOND;
    case GS_FACE_STEP_NEW_CAPTURE:
      return GS_FACE_STANDING_UNSURE;
    case GS_FACE_STEP_SECOND_LINE:
      return GS_FACE_STANDING_REFUSED;
    case GS_FACE_STEP_ADMIT:
      break;
    }
  if (verification->document_read_utc_ms == GS_TIME_UNKNOWN)
    return GS_FACE_STANDING_NO_DOCUMENT;
  return is_in_time (verification, policy, now_utc_ms) ? GS_FACE_STANDING_VERIFIED
                                                       : GS_FACE_STANDING_OLD;
}

gboolean
gs_face_is_same_by_eye (const GsFaceVerification *verification,
                        const GsFacePolicy *policy,
                        gint64 now_utc_ms,
                        gboolean without_document)
{
  return verification != NULL && verification->stored
         && gs_face_verification_get_judgement (verification) == GS_JUDGEMENT_SAME
         && verification->ruling.ground != GS_FACE_GROUND_SECOND_REFUSED
         && (without_document || verification->document_read_utc_ms != GS_TIME_UNKNOWN)
         && is_in_time (verification, policy, now_utc_ms);
}

/* --- evidence --------------------------------------------------------------------------------- */

static void
add_check (GPtrArray *checks, const char *name, GsCheckResult result, const char *code)
{
  g_ptr_array_add (
    checks, gs_check_new (name, result, result != GS_CHECK_RESULT_SUCCESSFUL ? code : NULL, NULL));
}

/* The referral reason that says the same of a gate. */
static const char *
code_of (const GsFaceComparison *comparison)
{
  if (comparison->verdict != GS_FACE_NO_DECISION)
    return "B01";
  switch (comparison->cause)
    {
    case GS_FACE_CAUSE_NO_REFERENCE:
    case GS_FACE_CAUSE_NO_FACE_REFERENCE:
      return "B02";
    case GS_FACE_CAUSE_NO_FACE_PROBE:
    case GS_FACE_CAUSE_QUALITY:
      return "B04";
    case GS_FACE_CAUSE_SEVERAL_PEOPLE:
      return "B06";
    case GS_FACE_CAUSE_NONE:
    case GS_FACE_CAUSE_NO_ENGINE:
    case GS_FACE_CAUSE_NO_PROBE:
    case GS_FACE_CAUSE_TIME_OUT:
    case GS_FACE_CAUSE_UNREACHABLE:
    case GS_FACE_CAUSE_ANSWER:
      break;
    }
  return NULL;
}

/* Both officers' words as one: the worse one. */
static GsCheckResult
judged (const GsFacePairResult *pair)
{
  return gs_judgement_to_check_result (MAX (pair->first.judgement, pair->second.judgement));
}

void
gs_face_add_evidence (const GsFaceVerification *verification, GPtrArray *checks)
{
  static const char *const names[][2] = {
    [GS_FACE_PAIR_CHIP_DESK] = { "officer-same-as-chip", "desk-face-match" },
    [GS_FACE_PAIR_GATE_DESK] = { "officer-same-as-gate", "desk-gate-face-match" },
  };

  if (verification == NULL || !verification->stored)
    return;
  for (int i = GS_FACE_PAIR_CHIP_DESK; i <= GS_FACE_PAIR_LAST; i++)
    {
      const GsFacePairResult *pair = &verification->pairs[i];

      if (!pair->asked || pair->comparison == NULL)
        continue;
      add_check (checks, names[i][0], judged (pair), NULL);
      add_check (
        checks, names[i][1],
        gs_face_verdict_to_check_result (pair->comparison->verdict, pair->comparison->cause),
        code_of (pair->comparison));
    }
  add_check (checks, "desk-no-attack-seen",
             verification->attack_seen ? GS_CHECK_RESULT_FAILED : GS_CHECK_RESULT_SUCCESSFUL,
             "B05");
}
