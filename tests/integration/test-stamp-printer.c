/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GsIppPrinter against the simulated stamp printer and its faults. */
#include "gs-printer-calls.h"
#include "gs-printer-monitor.h"
#include "gs-uuid.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

typedef struct
{
  char *dir;
  char *name; /* of the stamp's job */
  GsTestPrinter *peer;
  GsStampPrinter *printer;
} Fixture;

static GsStampPrinter *
connect_with (GsTestPrinter *peer, const char *pins)
{
  g_autoptr (GError) error = NULL;
  GsIppPrinter *printer =
    gs_ipp_printer_new ("Stamp", gs_test_printer_get_uri (peer), pins, &error);

  g_assert_no_error (error);
  return GS_STAMP_PRINTER (printer);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *fault = data;
  const char *extra[] = { "--fault", fault, NULL };

  fixture->dir = g_dir_make_tmp ("gateside-printer-XXXXXX", NULL);
  fixture->name = gs_uuid_new ();
  fixture->peer = gs_test_printer_new_simulated (fixture->dir, fault != NULL ? extra : NULL);
  fixture->printer = connect_with (fixture->peer, gs_test_printer_get_pins (fixture->peer));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->printer);
  gs_test_printer_free (fixture->peer);
  remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->name);
}

static int
create (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  int id = gs_call_create (fixture->printer, fixture->name, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

/* The only line of the ground truth about this stamp holds text. */
static void
assert_truth (Fixture *fixture, const char *text)
{
  g_auto (GStrv) lines = gs_test_printer_get_truth (fixture->peer, fixture->name);

  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  if (strstr (lines[0], text) == NULL)
    g_error ("\"%s\" is not in %s", text, lines[0]);
}

static void
test_attributes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterStatus) status = gs_call_status (fixture->printer, &error);
  const GsPrinterSupply *ink;

  g_assert_no_error (error);
  g_assert_true (status->reachable);
  g_assert_true (gs_printer_status_is_ready (status));
  g_assert_cmpint (status->state, ==, GS_PRINTER_STATE_IDLE);
  g_assert_cmpint (status->impressions_completed, ==, 0);
  g_assert_true (gs_printer_status_supports (status, (GsPrintMedia){ 4500, 3500 }, 600));
  g_assert_false (gs_printer_status_supports (status, (GsPrintMedia){ 4500, 3500 }, 300));
  g_assert_false (gs_printer_status_supports (status, (GsPrintMedia){ 21000, 29700 }, 600));
  g_assert_true (status->gzip);
  g_assert_cmpuint (status->supplies->len, ==, 1);
  ink = g_ptr_array_index (status->supplies, 0);
  g_assert_cmpstr (ink->name, ==, "Stamp ink");
  g_assert_cmpint (ink->level_percent, ==, 100);
  g_assert_false (gs_printer_status_is_supply_low (status));
}

static void
test_supply_low (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterStatus) status = gs_call_status (fixture->printer, &error);

  g_assert_no_error (error);
  g_assert_true (gs_printer_status_has_reason (status, "marker-supply-low"));
  g_assert_true (gs_printer_status_is_supply_low (status));
  g_assert_true (gs_printer_status_is_ready (status));
}

static void
test_not_ready (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterStatus) status = gs_call_status (fixture->printer, &error);
  const char *reason = g_str_has_prefix (data, "jam") ? "media-jam" : data;

  g_assert_no_error (error);
  g_assert_true (gs_printer_status_has_reason (status, reason));
  g_assert_cmpint (status->state, ==, GS_PRINTER_STATE_STOPPED);
  g_assert_false (gs_printer_status_is_ready (status));
}

static void
assert_paper_is (Fixture *fixture, const char *file, GBytes *dots)
{
  g_autofree char *path = g_build_filename (gs_test_printer_get_spool (fixture->peer), file, NULL);
  g_autofree char *pbm = NULL;
  const char *head = "P4\n1062 826\n";
  gsize len = 0;

  g_assert_true (g_file_get_contents (path, &pbm, &len, NULL));
  g_assert_true (g_str_has_prefix (pbm, head));
  g_assert_cmpmem (pbm + strlen (head), len - strlen (head), g_bytes_get_data (dots, NULL),
                   g_bytes_get_size (dots));
}

