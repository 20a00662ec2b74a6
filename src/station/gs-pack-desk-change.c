/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pack-desk-private.h"

#include "gs-pack-manifest.h"

#include <string.h>

/* Bringing a pack in and activating it. */

void
gs_pack_candidate_free (GsPackCandidate *self)
{
  if (self == NULL)
    return;
  gs_stamp_pack_unref (self->pack);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self);
}

static void
fail (GTask *task, GsPackDeskError code, const char *why)
{
  g_task_return_new_error (task, GS_PACK_DESK_ERROR, code, "%s", why);
}

static void
push (GsPackDesk *self, GTask *task, GTaskThreadFunc func)
{
  if (self->worker != NULL)
    gs_worker_push (self->worker, task, func);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The pack desk has stopped");
}

/* --- reading ---------------------------------------------------------------------------------- */

typedef struct
{
  char *path;
  char *authorities;
  gint64 now_utc_ms;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->path);
  g_free (reading->authorities);
  g_free (reading);
}

static void
read_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Reading *reading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPackAuthorities) authorities =
    gs_pack_authorities_load (reading->authorities, &error);
  g_autoptr (GsPackFiles) files = NULL;
  g_autoptr (GsPackCandidate) candidate = g_new0 (GsPackCandidate, 1);

  if (authorities != NULL)
    files = gs_pack_files_read (reading->path, &error);
  if (files != NULL)
    candidate->pack = gs_stamp_pack_new_signed (files, authorities, reading->now_utc_ms, &error);
  if (candidate->pack != NULL)
    candidate->file = gs_pack_files_write_tar (files, &error);
  if (candidate->file != NULL)
    g_task_return_pointer (task, g_steal_pointer (&candidate),
                           (GDestroyNotify) gs_pack_candidate_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
gs_pack_desk_read_async (GsPackDesk *self,
                         const char *path,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  g_return_if_fail (GS_IS_PACK_DESK (self) && path != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gs_pack_desk_read_async);
  if (!gs_pack_desk_may_bring (self))
    {
      fail (task, GS_PACK_DESK_ERROR_ROLE, "This role brings no packs");
      return;
    }
  reading = g_new0 (Reading, 1);
  reading->path = g_strdup (path);
  reading->authorities = gs_pack_desk_dup_authorities_path (self);
  reading->now_utc_ms = gs_pack_desk_now_utc_ms (self);
  g_task_set_task_data (task, reading, reading_free);
  push (self, task, read_in_worker);
}

GsPackCandidate *
gs_pack_desk_read_finish (GsPackDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gs_pack_desk_read_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- changing --------------------------------------------------------------------------------- */

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GsPackDesk *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (g_error_matches (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT))
    fail (task, GS_PACK_DESK_ERROR_THERE, error->message);
  else if (error != NULL)
    fail (task, GS_PACK_DESK_ERROR_NOT_RECORDED, error->message);
  else
    {
      gs_pack_desk_load (self);
      g_task_return_boolean (task, TRUE);
    }
}

static GTask *
begin_change (GsPackDesk *self,
              gboolean allowed,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, gs_pack_desk_change_finish);
  /* What was committed is told, even when the caller cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  if (allowed)
    return g_steal_pointer (&task);
  fail (task, GS_PACK_DESK_ERROR_ROLE, "This role may not do that");
  return NULL;
}

static gpointer
add_in_store (GsDatabase *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER (gs_stamp_pack_table_add (db, data, error));
}

void
gs_pack_desk_bring_async (GsPackDesk *self,
                          const GsPackCandidate *candidate,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;
  const GsPackProof *proof;
  GsStampPackRow *row;
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { .kind = "pack.bring" };

  g_return_if_fail (GS_IS_PACK_DESK (self) && candidate != NULL);
  task = begin_change (self, gs_pack_desk_may_bring (self), cancellable, callback, user_data);
  if (task == NULL)
    return;
  proof = gs_stamp_pack_get_proof (candidate->pack);
  row = gs_stamp_pack_row_new ();
  row->digest = g_strdup (proof->digest);
  row->name = g_strdup (gs_stamp_pack_get_name (candidate->pack));
  row->month = g_strdup (gs_stamp_pack_get_month (candidate->pack));
  row->valid_from = g_strdup (proof->valid_from);
  row->valid_until = g_strdup (proof->valid_until);
  row->signer = g_strdup (proof->signer);
  row->signer_digest = g_strdup (proof->fingerprint);
  row->brought_at_utc_ms = gs_pack_desk_now_utc_ms (self);
  row->brought_by = g_strdup (gs_session_get_officer_id (self->session));
  row->file = g_bytes_ref (candidate->file);
  detail = g_strdup_printf ("signer=%s valid-from=%s", row->signer_digest, row->valid_from);
  entry.at_utc_ms = row->brought_at_utc_ms;
  entry.officer = row->brought_by;
  entry.subject = row->digest;
  entry.detail = detail;
  gs_store_transact_async (self->store, &entry, add_in_store, row,
                           (GDestroyNotify) gs_stamp_pack_row_free, NULL, NULL, on_changed, task);
}

static gpointer
activate_in_store (GsDatabase *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER (gs_stamp_pack_table_activate (db, data, error));
}

/* A day that is over could only change what was printed already. */
static gboolean
check_day (GsPackDesk *self, const GsPackFound *found, const char *day, GTask *task)
{
  g_autofree char *today = gs_pack_desk_dup_today (self);
  g_autoptr (GError) error = NULL;

  if (!gs_pack_day_is_valid (day) || strcmp (day, today) < 0)
    fail (task, GS_PACK_DESK_ERROR_DAY, "This is no day from today on");
  else if (found == NULL)
    fail (task, GS_PACK_DESK_ERROR_NONE, "There is no such pack");
  else if (found->pack == NULL)
    g_task_return_error (task, g_error_copy (found->trouble));
  else if (!gs_pack_proof_check_day (gs_stamp_pack_get_proof (found->pack), day, &error))
    fail (task, GS_PACK_DESK_ERROR_DAY, error->message);
  else
    return TRUE;
  return FALSE;
}

void
gs_pack_desk_activate_async (GsPackDesk *self,
                             const char *digest,
                             const char *from_day,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;
  GsStampPackActivation *activation;
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { .kind = "pack.activate" };

  g_return_if_fail (GS_IS_PACK_DESK (self) && digest != NULL && from_day != NULL);
  task = begin_change (self, gs_pack_desk_may_activate (self), cancellable, callback, user_data);
  if (task == NULL)
    return;
  if (!check_day (self, gs_pack_desk_find (self, digest), from_day, task))
    {
      g_object_unref (task);
      return;
    }
  activation = gs_stamp_pack_activation_new ();
  activation->digest = g_strdup (digest);
  activation->from_day = g_strdup (from_day);
  activation->decided_at_utc_ms = gs_pack_desk_now_utc_ms (self);
  activation->decided_by = g_strdup (gs_session_get_officer_id (self->session));
  detail = g_strdup_printf ("from=%s", from_day);
  entry.at_utc_ms = activation->decided_at_utc_ms;
  entry.officer = activation->decided_by;
  entry.subject = activation->digest;
  entry.detail = detail;
  gs_store_transact_async (self->store, &entry, activate_in_store, activation,
                           (GDestroyNotify) gs_stamp_pack_activation_free, NULL, NULL, on_changed,
                           task);
}

gboolean
gs_pack_desk_change_finish (GsPackDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gs_pack_desk_change_finish), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

typedef struct
{
  GsStampPack *pack;
  GsStampFields *fields;
} Drawing;

static void
drawing_free (gpointer data)
{
  Drawing *drawing = data;

  gs_stamp_pack_unref (drawing->pack);
  gs_stamp_fields_free (drawing->fields);
  g_free (drawing);
}

static void
draw_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Drawing *drawing = data;
  g_autoptr (GError) error = NULL;
  GsStampBitmap *bitmap = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  bitmap = gs_stamp_render (drawing->pack, drawing->fields, 0, &error);
  if (bitmap != NULL)
    g_task_return_pointer (task, bitmap, (GDestroyNotify) gs_stamp_bitmap_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
gs_pack_desk_draw_async (GsPackDesk *self,
                         GsStampPack *pack,
                         const GsStampFields *fields,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Drawing *drawing;

  g_return_if_fail (GS_IS_PACK_DESK (self) && pack != NULL && fields != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gs_pack_desk_draw_async);
  drawing = g_new0 (Drawing, 1);
  drawing->pack = gs_stamp_pack_ref (pack);
  drawing->fields = gs_stamp_fields_copy (fields);
  g_task_set_task_data (task, drawing, drawing_free);
  push (self, task, draw_in_worker);
}

GsStampBitmap *
gs_pack_desk_draw_finish (GsPackDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gs_pack_desk_draw_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
