/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-fake-chip-reader.h"

#include "gs-emrtd-error.h"
#include "gs-random-source.h"

/* In the order in which the real one asks for them. */
static const GsChipFile order[] = { GS_CHIP_FILE_COM,  GS_CHIP_FILE_DG1,  GS_CHIP_FILE_SOD,
                                    GS_CHIP_FILE_DG14, GS_CHIP_FILE_DG15, GS_CHIP_FILE_DG11,
                                    GS_CHIP_FILE_DG2 };

struct _GsFakeChipReader
{
  GObject parent_instance;

  GsChipReaderState state;
  GsChipTransport *transport;
  gboolean started;
  guint n_readings;
  gboolean holds;
  GsChipFile hold_at;

  GTask *task; /* the reading on its way */
  GsChipPlan plan;
  GsChipReading *reading;
  guint next; /* index in order */
  gboolean held;
  guint source;
};

static void gs_fake_chip_reader_device_init (GsChipReaderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsFakeChipReader,
                               gs_fake_chip_reader,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_CHIP_READER,
                                                      gs_fake_chip_reader_device_init))

void
gs_fake_chip_reader_set_state (GsFakeChipReader *self, GsChipReaderState state)
{
  if (self->state == state)
    return;
  self->state = state;
  gs_chip_reader_emit_state_changed (GS_CHIP_READER (self));
}

static void
settle (GsFakeChipReader *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  /* Whoever hears that the reader is free may begin the next reading at once. */
  GsChipReading *reading = g_steal_pointer (&self->reading);
  G_GNUC_UNUSED g_autoptr (GsFakeChipReader) alive = g_object_ref (self);

  self->held = FALSE;
  g_clear_handle_id (&self->source, g_source_remove);
  gs_fake_chip_reader_set_state (self, self->transport != NULL ? GS_CHIP_READER_CARD
                                                               : GS_CHIP_READER_EMPTY);
  g_task_return_pointer (task, reading, (GDestroyNotify) gs_chip_reading_free);
}

/* What came after this moment was never read. */
static void
cut (GsFakeChipReader *self, GQuark domain, int code, const char *message)
{
  for (guint i = self->next; i < G_N_ELEMENTS (order); i++)
    g_clear_pointer (&self->reading->files[order[i]], g_bytes_unref);
  g_clear_error (&self->reading->error);
  self->reading->error = g_error_new_literal (domain, code, message);
  if (self->reading->files[GS_CHIP_FILE_DG14] == NULL)
    self->reading->chip_authentication = GS_CHECK_RESULT_NOT_CHECKED;
  if (self->reading->files[GS_CHIP_FILE_DG15] == NULL)
    self->reading->active_authentication = GS_CHECK_RESULT_NOT_CHECKED;
}

static gboolean
on_step (gpointer data)
{
  GsFakeChipReader *self = data;
  GCancellable *cancellable = g_task_get_cancellable (self->task);
  GsChipFile file;
  GBytes *bytes;
  GsChipProgress progress = { .stage = GS_CHIP_STAGE_FILE };

  if (g_cancellable_is_cancelled (cancellable))
    {
      cut (self, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
      self->source = 0;
      settle (self);
      return G_SOURCE_REMOVE;
    }
  if (self->held)
    {
      self->source = 0;
      return G_SOURCE_REMOVE;
    }
  if (self->next == G_N_ELEMENTS (order))
    {
      self->source = 0;
      settle (self);
      return G_SOURCE_REMOVE;
    }
  file = order[self->next];
  bytes = self->reading->files[file];
  if (bytes == NULL)
    {
      self->next++;
      return G_SOURCE_CONTINUE;
    }
  progress.file = file;
  progress.size = g_bytes_get_size (bytes);
  progress.done = self->holds && self->hold_at == file ? progress.size * 6 / 10 : progress.size;
  if (self->plan.progress != NULL)
    self->plan.progress (&progress, self->plan.user_data);
  gs_chip_reader_emit_progress (GS_CHIP_READER (self), &progress);
  if (self->holds && self->hold_at == file)
    {
      self->holds = FALSE;
      self->held = TRUE;
      self->source = 0;
      return G_SOURCE_REMOVE;
    }
  self->next++;
  if (self->plan.file_done != NULL)
    self->plan.file_done (file, bytes, self->plan.user_data);
  return G_SOURCE_CONTINUE;
}

static void
go (GsFakeChipReader *self)
{
  if (self->task != NULL && self->source == 0)
    self->source = g_idle_add (on_step, self);
}

static gboolean
on_cancelled_later (gpointer data)
{
  GsFakeChipReader *self = data;

  self->held = FALSE;
  go (self);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, on_cancelled_later, g_object_ref (data), g_object_unref);
}

