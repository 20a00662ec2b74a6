/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-private.h"

#include "gs-pwg.h"
#include "gs-stamp-render.h"
#include "gs-time.h"

/* How long the hall is asked for the claim with the same key before the officer is told. */
#define CLAIM_PATIENCE_US (8 * G_USEC_PER_SEC)
#define CLAIM_RETRY_MS 700
/* How long a printer that took the document may say nothing of its job. */
#define SILENT_PATIENCE_MS 15000
/* How often a step is tried again that the store could not take. */
#define STORE_RETRY_S 5

/* The way of one stamp from the print key to the question about the page. Each function ends by
 * committing the next step or by starting one request; the commit's or request's end calls the next
 * function. A reference is held over each wait. */

static const char *
last_step_word (GsStampIssue *self)
{
  return self->step != 0 ? gs_stamp_step_to_string (self->step) : NULL;
}

static void
add_detail (GsJournalRow *row, const char *name, const char *value)
{
  g_autofree char *detail = NULL;

  if (value == NULL)
    return;
  detail = g_steal_pointer (&row->detail);
  row->detail = g_strdup_printf ("%s;%s=%s", detail, name, value);
}

gboolean
gs_stamp_issue_shares_claim (GsStampIssue *self)
{
  return g_strcmp0 (self->claim_stamp, self->stamp) != 0;
}

GsStampCommit *
gs_stamp_issue_new_commit (GsStampIssue *self, GsStampStep step)
{
  GsStampCommit *commit = g_new0 (GsStampCommit, 1);
  GsStampDesk *desk = self->desk;
  gint64 now_utc_ms = gs_clock_now_utc_ms (desk->clock);

  if (now_utc_ms == GS_TIME_UNKNOWN)
    now_utc_ms = g_get_real_time () / 1000;
  commit->expected = g_strdup (last_step_word (self));
  commit->row = gs_journal_row_new ();
  commit->row->stamp = g_strdup (self->stamp);
  commit->row->step = g_strdup (gs_stamp_step_to_string (step));
  commit->row->at_utc_ms = now_utc_ms;
  commit->row->officer = g_strdup (gs_stamp_desk_get_officer (desk));
  commit->row->crossing = g_strdup (gs_case_get_id (self->item));
  commit->row->detail = g_strdup_printf ("claim=%s;job=%d;counter=%" G_GINT64_FORMAT,
                                         self->claim_stamp, self->job_id, self->counter_before);
  add_detail (commit->row, "replaces", self->replaces);
  add_detail (commit->row, "serial", self->serial);
  add_detail (commit->row, "seal", self->seal);
  add_detail (commit->row, "printer", self->printer_uri);
  add_detail (commit->row, "code", self->code);
  if (self->hall_claim != NULL || step == GS_STAMP_STEP_REFUSED || step == GS_STAMP_STEP_FAILED)
    {
      commit->claim_update = gs_claim_row_new ();
      commit->claim_update->crossing = g_strdup (gs_case_get_id (self->item));
      commit->claim_update->stamp = g_strdup (self->claim_stamp);
      commit->claim_update->hall_claim = g_strdup (self->hall_claim);
      commit->claim_update->desk = g_strdup (desk->config->desk_id);
      commit->claim_update->officer = g_strdup (self->asker);
      commit->claim_update->printer = g_strdup (self->printer_uri);
      commit->claim_update->state = GS_CLAIM_GRANTED;
      commit->claim_update->requested_at_utc_ms = now_utc_ms;
      commit->claim_update->granted_at_utc_ms = now_utc_ms;
      if (self->start_before_utc_ms != GS_TIME_UNKNOWN)
        commit->claim_update->start_before_utc_ms = self->start_before_utc_ms;
      if (self->window_closes_utc_ms != GS_TIME_UNKNOWN)
        commit->claim_update->window_closes_at_utc_ms = self->window_closes_utc_ms;
    }
  return commit;
}

