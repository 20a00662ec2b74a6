/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-private.h"

#include "gs-approval.h"
#include "gs-hall-error.h"
#include "gs-stamp-render.h"
#include "gs-time.h"
#include "gs-uuid.h"

enum
{
  SIGNAL_CHANGED = 1,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsStampIssue, gs_stamp_issue, G_TYPE_OBJECT)

static void
gs_stamp_issue_dispose (GObject *object)
{
  GsStampIssue *self = GS_STAMP_ISSUE (object);

  g_clear_handle_id (&self->retry_source, g_source_remove);
  if (self->printer != NULL && self->job_handler != 0)
    g_clear_signal_handler (&self->job_handler, self->printer);
  g_clear_object (&self->printer);
  g_clear_weak_pointer (&self->desk);
  g_clear_object (&self->send_cancellable);
  g_clear_object (&self->item);
  g_clear_pointer (&self->bitmap, gs_stamp_bitmap_unref);
  g_clear_pointer (&self->pack, gs_stamp_pack_unref);
  G_OBJECT_CLASS (gs_stamp_issue_parent_class)->dispose (object);
}

static void
gs_stamp_issue_finalize (GObject *object)
{
  GsStampIssue *self = GS_STAMP_ISSUE (object);

  g_free (self->refusal.serial);
  g_free (self->refusal.desk);
  g_free (self->refusal.cause);
  g_free (self->stamp);
  g_free (self->asker);
  g_free (self->claim_stamp);
  g_free (self->hall_claim);
  g_free (self->serial);
  g_free (self->code);
  g_free (self->replaces);
  g_free (self->bitmap_serial);
  g_free (self->seal);
  g_free (self->printer_uri);
  g_free (self->claim_printer);
  g_ptr_array_unref (self->passes);
  g_free (self->bitmap_code);
  G_OBJECT_CLASS (gs_stamp_issue_parent_class)->finalize (object);
}

static void
gs_stamp_issue_class_init (GsStampIssueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_stamp_issue_dispose;
  G_OBJECT_CLASS (klass)->finalize = gs_stamp_issue_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_stamp_issue_init (GsStampIssue *self)
{
  self->state = GS_ISSUE_SHEET;
  self->refusal.refusal = GS_REFUSAL_NONE;
  self->refusal.at_utc_ms = GS_TIME_UNKNOWN;
  self->refusal.trouble = GS_PRINTER_TROUBLE_NONE;
  self->start_before_utc_ms = GS_TIME_UNKNOWN;
  self->void_utc_ms = GS_TIME_UNKNOWN;
  self->window_closes_utc_ms = GS_TIME_UNKNOWN;
  self->counter_before = -1;
  self->passes = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_printer_pass_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->step_utc_ms); i++)
    self->step_utc_ms[i] = GS_TIME_UNKNOWN;
}

GsStampIssue *
gs_stamp_issue_new (GsStampDesk *desk, GsCase *item)
{
  GsStampIssue *self = g_object_new (GS_TYPE_STAMP_ISSUE, NULL);

  g_set_weak_pointer (&self->desk, desk);
  self->item = g_object_ref (item);
  self->stamp = gs_uuid_new ();
  self->claim_stamp = g_strdup (self->stamp);
  return self;
}

