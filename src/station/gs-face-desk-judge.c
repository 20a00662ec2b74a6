/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-desk-private.h"

#include "gs-approval.h"
#include "gs-time.h"

/* What the officers say, and what follows. */

static GsFacePairResult *
result_of (GsFaceVerification *verification, GsFacePair pair)
{
  return &verification->pairs[pair];
}

static GsFaceAnswer *
answer_of (GsFaceVerification *verification, GsFacePair pair, gboolean second)
{
  return second ? &verification->pairs[pair].second : &verification->pairs[pair].first;
}

static gboolean
is_revealed (const GsFaceVerification *verification)
{
  return verification != NULL && verification->revealed_utc_ms != GS_TIME_UNKNOWN;
}

/* --- what is asked ---------------------------------------------------------------------------- */

gboolean
gs_face_desk_is_pair_asked (GsFaceDesk *self, GsFacePair pair)
{
  GsFaceVerification *verification;

  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);
  g_return_val_if_fail (pair >= GS_FACE_PAIR_CHIP_DESK && pair <= GS_FACE_PAIR_LAST, FALSE);

  verification = gs_face_desk_get_verification (self);
  if (is_revealed (verification))
    return result_of (verification, pair)->asked;
  return pair == GS_FACE_PAIR_CHIP_DESK || self->pictures[pair].pixels != NULL
         || (verification != NULL && answer_of (verification, pair, FALSE)->judgement != 0);
}

static gboolean
is_answered (GsFaceDesk *self, GsFacePair pair)
{
  GsFaceVerification *verification = gs_face_desk_get_verification (self);

  return verification != NULL
         && answer_of (verification, pair, self->second_judging)->judgement != 0;
}

static GsFacePair
find_asked (GsFaceDesk *self)
{
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    if (gs_face_desk_is_pair_asked (self, (GsFacePair) pair)
        && !is_answered (self, (GsFacePair) pair))
      return (GsFacePair) pair;
  return 0;
}

GsFaceWait
gs_face_desk_get_wait (GsFaceDesk *self)
{
  GsFaceDeskState state;

  g_return_val_if_fail (GS_IS_FACE_DESK (self), GS_FACE_WAIT_NO_CASE);

  if (self->cancellable == NULL || self->decided)
    return GS_FACE_WAIT_NO_CASE;
  if (self->second_judging)
    return find_asked (self) != 0 ? GS_FACE_WAIT_NONE : GS_FACE_WAIT_ANSWERED;
  if (is_revealed (gs_face_desk_get_verification (self)))
    return GS_FACE_WAIT_ANSWERED;
  if (gs_face_desk_is_loading (self))
    return GS_FACE_WAIT_PICTURES;
  /* Who has begun to judge goes on, whatever becomes of the camera. */
  if (gs_face_desk_get_verification (self) != NULL)
    return GS_FACE_WAIT_NONE;
  state = gs_face_desk_get_state (self);
  /* A picture that stands still moves again, or its camera is lost within seconds. */
  if (self->probe == NULL
      && (state == GS_FACE_DESK_LIVE || state == GS_FACE_DESK_STARTING
          || state == GS_FACE_DESK_FROZEN))
    return GS_FACE_WAIT_CAPTURE;
  if (self->probe == NULL && state == GS_FACE_DESK_NO_DOCUMENT
      && !self->config->face.without_document)
    return GS_FACE_WAIT_DOCUMENT;
  return GS_FACE_WAIT_NONE;
}

GsFacePair
gs_face_desk_get_asked (GsFaceDesk *self)
{
  GsFaceWait wait;

  g_return_val_if_fail (GS_IS_FACE_DESK (self), 0);

  wait = gs_face_desk_get_wait (self);
  return wait == GS_FACE_WAIT_ANSWERED || wait == GS_FACE_WAIT_NO_CASE ? 0 : find_asked (self);
}

/* --- answers ---------------------------------------------------------------------------------- */

