/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-fake-stamp-printer.h"

struct _GsFakeStampPrinter
{
  GObject parent_instance;
  char *name;
  char *uri;
  GsPrinterStatus *status;
  GPtrArray *jobs;  /* GsPrintJob, all that it knows */
  GPtrArray *pages; /* names of the jobs whose pages came out */
  GPtrArray *held;  /* GTask of documents under way */
  GBytes *document;
  GsPrintJobState end;
  gboolean hold;
  int last_id;
  guint calls[GS_FAKE_N_CALLS];
  int fail[GS_FAKE_N_CALLS]; /* 0, or the code of the next failure */
  gboolean fail_done[GS_FAKE_N_CALLS];
};

static void iface_init (GsStampPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsFakeStampPrinter,
                               gs_fake_stamp_printer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_STAMP_PRINTER, iface_init))

typedef struct
{
  int job_id;
  GBytes *document;
  GSource *cancelled; /* while it is held; NULL without a cancellable */
} Sending;

static void
sending_free (gpointer data)
{
  g_bytes_unref (((Sending *) data)->document);
  g_free (data);
}

static const char *
fake_get_name (GsStampPrinter *printer)
{
  return GS_FAKE_STAMP_PRINTER (printer)->name;
}

static const char *
fake_get_uri (GsStampPrinter *printer)
{
  return GS_FAKE_STAMP_PRINTER (printer)->uri;
}

static GsPrintJob *
find_job (GsFakeStampPrinter *self, int id)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      GsPrintJob *job = g_ptr_array_index (self->jobs, i);

      if (job->id == id)
        return job;
    }
  return NULL;
}

/* Counts the call; TRUE when it shall fail before anything happens, and the task has ended. */
static gboolean
begin (GsFakeStampPrinter *self, GTask *task, GsFakeCall call)
{
  self->calls[call]++;
  if (self->fail[call] == 0 || self->fail_done[call])
    return FALSE;
  g_task_return_new_error (task, GS_PRINTER_ERROR, self->fail[call], "Told to fail");
  self->fail[call] = 0;
  return TRUE;
}

/* TRUE when the answer shall get lost after it was done, and the task has ended. */
static gboolean
lose_answer (GsFakeStampPrinter *self, GTask *task, GsFakeCall call)
{
  if (self->fail[call] == 0)
    return FALSE;
  g_task_return_new_error (task, GS_PRINTER_ERROR, self->fail[call], "Told to fail, and done");
  self->fail[call] = 0;
  return TRUE;
}

static void
set_reason (GsPrintJob *job, const char *reason)
{
  g_strfreev (job->reasons);
  job->reasons = g_new0 (char *, 2);
  job->reasons[0] = g_strdup (reason);
}

static void
fake_get_status_async (GsStampPrinter *printer,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GsFakeStampPrinter *self = GS_FAKE_STAMP_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (begin (self, task, GS_FAKE_CALL_STATUS) || lose_answer (self, task, GS_FAKE_CALL_STATUS))
    return;
  g_task_return_pointer (task, gs_printer_status_ref (self->status),
                         (GDestroyNotify) gs_printer_status_unref);
}

static gpointer
fake_finish_pointer (GsStampPrinter *printer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GsPrinterStatus *
fake_get_status_finish (GsStampPrinter *printer, GAsyncResult *result, GError **error)
{
  return fake_finish_pointer (printer, result, error);
}

static void
fake_create_job_async (GsStampPrinter *printer,
                       const char *job_name,
                       GsPrintMedia media,
                       int dpi,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GsFakeStampPrinter *self = GS_FAKE_STAMP_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GsPrintJob *job;

  if (begin (self, task, GS_FAKE_CALL_CREATE))
    return;
  job = g_new0 (GsPrintJob, 1);
  job->id = ++self->last_id;
  job->name = g_strdup (job_name);
  job->state = GS_PRINT_JOB_HELD;
  set_reason (job, "job-data-insufficient");
  g_ptr_array_add (self->jobs, job);
  if (!lose_answer (self, task, GS_FAKE_CALL_CREATE))
    g_task_return_int (task, job->id);
}

static int
fake_create_job_finish (GsStampPrinter *printer, GAsyncResult *result, GError **error)
{
  gssize id = g_task_propagate_int (G_TASK (result), error);

  return id > 0 ? (int) id : 0;
}

/* The page comes out and the sending ends. */
static void
print_document (GsFakeStampPrinter *self, GTask *task)
{
  Sending *sending = g_task_get_task_data (task);
  GsPrintJob *job = find_job (self, sending->job_id);

  if (sending->cancelled != NULL)
    g_source_destroy (sending->cancelled);
  g_clear_pointer (&sending->cancelled, g_source_unref);
  if (job == NULL || gs_print_job_is_final (job))
    {
      g_task_return_new_error (task, GS_PRINTER_ERROR, GS_PRINTER_ERROR_REFUSED,
                               "The job was cancelled");
      return;
    }
  job->state = self->end;
  job->impressions = 1;
  set_reason (job, self->end == GS_PRINT_JOB_COMPLETED ? "job-completed-successfully"
                                                       : "aborted-by-system");
  g_ptr_array_add (self->pages, g_strdup (job->name));
  if (self->status->impressions_completed >= 0)
    self->status->impressions_completed++;
  g_clear_pointer (&self->document, g_bytes_unref);
  self->document = g_bytes_ref (sending->document);
  if (!lose_answer (self, task, GS_FAKE_CALL_SEND))
    g_task_return_boolean (task, TRUE);
}

/* The sender hangs up. What the printer has of the document it may print all the same. */
static gboolean
on_sending_cancelled (GCancellable *cancellable, gpointer data)
{
  GTask *task = data;
  GsFakeStampPrinter *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);

  g_clear_pointer (&sending->cancelled, g_source_unref);
  g_task_return_error_if_cancelled (task);
  g_ptr_array_remove (self->held, task);
  return G_SOURCE_REMOVE;
}