void
gs_stamp_issue_changed (GsStampIssue *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
gs_stamp_issue_set_state (GsStampIssue *self, GsIssueState state)
{
  self->state = state;
  if (state == GS_ISSUE_DONE || state == GS_ISSUE_REFUSED)
    gs_case_set_stamp_wanted (self->item, FALSE);
  gs_stamp_issue_changed (self);
  if (self->desk != NULL)
    gs_stamp_desk_changed (self->desk);
}

static GsRefusal
refusal_of (int code)
{
  switch (code)
    {
    case GS_HALL_ERROR_ALREADY_STAMPED:
      return GS_REFUSAL_ALREADY_STAMPED;
    case GS_HALL_ERROR_CLAIMED_ELSEWHERE:
      return GS_REFUSAL_CLAIMED_ELSEWHERE;
    case GS_HALL_ERROR_IN_DOUBT:
      return GS_REFUSAL_IN_DOUBT;
    case GS_HALL_ERROR_OPEN_CASE:
      return GS_REFUSAL_OPEN_CASE;
    case GS_HALL_ERROR_WINDOW_CLOSED:
      return GS_REFUSAL_WINDOW_CLOSED;
    case GS_HALL_ERROR_NOT_ADMITTED:
      return GS_REFUSAL_NOT_ADMITTED;
    case GS_HALL_ERROR_CANCELLED:
      return GS_REFUSAL_CANCELLED;
    case GS_HALL_ERROR_UNREACHABLE:
    case GS_HALL_ERROR_BUSY:
      return GS_REFUSAL_NO_LINK;
    default:
      return GS_REFUSAL_HALL;
    }
}

void
gs_stamp_issue_refuse (GsStampIssue *self, GsRefusal refusal, const GError *error)
{
  const GsHallProblem *problem = error != NULL ? gs_hall_error_get_problem (error) : NULL;

  if (error != NULL && error->domain == GS_HALL_ERROR)
    refusal = refusal_of (error->code);
  self->refusal.refusal = refusal;
  if (problem != NULL)
    {
      g_free (self->refusal.serial);
      g_free (self->refusal.desk);
      g_free (self->refusal.cause);
      self->refusal.serial = g_strdup (problem->serial);
      self->refusal.desk = g_strdup (problem->desk);
      self->refusal.cause = g_strdup (problem->cause);
      self->refusal.at_utc_ms =
        problem->at_utc_ms != GS_TIME_UNKNOWN ? problem->at_utc_ms : problem->since_utc_ms;
    }
}

void
gs_stamp_issue_review (GsStampIssue *self)
{
  GsStampDesk *desk = self->desk;
  const GsCrossing *crossing = gs_case_get_crossing (self->item);
  GsWindowVerdict verdict;

  if (self->state != GS_ISSUE_SHEET || self->begun || self->looking_back)
    return;
  if (self->replaces != NULL)
    {
      gs_stamp_issue_review_replacement (self);
      return;
    }
  gs_stamp_desk_judge_window (desk, self->item, &verdict);
  g_clear_pointer (&self->refusal.serial, g_free);
  g_clear_pointer (&self->refusal.desk, g_free);
  g_clear_pointer (&self->refusal.cause, g_free);
  if (crossing->stamp_serial != NULL)
    {
      self->refusal.refusal = GS_REFUSAL_ALREADY_STAMPED;
      self->refusal.serial = g_strdup (crossing->stamp_serial);
      self->refusal.desk = g_strdup (crossing->stamp_desk);
      self->refusal.at_utc_ms = crossing->stamped_utc_ms;
    }
  else if (verdict.state == GS_WINDOW_CLOSED)
    {
      self->refusal.refusal = GS_REFUSAL_WINDOW_CLOSED;
      self->refusal.cause = g_strdup (gs_close_cause_to_word (verdict.cause));
      self->refusal.at_utc_ms = verdict.closes_utc_ms;
    }
  else
    return;
  gs_stamp_issue_set_state (self, GS_ISSUE_REFUSED);
}

/* --- the picture ------------------------------------------------------------------------------ */

typedef struct
{
  GsStampPack *pack;
  GsStampFields *fields;
  gboolean preview;
} RenderJob;

static void
render_job_free (gpointer data)
{
  RenderJob *job = data;

  gs_stamp_pack_unref (job->pack);
  gs_stamp_fields_free (job->fields);
  g_free (job);
}

static void
render_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  RenderJob *job = data;
  g_autoptr (GError) error = NULL;
  GsStampBitmap *bitmap = gs_stamp_render (job->pack, job->fields, 0, &error);

  if (bitmap != NULL)
    g_task_return_pointer (task, bitmap, (GDestroyNotify) gs_stamp_bitmap_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_no_picture (GsStampIssue *self, const GError *error)
{
  g_warning ("The stamp cannot be drawn: %s", error->message);
  /* Nothing was asked of the printer yet: the claim is given back at once. */
  if (self->state == GS_ISSUE_PRINTING && self->step == GS_STAMP_STEP_CLAIMED)
    gs_stamp_issue_release (self, GS_REFUSAL_PRINTER);
}

static void
on_rendered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *serial = user_data;
  GsStampIssue *self = GS_STAMP_ISSUE (source);
  g_autoptr (GError) error = NULL;
  const RenderJob *job = g_task_get_task_data (G_TASK (result));
  GsStampBitmap *bitmap = g_task_propagate_pointer (G_TASK (result), &error);

  if (bitmap == NULL)
    {
      if (self->desk == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      on_no_picture (self, error);
      return;
    }
  /* Another pack was activated meanwhile, and draws it again. */
  if (job->pack != self->pack)
    {
      gs_stamp_bitmap_unref (bitmap);
      return;
    }
  g_clear_pointer (&self->bitmap, gs_stamp_bitmap_unref);
  self->bitmap = bitmap;
  g_free (self->bitmap_serial);
  self->bitmap_serial = g_steal_pointer (&serial);
  self->bitmap_preview = job->preview;
  g_free (self->bitmap_code);
  self->bitmap_code = g_strdup (job->fields->desk);
  gs_stamp_issue_changed (self);
}

/* The code of the stamp that printed it, or would. */
static const char *
get_code (GsStampIssue *self)
{
  const GsStampDevice *device;

  if (self->code != NULL)
    return self->code;
  device = gs_stamp_desk_get_stamp (self->desk);
  return device != NULL ? device->code : self->desk->config->stamp_code;
}

GsStampFields *
gs_stamp_issue_make_fields (GsStampIssue *self, const char *serial)
{
  GsStampDesk *desk = self->desk;
  const GsCrossing *crossing = gs_case_get_crossing (self->item);
  GsStampFields *fields = gs_stamp_fields_new ();

  fields->direction = crossing->direction != 0 ? crossing->direction : desk->config->direction;
  fields->transport = g_str_equal (desk->config->transport, "sea")    ? GS_STAMP_TRANSPORT_SEA
                      : g_str_equal (desk->config->transport, "land") ? GS_STAMP_TRANSPORT_LAND
                                                                      : GS_STAMP_TRANSPORT_AIR;
  gs_stamp_fields_set_port (fields, desk->config->port_name, desk->config->crossing_point);
  gs_stamp_fields_set_serial (fields, serial);
  gs_stamp_fields_set_desk (fields, get_code (self));
  /* The date of the crossing, not of the printing. */
  gs_stamp_fields_set_crossing_time (fields, crossing->admitted_utc_ms, desk->time_zone);
  return fields;
}

/* The port's day of the crossing, which is what the stamp says. */
static char *
dup_crossing_day (GsStampIssue *self)
{
  g_autoptr (GsStampFields) fields = gs_stamp_issue_make_fields (self, NULL);

  if (fields->year == 0)
    return gs_pack_desk_dup_today (self->desk->packs);
  return g_strdup_printf ("%04d-%02d-%02d", fields->year, fields->month, fields->day);
}

GsStampPack *
gs_stamp_issue_get_pack (GsStampIssue *self, GError **error)
{
  g_autofree char *day = NULL;
  GsStampPack *pack;

  if (self->pack != NULL)
    return self->pack;
  day = dup_crossing_day (self);
  pack = gs_pack_desk_get_pack (self->desk->packs, day, error);
  if (pack != NULL)
    self->pack = gs_stamp_pack_ref (pack);
  return pack;
}

void
gs_stamp_issue_review_pack (GsStampIssue *self)
{
  g_autoptr (GsStampPack) before = g_steal_pointer (&self->pack);

  if (gs_stamp_issue_get_pack (self, NULL) == before)
    return;
  g_clear_pointer (&self->bitmap, gs_stamp_bitmap_unref);
  g_clear_pointer (&self->bitmap_serial, g_free);
}

gboolean
gs_stamp_issue_is_drawn (GsStampIssue *self, const char *serial)
{
  return self->bitmap != NULL && g_strcmp0 (serial, self->bitmap_serial) == 0
         && g_strcmp0 (get_code (self), self->bitmap_code) == 0;
}

void
gs_stamp_issue_draw (GsStampIssue *self,
                     const char *serial,
                     GsStampFields *fields,
                     gboolean preview)
{
  GsStampPack *pack = gs_stamp_issue_get_pack (self, NULL);
  RenderJob *job;
  g_autoptr (GTask) task = NULL;

  if (pack == NULL)
    {
      gs_stamp_fields_free (fields);
      return;
    }
  job = g_new0 (RenderJob, 1);
  job->pack = gs_stamp_pack_ref (pack);
  job->fields = fields;
  job->preview = preview;
  task = g_task_new (self, self->desk->cancellable, on_rendered, g_strdup (serial));
  g_task_set_task_data (task, job, render_job_free);
  gs_worker_push (self->desk->render_worker, task, render_in_worker);
}

void
gs_stamp_issue_render (GsStampIssue *self, const char *serial)
{
  g_autoptr (GError) error = NULL;

  if (serial == NULL || self->sealing
      || (gs_stamp_issue_is_drawn (self, serial)
          && !(self->bitmap_preview && self->state == GS_ISSUE_PRINTING)))
    return;
  if (gs_stamp_issue_get_pack (self, &error) == NULL)
    {
      /* While the packs are being read it waits; nothing else can make one appear. */
      if (!g_error_matches (error, GS_PACK_DESK_ERROR, GS_PACK_DESK_ERROR_LOADING))
        on_no_picture (self, error);
      return;
    }
  gs_stamp_issue_seal_and_draw (self, serial, gs_stamp_issue_make_fields (self, serial));
}

/* --- what the sheet asks ---------------------------------------------------------------------- */

GsCase *
gs_stamp_issue_get_case (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), NULL);
  return self->item;
}

