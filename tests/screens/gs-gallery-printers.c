/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gallery.h"

#include "gs-ipp-printer.h"
#include "gs-printer-enrol-window.h"
#include "gs-printer-page.h"
#include "gs-printer-pin-table.h"
#include "gs-test-printer.h"
#include "gs-window.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#define NOW_UTC_MS G_GINT64_CONSTANT (1795000000000)

typedef struct
{
  char *folder;
  char *uri;
  GsStore *store;
  GsClock *clock;
  GsConfig config;
  GsPrinterDesk *printers;
  GsPrinterEnrolment *enrolment;
  GsPrinterTester *tester;
} Place;

static gboolean
wait_for (gboolean (*is_there) (gpointer), gpointer data)
{
  gint64 end_monotonic_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!is_there (data) && g_get_monotonic_time () < end_monotonic_us)
    g_main_context_iteration (NULL, TRUE);
  return is_there (data);
}

/* A peer with that certificate; it says nothing of use. Lives as long as the program. */
static void
serve (Place *place, const char *name)
{
  g_autofree char *crt = g_strdup_printf ("%s/%s.crt", place->folder, name);
  g_autofree char *key = g_strdup_printf ("%s/%s.key", place->folder, name);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (crt, key, NULL);
  SoupServer *server = soup_server_new ("tls-certificate", certificate, NULL);
  GSList *uris;

  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY,
                            NULL);
  uris = soup_server_get_uris (server);
  place->uri = g_strdup_printf ("ipps://localhost:%d/ipp/print", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

/* The certificate of that file, as an administrator enrolled it; the first one is pinned. */
static GPtrArray *
make_pins (Place *place, const char *name)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_printer_pin_row_free);
  GsPrinterPinRow *row = gs_printer_pin_row_new ();
  g_autofree char *path = g_strdup_printf ("%s/%s.crt", place->folder, name);
  g_autofree char *pem = NULL;
  g_autoptr (GsPrinterCertificate) certificate = NULL;

  g_file_get_contents (path, &pem, NULL, NULL);
  certificate = gs_printer_certificate_new_from_pem (pem, NULL);
  row->uri = g_strdup (place->uri);
  row->name = g_strdup ("Left");
  row->fingerprint = g_strdup (certificate->fingerprint);
  row->pem = g_steal_pointer (&pem);
  row->officer = g_strdup ("ito");
  row->enrolled_at_utc_ms = NOW_UTC_MS;
  g_ptr_array_add (rows, row);
  return rows;
}

static Place *
make_place (const char *pinned)
{
  Place *place = g_new0 (Place, 1);
  g_autofree char *database = NULL;
  g_autoptr (GsSession) session = gs_session_new ("ito", "Ito", GS_ROLE_ADMINISTRATOR, NOW_UTC_MS);
  g_autoptr (GPtrArray) pins = NULL;

  place->folder = g_dir_make_tmp ("gs-gallery-XXXXXX", NULL);
  database = g_build_filename (place->folder, "desk.db", NULL);
  place->store = gs_store_open (database, NULL);
  place->clock = gs_clock_new ();
  gs_test_make_certificate (place->folder, "old", "localhost");
  gs_test_make_certificate (place->folder, "new", "localhost");
  serve (place, "new");
  place->printers = gs_printer_desk_new ();
  place->enrolment =
    gs_printer_enrolment_new (place->printers, &place->config, place->store, place->clock);
  place->tester =
    gs_printer_tester_new (place->printers, &place->config, place->store, place->clock);
  gs_printer_enrolment_set_session (place->enrolment, session);
  gs_printer_tester_set_session (place->tester, session);
  pins = make_pins (place, pinned);
  gs_printer_enrolment_restore (place->enrolment, pins);
  gs_printer_desk_start (place->printers);
  return place;
}

/* The database goes; what the program holds open stays until it ends. */
static void
forget (Place *place)
{
  g_autofree char *command = g_strdup_printf ("rm -rf -- '%s'", place->folder);

  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
}

static gboolean
is_refused (gpointer data)
{
  Place *place = data;
  GsPrinterMonitor *printer = gs_printer_desk_get_printer (place->printers, 0);

  return gs_printer_desk_judge (place->printers, printer) == GS_PRINTER_TROUBLE_UNTRUSTED;
}

/* A printer that shows another certificate than the enrolled one, which ends soon besides. */
GtkWidget *
gs_gallery_printers (void)
{
  Place *place = make_place ("old");
  GsWindow *window = gs_window_new (GTK_APPLICATION (g_application_get_default ()));
  GtkWidget *page = gs_printer_page_new (place->enrolment, place->tester);

  gs_window_add_page (window, page, "administration", _ ("Administration"),
                      "gs-administration-symbolic");
  gs_window_set_place (window, "gs-plane-symbolic", "Hall B · Departures", "Desk 3 · Amaurot (2)");
  gs_window_set_officer (window, "Ito");
  gs_window_set_hall_time (window, "14:22:07", NULL);
  gs_window_set_status (window, GS_WINDOW_STATUS_LINK, GS_SIGN_LIVE, NULL, "Live", NULL, NULL);
  if (!wait_for (is_refused, place))
    g_error ("the printer was not refused");
  forget (place);
  return GTK_WIDGET (window);
}

static gboolean
is_shown (gpointer window)
{
  return gtk_widget_get_visible (
    GTK_WIDGET (gtk_widget_get_template_child (window, G_OBJECT_TYPE (window), "certificate_box")));
}

/* The certificate that a printer shows, to be compared. */
GtkWidget *
gs_gallery_printer_enrol (void)
{
  Place *place = make_place ("old");
  GtkWidget *window = gs_printer_enrol_window_new (NULL, place->enrolment, place->uri);

  g_signal_emit_by_name (
    gtk_widget_get_template_child (window, G_OBJECT_TYPE (window), "look_button"), "clicked");
  if (!wait_for (is_shown, window))
    g_error ("no certificate was shown");
  forget (place);
  return window;
}
