/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-station-private.h"

#include "gs-approval.h"
#include "gs-face-standing.h"
#include "gs-referral-reason.h"
#include "gs-time.h"

/* What may be decided, and deciding it. */

static guint
common_blocks (GsStation *self, GsCase *item)
{
  guint blocks = 0;

  if (self->session == NULL || !gs_session_may_decide (self->session))
    blocks |= GS_BLOCK_NOT_SIGNED_IN;
  if (gs_store_get_fault (self->store) != 0)
    blocks |= GS_BLOCK_STORE;
  if (item == NULL)
    return blocks | GS_BLOCK_NO_CASE;
  if (gs_case_get_pending (item) != 0)
    blocks |= GS_BLOCK_PENDING;
  return blocks;
}

/* Whether an admission rests on the face: a reason says so, or the gate compared it and found no
 * match, whatever reason it gave. Then it is refused without a verification that counts, and one
 * counts only with the document read here. Elsewhere the gate's own match stands: a verification of
 * the officer's own accord that does not count takes nothing from it, but one that speaks against
 * the traveller does. The stamp asks for it always (gs-stamp-issue-conditions.c). */
static gboolean
rests_on_face (const GsCrossing *crossing)
{
  const GsCheck *match = gs_crossing_find_check (crossing, "face-match");

  if (match != NULL && match->result != GS_CHECK_RESULT_SUCCESSFUL
      && match->result != GS_CHECK_RESULT_NOT_CHECKED)
    return TRUE;
  for (char **code = crossing->reasons; code != NULL && *code != NULL; code++)
    {
      const GsReferralReason *reason = gs_referral_reason_find (*code);

      if (gs_referral_reason_is_blind (*code)
          || (reason != NULL && reason->group == GS_REASON_GROUP_BIOMETRIC))
        return TRUE;
    }
  return FALSE;
}

/* An officer takes back only what the same officer decided. */
static gboolean
is_own_decision (GsStation *self, const GsCrossing *crossing)
{
  return crossing->outcome != 0 && self->session != NULL
         && g_strcmp0 (crossing->outcome_officer, gs_session_get_officer_id (self->session)) == 0;
}

guint
gs_station_more_blocks (GsStation *self, GsCase *item)
{
  guint withdraw = gs_station_blocks (self, item, GS_OUTCOME_WITHDRAWN);

  return withdraw == 0 ? 0 : gs_station_blocks (self, item, GS_OUTCOME_LEFT);
}

/* What the officers' word alone holds against an admission. */
static guint
judgement_blocks (GsCase *item)
{
  switch (gs_case_get_judgement (item))
    {
    case GS_JUDGEMENT_SAME:
      return 0;
    case GS_JUDGEMENT_UNSURE:
    case GS_JUDGEMENT_DIFFERENT:
      return GS_BLOCK_NOT_SAME;
    }
  return rests_on_face (gs_case_get_crossing (item)) ? GS_BLOCK_NOT_JUDGED : 0;
}

/* What the face's verification holds against it: engine, document, second officer, time. */
static guint
face_blocks (GsStation *self, GsCase *item)
{
  const GsFaceVerification *face = gs_case_get_verification (item);
  const GsFacePolicy *policy = &self->config->face;
  gint64 now = gs_clock_now_utc_ms (self->clock);

  if (policy->admit_by_eye && gs_face_is_same_by_eye (face, policy, now, policy->without_document))
    return 0;
  switch (gs_face_judge_standing (face, policy, now))
    {
    case GS_FACE_STANDING_NONE:
    case GS_FACE_STANDING_VERIFIED:
      return 0;
    case GS_FACE_STANDING_COMPARING:
      return GS_BLOCK_COMPARING;
    case GS_FACE_STANDING_OLD:
      return rests_on_face (gs_case_get_crossing (item)) ? GS_BLOCK_FACE_OLD : 0;
    case GS_FACE_STANDING_NO_DOCUMENT:
      return rests_on_face (gs_case_get_crossing (item)) && !policy->without_document
               ? GS_BLOCK_NO_DOCUMENT
               : 0;
    case GS_FACE_STANDING_SECOND:
      return GS_BLOCK_SECOND_FACE;
    case GS_FACE_STANDING_UNSURE:
    case GS_FACE_STANDING_REFUSED:
      return GS_BLOCK_NOT_SAME;
    }
  return GS_BLOCK_NOT_JUDGED;
}

