/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-private.h"

#include <string.h>

#include "gs-stamp-render.h"
#include "gs-time.h"
#include "gs-uuid.h"

#define TELL_AGAIN_MS 2000

enum
{
  SIGNAL_CHANGED = 1,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsStampDesk, gs_stamp_desk, G_TYPE_OBJECT)

static void
gs_stamp_desk_dispose (GObject *object)
{
  GsStampDesk *self = GS_STAMP_DESK (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  g_clear_handle_id (&self->review_source, g_source_remove);
  for (guint i = 0; self->issues != NULL && i < self->issues->len; i++)
    {
      GsStampIssue *issue = g_ptr_array_index (self->issues, i);

      g_clear_handle_id (&issue->retry_source, g_source_remove);
      g_clear_handle_id (&issue->silent_source, g_source_remove);
      if (issue->job_handler != 0)
        g_clear_signal_handler (&issue->job_handler, issue->printer);
      g_clear_weak_pointer (&issue->desk);
    }
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  g_clear_object (&self->render_worker);
  g_clear_object (&self->hall);
  g_clear_object (&self->store);
  g_clear_object (&self->printers);
  g_clear_object (&self->book);
  g_clear_object (&self->clock);
  g_clear_object (&self->stamps);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  if (self->packs != NULL)
    gs_pack_desk_stop (self->packs);
  g_clear_object (&self->packs);
  g_clear_object (&self->sealer);
  g_clear_pointer (&self->time_zone, g_time_zone_unref);
  G_OBJECT_CLASS (gs_stamp_desk_parent_class)->dispose (object);
}

static void
gs_stamp_desk_class_init (GsStampDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_stamp_desk_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_stamp_desk_init (GsStampDesk *self)
{
  self->issues = g_ptr_array_new_with_free_func (g_object_unref);
  self->outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_claim_outcome_row_free);
  self->cancellable = g_cancellable_new ();
  self->time_zone = g_time_zone_new_utc ();
  self->render_worker = gs_worker_new ("stamp-render");
}

void
gs_stamp_desk_changed (GsStampDesk *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

const char *
gs_stamp_desk_get_officer (GsStampDesk *self)
{
  return self->session != NULL ? gs_session_get_officer_id (self->session) : NULL;
}

const GsStampDevice *
gs_stamp_desk_get_stamp (GsStampDesk *self)
{
  const char *officer = gs_stamp_desk_get_officer (self);

  return self->stamps != NULL && officer != NULL
           ? gs_stamp_register_get_held (self->stamps, officer)
           : NULL;
}

GsStampStanding
gs_stamp_desk_get_standing (GsStampDesk *self)
{
  if (self->stamps == NULL || !gs_stamp_register_is_read (self->stamps))
    return GS_STAMP_STANDING_UNKNOWN;
  return gs_stamp_device_judge (gs_stamp_desk_get_stamp (self), gs_stamp_desk_get_officer (self),
                                self->config->desk_id, &self->config->stamps,
                                gs_stamp_register_now_utc_ms (self->stamps));
}

void
gs_stamp_desk_judge_window (GsStampDesk *self, GsCase *item, GsWindowVerdict *verdict)
{
  gs_stamp_window_judge (
    gs_case_get_crossing (item), &self->config->window, gs_clock_now_utc_ms (self->clock),
    gs_clock_error_ms (self->clock), gs_clock_is_known (self->clock),
    self->is_live (self->user_data) && !gs_case_get_unconfirmed (item), verdict);
}

/* --- the packs -------------------------------------------------------------------------------- */

/* The size that the printers are asked about: every pack of a desk has its stamps of one size. */
static void
tell_media (GsStampDesk *self)
{
  g_autofree char *today = gs_pack_desk_dup_today (self->packs);
  GsStampPack *pack = gs_pack_desk_get_pack (self->packs, today, NULL);

  if (pack != NULL)
    gs_printer_desk_set_media (
      self->printers,
      (GsPrintMedia){ gs_stamp_pack_get_width_hmm (pack), gs_stamp_pack_get_height_hmm (pack) },
      GS_STAMP_DPI);
}

/* What nobody has begun to print is drawn again, perhaps with another pack. */
static void
on_packs_changed (GsStampDesk *self)
{
  tell_media (self);
  for (guint i = 0; i < self->issues->len; i++)
    {
      GsStampIssue *issue = g_ptr_array_index (self->issues, i);

      if (issue->state == GS_ISSUE_SHEET && !issue->begun)
        gs_stamp_issue_review_pack (issue);
      gs_stamp_desk_preview (self, issue);
    }
  gs_stamp_desk_changed (self);
}

GsPackDesk *
gs_stamp_desk_get_packs (GsStampDesk *self)
{
  g_return_val_if_fail (GS_IS_STAMP_DESK (self), NULL);
  return self->packs;
}

/* Time closes windows as events do. */
static gboolean
on_review (gpointer data)
{
  GsStampDesk *self = data;
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->issues->len; i++)
    g_ptr_array_add (sheets, g_object_ref (g_ptr_array_index (self->issues, i)));
  for (guint i = 0; i < sheets->len; i++)
    gs_stamp_issue_review (g_ptr_array_index (sheets, i));
  return G_SOURCE_CONTINUE;
}

static void
on_case_changed (GsCaseBook *book, GsCase *item, GsStampDesk *self)
{
  for (guint i = 0; i < self->issues->len; i++)
    {
      g_autoptr (GsStampIssue) issue = g_object_ref (g_ptr_array_index (self->issues, i));

      if (issue->item == item)
        gs_stamp_issue_review (issue);
    }
}

GsStampDesk *
gs_stamp_desk_new (const GsConfig *config,
                   GsHall *hall,
                   GsStore *store,
                   GsPrinterDesk *printers,
                   GsCaseBook *book,
                   GsClock *clock,
                   GsLiveFunc is_live,
                   gpointer user_data)
{
  GsStampDesk *self = g_object_new (GS_TYPE_STAMP_DESK, NULL);
  g_autoptr (GError) error = NULL;

  self->config = config;
  self->hall = g_object_ref (hall);
  self->store = g_object_ref (store);
  self->printers = g_object_ref (printers);
  self->book = g_object_ref (book);
  self->clock = g_object_ref (clock);
  self->is_live = is_live;
  self->user_data = user_data;
  if (!gs_stamp_desk_open_sealer (self, &error))
    g_warning ("The desk cannot seal its stamps: %s", error->message);

  g_signal_connect_object (book, "case-changed", G_CALLBACK (on_case_changed), self, 0);
  self->packs = gs_pack_desk_new (config, store, clock);
  g_signal_connect_object (self->packs, "changed", G_CALLBACK (on_packs_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/* Another code stands on what is shown; a stamp that is lost prints no more. */
static void
on_register_changed (GsStampDesk *self)
{
  for (guint i = 0; i < self->issues->len; i++)
    {
      GsStampIssue *issue = g_ptr_array_index (self->issues, i);

      if (issue->state != GS_ISSUE_SHEET)
        continue;
      gs_stamp_desk_preview (self, issue);
      gs_stamp_issue_changed (issue);
    }
}

void
gs_stamp_desk_set_register (GsStampDesk *self, GsStampRegister *stamps)
{
  g_return_if_fail (GS_IS_STAMP_DESK (self));

  g_set_object (&self->stamps, stamps);
  g_signal_connect_object (stamps, "changed", G_CALLBACK (on_register_changed), self,
                           G_CONNECT_SWAPPED);
}

void
gs_stamp_desk_set_session (GsStampDesk *self, GsSession *session)
{
  g_return_if_fail (GS_IS_STAMP_DESK (self));

  if (!g_set_object (&self->session, session))
    return;
  for (guint i = 0; i < self->issues->len; i++)
    if (session == NULL)
      gs_stamp_issue_leave (g_ptr_array_index (self->issues, i));
    else
      gs_stamp_issue_changed (g_ptr_array_index (self->issues, i));
}

void
gs_stamp_desk_set_time_zone (GsStampDesk *self, GTimeZone *zone)
{
  g_return_if_fail (GS_IS_STAMP_DESK (self));

  g_time_zone_unref (self->time_zone);
  self->time_zone = g_time_zone_ref (zone);
  gs_pack_desk_set_time_zone (self->packs, zone);
}

void
gs_stamp_desk_set_closing_events (GsStampDesk *self, gboolean told)
{
  g_return_if_fail (GS_IS_STAMP_DESK (self));
  self->closing_events_told = told;
}

/* --- sheets ----------------------------------------------------------------------------------- */

static gpointer
peek_serial (GsDatabase *db, gpointer data, GError **error)
{
  gint64 next;

  if (!gs_serial_counter_peek (db, data, &next, error))
    return NULL;
  return gs_stamp_serial_format (data, next);
}

static void
on_serial_peeked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampIssue) issue = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *serial = gs_store_query_finish (GS_STORE (source), result, &error);

  if (issue->desk == NULL)
    return;
  if (serial == NULL)
    g_warning ("The next serial cannot be read: %s", error->message);
  else if (issue->serial == NULL)
    gs_stamp_issue_render (issue, serial);
}

/* The sheet shows the stamp with the serial that will be taken next. */
void
gs_stamp_desk_preview (GsStampDesk *self, GsStampIssue *issue)
{
  if (self->config->serial_prefix == NULL || !gs_pack_desk_is_loaded (self->packs))
    return;
  if (issue->serial != NULL)
    {
      gs_stamp_issue_render (issue, issue->serial);
      return;
    }
  gs_store_query_async (self->store, peek_serial, g_strdup (self->config->serial_prefix), g_free,
                        g_free, self->cancellable, on_serial_peeked, g_object_ref (issue));
}

static gboolean
is_over (GsStampIssue *issue)
{
  return issue->state == GS_ISSUE_DONE || issue->state == GS_ISSUE_REFUSED
         || issue->state == GS_ISSUE_FAILED || issue->state == GS_ISSUE_VOID;
}

/* Sheets that were left before the print key, and issues that are over, are forgotten here. */
static void
sweep (GsStampDesk *self)
{
  for (guint i = self->issues->len; i > 0; i--)
    {
      GsStampIssue *issue = g_ptr_array_index (self->issues, i - 1);

      if (is_over (issue) || (issue->state == GS_ISSUE_SHEET && issue->replaces == NULL))
        g_ptr_array_remove_index (self->issues, i - 1);
    }
}

GsStampIssue *
gs_stamp_desk_open (GsStampDesk *self, GsCase *item)
{
  GsStampIssue *issue;

  g_return_val_if_fail (GS_IS_STAMP_DESK (self), NULL);

  sweep (self);
  for (guint i = 0; i < self->issues->len; i++)
    {
      issue = g_ptr_array_index (self->issues, i);
      if (issue->item == item)
        {
          gs_stamp_desk_preview (self, issue);
          return g_object_ref (issue);
        }
    }
  issue = gs_stamp_issue_new (self, item);
  g_ptr_array_add (self->issues, g_object_ref (issue));
  gs_case_set_stamp_wanted (item, TRUE);
  gs_printer_desk_poll_now (self->printers);
  gs_stamp_desk_preview (self, issue);
  gs_stamp_issue_look_back (issue);
  if (self->review_source == 0)
    self->review_source = g_timeout_add_seconds (1, on_review, self);
  gs_stamp_desk_changed (self);
  return issue;
}

GPtrArray *
gs_stamp_desk_dup_questions (GsStampDesk *self)
{
  GPtrArray *questions = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (GS_IS_STAMP_DESK (self), questions);

  for (guint i = 0; i < self->issues->len; i++)
    {
      GsStampIssue *issue = g_ptr_array_index (self->issues, i);

      if (issue->state == GS_ISSUE_QUESTION)
        g_ptr_array_add (questions, g_object_ref (issue));
    }
  return questions;
}

/* --- the hall's claims ------------------------------------------------------------------------ */

GsHallStampRequest *
gs_stamp_desk_make_request (GsStampDesk *self, GsStampIssue *issue)
{
  GsHallStampRequest *request = gs_hall_stamp_request_new ();

  request->crossing = g_strdup (gs_case_get_id (issue->item));
  request->stamp = g_strdup (issue->claim_stamp);
  request->serial = g_strdup (issue->serial);
  request->desk = g_strdup (self->config->desk_id);
  /* Asked again with the same key the body must be the same, whoever is signed in by then. */
  request->officer = g_strdup (issue->asker);
  /* The same for the printer: another one may have taken the stamp since. */
  request->printer =
    g_strdup (issue->claim_printer != NULL ? issue->claim_printer : self->config->printer_uri);
  return request;
}

GsClaimOutcomeRow *
gs_stamp_desk_make_outcome (GsStampDesk *self, GsStampIssue *issue, const char *outcome)
{
  GsClaimOutcomeRow *row = gs_claim_outcome_row_new ();
  gint64 now_utc_ms = gs_clock_now_utc_ms (self->clock);

  row->key = gs_uuid_new ();
  row->crossing = g_strdup (gs_case_get_id (issue->item));
  row->hall_claim = g_strdup (issue->hall_claim);
  row->stamp = g_strdup (issue->stamp);
  row->outcome = g_strdup (outcome);
  row->serial = g_strdup (issue->serial);
  row->replaces = g_strdup (issue->replaces);
  row->at_utc_ms = now_utc_ms != GS_TIME_UNKNOWN ? now_utc_ms : g_get_real_time () / 1000;
  row->state = GS_CLAIM_OUTCOME_PENDING;
  return row;
}

typedef struct
{
  char *key;
  char *stamp;
  char *officer;
  char *crossing;
  GsClaimOutcomeState state;
  gint64 at_utc_ms;
  gboolean ends; /* the journal ends with REPORTED */
} Settle;

static void
settle_free (gpointer data)
{
  Settle *settle = data;

  g_free (settle->key);
  g_free (settle->stamp);
  g_free (settle->officer);
  g_free (settle->crossing);
  g_free (settle);
}

static gpointer
settle_in_store (GsDatabase *db, gpointer data, GError **error)
{
  Settle *settle = data;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GsJournalRow) row = NULL;
  const GsJournalRow *last;

  if (!gs_claim_outcome_table_settle (db, settle->key, settle->state, 0, error))
    return NULL;
  if (!settle->ends)
    return NULL;
  steps = gs_journal_table_of_stamp (db, settle->stamp, error);
  if (steps == NULL || steps->len == 0)
    return NULL;
  last = g_ptr_array_index (steps, steps->len - 1);
  if (last->final)
    return NULL;
  row = gs_journal_row_new ();
  row->stamp = g_strdup (settle->stamp);
  row->step = g_strdup (gs_stamp_step_to_string (GS_STAMP_STEP_REPORTED));
  row->at_utc_ms = settle->at_utc_ms;
  row->crossing = g_strdup (settle->crossing);
  row->detail = g_strdup (last->detail);
  row->final = TRUE;
  gs_journal_table_append (db, row, last->step, NULL, error);
  return NULL;
}

static void tell_next (GsStampDesk *self);

static gboolean
on_tell (gpointer data)
{
  GsStampDesk *self = data;

  self->tell_source = 0;
  tell_next (self);
  return G_SOURCE_REMOVE;
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampDesk) self = user_data;
  g_autoptr (GError) error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  self->telling = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    {
      /* The hall has it; telling it once more under the same claim does no harm. */
      g_warning ("A told outcome cannot be noted: %s", error->message);
      self->tell_source = g_timeout_add (TELL_AGAIN_MS, on_tell, self);
      return;
    }
  if (self->outcomes->len > 0)
    g_ptr_array_remove_index (self->outcomes, 0);
  gs_stamp_desk_changed (self);
  tell_next (self);
}

