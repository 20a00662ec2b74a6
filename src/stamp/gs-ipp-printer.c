/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-ipp-printer.h"

#include "gs-ipp-codec.h"
#include "gs-ipp-transport.h"
#include "gs-pwg.h"

#include <string.h>

#define SHORT_TIMEOUT_MS 10000
/* A smaller document gains nothing by being packed. */
#define GZIP_FROM_BYTES 4096

struct _GsIppPrinter
{
  GObject parent_instance;
  GsIppTransport *transport;
  char *name;
  char *uri;
  guint timeout_ms;
  int last_request_id;
  gboolean gzip; /* as the last status says */
};

static void stamp_printer_iface_init (GsStampPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsIppPrinter,
                               gs_ipp_printer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_STAMP_PRINTER,
                                                      stamp_printer_iface_init))

/* One operation, of one or several requests; the task's data. */
typedef struct
{
  int request_id;
  int job_id;
  char *job_name;
  GPtrArray *jobs;
  size_t list;   /* which of job_lists */
  GError *error; /* what to report after the job has been cancelled */
} Operation;

static void
operation_free (gpointer data)
{
  Operation *operation = data;

  g_free (operation->job_name);
  g_clear_pointer (&operation->jobs, g_ptr_array_unref);
  g_clear_error (&operation->error);
  g_free (operation);
}

static GTask *
operation_begin (GsStampPrinter *printer,
                 gpointer tag,
                 int job_id,
                 const char *job_name,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GTask *task = g_task_new (printer, cancellable, callback, user_data);
  Operation *operation = g_new0 (Operation, 1);

  operation->job_id = job_id;
  operation->job_name = g_strdup (job_name);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, operation, operation_free);
  /* A finished request is reported as such: what the printer did has been done. */
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static int
next_request_id (GTask *task)
{
  GsIppPrinter *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);

  self->last_request_id = self->last_request_id == G_MAXINT ? 1 : self->last_request_id + 1;
  operation->request_id = self->last_request_id;
  return operation->request_id;
}

/* Posts one short request of the task. Takes request, and the task's reference for done. */
static void
post (GTask *task, GBytes *request, gboolean once, GAsyncReadyCallback done)
{
  GsIppPrinter *self = g_task_get_source_object (task);

  gs_ipp_transport_post_async (self->transport, request, NULL, once, self->timeout_ms, NULL, NULL,
                               NULL, g_task_get_cancellable (task), done, task);
  g_bytes_unref (request);
}

static GBytes *
post_finish (GTask *task, GObject *source, GAsyncResult *result, GError **error)
{
  return gs_ipp_transport_post_finish (GS_IPP_TRANSPORT (source), result, error);
}

static const char *
ipp_printer_get_name (GsStampPrinter *printer)
{
  return GS_IPP_PRINTER (printer)->name;
}

static const char *
ipp_printer_get_uri (GsStampPrinter *printer)
{
  return GS_IPP_PRINTER (printer)->uri;
}

/* ---- Status ---- */

static void
on_status (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GsIppPrinter *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = post_finish (task, source, result, &error);
  GsPrinterStatus *status = NULL;

  if (answer != NULL)
    status = gs_ipp_codec_read_printer (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                                        operation->request_id, &error);
  if (status == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->gzip = status->gzip;
  g_task_return_pointer (task, status, (GDestroyNotify) gs_printer_status_unref);
}

static void
ipp_printer_get_status_async (GsStampPrinter *printer,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = operation_begin (printer, ipp_printer_get_status_async, 0, NULL, cancellable,
                                 callback, user_data);

  post (task,
        gs_ipp_codec_get_printer_attributes (GS_IPP_PRINTER (printer)->uri, next_request_id (task)),
        FALSE, on_status);
}

static GsPrinterStatus *
ipp_printer_get_status_finish (GsStampPrinter *printer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- Cancelling what the printer would not do exactly ---- */

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Operation *operation = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = post_finish (task, source, result, &error);

  if (answer == NULL
      || !gs_ipp_codec_read_done (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                                  operation->request_id, FALSE, FALSE, NULL, &error))
    g_prefix_error (&operation->error, "Job %d could not be cancelled (%s). ", operation->job_id,
                    error->message);
  g_task_return_error (task, g_steal_pointer (&operation->error));
}

/* Cancel-Job, even when the caller has lost interest; then reports why. Takes task and why. */
static void
take_back (GTask *task, GError *why)
{
  GsIppPrinter *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);
  g_autoptr (GBytes) request = NULL;

  operation->error = why;
  request = gs_ipp_codec_cancel_job (self->uri, next_request_id (task), operation->job_id);
  gs_ipp_transport_post_async (self->transport, request, NULL, TRUE, self->timeout_ms, NULL, NULL,
                               NULL, NULL, on_taken_back, task);
}

