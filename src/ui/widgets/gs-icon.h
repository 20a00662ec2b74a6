/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Draws a symbolic icon of the project's set in one colour, for widgets that draw themselves. */
void gs_icon_snapshot (GtkSnapshot *snapshot,
                       GtkWidget *widget,
                       const char *icon_name,
                       double x,
                       double y,
                       double size,
                       const GdkRGBA *color);
