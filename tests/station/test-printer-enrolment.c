/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-ipp-printer.h"
#include "gs-printer-enrolment.h"
#include "gs-printer-tester.h"
#include "gs-record-table.h"
#include "gs-counted-print-table.h"
#include "gs-store-load.h"
#include "gs-test-desk.h"
#include "gs-test-printer.h"
#include "gs-time.h"

#include <libsoup/soup.h>
#include <string.h>

/* Enrolling a printer by its certificate, over real TLS, and the state in which it shows another
 * one. What a printer would say over IPP does not matter here: nobody answers it. */

typedef struct
{
  TestDesk desk;
  SoupServer *server;
  guint requests;
  char *uri;
  GsPrinterDesk *printers;
  GsPrinterEnrolment *enrolment;
  GsIppPrinter *ipp;
  GsPrinterMonitor *printer;
} Fixture;

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  ((Fixture *) data)->requests++;
  soup_server_message_set_status (message, 500, NULL);
}

static void
serve (Fixture *fixture, const char *name, guint port)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *crt = g_strdup_printf ("%s/%s.crt", fixture->desk.folder, name);
  g_autofree char *key = g_strdup_printf ("%s/%s.key", fixture->desk.folder, name);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (crt, key, &error);
  GSList *uris;

  g_assert_no_error (error);
  fixture->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (fixture->server, NULL, on_request, fixture, NULL);
  soup_server_listen_local (fixture->server, port,
                            SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  g_free (fixture->uri);
  fixture->uri = g_strdup_printf ("ipps://localhost:%d/ipp/print", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

/* The same address, another certificate. */
static void
serve_another (Fixture *fixture, const char *name)
{
  g_autoptr (GUri) uri = g_uri_parse (fixture->uri, G_URI_FLAGS_NONE, NULL);

  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->server);
  serve (fixture, name, (guint) g_uri_get_port (uri));
}

static void
sign_in (Fixture *fixture, GsRole role)
{
  g_autoptr (GsSession) session = gs_session_new ("ito", "Ito", role, TEST_NOW);

  gs_printer_enrolment_set_session (fixture->enrolment, session);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_desk_set_up (&fixture->desk, NULL);
  gs_test_make_certificate (fixture->desk.folder, "one", "localhost");
  gs_test_make_certificate (fixture->desk.folder, "two", "localhost");
  gs_test_make_certificate (fixture->desk.folder, "elsewhere", "elsewhere.uto.example");
  serve (fixture, "one", 0);
  fixture->printers = gs_printer_desk_new ();
  fixture->ipp = gs_ipp_printer_new ("Left", fixture->uri, NULL, &error);
  g_assert_no_error (error);
  gs_printer_desk_add (fixture->printers, GS_STAMP_PRINTER (fixture->ipp));
  fixture->printer = gs_printer_desk_get_printer (fixture->printers, 0);
  fixture->enrolment = gs_printer_enrolment_new (fixture->printers, &fixture->desk.config,
                                                 fixture->desk.store, fixture->desk.clock);
  gs_printer_desk_start (fixture->printers);
  sign_in (fixture, GS_ROLE_ADMINISTRATOR);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gs_printer_desk_stop (fixture->printers);
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->enrolment);
  g_clear_object (&fixture->ipp);
  test_desk_tear_down (&fixture->desk, NULL);
  g_clear_object (&fixture->printers);
  g_clear_object (&fixture->server);
  g_free (fixture->uri);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GsPrinterCertificate *
look (Fixture *fixture, const char *uri, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gs_printer_enrolment_look_async (fixture->enrolment, uri, NULL, on_done, &result);
  test_until (result != NULL);
  return gs_printer_enrolment_look_finish (fixture->enrolment, result, error);
}

static gboolean
enrol (Fixture *fixture,
       GsPrinterCertificate *certificate,
       const char *typed,
       gboolean keep,
       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gs_printer_enrolment_enrol_async (fixture->enrolment, fixture->uri, certificate, typed, keep,
                                    on_done, &result);
  test_until (result != NULL);
  return gs_printer_enrolment_change_finish (fixture->enrolment, result, error);
}

static const char *
last_eight (GsPrinterCertificate *certificate)
{
  return certificate->fingerprint + strlen (certificate->fingerprint) - 8;
}

static GsPrinterTrouble
trouble_of (Fixture *fixture)
{
  return gs_printer_desk_judge (fixture->printers, fixture->printer);
}

static guint
count_pins (Fixture *fixture)
{
  g_autoptr (GPtrArray) pins = gs_printer_enrolment_dup_pins (fixture->enrolment, fixture->printer);

  return pins->len;
}

/* Shown without a byte of IPP, compared, believed; the printer is asked from then on. */
static void
test_enrol (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterCertificate) shown = NULL;

  test_until (trouble_of (fixture) == GS_PRINTER_TROUBLE_NOT_ENROLLED);
  shown = look (fixture, fixture->uri, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->requests, ==, 0);
  g_assert_nonnull (strstr (shown->subject, "localhost"));
  g_assert_cmpstr (shown->names[0], ==, "localhost");
  g_assert_cmpuint (strlen (shown->fingerprint), ==, 64);
  g_assert_cmpint (gs_printer_certificate_judge (shown, fixture->uri, g_get_real_time () / 1000),
                   ==, GS_CERTIFICATE_FLAW_NONE);

  g_assert_false (enrol (fixture, shown, "00000000", FALSE, &error));
  g_assert_error (error, GS_PRINTER_ENROLMENT_ERROR, GS_PRINTER_ENROLMENT_ERROR_NOT_COMPARED);
  g_clear_error (&error);
  g_assert_false (enrol (fixture, shown, last_eight (shown) + 1, FALSE, &error));
  g_clear_error (&error);
  g_assert_cmpuint (count_pins (fixture), ==, 0);

  g_assert_true (enrol (fixture, shown, last_eight (shown), FALSE, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_pins (fixture), ==, 1);
  /* It answers nonsense, but it is asked. */
  test_until (fixture->requests > 0);
  test_until (trouble_of (fixture) == GS_PRINTER_TROUBLE_GIBBERISH);
  g_assert_false (enrol (fixture, shown, last_eight (shown), TRUE, &error));
  g_assert_error (error, GS_PRINTER_ENROLMENT_ERROR, GS_PRINTER_ENROLMENT_ERROR_KNOWN);
}

static gpointer
count_entries (GsDatabase *db, gpointer data, GError **error)
{
  gint64 *counts = data;

  gs_database_get_int (db, "SELECT COUNT(*) FROM record WHERE kind = 'printer.enrol'", &counts[0],
                       error);
  gs_database_get_int (db, "SELECT COUNT(*) FROM record WHERE kind = 'printer.withdraw'",
                       &counts[1], error);
  return NULL;
}

/* A certificate that changed: nothing is sent to it, both fingerprints are known, and an
 * administrator enrols it anew; the old one may stay for a while. */
static void
test_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterCertificate) one = look (fixture, fixture->uri, &error);
  g_autoptr (GsPrinterCertificate) two = NULL;
  g_autoptr (GsPrinterCertificate) refused = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 counts[2];
  guint requests;

  g_assert_true (enrol (fixture, one, last_eight (one), FALSE, &error));
  test_until (fixture->requests > 0);
  serve_another (fixture, "two");
  requests = fixture->requests;
  gs_printer_monitor_poll_now (fixture->printer);
  test_until (trouble_of (fixture) == GS_PRINTER_TROUBLE_UNTRUSTED);
  g_assert_cmpuint (fixture->requests, ==, requests);
  refused = gs_printer_enrolment_dup_refused (fixture->enrolment, fixture->printer);
  two = look (fixture, fixture->uri, &error);
  g_assert_cmpstr (refused->fingerprint, ==, two->fingerprint);
  g_assert_cmpstr (refused->fingerprint, !=, one->fingerprint);

  g_assert_true (enrol (fixture, two, last_eight (two), TRUE, &error));
  g_assert_cmpuint (count_pins (fixture), ==, 2);
  test_until (fixture->requests > requests);
  gs_printer_enrolment_withdraw_async (fixture->enrolment, fixture->uri, one->fingerprint, on_done,
                                       &result);
  test_until (result != NULL);
  g_assert_true (gs_printer_enrolment_change_finish (fixture->enrolment, result, &error));
  g_assert_cmpuint (count_pins (fixture), ==, 1);
  gs_store_query (fixture->desk.store, count_entries, counts, &error);
  g_assert_no_error (error);
  g_assert_cmpint (counts[0], ==, 2);
  g_assert_cmpint (counts[1], ==, 1);
}

