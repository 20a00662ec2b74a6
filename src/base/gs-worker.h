/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One thread that owns one resource (a database, a reader, a printer) and runs GTasks on it
 * strictly in the order in which they were pushed. The tasks' callbacks run in the main context of
 * whoever made the task. */
#define GS_TYPE_WORKER (gs_worker_get_type ())
G_DECLARE_FINAL_TYPE (GsWorker, gs_worker, GS, WORKER, GObject)

/* Starts the thread; name is at most 15 characters, for debuggers. */
GsWorker *gs_worker_new (const char *name);

/* Queues func (task, source object, task data, cancellable) on the worker's thread. A task that was
 * cancelled while it waited returns G_IO_ERROR_CANCELLED without func being called. Takes its own
 * reference on task. Any thread. After gs_worker_stop() the task returns G_IO_ERROR_CLOSED. */
void gs_worker_push (GsWorker *self, GTask *task, GTaskThreadFunc func);

/* Number of tasks not yet begun. Any thread. */
guint gs_worker_get_pending (GsWorker *self);

/* Runs what is queued to its end, then ends the thread and waits for it. Later pushes fail. Called
 * by dispose too. Not from the worker's own thread. */
void gs_worker_stop (GsWorker *self);

G_END_DECLS