/* ---- Create-Job ---- */

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Operation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = post_finish (task, source, result, &error);

  if (answer != NULL
      && gs_ipp_codec_read_done (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                                 operation->request_id, TRUE, TRUE, &operation->job_id, &error))
    g_task_return_int (task, operation->job_id);
  else if (g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_SUBSTITUTED)
           && operation->job_id > 0)
    take_back (g_steal_pointer (&task), error);
  else
    g_task_return_error (task, error);
}

static void
ipp_printer_create_job_async (GsStampPrinter *printer,
                              const char *job_name,
                              GsPrintMedia media,
                              int dpi,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = operation_begin (printer, ipp_printer_create_job_async, 0, job_name, cancellable,
                                 callback, user_data);

  post (task,
        gs_ipp_codec_create_job (GS_IPP_PRINTER (printer)->uri, next_request_id (task), job_name,
                                 media, dpi),
        TRUE, on_created);
}

static int
ipp_printer_create_job_finish (GsStampPrinter *printer, GAsyncResult *result, GError **error)
{
  gssize id = g_task_propagate_int (G_TASK (result), error);

  return id > 0 ? (int) id : 0;
}

/* ---- Send-Document ---- */

static void
on_document_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Operation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = post_finish (task, source, result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else if (gs_ipp_codec_read_done (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                                   operation->request_id, TRUE, FALSE, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_NO_SUCH_JOB))
    g_task_return_error (task, error);
  else
    take_back (g_steal_pointer (&task), error);
}

static void
ipp_printer_send_document_async (GsStampPrinter *printer,
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
  GsIppPrinter *self = GS_IPP_PRINTER (printer);
  GTask *task = operation_begin (printer, ipp_printer_send_document_async, job_id, job_name,
                                 cancellable, callback, user_data);
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GBytes) request = NULL;

  if (self->gzip && g_bytes_get_size (pwg_raster) >= GZIP_FROM_BYTES)
    packed = gs_pwg_gzip (pwg_raster, NULL);
  request = gs_ipp_codec_send_document (self->uri, next_request_id (task), job_id, packed != NULL);
  gs_ipp_transport_post_async (self->transport, request, packed != NULL ? packed : pwg_raster, TRUE,
                               0, progress, progress_data, progress_destroy, cancellable,
                               on_document_sent, task);
}

static gboolean
ipp_printer_send_document_finish (GsStampPrinter *printer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- Get-Job-Attributes ---- */

/* The job that was asked for, or NULL when the id has become another's. */
static GsPrintJob *
read_own_job (Operation *operation, GBytes *answer, GError **error)
{
  g_autoptr (GsPrintJob) job = gs_ipp_codec_read_job (
    g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), operation->request_id, error);

  if (job == NULL)
    return NULL;
  if (job->id != operation->job_id)
    {
      g_set_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL,
                   "The printer described job %d instead of %d", job->id, operation->job_id);
      return NULL;
    }
  if (operation->job_name != NULL && strcmp (job->name, operation->job_name) != 0)
    {
      g_set_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_NO_SUCH_JOB,
                   "Job %d has another name now", job->id);
      return NULL;
    }
  return g_steal_pointer (&job);
}

