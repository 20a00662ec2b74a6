/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GsIppPrinter against ippeveprinter of CUPS, which nobody here wrote. */
#include "gs-printer-calls.h"
#include "gs-uuid.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

typedef struct
{
  char *dir;
  char *name;
  GsTestPrinter *peer;
  GsStampPrinter *printer;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("gateside-eve-XXXXXX", NULL);
  fixture->name = gs_uuid_new ();
  fixture->peer = gs_test_printer_new_eve (fixture->dir);
  if (fixture->peer == NULL)
    return;
  fixture->printer =
    GS_STAMP_PRINTER (gs_ipp_printer_new ("Eve", gs_test_printer_get_uri (fixture->peer),
                                          gs_test_printer_get_pins (fixture->peer), &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf -- '%s'", fixture->dir);

  g_clear_object (&fixture->printer);
  gs_test_printer_free (fixture->peer);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (fixture->dir);
  g_free (fixture->name);
}

static gboolean
is_missing (Fixture *fixture)
{
  if (fixture->peer != NULL)
    return FALSE;
  g_test_skip ("ippeveprinter or dbus-daemon is not installed");
  return TRUE;
}

static void
test_attributes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterStatus) status = NULL;
  const GsPrinterSupply *ink;

  if (is_missing (fixture))
    return;
  status = gs_call_status (fixture->printer, &error);
  g_assert_no_error (error);
  g_assert_true (gs_printer_status_is_ready (status));
  g_assert_true (gs_printer_status_supports (status, (GsPrintMedia){ 4500, 3500 }, 600));
  /* It does not count: shown as "not supported", never as 0. */
  g_assert_cmpint (status->impressions_completed, ==, -1);
  g_assert_cmpuint (status->supplies->len, ==, 1);
  ink = g_ptr_array_index (status->supplies, 0);
  g_assert_cmpint (ink->level_percent, ==, 80);
}

static void
assert_document_is (Fixture *fixture, GBytes *raster)
{
  g_autofree char *file = g_strconcat (fixture->name, ".pwg", NULL);
  g_autofree char *path = g_build_filename (gs_test_printer_get_spool (fixture->peer), file, NULL);
  g_autofree char *document = NULL;
  gsize len = 0;

  g_assert_true (g_file_get_contents (path, &document, &len, NULL));
  g_assert_cmpmem (document, len, g_bytes_get_data (raster, NULL), g_bytes_get_size (raster));
}

static void
test_print (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) raster = gs_test_raster (21, NULL);
  g_autoptr (GsPrinterStatus) status = NULL;
  g_autoptr (GsPrintJob) job = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;
  int id;

  if (is_missing (fixture))
    return;
  status = gs_call_status (fixture->printer, &error);
  id = gs_call_create (fixture->printer, fixture->name, &error);
  g_assert_no_error (error);
  g_assert_true (gs_call_send (fixture->printer, id, fixture->name, raster, &error));
  g_assert_no_error (error);
  job = gs_call_until_final (fixture->printer, id, fixture->name);
  g_assert_cmpint (job->state, ==, GS_PRINT_JOB_COMPLETED);
  assert_document_is (fixture, raster);
  jobs = gs_call_find (fixture->printer, fixture->name, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jobs->len, ==, 1);
}

