/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gs-seal-desk.h"
#include "gs-station.h"

G_BEGIN_DECLS

/* Checks the digital seal on a picture (a file, dropped on it or chosen; a frame of the desk's
 * camera) or of digits, and shows the five steps, what it says, and where on the picture it is.
 * Nothing is kept. Main thread. */
#define GS_TYPE_SEAL_WINDOW (gs_seal_window_get_type ())
G_DECLARE_FINAL_TYPE (GsSealWindow, gs_seal_window, GS, SEAL_WINDOW, AdwWindow)

/* Presents one for the station's desk. */
void gs_seal_window_open (GtkWindow *parent, GsStation *station);
/* Without a station: no camera, and no document in hand. */
GsSealWindow *gs_seal_window_new (GtkWindow *parent, GsSealDesk *desk);
/* TRUE once a verdict is shown. */
gboolean gs_seal_window_has_verdict (GsSealWindow *self);
/* As if the officer had chosen it. */
void gs_seal_window_open_file (GsSealWindow *self, GFile *file);

G_END_DECLS
