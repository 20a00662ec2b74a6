/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-desk.h"

#include "gs-time.h"
#include "gs-worker.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* So often at most a preview tells how far it is. */
#define PROGRESS_EVERY_US (40 * G_GINT64_CONSTANT (1000))

struct _GsTrustDesk
{
  GObject parent_instance;

  char *path;
  GsStore *store;
  GsClock *clock;
  GsSession *session;
  GsWorker *worker; /* made when first asked for */
  GsTrustListing *listing;
};

enum
{
  CHANGED,
  STORED,
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_QUARK (gs - trust - desk - error - quark, gs_trust_desk_error)
G_DEFINE_FINAL_TYPE (GsTrustDesk, gs_trust_desk, G_TYPE_OBJECT)

/* One task of the worker. Made in the main thread, used in the worker's, freed in either. */
typedef struct
{
  char *path;
  char **paths;
  GsTrustPreview *preview;
  guint voucher;
  char *text; /* what was typed, or a fingerprint */
  char *officer;
  GsTrustRemoval removal;
  gint64 now_utc_ms;
  GMainContext *context; /* where progress is told */
  gint64 told_monotonic_us;
  /* Of a change: */
  char *new_path;
  char *old_path;
  gboolean has_old;
  GsTrustListing *listing;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_strfreev (job->paths);
  gs_trust_preview_unref (job->preview);
  g_free (job->text);
  g_free (job->officer);
  g_clear_pointer (&job->context, g_main_context_unref);
  g_free (job->new_path);
  g_free (job->old_path);
  gs_trust_listing_unref (job->listing);
  g_free (job);
}

static void
gs_trust_desk_dispose (GObject *object)
{
  GsTrustDesk *self = GS_TRUST_DESK (object);

  gs_trust_desk_stop (self);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->session);
  g_clear_pointer (&self->listing, gs_trust_listing_unref);
  G_OBJECT_CLASS (gs_trust_desk_parent_class)->dispose (object);
}

static void
gs_trust_desk_finalize (GObject *object)
{
  g_free (GS_TRUST_DESK (object)->path);
  G_OBJECT_CLASS (gs_trust_desk_parent_class)->finalize (object);
}

static void
gs_trust_desk_class_init (GsTrustDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = gs_trust_desk_dispose;
  object_class->finalize = gs_trust_desk_finalize;
  signals[CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STORED] =
    g_signal_new ("stored", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_DOUBLE);
}

static void
gs_trust_desk_init (GsTrustDesk *self)
{
}

GsTrustDesk *
gs_trust_desk_new (const char *path, GsStore *store, GsClock *clock)
{
  GsTrustDesk *self = g_object_new (GS_TYPE_TRUST_DESK, NULL);

  self->path = g_strdup (path);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  return self;
}

void
gs_trust_desk_stop (GsTrustDesk *self)
{
  g_return_if_fail (GS_IS_TRUST_DESK (self));
  if (self->worker != NULL)
    gs_worker_stop (self->worker);
  g_clear_object (&self->worker);
}

/* --- who -------------------------------------------------------------------------------------- */

const char *
gs_trust_desk_get_path (GsTrustDesk *self)
{
  g_return_val_if_fail (GS_IS_TRUST_DESK (self), NULL);
  return self->path;
}

