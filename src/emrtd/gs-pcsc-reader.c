/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pcsc-reader.h"

#include "gs-emrtd-error.h"
#include "gs-pcsc-transport.h"
#include "gs-pcsc-watch.h"
#include "gs-worker.h"

/* A chip that owes an answer for so long will not give it. */
#define SILENCE_US (15 * G_USEC_PER_SEC)
#define WATCHDOG_MS 500
/* A sight from before we let go, or just then, shows our own hold. */
#define LETTING_GO_US (50 * 1000)

/* One reading on its way. Shared between the worker, which fills reading, and the main thread. */
typedef struct
{
  gatomicrefcount references;
  GsPcscReader *reader; /* main thread alone */
  GMainContext *main_context;
  char *name;
  gboolean has_key;
  GsAccessKey key;
  GsChipPlan plan;
  const GsRandomSource *random;
  GCancellable *cancellable;
  GMutex lock; /* of transport and blocked_since_us */
  GsPcscTransport *transport;
  gint64 blocked_since_us; /* while the chip is connected or let go; else 0 */
  GsChipReading *reading;
  GError *error;
  GTask *task; /* main thread alone; NULL when it has returned */
} Job;

struct _GsPcscReader
{
  GObject parent_instance;
  char *wanted;
  const GsRandomSource *random;
  gint64 patience_us;
  gint64 let_go_us; /* when we last held the chip ourselves */
  GsPcscWatch *watch;
  GsWorker *worker;
  GsChipReaderState state;
  gint64 since_monotonic_us;
  GsPcscSight sight;
  Job *job; /* the one that the worker has */
  guint watchdog;
};

typedef struct
{
  Job *job;
  GsChipProgress progress;
  GBytes *bytes; /* of a file that is done; else NULL */
} Message;

static void gs_pcsc_reader_device_init (GsChipReaderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsPcscReader,
                               gs_pcsc_reader,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_CHIP_READER,
                                                      gs_pcsc_reader_device_init))

static void
job_unref (gpointer data)
{
  Job *job = data;

  if (!g_atomic_ref_count_dec (&job->references))
    return;
  g_free (job->name);
  gs_access_key_clear (&job->key);
  g_clear_object (&job->cancellable);
  g_clear_pointer (&job->reading, gs_chip_reading_free);
  g_clear_error (&job->error);
  g_main_context_unref (job->main_context);
  g_mutex_clear (&job->lock);
  g_free (job);
}

static Job *
job_ref (Job *job)
{
  g_atomic_ref_count_inc (&job->references);
  return job;
}

static GsChipReaderState
judge (GsPcscReader *self)
{
  if (self->watch == NULL)
    return GS_CHIP_READER_STOPPED;
  if (self->job != NULL)
    return self->job->task != NULL ? GS_CHIP_READER_READING : GS_CHIP_READER_STUCK;
  if (!self->sight.service)
    return GS_CHIP_READER_NO_SERVICE;
  if (self->sight.reader == NULL)
    return GS_CHIP_READER_ABSENT;
  if (!self->sight.present)
    return GS_CHIP_READER_EMPTY;
  if (self->sight.mute)
    return GS_CHIP_READER_MUTE;
  return self->sight.in_use && self->sight.seen_us > self->let_go_us + LETTING_GO_US
           ? GS_CHIP_READER_IN_USE
           : GS_CHIP_READER_CARD;
}

static void
update_state (GsPcscReader *self)
{
  GsChipReaderState state = judge (self);

  if (state == self->state)
    return;
  self->state = state;
  self->since_monotonic_us = g_get_monotonic_time ();
  gs_chip_reader_emit_state_changed (GS_CHIP_READER (self));
}

static gboolean
has_chip (const GsPcscSight *sight)
{
  return sight->service && sight->reader != NULL && sight->present && !sight->mute;
}

static void
on_sight (const GsPcscSight *sight, gpointer user_data)
{
  g_autoptr (GsPcscReader) self = g_object_ref (user_data);
  gboolean had = has_chip (&self->sight);
  gboolean has = has_chip (sight);
  /* Connecting and resetting count no event; only cards that come and go do. */
  gboolean swapped = had && has && self->sight.events != sight->events;

  g_free (self->sight.reader);
  self->sight = *sight;
  self->sight.reader = g_strdup (sight->reader);
  if (had && (!has || swapped))
    gs_chip_reader_emit_card_removed (GS_CHIP_READER (self));
  update_state (self);
  if (has && (!had || swapped))
    gs_chip_reader_emit_card_laid (GS_CHIP_READER (self));
}

static void
message_free (gpointer data)
{
  Message *message = data;

  g_clear_pointer (&message->bytes, g_bytes_unref);
  job_unref (message->job);
  g_free (message);
}