static gboolean
has_reason (const GsCrossing *crossing, const char *code)
{
  return crossing->reasons != NULL
         && g_strv_contains ((const char *const *) crossing->reasons, code);
}

/* What the gate said, from its check or, where it told none, from the reason of its referral. */
void
gs_face_desk_take_gate (GsFaceVerification *verification, const GsCrossing *crossing)
{
  const GsCheck *attack = gs_crossing_find_check (crossing, "no-attack-found");

  verification->attack = GS_FACE_ATTACK_NONE;
  verification->gate = gs_face_verdict_from_check (gs_crossing_find_check (crossing, "face-match"));
  if (has_reason (crossing, "B01"))
    verification->gate = GS_FACE_NO_MATCH;
  if (attack != NULL && attack->result == GS_CHECK_RESULT_SUCCESSFUL)
    verification->attack = GS_FACE_ATTACK_PASS;
  if ((attack != NULL && attack->result == GS_CHECK_RESULT_FAILED) || has_reason (crossing, "B05"))
    verification->attack = GS_FACE_ATTACK_FAIL;
}

/* The last word on this referral was "unsure": this sitting is the new capture. */
static gboolean
was_unsure (GsCase *item)
{
  GPtrArray *before = gs_case_get_verifications (item);
  gint64 referred = gs_case_get_crossing (item)->referred_utc_ms;
  const GsFaceVerification *last =
    before->len > 0 ? g_ptr_array_index (before, before->len - 1) : NULL;

  return last != NULL && last->ruling.ground == GS_FACE_GROUND_UNSURE
         && (referred == GS_TIME_UNKNOWN || last->revealed_utc_ms >= referred);
}

static GsFaceVerification *
begin_verification (GsFaceDesk *self)
{
  GsFaceVerification *verification = gs_face_verification_new (
    gs_case_get_id (self->item), gs_session_get_officer_id (self->session));

  gs_face_desk_take_gate (verification, gs_case_get_crossing (self->item));
  verification->captured_again = was_unsure (self->item);
  verification->attack_seen = self->attack_seen;
  g_free (self->verification_id);
  self->verification_id = g_strdup (verification->id);
  gs_case_begin_verification (self->item, verification);
  return verification;
}

/* Everything asked is answered: from now on the rest may be seen. */
static void
complete_first (GsFaceDesk *self, GsFaceVerification *verification)
{
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    {
      verification->pairs[pair].asked = gs_face_desk_is_pair_asked (self, (GsFacePair) pair);
      verification->pairs[pair].reference = self->pictures[pair].source;
    }
  if (gs_case_get_read_method (self->item) != GS_READ_NONE)
    verification->document_read_utc_ms = gs_case_get_read_utc_ms (self->item);
  verification->captured_utc_ms = gs_face_desk_get_best_utc_ms (self);
  verification->revealed_utc_ms = gs_face_desk_now_utc_ms (self);
  gs_face_desk_reveal (self);
  gs_case_note_verification (self->item);
}

static void
complete_second (GsFaceDesk *self)
{
  self->second_judging = FALSE;
  gs_face_desk_conclude (self);
  gs_case_set_judged_again (self->item, FALSE);
}

gboolean
gs_face_desk_answer (GsFaceDesk *self, GsFacePair pair, GsJudgement judgement, GsSession *by)
{
  GsFaceVerification *verification;
  gboolean second;

  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);
  g_return_val_if_fail (judgement >= GS_JUDGEMENT_SAME && judgement <= GS_JUDGEMENT_DIFFERENT,
                        FALSE);

  second = self->second_judging;
  if (gs_face_desk_get_wait (self) != GS_FACE_WAIT_NONE || by == NULL
      || by != (second ? self->second : self->session) || !gs_session_may_decide (by)
      || !gs_face_desk_is_pair_asked (self, pair) || is_answered (self, pair))
    return FALSE;
  if (!second)
    gs_face_desk_freeze (self);
  verification = gs_face_desk_get_verification (self);
  if (verification == NULL)
    verification = begin_verification (self);
  *answer_of (verification, pair, second) =
    (GsFaceAnswer){ judgement, gs_face_desk_now_utc_ms (self) };
  gs_face_desk_record_answer (self, pair, by);
  if (find_asked (self) == 0)
    {
      if (second)
        complete_second (self);
      else
        complete_first (self, verification);
    }
  gs_face_desk_note_change (self);
  return TRUE;
}

