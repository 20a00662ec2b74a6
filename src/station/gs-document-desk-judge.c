/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-document-desk-private.h"

#include "gs-document-table.h"
#include "gs-time.h"
#include "gs-trust-store.h"

#include <string.h>

/* From a chip that was read to the case that carries the verdict. */

/* --- the trust store -------------------------------------------------------------------------- */

typedef struct
{
  GsTrustState state;
  gint64 newest_utc_ms;
  GsAnchorSet *anchors;
  GPtrArray *lists;
} Trust;

static void
trust_free (gpointer data)
{
  Trust *trust = data;

  gs_anchor_set_unref (trust->anchors);
  g_ptr_array_unref (trust->lists);
  g_free (trust);
}

static gint64
newest_of (GsTrustStore *store)
{
  gint64 newest_utc_ms = GS_TIME_UNKNOWN;

  for (guint i = 0; i < gs_trust_store_get_n_entries (store); i++)
    {
      gint64 imported_utc_ms = gs_trust_store_get_entry (store, i)->imported_utc_ms;

      if (newest_utc_ms == GS_TIME_UNKNOWN || imported_utc_ms > newest_utc_ms)
        newest_utc_ms = imported_utc_ms;
    }
  return newest_utc_ms;
}

static void
load_in_worker (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  Trust *trust = g_new0 (Trust, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsTrustStore) store = path != NULL ? gs_trust_store_open (path, &error) : NULL;

  trust->anchors = gs_anchor_set_new ();
  trust->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_revocation_list_unref);
  trust->state = GS_TRUST_EMPTY;
  trust->newest_utc_ms = GS_TIME_UNKNOWN;
  if (store != NULL)
    {
      GPtrArray *lists = gs_trust_store_get_revocation_lists (store);

      gs_trust_store_add_anchors (store, trust->anchors);
      trust->newest_utc_ms = newest_of (store);
      for (guint i = 0; i < lists->len; i++)
        g_ptr_array_add (trust->lists, gs_revocation_list_ref (g_ptr_array_index (lists, i)));
      if (gs_anchor_set_get_size (trust->anchors) > 0)
        trust->state = GS_TRUST_LOADED;
    }
  else if (error != NULL)
    {
      trust->state = GS_TRUST_DAMAGED;
      g_warning ("The trust store cannot be used: %s", error->message);
    }
  g_task_return_pointer (task, trust, trust_free);
}

static void
on_trust_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GsDocumentDesk *self = GS_DOCUMENT_DESK (source);
  Trust *trust = g_task_propagate_pointer (G_TASK (result), NULL);

  if (trust == NULL)
    return;
  g_clear_pointer (&self->anchors, gs_anchor_set_unref);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  self->trust = trust->state;
  self->trust_utc_ms = trust->newest_utc_ms;
  self->anchors = gs_anchor_set_ref (trust->anchors);
  self->lists = g_ptr_array_ref (trust->lists);
  trust_free (trust);
  gs_document_desk_note_change (self);
  gs_document_desk_judge (self);
}

void
gs_document_desk_reload_trust (GsDocumentDesk *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GS_IS_DOCUMENT_DESK (self));

  task = g_task_new (self, NULL, on_trust_loaded, NULL);
  g_task_set_task_data (task, g_strdup (self->trust_store), g_free);
  gs_worker_push (self->worker, task, load_in_worker);
}

/* --- the record ------------------------------------------------------------------------------- */

/* What was found, beside the entry of the record; NULL: nothing is kept. */
static gpointer
put_document (GsDatabase *db, gpointer row, GError **error)
{
  if (row != NULL)
    gs_document_table_put (db, row, error);
  return NULL;
}

static void
on_recorded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    g_warning ("What was done with a document is not in the record: %s", error->message);
}

static void
describe (GString *detail, GsDeskDocument *document)
{
  const GsChipReading *reading = gs_desk_document_get_reading (document);
  const char *const *codes = gs_desk_document_get_findings (document, NULL);
  g_autofree char *joined = g_strjoinv (",", (char **) codes);

  g_string_append_printf (
    detail, " document=%s result=%s",
    gs_document_headline_to_word (gs_desk_document_get_headline (document)),
    gs_verdict_result_to_word (gs_verdict_get_result (gs_desk_document_get_verdict (document))));
  g_string_append_printf (detail, " chip-authentication=%s active-authentication=%s",
                          gs_verdict_result_to_word (reading->chip_authentication),
                          gs_verdict_result_to_word (reading->active_authentication));
  if (*joined != '\0')
    g_string_append_printf (detail, " codes=%s", joined);
}

/* row: transfer full. */
static void
keep (GsDocumentDesk *self, GsCase *item, GsDeskDocument *document, GsDocumentRow *row)
{
  g_autoptr (GString) detail = g_string_new (NULL);
  GsDocumentDeskState state = self->reading != NULL || document != NULL ? self->end : self->state;
  GsRecordEntry entry = { .kind = "document.read",
                          .at_utc_ms = gs_document_desk_now_utc_ms (self) };

  g_string_printf (detail, "reading=%s", gs_document_desk_state_to_word (state));
  if (document != NULL)
    describe (detail, document);
  entry.officer = self->session != NULL ? gs_session_get_officer_id (self->session) : NULL;
  entry.subject = item != NULL ? gs_case_get_id (item) : NULL;
  entry.detail = detail->str;
  gs_store_transact_async (self->store, &entry, put_document, row,
                           (GDestroyNotify) gs_document_row_free, NULL, NULL, on_recorded, NULL);
}