typedef struct
{
  GsStampIssue *issue;
  GsIssueNext next;
  GsStampStep step;
  gint64 at_utc_ms;
  GsClaimOutcomeRow *outcome; /* a copy for the desk's list */
} CommitWait;

static GsClaimOutcomeRow *
copy_outcome (const GsClaimOutcomeRow *row)
{
  GsClaimOutcomeRow *copy = gs_claim_outcome_row_new ();

  copy->key = g_strdup (row->key);
  copy->crossing = g_strdup (row->crossing);
  copy->hall_claim = g_strdup (row->hall_claim);
  copy->stamp = g_strdup (row->stamp);
  copy->outcome = g_strdup (row->outcome);
  copy->serial = g_strdup (row->serial);
  copy->replaces = g_strdup (row->replaces);
  copy->at_utc_ms = row->at_utc_ms;
  copy->state = row->state;
  return copy;
}

static void
refuse_standing (GsStampIssue *self, const GsStampCommitResult *result)
{
  GsRefusal refusal = result->standing->state == GS_CLAIM_DONE       ? GS_REFUSAL_ALREADY_STAMPED
                      : result->standing->state == GS_CLAIM_IN_DOUBT ? GS_REFUSAL_IN_DOUBT
                                                                     : GS_REFUSAL_CLAIMED_ELSEWHERE;

  gs_stamp_issue_refuse (self, refusal, NULL);
  self->refusal.serial = g_strdup (result->standing_serial);
  self->refusal.desk = g_strdup (result->standing->desk);
  self->refusal.at_utc_ms = result->standing_at_utc_ms != 0 ? result->standing_at_utc_ms
                                                            : result->standing->requested_at_utc_ms;
  gs_stamp_issue_set_state (self, GS_ISSUE_REFUSED);
}

/* While the store has a fault, nothing can be written and so nothing may be done. */
static gboolean
on_store_again (gpointer data)
{
  GsStampIssue *self = data;

  self->retry_source = 0;
  if (self->desk == NULL)
    return G_SOURCE_REMOVE;
  self->recovering = FALSE;
  gs_stamp_issue_recover (self);
  return G_SOURCE_REMOVE;
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CommitWait *wait = user_data;
  g_autoptr (GsStampIssue) self = wait->issue;
  g_autoptr (GsClaimOutcomeRow) outcome = wait->outcome;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampCommitResult) done =
    gs_store_transact_finish (GS_STORE (source), result, &error);
  GsIssueNext next = wait->next;
  GsStampStep step = wait->step;
  gint64 at_utc_ms = wait->at_utc_ms;

  g_free (wait);
  if (self->desk == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (done == NULL)
    {
      /* Nothing that the journal does not hold is done. What was done before is found by recovery,
       * which begins when the store can write again, or at the next start. */
      g_warning ("Stamp step %s cannot be committed: %s", gs_stamp_step_to_string (step),
                 error->message);
      gs_stamp_issue_refuse (self, GS_REFUSAL_STORE, NULL);
      if (self->answering)
        {
          /* The officer's answer was not taken: the question stays. */
          self->answering = FALSE;
          gs_stamp_issue_set_state (self, GS_ISSUE_QUESTION);
          return;
        }
      if (self->step != 0 && self->retry_source == 0)
        self->retry_source = g_timeout_add_seconds_full (
          G_PRIORITY_DEFAULT, STORE_RETRY_S, on_store_again, g_object_ref (self), g_object_unref);
      gs_stamp_issue_set_state (self,
                                self->step != 0 && gs_stamp_journal_may_have_printed (self->step)
                                  ? GS_ISSUE_RECOVERING
                                  : GS_ISSUE_FAILED);
      return;
    }
  if (done->not_held)
    {
      gs_stamp_issue_refuse (self, GS_REFUSAL_NO_STAMP, NULL);
      gs_stamp_issue_set_state (self, GS_ISSUE_REFUSED);
      if (self->desk->stamps != NULL)
        gs_stamp_register_reload (self->desk->stamps);
      return;
    }
  if (!done->won)
    {
      refuse_standing (self, done);
      return;
    }
  if (done->serial != NULL)
    {
      g_free (self->serial);
      self->serial = g_steal_pointer (&done->serial);
    }
  self->step = step;
  self->step_utc_ms[step] = at_utc_ms;
  if (outcome != NULL)
    gs_stamp_desk_add_outcome (self->desk, g_steal_pointer (&outcome));
  gs_stamp_issue_changed (self);
  if (next != NULL)
    next (self);
}

