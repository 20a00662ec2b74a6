/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gallery.h"

#include "gs-key-list-window.h"
#include "gs-preferences-window.h"
#include "gs-window.h"

static gboolean
all_on (const char *action, gpointer user_data)
{
  return TRUE;
}

static GtkWidget *
window_for (gboolean dead)
{
  GsWindow *window = gs_window_new (GTK_APPLICATION (g_application_get_default ()));

  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), gs_gallery_desk ());
  gs_window_add_page (window, scroller, "desk", "Desk", "gs-desk-symbolic");
  gs_window_set_place (window, "gs-plane-symbolic", "Hall B · Departures", "Desk 3 · Amaurot (2)");
  gs_window_set_officer (window, "Kato");
  gs_window_set_hall_time (window, "14:22:07", dead ? "14:22:53" : NULL);
  if (dead)
    {
      gs_window_set_status (window, GS_WINDOW_STATUS_LINK, GS_SIGN_NONE, "gs-no-link-symbolic",
                            "No link 0:14", NULL, "No byte from the hall since 14:22:53.");
      gs_window_set_dead_link (window, "No link to the hall for 0:14",
                               "All of the hall is shown as of 14:22:53. No one is admitted and "
                               "nothing is stamped until the link is back. Other decisions are "
                               "kept and sent then.",
                               "next try in 3 s");
    }
  else
    gs_window_set_status (window, GS_WINDOW_STATUS_LINK, GS_SIGN_LIVE, NULL, "Live", NULL,
                          "0.2 s behind");
  gs_window_set_status (window, GS_WINDOW_STATUS_PRINTER, GS_SIGN_SUCCESSFUL, NULL, "Printer ready",
                        "ink 72 %", NULL);
  gs_window_set_status (window, GS_WINDOW_STATUS_READER, GS_SIGN_SUCCESSFUL, NULL, "Reader", NULL,
                        NULL);
  gs_window_set_status (window, GS_WINDOW_STATUS_CAMERA, GS_SIGN_SUCCESSFUL, NULL, "Camera", NULL,
                        NULL);
  gs_window_update_actions (window, all_on, NULL);
  return GTK_WIDGET (window);
}

GtkWidget *
gs_gallery_window (void)
{
  return window_for (FALSE);
}

GtkWidget *
gs_gallery_window_dead (void)
{
  return window_for (TRUE);
}

GtkWidget *
gs_gallery_keys (void)
{
  return GTK_WIDGET (gs_key_list_window_new (NULL));
}

GtkWidget *
gs_gallery_preferences (void)
{
  g_autoptr (GsPreferences) preferences = gs_preferences_new (NULL);

  return GTK_WIDGET (gs_preferences_window_new (NULL, preferences));
}
