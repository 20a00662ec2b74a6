/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-private.h"

#include "gs-time.h"

#define ASK_AGAIN_MS 1500
#define ACTIVE_POLL_MS 500
#define ACTIVE_PATIENCE_US (15 * G_USEC_PER_SEC)
#define UNREACHABLE_PATIENCE_US (10 * G_USEC_PER_SEC)
/* So long a printer is asked for the job that it may have made without its document, before another
 * takes the stamp, or the claim is given back. */
#define PASS_PATIENCE_US (4 * G_USEC_PER_SEC)
#define UNSENT_PATIENCE_US (20 * G_USEC_PER_SEC)
#define CANCEL_POLLS 20
#define CANCEL_POLL_MS 250

/* What to do when nobody knows how far a stamp got: after a crash, a broken link to the printer, or
 * Stop. gs_stamp_journal_recover() decides, this file gathers its evidence and carries out what it
 * says, until the journal has an end or the officer is asked. */

static void decide (GsStampIssue *self);
static void ask_printer (GsStampIssue *self);

/* Once ink may have flowed the printer is asked before the officer is, for as long as somebody may
 * be expected to switch it on again. */
static gboolean
asks_printer_first (GsStampIssue *self)
{
  return (self->step == GS_STAMP_STEP_SENDING || self->step == GS_STAMP_STEP_ACCEPTED)
         && self->evidence.job == GS_STAMP_JOB_UNREACHABLE && self->printer != NULL
         && g_get_monotonic_time () - self->reached_us < UNREACHABLE_PATIENCE_US;
}

static void
proceed (GsStampIssue *self)
{
  if (asks_printer_first (self))
    ask_printer (self);
  else
    decide (self);
}

static gboolean
on_again (gpointer data)
{
  GsStampIssue *self = data;

  self->retry_source = 0;
  if (self->desk != NULL)
    proceed (self);
  return G_SOURCE_REMOVE;
}

static void
again_after (GsStampIssue *self, guint ms)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  self->retry_source =
    g_timeout_add_full (G_PRIORITY_DEFAULT, ms, on_again, g_object_ref (self), g_object_unref);
}

static void
again_later (GsStampIssue *self)
{
  again_after (self, ASK_AGAIN_MS);
}

/* --- the hall --------------------------------------------------------------------------------- */

static void
on_claim_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampIssue) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallClaim) claim =
    gs_hall_post_stamp_claim_finish (GS_HALL (source), result, &error);

  if (self->desk == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (claim != NULL)
    {
      g_free (self->hall_claim);
      self->hall_claim = g_strdup (claim->claim);
      self->start_before_utc_ms = claim->start_before_utc_ms;
      self->window_closes_utc_ms = claim->window_closes_at_utc_ms;
      self->evidence.claim = gs_stamp_journal_may_start (gs_clock_now_utc_ms (self->desk->clock),
                                                         claim->start_before_utc_ms)
                               ? GS_STAMP_CLAIM_GRANTED
                               : GS_STAMP_CLAIM_EXPIRED;
    }
  else if (error->domain == GS_HALL_ERROR && !gs_hall_error_is_transient (error))
    {
      gs_stamp_issue_refuse (self, GS_REFUSAL_HALL, error);
      self->evidence.claim = GS_STAMP_CLAIM_REFUSED;
    }
  else
    {
      self->evidence.claim = GS_STAMP_CLAIM_NO_ANSWER;
      again_later (self);
      return;
    }
  decide (self);
}

/* --- the printer ------------------------------------------------------------------------------ */

static GsStampJob
judge_jobs (GPtrArray *jobs)
{
  GsStampJob worst = GS_STAMP_JOB_NONE;

  /* Of several jobs of one name the one that may have printed most counts. */
  for (guint i = 0; i < jobs->len; i++)
    {
      const GsPrintJob *job = g_ptr_array_index (jobs, i);
      GsStampJob one;

      if (gs_print_job_is_without_document (job))
        one = GS_STAMP_JOB_WAITING;
      else if (!gs_print_job_is_final (job))
        one = GS_STAMP_JOB_ACTIVE;
      else if (job->state == GS_PRINT_JOB_COMPLETED)
        one = gs_print_job_is_printed (job) ? GS_STAMP_JOB_COMPLETED : GS_STAMP_JOB_ABORTED;
      else
        one = job->state == GS_PRINT_JOB_CANCELED ? GS_STAMP_JOB_CANCELED : GS_STAMP_JOB_ABORTED;
      if (worst == GS_STAMP_JOB_NONE || one == GS_STAMP_JOB_COMPLETED
          || (one == GS_STAMP_JOB_ACTIVE && worst != GS_STAMP_JOB_COMPLETED))
        worst = one;
    }
  return worst;
}