/* With and without having asked for the status first, which lets the raster travel as gzip. */
static void
test_print (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) dots = NULL;
  g_autoptr (GBytes) raster = gs_test_raster (1, &dots);
  g_autoptr (GsPrintJob) job = NULL;
  g_autoptr (GError) error = NULL;
  int id = create (fixture);

  g_assert_true (gs_call_send (fixture->printer, id, fixture->name, raster, &error));
  g_assert_no_error (error);
  job = gs_call_until_final (fixture->printer, id, fixture->name);
  g_assert_true (gs_print_job_is_printed (job));
  g_assert_cmpstr (job->name, ==, fixture->name);
  assert_truth (fixture, "\"printed\": \"fully\"");
  assert_paper_is (fixture, "page-0001.pbm", dots);
}

static void
test_print_gzip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsPrinterStatus) before = gs_call_status (fixture->printer, NULL);
  g_autoptr (GsPrinterStatus) after = NULL;

  g_assert_true (before->gzip);
  test_print (fixture, data);
  after = gs_call_status (fixture->printer, NULL);
  g_assert_cmpint (after->impressions_completed, ==, 1);
}

static void
assert_untrusted (GsStampPrinter *printer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterStatus) status = gs_call_status (printer, &error);
  g_autofree char *name = gs_uuid_new ();

  g_assert_null (status);
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNTRUSTED);
  g_assert_true (gs_printer_error_is_harmless (error));
  g_clear_error (&error);
  g_assert_cmpint (gs_call_create (printer, name, &error), ==, 0);
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNTRUSTED);
}

static void
test_wrong_certificate (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pins = g_build_filename (fixture->dir, "other.crt", NULL);
  g_autoptr (GsStampPrinter) printer = NULL;

  gs_test_make_certificate (fixture->dir, "other", "localhost");
  printer = connect_with (fixture->peer, pins);
  assert_untrusted (printer);
}

/* The certificate is the enrolled one, but it is another host's. */
static void
test_wrong_host (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri =
    g_strdup_printf ("ipps://127.0.0.1:%d/ipp/print", gs_test_printer_get_port (fixture->peer));
  g_autoptr (GError) error = NULL;
  g_autoptr (GsIppPrinter) printer =
    gs_ipp_printer_new (NULL, uri, gs_test_printer_get_pins (fixture->peer), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (gs_stamp_printer_get_name (GS_STAMP_PRINTER (printer)), ==, "127.0.0.1");
  assert_untrusted (GS_STAMP_PRINTER (printer));
}

/* Two pins overlap during a renewal. */
static void
test_two_pins (Fixture *fixture, gconstpointer data)
{
  g_autofree char *old = g_build_filename (fixture->dir, "old.crt", NULL);
  g_autofree char *both = g_build_filename (fixture->dir, "both.crt", NULL);
  g_autofree char *a = NULL, *b = NULL, *joined = NULL;
  g_autoptr (GsStampPrinter) printer = NULL;
  g_autoptr (GsPrinterStatus) status = NULL;
  g_autoptr (GError) error = NULL;

  gs_test_make_certificate (fixture->dir, "old", "localhost");
  g_assert_true (g_file_get_contents (old, &a, NULL, NULL));
  g_assert_true (g_file_get_contents (gs_test_printer_get_pins (fixture->peer), &b, NULL, NULL));
  g_assert_true (g_file_set_contents (both, a, -1, NULL));
  printer = connect_with (fixture->peer, both);
  g_assert_null (gs_call_status (printer, NULL));
  joined = g_strconcat (a, b, NULL);
  g_assert_true (g_file_set_contents (both, joined, -1, NULL));
  g_assert_true (gs_ipp_printer_reload_pins (GS_IPP_PRINTER (printer), &error));
  status = gs_call_status (printer, &error);
  g_assert_no_error (error);
  g_assert_true (status->reachable);
}

static void
test_jam (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) dots = NULL;
  g_autoptr (GBytes) raster = gs_test_raster (2, &dots);
  g_autoptr (GsPrinterStatus) status = NULL;
  g_autoptr (GsPrintJob) during = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  GsSending *sending;
  int id = create (fixture);

  gs_test_printer_set_fault (fixture->peer, "jam=400");
  sending = gs_sending_begin (fixture->printer, id, fixture->name, raster, NULL);
  do
    {
      g_clear_pointer (&during, gs_print_job_free);
      during = gs_call_job (fixture->printer, id, fixture->name, &error);
      g_assert_no_error (error);
    }
  while (during->state != GS_PRINT_JOB_PROCESSING || during->impressions == 0);
  status = gs_call_status (fixture->printer, &error);
  g_assert_no_error (error);
  g_assert_true (gs_printer_status_has_reason (status, "media-jam"));
  g_assert_false (gs_printer_status_is_ready (status));
  g_assert_false (gs_sending_is_done (sending));
  /* One impression is counted although the page hangs: no proof of a print. */
  g_assert_cmpint (during->impressions, ==, 1);
  g_assert_false (gs_print_job_is_printed (during));

  gs_test_printer_set_fault (fixture->peer, "clear");
  g_assert_true (gs_sending_end (sending, &error));
  g_assert_no_error (error);
  after = gs_call_until_final (fixture->printer, id, fixture->name);
  g_assert_true (gs_print_job_is_printed (after));
  assert_truth (fixture, "\"printed\": \"fully\"");
  assert_paper_is (fixture, "page-0001.pbm", dots);
}