GsIssueState
gs_stamp_issue_get_state (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), GS_ISSUE_FAILED);
  return self->state;
}

const GsRefusalInfo *
gs_stamp_issue_get_refusal (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), NULL);
  return &self->refusal;
}

const char *
gs_stamp_issue_get_serial (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), NULL);
  return self->serial != NULL ? self->serial : self->bitmap_serial;
}

gboolean
gs_stamp_issue_has_serial (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), FALSE);
  return self->serial != NULL;
}

GsClaimFate
gs_stamp_issue_get_claim_fate (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), GS_CLAIM_FATE_NONE);
  if (self->hall_claim == NULL)
    return GS_CLAIM_FATE_NONE;
  if (gs_stamp_issue_shares_claim (self))
    return GS_CLAIM_FATE_KEPT;
  return self->step >= GS_STAMP_STEP_REPORTED ? GS_CLAIM_FATE_RELEASED : GS_CLAIM_FATE_UNSETTLED;
}

gboolean
gs_stamp_issue_is_busy (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), FALSE);
  return self->state == GS_ISSUE_CLAIMING || self->state == GS_ISSUE_PRINTING
         || self->state == GS_ISSUE_QUESTION || self->state == GS_ISSUE_RECOVERING
         || self->state == GS_ISSUE_VOIDING;
}

