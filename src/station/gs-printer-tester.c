/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-tester.h"

#include "gs-counted-print-table.h"
#include "gs-pwg.h"
#include "gs-test-picture.h"
#include "gs-time.h"
#include "gs-uuid.h"
#include "gs-worker.h"

#define POLL_MS 250
#define PATIENCE_US (30 * G_USEC_PER_SEC)

struct _GsPrinterTester
{
  GObject parent_instance;

  GsPrinterDesk *printers;
  const GsConfig *config;
  GsStore *store;
  GsClock *clock;
  GsSession *session;
  GsWorker *worker; /* made when first asked for */
  gboolean running;
};

G_DEFINE_FINAL_TYPE (GsPrinterTester, gs_printer_tester, G_TYPE_OBJECT)

/* One test, the data of its task. */
typedef struct
{
  GsStampPrinter *printer;
  char *name;
  char *id; /* the job's name */
  char *officer;
  char *day;
  gint64 number;
  GsPrintMedia media;
  int dpi;
  GBytes *raster;
  int job_id;
  GCancellable *sending;
  gint64 end_monotonic_us;
  guint poll_source;
  gboolean sent; /* Send-Document was begun */
  GsTestPrint result;
} Test;

static void
test_free (gpointer data)
{
  Test *test = data;

  g_object_unref (test->printer);
  g_free (test->name);
  g_free (test->id);
  g_free (test->officer);
  g_free (test->day);
  g_clear_pointer (&test->raster, g_bytes_unref);
  g_object_unref (test->sending);
  g_free (test);
}

static void
gs_printer_tester_dispose (GObject *object)
{
  GsPrinterTester *self = GS_PRINTER_TESTER (object);

  if (self->worker != NULL)
    gs_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->printers);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gs_printer_tester_parent_class)->dispose (object);
}

static void
gs_printer_tester_class_init (GsPrinterTesterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_printer_tester_dispose;
}

static void
gs_printer_tester_init (GsPrinterTester *self)
{
}

GsPrinterTester *
gs_printer_tester_new (GsPrinterDesk *printers,
                       const GsConfig *config,
                       GsStore *store,
                       GsClock *clock)
{
  GsPrinterTester *self = g_object_new (GS_TYPE_PRINTER_TESTER, NULL);

  self->printers = g_object_ref (printers);
  self->config = config;
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  return self;
}

void
gs_printer_tester_set_session (GsPrinterTester *self, GsSession *session)
{
  g_return_if_fail (GS_IS_PRINTER_TESTER (self));
  g_set_object (&self->session, session);
}

gboolean
gs_printer_tester_may_print (GsPrinterTester *self)
{
  g_return_val_if_fail (GS_IS_PRINTER_TESTER (self), FALSE);
  return self->session != NULL && gs_session_get_role (self->session) != GS_ROLE_AUDITOR
         && !self->running;
}

static gint64
now_utc_ms (GsPrinterTester *self)
{
  gint64 now = gs_clock_now_utc_ms (self->clock);

  return now != GS_TIME_UNKNOWN ? now : g_get_real_time () / 1000;
}

/* --- the end ---------------------------------------------------------------------------------- */

/* In the store's worker. */
static gpointer
end_in_store (GsDatabase *db, gpointer data, GError **error)
{
  const Test *test = g_task_get_task_data (data);

  gs_counted_print_table_end (db, test->id,
                              test->result.end == GS_TEST_PRINT_PRINTED ? GS_COUNTED_PRINT_PRINTED
                                                                        : GS_COUNTED_PRINT_FAILED,
                              g_get_real_time () / 1000, error);
  return NULL;
}

static void
give_result (GTask *task)
{
  GsPrinterTester *self = g_task_get_source_object (task);

  self->running = FALSE;
  g_task_return_boolean (task, TRUE);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  /* It stays begun there: the reconciliation asks what became of it. */
  if (error != NULL)
    g_warning ("The end of a test print cannot be written: %s", error->message);
  give_result (task);
}

