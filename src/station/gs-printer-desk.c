/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-desk.h"

struct _GsPrinterDesk
{
  GObject parent_instance;

  GPtrArray *printers; /* GsPrinterMonitor */
  GPtrArray *orphans;  /* Orphan */
  GsPrintMedia media;
  int dpi; /* 0: media is not known yet */
  gboolean started;
  GCancellable *cancellable;
};

/* A job that waits for a document which will not come. */
typedef struct
{
  GsPrinterMonitor *printer;
  char *job_name;
  gboolean asking;
} Orphan;

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsPrinterDesk, gs_printer_desk, G_TYPE_OBJECT)

static void
orphan_free (gpointer data)
{
  Orphan *orphan = data;

  g_object_unref (orphan->printer);
  g_free (orphan->job_name);
  g_free (orphan);
}

static void
gs_printer_desk_dispose (GObject *object)
{
  GsPrinterDesk *self = GS_PRINTER_DESK (object);

  gs_printer_desk_stop (self);
  g_clear_pointer (&self->orphans, g_ptr_array_unref);
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (gs_printer_desk_parent_class)->dispose (object);
}

static void
gs_printer_desk_class_init (GsPrinterDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_printer_desk_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_printer_desk_init (GsPrinterDesk *self)
{
  self->printers = g_ptr_array_new_with_free_func (g_object_unref);
  self->orphans = g_ptr_array_new_with_free_func (orphan_free);
  self->cancellable = g_cancellable_new ();
}

GsPrinterDesk *
gs_printer_desk_new (void)
{
  return g_object_new (GS_TYPE_PRINTER_DESK, NULL);
}

/* --- jobs that nobody wants any more ---------------------------------------------------------- */

typedef struct
{
  GsPrinterDesk *desk;
  char *job_name;
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->desk);
  g_free (search->job_name);
  g_free (search);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static Orphan *
find_orphan (GsPrinterDesk *self, const char *job_name)
{
  for (guint i = 0; self->orphans != NULL && i < self->orphans->len; i++)
    {
      Orphan *orphan = g_ptr_array_index (self->orphans, i);

      if (g_str_equal (orphan->job_name, job_name))
        return orphan;
    }
  return NULL;
}

static void
on_orphan_cancelled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  /* It is without a document in any case: it can print nothing. */
  if (!gs_stamp_printer_cancel_job_finish (GS_STAMP_PRINTER (source), result, &error))
    g_debug ("A job without a document stays at its printer: %s", error->message);
}

static void
on_orphans_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Search) search = data;
  GsPrinterDesk *self = search->desk;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs =
    gs_stamp_printer_find_jobs_by_name_finish (GS_STAMP_PRINTER (source), result, &error);
  Orphan *orphan = find_orphan (self, search->job_name);

  if (orphan == NULL)
    return;
  orphan->asking = FALSE;
  if (jobs == NULL)
    return;
  for (guint i = 0; i < jobs->len; i++)
    {
      const GsPrintJob *job = g_ptr_array_index (jobs, i);

      if (gs_print_job_is_without_document (job))
        gs_stamp_printer_cancel_job_async (GS_STAMP_PRINTER (source), job->id, search->job_name,
                                           self->cancellable, on_orphan_cancelled, NULL);
    }
  g_ptr_array_remove (self->orphans, orphan);
}

static void
look_for_orphans (GsPrinterDesk *self, GsPrinterMonitor *printer)
{
  if (!gs_printer_monitor_get_status (printer)->reachable)
    return;
  for (guint i = 0; i < self->orphans->len; i++)
    {
      Orphan *orphan = g_ptr_array_index (self->orphans, i);
      Search *search;

      if (orphan->printer != printer || orphan->asking)
        continue;
      orphan->asking = TRUE;
      search = g_new0 (Search, 1);
      search->desk = g_object_ref (self);
      search->job_name = g_strdup (orphan->job_name);
      gs_stamp_printer_find_jobs_by_name_async (gs_printer_monitor_get_printer (printer),
                                                orphan->job_name, self->cancellable,
                                                on_orphans_found, search);
    }
}

void
gs_printer_desk_forsake (GsPrinterDesk *self, GsPrinterMonitor *printer, const char *job_name)
{
  Orphan *orphan;

  g_return_if_fail (GS_IS_PRINTER_DESK (self));

  if (find_orphan (self, job_name) != NULL)
    return;
  orphan = g_new0 (Orphan, 1);
  orphan->printer = g_object_ref (printer);
  orphan->job_name = g_strdup (job_name);
  g_ptr_array_add (self->orphans, orphan);
}

/* --- the printers ----------------------------------------------------------------------------- */

