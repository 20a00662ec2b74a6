/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of the trust store and the sheet on which files come into it. */

#include "gs-administration.h"
#include "gs-build-config.h"
#include "gs-test-authority.h"
#include "gs-test-desk.h"
#include "gs-trust-import-window.h"
#include "gs-trust-list.h"
#include "gs-trust-page.h"
#include "gs-trust-removal-window.h"
#include "gs-trust-voucher-view.h"
#include "gs-ui.h"

#include <adwaita.h>
#include <string.h>

typedef struct
{
  TestDesk desk;
  char *path;
  GsTrustDesk *trust;
} Fixture;

static void
sign_in (Fixture *fixture, GsRole role)
{
  g_autoptr (GsSession) session = gs_session_new ("ito", "Ito", role, TEST_NOW);

  gs_trust_desk_set_session (fixture->trust, session);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_desk_set_up (&fixture->desk, NULL);
  fixture->path = g_build_filename (fixture->desk.folder, "trust-store", NULL);
  fixture->trust = gs_trust_desk_new (fixture->path, fixture->desk.store, fixture->desk.clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gs_trust_desk_stop (fixture->trust);
  g_clear_object (&fixture->trust);
  g_free (fixture->path);
  test_desk_tear_down (&fixture->desk, NULL);
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
show_page (Fixture *fixture, GtkWidget **window)
{
  GtkWidget *page = gs_trust_page_new (fixture->trust);

  *window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (*window), 1600, 900);
  gtk_window_set_child (GTK_WINDOW (*window), page);
  gtk_window_present (GTK_WINDOW (*window));
  return page;
}

static guint
n_rows (gpointer list)
{
  GtkListView *view = part (list, "view");

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (view)));
}

static void
select_row (gpointer list, guint position)
{
  GtkListView *view = part (list, "view");

  gtk_selection_model_select_item (gtk_list_view_get_model (view), position, TRUE);
}

/* A thousand certificates by country; typing a country or a fingerprint leaves what fits. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window, *page;
  GsTrustList *list;
  GtkEditable *search;
  g_autofree char *fingerprint = NULL;

  gs_test_authority_fill_store (fixture->path, 1000, TEST_NOW);
  sign_in (fixture, GS_ROLE_AUDITOR);
  page = show_page (fixture, &window);
  list = part (page, "list");
  search = part (page, "search_entry");
  test_until (gs_trust_list_get_n_shown (list) == 1000);
  g_assert_cmpuint (n_rows (list), ==, 1012);
  g_assert_nonnull (strstr (words (page, "counts_label"), "1000 certificates · 12 countries"));
  g_assert_nonnull (strstr (words (page, "counts_label"), "1 ends within 30 days"));
  g_assert_nonnull (strstr (words (page, "last_label"), "Master list of UT, 1000 certificates"));
  g_assert_false (gtk_widget_get_visible (part (page, "import_button")));

  g_assert_false (gtk_widget_get_visible (part (page, "facts_box")));
  select_row (list, 3);
  g_assert_true (gtk_widget_get_visible (part (page, "facts_box")));
  g_assert_false (gtk_widget_get_visible (part (page, "remove_button")));
  g_assert_cmpstr (words (page, "country_label"), ==, "QM");
  fingerprint = g_strdup (words (page, "fingerprint_label"));

  gtk_editable_set_text (search, "ut");
  test_until (gs_trust_list_get_n_shown (list) == 84);
  g_assert_cmpstr (words (page, "found_label"), ==, "84 found");
  /* What is no longer listed is no longer chosen. */
  g_assert_false (gtk_widget_get_visible (part (page, "facts_box")));
  gtk_editable_set_text (search, fingerprint);
  test_until (gs_trust_list_get_n_shown (list) == 1);
  g_assert_cmpuint (n_rows (list), ==, 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_roles (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    GsRole role;
    guint n;
    gboolean change;
  } rows[] = { { GS_ROLE_OFFICER, 0, FALSE },
               { GS_ROLE_SUPERVISOR, 24, FALSE },
               { GS_ROLE_OFFICER, 0, FALSE },
               { GS_ROLE_ADMINISTRATOR, 24, TRUE } };
  GtkWidget *window, *page;

  gs_test_authority_fill_store (fixture->path, 24, TEST_NOW);
  sign_in (fixture, GS_ROLE_AUDITOR);
  page = show_page (fixture, &window);
  test_until (gs_trust_list_get_n_shown (part (page, "list")) == 24);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      sign_in (fixture, rows[i].role);
      g_assert_cmpuint (gs_trust_list_get_n_shown (part (page, "list")), ==, rows[i].n);
      g_assert_cmpint (gtk_widget_get_visible (part (page, "import_button")), ==, rows[i].change);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window, *page;

  g_assert_true (g_file_set_contents (fixture->path, "no store", -1, NULL));
  sign_in (fixture, GS_ROLE_ADMINISTRATOR);
  page = show_page (fixture, &window);
  test_until (gtk_widget_get_visible (part (page, "message_label")));
  test_until (strstr (words (page, "message_label"), "damaged") != NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static const char *
import_page (GtkWidget *window)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (part (window, "stack")));
}

static char *
digest_of (const char *path)
{
  g_autofree char *text = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guint8 *) text, size);
}