static void
post (Job *job, GSourceFunc func, Message *message)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  message->job = job_ref (job);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, message, message_free);
  g_source_attach (source, job->main_context);
}

static gboolean
show_message (gpointer data)
{
  Message *message = data;
  Job *job = message->job;

  if (job->task == NULL)
    return G_SOURCE_REMOVE;
  if (message->bytes != NULL)
    job->plan.file_done (message->progress.file, message->bytes, job->plan.user_data);
  else
    {
      if (job->plan.progress != NULL)
        job->plan.progress (&message->progress, job->plan.user_data);
      gs_chip_reader_emit_progress (GS_CHIP_READER (job->reader), &message->progress);
    }
  return G_SOURCE_REMOVE;
}

/* On the worker. */
static void
post_progress (const GsChipProgress *progress, gpointer user_data)
{
  Message *message = g_new0 (Message, 1);

  message->progress = *progress;
  post (user_data, show_message, message);
}

/* On the worker. */
static void
post_file (GsChipFile file, GBytes *bytes, gpointer user_data)
{
  Job *job = user_data;

  if (job->plan.file_done == NULL)
    return;
  Message *message = g_new0 (Message, 1);
  message->progress.file = file;
  message->bytes = g_bytes_ref (bytes);
  post (job, show_message, message);
}

static void
stop_watchdog (GsPcscReader *self)
{
  g_clear_handle_id (&self->watchdog, g_source_remove);
}

/* The worker is done with the job; whoever waits gets it, unless the watchdog came first. */
static gboolean
finish_job (gpointer data)
{
  Message *message = data;
  Job *job = message->job;
  g_autoptr (GsPcscReader) self = g_object_ref (job->reader);
  g_autoptr (GTask) task = g_steal_pointer (&job->task);

  g_clear_pointer (&self->job, job_unref);
  stop_watchdog (self);
  if (job->reading != NULL)
    self->let_go_us = g_get_monotonic_time ();
  update_state (self);
  if (task != NULL && job->reading != NULL)
    g_task_return_pointer (task, g_steal_pointer (&job->reading),
                           (GDestroyNotify) gs_chip_reading_free);
  else if (task != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  g_object_unref (job->reader);
  return G_SOURCE_REMOVE;
}

/* transport NULL: from now on the worker is in a call that may block without one. */
static void
set_transport (Job *job, GsPcscTransport *transport)
{
  g_mutex_lock (&job->lock);
  job->transport = transport;
  job->blocked_since_us = transport == NULL ? g_get_monotonic_time () : 0;
  g_mutex_unlock (&job->lock);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  const GsChipPlan plan = { .without = job->plan.without,
                            .also = job->plan.also,
                            .no_pace = job->plan.no_pace,
                            .time_limit_us = job->plan.time_limit_us,
                            .progress = post_progress,
                            .file_done = post_file,
                            .user_data = job };
  g_autoptr (GsPcscTransport) transport = NULL;

  (void) source;
  (void) cancellable;
  set_transport (job, NULL);
  transport = gs_pcsc_transport_new (job->name, &job->error);
  if (transport != NULL)
    {
      set_transport (job, transport);
      job->reading =
        gs_chip_reading_run (GS_CHIP_TRANSPORT (transport), job->has_key ? &job->key : NULL, &plan,
                             job->random, job->cancellable);
      set_transport (job, NULL);
    }
  g_clear_object (&transport);
  post (job, finish_job, g_new0 (Message, 1));
  g_task_return_boolean (task, TRUE);
}

static gint64
waiting_since (Job *job)
{
  g_mutex_lock (&job->lock);
  gint64 since_us = job->transport != NULL ? gs_pcsc_transport_get_waiting_since_us (job->transport)
                                           : job->blocked_since_us;
  g_mutex_unlock (&job->lock);
  return since_us;
}

/* A call that hangs in the reader cannot be ended from here; but nobody has to wait for it. */
static gboolean
on_watchdog (gpointer data)
{
  GsPcscReader *self = data;
  gint64 since_us = self->job != NULL ? waiting_since (self->job) : 0;

  if (since_us == 0 || g_get_monotonic_time () - since_us < self->patience_us)
    return G_SOURCE_CONTINUE;
  g_autoptr (GTask) task = g_steal_pointer (&self->job->task);
  self->watchdog = 0;
  update_state (self);
  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                             "the chip has kept silent for %.1f s",
                             (double) self->patience_us / G_USEC_PER_SEC);
  return G_SOURCE_REMOVE;
}

static gboolean
refuse_reading (GsPcscReader *self, GTask *task)
{
  if (self->job != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "a chip is being read already");
  else if (self->watch == NULL || !self->sight.service || self->sight.reader == NULL)
    g_task_return_new_error (task, GS_EMRTD_ERROR, GS_EMRTD_ERROR_READER, "no reader: %s",
                             gs_chip_reader_state_to_string (judge (self)));
  else if (!self->sight.present)
    g_task_return_new_error (task, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD,
                             "nothing lies on the reader");
  else
    return FALSE;
  return TRUE;
}

