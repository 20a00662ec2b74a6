/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-private.h"

#include "gs-face-standing.h"
#include "gs-time.h"

/* What has to hold before a stamp may be printed, each with what shows it. */

void
gs_condition_free (GsCondition *self)
{
  if (self == NULL)
    return;
  g_free (self->evidence);
  g_free (self);
}

static GsCondition *
add_condition (GPtrArray *list, GsConditionId id, GsCheckResult result, gint64 at_utc_ms)
{
  GsCondition *condition = g_new0 (GsCondition, 1);

  condition->id = id;
  condition->result = result;
  condition->at_utc_ms = at_utc_ms;
  condition->value = -1;
  condition->trouble = GS_PRINTER_TROUBLE_NONE;
  condition->standing = GS_STAMP_STANDING_UNKNOWN;
  g_ptr_array_add (list, condition);
  return condition;
}

static void
add_document (GsStampIssue *self, GPtrArray *list)
{
  const GsCrossing *crossing = gs_case_get_crossing (self->item);
  gboolean read = gs_case_get_read_method (self->item) != GS_READ_NONE;
  GsCheckResult result = read ? GS_CHECK_RESULT_SUCCESSFUL : GS_CHECK_RESULT_NOT_CHECKED;
  gint64 at = gs_case_get_read_utc_ms (self->item);
  GsCondition *condition;

  add_condition (list, GS_CONDITION_CROSSING_FOUND, result, at);
  condition = add_condition (list, GS_CONDITION_SAME_DOCUMENT, result, GS_TIME_UNKNOWN);
  if (crossing->traveller != NULL)
    condition->evidence = g_strdup (crossing->traveller->document_number);
}

static gboolean
is_by_eye (GsStampIssue *self)
{
  const GsFacePolicy *policy = &self->desk->config->face;

  return policy->stamp_by_eye
         && gs_face_is_same_by_eye (gs_case_get_verification (self->item), policy,
                                    gs_clock_now_utc_ms (self->desk->clock), FALSE);
}

/* The face's verification at this desk, after the document was read and not longer ago than the
 * policy's minutes. */
static GsCheckResult
judge_identity (GsStampIssue *self)
{
  if (is_by_eye (self))
    return GS_CHECK_RESULT_SUCCESSFUL;
  switch (gs_face_judge_standing (gs_case_get_verification (self->item), &self->desk->config->face,
                                  gs_clock_now_utc_ms (self->desk->clock)))
    {
    case GS_FACE_STANDING_VERIFIED:
      return GS_CHECK_RESULT_SUCCESSFUL;
    case GS_FACE_STANDING_SECOND:
    case GS_FACE_STANDING_UNSURE:
      return GS_CHECK_RESULT_UNDETERMINED;
    case GS_FACE_STANDING_REFUSED:
      return GS_CHECK_RESULT_FAILED;
    case GS_FACE_STANDING_NONE:
    case GS_FACE_STANDING_COMPARING:
    case GS_FACE_STANDING_OLD:
    case GS_FACE_STANDING_NO_DOCUMENT:
      break;
    }
  return GS_CHECK_RESULT_NOT_CHECKED;
}

static GsWindowVerdict
judge_window (GsStampIssue *self)
{
  GsWindowVerdict verdict;

  gs_stamp_desk_judge_window (self->desk, self->item, &verdict);
  return verdict;
}

gboolean
gs_stamp_issue_needs_judgement (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), FALSE);
  return self->desk != NULL && self->state == GS_ISSUE_SHEET
         && judge_identity (self) == GS_CHECK_RESULT_NOT_CHECKED
         && judge_window (self).state != GS_WINDOW_CLOSED;
}

static void
add_window (GsStampIssue *self, GPtrArray *list)
{
  GsWindowVerdict verdict = judge_window (self);
  GsCheckResult result;

  result = verdict.may_stamp                      ? GS_CHECK_RESULT_SUCCESSFUL
           : verdict.state == GS_WINDOW_NOT_KNOWN ? GS_CHECK_RESULT_UNDETERMINED
                                                  : GS_CHECK_RESULT_FAILED;
  /* The one replacement may follow after the window. */
  if (self->replaces != NULL && result == GS_CHECK_RESULT_FAILED
      && gs_stamp_issue_may_replace (self))
    result = GS_CHECK_RESULT_SUCCESSFUL;
  add_condition (list, GS_CONDITION_WINDOW, result, verdict.closes_utc_ms);
}

static void
add_printer (GsStampIssue *self, GPtrArray *list)
{
  const GsPrinterStatus *status;
  GsCondition *printer, *counter;
  gboolean ready;

  gs_stamp_issue_choose_printer (self);
  status = self->printer != NULL ? gs_printer_monitor_get_status (self->printer) : NULL;
  ready = gs_printer_desk_judge_status (self->desk->printers, status) == GS_PRINTER_TROUBLE_NONE;

  printer =
    add_condition (list, GS_CONDITION_PRINTER,
                   ready ? GS_CHECK_RESULT_SUCCESSFUL : GS_CHECK_RESULT_FAILED, GS_TIME_UNKNOWN);
  printer->trouble = gs_printer_desk_judge_status (self->desk->printers, status);
  if (self->printer != NULL && gs_printer_desk_get_n_printers (self->desk->printers) > 1)
    printer->evidence = g_strdup (gs_stamp_printer_get_name (gs_stamp_issue_get_device (self)));
  for (guint i = 0; status != NULL && i < status->supplies->len; i++)
    {
      const GsPrinterSupply *supply = g_ptr_array_index (status->supplies, i);

      if (printer->value < 0
          || (supply->level_percent >= 0 && supply->level_percent < printer->value))
        printer->value = supply->level_percent;
    }
  counter =
    add_condition (list, GS_CONDITION_COUNTER, GS_CHECK_RESULT_NOT_CHECKED, GS_TIME_UNKNOWN);
  if (ready)
    {
      counter->value = status->impressions_completed;
      counter->result =
        counter->value >= 0 ? GS_CHECK_RESULT_SUCCESSFUL : GS_CHECK_RESULT_NOT_SUPPORTED;
    }
}

