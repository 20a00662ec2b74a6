/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gs-preferences.h"

G_BEGIN_DECLS

/* Where officers choose: colours, size of text, the feed on a narrow screen. What is chosen holds
 * at once. Main thread. */
#define GS_TYPE_PREFERENCES_WINDOW (gs_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (GsPreferencesWindow, gs_preferences_window, GS, PREFERENCES_WINDOW, AdwWindow)

/* parent may be NULL. Transfer none: the window owns itself. */
GtkWindow *gs_preferences_window_new (GtkWindow *parent, GsPreferences *preferences);

G_END_DECLS