void
gs_trust_desk_set_session (GsTrustDesk *self, GsSession *session)
{
  g_return_if_fail (GS_IS_TRUST_DESK (self));
  if (g_set_object (&self->session, session))
    g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
gs_trust_desk_session_may_look (GsSession *session)
{
  return session != NULL && gs_session_get_role (session) != GS_ROLE_OFFICER;
}

gboolean
gs_trust_desk_may_look (GsTrustDesk *self)
{
  g_return_val_if_fail (GS_IS_TRUST_DESK (self), FALSE);
  return gs_trust_desk_session_may_look (self->session);
}

gboolean
gs_trust_desk_may_change (GsTrustDesk *self)
{
  g_return_val_if_fail (GS_IS_TRUST_DESK (self), FALSE);
  return self->session != NULL && gs_session_get_role (self->session) == GS_ROLE_ADMINISTRATOR;
}

/* The hall's time; the wall clock's where the hall has not been heard. */
gint64
gs_trust_desk_now_utc_ms (GsTrustDesk *self)
{
  gint64 now_utc_ms = gs_clock_now_utc_ms (self->clock);

  return now_utc_ms != GS_TIME_UNKNOWN ? now_utc_ms : g_get_real_time () / 1000;
}

GsTrustListing *
gs_trust_desk_get_listing (GsTrustDesk *self)
{
  g_return_val_if_fail (GS_IS_TRUST_DESK (self), NULL);
  return gs_trust_desk_may_look (self) ? self->listing : NULL;
}

/* --- tasks ------------------------------------------------------------------------------------ */

static void
fail (GTask *task, GsTrustDeskError code, const char *why)
{
  g_task_return_new_error (task, GS_TRUST_DESK_ERROR, code, "%s", why);
}

/* A task with its job; NULL when it was refused and has ended. */
static GTask *
begin (GsTrustDesk *self,
       gboolean change,
       gpointer tag,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job, job_free);
  if (change ? !gs_trust_desk_may_change (self) : !gs_trust_desk_may_look (self))
    {
      fail (task, GS_TRUST_DESK_ERROR_ROLE, "This role may not do that");
      return NULL;
    }
  if (self->path == NULL)
    {
      fail (task, GS_TRUST_DESK_ERROR_NONE_SET, "The desk has no trust store");
      return NULL;
    }
  job->path = g_strdup (self->path);
  job->officer = g_strdup (gs_session_get_officer_id (self->session));
  job->now_utc_ms = gs_trust_desk_now_utc_ms (self);
  job->context = g_main_context_ref_thread_default ();
  if (self->worker == NULL)
    self->worker = gs_worker_new ("trust-store");
  return g_steal_pointer (&task);
}

static GsTrustStore *
open_store (GTask *task, const Job *job)
{
  g_autoptr (GError) error = NULL;
  GsTrustStore *store = gs_trust_store_open (job->path, &error);

  if (store == NULL)
    fail (task, GS_TRUST_DESK_ERROR_DAMAGED, error->message);
  return store;
}

static void
take_listing (GsTrustDesk *self, GsTrustListing *listing)
{
  g_clear_pointer (&self->listing, gs_trust_listing_unref);
  self->listing = gs_trust_listing_ref (listing);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void
load_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GsTrustStore) store = open_store (task, data);

  if (store != NULL)
    g_task_return_pointer (task, gs_trust_listing_new (store),
                           (GDestroyNotify) gs_trust_listing_unref);
}

void
gs_trust_desk_load_async (GsTrustDesk *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GS_IS_TRUST_DESK (self));

  task = begin (self, FALSE, gs_trust_desk_load_async, cancellable, callback, user_data);
  if (task != NULL)
    gs_worker_push (self->worker, task, load_in_worker);
}

gboolean
gs_trust_desk_load_finish (GsTrustDesk *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GsTrustListing) listing = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, gs_trust_desk_load_async), FALSE);

  listing = g_task_propagate_pointer (G_TASK (result), error);
  if (listing == NULL)
    return FALSE;
  take_listing (self, listing);
  return TRUE;
}

/* --- preview ---------------------------------------------------------------------------------- */

typedef struct
{
  GsTrustDesk *desk;
  char *path;
  double fraction;
} Telling;

static void
telling_free (gpointer data)
{
  Telling *telling = data;

  g_object_unref (telling->desk);
  g_free (telling->path);
  g_free (telling);
}

static gboolean
tell (gpointer data)
{
  const Telling *telling = data;

  g_signal_emit (telling->desk, signals[PROGRESS], 0, telling->path, telling->fraction);
  return G_SOURCE_REMOVE;
}

static void
on_progress (const char *path, double fraction, gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  gint64 now_monotonic_us = g_get_monotonic_time ();
  g_autoptr (GSource) source = NULL;
  Telling *telling;

  if (now_monotonic_us - job->told_monotonic_us < PROGRESS_EVERY_US)
    return;
  job->told_monotonic_us = now_monotonic_us;
  telling = g_new0 (Telling, 1);
  telling->desk = g_object_ref (g_task_get_source_object (task));
  telling->path = g_strdup (path);
  telling->fraction = fraction;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell, telling, telling_free);
  g_source_attach (source, job->context);
}