void
gs_stamp_issue_commit (GsStampIssue *self, GsStampCommit *commit, GsIssueNext next)
{
  CommitWait *wait = g_new0 (CommitWait, 1);
  g_autofree char *detail = g_strdup_printf ("step=%s %s", commit->row->step, commit->row->detail);
  GsRecordEntry entry = { .kind = "stamp.step",
                          .at_utc_ms = commit->row->at_utc_ms,
                          .officer = commit->row->officer,
                          .second = commit->void_second,
                          .subject = self->stamp,
                          .detail = detail };

  wait->issue = g_object_ref (self);
  wait->next = next;
  gs_stamp_step_from_string (commit->row->step, &wait->step);
  wait->at_utc_ms = commit->row->at_utc_ms;
  if (commit->outcome != NULL)
    wait->outcome = copy_outcome (commit->outcome);
  gs_store_transact_async (
    self->desk->store, &entry, gs_stamp_commit_run, commit, (GDestroyNotify) gs_stamp_commit_free,
    (GDestroyNotify) gs_stamp_commit_result_free, self->desk->cancellable, on_committed, wait);
}

/* --- giving the claim back -------------------------------------------------------------------- */

static void
after_release (GsStampIssue *self)
{
  gs_stamp_issue_set_state (self, GS_ISSUE_FAILED);
}

void
gs_stamp_issue_release (GsStampIssue *self, GsRefusal refusal)
{
  GsStampCommit *commit;

  if (self->refusal.refusal == GS_REFUSAL_NONE)
    gs_stamp_issue_refuse (self, refusal, NULL);
  commit = gs_stamp_issue_new_commit (self, GS_STAMP_STEP_FAILED);
  /* The claim that a replacement shares stays: the page has a void stamp and may get a good one. */
  commit->claim_update->state =
    gs_stamp_issue_shares_claim (self) ? GS_CLAIM_GRANTED : GS_CLAIM_RELEASED;
  commit->void_serial = g_strdup (self->serial);
  commit->void_cause = g_strdup ("unused");
  commit->void_officer = g_strdup (gs_stamp_desk_get_officer (self->desk));
  if (self->hall_claim != NULL && !gs_stamp_issue_shares_claim (self))
    commit->outcome = gs_stamp_desk_make_outcome (self->desk, self, "released");
  else
    commit->row->final = TRUE;
  gs_stamp_issue_commit (self, commit, after_release);
}

/* --- printing --------------------------------------------------------------------------------- */

static void
after_printed (GsStampIssue *self)
{
  gs_stamp_issue_set_state (self, GS_ISSUE_QUESTION);
}

/* The printer took the document and does not say any more what becomes of it. */
static gboolean
on_silent (gpointer data)
{
  GsStampIssue *self = data;

  self->silent_source = 0;
  if (self->desk != NULL && self->state == GS_ISSUE_PRINTING && self->step == GS_STAMP_STEP_ACCEPTED
      && self->job_handler != 0 && gs_printer_monitor_get_job_error (self->printer) != NULL)
    {
      g_clear_signal_handler (&self->job_handler, self->printer);
      gs_stamp_issue_recover (self);
    }
  return G_SOURCE_REMOVE;
}

