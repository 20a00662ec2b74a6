/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-worker.h"

typedef struct
{
  GString *order;
  int finished;
} Log;

static void
append (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Log *log = g_object_get_data (source, "log");

  g_string_append_c (log->order, (char) GPOINTER_TO_INT (data));
  g_task_return_boolean (task, TRUE);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Log *) data)->finished++;
}

static void
push (GsWorker *worker, GObject *source, Log *log, char c, GCancellable *cancellable)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, on_done, log);

  g_task_set_task_data (task, GINT_TO_POINTER ((int) c), NULL);
  gs_worker_push (worker, task, append);
}

static void
test_order (void)
{
  g_autoptr (GsWorker) worker = gs_worker_new ("test");
  g_autoptr (GObject) source = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  Log log = { g_string_new (NULL), 0 };

  g_object_set_data (source, "log", &log);
  g_cancellable_cancel (cancelled);
  for (char c = 'a'; c <= 'z'; c++)
    push (worker, source, &log, c, NULL);
  push (worker, source, &log, '!', cancelled);
  gs_worker_stop (worker);
  push (worker, source, &log, '?', NULL);
  while (log.finished < 28)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (log.order->str, ==, "abcdefghijklmnopqrstuvwxyz");
  g_string_free (log.order, TRUE);
}

static void
drop (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  /* The last reference: the worker is disposed on its own thread. */
  g_object_run_dispose (G_OBJECT (data));
  g_task_return_boolean (task, TRUE);
}

static void
test_stop_on_own_thread (void)
{
  GsWorker *worker = gs_worker_new ("test");
  g_autoptr (GObject) source = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GTask) task = NULL;
  Log log = { NULL, 0 };

  task = g_task_new (source, NULL, on_done, &log);
  g_task_set_task_data (task, worker, NULL);
  gs_worker_push (worker, task, drop);
  while (log.finished < 1)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (worker);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/worker/order", test_order);
  g_test_add_func ("/base/worker/stop-on-own-thread", test_stop_on_own_thread);
  return g_test_run ();
}