/* A template that can be used is nothing to tell of: the sheet shows it. */
static void
add_pack (GsStampIssue *self, GPtrArray *list)
{
  g_autoptr (GError) error = NULL;
  GsCondition *condition;

  if (!gs_pack_desk_is_loaded (self->desk->packs) || gs_stamp_issue_get_pack (self, &error) != NULL)
    return;
  condition = add_condition (list, GS_CONDITION_PACK, GS_CHECK_RESULT_FAILED, GS_TIME_UNKNOWN);
  condition->evidence =
    g_strdup (error->domain == GS_STAMP_ERROR ? gs_stamp_error_to_word ((GsStampError) error->code)
                                              : "missing-pack");
}

/* Signed in, on shift, with an active stamp in the hand. */
static void
add_officer (GsStampIssue *self, GPtrArray *list)
{
  const GsStampDevice *device = gs_stamp_desk_get_stamp (self->desk);
  GsStampStanding standing = gs_stamp_desk_get_standing (self->desk);
  gboolean on_duty = self->desk->session != NULL && gs_session_may_decide (self->desk->session);
  GsCondition *condition =
    add_condition (list, GS_CONDITION_OFFICER,
                   on_duty && standing == GS_STAMP_STANDING_HELD ? GS_CHECK_RESULT_SUCCESSFUL
                                                                 : GS_CHECK_RESULT_FAILED,
                   device != NULL ? device->held_utc_ms : GS_TIME_UNKNOWN);

  condition->standing = standing;
  condition->evidence = g_strdup (device != NULL ? device->code : NULL);
}

GPtrArray *
gs_stamp_issue_dup_conditions (GsStampIssue *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_condition_free);
  const GsCrossing *crossing;
  GsCondition *condition;

  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), list);

  crossing = gs_case_get_crossing (self->item);
  add_document (self, list);
  condition = add_condition (list, GS_CONDITION_ADMITTED,
                             crossing->state == GS_CROSSING_STATE_ADMITTED && !crossing->door
                               ? GS_CHECK_RESULT_SUCCESSFUL
                               : GS_CHECK_RESULT_FAILED,
                             crossing->admitted_utc_ms);
  condition->evidence = g_strdup (crossing->gate);
  add_condition (list, GS_CONDITION_IDENTITY, judge_identity (self),
                 gs_case_get_judged_utc_ms (self->item));
  add_window (self, list);
  condition = add_condition (list, GS_CONDITION_NOT_STAMPED,
                             crossing->stamp_serial == NULL ? GS_CHECK_RESULT_SUCCESSFUL
                                                            : GS_CHECK_RESULT_FAILED,
                             crossing->stamped_utc_ms);
  condition->evidence = g_strdup (crossing->stamp_serial);
  add_officer (self, list);
  add_printer (self, list);
  add_pack (self, list);
  return list;
}

gboolean
gs_stamp_issue_needs_area_word (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), FALSE);
  return !self->desk->closing_events_told && !self->area_word;
}

void
gs_stamp_issue_give_area_word (GsStampIssue *self)
{
  g_return_if_fail (GS_IS_STAMP_ISSUE (self));
  self->area_word = TRUE;
  gs_stamp_issue_changed (self);
}

gboolean
gs_stamp_issue_can_print (GsStampIssue *self)
{
  g_autoptr (GPtrArray) conditions = NULL;

  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), FALSE);

  if (self->desk == NULL || self->state != GS_ISSUE_SHEET || self->begun || self->bitmap == NULL
      || self->looking_back || !gs_stamp_issue_may_replace (self)
      || gs_stamp_issue_needs_area_word (self))
    return FALSE;
  conditions = gs_stamp_issue_dup_conditions (self);
  for (guint i = 0; i < conditions->len; i++)
    {
      const GsCondition *condition = g_ptr_array_index (conditions, i);

      /* A printer that cannot count is reconciled by hand; every other condition must hold. */
      if (condition->result != GS_CHECK_RESULT_SUCCESSFUL
          && !(condition->id == GS_CONDITION_COUNTER
               && condition->result == GS_CHECK_RESULT_NOT_SUPPORTED))
        return FALSE;
    }
  return TRUE;
}

/* The policy let the officer's eye count though the engine did not agree. */
static void
note_by_eye (GsStampIssue *self)
{
  gint64 now = gs_clock_now_utc_ms (self->desk->clock);
  GsRecordEntry entry = { .kind = "policy.used",
                          .at_utc_ms = now != GS_TIME_UNKNOWN ? now : g_get_real_time () / 1000,
                          .officer = gs_session_get_officer_id (self->desk->session),
                          .subject = gs_case_get_id (self->item),
                          .detail = "policy=face-stamp" };

  gs_store_note_async (self->desk->store, &entry, NULL, NULL, NULL);
}

gboolean
gs_stamp_issue_print (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), FALSE);

  if (!gs_stamp_issue_can_print (self))
    return FALSE;
  if (is_by_eye (self)
      && gs_face_judge_standing (gs_case_get_verification (self->item), &self->desk->config->face,
                                 gs_clock_now_utc_ms (self->desk->clock))
           != GS_FACE_STANDING_VERIFIED)
    note_by_eye (self);
  self->begun = TRUE;
  self->begun_monotonic_us = gs_clock_monotonic_us (self->desk->clock);
  gs_stamp_issue_run (self);
  return TRUE;
}