static void
on_counter (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampIssue) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterStatus) status =
    gs_stamp_printer_get_status_finish (GS_STAMP_PRINTER (source), result, &error);

  if (self->desk == NULL)
    return;
  self->evidence.counter =
    status != NULL ? gs_stamp_counter_compare (self->counter_before, status->impressions_completed)
                   : GS_STAMP_COUNTER_UNKNOWN;
  self->needs_hand = status != NULL && !gs_printer_status_is_ready (status);
  decide (self);
}

static void
on_jobs (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampIssue) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs =
    gs_stamp_printer_find_jobs_by_name_finish (GS_STAMP_PRINTER (source), result, &error);

  if (self->desk == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (jobs == NULL)
    {
      self->evidence.job = GS_STAMP_JOB_UNREACHABLE;
      again_later (self);
      return;
    }
  self->evidence.job = judge_jobs (jobs);
  self->reached_us = g_get_monotonic_time ();
  gs_stamp_printer_get_status_async (GS_STAMP_PRINTER (source), self->desk->cancellable, on_counter,
                                     g_object_ref (self));
}

static void
ask_printer (GsStampIssue *self)
{
  gs_stamp_printer_find_jobs_by_name_async (gs_stamp_issue_get_device (self), self->stamp,
                                            self->desk->cancellable, on_jobs, g_object_ref (self));
}

/* --- cancelling ------------------------------------------------------------------------------- */

typedef struct
{
  GsStampIssue *issue;
  guint pending; /* Cancel-Job requests under way */
  guint polls;
} Cancelling;

static void
cancelling_end (Cancelling *cancelling, GsStampCancel verdict)
{
  g_autoptr (GsStampIssue) self = cancelling->issue;

  g_free (cancelling);
  if (self->desk == NULL)
    return;
  if (verdict == GS_STAMP_CANCEL_FAILED && !gs_stamp_journal_may_have_printed (self->step))
    {
      /* The printer went away in between. Nothing was sent, so there is time: look again. */
      self->evidence.job = GS_STAMP_JOB_UNREACHABLE;
      again_later (self);
      return;
    }
  self->evidence.cancel = verdict;
  decide (self);
}

static gboolean poll_cancelled (gpointer data);

static void
on_cancelled_jobs (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Cancelling *cancelling = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs =
    gs_stamp_printer_find_jobs_by_name_finish (GS_STAMP_PRINTER (source), result, &error);
  gboolean clean = TRUE;

  if (jobs == NULL || cancelling->polls > CANCEL_POLLS)
    {
      cancelling_end (cancelling, GS_STAMP_CANCEL_FAILED);
      return;
    }
  for (guint i = 0; i < jobs->len; i++)
    {
      const GsPrintJob *job = g_ptr_array_index (jobs, i);

      if (!gs_print_job_is_final (job))
        {
          g_timeout_add (CANCEL_POLL_MS, poll_cancelled, cancelling);
          return;
        }
      clean = clean && gs_print_job_is_unprinted (job);
    }
  /* A printer that has forgotten the job proves nothing. */
  cancelling_end (cancelling,
                  clean && jobs->len > 0 ? GS_STAMP_CANCEL_CLEAN : GS_STAMP_CANCEL_DIRTY);
}

static gboolean
poll_cancelled (gpointer data)
{
  Cancelling *cancelling = data;
  GsStampIssue *self = cancelling->issue;

  cancelling->polls++;
  if (self->desk == NULL)
    cancelling_end (cancelling, GS_STAMP_CANCEL_FAILED);
  else
    gs_stamp_printer_find_jobs_by_name_async (gs_stamp_issue_get_device (self), self->stamp,
                                              self->desk->cancellable, on_cancelled_jobs,
                                              cancelling);
  return G_SOURCE_REMOVE;
}