void
gs_document_desk_record (GsDocumentDesk *self, GsCase *item, GsDeskDocument *document)
{
  keep (self, item, document, NULL);
}

void
gs_document_desk_note_export (
  GsDocumentDesk *self, GsCase *item, const char *check, gboolean file, gboolean personal)
{
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { .kind = "evidence.export" };

  g_return_if_fail (GS_IS_DOCUMENT_DESK (self) && GS_IS_CASE (item) && check != NULL);

  detail = g_strdup_printf ("check=%s to=%s personal=%s", check, file ? "file" : "clipboard",
                            personal ? "yes" : "no");
  entry.at_utc_ms = gs_document_desk_now_utc_ms (self);
  entry.officer = self->session != NULL ? gs_session_get_officer_id (self->session) : NULL;
  entry.subject = gs_case_get_id (item);
  entry.detail = detail;
  gs_store_note_async (self->store, &entry, NULL, on_recorded, NULL);
}

/* --- the case that has the document ----------------------------------------------------------- */

static gboolean
is_decided (GsCase *item)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  GsDeskDocument *document = gs_case_get_document (item);

  return gs_case_get_pending (item) != 0 || gs_case_get_gone (item)
         || crossing->state == GS_CROSSING_STATE_ENDED
         || (crossing->outcome != 0 && document != NULL
             && crossing->outcome_utc_ms >= gs_desk_document_get_read_utc_ms (document));
}

static void
on_holder_changed (GsCase *item, GsDocumentDesk *self)
{
  if (is_decided (item))
    gs_document_desk_forget (self);
}

void
gs_document_desk_forget (GsDocumentDesk *self)
{
  g_autoptr (GsCase) holder = g_steal_pointer (&self->holder);

  if (holder == NULL)
    return;
  g_signal_handlers_disconnect_by_func (holder, on_holder_changed, self);
  gs_case_set_document (holder, NULL);
}

static void
hold (GsDocumentDesk *self, GsCase *item, GsDeskDocument *document)
{
  if (self->holder != item)
    {
      gs_document_desk_forget (self);
      self->holder = g_object_ref (item);
      g_signal_connect_object (item, "changed", G_CALLBACK (on_holder_changed), self, 0);
    }
  gs_case_set_document (item, document);
}

/* Gives the case what was found; the row to be kept of it. Transfer full. */
static GsDocumentRow *
find (GsDocumentDesk *self,
      GsCase *item,
      const char *verdict,
      const char *const *codes,
      gboolean opens,
      GPtrArray *checks)
{
  GsDocumentRow *row = gs_document_row_new ();

  row->crossing = g_strdup (gs_case_get_id (item));
  row->judged_at_utc_ms = gs_document_desk_now_utc_ms (self);
  row->verdict = g_strdup (verdict);
  row->opens = opens;
  row->codes = g_strjoinv (",", (char **) codes);
  for (guint i = 0; i < checks->len; i++)
    g_ptr_array_add (row->checks, gs_check_copy (g_ptr_array_index (checks, i)));
  gs_case_set_findings (item, codes, opens, checks, row->judged_at_utc_ms);
  gs_case_set_headline (item, gs_document_headline_from_word (verdict));
  return row;
}

void
gs_document_desk_restore (GsCaseBook *book, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const GsDocumentRow *row = g_ptr_array_index (rows, i);
      GsCase *item = gs_case_book_find (book, row->crossing);
      g_auto (GStrv) codes = g_strsplit (row->codes, ",", -1);

      /* What was decided is not opened again by what was known then. */
      if (item == NULL)
        continue;
      gs_case_set_findings (item, (const char *const *) codes, row->opens && !row->closed,
                            row->checks, row->judged_at_utc_ms);
      gs_case_set_headline (item, gs_document_headline_from_word (row->verdict));
    }
}

/* An alteration is found on the document whose DG1 was read. A chip that did not open joins a case
 * that is open anyway, but makes none: perhaps it is another passport's. */
static void
hand_over (GsDocumentDesk *self, GsCase *item, GsDeskDocument *document)
{
  g_autoptr (GPtrArray) checks = gs_desk_document_dup_checks (document);
  const GsChipReading *reading = gs_desk_document_get_reading (document);
  gboolean failed = FALSE;
  const char *const *codes = gs_desk_document_get_findings (document, &failed);
  gboolean opens = failed && reading->files[GS_CHIP_FILE_DG1] != NULL;
  GsDeskDocument *before = gs_case_get_document (item);

  /* A reading that broke off is no verdict: it takes nothing from one that came to its end. */
  if (gs_desk_document_get_headline (document) == GS_DOCUMENT_INCOMPLETE && before != NULL
      && gs_desk_document_get_headline (before) != GS_DOCUMENT_INCOMPLETE)
    {
      gs_document_desk_record (self, item, document);
      return;
    }
  keep (self, item, document,
        find (self, item, gs_document_headline_to_word (gs_desk_document_get_headline (document)),
              codes, opens, checks));
  hold (self, item, document);
}