GsJudgement
gs_face_desk_get_answer (GsFaceDesk *self, GsFacePair pair)
{
  GsFaceVerification *verification;

  g_return_val_if_fail (GS_IS_FACE_DESK (self), 0);
  g_return_val_if_fail (pair >= GS_FACE_PAIR_CHIP_DESK && pair <= GS_FACE_PAIR_LAST, 0);

  verification = gs_face_desk_get_verification (self);
  return verification == NULL
           ? 0
           : answer_of (verification, pair, verification->second != NULL)->judgement;
}

gint64
gs_face_desk_get_answered_utc_ms (GsFaceDesk *self, GsFacePair pair)
{
  GsFaceVerification *verification;

  g_return_val_if_fail (GS_IS_FACE_DESK (self), GS_TIME_UNKNOWN);
  g_return_val_if_fail (pair >= GS_FACE_PAIR_CHIP_DESK && pair <= GS_FACE_PAIR_LAST,
                        GS_TIME_UNKNOWN);

  verification = gs_face_desk_get_verification (self);
  return verification == NULL
           ? GS_TIME_UNKNOWN
           : answer_of (verification, pair, verification->second != NULL)->at_utc_ms;
}

GsJudgement
gs_face_desk_get_answer_of (GsFaceDesk *self, GsFacePair pair, gboolean second)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), 0);
  g_return_val_if_fail (pair >= GS_FACE_PAIR_CHIP_DESK && pair <= GS_FACE_PAIR_LAST, 0);
  return gs_face_desk_is_revealed (self)
           ? answer_of (gs_face_desk_get_verification (self), pair, second)->judgement
           : 0;
}

/* --- what follows ----------------------------------------------------------------------------- */

static void
rule (GsFaceDesk *self, const GsFaceVerification *verification, GsFaceRuling *ruling)
{
  GsFaceFacts facts;

  gs_face_verification_get_facts (verification, &facts);
  facts.waive_gate_no_match = self->config->face.waive_gate_no_match;
  facts.second_when_undecided = self->config->face.second_when_undecided;
  gs_face_rule (&facts, ruling);
}

void
gs_face_desk_conclude (GsFaceDesk *self)
{
  GsFaceVerification *verification = gs_face_desk_get_verification (self);
  GsFaceRuling ruling;

  rule (self, verification, &ruling);
  if (verification->stored)
    gs_face_desk_record_second (self, &ruling);
  else
    gs_face_desk_record_verification (self, &ruling);
}

void
gs_face_desk_conclude_attack (GsFaceDesk *self)
{
  GsFaceRuling ruling;

  rule (self, gs_face_desk_get_verification (self), &ruling);
  gs_face_desk_record_attack (self, &ruling);
}

void
gs_face_desk_get_ruling (GsFaceDesk *self, GsFaceRuling *ruling)
{
  const GsFaceVerification *verification;

  *ruling = (GsFaceRuling){ GS_FACE_STEP_JUDGE, GS_FACE_GROUND_NOT_JUDGED };
  g_return_if_fail (GS_IS_FACE_DESK (self));

  verification = gs_face_desk_get_verification (self);
  if (verification != NULL && verification->stored && !self->second_judging && !self->writing)
    *ruling = verification->ruling;
}

