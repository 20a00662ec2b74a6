/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-monitor.h"

#define IDLE_MS 5000
#define JOB_MS 250

struct _GsPrinterMonitor
{
  GObject parent_instance;
  GsStampPrinter *printer;
  GsPrinterStatus *status;
  GCancellable *cancellable; /* NULL while stopped */
  guint timer;
  gboolean asking_status;

  int job_id; /* 0: none is watched */
  char *job_name;
  GsPrintJob *job;
  GError *job_error;
  GCancellable *job_cancellable;
  gboolean asking_job;
};

G_DEFINE_FINAL_TYPE (GsPrinterMonitor, gs_printer_monitor, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_JOB_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void schedule (GsPrinterMonitor *self);

static gboolean
job_is_running (GsPrinterMonitor *self)
{
  return self->job_id > 0 && (self->job == NULL || !gs_print_job_is_final (self->job))
         && !g_error_matches (self->job_error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_NO_SUCH_JOB);
}

static void
take_status (GsPrinterMonitor *self, GsPrinterStatus *status)
{
  gboolean changed = !gs_printer_status_equal (self->status, status);

  gs_printer_status_unref (self->status);
  self->status = status;
  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_status (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsPrinterMonitor) self = user_data;
  g_autoptr (GError) error = NULL;
  GsPrinterStatus *status =
    gs_stamp_printer_get_status_finish (GS_STAMP_PRINTER (source), result, &error);

  self->asking_status = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->cancellable == NULL)
    {
      gs_printer_status_unref (status);
      return;
    }
  take_status (self, status != NULL ? status : gs_printer_status_new_unreachable (error));
}

static gboolean
errors_differ (const GError *a, const GError *b)
{
  if (a == NULL || b == NULL)
    return a != b;
  return a->domain != b->domain || a->code != b->code;
}

static void
take_job (GsPrinterMonitor *self, GsPrintJob *job, GError *error)
{
  gboolean changed = errors_differ (self->job_error, error);

  if (job != NULL)
    {
      changed |= !gs_print_job_equal (self->job, job);
      gs_print_job_free (self->job);
      self->job = job;
    }
  g_clear_error (&self->job_error);
  self->job_error = error;
  if (changed)
    g_signal_emit (self, signals[SIGNAL_JOB_CHANGED], 0);
}

static void
on_job (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsPrinterMonitor) self = user_data;
  GError *error = NULL;
  GsPrintJob *job = gs_stamp_printer_get_job_finish (GS_STAMP_PRINTER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* Another job is watched by now, or none: its own question is under way. */
      g_error_free (error);
      return;
    }
  self->asking_job = FALSE;
  take_job (self, job, error);
}

static void
ask (GsPrinterMonitor *self)
{
  if (self->cancellable == NULL)
    return;
  if (!self->asking_status)
    {
      self->asking_status = TRUE;
      gs_stamp_printer_get_status_async (self->printer, self->cancellable, on_status,
                                         g_object_ref (self));
    }
  if (job_is_running (self) && !self->asking_job)
    {
      self->asking_job = TRUE;
      gs_stamp_printer_get_job_async (self->printer, self->job_id, self->job_name,
                                      self->job_cancellable, on_job, g_object_ref (self));
    }
}

static gboolean
on_timer (gpointer data)
{
  GsPrinterMonitor *self = data;

  self->timer = 0;
  ask (self);
  schedule (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (GsPrinterMonitor *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    self->timer = g_timeout_add (job_is_running (self) ? JOB_MS : IDLE_MS, on_timer, self);
}

void
gs_printer_monitor_start (GsPrinterMonitor *self)
{
  g_return_if_fail (GS_IS_PRINTER_MONITOR (self));

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->asking_status = FALSE;
  ask (self);
  schedule (self);
}

void
gs_printer_monitor_stop (GsPrinterMonitor *self)
{
  g_return_if_fail (GS_IS_PRINTER_MONITOR (self));

  gs_printer_monitor_unwatch_job (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
}

void
gs_printer_monitor_poll_now (GsPrinterMonitor *self)
{
  g_return_if_fail (GS_IS_PRINTER_MONITOR (self));

  ask (self);
  schedule (self);
}

GsStampPrinter *
gs_printer_monitor_get_printer (GsPrinterMonitor *self)
{
  g_return_val_if_fail (GS_IS_PRINTER_MONITOR (self), NULL);

  return self->printer;
}

GsPrinterStatus *
gs_printer_monitor_get_status (GsPrinterMonitor *self)
{
  g_return_val_if_fail (GS_IS_PRINTER_MONITOR (self), NULL);

  return self->status;
}

void
gs_printer_monitor_watch_job (GsPrinterMonitor *self, int job_id, const char *job_name)
{
  g_return_if_fail (GS_IS_PRINTER_MONITOR (self));
  g_return_if_fail (job_id > 0);

  gs_printer_monitor_unwatch_job (self);
  self->job_id = job_id;
  self->job_name = g_strdup (job_name);
  self->job_cancellable = g_cancellable_new ();
  gs_printer_monitor_poll_now (self);
}

void
gs_printer_monitor_unwatch_job (GsPrinterMonitor *self)
{
  g_return_if_fail (GS_IS_PRINTER_MONITOR (self));

  if (self->job_cancellable != NULL)
    g_cancellable_cancel (self->job_cancellable);
  g_clear_object (&self->job_cancellable);
  g_clear_pointer (&self->job, gs_print_job_free);
  g_clear_pointer (&self->job_name, g_free);
  g_clear_error (&self->job_error);
  self->job_id = 0;
  self->asking_job = FALSE;
}

const GsPrintJob *
gs_printer_monitor_get_job (GsPrinterMonitor *self)
{
  g_return_val_if_fail (GS_IS_PRINTER_MONITOR (self), NULL);

  return self->job;
}

const GError *
gs_printer_monitor_get_job_error (GsPrinterMonitor *self)
{
  g_return_val_if_fail (GS_IS_PRINTER_MONITOR (self), NULL);

  return self->job_error;
}

static void
gs_printer_monitor_dispose (GObject *object)
{
  GsPrinterMonitor *self = GS_PRINTER_MONITOR (object);

  gs_printer_monitor_stop (self);
  g_clear_object (&self->printer);
  G_OBJECT_CLASS (gs_printer_monitor_parent_class)->dispose (object);
}

static void
gs_printer_monitor_finalize (GObject *object)
{
  gs_printer_status_unref (GS_PRINTER_MONITOR (object)->status);
  G_OBJECT_CLASS (gs_printer_monitor_parent_class)->finalize (object);
}

static void
gs_printer_monitor_class_init (GsPrinterMonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_printer_monitor_dispose;
  G_OBJECT_CLASS (klass)->finalize = gs_printer_monitor_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", GS_TYPE_PRINTER_MONITOR, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_JOB_CHANGED] = g_signal_new (
    "job-changed", GS_TYPE_PRINTER_MONITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_printer_monitor_init (GsPrinterMonitor *self)
{
  self->status = gs_printer_status_new ();
}

GsPrinterMonitor *
gs_printer_monitor_new (GsStampPrinter *printer)
{
  GsPrinterMonitor *self;

  g_return_val_if_fail (GS_IS_STAMP_PRINTER (printer), NULL);

  self = g_object_new (GS_TYPE_PRINTER_MONITOR, NULL);
  self->printer = g_object_ref (printer);
  return self;
}
