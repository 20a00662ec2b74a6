/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-rule.h"

#include "gs-words.h"

static const GsWord step_words[] = {
  { GS_FACE_STEP_JUDGE, "judge" },
  { GS_FACE_STEP_ADMIT, "admit" },
  { GS_FACE_STEP_SECOND_OFFICER, "second-officer" },
  { GS_FACE_STEP_NEW_CAPTURE, "new-capture" },
  { GS_FACE_STEP_SECOND_LINE, "second-line" },
  { 0, NULL },
};

static const GsWord ground_words[] = {
  { GS_FACE_GROUND_NONE, "none" },
  { GS_FACE_GROUND_NOT_JUDGED, "not-judged" },
  { GS_FACE_GROUND_AGREED, "agreed" },
  { GS_FACE_GROUND_NO_DECISION, "no-decision" },
  { GS_FACE_GROUND_WAIVED, "waived" },
  { GS_FACE_GROUND_GATE_NO_MATCH, "gate-no-match" },
  { GS_FACE_GROUND_REVIEW, "review" },
  { GS_FACE_GROUND_NO_MATCH, "no-match" },
  { GS_FACE_GROUND_ATTACK, "attack" },
  { GS_FACE_GROUND_UNSURE, "unsure" },
  { GS_FACE_GROUND_DIFFERENT, "different" },
  { GS_FACE_GROUND_SECOND_AGREED, "second-agreed" },
  { GS_FACE_GROUND_SECOND_REFUSED, "second-refused" },
  { 0, NULL },
};

static gboolean
is_answered (const GsFaceFacts *facts, const GsFaceJudgements *judgements)
{
  return judgements->chip_to_desk != 0
         && (!facts->has_gate_picture || judgements->gate_to_desk != 0);
}

static gboolean
has (const GsFaceFacts *facts, const GsFaceJudgements *judgements, GsJudgement judgement)
{
  return judgements->chip_to_desk == judgement
         || (facts->has_gate_picture && judgements->gate_to_desk == judgement);
}

static gboolean
is_same (const GsFaceFacts *facts, const GsFaceJudgements *judgements)
{
  return judgements->chip_to_desk == GS_JUDGEMENT_SAME
         && (!facts->has_gate_picture || judgements->gate_to_desk == GS_JUDGEMENT_SAME);
}

static gboolean
engine_says (const GsFaceFacts *facts, GsFaceVerdict verdict)
{
  return facts->chip_to_desk == verdict
         || (facts->has_gate_picture && facts->gate_to_desk == verdict);
}

/* What asks for a second officer beside the first one's "same", the gravest; NONE when nothing
 * does. */
static GsFaceGround
find_objection (const GsFaceFacts *facts)
{
  if (facts->attack_seen || facts->attack == GS_FACE_ATTACK_FAIL)
    return GS_FACE_GROUND_ATTACK;
  if (engine_says (facts, GS_FACE_NO_MATCH))
    return GS_FACE_GROUND_NO_MATCH;
  if (engine_says (facts, GS_FACE_REVIEW))
    return GS_FACE_GROUND_REVIEW;
  if (facts->gate == GS_FACE_NO_MATCH)
    {
      if (facts->chip_to_desk == GS_FACE_MATCH && !facts->waive_gate_no_match)
        return GS_FACE_GROUND_GATE_NO_MATCH;
      if (facts->chip_to_desk == GS_FACE_NO_DECISION && facts->second_when_undecided)
        return GS_FACE_GROUND_GATE_NO_MATCH;
    }
  return GS_FACE_GROUND_NONE;
}

/* Why the first officer's "same" is enough. */
static GsFaceGround
find_support (const GsFaceFacts *facts)
{
  if (facts->chip_to_desk != GS_FACE_MATCH)
    return GS_FACE_GROUND_NO_DECISION;
  return facts->gate == GS_FACE_NO_MATCH ? GS_FACE_GROUND_WAIVED : GS_FACE_GROUND_AGREED;
}

