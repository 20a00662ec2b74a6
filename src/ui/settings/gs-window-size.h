/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-preferences.h"

G_BEGIN_DECLS

/* Before the window is presented: gives it the size that it had last, never larger than the screen,
 * and notes the size from then on. Without one it fills the screen, also where no window manager
 * does it: a station is one fixed screen. Main thread. */
void gs_window_size_follow (GtkWindow *window, GsPreferences *preferences);

G_END_DECLS