static void
note_told (GsStampDesk *self, const GsClaimOutcomeRow *row, GsClaimOutcomeState state)
{
  Settle *settle = g_new0 (Settle, 1);
  GsRecordEntry entry = { .kind = "stamp.outcome-told",
                          .at_utc_ms = g_get_real_time () / 1000,
                          .subject = row->stamp,
                          .detail = state == GS_CLAIM_OUTCOME_SENT ? "taken" : "rejected" };

  settle->key = g_strdup (row->key);
  settle->stamp = g_strdup (row->stamp);
  settle->crossing = g_strdup (row->crossing);
  settle->state = state;
  settle->at_utc_ms = entry.at_utc_ms;
  settle->ends = !g_str_equal (row->outcome, "in-doubt");
  gs_store_transact_async (self->store, &entry, settle_in_store, settle, settle_free, NULL,
                           self->cancellable, on_settled, g_object_ref (self));
}

/* The hall has read the outcome and does not want it. A handshake that breaks, a certificate that
 * has ended or an answer that is none says nothing of it: the hall is told again. */
static gboolean
is_rejected (const GError *error)
{
  return error->domain == GS_HALL_ERROR && !gs_hall_error_is_transient (error)
         && error->code != GS_HALL_ERROR_UNTRUSTED && error->code != GS_HALL_ERROR_REFUSED
         && error->code != GS_HALL_ERROR_CREDENTIALS && error->code != GS_HALL_ERROR_PROTOCOL;
}

