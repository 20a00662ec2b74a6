/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-desk-private.h"

#include "gs-emrtd-error.h"

/* A change of the trust store from the administration page, from the preview to the record, and the
 * watch over what others do to the file. */

/* The command line holds the lock for as long as it takes to write a file. */
#define PATIENCE_MS 2000

/* --- one after the other ---------------------------------------------------------------------- */

/* A change holds the lock over several tasks of the worker: a second one that waited for the lock
 * there would keep the first from its end. */
void
gs_trust_desk_begin_alone (GsTrustDesk *self, GTask *task, GsTrustDeskFunc func)
{
  g_object_set_data (G_OBJECT (task), "alone", (gpointer) func);
  if (self->holder != NULL)
    {
      g_queue_push_tail (&self->waiting, g_object_ref (task));
      return;
    }
  self->holder = g_object_ref (task);
  func (self, task);
}

void
gs_trust_desk_end_alone (GsTrustDesk *self)
{
  g_autoptr (GTask) next = g_queue_pop_head (&self->waiting);
  GsTrustDeskFunc func;

  g_clear_object (&self->holder);
  if (next == NULL)
    return;
  func = (GsTrustDeskFunc) g_object_get_data (G_OBJECT (next), "alone");
  gs_trust_desk_begin_alone (self, next, func);
}

void
gs_trust_desk_drop_waiting (GsTrustDesk *self)
{
  GTask *task;

  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The trust desk has stopped");
      g_object_unref (task);
    }
}

/* --- changing --------------------------------------------------------------------------------- */

static void
end_change (GsTrustDesk *self, GTask *change, GsTrustDeskError code, const GError *error)
{
  GsTrustJob *job = g_task_get_task_data (change);

  /* The lock goes before anybody hears of it. */
  g_clear_pointer (&job->change, gs_trust_change_free);
  if (error != NULL)
    gs_trust_desk_fail (change, code, error->message);
  else
    {
      self->standing = GS_TRUST_STANDING_RECORDED;
      gs_trust_desk_take_listing (self, job->listing);
      gs_trust_desk_emit_stored (self);
      g_task_return_boolean (change, TRUE);
    }
  gs_trust_desk_end_alone (self);
}

/* In the store's worker and transaction, as the last step before the commit. */
static gpointer
put_in_place (GsDatabase *db, gpointer data, GError **error)
{
  GTask *change = data;
  GsTrustJob *job = g_task_get_task_data (change);
  const char *kind = job->preview != NULL ? "trust.import" : "trust.remove";

  if (!gs_trust_change_log (job->change, kind, job->now_utc_ms, job->officer, job->subject,
                            job->detail, error)
      || !gs_trust_change_put_in_place (job->change, error))
    return NULL;
  return job;
}

/* After a transaction that failed: what was done to the file is undone. */
static void
undo_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GsTrustJob *job = g_task_get_task_data (data);
  g_autoptr (GError) error = NULL;

  if (gs_trust_change_is_logged (job->change)
      && !gs_trust_change_undo (job->change, job->now_utc_ms, &error))
    g_warning ("The trust store keeps a change that is not in the record yet: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) change = user_data;
  GError *error = g_object_get_data (G_OBJECT (change), "error");

  end_change (GS_TRUST_DESK (source), change,
              error->domain == GS_EMRTD_ERROR ? GS_TRUST_DESK_ERROR_NOT_SAVED
                                              : GS_TRUST_DESK_ERROR_NOT_RECORDED,
              error);
}

static void
on_recorded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) change = user_data;
  GsTrustDesk *self = g_task_get_source_object (change);
  GsTrustJob *job = g_task_get_task_data (change);
  g_autoptr (GTask) undo = NULL;
  GError *error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (error == NULL)
    {
      g_free (self->digest);
      self->digest = g_strdup (gs_trust_change_get_after (job->change));
      end_change (self, change, 0, NULL);
      return;
    }
  g_object_set_data_full (G_OBJECT (change), "error", error, (GDestroyNotify) g_error_free);
  undo = g_task_new (self, NULL, on_undone, g_object_ref (change));
  g_task_set_task_data (undo, g_object_ref (change), g_object_unref);
  gs_trust_desk_push (self, undo, undo_in_worker);
}