static void
hold_document (GsFakeStampPrinter *self, GTask *task, GCancellable *cancellable)
{
  Sending *sending = g_task_get_task_data (task);

  g_ptr_array_add (self->held, g_object_ref (task));
  if (cancellable == NULL)
    return;
  sending->cancelled = g_cancellable_source_new (cancellable);
  g_task_attach_source (task, sending->cancelled, G_SOURCE_FUNC (on_sending_cancelled));
}

static void
fake_send_document_async (GsStampPrinter *printer,
                          int job_id,
                          const char *job_name,
                          GBytes *pwg_raster,
                          GsPrintProgressFunc progress,
                          gpointer progress_data,
                          GDestroyNotify progress_destroy,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GsFakeStampPrinter *self = GS_FAKE_STAMP_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Sending *sending = g_new0 (Sending, 1);
  gint64 size = (gint64) g_bytes_get_size (pwg_raster);
  GsPrintJob *job = find_job (self, job_id);

  sending->job_id = job_id;
  sending->document = g_bytes_ref (pwg_raster);
  g_task_set_task_data (task, sending, sending_free);
  if (!begin (self, task, GS_FAKE_CALL_SEND))
    {
      if (progress != NULL)
        progress (size, size, progress_data);
      if (self->hold && job != NULL && !gs_print_job_is_final (job))
        {
          job->state = GS_PRINT_JOB_PROCESSING;
          job->impressions = 1;
          set_reason (job, "job-printing");
          hold_document (self, task, cancellable);
        }
      else
        print_document (self, task);
    }
  if (progress_destroy != NULL)
    progress_destroy (progress_data);
}

static gboolean
fake_finish_boolean (GsStampPrinter *printer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The job of this id and name, or NULL when the task has ended without one. */
static GsPrintJob *
own_job (GsFakeStampPrinter *self, GTask *task, int job_id, const char *job_name)
{
  GsPrintJob *job = find_job (self, job_id);

  if (job != NULL && (job_name == NULL || g_str_equal (job->name, job_name)))
    return job;
  g_task_return_new_error (task, GS_PRINTER_ERROR, GS_PRINTER_ERROR_NO_SUCH_JOB, "No job %d",
                           job_id);
  return NULL;
}

static void
fake_get_job_async (GsStampPrinter *printer,
                    int job_id,
                    const char *job_name,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GsFakeStampPrinter *self = GS_FAKE_STAMP_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GsPrintJob *job;

  if (begin (self, task, GS_FAKE_CALL_GET) || lose_answer (self, task, GS_FAKE_CALL_GET))
    return;
  job = own_job (self, task, job_id, job_name);
  if (job != NULL)
    g_task_return_pointer (task, gs_print_job_copy (job), (GDestroyNotify) gs_print_job_free);
}

static GsPrintJob *
fake_get_job_finish (GsStampPrinter *printer, GAsyncResult *result, GError **error)
{
  return fake_finish_pointer (printer, result, error);
}

static void
fake_find_async (GsStampPrinter *printer,
                 const char *job_name,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GsFakeStampPrinter *self = GS_FAKE_STAMP_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GPtrArray *found;

  if (begin (self, task, GS_FAKE_CALL_FIND) || lose_answer (self, task, GS_FAKE_CALL_FIND))
    return;
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_print_job_free);
  for (guint i = 0; i < self->jobs->len; i++)
    {
      const GsPrintJob *job = g_ptr_array_index (self->jobs, i);

      if (g_str_equal (job->name, job_name))
        g_ptr_array_add (found, gs_print_job_copy (job));
    }
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
fake_find_finish (GsStampPrinter *printer, GAsyncResult *result, GError **error)
{
  return fake_finish_pointer (printer, result, error);
}

static void
fake_cancel_async (GsStampPrinter *printer,
                   int job_id,
                   const char *job_name,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GsFakeStampPrinter *self = GS_FAKE_STAMP_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GsPrintJob *job;

  if (begin (self, task, GS_FAKE_CALL_CANCEL))
    return;
  job = own_job (self, task, job_id, job_name);
  if (job == NULL)
    return;
  if (gs_print_job_is_final (job))
    {
      g_task_return_new_error (task, GS_PRINTER_ERROR, GS_PRINTER_ERROR_REFUSED, "It has ended");
      return;
    }
  job->state = GS_PRINT_JOB_CANCELED;
  set_reason (job, "job-canceled-by-user");
  if (!lose_answer (self, task, GS_FAKE_CALL_CANCEL))
    g_task_return_boolean (task, TRUE);
}

static void
iface_init (GsStampPrinterInterface *iface)
{
  iface->get_name = fake_get_name;
  iface->get_uri = fake_get_uri;
  iface->get_status_async = fake_get_status_async;
  iface->get_status_finish = fake_get_status_finish;
  iface->create_job_async = fake_create_job_async;
  iface->create_job_finish = fake_create_job_finish;
  iface->send_document_async = fake_send_document_async;
  iface->send_document_finish = fake_finish_boolean;
  iface->get_job_async = fake_get_job_async;
  iface->get_job_finish = fake_get_job_finish;
  iface->find_jobs_by_name_async = fake_find_async;
  iface->find_jobs_by_name_finish = fake_find_finish;
  iface->cancel_job_async = fake_cancel_async;
  iface->cancel_job_finish = fake_finish_boolean;
}

static void
gs_fake_stamp_printer_finalize (GObject *object)
{
  GsFakeStampPrinter *self = GS_FAKE_STAMP_PRINTER (object);

  g_free (self->name);
  g_free (self->uri);
  gs_printer_status_unref (self->status);
  g_ptr_array_unref (self->jobs);
  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->held);
  g_clear_pointer (&self->document, g_bytes_unref);
  G_OBJECT_CLASS (gs_fake_stamp_printer_parent_class)->finalize (object);
}