void
gs_document_desk_take_mute (GsDocumentDesk *self)
{
  const char *const codes[] = { "C01", NULL };
  GsCase *item = self->current;
  gboolean whose = item != NULL && self->session != NULL
                   && gs_case_get_read_method (item) != GS_READ_NONE
                   && gs_case_get_document (item) == NULL;

  /* Nothing tells whose it is but that this document was read here before. */
  g_set_object (&self->item, (whose ? item : NULL));
  gs_document_desk_set_state (self, GS_DOCUMENT_DESK_MUTE);
  if (!whose)
    {
      gs_document_desk_record (self, item, NULL);
      return;
    }
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
  g_ptr_array_add (checks, gs_check_new ("chip-opened", GS_CHECK_RESULT_ABORTED, "C01", NULL));
  keep (self, item, NULL, find (self, item, "mute", codes, FALSE, checks));
}

/* --- judging ---------------------------------------------------------------------------------- */

typedef struct
{
  GsChipReading *reading;
  gboolean has_optical;
  GsMrz optical;
  gboolean has_gate;
  GsMrz gate;
  GsAnchorSet *anchors;
  GPtrArray *lists;
  gint64 now_utc_ms;
  GsMrzDate today;
  guint visit;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->reading, gs_chip_reading_free);
  gs_anchor_set_unref (job->anchors);
  g_ptr_array_unref (job->lists);
  explicit_bzero (&job->optical, sizeof job->optical);
  explicit_bzero (&job->gate, sizeof job->gate);
  g_free (job);
}

static void
document_unref (gpointer document)
{
  gs_desk_document_unref (document);
}

static void
judge_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GsDeskDocumentInput input = { .reading = g_steal_pointer (&job->reading),
                                .optical = job->has_optical ? &job->optical : NULL,
                                .gate = job->has_gate ? &job->gate : NULL,
                                .anchors = job->anchors,
                                .revocation_lists = job->lists,
                                .now_utc_ms = job->now_utc_ms,
                                .today = job->today };

  g_task_return_pointer (task, gs_desk_document_new (&input), document_unref);
}

static void
on_judged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GsDocumentDesk *self = GS_DOCUMENT_DESK (source);
  guint visit = ((Job *) g_task_get_task_data (G_TASK (result)))->visit;
  g_autoptr (GsDeskDocument) document = g_task_propagate_pointer (G_TASK (result), NULL);

  if (document == NULL || visit != self->visit || self->session == NULL)
    return;
  if (self->item != NULL)
    hand_over (self, self->item, document);
  else
    gs_document_desk_record (self, NULL, document);
  gs_document_desk_set_state (self, self->end);
  gs_document_desk_follow_reader (self);
}

static void
take_field (char *field, gsize size, const char *value)
{
  g_strlcpy (field, value != NULL ? value : "", size);
}

/* What the gate saw, as far as the hall told it. */
static gboolean
take_gate (GsMrz *gate, GsCase *item)
{
  const GsTraveller *seen = item != NULL ? gs_case_get_gate_traveller (item) : NULL;

  if (seen == NULL)
    return FALSE;
  take_field (gate->issuing_state, sizeof gate->issuing_state, seen->issuing_state);
  take_field (gate->document_number, sizeof gate->document_number, seen->document_number);
  take_field (gate->birth_date_mrz, sizeof gate->birth_date_mrz, seen->birth_date);
  take_field (gate->expiry_date_mrz, sizeof gate->expiry_date_mrz, seen->expiry_date);
  take_field (gate->nationality, sizeof gate->nationality, seen->nationality);
  take_field (gate->primary_identifier, sizeof gate->primary_identifier, seen->primary_identifier);
  take_field (gate->secondary_identifier, sizeof gate->secondary_identifier,
              seen->secondary_identifier);
  gate->sex = seen->sex != NULL ? seen->sex[0] : '\0';
  return TRUE;
}

void
gs_document_desk_judge (GsDocumentDesk *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (self->state != GS_DOCUMENT_DESK_JUDGING || self->reading == NULL || self->found_pending
      || self->trust == GS_TRUST_LOADING)
    return;
  job = g_new0 (Job, 1);
  job->reading = g_steal_pointer (&self->reading);
  job->has_optical = self->optical.type != GS_MRZ_TYPE_NONE;
  job->optical = self->optical;
  job->has_gate = take_gate (&job->gate, self->item);
  job->anchors = gs_anchor_set_ref (self->anchors);
  job->lists = g_ptr_array_ref (self->lists);
  job->now_utc_ms = gs_document_desk_now_utc_ms (self);
  job->today = gs_document_desk_today (self);
  job->visit = self->visit;
  task = g_task_new (self, NULL, on_judged, NULL);
  g_task_set_task_data (task, job, job_free);
  gs_worker_push (self->worker, task, judge_in_worker);
}