static void
gs_pcsc_reader_read_async (GsChipReader *reader,
                           const GsAccessKey *key,
                           const GsChipPlan *plan,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GsPcscReader *self = GS_PCSC_READER (reader);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  /* What was read before a cancellation is still a reading. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, gs_pcsc_reader_read_async);
  if (refuse_reading (self, task))
    return;
  Job *job = g_new0 (Job, 1);
  g_atomic_ref_count_init (&job->references);
  g_mutex_init (&job->lock);
  job->reader = g_object_ref (self); /* until finish_job() */
  job->main_context = g_main_context_ref_thread_default ();
  job->name = g_strdup (self->sight.reader);
  job->has_key = key != NULL;
  if (key != NULL)
    job->key = *key;
  if (plan != NULL)
    job->plan = *plan;
  job->random = self->random;
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  job->task = g_steal_pointer (&task);
  self->job = job;
  if (self->worker == NULL)
    self->worker = gs_worker_new ("chip-reader");
  g_autoptr (GTask) work = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (work, job_ref (job), job_unref);
  self->watchdog = g_timeout_add (WATCHDOG_MS, on_watchdog, self);
  gs_worker_push (self->worker, work, run_job);
  update_state (self);
}

static GsChipReading *
gs_pcsc_reader_read_finish (GsChipReader *reader, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, reader), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
gs_pcsc_reader_start (GsChipReader *reader)
{
  GsPcscReader *self = GS_PCSC_READER (reader);

  if (self->watch != NULL)
    return;
  self->watch = gs_pcsc_watch_start (self->wanted, on_sight, self);
  update_state (self);
}

static void
gs_pcsc_reader_stop (GsChipReader *reader)
{
  GsPcscReader *self = GS_PCSC_READER (reader);

  if (self->job != NULL)
    g_cancellable_cancel (self->job->cancellable);
  if (self->watch == NULL)
    return;
  g_clear_pointer (&self->watch, gs_pcsc_watch_stop);
  g_clear_pointer (&self->sight.reader, g_free);
  self->sight = (GsPcscSight){ 0 };
  update_state (self);
}

static GsChipReaderState
gs_pcsc_reader_get_state (GsChipReader *reader)
{
  return GS_PCSC_READER (reader)->state;
}

static gint64
gs_pcsc_reader_get_since_monotonic_us (GsChipReader *reader)
{
  return GS_PCSC_READER (reader)->since_monotonic_us;
}

static const char *
gs_pcsc_reader_get_name (GsChipReader *reader)
{
  return GS_PCSC_READER (reader)->sight.reader;
}

static void
gs_pcsc_reader_device_init (GsChipReaderInterface *iface)
{
  iface->start = gs_pcsc_reader_start;
  iface->stop = gs_pcsc_reader_stop;
  iface->get_state = gs_pcsc_reader_get_state;
  iface->get_since_monotonic_us = gs_pcsc_reader_get_since_monotonic_us;
  iface->get_name = gs_pcsc_reader_get_name;
  iface->read_async = gs_pcsc_reader_read_async;
  iface->read_finish = gs_pcsc_reader_read_finish;
}

static void
gs_pcsc_reader_dispose (GObject *object)
{
  GsPcscReader *self = GS_PCSC_READER (object);

  /* A running job holds a reference, so there is none here. */
  stop_watchdog (self);
  g_clear_pointer (&self->watch, gs_pcsc_watch_stop);
  if (self->worker != NULL)
    gs_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->sight.reader, g_free);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (gs_pcsc_reader_parent_class)->dispose (object);
}

static void
gs_pcsc_reader_class_init (GsPcscReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_pcsc_reader_dispose;
}

static void
gs_pcsc_reader_init (GsPcscReader *self)
{
  self->patience_us = SILENCE_US;
  self->state = GS_CHIP_READER_STOPPED;
  self->since_monotonic_us = g_get_monotonic_time ();
}

GsPcscReader *
gs_pcsc_reader_new (const char *name, const GsRandomSource *random)
{
  GsPcscReader *self = g_object_new (GS_TYPE_PCSC_READER, NULL);

  self->wanted = g_strdup (name);
  self->random = random != NULL ? random : gs_random_source_system ();
  return self;
}

void
gs_pcsc_reader_set_patience (GsPcscReader *self, gint64 patience_us)
{
  g_return_if_fail (GS_IS_PCSC_READER (self) && patience_us > 0);

  self->patience_us = patience_us;
}

char **
gs_pcsc_reader_list (GError **error)
{
  return gs_pcsc_transport_list_readers (error);
}