/* What TLS would refuse all the same is not enrolled. */
static void
test_other_host (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterCertificate) shown = NULL;

  serve_another (fixture, "elsewhere");
  shown = look (fixture, fixture->uri, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gs_printer_certificate_judge (shown, fixture->uri, g_get_real_time () / 1000),
                   ==, GS_CERTIFICATE_FLAW_OTHER_HOST);
  g_assert_false (enrol (fixture, shown, last_eight (shown), FALSE, &error));
  g_assert_error (error, GS_PRINTER_ENROLMENT_ERROR, GS_PRINTER_ENROLMENT_ERROR_FLAW);
}

static void
test_roles (Fixture *fixture, gconstpointer data)
{
  static const GsRole roles[] = { GS_ROLE_OFFICER, GS_ROLE_SUPERVISOR, GS_ROLE_AUDITOR };
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterCertificate) shown = look (fixture, fixture->uri, &error);

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      sign_in (fixture, roles[i]);
      g_assert_null (look (fixture, fixture->uri, &error));
      g_assert_error (error, GS_PRINTER_ENROLMENT_ERROR, GS_PRINTER_ENROLMENT_ERROR_ROLE);
      g_clear_error (&error);
      g_assert_false (enrol (fixture, shown, last_eight (shown), FALSE, &error));
      g_assert_error (error, GS_PRINTER_ENROLMENT_ERROR, GS_PRINTER_ENROLMENT_ERROR_ROLE);
      g_clear_error (&error);
    }
}

