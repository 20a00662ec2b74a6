/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-icon.h"

#include <math.h>

void
gs_icon_snapshot (GtkSnapshot *snapshot,
                  GtkWidget *widget,
                  const char *icon_name,
                  double x,
                  double y,
                  double size,
                  const GdkRGBA *color)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (
    theme, icon_name, NULL, (int) ceil (size), gtk_widget_get_scale_factor (widget),
    gtk_widget_get_direction (widget), 0);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) round (x), (float) round (y)));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), GDK_SNAPSHOT (snapshot),
                                            size, size, color, 1);
  gtk_snapshot_restore (snapshot);
}
