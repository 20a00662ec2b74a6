/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells ThreadSanitizer what GLib orders. GLib is not built with it, so its locks, queues and main
 * contexts are not seen, and everything that is handed over through them looks like a race. This is
 * loaded before GLib (see run) and says at each of our calls "what came before this is seen by
 * whoever comes there"; GLib itself does the work. Each pair is a promise of GLib's documentation:
 * a mutex, a queue, a task's return and its callback, a source's attaching and its dispatch, a
 * thread's start and end, the last reference. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <gio/gio.h>
#include <string.h>

void __tsan_acquire (void *address);
void __tsan_release (void *address);

/* Where all that goes through a main context passes. */
static char context;

/* The function that this one stands before. */
#define REAL(name)                                                                                 \
  static __typeof__ (name) *real;                                                                  \
  if (real == NULL)                                                                                \
  real = (__typeof__ (name) *) dlsym (RTLD_NEXT, #name)

/* --- locks and queues ------------------------------------------------------------------------- */

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock);
  real (mutex);
  __tsan_acquire (mutex);
}

void
g_mutex_unlock (GMutex *mutex)
{
  REAL (g_mutex_unlock);
  __tsan_release (mutex);
  real (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  REAL (g_cond_wait);
  __tsan_release (mutex);
  real (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  gboolean signalled;

  REAL (g_cond_wait_until);
  __tsan_release (mutex);
  signalled = real (cond, mutex, end_time);
  __tsan_acquire (mutex);
  return signalled;
}

void
g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  REAL (g_async_queue_push);
  __tsan_release (queue);
  real (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer data;

  REAL (g_async_queue_pop);
  data = real (queue);
  __tsan_acquire (queue);
  return data;
}

gpointer
g_async_queue_try_pop (GAsyncQueue *queue)
{
  gpointer data;

  REAL (g_async_queue_try_pop);
  data = real (queue);
  __tsan_acquire (queue);
  return data;
}

/* --- references ------------------------------------------------------------------------------- */

void
g_object_unref (gpointer object)
{
  REAL (g_object_unref);
  __tsan_release (object);
  __tsan_acquire (object);
  real (object);
}

void
g_bytes_unref (GBytes *bytes)
{
  REAL (g_bytes_unref);
  __tsan_release (bytes);
  __tsan_acquire (bytes);
  real (bytes);
}

#undef g_atomic_ref_count_dec
gboolean
g_atomic_ref_count_dec (gatomicrefcount *count)
{
  gboolean last;

  REAL (g_atomic_ref_count_dec);
  __tsan_release ((gpointer) count);
  last = real (count);
  if (last)
    __tsan_acquire ((gpointer) count);
  return last;
}

/* --- tasks ------------------------------------------------------------------------------------ */

typedef struct
{
  GAsyncReadyCallback func;
  gpointer data;
} Ready;

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Ready *ready = data;

  __tsan_acquire (result);
  __tsan_acquire (&context);
  ready->func (source, result, ready->data);
}

GTask *
g_task_new (gpointer source,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer callback_data)
{
  Ready *ready;

  REAL (g_task_new);
  if (callback == NULL)
    return real (source, cancellable, NULL, callback_data);
  ready = g_new (Ready, 1);
  *ready = (Ready){ callback, callback_data };
  return real (source, cancellable, on_ready, ready);
}

static void
release_task (GTask *task)
{
  __tsan_release (task);
  __tsan_release (&context);
}

void
g_task_return_pointer (GTask *task, gpointer result, GDestroyNotify destroy)
{
  REAL (g_task_return_pointer);
  release_task (task);
  real (task, result, destroy);
}

void
g_task_return_boolean (GTask *task, gboolean result)
{
  REAL (g_task_return_boolean);
  release_task (task);
  real (task, result);
}

void
g_task_return_error (GTask *task, GError *error)
{
  REAL (g_task_return_error);
  release_task (task);
  real (task, error);
}

gpointer
g_task_get_task_data (GTask *task)
{
  REAL (g_task_get_task_data);
  __tsan_acquire (task);
  return real (task);
}

/* --- main contexts ---------------------------------------------------------------------------- */

typedef struct
{
  GSourceFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Dispatch;

static gboolean
on_dispatch (gpointer data)
{
  Dispatch *dispatch = data;

  __tsan_acquire (dispatch);
  __tsan_acquire (&context);
  return dispatch->func (dispatch->data);
}

static void
dispatch_free (gpointer data)
{
  g_autofree Dispatch *dispatch = data;

  __tsan_acquire (dispatch);
  __tsan_acquire (&context);
  if (dispatch->destroy != NULL)
    dispatch->destroy (dispatch->data);
}

static Dispatch *
dispatch_new (GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  Dispatch *dispatch = g_new (Dispatch, 1);

  *dispatch = (Dispatch){ func, data, destroy };
  __tsan_release (dispatch);
  __tsan_release (&context);
  return dispatch;
}

/* Callbacks of a library's own sources have other arguments. */
static gboolean
is_ours (void *caller)
{
  Dl_info info;

  return dladdr (caller, &info) != 0 && info.dli_fname != NULL
         && strstr (info.dli_fname, ".so") == NULL;
}

void
g_source_set_callback (GSource *source, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  REAL (g_source_set_callback);
  if (is_ours (__builtin_return_address (0)))
    real (source, on_dispatch, dispatch_new (func, data, notify), dispatch_free);
  else
    real (source, func, data, notify);
}

guint
g_source_attach (GSource *source, GMainContext *where)
{
  REAL (g_source_attach);
  __tsan_release (&context);
  return real (source, where);
}

guint
g_idle_add_full (gint priority, GSourceFunc function, gpointer data, GDestroyNotify notify)
{
  REAL (g_idle_add_full);
  return real (priority, on_dispatch, dispatch_new (function, data, notify), dispatch_free);
}

guint
g_idle_add (GSourceFunc function, gpointer data)
{
  return g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, function, data, NULL);
}

/* --- threads ---------------------------------------------------------------------------------- */

typedef struct
{
  GThreadFunc func;
  gpointer data;
} Start;

static gpointer
on_start (gpointer data)
{
  g_autofree Start *start = data;
  gpointer result;

  __tsan_acquire (start);
  result = start->func (start->data);
  __tsan_release (&context);
  return result;
}

GThread *
g_thread_new (const char *name, GThreadFunc func, gpointer data)
{
  Start *start = g_new (Start, 1);

  REAL (g_thread_new);
  *start = (Start){ func, data };
  __tsan_release (start);
  return real (name, on_start, start);
}

gpointer
g_thread_join (GThread *thread)
{
  gpointer result;

  REAL (g_thread_join);
  result = real (thread);
  __tsan_acquire (&context);
  return result;
}