/* Entries name files and certificates by their SHA-256. */
static char *
dup_subject (const GsTrustJob *job)
{
  g_autoptr (GChecksum) all = NULL;
  GPtrArray *files;

  if (job->preview == NULL)
    return g_strdup (job->text);
  files = gs_trust_preview_get_files (job->preview);
  if (files->len == 1)
    return g_strdup (((GsTrustFile *) files->pdata[0])->sha256);
  all = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint i = 0; i < files->len; i++)
    {
      const GsTrustFile *file = files->pdata[i];
      const char *digest = file->sha256 != NULL ? file->sha256 : "unreadable";

      g_checksum_update (all, (const guchar *) digest, -1);
    }
  return g_strdup (g_checksum_get_string (all));
}

static GsTrustDeskError
judge_error (const GError *error, GsTrustDeskError otherwise)
{
  if (g_error_matches (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_BUSY))
    return GS_TRUST_DESK_ERROR_BUSY;
  return error->domain == GS_TRUST_DESK_ERROR ? (GsTrustDeskError) error->code : otherwise;
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) change = user_data;
  GsTrustDesk *self = GS_TRUST_DESK (source);
  GsTrustJob *job = g_task_get_task_data (change);
  g_autofree char *detail = NULL;
  g_autoptr (GError) error = NULL;
  GsRecordEntry entry = { 0 };

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      end_change (self, change, judge_error (error, GS_TRUST_DESK_ERROR_NOT_SAVED), error);
      return;
    }
  job->subject = dup_subject (job);
  job->detail = job->preview != NULL
                  ? gs_trust_preview_describe (job->preview)
                  : g_strdup_printf ("reason=%s", gs_trust_removal_to_word (job->removal));
  detail = gs_trust_record_describe (job->detail, gs_trust_change_get_id (job->change),
                                     gs_trust_change_get_after (job->change));
  entry.kind = job->preview != NULL ? "trust.import" : "trust.remove";
  entry.at_utc_ms = job->now_utc_ms;
  entry.officer = job->officer;
  entry.subject = job->subject;
  entry.detail = detail;
  gs_store_transact_async (self->store, &entry, put_in_place, g_object_ref (change), g_object_unref,
                           NULL, NULL, on_recorded, g_object_ref (change));
}

/* Makes the new file beside the old one, where it fails when the disk is full. */
static void
prepare_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GTask *change = data;
  GsTrustJob *job = g_task_get_task_data (change);
  g_autoptr (GError) error = NULL;
  GsTrustStore *store;

  job->change = gs_trust_change_begin (job->path, PATIENCE_MS, &error);
  if (job->change == NULL)
    {
      gs_trust_desk_fail (task, judge_error (error, GS_TRUST_DESK_ERROR_DAMAGED), error->message);
      return;
    }
  store = gs_trust_change_get_store (job->change);
  if (job->preview != NULL && !gs_trust_preview_apply (job->preview, store, job->now_utc_ms))
    {
      gs_trust_desk_fail (task, GS_TRUST_DESK_ERROR_CHANGED,
                          "The store is another than the preview's");
      return;
    }
  if (job->preview == NULL && !gs_trust_store_remove (store, job->text))
    {
      gs_trust_desk_fail (task, GS_TRUST_DESK_ERROR_NOTHING, "There is no such certificate");
      return;
    }
  job->listing = gs_trust_listing_new (store);
  if (!gs_trust_change_prepare (job->change, &error))
    {
      gs_trust_desk_fail (task, GS_TRUST_DESK_ERROR_NOT_SAVED, error->message);
      return;
    }
  g_task_return_boolean (task, TRUE);
}

static void
begin_change (GsTrustDesk *self, GTask *change)
{
  g_autoptr (GTask) prepare =
    g_task_new (self, g_task_get_cancellable (change), on_prepared, g_object_ref (change));

  /* What was committed is told, even when the caller cancelled meanwhile. */
  g_task_set_check_cancellable (change, FALSE);
  g_task_set_task_data (prepare, g_object_ref (change), g_object_unref);
  gs_trust_desk_push (self, prepare, prepare_in_worker);
}