static void
gs_fake_stamp_printer_class_init (GsFakeStampPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_fake_stamp_printer_finalize;
}

static void
gs_fake_stamp_printer_init (GsFakeStampPrinter *self)
{
  static const GsPrintMedia media = { 4500, 3500 };
  static const GsPrinterResolution resolution = { 600, 600 };

  self->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_print_job_free);
  self->pages = g_ptr_array_new_with_free_func (g_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->end = GS_PRINT_JOB_COMPLETED;
  self->status = gs_printer_status_new ();
  self->status->reachable = TRUE;
  self->status->accepting = TRUE;
  self->status->state = GS_PRINTER_STATE_IDLE;
  self->status->impressions_completed = 0;
  g_array_append_val (self->status->media, media);
  g_array_append_val (self->status->resolutions, resolution);
  g_strfreev (self->status->formats);
  self->status->formats = g_strsplit ("image/pwg-raster", " ", -1);
}

GsFakeStampPrinter *
gs_fake_stamp_printer_new_named (const char *name, const char *uri)
{
  GsFakeStampPrinter *self = g_object_new (GS_TYPE_FAKE_STAMP_PRINTER, NULL);

  self->name = g_strdup (name);
  self->uri = g_strdup (uri);
  return self;
}

GsFakeStampPrinter *
gs_fake_stamp_printer_new (void)
{
  return gs_fake_stamp_printer_new_named ("Fake", GS_FAKE_STAMP_PRINTER_URI);
}

void
gs_fake_stamp_printer_set_status (GsFakeStampPrinter *self, GsPrinterStatus *status)
{
  if (status->impressions_completed >= 0)
    status->impressions_completed = MAX (self->status->impressions_completed, 0);
  gs_printer_status_unref (self->status);
  self->status = status;
}

void
gs_fake_stamp_printer_fail_next (GsFakeStampPrinter *self,
                                 GsFakeCall call,
                                 GsPrinterError code,
                                 gboolean done)
{
  self->fail[call] = (int) code;
  self->fail_done[call] = done;
}

void
gs_fake_stamp_printer_hold (GsFakeStampPrinter *self, gboolean hold)
{
  self->hold = hold;
  while (!hold && self->held->len > 0)
    {
      g_autoptr (GTask) task = g_ptr_array_steal_index (self->held, 0);

      print_document (self, task);
    }
}

void
gs_fake_stamp_printer_set_end (GsFakeStampPrinter *self, GsPrintJobState state)
{
  self->end = state;
}

void
gs_fake_stamp_printer_restart (GsFakeStampPrinter *self)
{
  g_ptr_array_set_size (self->jobs, 0);
  self->last_id = 0;
}

guint
gs_fake_stamp_printer_get_pages (GsFakeStampPrinter *self, const char *job_name)
{
  guint pages = 0;

  for (guint i = 0; i < self->pages->len; i++)
    pages += job_name == NULL || g_str_equal (g_ptr_array_index (self->pages, i), job_name);
  return pages;
}

guint
gs_fake_stamp_printer_get_calls (GsFakeStampPrinter *self, GsFakeCall call)
{
  return self->calls[call];
}

GBytes *
gs_fake_stamp_printer_get_document (GsFakeStampPrinter *self)
{
  return self->document;
}