static void
on_job_changed (GsPrinterMonitor *monitor, GsStampIssue *self)
{
  const GsPrintJob *job = gs_printer_monitor_get_job (monitor);
  const GError *error = gs_printer_monitor_get_job_error (monitor);

  gs_stamp_issue_changed (self);
  /* While the document is under way the printer may call the job finished for reasons of its own;
   * only what it says after taking the whole of it counts. */
  if (self->step != GS_STAMP_STEP_ACCEPTED)
    return;
  if (job != NULL && gs_print_job_is_final (job))
    {
      g_clear_signal_handler (&self->job_handler, monitor);
      if (gs_print_job_is_printed (job))
        {
          self->evidence.job = GS_STAMP_JOB_COMPLETED;
          gs_stamp_issue_commit (self, gs_stamp_issue_new_commit (self, GS_STAMP_STEP_PRINTED),
                                 after_printed);
        }
      else
        gs_stamp_issue_recover (self);
    }
  else if (g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_NO_SUCH_JOB))
    {
      g_clear_signal_handler (&self->job_handler, monitor);
      gs_stamp_issue_recover (self);
    }
  else if (error != NULL && self->silent_source == 0)
    self->silent_source = g_timeout_add_full (G_PRIORITY_DEFAULT, SILENT_PATIENCE_MS, on_silent,
                                              g_object_ref (self), g_object_unref);
}

static void
after_accepted (GsStampIssue *self)
{
  on_job_changed (self->printer, self);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampIssue) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean taken =
    gs_stamp_printer_send_document_finish (GS_STAMP_PRINTER (source), result, &error);

  self->sending = FALSE;
  if (self->desk == NULL)
    return;
  if (taken)
    {
      self->progress = 1;
      gs_stamp_issue_commit (self, gs_stamp_issue_new_commit (self, GS_STAMP_STEP_ACCEPTED),
                             after_accepted);
      return;
    }
  g_message ("Stamp %s: the document's way to the printer broke: %s", self->stamp, error->message);
  g_clear_signal_handler (&self->job_handler, self->printer);
  gs_stamp_issue_recover (self);
}

static void
on_progress (gint64 sent, gint64 total, gpointer user_data)
{
  GsStampIssue *self = user_data;

  self->progress = total > 0 ? (double) sent / (double) total : 0;
  gs_stamp_issue_changed (self);
}

static void
send_document (GsStampIssue *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) raster = NULL;

  /* Stopped while this step was being written: nothing is sent, and the empty job is cancelled. */
  if (self->stop_wanted)
    {
      gs_stamp_issue_refuse (self, GS_REFUSAL_STOPPED, NULL);
      gs_stamp_issue_recover (self);
      return;
    }
  raster = gs_pwg_encode (self->bitmap, gs_stamp_pack_get_width_hmm (self->pack),
                          gs_stamp_pack_get_height_hmm (self->pack), &error);
  if (raster == NULL)
    {
      g_warning ("The stamp cannot be encoded: %s", error->message);
      gs_stamp_issue_recover (self);
      return;
    }
  self->sending = TRUE;
  self->job_handler =
    g_signal_connect (self->printer, "job-changed", G_CALLBACK (on_job_changed), self);
  gs_printer_monitor_watch_job (self->printer, self->job_id, self->stamp);
  g_clear_object (&self->send_cancellable);
  self->send_cancellable = g_cancellable_new ();
  gs_stamp_printer_send_document_async (gs_stamp_issue_get_device (self), self->job_id, self->stamp,
                                        raster, on_progress, g_object_ref (self), g_object_unref,
                                        self->send_cancellable, on_sent, g_object_ref (self));
}

/* The last moment before ink: a closing event, an expired grant or Stop ends it here, cleanly. */
static gboolean
may_go_on (GsStampIssue *self)
{
  GsStampDesk *desk = self->desk;
  GsWindowVerdict verdict;

  if (self->stop_wanted)
    {
      gs_stamp_issue_refuse (self, GS_REFUSAL_STOPPED, NULL);
      return FALSE;
    }
  if (self->replaces != NULL)
    {
      if (gs_stamp_issue_may_replace (self))
        return TRUE;
      gs_stamp_issue_refuse (self, GS_REFUSAL_WINDOW_CLOSED, NULL);
      return FALSE;
    }
  gs_stamp_desk_judge_window (desk, self->item, &verdict);
  if (!verdict.may_stamp
      || !gs_stamp_journal_may_start (gs_clock_now_utc_ms (desk->clock), self->start_before_utc_ms))
    {
      gs_stamp_issue_refuse (
        self, verdict.state == GS_WINDOW_NOT_KNOWN ? GS_REFUSAL_NO_LINK : GS_REFUSAL_WINDOW_CLOSED,
        NULL);
      self->refusal.at_utc_ms = verdict.closes_utc_ms;
      g_free (self->refusal.cause);
      self->refusal.cause = g_strdup (gs_close_cause_to_word (verdict.cause));
      return FALSE;
    }
  return TRUE;
}

