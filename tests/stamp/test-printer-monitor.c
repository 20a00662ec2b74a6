/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-fake-stamp-printer.h"
#include "gs-printer-monitor.h"
#include "gs-test-printer.h"

typedef struct
{
  GsFakeStampPrinter *fake;
  GsStampPrinter *printer;
  GsPrinterMonitor *monitor;
  guint changes;
  guint job_changes;
  int job_id;
} Fixture;

static void
on_changed (GsPrinterMonitor *monitor, Fixture *fixture)
{
  fixture->changes++;
}

static void
on_job_changed (GsPrinterMonitor *monitor, Fixture *fixture)
{
  fixture->job_changes++;
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer data)
{
  *(int *) data = gs_stamp_printer_create_job_finish (GS_STAMP_PRINTER (source), result, NULL);
}

static gboolean
has_id (gpointer id)
{
  return *(int *) id > 0;
}

static int
create (Fixture *fixture, const char *name)
{
  int id = 0;

  gs_stamp_printer_create_job_async (fixture->printer, name, (GsPrintMedia){ 4500, 3500 }, 600,
                                     NULL, on_created, &id);
  g_assert_true (gs_test_wait_until (has_id, &id, 2000));
  return id;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->fake = gs_fake_stamp_printer_new ();
  fixture->printer = GS_STAMP_PRINTER (fixture->fake);
  fixture->monitor = gs_printer_monitor_new (fixture->printer);
  fixture->job_id = create (fixture, "the-stamp");
  g_signal_connect (fixture->monitor, "changed", G_CALLBACK (on_changed), fixture);
  g_signal_connect (fixture->monitor, "job-changed", G_CALLBACK (on_job_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->monitor);
  g_clear_object (&fixture->fake);
}

static gboolean
is_reachable (gpointer monitor)
{
  return gs_printer_monitor_get_status (monitor)->reachable;
}

static gboolean
is_final (gpointer monitor)
{
  const GsPrintJob *job = gs_printer_monitor_get_job (monitor);

  return job != NULL && gs_print_job_is_final (job);
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

static void
test_only_changes (Fixture *fixture, gconstpointer data)
{
  gs_printer_monitor_start (fixture->monitor);
  g_assert_true (gs_test_wait_until (is_reachable, fixture->monitor, 1000));
  for (int i = 0; i < 3; i++)
    {
      gs_printer_monitor_poll_now (fixture->monitor);
      gs_test_wait_until (never, NULL, 30);
    }
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (fixture->fake, GS_FAKE_CALL_STATUS), ==, 4);
  g_assert_cmpuint (fixture->changes, ==, 1);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (fixture->fake, GS_FAKE_CALL_GET), ==, 0);
}

/* Four questions a second while a job runs, and one in five seconds after it. */
static void
test_pace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) raster = g_bytes_new_static ("x", 1);
  guint before;

  gs_fake_stamp_printer_hold (fixture->fake, TRUE);
  gs_stamp_printer_send_document_async (fixture->printer, fixture->job_id, "the-stamp", raster,
                                        NULL, NULL, NULL, NULL, NULL, NULL);
  gs_printer_monitor_start (fixture->monitor);
  gs_printer_monitor_watch_job (fixture->monitor, fixture->job_id, "the-stamp");
  gs_test_wait_until (never, NULL, 900);
  before = gs_fake_stamp_printer_get_calls (fixture->fake, GS_FAKE_CALL_GET);
  g_assert_cmpuint (before, >=, 2);
  g_assert_cmpuint (before, <=, 5);
  g_assert_cmpuint (fixture->job_changes, ==, 1);
  gs_fake_stamp_printer_hold (fixture->fake, FALSE);
  g_assert_true (gs_test_wait_until (is_final, fixture->monitor, 1000));
  g_assert_true (gs_print_job_is_printed (gs_printer_monitor_get_job (fixture->monitor)));
  gs_test_wait_until (never, NULL, 300);
  before = gs_fake_stamp_printer_get_calls (fixture->fake, GS_FAKE_CALL_GET);
  gs_test_wait_until (never, NULL, 700);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (fixture->fake, GS_FAKE_CALL_GET), ==, before);
  g_assert_cmpuint (fixture->job_changes, ==, 2);
}

