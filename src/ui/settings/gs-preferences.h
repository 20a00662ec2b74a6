/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the officers of this desk chose, kept by GSettings for the desk's own account. Main thread.
 *
 * Properties, read and write, notified when they change; the schema's keys have the same names:
 *   color-scheme (string)        "system", "light" or "dark"
 *   text-scale (double)          1 to 2, on top of the desktop's own
 *   feed-shown (boolean)         beside the card on a narrow screen
 *   window-width, window-height  pixels while not maximized, 0 fills the screen
 *   window-maximized (boolean) */
#define GS_TYPE_PREFERENCES (gs_preferences_get_type ())
G_DECLARE_FINAL_TYPE (GsPreferences, gs_preferences, GS, PREFERENCES, GObject)

/* Where the program looks for its schema: where GLib does (GSETTINGS_SCHEMA_DIR, the data
 * directories), then below the prefix that it was built for. Transfer full; NULL when there is
 * nowhere to look. */
GSettingsSchemaSource *gs_preferences_dup_source (void);

/* source: where the schema is, or NULL. When it is not there, or lacks a key of this version, the
 * preferences live until the program ends, and a message says so. */
GsPreferences *gs_preferences_new (GSettingsSchemaSource *source);

/* FALSE when they are forgotten at the end. */
gboolean gs_preferences_is_kept (GsPreferences *self);

const char *gs_preferences_get_color_scheme (GsPreferences *self);
double gs_preferences_get_text_scale (GsPreferences *self);

G_END_DECLS