static void
after_created (GsStampIssue *self)
{
  if (!may_go_on (self))
    {
      gs_stamp_issue_recover (self);
      return;
    }
  gs_stamp_issue_commit (self, gs_stamp_issue_new_commit (self, GS_STAMP_STEP_SENDING),
                         send_document);
}

/* The printer made no job, or one that would print something else. Its document was sent nowhere:
 * whatever job there is gets cancelled, then another printer may take the stamp. */
static void
give_up_printer (GsStampIssue *self, const GError *error)
{
  GsPrinterTrouble trouble = gs_printer_trouble_of_error (error);

  gs_stamp_issue_refuse (self, GS_REFUSAL_PRINTER, NULL);
  self->refusal.trouble = trouble;
  if (gs_printer_error_is_harmless (error) && !self->stop_wanted
      && gs_stamp_issue_pass_on (self, trouble))
    {
      gs_stamp_issue_ask_printer (self);
      return;
    }
  self->passing = gs_stamp_issue_can_pass_on (self);
  gs_stamp_issue_recover (self);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampIssue) self = user_data;
  g_autoptr (GError) error = NULL;
  int job_id = gs_stamp_printer_create_job_finish (GS_STAMP_PRINTER (source), result, &error);

  if (self->desk == NULL)
    return;
  if (job_id == 0)
    {
      g_message ("Stamp %s: no job was made: %s", self->stamp, error->message);
      give_up_printer (self, error);
      return;
    }
  self->job_id = job_id;
  gs_stamp_issue_commit (self, gs_stamp_issue_new_commit (self, GS_STAMP_STEP_CREATED),
                         after_created);
}

static void
after_intent (GsStampIssue *self)
{
  GsStampDesk *desk = self->desk;
  GsPrintMedia media = { gs_stamp_pack_get_width_hmm (self->pack),
                         gs_stamp_pack_get_height_hmm (self->pack) };

  gs_stamp_printer_create_job_async (gs_stamp_issue_get_device (self), self->stamp, media,
                                     GS_STAMP_DPI, desk->cancellable, on_created,
                                     g_object_ref (self));
}

static void
on_status (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampIssue) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterStatus) status =
    gs_stamp_printer_get_status_finish (GS_STAMP_PRINTER (source), result, &error);
  GsPrinterTrouble trouble;

  if (self->desk == NULL)
    return;
  trouble = status != NULL ? gs_printer_desk_judge_status (self->desk->printers, status)
                           : gs_printer_trouble_of_error (error);
  if (trouble != GS_PRINTER_TROUBLE_NONE && !self->stop_wanted
      && gs_stamp_issue_pass_on (self, trouble))
    {
      gs_stamp_issue_ask_printer (self);
      return;
    }
  if (trouble != GS_PRINTER_TROUBLE_NONE)
    {
      self->refusal.trouble = trouble;
      gs_stamp_issue_release (self, GS_REFUSAL_PRINTER);
      return;
    }
  if (!may_go_on (self))
    {
      gs_stamp_issue_release (self, GS_REFUSAL_WINDOW_CLOSED);
      return;
    }
  self->counter_before = status->impressions_completed;
  gs_stamp_issue_commit (self, gs_stamp_issue_new_commit (self, GS_STAMP_STEP_INTENT),
                         after_intent);
}