static gboolean
is_broken (gpointer monitor)
{
  return gs_printer_monitor_get_status (monitor)->error != NULL;
}

static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  gs_printer_monitor_start (fixture->monitor);
  g_assert_true (gs_test_wait_until (is_reachable, fixture->monitor, 1000));
  gs_fake_stamp_printer_fail_next (fixture->fake, GS_FAKE_CALL_STATUS, GS_PRINTER_ERROR_UNTRUSTED,
                                   FALSE);
  gs_printer_monitor_poll_now (fixture->monitor);
  g_assert_true (gs_test_wait_until (is_broken, fixture->monitor, 1000));
  g_assert_error (gs_printer_monitor_get_status (fixture->monitor)->error, GS_PRINTER_ERROR,
                  GS_PRINTER_ERROR_UNTRUSTED);
  g_assert_false (gs_printer_status_is_ready (gs_printer_monitor_get_status (fixture->monitor)));
  g_assert_cmpuint (fixture->changes, ==, 2);
}

static gboolean
has_job_error (gpointer monitor)
{
  return gs_printer_monitor_get_job_error (monitor) != NULL;
}

static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  gs_printer_monitor_start (fixture->monitor);
  gs_fake_stamp_printer_restart (fixture->fake);
  /* The id belongs to somebody else's job now. */
  g_assert_cmpint (create (fixture, "another"), ==, fixture->job_id);
  gs_printer_monitor_watch_job (fixture->monitor, fixture->job_id, "the-stamp");
  g_assert_true (gs_test_wait_until (has_job_error, fixture->monitor, 1000));
  g_assert_error (gs_printer_monitor_get_job_error (fixture->monitor), GS_PRINTER_ERROR,
                  GS_PRINTER_ERROR_NO_SUCH_JOB);
  g_assert_null (gs_printer_monitor_get_job (fixture->monitor));
}

static gboolean
has_job (gpointer monitor)
{
  return gs_printer_monitor_get_job (monitor) != NULL;
}

/* The answer about a job that is no longer watched is not taken for the new one's. */
static void
test_another_job (Fixture *fixture, gconstpointer data)
{
  int other = create (fixture, "another");

  gs_printer_monitor_start (fixture->monitor);
  gs_printer_monitor_watch_job (fixture->monitor, fixture->job_id, "the-stamp");
  gs_printer_monitor_watch_job (fixture->monitor, other, "another");
  g_assert_true (gs_test_wait_until (has_job, fixture->monitor, 1000));
  g_assert_cmpint (gs_printer_monitor_get_job (fixture->monitor)->id, ==, other);
  gs_test_wait_until (never, NULL, 50);
  g_assert_cmpint (gs_printer_monitor_get_job (fixture->monitor)->id, ==, other);
  g_assert_cmpuint (fixture->job_changes, ==, 1);
}

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  gs_printer_monitor_start (fixture->monitor);
  gs_printer_monitor_watch_job (fixture->monitor, fixture->job_id, "the-stamp");
  gs_printer_monitor_stop (fixture->monitor);
  gs_test_wait_until (never, NULL, 350);
  g_assert_cmpuint (fixture->changes, ==, 0);
  g_assert_cmpuint (fixture->job_changes, ==, 0);
  gs_printer_monitor_start (fixture->monitor);
  g_assert_true (gs_test_wait_until (is_reachable, fixture->monitor, 1000));
}

#define ADD(path, function)                                                                        \
  g_test_add ("/printer-monitor/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("only-changes", test_only_changes);
  ADD ("pace", test_pace);
  ADD ("unreachable", test_unreachable);
  ADD ("forgotten", test_forgotten);
  ADD ("another-job", test_another_job);
  ADD ("stopped", test_stopped);
  return g_test_run ();
}
