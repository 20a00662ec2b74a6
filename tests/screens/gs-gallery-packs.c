/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gallery.h"

#include "gs-pack-gallery.h"
#include "gs-pack-page.h"
#include "gs-window.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define NOW_UTC_MS G_GINT64_CONSTANT (1795000000000)

static char *
built (const char *name)
{
  return g_build_filename (g_getenv ("GATESIDE_BUILD_ROOT"), "data", name, NULL);
}

static void
wait_while (gboolean (*is_waiting) (gpointer), gpointer data)
{
  gint64 end_monotonic_us = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (is_waiting (data) && g_get_monotonic_time () < end_monotonic_us)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_loading (gpointer desk)
{
  return !gs_pack_desk_is_loaded (desk);
}

static gboolean
is_drawing (gpointer gallery)
{
  return gs_pack_gallery_get_n_samples (gallery) == 0
         || gs_pack_gallery_get_n_drawn (gallery) < gs_pack_gallery_get_n_samples (gallery);
}

static gboolean
has_one (gpointer desk)
{
  g_autoptr (GPtrArray) list = gs_pack_desk_list (desk);

  return list->len < 2;
}

static gboolean
is_not_active (gpointer desk)
{
  g_autoptr (GPtrArray) list = gs_pack_desk_list (desk);

  return ((const GsPackEntry *) g_ptr_array_index (list, 0))->of_key_file;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPackCandidate) candidate =
    gs_pack_desk_read_finish (GS_PACK_DESK (source), result, &error);

  g_assert_no_error (error);
  gs_pack_desk_bring_async (GS_PACK_DESK (source), candidate, NULL, NULL, NULL);
}

/* The specimen pack, brought in and activated by a supervisor. */
static GsPackDesk *
make_desk (char **folder)
{
  static GsConfig config;
  g_autofree char *database = NULL;
  g_autofree char *today = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStore) store = NULL;
  g_autoptr (GsClock) clock = gs_clock_new ();
  g_autoptr (GsSession) session = gs_session_new ("mori", "Mori", GS_ROLE_SUPERVISOR, NOW_UTC_MS);
  gint64 now_us = g_get_monotonic_time ();
  GsPackDesk *desk;

  *folder = g_dir_make_tmp ("gs-gallery-XXXXXX", &error);
  g_assert_no_error (error);
  database = g_build_filename (*folder, "desk.db", NULL);
  store = gs_store_open (database, &error);
  g_assert_no_error (error);
  gs_clock_observe (clock, now_us, now_us, NOW_UTC_MS, TRUE, 5);
  config.specimen_pack = built ("specimen-pack.tar");
  config.pack_authorities = built ("specimen-pack-authority.pem");
  desk = gs_pack_desk_new (&config, store, clock);
  gs_pack_desk_set_session (desk, session);
  wait_while (is_loading, desk);
  gs_pack_desk_read_async (desk, config.specimen_pack, NULL, on_read, NULL);
  wait_while (has_one, desk);
  {
    g_autoptr (GPtrArray) list = gs_pack_desk_list (desk);
    const GsPackEntry *brought = g_ptr_array_index (list, 1);

    today = gs_pack_desk_dup_today (desk);
    gs_pack_desk_activate_async (desk, brought->digest, today, NULL, NULL, NULL);
  }
  wait_while (is_not_active, desk);
  return desk;
}

static void
forget (const char *folder)
{
  static const char *const names[] = { "desk.db", "desk.db-wal", "desk.db-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

GtkWidget *
gs_gallery_packs (void)
{
  g_autofree char *folder = NULL;
  g_autoptr (GsPackDesk) desk = make_desk (&folder);
  GsWindow *window = gs_window_new (GTK_APPLICATION (g_application_get_default ()));
  GtkWidget *page = gs_pack_page_new (desk);

  gs_window_add_page (window, page, "administration", _ ("Administration"),
                      "gs-administration-symbolic");
  gs_window_set_place (window, "gs-plane-symbolic", "Hall B · Departures", "Desk 3 · Amaurot (2)");
  gs_window_set_officer (window, "Mori");
  gs_window_set_hall_time (window, "14:22:07", NULL);
  gs_window_set_status (window, GS_WINDOW_STATUS_LINK, GS_SIGN_LIVE, NULL, "Live", NULL, NULL);
  wait_while (is_drawing, gtk_widget_get_template_child (page, GS_TYPE_PACK_PAGE, "gallery"));
  forget (folder);
  return GTK_WIDGET (window);
}