static guint
blocks_of_one (GsStation *self, GsCase *item, GsOutcome outcome)
{
  const GsCrossing *crossing;
  guint blocks;

  blocks = common_blocks (self, item);
  if (item == NULL)
    return blocks;
  crossing = gs_case_get_crossing (item);
  if (outcome == GS_OUTCOME_WITHDRAWN)
    blocks |= is_own_decision (self, crossing) ? 0 : GS_BLOCK_NOT_OWN;
  else if (!gs_crossing_is_open_case (crossing))
    blocks |= GS_BLOCK_NOT_OPEN;
  if (gs_case_get_hold (item) == GS_HOLD_ELSEWHERE)
    blocks |= GS_BLOCK_ELSEWHERE;
  if (outcome == GS_OUTCOME_REFUSED)
    blocks |= GS_BLOCK_TWO_OFFICERS | (self->config->refuse_allowed ? 0 : GS_BLOCK_POLICY);
  if (outcome != GS_OUTCOME_ADMITTED)
    return blocks;
  if (!gs_station_is_live (self))
    blocks |= GS_BLOCK_NO_LINK;
  if (!gs_crossing_background_successful (crossing))
    blocks |= GS_BLOCK_BACKGROUND;
  blocks |= judgement_blocks (item) | face_blocks (self, item);
  if (gs_referral_reasons_priority (crossing->reasons) == 1)
    blocks |= GS_BLOCK_TWO_OFFICERS;
  return blocks;
}

guint
gs_station_blocks (GsStation *self, GsCase *item, GsOutcome outcome)
{
  g_autoptr (GPtrArray) decided = NULL;
  guint blocks;

  g_return_val_if_fail (GS_IS_STATION (self), 0);

  blocks = blocks_of_one (self, item, outcome);
  if (item == NULL || outcome == GS_OUTCOME_WITHDRAWN
      || !gs_crossing_is_open_case (gs_case_get_crossing (item)))
    return blocks;
  /* One decision for all that is on the card: what forbids one of them forbids it. */
  decided = gs_station_list_on_card (self, item);
  for (guint i = 1; i < decided->len; i++)
    blocks |= blocks_of_one (self, g_ptr_array_index (decided, i), outcome);
  return blocks;
}

guint
gs_station_stamp_blocks (GsStation *self, GsCase *item)
{
  const GsCrossing *crossing;
  guint blocks;

  g_return_val_if_fail (GS_IS_STATION (self), 0);

  blocks = common_blocks (self, item);
  if (gs_printer_desk_get_n_printers (self->printers) == 0)
    blocks |= GS_BLOCK_NO_PRINTER;
  if (item == NULL)
    return blocks;
  crossing = gs_case_get_crossing (item);
  if (crossing->state != GS_CROSSING_STATE_ADMITTED)
    blocks |= GS_BLOCK_NOT_ADMITTED;
  return blocks;
}

static GPtrArray *
copy_evidence (GsStation *self, GsCase *item)
{
  GPtrArray *evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
  const GsCrossing *crossing = gs_case_get_crossing (item);

  for (guint i = 0; i < crossing->checks->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (crossing->checks, i);

      g_ptr_array_add (evidence, gs_check_new (check->name, check->result, check->code, NULL));
    }
  gs_face_add_evidence (gs_case_get_verification (item), evidence);
  return evidence;
}

/* The policies that this admission rests on where it would otherwise not be possible, for the
 * record; NULL for none. */
static char *
dup_relaxed (GsStation *self, GsCase *item)
{
  const GsFaceVerification *face = gs_case_get_verification (item);
  GsFaceStanding standing =
    gs_face_judge_standing (face, &self->config->face, gs_clock_now_utc_ms (self->clock));

  if (face == NULL || standing == GS_FACE_STANDING_NONE)
    return NULL;
  if (standing == GS_FACE_STANDING_NO_DOCUMENT)
    return rests_on_face (gs_case_get_crossing (item)) ? g_strdup ("face-without-document") : NULL;
  if (standing == GS_FACE_STANDING_VERIFIED && face->ruling.ground == GS_FACE_GROUND_WAIVED)
    return g_strdup ("face-gate-no-match");
  if (standing == GS_FACE_STANDING_VERIFIED || standing == GS_FACE_STANDING_OLD)
    return NULL;
  return g_strdup (face->document_read_utc_ms == GS_TIME_UNKNOWN
                     ? "face-admit,face-without-document"
                     : "face-admit");
}