static void
preview_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GsTrustStore) store = open_store (task, job);
  g_autoptr (GError) error = NULL;
  GsTrustPreview *preview;

  if (store == NULL)
    return;
  preview = gs_trust_preview_new (store, (const char *const *) job->paths, on_progress, task,
                                  cancellable, &error);
  if (preview != NULL)
    g_task_return_pointer (task, preview, (GDestroyNotify) gs_trust_preview_unref);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    fail (task, GS_TRUST_DESK_ERROR_FILES, error->message);
}

void
gs_trust_desk_preview_async (GsTrustDesk *self,
                             const char *const *paths,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GS_IS_TRUST_DESK (self) && paths != NULL);

  task = begin (self, TRUE, gs_trust_desk_preview_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  ((Job *) g_task_get_task_data (task))->paths = g_strdupv ((char **) paths);
  gs_worker_push (self->worker, task, preview_in_worker);
}

static void
confirm_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  const char *fingerprint = gs_trust_preview_find_key (job->preview, job->voucher, job->text);
  g_autoptr (GsTrustStore) store = NULL;

  if (fingerprint == NULL)
    {
      fail (task, GS_TRUST_DESK_ERROR_NOT_COMPARED, "What was typed ends no fingerprint");
      return;
    }
  store = open_store (task, job);
  if (store != NULL)
    g_task_return_pointer (task, gs_trust_preview_confirm (job->preview, store, fingerprint),
                           (GDestroyNotify) gs_trust_preview_unref);
}

void
gs_trust_desk_confirm_async (GsTrustDesk *self,
                             GsTrustPreview *preview,
                             guint voucher,
                             const char *typed,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (GS_IS_TRUST_DESK (self) && preview != NULL && typed != NULL);

  task = begin (self, TRUE, gs_trust_desk_preview_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  job = g_task_get_task_data (task);
  job->preview = gs_trust_preview_ref (preview);
  job->voucher = voucher;
  job->text = g_strdup (typed);
  gs_worker_push (self->worker, task, confirm_in_worker);
}

GsTrustPreview *
gs_trust_desk_preview_finish (GsTrustDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gs_trust_desk_preview_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- changing --------------------------------------------------------------------------------- */

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* In the store's worker and transaction: the new file takes the old one's place as the last step
 * before the commit. The old one stays beside it until the commit is certain. */
static gpointer
put_in_place (GsDatabase *db, gpointer data, GError **error)
{
  Job *job = data;

  g_unlink (job->old_path);
  job->has_old = link (job->path, job->old_path) == 0;
  if ((!job->has_old && errno != ENOENT) || g_rename (job->new_path, job->path) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", job->path,
                   g_strerror (code));
      return NULL;
    }
  sync_folder (job->path);
  return job;
}

/* After the transaction: what is beside the store goes, or the old file comes back. */
static void
settle_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GTask *change = data;
  Job *job = g_task_get_task_data (change);
  GError *error = g_object_get_data (G_OBJECT (change), "error");
  gboolean replaced = !g_file_test (job->new_path, G_FILE_TEST_EXISTS);

  if (error == NULL)
    g_unlink (job->old_path);
  else if (replaced && job->has_old)
    g_rename (job->old_path, job->path);
  else if (replaced)
    g_unlink (job->path);
  g_unlink (job->new_path);
  g_unlink (job->old_path);
  g_task_return_boolean (task, TRUE);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) change = user_data;
  GsTrustDesk *self = GS_TRUST_DESK (source);
  Job *job = g_task_get_task_data (change);
  GError *error = g_object_get_data (G_OBJECT (change), "error");

  if (error != NULL)
    {
      fail (change,
            error->domain == G_FILE_ERROR ? GS_TRUST_DESK_ERROR_NOT_SAVED
                                          : GS_TRUST_DESK_ERROR_NOT_RECORDED,
            error->message);
      return;
    }
  take_listing (self, job->listing);
  g_signal_emit (self, signals[STORED], 0);
  g_task_return_boolean (change, TRUE);
}

static void
on_recorded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) change = user_data;
  GsTrustDesk *self = g_task_get_source_object (change);
  g_autoptr (GTask) settle = NULL;
  GError *error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (error != NULL)
    g_object_set_data_full (G_OBJECT (change), "error", error, (GDestroyNotify) g_error_free);
  settle = g_task_new (self, NULL, on_settled, g_object_ref (change));
  g_task_set_task_data (settle, g_object_ref (change), g_object_unref);
  if (self->worker == NULL)
    self->worker = gs_worker_new ("trust-store");
  gs_worker_push (self->worker, settle, settle_in_worker);
}

