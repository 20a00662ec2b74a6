/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-store.h"

#include "gs-account-store.h"
#include "gs-record-table.h"
#include "gs-store-private.h"
#include "gs-worker.h"

struct _GsStore
{
  GObject parent_instance;

  GsWorker *worker;
  GThread *thread;       /* the worker's, to know when we are on it */
  GMainContext *context; /* where "fault" is notified */
  GsDatabase *db;        /* used by the worker's thread only */
  gint fault;            /* GsStoreError, atomic */
};

enum
{
  PROP_FAULT = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
account_store_init (GsAccountStoreInterface *iface)
{
  gs_store_account_store_init (iface);
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GsStore,
                               gs_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_ACCOUNT_STORE, account_store_init))

typedef struct
{
  GsStoreJobKind kind;
  GsRecordEntry entry; /* its strings are the job's own */
  GsStoreFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->data_free != NULL)
    job->data_free (job->data);
  g_free ((char *) job->entry.kind);
  g_free ((char *) job->entry.officer);
  g_free ((char *) job->entry.second);
  g_free ((char *) job->entry.subject);
  g_free ((char *) job->entry.detail);
  g_free (job);
}

/* Never at once, as g_main_context_invoke() does when nobody runs the context. */
static void
call_in_context (GMainContext *context, GSourceFunc func, gpointer object)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, object, g_object_unref);
  g_source_attach (source, context);
}

static gboolean
notify_fault (gpointer data)
{
  g_object_notify_by_pspec (data, properties[PROP_FAULT]);
  return G_SOURCE_REMOVE;
}

static void
set_fault (GsStore *self, gint fault)
{
  if (g_atomic_int_get (&self->fault) == fault)
    return;
  g_atomic_int_set (&self->fault, fault);
  call_in_context (self->context, notify_fault, g_object_ref (self));
}

/* Only what concerns the disk or the file is a fault of the store; a refused change is not. */
static void
note_error (GsStore *self, const GError *error)
{
  if (error->domain != GS_STORE_ERROR)
    return;
  switch (error->code)
    {
    case GS_STORE_ERROR_FULL:
    case GS_STORE_ERROR_READ_ONLY:
    case GS_STORE_ERROR_IO:
    case GS_STORE_ERROR_CORRUPT:
    case GS_STORE_ERROR_CANNOT_OPEN:
      set_fault (self, error->code);
      break;
    default:
      break;
    }
}

/* The one place where a transaction is opened and committed. */
static gpointer
run_job (GsDatabase *db, const Job *job, GError **error)
{
  gboolean write = job->kind != GS_STORE_JOB_READ;
  GError *local = NULL;
  gpointer result;

  if (!gs_database_begin (db, write, error))
    return NULL;
  if ((job->kind == GS_STORE_JOB_WRITE || job->kind == GS_STORE_JOB_PURGE)
      && !gs_record_table_append (db, &job->entry, error))
    {
      gs_database_rollback (db);
      return NULL;
    }
  result = job->func (db, job->data, &local);
  if (local == NULL && gs_database_commit (db, &local))
    {
      if (job->kind != GS_STORE_JOB_PURGE || gs_database_truncate_log (db, &local))
        return result;
    }
  else
    gs_database_rollback (db);
  if (result != NULL && job->result_free != NULL)
    job->result_free (result);
  g_propagate_error (error, local);
  return NULL;
}

static void
job_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GsStore *self = source;
  Job *job = data;
  GError *error = NULL;
  gpointer result = run_job (self->db, job, &error);

  if (error != NULL)
    {
      note_error (self, error);
      g_task_return_error (task, error);
      return;
    }
  if (job->kind != GS_STORE_JOB_READ)
    set_fault (self, 0);
  g_task_return_pointer (task, result, job->result_free);
}