gboolean
gs_stamp_issue_is_too_late (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), FALSE);
  return (self->state == GS_ISSUE_REFUSED || self->state == GS_ISSUE_FAILED)
         && self->refusal.refusal == GS_REFUSAL_WINDOW_CLOSED;
}

gboolean
gs_stamp_issue_is_void_printed (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), FALSE);
  return self->void_printed;
}

const char *
gs_stamp_issue_get_stamp_id (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), NULL);
  return self->stamp;
}

GsStampBitmap *
gs_stamp_issue_get_bitmap (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), NULL);
  return self->bitmap;
}

GsStampStep
gs_stamp_issue_get_step (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), 0);
  return self->step;
}

gint64
gs_stamp_issue_get_step_utc_ms (GsStampIssue *self, GsStampStep step)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), GS_TIME_UNKNOWN);
  g_return_val_if_fail (step >= 1 && step <= GS_STAMP_STEP_LAST, GS_TIME_UNKNOWN);
  return self->step_utc_ms[step];
}

double
gs_stamp_issue_get_progress (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), 0);
  return self->progress;
}

gint64
gs_stamp_issue_get_elapsed_ms (GsStampIssue *self)
{
  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), 0);
  if (self->begun_monotonic_us == 0 || self->desk == NULL)
    return 0;
  return (gs_clock_monotonic_us (self->desk->clock) - self->begun_monotonic_us) / 1000;
}