/* Stopped by the officer during a jam: a part is on paper, and nobody says that it is not. */
static void
test_cancel_in_jam (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) raster = gs_test_raster (3, NULL);
  g_autoptr (GsPrintJob) job = NULL;
  g_autoptr (GError) error = NULL;
  GsSending *sending;
  int id = create (fixture);

  gs_test_printer_set_fault (fixture->peer, "jam=400");
  sending = gs_sending_begin (fixture->printer, id, fixture->name, raster, NULL);
  do
    {
      g_clear_pointer (&job, gs_print_job_free);
      job = gs_call_job (fixture->printer, id, fixture->name, &error);
      g_assert_no_error (error);
    }
  while (job->impressions == 0);
  g_assert_true (gs_call_cancel (fixture->printer, id, fixture->name, &error));
  g_assert_no_error (error);
  gs_sending_end (sending, NULL);
  g_clear_pointer (&job, gs_print_job_free);
  job = gs_call_until_final (fixture->printer, id, fixture->name);
  g_assert_cmpint (job->state, ==, GS_PRINT_JOB_CANCELED);
  g_assert_false (gs_print_job_is_unprinted (job));
  assert_truth (fixture, "\"printed\": \"partly\"");
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterStatus) status = NULL;

  gs_test_printer_kill (fixture->peer, SIGKILL);
  status = gs_call_status (fixture->printer, &error);
  g_assert_null (status);
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNREACHABLE);
  g_assert_true (gs_printer_error_is_harmless (error));
  g_clear_error (&error);
  gs_test_printer_restart (fixture->peer, FALSE);
  status = gs_call_status (fixture->printer, &error);
  g_assert_no_error (error);
}

/* It takes the connection and says nothing. */
static void
test_silent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *uri = g_strdup_printf ("ipps://localhost:%d/ipp/print", port);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsIppPrinter) printer =
    gs_ipp_printer_new (NULL, uri, gs_test_printer_get_pins (fixture->peer), &error);

  g_assert_no_error (error);
  gs_ipp_printer_set_timeout (printer, 200);
  g_assert_null (gs_call_status (GS_STAMP_PRINTER (printer), &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNREACHABLE);
}

static void
test_power_cut (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) raster = gs_test_raster (4, NULL);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;
  int id = create (fixture);

  g_assert_false (gs_call_send (fixture->printer, id, fixture->name, raster, &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_GONE);
  g_assert_false (gs_printer_error_is_harmless (error));
  g_clear_error (&error);
  g_assert_cmpint (gs_test_printer_wait_end (fixture->peer), ==, 86);
  assert_truth (fixture, "\"printed\": \"partly\"");
  gs_test_printer_restart (fixture->peer, TRUE);
  jobs = gs_call_find (fixture->printer, fixture->name, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < jobs->len; i++)
    g_assert_false (gs_print_job_is_printed (g_ptr_array_index (jobs, i)));
}

/* The head fails and the printer does not notice: only the officer's eye does. */
static void
test_head_failure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) raster = gs_test_raster (5, NULL);
  g_autoptr (GsPrintJob) job = NULL;
  int id = create (fixture);

  g_assert_true (gs_call_send (fixture->printer, id, fixture->name, raster, NULL));
  job = gs_call_until_final (fixture->printer, id, fixture->name);
  g_assert_true (gs_print_job_is_printed (job));
  assert_truth (fixture, "\"lines_printed\": 300");
}