/* Two certificates of one file: nothing can be taken before its fingerprint was typed. */
static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pem = g_build_filename (fixture->desk.folder, "two.pem", NULL);
  g_autoptr (GPtrArray) two =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_certificate_unref);
  const char *const paths[] = { pem, NULL };
  g_autofree char *digest = NULL;
  GtkWidget *window, *view;

  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (
      two, gs_test_authority_new ("UT", "CSCA", TEST_NOW / 1000 - 1000, TEST_NOW / 1000 + 100000));
  gs_test_authority_write_pem (pem, two);
  digest = digest_of (pem);
  sign_in (fixture, GS_ROLE_ADMINISTRATOR);
  window = gs_trust_import_window_new (NULL, fixture->trust, paths);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_cmpstr (import_page (window), ==, "reading");
  test_until (g_str_equal (import_page (window), "preview"));
  g_assert_false (gtk_widget_get_sensitive (part (window, "take_button")));

  view = gtk_widget_get_first_child (part (window, "vouchers_box"));
  gtk_editable_set_text (part (view, "entry"), "00000000");
  g_signal_emit_by_name (part (view, "entry"), "activate");
  test_until (gtk_widget_get_visible (part (view, "error_label")));
  g_assert_false (gtk_widget_get_sensitive (part (window, "take_button")));
  gtk_editable_set_text (part (view, "entry"), digest + 56);
  g_signal_emit_by_name (part (view, "entry"), "activate");
  test_until (gtk_widget_get_sensitive (part (window, "take_button")));
  g_assert_cmpstr (gtk_button_get_label (part (window, "take_button")), ==,
                   "Take in 2 certificates");
  g_signal_emit_by_name (part (window, "take_button"), "clicked");
  test_until (g_str_equal (import_page (window), "end"));
  g_assert_cmpstr (words (window, "end_title"), ==, "Taken in");
  g_assert_cmpuint (
    gs_trust_listing_get_certificates (gs_trust_desk_get_listing (fixture->trust))->len, ==, 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_useless_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->desk.folder, "letter.txt", NULL);
  const char *const paths[] = { path, NULL };
  GtkWidget *window;

  g_assert_true (g_file_set_contents (path, "Dear colleague", -1, NULL));
  sign_in (fixture, GS_ROLE_ADMINISTRATOR);
  window = gs_trust_import_window_new (NULL, fixture->trust, paths);
  gtk_window_present (GTK_WINDOW (window));
  test_until (g_str_equal (import_page (window), "end"));
  g_assert_cmpstr (words (window, "end_title"), ==, "Nothing was taken in");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_gone (gpointer data, GObject *window)
{
  *(gboolean *) data = TRUE;
}

/* No removal without a reason. */
static void
test_removal (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window, *page, *removal;
  gboolean gone = FALSE;

  gs_test_authority_fill_store (fixture->path, 24, TEST_NOW);
  sign_in (fixture, GS_ROLE_ADMINISTRATOR);
  page = show_page (fixture, &window);
  test_until (gs_trust_list_get_n_shown (part (page, "list")) == 24);
  select_row (part (page, "list"), 1);
  removal = gs_trust_removal_window_new (NULL, fixture->trust,
                                         gs_trust_list_get_selected (part (page, "list")));
  g_object_weak_ref (G_OBJECT (removal), on_gone, &gone);
  gtk_window_present (GTK_WINDOW (removal));
  g_assert_false (gtk_widget_get_sensitive (part (removal, "remove_button")));
  gtk_drop_down_set_selected (part (removal, "reason_drop_down"), GS_TRUST_REMOVAL_ORDER);
  g_assert_true (gtk_widget_get_sensitive (part (removal, "remove_button")));
  g_signal_emit_by_name (part (removal, "remove_button"), "clicked");
  test_until (gone);
  g_assert_cmpuint (gs_trust_list_get_n_shown (part (page, "list")), ==, 23);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* At 200 % on the smallest screen, with the most that the page shows, nothing needs more room
 * than there is, and the counts do not take it from the certificates. */
static void
test_large_text (Fixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget *window, *page;
  GsTrustList *list;
  int width, height, counts;

  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  gs_test_authority_fill_store (fixture->path, 124, TEST_NOW);
  sign_in (fixture, GS_ROLE_ADMINISTRATOR);
  page = show_page (fixture, &window);
  list = part (page, "list");
  test_until (gs_trust_list_get_n_shown (list) == 124);
  gtk_editable_set_text (part (page, "search_entry"), "qm");
  test_until (gs_trust_list_get_n_shown (list) < 124);
  select_row (list, 1);
  g_assert_true (gtk_widget_get_visible (part (page, "facts_box")));
  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 1280);
  gtk_widget_measure (page, GTK_ORIENTATION_VERTICAL, 1280, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, <=, 800 - 60);
  gtk_widget_measure (part (page, "counts_label"), GTK_ORIENTATION_VERTICAL, 1280 - 2 * 16, &counts,
                      NULL, NULL, NULL);
  g_assert_cmpint (counts, <=, 80);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_set (settings, "gtk-xft-dpi", 96 * 1024, NULL);
}

int
main (int argc, char **argv)
{
#define ADD(path, function)                                                                        \
  g_test_add ("/ui/trust-page/" path, Fixture, NULL, set_up, function, tear_down)
  g_autoptr (AdwApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  gs_ui_init ();
  application = adw_application_new (GS_APPLICATION_ID, G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  ADD ("list", test_list);
  ADD ("roles", test_roles);
  ADD ("damaged", test_damaged);
  ADD ("import", test_import);
  ADD ("useless-file", test_useless_file);
  ADD ("removal", test_removal);
  ADD ("large-text", test_large_text);
  return g_test_run ();
}
