/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-desk-private.h"

#include "gs-time.h"

/* So often at most a preview tells how far it is. */
#define PROGRESS_EVERY_US (40 * G_GINT64_CONSTANT (1000))

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

static void
job_free (gpointer data)
{
  GsTrustJob *job = data;

  g_free (job->path);
  g_strfreev (job->paths);
  gs_trust_preview_unref (job->preview);
  g_free (job->text);
  g_free (job->officer);
  g_clear_pointer (&job->context, g_main_context_unref);
  g_free (job->subject);
  g_free (job->detail);
  gs_trust_change_free (job->change);
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
  g_free (GS_TRUST_DESK (object)->digest);
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
  g_queue_init (&self->waiting);
  self->standing = GS_TRUST_STANDING_UNKNOWN;
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
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  gs_trust_desk_drop_waiting (self);
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

GsTrustStanding
gs_trust_desk_get_standing (GsTrustDesk *self)
{
  g_return_val_if_fail (GS_IS_TRUST_DESK (self), GS_TRUST_STANDING_UNKNOWN);
  return self->standing;
}

GsTrustListing *
gs_trust_desk_get_listing (GsTrustDesk *self)
{
  g_return_val_if_fail (GS_IS_TRUST_DESK (self), NULL);
  return gs_trust_desk_may_look (self) ? self->listing : NULL;
}

/* --- tasks ------------------------------------------------------------------------------------ */

void
gs_trust_desk_fail (GTask *task, GsTrustDeskError code, const char *why)
{
  g_task_return_new_error (task, GS_TRUST_DESK_ERROR, code, "%s", why);
}

GTask *
gs_trust_desk_begin (GsTrustDesk *self,
                     gboolean change,
                     gpointer tag,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GsTrustJob *job = g_new0 (GsTrustJob, 1);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job, job_free);
  if (change ? !gs_trust_desk_may_change (self) : !gs_trust_desk_may_look (self))
    {
      gs_trust_desk_fail (task, GS_TRUST_DESK_ERROR_ROLE, "This role may not do that");
      return NULL;
    }
  if (self->path == NULL)
    {
      gs_trust_desk_fail (task, GS_TRUST_DESK_ERROR_NONE_SET, "The desk has no trust store");
      return NULL;
    }
  job->path = g_strdup (self->path);
  job->officer = g_strdup (gs_session_get_officer_id (self->session));
  job->now_utc_ms = gs_trust_desk_now_utc_ms (self);
  job->context = g_main_context_ref_thread_default ();
  return g_steal_pointer (&task);
}

void
gs_trust_desk_push (GsTrustDesk *self, GTask *task, GTaskThreadFunc func)
{
  if (self->worker == NULL)
    self->worker = gs_worker_new ("trust-store");
  gs_worker_push (self->worker, task, func);
}

static GsTrustStore *
open_store (GTask *task, const GsTrustJob *job)
{
  g_autoptr (GError) error = NULL;
  GsTrustStore *store = gs_trust_store_open (job->path, &error);

  if (store == NULL)
    gs_trust_desk_fail (task, GS_TRUST_DESK_ERROR_DAMAGED, error->message);
  return store;
}

void
gs_trust_desk_take_listing (GsTrustDesk *self, GsTrustListing *listing)
{
  g_clear_pointer (&self->listing, gs_trust_listing_unref);
  self->listing = gs_trust_listing_ref (listing);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
gs_trust_desk_emit_stored (GsTrustDesk *self)
{
  g_signal_emit (self, signals[STORED], 0);
}

void
gs_trust_desk_emit_changed (GsTrustDesk *self)
{
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

  task =
    gs_trust_desk_begin (self, FALSE, gs_trust_desk_load_async, cancellable, callback, user_data);
  if (task != NULL)
    gs_trust_desk_push (self, task, load_in_worker);
}

gboolean
gs_trust_desk_load_finish (GsTrustDesk *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GsTrustListing) listing = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, gs_trust_desk_load_async), FALSE);

  listing = g_task_propagate_pointer (G_TASK (result), error);
  if (listing == NULL)
    return FALSE;
  gs_trust_desk_take_listing (self, listing);
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
  GsTrustJob *job = g_task_get_task_data (task);
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
  GsTrustJob *job = data;
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
    gs_trust_desk_fail (task, GS_TRUST_DESK_ERROR_FILES, error->message);
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

  task =
    gs_trust_desk_begin (self, TRUE, gs_trust_desk_preview_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  ((GsTrustJob *) g_task_get_task_data (task))->paths = g_strdupv ((char **) paths);
  gs_trust_desk_push (self, task, preview_in_worker);
}

static void
confirm_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GsTrustJob *job = data;
  const char *fingerprint = gs_trust_preview_find_key (job->preview, job->voucher, job->text);
  g_autoptr (GsTrustStore) store = NULL;

  if (fingerprint == NULL)
    {
      gs_trust_desk_fail (task, GS_TRUST_DESK_ERROR_NOT_COMPARED,
                          "What was typed ends no fingerprint");
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
  GsTrustJob *job;

  g_return_if_fail (GS_IS_TRUST_DESK (self) && preview != NULL && typed != NULL);

  task =
    gs_trust_desk_begin (self, TRUE, gs_trust_desk_preview_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  job = g_task_get_task_data (task);
  job->preview = gs_trust_preview_ref (preview);
  job->voucher = voucher;
  job->text = g_strdup (typed);
  gs_trust_desk_push (self, task, confirm_in_worker);
}

GsTrustPreview *
gs_trust_desk_preview_finish (GsTrustDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gs_trust_desk_preview_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
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