/* Entries name files and certificates by their SHA-256. */
static char *
dup_subject (const Job *job)
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

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) change = user_data;
  GsTrustDesk *self = GS_TRUST_DESK (source);
  Job *job = g_task_get_task_data (change);
  g_autofree char *subject = dup_subject (job);
  g_autofree char *detail = NULL;
  GError *error = NULL;
  GsRecordEntry entry = { 0 };

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (change, error);
      return;
    }
  detail = job->preview != NULL
             ? gs_trust_preview_describe (job->preview)
             : g_strdup_printf ("reason=%s", gs_trust_removal_to_word (job->removal));
  entry.kind = job->preview != NULL ? "trust.import" : "trust.remove";
  entry.at_utc_ms = job->now_utc_ms;
  entry.officer = job->officer;
  entry.subject = subject;
  entry.detail = detail;
  gs_store_transact_async (self->store, &entry, put_in_place, job, NULL, NULL, NULL, on_recorded,
                           g_object_ref (change));
}

/* Makes the new file beside the old one, where it fails when the disk is full. */
static void
prepare_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GTask *change = data;
  Job *job = g_task_get_task_data (change);
  g_autoptr (GsTrustStore) store = open_store (task, job);
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return;
  if (job->preview != NULL && !gs_trust_preview_apply (job->preview, store, job->now_utc_ms))
    {
      fail (task, GS_TRUST_DESK_ERROR_CHANGED, "The store is another than the preview's");
      return;
    }
  if (job->preview == NULL && !gs_trust_store_remove (store, job->text))
    {
      fail (task, GS_TRUST_DESK_ERROR_NOTHING, "There is no such certificate");
      return;
    }
  job->listing = gs_trust_listing_new (store);
  if (!gs_trust_store_save_to (store, job->new_path, &error))
    {
      g_unlink (job->new_path);
      fail (task, GS_TRUST_DESK_ERROR_NOT_SAVED, error->message);
      return;
    }
  g_task_return_boolean (task, TRUE);
}

static void
begin_change (GsTrustDesk *self, GTask *change)
{
  Job *job = g_task_get_task_data (change);
  g_autoptr (GTask) prepare =
    g_task_new (self, g_task_get_cancellable (change), on_prepared, g_object_ref (change));

  job->new_path = g_strconcat (job->path, ".new", NULL);
  job->old_path = g_strconcat (job->path, ".old", NULL);
  /* What was committed is told, even when the caller cancelled meanwhile. */
  g_task_set_check_cancellable (change, FALSE);
  g_task_set_task_data (prepare, g_object_ref (change), g_object_unref);
  gs_worker_push (self->worker, prepare, prepare_in_worker);
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

  task = begin (self, TRUE, gs_trust_desk_apply_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  if (gs_trust_preview_count_taken (preview) + gs_trust_preview_count_crls (preview) == 0)
    {
      fail (task, GS_TRUST_DESK_ERROR_NOTHING, "Nothing would come in");
      return;
    }
  ((Job *) g_task_get_task_data (task))->preview = gs_trust_preview_ref (preview);
  begin_change (self, task);
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
  Job *job;

  g_return_if_fail (GS_IS_TRUST_DESK (self) && fingerprint != NULL);
  g_return_if_fail (removal >= GS_TRUST_REMOVAL_WITHDRAWN && removal <= GS_TRUST_REMOVAL_ORDER);

  task = begin (self, TRUE, gs_trust_desk_apply_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  job = g_task_get_task_data (task);
  job->text = g_strdup (fingerprint);
  job->removal = removal;
  begin_change (self, task);
}

gboolean
gs_trust_desk_change_finish (GsTrustDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gs_trust_desk_apply_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
gs_trust_removal_to_word (GsTrustRemoval removal)
{
  switch (removal)
    {
    case GS_TRUST_REMOVAL_WITHDRAWN:
      return "withdrawn";
    case GS_TRUST_REMOVAL_KEY_LOST:
      return "key-lost";
    case GS_TRUST_REMOVAL_MISTAKE:
      return "mistake";
    case GS_TRUST_REMOVAL_ORDER:
      break;
    }
  return "order";
}