static void
on_printer_changed (GsPrinterMonitor *printer, GsPrinterDesk *self)
{
  look_for_orphans (self, printer);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
gs_printer_desk_add (GsPrinterDesk *self, GsStampPrinter *printer)
{
  GsPrinterMonitor *monitor;

  g_return_if_fail (GS_IS_PRINTER_DESK (self));

  monitor = gs_printer_monitor_new (printer);
  g_signal_connect_object (monitor, "changed", G_CALLBACK (on_printer_changed), self, 0);
  g_ptr_array_add (self->printers, monitor);
  if (self->started)
    gs_printer_monitor_start (monitor);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
gs_printer_desk_start (GsPrinterDesk *self)
{
  g_return_if_fail (GS_IS_PRINTER_DESK (self));

  self->started = TRUE;
  for (guint i = 0; i < self->printers->len; i++)
    gs_printer_monitor_start (g_ptr_array_index (self->printers, i));
}

void
gs_printer_desk_stop (GsPrinterDesk *self)
{
  g_return_if_fail (GS_IS_PRINTER_DESK (self));

  self->started = FALSE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  for (guint i = 0; self->printers != NULL && i < self->printers->len; i++)
    gs_printer_monitor_stop (g_ptr_array_index (self->printers, i));
}

void
gs_printer_desk_poll_now (GsPrinterDesk *self)
{
  g_return_if_fail (GS_IS_PRINTER_DESK (self));

  for (guint i = 0; i < self->printers->len; i++)
    gs_printer_monitor_poll_now (g_ptr_array_index (self->printers, i));
}

void
gs_printer_desk_set_media (GsPrinterDesk *self, GsPrintMedia media, int dpi)
{
  g_return_if_fail (GS_IS_PRINTER_DESK (self));

  self->media = media;
  self->dpi = dpi;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
gs_printer_desk_get_media (GsPrinterDesk *self, GsPrintMedia *media, int *dpi)
{
  g_return_val_if_fail (GS_IS_PRINTER_DESK (self), FALSE);

  *media = self->media;
  *dpi = self->dpi;
  return self->dpi > 0;
}

guint
gs_printer_desk_get_n_printers (GsPrinterDesk *self)
{
  g_return_val_if_fail (GS_IS_PRINTER_DESK (self), 0);

  return self->printers->len;
}

GsPrinterMonitor *
gs_printer_desk_get_printer (GsPrinterDesk *self, guint position)
{
  g_return_val_if_fail (GS_IS_PRINTER_DESK (self), NULL);
  g_return_val_if_fail (position < self->printers->len, NULL);

  return g_ptr_array_index (self->printers, position);
}

GsPrinterMonitor *
gs_printer_desk_find (GsPrinterDesk *self, const char *uri)
{
  g_return_val_if_fail (GS_IS_PRINTER_DESK (self), NULL);

  for (guint i = 0; uri != NULL && i < self->printers->len; i++)
    {
      GsPrinterMonitor *printer = g_ptr_array_index (self->printers, i);

      if (g_strcmp0 (gs_stamp_printer_get_uri (gs_printer_monitor_get_printer (printer)), uri) == 0)
        return printer;
    }
  return NULL;
}

GsPrinterTrouble
gs_printer_desk_judge_status (GsPrinterDesk *self, const GsPrinterStatus *status)
{
  g_return_val_if_fail (GS_IS_PRINTER_DESK (self), GS_PRINTER_TROUBLE_OTHER);

  return self->dpi > 0 ? gs_printer_status_judge (status, self->media, self->dpi)
                       : gs_printer_status_get_trouble (status);
}

GsPrinterTrouble
gs_printer_desk_judge (GsPrinterDesk *self, GsPrinterMonitor *printer)
{
  return gs_printer_desk_judge_status (self, gs_printer_monitor_get_status (printer));
}

static gboolean
holds (GPtrArray *uris, const char *uri)
{
  for (guint i = 0; uris != NULL && i < uris->len; i++)
    if (g_strcmp0 (g_ptr_array_index (uris, i), uri) == 0)
      return TRUE;
  return FALSE;
}

GsPrinterMonitor *
gs_printer_desk_choose (GsPrinterDesk *self, GPtrArray *passed_over)
{
  g_return_val_if_fail (GS_IS_PRINTER_DESK (self), NULL);

  for (guint i = 0; i < self->printers->len; i++)
    {
      GsPrinterMonitor *printer = g_ptr_array_index (self->printers, i);
      GsStampPrinter *device = gs_printer_monitor_get_printer (printer);

      if (!holds (passed_over, gs_stamp_printer_get_uri (device))
          && gs_printer_desk_judge (self, printer) == GS_PRINTER_TROUBLE_NONE)
        return printer;
    }
  return NULL;
}