static void
on_cancel_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Cancelling *cancelling = user_data;
  g_autoptr (GError) error = NULL;

  /* A refusal says that the job was final already: the poll sees what became of it. */
  if (!gs_stamp_printer_cancel_job_finish (GS_STAMP_PRINTER (source), result, &error))
    g_debug ("Cancel-Job: %s", error->message);
  if (--cancelling->pending == 0)
    poll_cancelled (cancelling);
}

static void
on_jobs_to_cancel (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Cancelling *cancelling = user_data;
  GsStampIssue *self = cancelling->issue;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs =
    gs_stamp_printer_find_jobs_by_name_finish (GS_STAMP_PRINTER (source), result, &error);

  if (jobs == NULL || self->desk == NULL)
    {
      cancelling_end (cancelling, GS_STAMP_CANCEL_FAILED);
      return;
    }
  cancelling->pending = 1;
  for (guint i = 0; i < jobs->len; i++)
    {
      const GsPrintJob *job = g_ptr_array_index (jobs, i);

      if (gs_print_job_is_final (job))
        continue;
      cancelling->pending++;
      gs_stamp_printer_cancel_job_async (GS_STAMP_PRINTER (source), job->id, self->stamp,
                                         self->desk->cancellable, on_cancel_sent, cancelling);
    }
  if (--cancelling->pending == 0)
    poll_cancelled (cancelling);
}

static void
cancel_jobs (GsStampIssue *self)
{
  Cancelling *cancelling = g_new0 (Cancelling, 1);

  cancelling->issue = g_object_ref (self);
  gs_stamp_printer_find_jobs_by_name_async (gs_stamp_issue_get_device (self), self->stamp,
                                            self->desk->cancellable, on_jobs_to_cancel, cancelling);
}

/* --- carrying out ----------------------------------------------------------------------------- */

static void
after_question (GsStampIssue *self)
{
  self->recovering = FALSE;
  gs_stamp_issue_set_state (self, GS_ISSUE_QUESTION);
}

static void
after_refused (GsStampIssue *self)
{
  self->recovering = FALSE;
  gs_stamp_issue_set_state (self, GS_ISSUE_REFUSED);
}

static void
release (GsStampIssue *self)
{
  self->recovering = FALSE;
  gs_stamp_issue_release (self, self->stop_wanted ? GS_REFUSAL_STOPPED : GS_REFUSAL_PRINTER);
}

/* The journal gives up only from a step that says what is claimed; a grant that arrived during
 * recovery is written down first, so that it can be told to the hall. */
static void
release_granted (GsStampIssue *self)
{
  if (self->step == GS_STAMP_STEP_REQUESTED && self->hall_claim != NULL)
    gs_stamp_issue_commit (self, gs_stamp_issue_new_commit (self, GS_STAMP_STEP_CLAIMED), release);
  else
    release (self);
}

static void
commit_refusal (GsStampIssue *self)
{
  GsStampCommit *commit = gs_stamp_issue_new_commit (self, GS_STAMP_STEP_REFUSED);

  commit->row->final = TRUE;
  commit->claim_update->state = GS_CLAIM_RELEASED;
  commit->void_serial = g_strdup (self->serial);
  commit->void_cause = g_strdup ("unused");
  gs_stamp_issue_commit (self, commit, after_refused);
}

/* Nobody is asked about a page that may still change. A printing job is waited for: while the
 * printer wants a hand (a jam) without end, else for a time, then it is cancelled. TRUE when there
 * is something to wait for. */
static gboolean
wait_for_end (GsStampIssue *self)
{
  if (self->evidence.job != GS_STAMP_JOB_ACTIVE
      || self->evidence.cancel != GS_STAMP_CANCEL_NOT_TRIED)
    return FALSE;
  if (self->needs_hand || self->active_since_us == 0)
    self->active_since_us = g_get_monotonic_time ();
  if (self->stop_wanted || g_get_monotonic_time () - self->active_since_us > ACTIVE_PATIENCE_US)
    {
      cancel_jobs (self);
      return TRUE;
    }
  self->evidence.job = GS_STAMP_JOB_UNREACHABLE;
  again_after (self, ACTIVE_POLL_MS);
  return TRUE;
}

/* What is decided, and at most not told to the hall yet. */
static GsIssueState
ended_state (GsStampStep step)
{
  switch (step)
    {
    case GS_STAMP_STEP_VOID:
      return GS_ISSUE_VOID;
    case GS_STAMP_STEP_FAILED:
      return GS_ISSUE_FAILED;
    case GS_STAMP_STEP_REFUSED:
      return GS_ISSUE_REFUSED;
    default:
      return GS_ISSUE_DONE;
    }
}