void
gs_stamp_issue_ask_printer (GsStampIssue *self)
{
  gs_stamp_printer_get_status_async (gs_stamp_issue_get_device (self), self->desk->cancellable,
                                     on_status, g_object_ref (self));
}

/* The picture with the serial that was really taken is made before anything is asked of the
 * printer: what is previewed is what is printed. */
static void
wait_for_picture (GsStampIssue *self)
{
  if (self->desk == NULL)
    return;
  if (self->bitmap_preview || !gs_stamp_issue_is_drawn (self, self->serial))
    return;
  g_signal_handlers_disconnect_by_func (self, wait_for_picture, NULL);
  gs_stamp_issue_ask_printer (self);
}

void
gs_stamp_issue_print_again (GsStampIssue *self)
{
  gs_stamp_issue_set_state (self, GS_ISSUE_PRINTING);
  g_signal_connect (self, "changed", G_CALLBACK (wait_for_picture), NULL);
  gs_stamp_issue_render (self, self->serial);
  wait_for_picture (self);
}

void
gs_stamp_issue_after_claim (GsStampIssue *self)
{
  gs_stamp_issue_print_again (self);
}

/* --- the hall's claim ------------------------------------------------------------------------- */

static void ask_hall (GsStampIssue *self);

static void
after_refused (GsStampIssue *self)
{
  gs_stamp_issue_set_state (self, GS_ISSUE_REFUSED);
}

static gboolean
on_ask_again (gpointer data)
{
  GsStampIssue *self = data;

  self->retry_source = 0;
  ask_hall (self);
  return G_SOURCE_REMOVE;
}

static void
commit_refused (GsStampIssue *self, const GError *error)
{
  GsStampCommit *commit;

  gs_stamp_issue_refuse (self, GS_REFUSAL_HALL, error);
  commit = gs_stamp_issue_new_commit (self, GS_STAMP_STEP_REFUSED);
  commit->row->final = TRUE;
  commit->claim_update->state = GS_CLAIM_RELEASED;
  commit->claim_update->refusal = g_strdup (gs_hall_error_to_word (error->code));
  commit->void_serial = g_strdup (self->serial);
  commit->void_cause = g_strdup ("unused");
  gs_stamp_issue_commit (self, commit, after_refused);
}

static void
on_claimed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampIssue) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallClaim) claim =
    gs_hall_post_stamp_claim_finish (GS_HALL (source), result, &error);

  if (self->desk == NULL)
    return;
  if (claim != NULL)
    {
      self->hall_claim = g_strdup (claim->claim);
      self->start_before_utc_ms = claim->start_before_utc_ms;
      self->window_closes_utc_ms = claim->window_closes_at_utc_ms;
      gs_stamp_issue_commit (self, gs_stamp_issue_new_commit (self, GS_STAMP_STEP_CLAIMED),
                             gs_stamp_issue_after_claim);
      return;
    }
  if (error->domain == GS_HALL_ERROR && !gs_hall_error_is_transient (error))
    {
      commit_refused (self, error);
      return;
    }
  /* Nobody knows whether the hall has it: ask again with the same key. */
  if (!self->stop_wanted && g_get_monotonic_time () < self->claim_deadline_us)
    {
      self->retry_source = g_timeout_add_full (G_PRIORITY_DEFAULT, CLAIM_RETRY_MS, on_ask_again,
                                               g_object_ref (self), g_object_unref);
      return;
    }
  gs_stamp_issue_refuse (self, GS_REFUSAL_NO_LINK, error);
  self->at_start = TRUE;
  gs_stamp_issue_recover (self);
}

static void
ask_hall (GsStampIssue *self)
{
  g_autoptr (GsHallStampRequest) request = gs_stamp_desk_make_request (self->desk, self);

  gs_hall_post_stamp_claim_async (self->desk->hall, request, self->desk->cancellable, on_claimed,
                                  g_object_ref (self));
}

