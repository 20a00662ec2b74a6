/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gallery.h"

#include "gs-test-authority.h"
#include "gs-time.h"
#include "gs-trust-import-window.h"
#include "gs-trust-list.h"
#include "gs-trust-page.h"
#include "gs-window.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define NOW_UTC_MS G_GINT64_CONSTANT (1795000000000)
#define N_CERTIFICATES 124

/* A trust store in a temporary folder, with an administrator before it. */
static GsTrustDesk *
make_desk (char **folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *database = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GsStore) store = NULL;
  g_autoptr (GsClock) clock = gs_clock_new ();
  g_autoptr (GsSession) session = gs_session_new ("ito", "Ito", GS_ROLE_ADMINISTRATOR, NOW_UTC_MS);
  gint64 now_us = g_get_monotonic_time ();
  GsTrustDesk *desk;

  *folder = g_dir_make_tmp ("gs-gallery-XXXXXX", &error);
  g_assert_no_error (error);
  database = g_build_filename (*folder, "desk.db", NULL);
  path = g_build_filename (*folder, "trust-store", NULL);
  store = gs_store_open (database, &error);
  g_assert_no_error (error);
  gs_clock_observe (clock, now_us, now_us, NOW_UTC_MS, TRUE, 5);
  gs_test_authority_fill_store (path, N_CERTIFICATES, NOW_UTC_MS);
  desk = gs_trust_desk_new (path, store, clock);
  gs_trust_desk_set_session (desk, session);
  return desk;
}

static void
wait_for (gboolean (*is_there) (gpointer), gpointer data)
{
  gint64 end_monotonic_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!is_there (data) && g_get_monotonic_time () < end_monotonic_us)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gs_trust_desk_load_finish (GS_TRUST_DESK (source), result, NULL);
}

static gboolean
is_listed (gpointer list)
{
  return gs_trust_list_get_n_shown (list) > 0;
}

static gpointer
part (GtkWidget *widget, const char *name)
{
  return gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);
}

static void
forget (const char *folder)
{
  static const char *const names[] = { "desk.db", "desk.db-wal", "desk.db-shm", "trust-store",
                                       "three.pem" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

GtkWidget *
gs_gallery_trust (void)
{
  g_autofree char *folder = NULL;
  g_autoptr (GsTrustDesk) desk = make_desk (&folder);
  GsWindow *window = gs_window_new (GTK_APPLICATION (g_application_get_default ()));
  GtkWidget *page = gs_trust_page_new (desk);
  GtkListView *view;

  gs_window_add_page (window, page, "administration", _ ("Administration"),
                      "gs-administration-symbolic");
  gs_window_set_place (window, "gs-plane-symbolic", "Hall B · Departures", "Desk 3 · Amaurot (2)");
  gs_window_set_officer (window, "Ito");
  gs_window_set_hall_time (window, "14:22:07", NULL);
  gs_window_set_status (window, GS_WINDOW_STATUS_LINK, GS_SIGN_LIVE, NULL, "Live", NULL, NULL);
  gs_trust_desk_load_async (desk, NULL, on_loaded, NULL);
  wait_for (is_listed, part (page, "list"));
  view = part (part (page, "list"), "view");
  gtk_selection_model_select_item (gtk_list_view_get_model (view), 3, TRUE);
  return GTK_WIDGET (window);
}

static gboolean
is_previewed (gpointer window)
{
  return g_str_equal (gtk_stack_get_visible_child_name (part (window, "stack")), "preview");
}

GtkWidget *
gs_gallery_trust_import (void)
{
  g_autofree char *folder = NULL;
  g_autoptr (GsTrustDesk) desk = make_desk (&folder);
  g_autofree char *path = g_build_filename (folder, "three.pem", NULL);
  const char *const paths[] = { path, NULL };
  g_autoptr (GPtrArray) three =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_certificate_unref);
  GtkWidget *window;

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (three, gs_test_authority_new (i == 2 ? "QM" : "UT", "CSCA next",
                                                   NOW_UTC_MS / 1000 - 1000,
                                                   NOW_UTC_MS / 1000 + 400000000));
  gs_test_authority_write_pem (path, three);
  window = gs_trust_import_window_new (NULL, desk, paths);
  wait_for (is_previewed, window);
  forget (folder);
  return window;
}