static void
test_cancel_held (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsPrintJob) held = NULL, cancelled = NULL;
  g_autoptr (GsPrinterStatus) status = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  int id = create (fixture);

  held = gs_call_job (fixture->printer, id, fixture->name, &error);
  g_assert_no_error (error);
  g_assert_false (gs_print_job_is_final (held));
  g_assert_true (gs_print_job_is_without_document (held));
  g_assert_true (gs_call_cancel (fixture->printer, id, fixture->name, &error));
  cancelled = gs_call_until_final (fixture->printer, id, fixture->name);
  g_assert_true (gs_print_job_is_unprinted (cancelled));
  status = gs_call_status (fixture->printer, &error);
  g_assert_cmpint (status->impressions_completed, ==, 0);
  lines = gs_test_printer_get_truth (fixture->peer, fixture->name);
  g_assert_cmpuint (g_strv_length (lines), ==, 0);
  /* Nothing can be sent to it any more, and it cannot be cancelled twice. */
  g_assert_false (gs_call_cancel (fixture->printer, id, fixture->name, &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_REFUSED);
}

static void
test_other_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = gs_uuid_new ();
  g_autoptr (GsPrintJob) job = NULL;
  g_autoptr (GError) error = NULL;
  int id = create (fixture);

  g_assert_null (gs_call_job (fixture->printer, id, other, &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_NO_SUCH_JOB);
  g_clear_error (&error);
  g_assert_false (gs_call_cancel (fixture->printer, id, other, &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_NO_SUCH_JOB);
  g_clear_error (&error);
  g_assert_null (gs_call_job (fixture->printer, id + 1000, NULL, &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_NO_SUCH_JOB);
  g_clear_error (&error);
  job = gs_call_job (fixture->printer, id, fixture->name, &error);
  g_assert_no_error (error);
  g_assert_false (gs_print_job_is_final (job));
}

static void
assert_found (Fixture *fixture, GsPrintJobState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = gs_call_find (fixture->printer, fixture->name, &error);
  const GsPrintJob *job;

  g_assert_no_error (error);
  g_assert_cmpuint (jobs->len, ==, 1);
  job = g_ptr_array_index (jobs, 0);
  g_assert_cmpstr (job->name, ==, fixture->name);
  g_assert_cmpint (job->state, ==, state);
}

static void
test_found_after_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) raster = gs_test_raster (6, NULL);
  g_autoptr (GsPrinterStatus) status = NULL;
  g_autoptr (GsPrintJob) job = NULL;
  g_autofree char *other = gs_uuid_new ();
  int id = create (fixture);

  g_assert_cmpint (gs_call_create (fixture->printer, other, NULL), >, 0);
  g_assert_true (gs_call_send (fixture->printer, id, fixture->name, raster, NULL));
  job = gs_call_until_final (fixture->printer, id, fixture->name);
  assert_found (fixture, GS_PRINT_JOB_COMPLETED);
  gs_test_printer_kill (fixture->peer, SIGTERM);
  gs_test_printer_restart (fixture->peer, FALSE);
  assert_found (fixture, GS_PRINT_JOB_COMPLETED);
  g_free (fixture->name);
  fixture->name = g_steal_pointer (&other);
  /* Nothing of the other job was ever sent. The state file holds it as held and without a document;
   * PAPPL's papplSystemLoadState() makes such a job aborted, whatever ended the printer. (Canceled
   * was seen when the printer wrote its file once more after closing down had cancelled its jobs.)
   */
  assert_found (fixture, GS_PRINT_JOB_ABORTED);
  status = gs_call_status (fixture->printer, NULL);
  g_assert_cmpint (status->impressions_completed, ==, 1);
}

/* Ended in the middle of a page, politely or not: the page is not whole, so after the restart
 * nothing may call it printed, and the counter of whole pages has not grown. */
static void
test_ended_mid_page (Fixture *fixture, gconstpointer data)
{
  static const int signals[] = { SIGTERM, SIGKILL };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (GBytes) raster = gs_test_raster (6, NULL);
      g_autoptr (GPtrArray) jobs = NULL;
      g_autoptr (GsPrintJob) job = NULL;
      GsSending *sending;
      int id;

      g_free (fixture->name);
      fixture->name = gs_uuid_new ();
      gs_test_printer_set_fault (fixture->peer, "jam=400");
      id = create (fixture);
      sending = gs_sending_begin (fixture->printer, id, fixture->name, raster, NULL);
      do
        {
          g_clear_pointer (&job, gs_print_job_free);
          job = gs_call_job (fixture->printer, id, fixture->name, NULL);
        }
      while (job->impressions == 0);
      gs_test_printer_kill (fixture->peer, signals[i]);
      gs_sending_end (sending, NULL);
      gs_test_printer_restart (fixture->peer, FALSE);
      jobs = gs_call_find (fixture->printer, fixture->name, NULL);
      g_assert_nonnull (jobs);
      for (guint j = 0; j < jobs->len; j++)
        g_assert_false (gs_print_job_is_printed (g_ptr_array_index (jobs, j)));
    }
}

