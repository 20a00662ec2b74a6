/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of the desk's printers and the window that enrols one, before a real TLS peer. */

#include "gs-build-config.h"
#include "gs-printer-card.h"
#include "gs-printer-enrol-window.h"
#include "gs-printer-page.h"
#include "gs-ipp-printer.h"
#include "gs-test-desk.h"
#include "gs-test-printer.h"
#include "gs-ui.h"

#include <adwaita.h>
#include <libsoup/soup.h>
#include <string.h>

typedef struct
{
  TestDesk desk;
  SoupServer *server;
  char *uri;
  GsPrinterDesk *printers;
  GsPrinterEnrolment *enrolment;
  GsPrinterTester *tester;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

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
  soup_server_listen_local (fixture->server, port,
                            SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  g_free (fixture->uri);
  fixture->uri = g_strdup_printf ("ipps://localhost:%d/ipp/print", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
sign_in (Fixture *fixture, GsRole role)
{
  g_autoptr (GsSession) session = gs_session_new ("ito", "Ito", role, TEST_NOW);

  gs_printer_tester_set_session (fixture->tester, session);
  gs_printer_enrolment_set_session (fixture->enrolment, session);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsIppPrinter) ipp = NULL;

  test_desk_set_up (&fixture->desk, NULL);
  gs_test_make_certificate (fixture->desk.folder, "one", "localhost");
  gs_test_make_certificate (fixture->desk.folder, "two", "localhost");
  serve (fixture, "one", 0);
  fixture->printers = g_object_ref (fixture->desk.printers);
  ipp = gs_ipp_printer_new ("Right", fixture->uri, NULL, NULL);
  gs_printer_desk_add (fixture->printers, GS_STAMP_PRINTER (ipp));
  gs_printer_desk_set_media (fixture->printers, (GsPrintMedia){ 4500, 3500 }, 600);
  fixture->enrolment = gs_printer_enrolment_new (fixture->printers, &fixture->desk.config,
                                                 fixture->desk.store, fixture->desk.clock);
  fixture->tester = gs_printer_tester_new (fixture->printers, &fixture->desk.config,
                                           fixture->desk.store, fixture->desk.clock);
  sign_in (fixture, GS_ROLE_ADMINISTRATOR);
  fixture->page = gs_printer_page_new (fixture->enrolment, fixture->tester);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 900);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->enrolment);
  g_clear_object (&fixture->tester);
  gs_printer_desk_stop (fixture->printers);
  test_desk_tear_down (&fixture->desk, NULL);
  g_clear_object (&fixture->printers);
  g_clear_object (&fixture->server);
  g_free (fixture->uri);
}

static gpointer
part (gpointer widget, const char *name)
{
  GObject *child =
    gtk_widget_get_template_child (GTK_WIDGET (widget), G_OBJECT_TYPE (widget), name);

  g_assert_nonnull (child);
  return child;
}

static const char *
words (gpointer widget, const char *name)
{
  return gtk_label_get_text (GTK_LABEL (part (widget, name)));
}

static GtkWidget *
card_at (Fixture *fixture, guint position)
{
  GtkWidget *card = gtk_widget_get_first_child (part (fixture->page, "column"));

  while (card != NULL && position-- > 0)
    card = gtk_widget_get_next_sibling (card);
  g_assert_nonnull (card);
  return card;
}

static gboolean
shows (GtkWidget *card, const char *name)
{
  return gtk_widget_get_visible (part (card, name));
}

static gboolean
has_text (gpointer widget, const char *name, const char *text)
{
  return strstr (words (widget, name), text) != NULL;
}

