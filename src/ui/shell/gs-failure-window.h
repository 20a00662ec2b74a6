/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What keeps the desk from opening, in a window of its own: an officer has no terminal. Main
 * thread. */
#define GS_TYPE_FAILURE_WINDOW (gs_failure_window_get_type ())
G_DECLARE_FINAL_TYPE (GsFailureWindow, gs_failure_window, GS, FAILURE_WINDOW, AdwApplicationWindow)

/* sentence: what to do about it, in the officer's language. Transfer none: the window owns itself.
 */
GtkWindow *gs_failure_window_new (GtkApplication *application, const char *sentence);

G_END_DECLS