static void
on_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStampDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean taken = gs_hall_put_claim_outcome_finish (GS_HALL (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->outcomes->len == 0)
    {
      self->telling = FALSE;
      return;
    }
  if (taken || is_rejected (error))
    {
      if (!taken)
        g_warning ("The hall rejects an outcome of a claim: %s", error->message);
      note_told (self, g_ptr_array_index (self->outcomes, 0),
                 taken ? GS_CLAIM_OUTCOME_SENT : GS_CLAIM_OUTCOME_REJECTED);
      return;
    }
  self->telling = FALSE;
  self->tell_source = g_timeout_add (TELL_AGAIN_MS, on_tell, self);
}

static GsHallClaimOutcome
outcome_of (const char *word)
{
  if (g_str_equal (word, "issued"))
    return GS_HALL_CLAIM_ISSUED;
  if (g_str_equal (word, "void"))
    return GS_HALL_CLAIM_VOID;
  return g_str_equal (word, "released") ? GS_HALL_CLAIM_RELEASED : GS_HALL_CLAIM_IN_DOUBT;
}

/* One at a time and in order: the hall must hear of a void before its replacement. */
static void
tell_next (GsStampDesk *self)
{
  const GsClaimOutcomeRow *row;
  g_autoptr (GsHallClaimReport) report = NULL;

  if (self->telling || self->outcomes->len == 0 || self->tell_source != 0)
    return;
  row = g_ptr_array_index (self->outcomes, 0);
  self->telling = TRUE;
  report = gs_hall_claim_report_new ();
  report->crossing = g_strdup (row->crossing);
  report->claim = g_strdup (row->hall_claim);
  report->outcome = outcome_of (row->outcome);
  report->serial = g_strdup (row->serial);
  report->replaces = g_strdup (row->replaces);
  report->at_utc_ms = row->at_utc_ms;
  gs_hall_put_claim_outcome_async (self->hall, report, self->cancellable, on_told,
                                   g_object_ref (self));
}