/* --- the answer about the page ---------------------------------------------------------------- */

static void
after_answer (GsStampIssue *self)
{
  if (self->step == GS_STAMP_STEP_VOID)
    self->void_utc_ms = self->step_utc_ms[GS_STAMP_STEP_VOID];
  if (self->step == GS_STAMP_STEP_VOID && self->overprint)
    {
      gs_stamp_issue_overprint (self);
      return;
    }
  self->answering = FALSE;
  gs_stamp_issue_set_state (self, self->step == GS_STAMP_STEP_CONFIRMED ? GS_ISSUE_DONE
                                  : self->step == GS_STAMP_STEP_VOID    ? GS_ISSUE_VOID
                                                                        : GS_ISSUE_QUESTION);
}

static void
commit_answer (GsStampIssue *self,
               GsPageAnswer answer,
               const GsStampVerdict *verdict,
               GsSession *second)
{
  GsStampCommit *commit = gs_stamp_issue_new_commit (self, verdict->step);
  const char *other = second != NULL ? gs_session_get_officer_id (second) : NULL;
  g_autofree char *detail =
    g_strdup_printf ("%s;page=%s", commit->row->detail, gs_page_answer_to_word (answer));

  g_free (commit->row->detail);
  commit->row->detail = g_steal_pointer (&detail);
  commit->claim_update->state = verdict->step == GS_STAMP_STEP_CONFIRMED ? GS_CLAIM_DONE
                                : verdict->in_doubt                      ? GS_CLAIM_IN_DOUBT
                                : verdict->new_serial                    ? GS_CLAIM_GRANTED
                                                                         : GS_CLAIM_DONE;
  if (verdict->step == GS_STAMP_STEP_CONFIRMED)
    {
      commit->confirm_serial = g_strdup (self->serial);
      commit->outcome = gs_stamp_desk_make_outcome (self->desk, self, "issued");
    }
  else if (verdict->step == GS_STAMP_STEP_VOID)
    {
      commit->void_serial = g_strdup (self->serial);
      commit->void_cause = g_strdup (gs_page_answer_to_word (answer));
      commit->void_officer = g_strdup (gs_stamp_desk_get_officer (self->desk));
      commit->void_second = g_strdup (other);
      commit->outcome = gs_stamp_desk_make_outcome (self->desk, self, "void");
    }
  else
    commit->outcome = gs_stamp_desk_make_outcome (self->desk, self, "in-doubt");
  gs_stamp_issue_commit (self, commit, after_answer);
}

gboolean
gs_stamp_issue_answer (GsStampIssue *self,
                       GsPageAnswer answer,
                       GsStampPlace place,
                       GsSession *second,
                       GsStampVerdict *verdict)
{
  const GsPrinterStatus *status;
  GsStampCounter counter = GS_STAMP_COUNTER_UNKNOWN;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (GS_IS_STAMP_ISSUE (self), FALSE);

  if (self->state != GS_ISSUE_QUESTION || self->answering || self->desk == NULL
      || self->desk->session == NULL)
    return FALSE;
  if (second != NULL
      && gs_approval_judge (answer == GS_PAGE_ANSWER_ABSENT ? GS_APPROVAL_ABSENT_STAMP
                                                            : GS_APPROVAL_VOID_STAMP,
                            self->desk->session, second)
           != GS_APPROVAL_GRANTED)
    return FALSE;
  status = self->printer != NULL ? gs_printer_monitor_get_status (self->printer) : NULL;
  if (status != NULL && status->reachable)
    counter = gs_stamp_counter_compare (self->counter_before, status->impressions_completed);
  if (!gs_stamp_journal_answer (self->step, answer, place, counter,
                                second != NULL ? GS_STAMP_SECOND_AGREES : GS_STAMP_SECOND_NOT_ASKED,
                                verdict, &error))
    {
      g_warning ("The answer about the page does not fit: %s", error->message);
      return FALSE;
    }
  if (verdict->needs_second && second == NULL)
    return TRUE;
  self->answering = TRUE;
  self->overprint = verdict->overprint;
  commit_answer (self, answer, verdict, second);
  return TRUE;
}