void
gs_trust_desk_apply_async (GsTrustDesk *self,
                           GsTrustPreview *preview,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GS_IS_TRUST_DESK (self) && preview != NULL);

  task =
    gs_trust_desk_begin (self, TRUE, gs_trust_desk_apply_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  if (gs_trust_preview_count_taken (preview) + gs_trust_preview_count_crls (preview) == 0)
    {
      gs_trust_desk_fail (task, GS_TRUST_DESK_ERROR_NOTHING, "Nothing would come in");
      return;
    }
  ((GsTrustJob *) g_task_get_task_data (task))->preview = gs_trust_preview_ref (preview);
  gs_trust_desk_begin_alone (self, task, begin_change);
}

void
gs_trust_desk_remove_async (GsTrustDesk *self,
                            const char *fingerprint,
                            GsTrustRemoval removal,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GsTrustJob *job;

  g_return_if_fail (GS_IS_TRUST_DESK (self) && fingerprint != NULL);
  g_return_if_fail (removal >= GS_TRUST_REMOVAL_WITHDRAWN && removal <= GS_TRUST_REMOVAL_ORDER);

  task =
    gs_trust_desk_begin (self, TRUE, gs_trust_desk_apply_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  job = g_task_get_task_data (task);
  job->text = g_strdup (fingerprint);
  job->removal = removal;
  gs_trust_desk_begin_alone (self, task, begin_change);
}

gboolean
gs_trust_desk_change_finish (GsTrustDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gs_trust_desk_apply_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- what others do --------------------------------------------------------------------------- */

static void
on_listed_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!gs_trust_desk_load_finish (GS_TRUST_DESK (source), result, &error))
    g_debug ("The trust store cannot be listed: %s", error->message);
}

static void
on_surveyed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GsTrustDesk *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsTrustSurvey) survey = gs_trust_record_survey_finish (result, &error);

  gs_trust_desk_end_alone (self);
  g_task_return_boolean (task, survey != NULL);
  if (survey == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
        g_warning ("The trust store cannot be held against the record: %s", error->message);
      return;
    }
  if (survey->standing == GS_TRUST_STANDING_DIFFERS)
    g_warning ("The trust store is not the one that was last recorded");
  if (g_strcmp0 (self->digest, survey->digest) != 0)
    {
      gboolean first = self->digest == NULL;

      g_free (self->digest);
      self->digest = g_strdup (survey->digest);
      if (!first || survey->n_taken_in > 0)
        gs_trust_desk_emit_stored (self);
      if (self->listing != NULL && gs_trust_desk_may_look (self))
        gs_trust_desk_load_async (self, NULL, on_listed_again, NULL);
    }
  if (self->standing != survey->standing)
    {
      self->standing = survey->standing;
      gs_trust_desk_emit_changed (self);
    }
}

static void
begin_survey (GsTrustDesk *self, GTask *task)
{
  self->check_waits = FALSE;
  if (self->worker == NULL)
    self->worker = gs_worker_new ("trust-store");
  gs_trust_record_survey_async (self->store, self->worker, self->path,
                                gs_trust_desk_now_utc_ms (self), on_surveyed, g_object_ref (task));
}

static void
check (GsTrustDesk *self)
{
  g_autoptr (GTask) task = NULL;

  /* One that waits for its turn will see this too. */
  if (self->check_waits)
    return;
  self->check_waits = TRUE;
  task = g_task_new (self, NULL, NULL, NULL);
  gs_trust_desk_begin_alone (self, task, begin_survey);
}

static void
on_file_event (
  GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, GsTrustDesk *self)
{
  check (self);
}

void
gs_trust_desk_start (GsTrustDesk *self)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (GS_IS_TRUST_DESK (self));

  if (self->path == NULL || self->monitor != NULL)
    return;
  file = g_file_new_for_path (self->path);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_file_event), self, 0);
  else
    g_warning ("The trust store is not watched: %s", error->message);
  check (self);
}