static void
test_wrong_certificate (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pins = g_build_filename (fixture->dir, "other.crt", NULL);
  g_autoptr (GsIppPrinter) printer = NULL;
  g_autoptr (GError) error = NULL;

  if (is_missing (fixture))
    return;
  gs_test_make_certificate (fixture->dir, "other", "localhost");
  printer = gs_ipp_printer_new (NULL, gs_test_printer_get_uri (fixture->peer), pins, &error);
  g_assert_null (gs_call_status (GS_STAMP_PRINTER (printer), &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNTRUSTED);
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

static void
test_jam (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) raster = gs_test_raster (22, NULL);
  g_autoptr (GsPrinterStatus) status = NULL;
  g_autoptr (GsPrintJob) job = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *jam = NULL;
  gint64 end;
  int id;

  if (is_missing (fixture))
    return;
  jam = g_build_filename (gs_test_printer_get_spool (fixture->peer), "jam", NULL);
  g_assert_true (g_file_set_contents (jam, "", 0, NULL));
  id = gs_call_create (fixture->printer, fixture->name, &error);
  g_assert_no_error (error);
  g_assert_true (gs_call_send (fixture->printer, id, fixture->name, raster, &error));
  g_assert_no_error (error);
  end = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND;
  do
    {
      gs_test_wait_until (never, NULL, 50);
      g_clear_pointer (&status, gs_printer_status_unref);
      status = gs_call_status (fixture->printer, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_get_monotonic_time (), <, end);
    }
  while (!gs_printer_status_has_reason (status, "media-jam"));
  g_assert_false (gs_printer_status_is_ready (status));
  job = gs_call_job (fixture->printer, id, fixture->name, &error);
  g_assert_false (gs_print_job_is_final (job));
  g_unlink (jam);
  g_clear_pointer (&job, gs_print_job_free);
  job = gs_call_until_final (fixture->printer, id, fixture->name);
  g_assert_cmpint (job->state, ==, GS_PRINT_JOB_COMPLETED);
  assert_document_is (fixture, raster);
}

static void
test_cancel_held (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsPrintJob) held = NULL, job = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *other = gs_uuid_new ();
  int id;

  if (is_missing (fixture))
    return;
  id = gs_call_create (fixture->printer, fixture->name, &error);
  g_assert_no_error (error);
  held = gs_call_job (fixture->printer, id, fixture->name, &error);
  g_assert_no_error (error);
  g_assert_true (gs_print_job_is_without_document (held));
  /* One job at a time. */
  g_assert_cmpint (gs_call_create (fixture->printer, other, &error), ==, 0);
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_true (gs_call_cancel (fixture->printer, id, fixture->name, &error));
  g_assert_no_error (error);
  job = gs_call_until_final (fixture->printer, id, fixture->name);
  g_assert_true (gs_print_job_is_unprinted (job));
}

static void
test_half_document (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) raster = gs_test_raster (23, NULL);
  g_autoptr (GBytes) half = NULL;
  g_autoptr (GsPrintJob) job = NULL;
  int id;

  if (is_missing (fixture))
    return;
  half = g_bytes_new_from_bytes (raster, 0, g_bytes_get_size (raster) / 2);
  id = gs_call_create (fixture->printer, fixture->name, NULL);
  g_assert_true (gs_call_send (fixture->printer, id, fixture->name, half, NULL));
  job = gs_call_until_final (fixture->printer, id, fixture->name);
  /* It ends as completed: why a printer's word alone never confirms a stamp. */
  g_assert_cmpint (job->state, ==, GS_PRINT_JOB_COMPLETED);
}

static void
test_forgets_at_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *other = gs_uuid_new ();
  int id, again;

  if (is_missing (fixture))
    return;
  id = gs_call_create (fixture->printer, fixture->name, &error);
  g_assert_no_error (error);
  gs_test_printer_kill (fixture->peer, SIGKILL);
  gs_test_printer_restart (fixture->peer, TRUE);
  jobs = gs_call_find (fixture->printer, fixture->name, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jobs->len, ==, 0);
  /* The id is given out again, to a job of another name. */
  again = gs_call_create (fixture->printer, other, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again, ==, id);
  g_assert_null (gs_call_job (fixture->printer, id, fixture->name, &error));
  g_assert_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_NO_SUCH_JOB);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/ippeveprinter/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("attributes", test_attributes);
  ADD ("print", test_print);
  ADD ("wrong-certificate", test_wrong_certificate);
  ADD ("jam", test_jam);
  ADD ("cancel-held", test_cancel_held);
  ADD ("half-document", test_half_document);
  ADD ("forgets-at-restart", test_forgets_at_restart);
  return g_test_run ();
}