static void
read_async (GsChipReader *reader,
            const GsAccessKey *key,
            const GsChipPlan *plan,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  GsFakeChipReader *self = GS_FAKE_CHIP_READER (reader);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const GsChipPlan quiet = { 0 };

  g_task_set_check_cancellable (task, FALSE);
  if (self->task != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "a chip is being read");
      return;
    }
  self->n_readings++;
  if (self->transport == NULL)
    {
      g_task_return_new_error (task, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD, "nothing there");
      return;
    }
  self->reading =
    gs_chip_reading_run (self->transport, key, &quiet, gs_random_source_system (), NULL);
  self->plan = *plan;
  self->next = 0;
  self->task = g_steal_pointer (&task);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled), self, 0);
  gs_fake_chip_reader_set_state (self, GS_CHIP_READER_READING);
  go (self);
}

static GsChipReading *
read_finish (GsChipReader *reader, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
start (GsChipReader *reader)
{
  GsFakeChipReader *self = GS_FAKE_CHIP_READER (reader);

  self->started = TRUE;
  if (self->state == GS_CHIP_READER_STOPPED)
    gs_fake_chip_reader_set_state (self, GS_CHIP_READER_EMPTY);
}

static void
stop (GsChipReader *reader)
{
  GsFakeChipReader *self = GS_FAKE_CHIP_READER (reader);

  self->started = FALSE;
  if (self->task != NULL)
    {
      cut (self, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
      settle (self);
    }
  gs_fake_chip_reader_set_state (self, GS_CHIP_READER_STOPPED);
}

static GsChipReaderState
get_state (GsChipReader *reader)
{
  return GS_FAKE_CHIP_READER (reader)->state;
}

static gint64
get_since (GsChipReader *reader)
{
  return 0;
}

static const char *
get_name (GsChipReader *reader)
{
  return "Utopia Reader 00 00";
}

static void
gs_fake_chip_reader_device_init (GsChipReaderInterface *iface)
{
  iface->start = start;
  iface->stop = stop;
  iface->get_state = get_state;
  iface->get_since_monotonic_us = get_since;
  iface->get_name = get_name;
  iface->read_async = read_async;
  iface->read_finish = read_finish;
}

static void
gs_fake_chip_reader_finalize (GObject *object)
{
  GsFakeChipReader *self = GS_FAKE_CHIP_READER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->task);
  g_clear_pointer (&self->reading, gs_chip_reading_free);
  g_clear_object (&self->transport);
  G_OBJECT_CLASS (gs_fake_chip_reader_parent_class)->finalize (object);
}

static void
gs_fake_chip_reader_class_init (GsFakeChipReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_fake_chip_reader_finalize;
}

static void
gs_fake_chip_reader_init (GsFakeChipReader *self)
{
  self->state = GS_CHIP_READER_STOPPED;
}

GsFakeChipReader *
gs_fake_chip_reader_new (void)
{
  return g_object_new (GS_TYPE_FAKE_CHIP_READER, NULL);
}

void
gs_fake_chip_reader_lay (GsFakeChipReader *self, GsChipTransport *transport)
{
  g_set_object (&self->transport, transport);
  if (self->task == NULL)
    gs_fake_chip_reader_set_state (self, GS_CHIP_READER_CARD);
  gs_chip_reader_emit_card_laid (GS_CHIP_READER (self));
}

void
gs_fake_chip_reader_remove (GsFakeChipReader *self)
{
  g_clear_object (&self->transport);
  gs_chip_reader_emit_card_removed (GS_CHIP_READER (self));
  if (self->task != NULL)
    {
      cut (self, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD, "the chip was taken away");
      settle (self);
    }
  else
    gs_fake_chip_reader_set_state (self, GS_CHIP_READER_EMPTY);
}

void
gs_fake_chip_reader_hold_at (GsFakeChipReader *self, GsChipFile file)
{
  self->holds = TRUE;
  self->hold_at = file;
}

gboolean
gs_fake_chip_reader_is_held (GsFakeChipReader *self)
{
  return self->held;
}

void
gs_fake_chip_reader_go_on (GsFakeChipReader *self)
{
  self->held = FALSE;
  go (self);
}

guint
gs_fake_chip_reader_get_n_readings (GsFakeChipReader *self)
{
  return self->n_readings;
}
