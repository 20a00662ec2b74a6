/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-private.h"

#include "gs-counted-prints.h"
#include "gs-pwg.h"
#include "gs-stamp-render.h"
#include "gs-time.h"
#include "gs-uuid.h"

/* The VOID overprint over a stamp that is void already: the journal has ended before it begins, so
 * a crash loses at most the overprint, never the truth. It has a job name of its own, so that it is
 * never taken for a stamp. */

typedef struct
{
  GsStampIssue *issue;
  char *job_name;
  int job_id;
  GsStampPack *pack; /* of the stamp below */
  gboolean noted;    /* written down as begun */
  GBytes *raster;
} Overprint;

static void
overprint_free (gpointer data)
{
  Overprint *self = data;

  g_object_unref (self->issue);
  g_free (self->job_name);
  g_clear_pointer (&self->pack, gs_stamp_pack_unref);
  g_clear_pointer (&self->raster, g_bytes_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Overprint, overprint_free)

static gint64
now_utc_ms (GsStampDesk *desk)
{
  gint64 now = gs_clock_now_utc_ms (desk->clock);

  return now != GS_TIME_UNKNOWN ? now : g_get_real_time () / 1000;
}

/* A document that broke off on its way may be on paper or not: that stays written as begun. */
static void
finish (Overprint *self, gboolean printed)
{
  if (self->issue->desk == NULL)
    return;
  if (printed || (self->noted && self->job_id == 0))
    gs_counted_prints_end (self->issue->desk->store, self->job_name,
                           printed ? GS_COUNTED_PRINT_PRINTED : GS_COUNTED_PRINT_FAILED,
                           now_utc_ms (self->issue->desk));
  self->issue->void_printed = printed;
  gs_stamp_issue_set_state (self->issue, GS_ISSUE_VOID);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Overprint) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean taken =
    gs_stamp_printer_send_document_finish (GS_STAMP_PRINTER (source), result, &error);

  if (!taken)
    g_warning ("The VOID overprint was not taken: %s", error->message);
  finish (self, taken);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Overprint *self = user_data;
  g_autoptr (GError) error = NULL;

  self->job_id = gs_stamp_printer_create_job_finish (GS_STAMP_PRINTER (source), result, &error);
  if (self->job_id == 0 || self->issue->desk == NULL)
    {
      g_warning ("No job for the VOID overprint: %s", error != NULL ? error->message : "ended");
      finish (self, FALSE);
      overprint_free (self);
      return;
    }
  gs_stamp_printer_send_document_async (GS_STAMP_PRINTER (source), self->job_id, self->job_name,
                                        self->raster, NULL, NULL, NULL,
                                        self->issue->desk->cancellable, on_sent, self);
}

/* Written down before it is on paper, because the printer's counter will move. */
static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Overprint *self = user_data;
  GsStampDesk *desk = self->issue->desk;
  g_autoptr (GError) error = NULL;
  GsPrintMedia media;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  self->noted = error == NULL;
  if (error != NULL || desk == NULL || self->issue->printer == NULL)
    {
      finish (self, FALSE);
      overprint_free (self);
      return;
    }
  media = (GsPrintMedia){ gs_stamp_pack_get_width_hmm (self->pack),
                          gs_stamp_pack_get_height_hmm (self->pack) };
  gs_stamp_printer_create_job_async (gs_stamp_issue_get_device (self->issue), self->job_name, media,
                                     GS_STAMP_DPI, desk->cancellable, on_created, self);
}

static void
render_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GsStampFields *fields = data;
  GsStampPack *pack = g_object_get_data (G_OBJECT (task), "pack");
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampBitmap) bitmap = gs_stamp_render (pack, fields, 0, &error);
  GBytes *raster = NULL;

  if (bitmap != NULL)
    raster = gs_pwg_encode (bitmap, gs_stamp_pack_get_width_hmm (pack),
                            gs_stamp_pack_get_height_hmm (pack), &error);
  if (raster != NULL)
    g_task_return_pointer (task, raster, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_rendered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Overprint *self = user_data;
  GsStampDesk *desk = self->issue->desk;
  g_autoptr (GError) error = NULL;
  GsCountedPrint print = { .kind = GS_COUNTED_PRINT_VOID };

  self->raster = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->raster == NULL || desk == NULL)
    {
      if (error != NULL)
        g_warning ("The VOID overprint cannot be drawn: %s", error->message);
      finish (self, FALSE);
      overprint_free (self);
      return;
    }
  print.id = self->job_name;
  print.desk = desk->config->desk_id;
  print.printer = self->issue->printer_uri;
  print.officer = (char *) gs_stamp_desk_get_officer (desk);
  print.serial = self->issue->serial;
  print.taken_utc_ms = now_utc_ms (desk);
  gs_counted_prints_begin_async (desk->store, &print, desk->cancellable, on_noted, self);
}

static void
free_fields (gpointer fields)
{
  gs_stamp_fields_free (fields);
}

static void
unref_pack (gpointer pack)
{
  gs_stamp_pack_unref (pack);
}

void
gs_stamp_issue_overprint (GsStampIssue *self)
{
  GsStampDesk *desk = self->desk;
  Overprint *overprint;
  GsStampFields *fields;
  g_autoptr (GTask) task = NULL;
  GsStampPack *pack = gs_stamp_issue_get_pack (self, NULL);

  if (self->printer == NULL || pack == NULL)
    {
      gs_stamp_issue_set_state (self, GS_ISSUE_VOID);
      return;
    }
  gs_stamp_issue_set_state (self, GS_ISSUE_VOIDING);
  overprint = g_new0 (Overprint, 1);
  overprint->issue = g_object_ref (self);
  overprint->job_name = gs_uuid_new ();
  overprint->pack = gs_stamp_pack_ref (pack);
  fields = gs_stamp_issue_make_fields (self, self->serial);
  fields->kind = GS_STAMP_KIND_VOID;
  task = g_task_new (self, desk->cancellable, on_rendered, overprint);
  g_task_set_task_data (task, fields, free_fields);
  g_object_set_data_full (G_OBJECT (task), "pack", gs_stamp_pack_ref (pack), unref_pack);
  gs_worker_push (desk->render_worker, task, render_in_worker);
}