static void
test_nobody_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *free_uri = NULL;

  g_assert_null (look (fixture, "http://localhost/", &error));
  g_assert_error (error, GS_PRINTER_ENROLMENT_ERROR, GS_PRINTER_ENROLMENT_ERROR_ADDRESS);
  g_clear_error (&error);
  free_uri = g_strdup_printf ("ipps://localhost:%u/",
                              g_socket_listener_add_any_inet_port (listener, NULL, NULL));
  g_socket_listener_close (listener);
  g_assert_null (look (fixture, free_uri, &error));
  g_assert_error (error, GS_PRINTER_ENROLMENT_ERROR, GS_PRINTER_ENROLMENT_ERROR_NO_ANSWER);
}

/* After a restart the pins are there before a printer is asked; so is a printer that the key file
 * does not name. */
static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterCertificate) one = look (fixture, fixture->uri, &error);
  g_autoptr (GsPrinterDesk) printers = gs_printer_desk_new ();
  g_autoptr (GsPrinterEnrolment) again = NULL;
  g_autoptr (GsStoreSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) pins = NULL;
  gint64 since = 0;

  g_assert_true (enrol (fixture, one, last_eight (one), FALSE, &error));
  snapshot = gs_store_query (fixture->desk.store, gs_store_load_run, &since, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (snapshot->pins->len, ==, 1);
  again = gs_printer_enrolment_new (printers, &fixture->desk.config, fixture->desk.store,
                                    fixture->desk.clock);
  gs_printer_enrolment_restore (again, snapshot->pins);
  g_assert_cmpuint (gs_printer_desk_get_n_printers (printers), ==, 1);
  pins = gs_printer_enrolment_dup_pins (again, gs_printer_desk_find (printers, fixture->uri));
  g_assert_cmpuint (pins->len, ==, 1);
  g_assert_cmpstr (((GsPrinterPin *) g_ptr_array_index (pins, 0))->officer, ==, "ito");
  gs_printer_desk_stop (printers);
}