void
gs_stamp_desk_add_outcome (GsStampDesk *self, GsClaimOutcomeRow *row)
{
  g_ptr_array_add (self->outcomes, row);
  gs_stamp_desk_changed (self);
  tell_next (self);
}

guint
gs_stamp_desk_get_untold (GsStampDesk *self)
{
  g_return_val_if_fail (GS_IS_STAMP_DESK (self), 0);
  return self->outcomes->len;
}

/* --- after a crash ---------------------------------------------------------------------------- */

/* "claim=…;job=7;counter=12;serial=UTO-D3 000001": what the steps carry for recovery. */
static char *
dup_detail (const char *detail, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (detail != NULL ? detail : "", ";", -1);
  gsize length = strlen (name);

  for (char **part = parts; *part != NULL; part++)
    if (g_str_has_prefix (*part, name) && (*part)[length] == '=')
      return g_strdup (*part + length + 1);
  return NULL;
}

static void
take_step (GsStampIssue *issue, const GsJournalRow *row)
{
  g_autofree char *serial = dup_detail (row->detail, "serial");
  g_autofree char *claim = dup_detail (row->detail, "claim");
  g_autofree char *job = dup_detail (row->detail, "job");
  g_autofree char *counter = dup_detail (row->detail, "counter");
  g_autofree char *replaces = dup_detail (row->detail, "replaces");
  g_autofree char *printer = dup_detail (row->detail, "printer");
  g_autofree char *code = dup_detail (row->detail, "code");
  GsStampStep step;

  if (!gs_stamp_step_from_string (row->step, &step))
    return;
  issue->step = step;
  issue->step_utc_ms[step] = row->at_utc_ms;
  if (step == GS_STAMP_STEP_REQUESTED)
    {
      g_free (issue->asker);
      issue->asker = g_strdup (row->officer);
      g_free (issue->claim_printer);
      issue->claim_printer = g_strdup (printer);
    }
  if (printer != NULL)
    {
      g_free (issue->printer_uri);
      issue->printer_uri = g_steal_pointer (&printer);
    }
  if (serial != NULL)
    {
      g_free (issue->serial);
      issue->serial = g_steal_pointer (&serial);
    }
  if (claim != NULL)
    {
      g_free (issue->claim_stamp);
      issue->claim_stamp = g_steal_pointer (&claim);
    }
  if (code != NULL)
    {
      g_free (issue->code);
      issue->code = g_steal_pointer (&code);
    }
  if (replaces != NULL)
    {
      g_free (issue->replaces);
      issue->replaces = g_steal_pointer (&replaces);
    }
  if (job != NULL)
    issue->job_id = (int) g_ascii_strtoll (job, NULL, 10);
  if (counter != NULL)
    issue->counter_before = g_ascii_strtoll (counter, NULL, 10);
}