static void
on_job (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) answer = post_finish (task, source, result, &error);
  GsPrintJob *job = NULL;

  if (answer != NULL)
    job = read_own_job (g_task_get_task_data (task), answer, &error);
  if (job != NULL)
    g_task_return_pointer (task, job, (GDestroyNotify) gs_print_job_free);
  else
    g_task_return_error (task, error);
}

static void
ipp_printer_get_job_async (GsStampPrinter *printer,
                           int job_id,
                           const char *job_name,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = operation_begin (printer, ipp_printer_get_job_async, job_id, job_name, cancellable,
                                 callback, user_data);

  post (
    task,
    gs_ipp_codec_get_job_attributes (GS_IPP_PRINTER (printer)->uri, next_request_id (task), job_id),
    FALSE, on_job);
}

static GsPrintJob *
ipp_printer_get_job_finish (GsStampPrinter *printer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- Get-Jobs ---- */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const GsPrintJob *x = *(GsPrintJob *const *) a, *y = *(GsPrintJob *const *) b;

  return (x->id > y->id) - (x->id < y->id);
}

/* Adds those of the right name; a job that was seen before has moved on, so the newer one stays. */
static void
keep_named (Operation *operation, GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      const GsPrintJob *job = g_ptr_array_index (found, i);

      if (strcmp (job->name, operation->job_name) != 0)
        continue;
      for (guint k = 0; k < operation->jobs->len; k++)
        if (((GsPrintJob *) g_ptr_array_index (operation->jobs, k))->id == job->id)
          g_ptr_array_remove_index (operation->jobs, k--);
      g_ptr_array_add (operation->jobs, gs_print_job_copy (job));
    }
}

/* The lists to ask for. A job that ends between the first two is seen twice and never missed. PAPPL
 * keeps a job that its restart has aborted in "all" alone, which other printers need not know. */
static const char *const job_lists[] = { "not-completed", "completed", "all" };

static void ask_for_list (GTask *task);

static void
on_jobs (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Operation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = post_finish (task, source, result, &error);
  g_autoptr (GPtrArray) found = NULL;
  gboolean last = operation->list + 1 == G_N_ELEMENTS (job_lists);

  if (answer != NULL)
    found = gs_ipp_codec_read_jobs (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                                    operation->request_id, &error);
  if (last && g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_REFUSED))
    g_clear_error (&error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (found != NULL)
    keep_named (operation, found);
  if (!last)
    {
      operation->list++;
      ask_for_list (g_steal_pointer (&task));
      return;
    }
  g_ptr_array_sort (operation->jobs, compare_ids);
  g_task_return_pointer (task, g_steal_pointer (&operation->jobs),
                         (GDestroyNotify) g_ptr_array_unref);
}

/* Takes the task's reference. */
static void
ask_for_list (GTask *task)
{
  GsIppPrinter *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);

  post (task, gs_ipp_codec_get_jobs (self->uri, next_request_id (task), job_lists[operation->list]),
        FALSE, on_jobs);
}

static void
ipp_printer_find_jobs_by_name_async (GsStampPrinter *printer,
                                     const char *job_name,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = operation_begin (printer, ipp_printer_find_jobs_by_name_async, 0, job_name,
                                 cancellable, callback, user_data);
  Operation *operation = g_task_get_task_data (task);

  operation->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_print_job_free);
  ask_for_list (task);
}

