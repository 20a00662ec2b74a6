/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The time that is left of a stamp window, as a part of a bar that shrinks towards its right end.
 * Presentation only; the countdown says it in digits. */
#define GS_TYPE_WINDOW_BAR (gs_window_bar_get_type ())
G_DECLARE_FINAL_TYPE (GsWindowBar, gs_window_bar, GS, WINDOW_BAR, GtkWidget)

/* The colour is that of a CSS class of the sheet ("gs-warn"). */
void gs_window_bar_update (GsWindowBar *self,
                           gint64 remaining_ms,
                           gint64 total_ms,
                           const char *color_class);