static GsStampIssue *
find_stamp (GsStampDesk *self, const char *stamp)
{
  for (guint i = 0; i < self->issues->len; i++)
    {
      GsStampIssue *issue = g_ptr_array_index (self->issues, i);

      if (g_strcmp0 (issue->stamp, stamp) == 0)
        return issue;
    }
  return NULL;
}

static GsStampIssue *
revive (GsStampDesk *self, const GsJournalRow *row)
{
  GsCase *item = gs_case_book_find (self->book, row->crossing);
  GsStampIssue *issue;

  if (item == NULL)
    item = gs_case_book_take_crossing (self->book, gs_crossing_new (row->crossing));
  issue = gs_stamp_issue_new (self, item);
  g_free (issue->stamp);
  issue->stamp = g_strdup (row->stamp);
  issue->at_start = TRUE;
  issue->begun = TRUE;
  issue->state = GS_ISSUE_RECOVERING;
  g_ptr_array_add (self->issues, issue);
  return issue;
}

static void
take_claims (GsStampDesk *self, GPtrArray *claims)
{
  for (guint i = 0; i < claims->len; i++)
    {
      const GsClaimRow *row = g_ptr_array_index (claims, i);

      for (guint j = 0; j < self->issues->len; j++)
        {
          GsStampIssue *issue = g_ptr_array_index (self->issues, j);

          if (g_strcmp0 (issue->claim_stamp, row->stamp) != 0)
            continue;
          issue->hall_claim = g_strdup (row->hall_claim);
          /* Before printers stood in the journal. */
          if (issue->printer_uri == NULL)
            issue->printer_uri = g_strdup (row->printer);
          if (row->start_before_utc_ms != 0)
            issue->start_before_utc_ms = row->start_before_utc_ms;
        }
    }
}