static GsHallDecision *
make_decision (GsStation *self,
               GsCase *item,
               GsOutcome outcome,
               const char *note,
               const char *gate,
               const GsRefusalGround *ground,
               GsSession *second)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  const GsFaceVerification *face = gs_case_get_verification (item);
  GsHallDecision *decision = gs_hall_decision_new ();

  decision->crossing = g_strdup (crossing->id);
  decision->version = crossing->version;
  decision->outcome = outcome;
  decision->officer = g_strdup (gs_session_get_officer_id (self->session));
  if (second != NULL)
    decision->second_officer = g_strdup (gs_session_get_officer_id (second));
  else if (face != NULL && face->stored && gs_face_verification_has_answer (face, TRUE))
    decision->second_officer = g_strdup (face->second); /* whose word the evidence has too */
  if (outcome == GS_OUTCOME_ADMITTED)
    decision->relaxed = dup_relaxed (self, item);
  decision->desk = g_strdup (self->config->desk_id);
  decision->at_utc_ms = gs_station_now_utc_ms (self);
  decision->reasons =
    crossing->reasons != NULL ? g_strdupv (crossing->reasons) : g_new0 (char *, 1);
  if (ground != NULL)
    {
      decision->ground = g_strdup (ground->code);
      decision->note = note != NULL
                         ? g_strdup_printf ("%s: %s · %s", ground->code, ground->text, note)
                         : g_strdup_printf ("%s: %s", ground->code, ground->text);
    }
  else
    decision->note = g_strdup (note);
  decision->gate = g_strdup (gate);
  g_clear_pointer (&decision->evidence, g_ptr_array_unref);
  decision->evidence = copy_evidence (self, item);
  return decision;
}

static gboolean
decide_card (GsStation *self,
             GsCase *item,
             GsOutcome outcome,
             const char *note,
             const char *gate,
             const GsRefusalGround *ground,
             GsSession *second)
{
  g_autoptr (GPtrArray) decided = NULL;
  guint blocks = gs_station_blocks (self, item, outcome);

  if (gs_approval_judge (outcome == GS_OUTCOME_REFUSED ? GS_APPROVAL_REFUSAL
                                                       : GS_APPROVAL_PRIORITY_1,
                         self->session, second)
      == GS_APPROVAL_GRANTED)
    blocks &= ~(guint) GS_BLOCK_TWO_OFFICERS;
  if (blocks != 0)
    return FALSE;
  decided = gs_station_list_on_card (self, item);
  gs_decision_desk_decide (self->decision_desk, item,
                           make_decision (self, item, outcome, note, gate, ground, second));
  for (guint i = 1; outcome != GS_OUTCOME_WITHDRAWN && i < decided->len; i++)
    {
      GsCase *other = g_ptr_array_index (decided, i);

      gs_decision_desk_decide_joined (
        self->decision_desk, other,
        make_decision (self, other, outcome, note, gate, ground, second));
    }
  return TRUE;
}

gboolean
gs_station_decide (GsStation *self,
                   GsCase *item,
                   GsOutcome outcome,
                   const char *note,
                   const char *gate,
                   GsSession *second)
{
  g_return_val_if_fail (GS_IS_STATION (self), FALSE);

  return outcome != GS_OUTCOME_REFUSED
         && decide_card (self, item, outcome, note, gate, NULL, second);
}

gboolean
gs_station_refuse (
  GsStation *self, GsCase *item, const char *ground, const char *note, GsSession *supervisor)
{
  const GsRefusalGround *found;

  g_return_val_if_fail (GS_IS_STATION (self), FALSE);

  found = gs_config_find_ground (self->config, ground);
  return found != NULL
         && decide_card (self, item, GS_OUTCOME_REFUSED, note, NULL, found, supervisor);
}

gboolean
gs_station_undo (GsStation *self)
{
  GsCase *item;

  g_return_val_if_fail (GS_IS_STATION (self), FALSE);

  item = gs_decision_desk_get_undoable (self->decision_desk);
  if (item == NULL || !gs_decision_desk_undo (self->decision_desk))
    return FALSE;
  if (!self->card_locked)
    gs_station_open (self, item);
  return TRUE;
}

gint64
gs_station_undo_left_ms (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), 0);
  return gs_decision_desk_undo_left_ms (self->decision_desk);
}