static void
after_requested (GsStampIssue *self)
{
  if (self->replaces != NULL)
    {
      /* The claim stands; a replacement needs no new one. */
      gs_stamp_issue_commit (self, gs_stamp_issue_new_commit (self, GS_STAMP_STEP_CLAIMED),
                             gs_stamp_issue_after_claim);
      return;
    }
  self->claim_deadline_us = g_get_monotonic_time () + CLAIM_PATIENCE_US;
  ask_hall (self);
}

static GsImpressionRow *
new_impression (GsStampIssue *self, gint64 at_utc_ms)
{
  GsImpressionRow *row = gs_impression_row_new ();

  row->stamp = g_strdup (self->stamp);
  row->crossing = g_strdup (gs_case_get_id (self->item));
  row->replaces = g_strdup (self->replaces);
  row->desk = g_strdup (self->desk->config->desk_id);
  row->officer = g_strdup (gs_stamp_desk_get_officer (self->desk));
  row->taken_at_utc_ms = at_utc_ms;
  row->code = g_strdup (self->code);
  return row;
}

void
gs_stamp_issue_run (GsStampIssue *self)
{
  const GsStampDevice *device = gs_stamp_desk_get_stamp (self->desk);
  GsStampCommit *commit;

  g_free (self->asker);
  self->asker = g_strdup (gs_stamp_desk_get_officer (self->desk));
  gs_stamp_issue_choose_printer (self);
  g_free (self->claim_printer);
  self->claim_printer = g_strdup (self->printer_uri);
  g_free (self->code);
  self->code = g_strdup (device != NULL ? device->code : NULL);
  commit = gs_stamp_issue_new_commit (self, GS_STAMP_STEP_REQUESTED);
  commit->held_by = g_strdup (self->asker);
  commit->held_policy = self->desk->config->stamps;
  commit->serial_prefix = g_strdup (self->desk->config->serial_prefix);
  commit->impression = new_impression (self, commit->row->at_utc_ms);
  if (gs_case_get_crossing (self->item)->traveller != NULL)
    commit->traveller = gs_traveller_copy (gs_case_get_crossing (self->item)->traveller);
  if (self->replaces == NULL)
    {
      commit->claim = gs_claim_row_new ();
      commit->claim->crossing = g_strdup (gs_case_get_id (self->item));
      commit->claim->stamp = g_strdup (self->stamp);
      commit->claim->desk = g_strdup (self->desk->config->desk_id);
      commit->claim->officer = g_strdup (gs_stamp_desk_get_officer (self->desk));
      commit->claim->printer = g_strdup (self->printer_uri);
      commit->claim->state = GS_CLAIM_REQUESTED;
      commit->claim->requested_at_utc_ms = commit->row->at_utc_ms;
    }
  gs_stamp_issue_set_state (self, GS_ISSUE_CLAIMING);
  gs_stamp_issue_commit (self, commit, after_requested);
}

void
gs_stamp_issue_leave (GsStampIssue *self)
{
  gboolean untouched = self->state == GS_ISSUE_CLAIMING
                       || (self->state == GS_ISSUE_PRINTING && !self->sending
                           && (self->step == 0 || !gs_stamp_journal_may_have_printed (self->step)));

  if (untouched)
    self->stop_wanted = TRUE;
  gs_stamp_issue_changed (self);
}

void
gs_stamp_issue_stop (GsStampIssue *self)
{
  g_return_if_fail (GS_IS_STAMP_ISSUE (self));

  if (self->state != GS_ISSUE_CLAIMING && self->state != GS_ISSUE_PRINTING
      && self->state != GS_ISSUE_RECOVERING)
    return;
  self->stop_wanted = TRUE;
  /* Breaking the connection leads into recovery, which cancels the job and asks what was printed.
   */
  if (self->sending)
    g_cancellable_cancel (self->send_cancellable);
  else if (self->state == GS_ISSUE_PRINTING && self->step == GS_STAMP_STEP_ACCEPTED)
    {
      g_clear_signal_handler (&self->job_handler, self->printer);
      gs_stamp_issue_recover (self);
    }
  gs_stamp_issue_changed (self);
}