void
gs_stamp_desk_recover (GsStampDesk *self,
                       GPtrArray *claims,
                       GPtrArray *journal,
                       GPtrArray *outcomes)
{
  g_return_if_fail (GS_IS_STAMP_DESK (self));

  for (guint i = 0; i < outcomes->len; i++)
    {
      const GsClaimOutcomeRow *row = g_ptr_array_index (outcomes, i);
      GsClaimOutcomeRow *copy = gs_claim_outcome_row_new ();

      copy->key = g_strdup (row->key);
      copy->crossing = g_strdup (row->crossing);
      copy->hall_claim = g_strdup (row->hall_claim);
      copy->stamp = g_strdup (row->stamp);
      copy->outcome = g_strdup (row->outcome);
      copy->serial = g_strdup (row->serial);
      copy->replaces = g_strdup (row->replaces);
      copy->at_utc_ms = row->at_utc_ms;
      g_ptr_array_add (self->outcomes, copy);
    }
  for (guint i = 0; i < journal->len; i++)
    {
      const GsJournalRow *row = g_ptr_array_index (journal, i);
      GsStampIssue *issue = find_stamp (self, row->stamp);

      take_step (issue != NULL ? issue : revive (self, row), row);
    }
  take_claims (self, claims);
  for (guint i = 0; i < self->issues->len; i++)
    {
      GsStampIssue *issue = g_ptr_array_index (self->issues, i);

      gs_stamp_desk_preview (self, issue);
      gs_stamp_issue_resume_printer (issue);
      gs_stamp_issue_recover (issue);
    }
  tell_next (self);
}