/* The certificate that is shown is compared by its end, and then believed. */
static void
enrol (Fixture *fixture, GtkWidget *parent_card)
{
  GtkWidget *window = NULL;
  g_autoptr (GListModel) windows = NULL;
  g_autofree char *digits = NULL;

  g_signal_emit_by_name (part (parent_card, "enrol_button"), "clicked");
  windows = g_object_ref (gtk_window_get_toplevels ());
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) one = g_list_model_get_item (windows, i);

      if (GS_IS_PRINTER_ENROL_WINDOW (one))
        window = one;
    }
  g_assert_nonnull (window);
  g_assert_false (shows (window, "certificate_box"));
  g_assert_false (gtk_widget_get_sensitive (part (window, "enrol_button")));
  g_signal_emit_by_name (part (window, "look_button"), "clicked");
  test_until (shows (window, "certificate_box"));
  g_assert_true (has_text (window, "subject_label", "localhost"));
  digits = g_strdup (words (window, "fingerprint_label"));
  g_assert_cmpuint (strlen (digits), ==, 64 + 15);

  gtk_editable_set_text (part (window, "typed_entry"), "0000 0000");
  g_signal_emit_by_name (part (window, "enrol_button"), "clicked");
  test_until (has_text (window, "message_label", "not how the fingerprint ends"));
  gtk_editable_set_text (part (window, "typed_entry"), digits + strlen (digits) - 9);
  g_signal_emit_by_name (part (window, "enrol_button"), "clicked");
  test_until (!shows (parent_card, "trouble_label")
              || !has_text (parent_card, "trouble_label", "not enrolled"));
}

static void
test_enrol (Fixture *fixture, gconstpointer data)
{
  GtkWidget *card = card_at (fixture, 1);

  test_until (shows (card, "trouble_label"));
  g_assert_true (has_text (card, "trouble_label", "not enrolled"));
  g_assert_false (shows (card, "pins_box"));
  enrol (fixture, card);
  test_until (shows (card, "pins_box"));
  g_assert_false (shows (card, "refused_box"));

  /* The printer changes its certificate: both fingerprints stand there. */
  {
    g_autoptr (GUri) uri = g_uri_parse (fixture->uri, G_URI_FLAGS_NONE, NULL);

    soup_server_disconnect (fixture->server);
    g_clear_object (&fixture->server);
    serve (fixture, "two", (guint) g_uri_get_port (uri));
  }
  gs_printer_desk_poll_now (fixture->printers);
  test_until (shows (card, "refused_box"));
  g_assert_true (has_text (card, "trouble_label", "another certificate than the enrolled one"));
  g_assert_true (shows (card, "pins_box"));
  g_assert_cmpuint (strlen (words (card, "refused_fingerprint_label")), ==, 64 + 15);
  enrol (fixture, card);
  test_until (!shows (card, "refused_box"));
}

static void
test_roles (Fixture *fixture, gconstpointer data)
{
  GtkWidget *card = card_at (fixture, 0);

  test_until (gtk_widget_get_sensitive (part (card, "test_button")));
  g_assert_true (shows (card, "enrol_button"));
  sign_in (fixture, GS_ROLE_SUPERVISOR);
  g_assert_false (shows (card, "enrol_button"));
  g_assert_true (gtk_widget_get_sensitive (part (card, "test_button")));
  sign_in (fixture, GS_ROLE_AUDITOR);
  g_assert_false (gtk_widget_get_sensitive (part (card, "test_button")));
}

static void
test_test_print (Fixture *fixture, gconstpointer data)
{
  GtkWidget *card = card_at (fixture, 0);

  test_until (gtk_widget_get_sensitive (part (card, "test_button")));
  g_signal_emit_by_name (part (card, "test_button"), "clicked");
  g_assert_false (gtk_widget_get_sensitive (part (card, "test_button")));
  test_until (has_text (card, "message_label", "TEST 000001 was printed"));
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (fixture->desk.printer, NULL), ==, 1);
  g_assert_true (gtk_widget_get_sensitive (part (card, "test_button")));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  gs_ui_init ();
  application = adw_application_new (GS_APPLICATION_ID, G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  ADD ("/ui/printer-page/enrol", test_enrol);
  ADD ("/ui/printer-page/roles", test_roles);
  ADD ("/ui/printer-page/test-print", test_test_print);
  return g_test_run ();
}