/* Half of the raster and then nothing: the desk lost its network. */
static void
test_half_document (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) raster = gs_test_raster (7, NULL);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (raster, 0, g_bytes_get_size (raster) / 2);
  g_autoptr (GsPrintJob) job = NULL;
  int id = create (fixture);

  gs_call_send (fixture->printer, id, fixture->name, half, NULL);
  job = gs_call_until_final (fixture->printer, id, fixture->name);
  g_assert_cmpint (job->state, ==, GS_PRINT_JOB_ABORTED);
  g_assert_false (gs_print_job_is_printed (job));
  assert_truth (fixture, "\"printed\": \"partly\"");
  assert_truth (fixture, "short-data");
}

static void
test_cancelled_sending (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) raster = gs_test_raster (8, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GsPrintJob) job = NULL;
  g_autoptr (GError) error = NULL;
  GsSending *sending;
  int id = create (fixture);

  sending = gs_sending_begin (fixture->printer, id, fixture->name, raster, cancellable);
  do
    {
      g_clear_pointer (&job, gs_print_job_free);
      job = gs_call_job (fixture->printer, id, fixture->name, NULL);
    }
  while (job->impressions == 0);
  g_cancellable_cancel (cancellable);
  g_assert_false (gs_sending_end (sending, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* What had left the desk is printed all the same: how much of it, only the page shows. */
  g_clear_pointer (&job, gs_print_job_free);
  job = gs_call_until_final (fixture->printer, id, fixture->name);
  g_assert_false (gs_print_job_is_unprinted (job));
  assert_truth (fixture, "\"lines_printed\": ");
}

/* PAPPL prints one raster at a time: the second is told to wait, and nothing of it is printed. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) raster = gs_test_raster (9, NULL);
  g_autofree char *other = gs_uuid_new ();
  g_autoptr (GsPrintJob) job = NULL, second = NULL;
  g_autoptr (GError) error = NULL;
  GsSending *sending;
  int id = create (fixture), other_id = gs_call_create (fixture->printer, other, NULL);

  gs_test_printer_set_fault (fixture->peer, "jam=10");
  sending = gs_sending_begin (fixture->printer, id, fixture->name, raster, NULL);
  do
    {
      g_clear_pointer (&job, gs_print_job_free);
      job = gs_call_job (fixture->printer, id, fixture->name, NULL);
    }
  while (job->impressions == 0);
  g_assert_false (gs_call_send (fixture->printer, other_id, other, raster, &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_BUSY);
  gs_test_printer_set_fault (fixture->peer, "clear");
  g_assert_true (gs_sending_end (sending, NULL));
  second = gs_call_until_final (fixture->printer, other_id, other);
  g_assert_true (gs_print_job_is_unprinted (second));
  assert_truth (fixture, "\"printed\": \"fully\"");
}

typedef struct
{
  GsPrinterMonitor *monitor;
  guint changes;
} Watch;

static void
on_changed (GsPrinterMonitor *monitor, Watch *watch)
{
  watch->changes++;
}

static gboolean
is_ready (gpointer data)
{
  return gs_printer_status_is_ready (gs_printer_monitor_get_status (data));
}

static gboolean
is_jammed (gpointer data)
{
  return gs_printer_status_has_reason (gs_printer_monitor_get_status (data), "media-jam");
}

static gboolean
refuses_connections (gpointer data)
{
  const GsPrinterStatus *status = gs_printer_monitor_get_status (data);

  return !status->reachable
         && g_error_matches (status->error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNREACHABLE);
}

static gboolean
has_failed (gpointer data)
{
  return gs_printer_monitor_get_status (data)->error != NULL;
}

static gboolean
is_final (gpointer data)
{
  const GsPrintJob *job = gs_printer_monitor_get_job (data);

  return job != NULL && gs_print_job_is_final (job);
}

/* The monitor sees a jam within the pace of a running job, the print, and the printer's end. */
static void
test_monitor (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) raster = gs_test_raster (10, NULL);
  g_autoptr (GsPrinterMonitor) monitor = gs_printer_monitor_new (fixture->printer);
  Watch watch = { monitor, 0 };
  GsSending *sending;
  int id = create (fixture);

  g_signal_connect (monitor, "changed", G_CALLBACK (on_changed), &watch);
  g_assert_false (gs_printer_monitor_get_status (monitor)->reachable);
  gs_printer_monitor_start (monitor);
  g_assert_true (gs_test_wait_until (is_ready, monitor, 4000));
  g_assert_cmpuint (watch.changes, ==, 1);
  gs_test_printer_set_fault (fixture->peer, "jam=100");
  gs_printer_monitor_watch_job (monitor, id, fixture->name);
  sending = gs_sending_begin (fixture->printer, id, fixture->name, raster, NULL);
  g_assert_true (gs_test_wait_until (is_jammed, monitor, 2000));
  gs_test_printer_set_fault (fixture->peer, "clear");
  g_assert_true (gs_test_wait_until (is_final, monitor, 4000));
  g_assert_true (gs_print_job_is_printed (gs_printer_monitor_get_job (monitor)));
  g_assert_true (gs_sending_end (sending, NULL));
  gs_test_printer_kill (fixture->peer, SIGKILL);
  gs_printer_monitor_poll_now (monitor);
  g_assert_true (gs_test_wait_until (has_failed, monitor, 4000));
  /* A question whose connection stood already (one under way, or a kept connection) learns only
   * that it broke: GONE, which says nothing about what is on paper. Each later one has to connect,
   * and that is refused. Neither calls the printer reachable, nor says anything else. */
  if (!g_error_matches (gs_printer_monitor_get_status (monitor)->error, GS_PRINTER_ERROR,
                        GS_PRINTER_ERROR_GONE))
    g_assert_error (gs_printer_monitor_get_status (monitor)->error, GS_PRINTER_ERROR,
                    GS_PRINTER_ERROR_UNREACHABLE);
  g_assert_false (gs_printer_monitor_get_status (monitor)->reachable);
  gs_printer_monitor_poll_now (monitor);
  g_assert_true (gs_test_wait_until (refuses_connections, monitor, 4000));
  g_assert_true (gs_print_job_is_printed (gs_printer_monitor_get_job (monitor)));
  gs_printer_monitor_stop (monitor);
}