void
gs_face_rule (const GsFaceFacts *facts, GsFaceRuling *ruling)
{
  GsFaceGround objection;

  *ruling = (GsFaceRuling){ GS_FACE_STEP_JUDGE, GS_FACE_GROUND_NOT_JUDGED };
  if (!is_answered (facts, &facts->first)
      || (facts->has_second && !is_answered (facts, &facts->second)) || facts->chip_to_desk == 0
      || (facts->has_gate_picture && facts->gate_to_desk == 0))
    return;
  if (has (facts, &facts->first, GS_JUDGEMENT_DIFFERENT))
    {
      *ruling = (GsFaceRuling){ GS_FACE_STEP_SECOND_LINE, GS_FACE_GROUND_DIFFERENT };
      return;
    }
  if (facts->has_second && !is_same (facts, &facts->second))
    {
      *ruling = (GsFaceRuling){ GS_FACE_STEP_SECOND_LINE, GS_FACE_GROUND_SECOND_REFUSED };
      return;
    }
  /* A judgement that is none of the three words is no "same" either. */
  if (!is_same (facts, &facts->first))
    {
      ruling->step = facts->captured_again ? GS_FACE_STEP_SECOND_LINE : GS_FACE_STEP_NEW_CAPTURE;
      ruling->ground = GS_FACE_GROUND_UNSURE;
      return;
    }
  if (facts->has_second)
    {
      *ruling = (GsFaceRuling){ GS_FACE_STEP_ADMIT, GS_FACE_GROUND_SECOND_AGREED };
      return;
    }
  objection = find_objection (facts);
  if (objection != GS_FACE_GROUND_NONE)
    *ruling = (GsFaceRuling){ GS_FACE_STEP_SECOND_OFFICER, objection };
  else
    *ruling = (GsFaceRuling){ GS_FACE_STEP_ADMIT, find_support (facts) };
}

const char *
gs_face_step_to_word (GsFaceStep step)
{
  return gs_words_to_word (step_words, step);
}

gboolean
gs_face_step_from_word (const char *word, GsFaceStep *step)
{
  int value;

  if (!gs_words_from_word (step_words, word, &value))
    return FALSE;
  *step = (GsFaceStep) value;
  return TRUE;
}

const char *
gs_face_ground_to_word (GsFaceGround ground)
{
  return gs_words_to_word (ground_words, ground);
}

gboolean
gs_face_ground_from_word (const char *word, GsFaceGround *ground)
{
  int value;

  if (!gs_words_from_word (ground_words, word, &value))
    return FALSE;
  *ground = (GsFaceGround) value;
  return TRUE;
}

GsFaceVerdict
gs_face_verdict_from_check (const GsCheck *check)
{
  if (check == NULL)
    return 0;
  switch (check->result)
    {
    case GS_CHECK_RESULT_SUCCESSFUL:
      return GS_FACE_MATCH;
    case GS_CHECK_RESULT_FAILED:
      return GS_FACE_NO_MATCH;
    case GS_CHECK_RESULT_UNDETERMINED:
      return GS_FACE_REVIEW;
    case GS_CHECK_RESULT_NOT_SUPPORTED:
    case GS_CHECK_RESULT_ABORTED:
    case GS_CHECK_RESULT_NOT_CHECKED:
      break;
    }
  return GS_FACE_NO_DECISION;
}

GsCheckResult
gs_face_verdict_to_check_result (GsFaceVerdict verdict, GsFaceCause cause)
{
  switch (verdict)
    {
    case GS_FACE_MATCH:
      return GS_CHECK_RESULT_SUCCESSFUL;
    case GS_FACE_NO_MATCH:
      return GS_CHECK_RESULT_FAILED;
    case GS_FACE_REVIEW:
      return GS_CHECK_RESULT_UNDETERMINED;
    case GS_FACE_NO_DECISION:
      break;
    }
  if (cause == GS_FACE_CAUSE_NO_ENGINE || cause == GS_FACE_CAUSE_NO_REFERENCE
      || cause == GS_FACE_CAUSE_NO_PROBE)
    return GS_CHECK_RESULT_NOT_SUPPORTED;
  return cause == GS_FACE_CAUSE_TIME_OUT || cause == GS_FACE_CAUSE_UNREACHABLE
             || cause == GS_FACE_CAUSE_ANSWER
           ? GS_CHECK_RESULT_ABORTED
           : GS_CHECK_RESULT_UNDETERMINED;
}

GsCheckResult
gs_judgement_to_check_result (GsJudgement judgement)
{
  switch (judgement)
    {
    case GS_JUDGEMENT_SAME:
      return GS_CHECK_RESULT_SUCCESSFUL;
    case GS_JUDGEMENT_UNSURE:
      return GS_CHECK_RESULT_UNDETERMINED;
    case GS_JUDGEMENT_DIFFERENT:
      return GS_CHECK_RESULT_FAILED;
    }
  return GS_CHECK_RESULT_NOT_CHECKED;
}
