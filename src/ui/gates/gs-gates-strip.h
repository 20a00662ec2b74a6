/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* The gates of this desk side by side, and the load meter at the end. A click on a referred gate
 * opens its case. Main thread. */
#define GS_TYPE_GATES_STRIP (gs_gates_strip_get_type ())
G_DECLARE_FINAL_TYPE (GsGatesStrip, gs_gates_strip, GS, GATES_STRIP, GtkBox)

/* Once, before it is shown: what it shows. */
void gs_gates_strip_set_station (GsGatesStrip *self, GsStation *station);

/* Narrow screens: number and sign with the word below, and a smaller meter. */
void gs_gates_strip_set_narrow (GsGatesStrip *self, gboolean narrow);

G_END_DECLS