static void
test_bad_addresses (void)
{
  static const char *const uris[] = {
    "ipp://localhost/ipp/print",   "ipps:///ipp",        "https://localhost/", "nonsense", "",
    "ipps://user:pass@localhost/", "ipps://localhost/?x"
  };
  g_autoptr (GError) error = NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_assert_null (gs_ipp_printer_new (NULL, uris[i], "/dev/null", &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_clear_error (&error);
    }
  g_assert_null (gs_ipp_printer_new (NULL, "ipps://localhost/", "pins.pem", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (gs_ipp_printer_new (NULL, "ipps://localhost/", "/nonexistent.pem", &error));
  g_assert_nonnull (error);
}

#define ADD(path, fault, function)                                                                 \
  g_test_add ("/stamp-printer/" path, Fixture, fault, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stamp-printer/bad-addresses", test_bad_addresses);
  ADD ("attributes", NULL, test_attributes);
  ADD ("supply-low", "supply-low", test_supply_low);
  ADD ("not-ready/jam", "jam", test_not_ready);
  ADD ("not-ready/media-empty", "media-empty", test_not_ready);
  ADD ("not-ready/offline", "offline", test_not_ready);
  ADD ("print/plain", NULL, test_print);
  ADD ("print/gzip", NULL, test_print_gzip);
  ADD ("trust/wrong-certificate", NULL, test_wrong_certificate);
  ADD ("trust/wrong-host", NULL, test_wrong_host);
  ADD ("trust/two-pins", NULL, test_two_pins);
  ADD ("jam/recovers-with-one-page", NULL, test_jam);
  ADD ("jam/cancelled-leaves-a-part", NULL, test_cancel_in_jam);
  ADD ("unreachable/killed", NULL, test_offline);
  ADD ("unreachable/silent", NULL, test_silent);
  ADD ("power-cut/mid-page", "power-cut=400", test_power_cut);
  ADD ("head-failure/not-noticed", "head-failure=300", test_head_failure);
  ADD ("jobs/cancel-held", NULL, test_cancel_held);
  ADD ("jobs/other-name", NULL, test_other_name);
  ADD ("jobs/found-after-restart", NULL, test_found_after_restart);
  ADD ("jobs/ended-mid-page", NULL, test_ended_mid_page);
  ADD ("jobs/half-document", NULL, test_half_document);
  ADD ("jobs/cancelled-sending", "slow=5", test_cancelled_sending);
  ADD ("jobs/busy", NULL, test_busy);
  ADD ("monitor", NULL, test_monitor);
  return g_test_run ();
}