void
gs_store_push (GsStore *self,
               GsStoreJobKind kind,
               const GsRecordEntry *entry,
               GsStoreFunc func,
               gpointer data,
               GDestroyNotify data_free,
               GDestroyNotify result_free,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  if (entry != NULL)
    {
      job->entry.kind = g_strdup (entry->kind);
      job->entry.at_utc_ms = entry->at_utc_ms;
      job->entry.officer = g_strdup (entry->officer);
      job->entry.second = g_strdup (entry->second);
      job->entry.subject = g_strdup (entry->subject);
      job->entry.detail = g_strdup (entry->detail);
    }
  g_task_set_source_tag (task, gs_store_push);
  /* What was committed is told, even when the caller cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  if (self->worker != NULL)
    gs_worker_push (self->worker, task, job_in_worker);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The store is closed");
}

static gpointer
finish (GsStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
close_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GsStore *self = data;

  g_clear_pointer (&self->db, gs_database_close);
  g_task_return_boolean (task, TRUE);
}

static gboolean
stop_worker (gpointer worker)
{
  gs_worker_stop (worker);
  return G_SOURCE_REMOVE;
}

/* The last reference may be dropped by a task that ends on the worker's own thread, which cannot
 * wait for itself: then the main context does it. */
void
gs_store_close (GsStore *self)
{
  g_autoptr (GsWorker) worker = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GS_IS_STORE (self));

  worker = g_steal_pointer (&self->worker);
  if (worker == NULL)
    return;
  if (g_thread_self () == self->thread)
    {
      g_clear_pointer (&self->db, gs_database_close);
      call_in_context (self->context, stop_worker, g_steal_pointer (&worker));
      return;
    }
  /* The database is the worker's until then: jobs that are queued still need it. Waiting below
   * keeps the store alive for it, so the task needs no reference, which dispose could not give. */
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, self, NULL);
  gs_worker_push (worker, task, close_in_worker);
  gs_worker_stop (worker);
}

static void
gs_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FAULT:
      g_value_set_uint (value, (guint) gs_store_get_fault (GS_STORE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gs_store_dispose (GObject *object)
{
  gs_store_close (GS_STORE (object));
  G_OBJECT_CLASS (gs_store_parent_class)->dispose (object);
}

static void
gs_store_finalize (GObject *object)
{
  g_clear_pointer (&GS_STORE (object)->context, g_main_context_unref);
  G_OBJECT_CLASS (gs_store_parent_class)->finalize (object);
}

static void
gs_store_class_init (GsStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gs_store_get_property;
  object_class->dispose = gs_store_dispose;
  object_class->finalize = gs_store_finalize;
  properties[PROP_FAULT] =
    g_param_spec_uint ("fault", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gs_store_init (GsStore *self)
{
}

static void
open_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GsStore) self = g_object_ref (source);
  GError *error = NULL;

  self->thread = g_thread_self ();
  self->db = gs_database_open (data, &error);
  if (self->db == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
}

void
gs_store_open_in_context (const char *path,
                          GMainContext *context,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GsStore) self = g_object_new (GS_TYPE_STORE, NULL);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->context = context != NULL ? g_main_context_ref (context) : NULL;
  self->worker = gs_worker_new ("store");
  g_task_set_source_tag (task, gs_store_open_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  gs_worker_push (self->worker, task, open_in_worker);
}

void
gs_store_open_async (const char *path,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  g_return_if_fail (path != NULL);

  gs_store_open_in_context (path, context, cancellable, callback, user_data);
}

GsStore *
gs_store_open_finish (GAsyncResult *result, GError **error)
{
  GsStore *self;

  g_return_val_if_fail (g_async_result_is_tagged (result, gs_store_open_async), NULL);

  self = g_task_propagate_pointer (G_TASK (result), error);
  if (self == NULL)
    gs_store_close (g_task_get_source_object (G_TASK (result)));
  return self;
}

void
gs_store_transact_async (GsStore *self,
                         const GsRecordEntry *entry,
                         GsStoreFunc func,
                         gpointer data,
                         GDestroyNotify data_free,
                         GDestroyNotify result_free,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (GS_IS_STORE (self) && entry != NULL && func != NULL);
  gs_store_push (self, GS_STORE_JOB_WRITE, entry, func, data, data_free, result_free, cancellable,
                 callback, user_data);
}

gpointer
gs_store_transact_finish (GsStore *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

static gpointer
change_nothing (GsDatabase *db, gpointer data, GError **error)
{
  return NULL;
}

void
gs_store_note_async (GsStore *self,
                     const GsRecordEntry *entry,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  gs_store_transact_async (self, entry, change_nothing, NULL, NULL, NULL, cancellable, callback,
                           user_data);
}

void
gs_store_query_async (GsStore *self,
                      GsStoreFunc func,
                      gpointer data,
                      GDestroyNotify data_free,
                      GDestroyNotify result_free,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (GS_IS_STORE (self) && func != NULL);
  gs_store_push (self, GS_STORE_JOB_READ, NULL, func, data, data_free, result_free, cancellable,
                 callback, user_data);
}

gpointer
gs_store_query_finish (GsStore *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

GsStoreError
gs_store_get_fault (GsStore *self)
{
  g_return_val_if_fail (GS_IS_STORE (self), 0);
  return (GsStoreError) g_atomic_int_get (&self->fault);
}