static GPtrArray *
ipp_printer_find_jobs_by_name_finish (GsStampPrinter *printer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- Cancel-Job ---- */

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Operation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = post_finish (task, source, result, &error);

  if (answer != NULL
      && gs_ipp_codec_read_done (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                                 operation->request_id, FALSE, FALSE, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
post_cancel (GTask *task)
{
  GsIppPrinter *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);

  post (task, gs_ipp_codec_cancel_job (self->uri, next_request_id (task), operation->job_id), TRUE,
        on_cancelled);
}

static void
on_job_to_cancel (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) answer = post_finish (task, source, result, &error);
  g_autoptr (GsPrintJob) job = NULL;

  if (answer != NULL)
    job = read_own_job (g_task_get_task_data (task), answer, &error);
  if (job != NULL)
    post_cancel (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
ipp_printer_cancel_job_async (GsStampPrinter *printer,
                              int job_id,
                              const char *job_name,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = operation_begin (printer, ipp_printer_cancel_job_async, job_id, job_name,
                                 cancellable, callback, user_data);

  if (job_name == NULL)
    post_cancel (task);
  else
    post (task,
          gs_ipp_codec_get_job_attributes (GS_IPP_PRINTER (printer)->uri, next_request_id (task),
                                           job_id),
          FALSE, on_job_to_cancel);
}

static gboolean
ipp_printer_cancel_job_finish (GsStampPrinter *printer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- The object ---- */

static void
stamp_printer_iface_init (GsStampPrinterInterface *iface)
{
  iface->get_name = ipp_printer_get_name;
  iface->get_uri = ipp_printer_get_uri;
  iface->get_status_async = ipp_printer_get_status_async;
  iface->get_status_finish = ipp_printer_get_status_finish;
  iface->create_job_async = ipp_printer_create_job_async;
  iface->create_job_finish = ipp_printer_create_job_finish;
  iface->send_document_async = ipp_printer_send_document_async;
  iface->send_document_finish = ipp_printer_send_document_finish;
  iface->get_job_async = ipp_printer_get_job_async;
  iface->get_job_finish = ipp_printer_get_job_finish;
  iface->find_jobs_by_name_async = ipp_printer_find_jobs_by_name_async;
  iface->find_jobs_by_name_finish = ipp_printer_find_jobs_by_name_finish;
  iface->cancel_job_async = ipp_printer_cancel_job_async;
  iface->cancel_job_finish = ipp_printer_cancel_job_finish;
}

static void
gs_ipp_printer_finalize (GObject *object)
{
  GsIppPrinter *self = GS_IPP_PRINTER (object);

  g_clear_object (&self->transport);
  g_free (self->name);
  g_free (self->uri);
  G_OBJECT_CLASS (gs_ipp_printer_parent_class)->finalize (object);
}

static void
gs_ipp_printer_class_init (GsIppPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_ipp_printer_finalize;
}

static void
gs_ipp_printer_init (GsIppPrinter *self)
{
  self->timeout_ms = SHORT_TIMEOUT_MS;
}

GsIppPrinter *
gs_ipp_printer_new (const char *name, const char *uri, const char *pins_path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GsIppTransport) transport = NULL;
  GsIppPrinter *self;

  g_return_val_if_fail (uri != NULL, NULL);

  transport = gs_ipp_transport_new (uri, pins_path, &local_error);
  if (transport == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  self = g_object_new (GS_TYPE_IPP_PRINTER, NULL);
  self->name = g_strdup (name != NULL ? name : gs_ipp_transport_get_host (transport));
  self->uri = g_strdup (uri);
  self->transport = g_steal_pointer (&transport);
  return self;
}

gboolean
gs_ipp_printer_reload_pins (GsIppPrinter *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (GS_IS_IPP_PRINTER (self), FALSE);

  if (gs_ipp_transport_reload_pins (self->transport, &local_error))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

void
gs_ipp_printer_set_pins (GsIppPrinter *self, GPtrArray *pins)
{
  g_return_if_fail (GS_IS_IPP_PRINTER (self));

  gs_ipp_transport_set_pins (self->transport, pins);
}

GTlsCertificate *
gs_ipp_printer_get_refused (GsIppPrinter *self)
{
  g_return_val_if_fail (GS_IS_IPP_PRINTER (self), NULL);

  return gs_ipp_transport_get_refused (self->transport);
}

const char *
gs_ipp_printer_get_uri (GsIppPrinter *self)
{
  return self->uri;
}

void
gs_ipp_printer_set_timeout (GsIppPrinter *self, guint timeout_ms)
{
  self->timeout_ms = timeout_ms;
}
