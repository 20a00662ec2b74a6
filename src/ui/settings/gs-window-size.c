/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-window-size.h"

/* While the window is maximized GTK leaves the default size as it was. */
static void
note_size (GtkWindow *window, GParamSpec *pspec, GsPreferences *preferences)
{
  int width = 0, height = 0;

  gtk_window_get_default_size (window, &width, &height);
  if (!gtk_window_is_maximized (window) && width > 0 && height > 0)
    g_object_set (preferences, "window-width", width, "window-height", height, NULL);
}

static void
note_maximized (GtkWindow *window, GParamSpec *pspec, GsPreferences *preferences)
{
  g_object_set (preferences, "window-maximized", gtk_window_is_maximized (window), NULL);
}

void
gs_window_size_follow (GtkWindow *window, GsPreferences *preferences)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (window)));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle area = { 0 };
  int width, height;
  gboolean maximized;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (GS_IS_PREFERENCES (preferences));
  g_object_get (preferences, "window-width", &width, "window-height", &height, "window-maximized",
                &maximized, NULL);
  if (monitor != NULL)
    {
      gdk_monitor_get_geometry (monitor, &area);
      width = width > 0 ? MIN (width, area.width) : area.width;
      height = height > 0 ? MIN (height, area.height) : area.height;
    }
  if (width > 0 && height > 0)
    gtk_window_set_default_size (window, width, height);
  if (maximized)
    gtk_window_maximize (window);
  g_signal_connect_object (window, "notify::default-width", G_CALLBACK (note_size), preferences, 0);
  g_signal_connect_object (window, "notify::default-height", G_CALLBACK (note_size), preferences,
                           0);
  g_signal_connect_object (window, "notify::maximized", G_CALLBACK (note_maximized), preferences,
                           0);
}
