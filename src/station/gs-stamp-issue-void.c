/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-private.h"

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

static void
finish (Overprint *self, gboolean printed)
{
  if (self->issue->desk == NULL)
    return;
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

/* In the record before it is on paper, because the printer's counter will move. */
static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Overprint *self = user_data;
  GsStampDesk *desk = self->issue->desk;
  g_autoptr (GError) error = NULL;
  GsPrintMedia media;

  gs_store_transact_finish (GS_STORE (source), result, &error);
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
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { .kind = "stamp.void-imprint" };

  self->raster = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->raster == NULL || desk == NULL)
    {
      if (error != NULL)
        g_warning ("The VOID overprint cannot be drawn: %s", error->message);
      finish (self, FALSE);
      overprint_free (self);
      return;
    }
  detail = g_strdup_printf ("serial=%s job=%s", self->issue->serial, self->job_name);
  entry.at_utc_ms = g_get_real_time () / 1000;
  entry.officer = gs_stamp_desk_get_officer (desk);
  entry.subject = self->issue->stamp;
  entry.detail = detail;
  gs_store_note_async (desk->store, &entry, desk->cancellable, on_noted, self);
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
