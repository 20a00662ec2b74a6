/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-preferences.h"
#include "gs-scanner.h"
#include "gs-station.h"
#include "gs-window.h"

G_BEGIN_DECLS

/* Joins the window with the station: shows the station's facts in the window, and calls one station
 * function for each action of the officer. Lives as long as the window. Main thread. */
#define GS_TYPE_DESK_CONTROLLER (gs_desk_controller_get_type ())
G_DECLARE_FINAL_TYPE (GsDeskController, gs_desk_controller, GS, DESK_CONTROLLER, GObject)

/* scanner may be NULL. note: a line for the sign-in page, or NULL. */
GsDeskController *gs_desk_controller_new (GsWindow *window,
                                          GsStation *station,
                                          GsScanner *scanner,
                                          GsPreferences *preferences,
                                          const char *note);

G_END_DECLS