/* The document was sent nowhere: a printer that cannot be asked, or does not cancel, holds at most
 * a job without one. Nobody waits for it without end, less so when another printer stands ready,
 * and not at all when the desk has it no more. TRUE when there is nothing to ask. */
static gboolean
leave_printer (GsStampIssue *self)
{
  gboolean pass = self->passing && !self->stop_wanted && gs_stamp_issue_can_pass_on (self);

  if (self->printer == NULL)
    return TRUE;
  if (g_get_monotonic_time () - self->recover_since_us
      < (pass ? PASS_PATIENCE_US : UNSENT_PATIENCE_US))
    return FALSE;
  gs_printer_desk_forsake (self->desk->printers, self->printer, self->stamp);
  return TRUE;
}

/* Nothing was printed. Another printer takes the stamp when its own one refused it; else printing
 * begins on the officer's key alone: what was interrupted is given back, and the sheet can be
 * opened again while the window lasts. */
static void
begin_again (GsStampIssue *self)
{
  if (self->passing && !self->stop_wanted && gs_stamp_issue_pass_on (self, self->refusal.trouble))
    {
      self->recovering = FALSE;
      gs_stamp_issue_set_state (self, GS_ISSUE_PRINTING);
      gs_stamp_issue_ask_printer (self);
      return;
    }
  release_granted (self);
}

static void
decide (GsStampIssue *self)
{
  self->evidence.step = self->step;
  switch (gs_stamp_journal_recover (&self->evidence))
    {
    case GS_STAMP_ACTION_ASK_HALL:
      {
        g_autoptr (GsHallStampRequest) request = gs_stamp_desk_make_request (self->desk, self);

        gs_hall_post_stamp_claim_async (self->desk->hall, request, self->desk->cancellable,
                                        on_claim_answer, g_object_ref (self));
        return;
      }
    case GS_STAMP_ACTION_START:
    case GS_STAMP_ACTION_RETRY:
      begin_again (self);
      return;
    case GS_STAMP_ACTION_RELEASE:
      release_granted (self);
      return;
    case GS_STAMP_ACTION_REFUSE:
      commit_refusal (self);
      return;
    case GS_STAMP_ACTION_ASK_PRINTER:
      if (leave_printer (self))
        begin_again (self);
      else
        ask_printer (self);
      return;
    case GS_STAMP_ACTION_CANCEL_JOBS:
      cancel_jobs (self);
      return;
    case GS_STAMP_ACTION_INSPECT:
      if (wait_for_end (self))
        return;
      gs_stamp_issue_commit (self, gs_stamp_issue_new_commit (self, GS_STAMP_STEP_INSPECT),
                             after_question);
      return;
    case GS_STAMP_ACTION_PRINTED:
      gs_stamp_issue_commit (self, gs_stamp_issue_new_commit (self, GS_STAMP_STEP_PRINTED),
                             after_question);
      return;
    case GS_STAMP_ACTION_ASK_OFFICER:
      after_question (self);
      return;
    case GS_STAMP_ACTION_REPORT:
    case GS_STAMP_ACTION_NONE:
      self->recovering = FALSE;
      gs_stamp_issue_set_state (self, ended_state (self->step));
      gs_stamp_desk_changed (self->desk);
      return;
    }
}

void
gs_stamp_issue_recover (GsStampIssue *self)
{
  if (self->recovering)
    return;
  self->recovering = TRUE;
  self->evidence = (GsStampEvidence){ .step = self->step,
                                      .claim = GS_STAMP_CLAIM_NOT_ASKED,
                                      .job = GS_STAMP_JOB_UNREACHABLE,
                                      .cancel = GS_STAMP_CANCEL_NOT_TRIED,
                                      .counter = GS_STAMP_COUNTER_UNKNOWN };
  /* The shared claim was granted for another serial: asking for it with this one is no replay. The
   * replacement is given back, and a new sheet asks the hall. */
  if (gs_stamp_issue_shares_claim (self))
    self->evidence.claim = GS_STAMP_CLAIM_EXPIRED;
  self->active_since_us = 0;
  self->recover_since_us = g_get_monotonic_time ();
  self->reached_us = g_get_monotonic_time ();
  gs_stamp_issue_set_state (self, GS_ISSUE_RECOVERING);
  proceed (self);
}
