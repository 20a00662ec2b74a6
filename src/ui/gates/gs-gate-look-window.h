/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* A gate's camera, live, for as long as the look lasts: its picture, the seconds that are left, and
 * that the look is recorded. There is no key that keeps a picture. Closing it ends the look, and
 * the look's end closes it. Main thread. */
#define GS_TYPE_GATE_LOOK_WINDOW (gs_gate_look_window_get_type ())
G_DECLARE_FINAL_TYPE (GsGateLookWindow, gs_gate_look_window, GS, GATE_LOOK_WINDOW, AdwWindow)

/* Begins a look at the gate and shows it; nothing happens when it is not allowed. */
void gs_gate_look_window_open (GtkWindow *parent, GsStation *station, const char *gate);

/* Why there is no look, in a few words; NULL when it is allowed. Static. */
const char *gs_gate_look_window_reason (GsLookVerdict verdict);

G_END_DECLS