void
gs_face_desk_set_attack_seen (GsFaceDesk *self, gboolean seen)
{
  GsFaceVerification *verification;

  g_return_if_fail (GS_IS_FACE_DESK (self));

  verification = gs_face_desk_get_verification (self);
  if (self->cancellable == NULL || gs_face_desk_get_attack_seen (self) == seen
      || (!seen && is_revealed (verification)))
    return;
  self->attack_seen = seen;
  if (verification != NULL)
    {
      verification->attack_seen = seen;
      if (verification->stored && !self->second_judging && !self->writing)
        gs_face_desk_conclude_attack (self);
    }
  gs_face_desk_note_change (self);
}

gboolean
gs_face_desk_get_attack_seen (GsFaceDesk *self)
{
  const GsFaceVerification *verification;

  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);

  verification = gs_face_desk_get_verification (self);
  return verification != NULL ? verification->attack_seen : self->attack_seen;
}

gboolean
gs_face_desk_can_begin_again (GsFaceDesk *self)
{
  const GsFaceVerification *verification;

  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);

  if (self->cancellable == NULL || self->decided || self->writing || self->second_judging)
    return FALSE;
  verification = gs_face_desk_get_verification (self);
  return verification == NULL
         || (verification->stored
             && (verification->ruling.step == GS_FACE_STEP_ADMIT
                 || verification->ruling.step == GS_FACE_STEP_NEW_CAPTURE));
}

gboolean
gs_face_desk_begin_again (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);

  if (!gs_face_desk_can_begin_again (self))
    return FALSE;
  g_clear_pointer (&self->verification_id, g_free);
  gs_face_desk_clear_sitting (self);
  gs_case_end_verification (self->item);
  gs_face_desk_follow_document (self);
  gs_face_desk_look_again (self);
  gs_face_desk_note_change (self);
  return TRUE;
}

/* --- the second officer ----------------------------------------------------------------------- */

gboolean
gs_face_desk_begin_second (GsFaceDesk *self, GsSession *second)
{
  GsFaceVerification *verification;
  GsFaceRuling ruling;

  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);

  gs_face_desk_get_ruling (self, &ruling);
  if (ruling.step != GS_FACE_STEP_SECOND_OFFICER || self->decided
      || gs_approval_judge (GS_APPROVAL_FACE, self->session, second) != GS_APPROVAL_GRANTED)
    return FALSE;
  verification = gs_face_desk_get_verification (self);
  g_free (verification->second);
  verification->second = g_strdup (gs_session_get_officer_id (second));
  g_set_object (&self->second, second);
  self->second_judging = TRUE;
  gs_face_desk_record_begin_second (self);
  gs_case_set_judged_again (self->item, TRUE);
  gs_face_desk_note_change (self);
  return TRUE;
}

/* A second officer who went away after an answer that is not "same" has refused; otherwise another
 * one may be asked. */
void
gs_face_desk_end_second (GsFaceDesk *self)
{
  GsFaceVerification *verification = gs_face_desk_get_verification (self);
  gboolean refused = FALSE;

  if (!self->second_judging || verification == NULL)
    return;
  self->second_judging = FALSE;
  g_clear_object (&self->second);
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    refused |= verification->pairs[pair].second.judgement > GS_JUDGEMENT_SAME;
  if (refused)
    {
      const GsFaceRuling ruling = { GS_FACE_STEP_SECOND_LINE, GS_FACE_GROUND_SECOND_REFUSED };

      gs_face_desk_record_second (self, &ruling);
    }
  else
    {
      g_clear_pointer (&verification->second, g_free);
      for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
        verification->pairs[pair].second = (GsFaceAnswer){ 0, GS_TIME_UNKNOWN };
    }
  gs_case_set_judged_again (self->item, FALSE);
}

gboolean
gs_face_desk_cancel_second (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);

  if (!self->second_judging
      || gs_face_verification_has_answer (gs_face_desk_get_verification (self), TRUE))
    return FALSE;
  gs_face_desk_end_second (self);
  gs_face_desk_note_change (self);
  return TRUE;
}

gboolean
gs_face_desk_is_second_judging (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);
  return self->second_judging;
}

GsSession *
gs_face_desk_get_second (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), NULL);
  return self->second;
}