/* Takes the task's reference. */
static void
end (GTask *task, GsTestPrintEnd how, GsPrinterTrouble trouble)
{
  g_autoptr (GTask) taken = task;
  GsPrinterTester *self = g_task_get_source_object (task);
  Test *test = g_task_get_task_data (task);
  const char *word = how == GS_TEST_PRINT_PRINTED       ? "printed"
                     : how == GS_TEST_PRINT_NOT_PRINTED ? "not-printed"
                                                        : "not-known";
  g_autofree char *detail =
    g_strdup_printf ("number=%" G_GINT64_FORMAT " end=%s", test->number, word);
  GsRecordEntry entry = { .kind = "printer.test-end",
                          .at_utc_ms = now_utc_ms (self),
                          .subject = test->id,
                          .detail = detail };

  test->result.end = how;
  test->result.number = test->number;
  test->result.trouble = trouble;
  if (test->number == 0)
    give_result (task);
  else if (how == GS_TEST_PRINT_NOT_KNOWN)
    /* As it was begun, so it stays, and the reconciliation asks about it. */
    gs_store_note_async (self->store, &entry, NULL, on_ended, g_steal_pointer (&taken));
  else
    gs_store_transact_async (self->store, &entry, end_in_store, g_object_ref (task), g_object_unref,
                             NULL, NULL, on_ended, g_steal_pointer (&taken));
}

/* --- the job ---------------------------------------------------------------------------------- */

static void poll_job (GTask *task);

static gboolean
on_poll (gpointer data)
{
  poll_job (data);
  return G_SOURCE_REMOVE;
}

static void
on_job (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Test *test = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrintJob) job =
    gs_stamp_printer_get_job_finish (GS_STAMP_PRINTER (source), result, &error);

  if (job != NULL && gs_print_job_is_printed (job))
    end (task, GS_TEST_PRINT_PRINTED, GS_PRINTER_TROUBLE_NONE);
  else if (job != NULL && gs_print_job_is_unprinted (job))
    end (task, GS_TEST_PRINT_NOT_PRINTED, GS_PRINTER_TROUBLE_REFUSED);
  else if ((job != NULL && gs_print_job_is_final (job))
           || g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_NO_SUCH_JOB)
           || g_get_monotonic_time () > test->end_monotonic_us)
    end (task, GS_TEST_PRINT_NOT_KNOWN, gs_printer_trouble_of_error (error));
  else
    g_timeout_add (POLL_MS, on_poll, task);
}

/* Keeps the task's reference. */
static void
poll_job (GTask *task)
{
  Test *test = g_task_get_task_data (task);

  gs_stamp_printer_get_job_async (test->printer, test->job_id, test->id, NULL, on_job, task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Test *test = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&test->poll_source, g_source_remove);
  if (!gs_stamp_printer_send_document_finish (GS_STAMP_PRINTER (source), result, &error))
    g_message ("Test print %s: the document's way to the printer broke: %s", test->id,
               error->message);
  poll_job (task);
}

/* Send-Document has no limit of its own: a printer may print while it receives. */
static gboolean
on_out_of_patience (gpointer data)
{
  Test *test = g_task_get_task_data (data);

  test->poll_source = 0;
  g_cancellable_cancel (test->sending);
  return G_SOURCE_REMOVE;
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Test *test = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  test->job_id = gs_stamp_printer_create_job_finish (GS_STAMP_PRINTER (source), result, &error);
  if (test->job_id == 0)
    {
      /* Whatever job there may be has no document. */
      end (task, GS_TEST_PRINT_NOT_PRINTED, gs_printer_trouble_of_error (error));
      return;
    }
  test->poll_source = g_timeout_add (PATIENCE_US / 1000, on_out_of_patience, task);
  gs_stamp_printer_send_document_async (test->printer, test->job_id, test->id, test->raster, NULL,
                                        NULL, NULL, test->sending, on_sent, task);
}

/* --- the picture and the number --------------------------------------------------------------- */

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Test *test = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  test->raster = g_task_propagate_pointer (G_TASK (result), &error);
  if (test->raster == NULL)
    {
      g_warning ("The test print cannot be drawn: %s", error->message);
      end (task, GS_TEST_PRINT_NOT_PRINTED, GS_PRINTER_TROUBLE_OTHER);
      return;
    }
  gs_stamp_printer_create_job_async (test->printer, test->id, test->media, test->dpi, NULL,
                                     on_created, task);
}

