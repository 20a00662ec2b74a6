/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-next-step.h"

#include "gs-referral-reason.h"

GsNextStep
gs_station_next_step (GsStation *self, GsCase *item)
{
  const GsCrossing *crossing;
  GsJudgement judgement;
  GsWindowVerdict window;
  const char *code;

  g_return_val_if_fail (GS_IS_STATION (self), GS_NEXT_STEP_NONE);
  g_return_val_if_fail (GS_IS_CASE (item), GS_NEXT_STEP_NONE);

  crossing = gs_case_get_crossing (item);
  judgement = gs_case_get_judgement (item);
  code = crossing->reasons != NULL ? crossing->reasons[0] : NULL;
  if (crossing->state == GS_CROSSING_STATE_ADMITTED)
    {
      gs_station_judge_window (self, item, &window);
      return crossing->stamp_serial == NULL && gs_station_stamp_blocks (self, item) == 0
                 && window.may_stamp
               ? GS_NEXT_STEP_STAMP
               : GS_NEXT_STEP_NONE;
    }
  if (!gs_crossing_is_open_case (crossing) || gs_case_get_pending (item) != 0
      || gs_case_get_hold (item) == GS_HOLD_ELSEWHERE)
    return GS_NEXT_STEP_NONE;
  if (judgement == GS_JUDGEMENT_DIFFERENT || judgement == GS_JUDGEMENT_UNSURE)
    return GS_NEXT_STEP_SECOND_LINE;
  if (judgement == 0 && gs_referral_reasons_are_blind (crossing->reasons))
    return GS_NEXT_STEP_VERIFY;
  if (judgement == GS_JUDGEMENT_SAME && gs_station_blocks (self, item, GS_OUTCOME_ADMITTED) == 0)
    return GS_NEXT_STEP_ADMIT;
  if (judgement == GS_JUDGEMENT_SAME && gs_station_needs_second (self, item))
    return GS_NEXT_STEP_SECOND_OFFICER;
  if (gs_referral_reason_is_second_line (code))
    return GS_NEXT_STEP_SECOND_LINE;
  return judgement == 0 ? GS_NEXT_STEP_VERIFY : GS_NEXT_STEP_SECOND_LINE;
}

/* Those that the officer's own judgement does not stand for. */
static gboolean
others_successful (GsCase *item)
{
  gboolean same = gs_case_get_judgement (item) == GS_JUDGEMENT_SAME;
  GPtrArray *checks = gs_case_get_crossing (item)->checks;

  for (guint i = 0; i < checks->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (checks, i);
      const GsCheckName *row = gs_check_name_find (check->name);

      if (same && row != NULL && row->group == GS_CHECK_GROUP_FACE)
        continue;
      if (check->result != GS_CHECK_RESULT_SUCCESSFUL
          && check->result != GS_CHECK_RESULT_NOT_SUPPORTED)
        return FALSE;
    }
  return checks->len > 0;
}

GsAdmitBasis
gs_station_admit_basis (GsStation *self, GsCase *item)
{
  g_return_val_if_fail (GS_IS_STATION (self), GS_ADMIT_BASIS_CHECK_FAILED);
  g_return_val_if_fail (GS_IS_CASE (item), GS_ADMIT_BASIS_CHECK_FAILED);

  if (!others_successful (item))
    return GS_ADMIT_BASIS_CHECK_FAILED;
  return gs_case_get_judgement (item) == GS_JUDGEMENT_SAME ? GS_ADMIT_BASIS_JUDGED
                                                           : GS_ADMIT_BASIS_CHECKS;
}

guint
gs_station_verify_blocks (GsStation *self, GsCase *item)
{
  guint blocks;

  g_return_val_if_fail (GS_IS_STATION (self), 0);
  g_return_val_if_fail (GS_IS_CASE (item), GS_BLOCK_NO_CASE);

  blocks = gs_crossing_is_open_case (gs_case_get_crossing (item)) ? 0 : GS_BLOCK_NOT_OPEN;
  if (gs_station_get_session (self) == NULL)
    blocks |= GS_BLOCK_NOT_SIGNED_IN;
  return blocks;
}

gboolean
gs_station_needs_second (GsStation *self, GsCase *item)
{
  return gs_station_blocks (self, item, GS_OUTCOME_ADMITTED) == GS_BLOCK_TWO_OFFICERS;
}

guint
gs_station_choice_blocks (GsStation *self, GsCase *item, GsOutcome outcome)
{
  return gs_station_blocks (self, item, outcome) & ~(guint) GS_BLOCK_TWO_OFFICERS;
}

GPtrArray *
gs_station_dup_free_gates (GsStation *self)
{
  GPtrArray *gates;
  GPtrArray *free_gates = g_ptr_array_new ();

  g_return_val_if_fail (GS_IS_STATION (self), free_gates);

  gates = gs_case_book_get_gates (gs_station_get_book (self));
  for (guint i = 0; i < gates->len; i++)
    {
      GsGate *gate = g_ptr_array_index (gates, i);

      if (gate->state == GS_GATE_STATE_FREE)
        g_ptr_array_add (free_gates, gate);
    }
  return free_gates;
}