static void
test_ends (void)
{
  const gint64 day = 24 * 60 * 60 * G_GINT64_CONSTANT (1000);

  g_assert_cmpint (gs_pin_end_judge (TEST_NOW + 31 * day, TEST_NOW), ==, GS_PIN_ENDS_LATER);
  g_assert_cmpint (gs_pin_end_judge (TEST_NOW + 30 * day, TEST_NOW), ==, GS_PIN_ENDS_IN_30_DAYS);
  g_assert_cmpint (gs_pin_end_judge (TEST_NOW + 7 * day, TEST_NOW), ==, GS_PIN_ENDS_IN_7_DAYS);
  g_assert_cmpint (gs_pin_end_judge (TEST_NOW + day, TEST_NOW), ==, GS_PIN_ENDS_IN_1_DAY);
  g_assert_cmpint (gs_pin_end_judge (TEST_NOW - 1, TEST_NOW), ==, GS_PIN_HAS_ENDED);
  g_assert_cmpint (gs_pin_end_judge (GS_TIME_UNKNOWN, TEST_NOW), ==, GS_PIN_HAS_ENDED);
}

/* --- test prints ------------------------------------------------------------------------------ */

static GsTestPrint
print_test (TestDesk *desk, GsPrinterTester *tester)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GsTestPrint test = { 0 };

  gs_printer_tester_print_async (tester, desk->monitor, on_done, &result);
  test_until (result != NULL);
  g_assert_true (gs_printer_tester_print_finish (tester, result, &test, &error));
  g_assert_no_error (error);
  return test;
}

static gpointer
list_tests (GsDatabase *db, gpointer data, GError **error)
{
  return gs_counted_print_table_list_new (db, "desk-3", error);
}

static void
test_test_print (Fixture *fixture, gconstpointer data)
{
  TestDesk *desk = &fixture->desk;
  g_autoptr (GsPrinterTester) tester =
    gs_printer_tester_new (desk->printers, &desk->config, desk->store, desk->clock);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  GsTestPrint test;

  g_assert_false (gs_printer_tester_may_print (tester));
  gs_printer_tester_set_session (tester, desk->officer);
  gs_printer_desk_set_media (desk->printers, (GsPrintMedia){ 4500, 3500 }, 600);
  test = print_test (desk, tester);
  g_assert_cmpint (test.end, ==, GS_TEST_PRINT_PRINTED);
  g_assert_cmpint (test.number, ==, 1);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 1);

  /* No job: nothing came out, but the number is used up. */
  gs_fake_stamp_printer_fail_next (desk->printer, GS_FAKE_CALL_CREATE, GS_PRINTER_ERROR_BUSY,
                                   FALSE);
  test = print_test (desk, tester);
  g_assert_cmpint (test.end, ==, GS_TEST_PRINT_NOT_PRINTED);
  g_assert_cmpint (test.number, ==, 2);
  /* Not ready: it comes to no number at all. */
  gs_fake_stamp_printer_fail_next (desk->printer, GS_FAKE_CALL_STATUS, GS_PRINTER_ERROR_UNREACHABLE,
                                   FALSE);
  test = print_test (desk, tester);
  g_assert_cmpint (test.end, ==, GS_TEST_PRINT_NOT_PRINTED);
  g_assert_cmpint (test.number, ==, 0);
  /* It ended otherwise: somebody looks. */
  gs_fake_stamp_printer_set_end (desk->printer, GS_PRINT_JOB_ABORTED);
  test = print_test (desk, tester);
  g_assert_cmpint (test.end, ==, GS_TEST_PRINT_NOT_KNOWN);
  g_assert_cmpint (test.number, ==, 3);

  rows = gs_store_query (desk->store, list_tests, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      static const GsCountedPrintState states[] = { GS_COUNTED_PRINT_PRINTED,
                                                    GS_COUNTED_PRINT_FAILED,
                                                    GS_COUNTED_PRINT_BEGUN };
      const GsCountedPrint *row = g_ptr_array_index (rows, i);

      g_assert_cmpint (row->kind, ==, GS_COUNTED_PRINT_TEST);
      g_assert_cmpint (row->state, ==, states[i]);
      g_assert_cmpstr (row->printer, ==, GS_FAKE_STAMP_PRINTER_URI);
    }
}

#define ADD(path, function)                                                                        \
  g_test_add ("/printer-enrolment/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("enrol", test_enrol);
  ADD ("changed", test_changed);
  ADD ("other-host", test_other_host);
  ADD ("roles", test_roles);
  ADD ("nobody-there", test_nobody_there);
  ADD ("restart", test_restart);
  g_test_add_func ("/printer-enrolment/ends", test_ends);
  ADD ("test-print", test_test_print);
  return g_test_run ();
}