static void
draw_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Test *test = g_task_get_task_data (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampBitmap) bitmap = gs_test_picture_draw (
    test->media, (guint) test->dpi, test->number, test->name, test->day, &error);
  GBytes *raster = bitmap != NULL
                     ? gs_pwg_encode (bitmap, test->media.width_hmm, test->media.height_hmm, &error)
                     : NULL;

  if (raster != NULL)
    g_task_return_pointer (task, raster, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* In the store's worker: the next number, and what will be printed. */
static gpointer
begin_in_store (GsDatabase *db, gpointer data, GError **error)
{
  GsPrinterTester *self = g_task_get_source_object (data);
  Test *test = g_task_get_task_data (data);
  g_autoptr (GsCountedPrint) print = gs_counted_print_new ();
  gint64 before = 0;

  if (!gs_database_get_int (db, "SELECT COUNT(*) FROM counted_print WHERE kind = 'test'", &before,
                            error))
    return NULL;
  test->number = before + 1;
  print->id = g_strdup (test->id);
  print->kind = GS_COUNTED_PRINT_TEST;
  print->state = GS_COUNTED_PRINT_BEGUN;
  print->desk = g_strdup (self->config->desk_id);
  print->printer = g_strdup (gs_stamp_printer_get_uri (test->printer));
  print->officer = g_strdup (test->officer);
  print->taken_utc_ms = g_get_real_time () / 1000;
  gs_counted_print_table_add (db, print, error);
  return NULL;
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GsPrinterTester *self = g_task_get_source_object (task);
  g_autoptr (GTask) drawing = NULL;
  GError *error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (error != NULL)
    {
      self->running = FALSE;
      g_task_return_error (task, error);
      return;
    }
  if (self->worker == NULL)
    self->worker = gs_worker_new ("test-print");
  drawing = g_task_new (self, NULL, on_drawn, g_object_ref (task));
  g_task_set_task_data (drawing, g_object_ref (task), g_object_unref);
  gs_worker_push (self->worker, drawing, draw_in_worker);
}

static void
on_status (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GsPrinterTester *self = g_task_get_source_object (task);
  Test *test = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterStatus) status =
    gs_stamp_printer_get_status_finish (GS_STAMP_PRINTER (source), result, &error);
  GsPrinterTrouble trouble = status != NULL ? gs_printer_desk_judge_status (self->printers, status)
                                            : gs_printer_trouble_of_error (error);
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { .kind = "printer.test" };

  /* A stamp that is being printed goes first. */
  if (trouble == GS_PRINTER_TROUBLE_NONE && status->state == GS_PRINTER_STATE_PROCESSING)
    trouble = GS_PRINTER_TROUBLE_REFUSED;
  if (trouble != GS_PRINTER_TROUBLE_NONE)
    {
      end (g_steal_pointer (&task), GS_TEST_PRINT_NOT_PRINTED, trouble);
      return;
    }
  detail = g_strdup_printf ("printer=%s", gs_stamp_printer_get_uri (test->printer));
  entry.at_utc_ms = now_utc_ms (self);
  entry.officer = test->officer;
  entry.subject = test->id;
  entry.detail = detail;
  gs_store_transact_async (self->store, &entry, begin_in_store, g_object_ref (task), g_object_unref,
                           NULL, NULL, on_begun, g_object_ref (task));
}

void
gs_printer_tester_print_async (GsPrinterTester *self,
                               GsPrinterMonitor *printer,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  Test *test;

  g_return_if_fail (GS_IS_PRINTER_TESTER (self) && GS_IS_PRINTER_MONITOR (printer));

  g_task_set_source_tag (task, gs_printer_tester_print_async);
  if (!gs_printer_tester_may_print (self))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                               "Nobody may print a test now");
      return;
    }
  test = g_new0 (Test, 1);
  test->printer = g_object_ref (gs_printer_monitor_get_printer (printer));
  test->name = g_strdup (gs_stamp_printer_get_name (test->printer));
  test->id = gs_uuid_new ();
  test->officer = g_strdup (gs_session_get_officer_id (self->session));
  test->day = g_date_time_format (now, "%Y-%m-%d %H:%M");
  test->sending = g_cancellable_new ();
  test->end_monotonic_us = g_get_monotonic_time () + PATIENCE_US;
  g_task_set_task_data (task, test, test_free);
  if (!gs_printer_desk_get_media (self->printers, &test->media, &test->dpi))
    {
      end (g_steal_pointer (&task), GS_TEST_PRINT_NOT_PRINTED, GS_PRINTER_TROUBLE_OTHER);
      return;
    }
  self->running = TRUE;
  gs_stamp_printer_get_status_async (test->printer, NULL, on_status, g_steal_pointer (&task));
}

gboolean
gs_printer_tester_print_finish (GsPrinterTester *self,
                                GAsyncResult *result,
                                GsTestPrint *test,
                                GError **error)
{
  const Test *own;

  g_return_val_if_fail (g_async_result_is_tagged (result, gs_printer_tester_print_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  own = g_task_get_task_data (G_TASK (result));
  *test = own->result;
  return TRUE;
}
