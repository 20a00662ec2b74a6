/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-worker.h"

typedef struct
{
  GTask *task;
  GTaskThreadFunc func;
} Job;

struct _GsWorker
{
  GObject parent_instance;

  GThread *thread;
  GAsyncQueue *queue;
  GMutex lock;
  gboolean stopped;
};

G_DEFINE_FINAL_TYPE (GsWorker, gs_worker, G_TYPE_OBJECT)

static gpointer
worker_main (gpointer data)
{
  g_autoptr (GAsyncQueue) queue = data;

  for (;;)
    {
      Job *job = g_async_queue_pop (queue);

      if (job->task == NULL)
        {
          g_free (job);
          return NULL;
        }
      if (!g_task_return_error_if_cancelled (job->task))
        job->func (job->task, g_task_get_source_object (job->task),
                   g_task_get_task_data (job->task), g_task_get_cancellable (job->task));
      g_object_unref (job->task);
      g_free (job);
    }
}

static void
gs_worker_dispose (GObject *object)
{
  gs_worker_stop (GS_WORKER (object));
  G_OBJECT_CLASS (gs_worker_parent_class)->dispose (object);
}

static void
gs_worker_finalize (GObject *object)
{
  GsWorker *self = GS_WORKER (object);

  g_async_queue_unref (self->queue);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (gs_worker_parent_class)->finalize (object);
}

static void
gs_worker_class_init (GsWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_worker_dispose;
  G_OBJECT_CLASS (klass)->finalize = gs_worker_finalize;
}

static void
gs_worker_init (GsWorker *self)
{
  self->queue = g_async_queue_new ();
  g_mutex_init (&self->lock);
}

GsWorker *
gs_worker_new (const char *name)
{
  GsWorker *self = g_object_new (GS_TYPE_WORKER, NULL);

  self->thread = g_thread_new (name, worker_main, g_async_queue_ref (self->queue));
  return self;
}

void
gs_worker_push (GsWorker *self, GTask *task, GTaskThreadFunc func)
{
  Job *job;

  g_return_if_fail (GS_IS_WORKER (self));
  g_return_if_fail (G_IS_TASK (task));

  g_mutex_lock (&self->lock);
  if (self->stopped)
    {
      g_mutex_unlock (&self->lock);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The worker has ended");
      return;
    }
  job = g_new0 (Job, 1);
  job->task = g_object_ref (task);
  job->func = func;
  g_async_queue_push (self->queue, job);
  g_mutex_unlock (&self->lock);
}

guint
gs_worker_get_pending (GsWorker *self)
{
  g_return_val_if_fail (GS_IS_WORKER (self), 0);
  return (guint) MAX (g_async_queue_length (self->queue), 0);
}

void
gs_worker_stop (GsWorker *self)
{
  GThread *thread;

  g_return_if_fail (GS_IS_WORKER (self));

  g_mutex_lock (&self->lock);
  thread = g_steal_pointer (&self->thread);
  if (!self->stopped)
    {
      self->stopped = TRUE;
      if (thread != NULL)
        g_async_queue_push (self->queue, g_new0 (Job, 1));
    }
  g_mutex_unlock (&self->lock);
  if (thread == NULL)
    return;
  /* The last reference went with a task on the worker's own thread: it ends by itself. */
  if (thread == g_thread_self ())
    g_thread_unref (thread);
  else
    g_thread_join (thread);
}
