/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-station.h"
#include "gs-window.h"

G_BEGIN_DECLS

/* The verify sheet over the window: F5 opens it for the case on the card. Main thread.
 *
 * Signals:
 * "changed" ()             the sheet is open, or gone
 * "chosen" (const char *)  an action of the window that was chosen in the sheet; the sheet is gone
 * "lock" ()                Ctrl L was pressed in it */
#define GS_TYPE_FACE_CONTROL (gs_face_control_get_type ())
G_DECLARE_FINAL_TYPE (GsFaceControl, gs_face_control, GS, FACE_CONTROL, GObject)

/* window: borrowed, and outlives this. */
GsFaceControl *gs_face_control_new (GsWindow *window, GsStation *station);

/* A chip that was not read to its end is read again with it. */
void gs_face_control_open (GsFaceControl *self);
gboolean gs_face_control_is_open (GsFaceControl *self);
/* TRUE when a second officer has to judge the face of the case on the card: in the sheet. */
gboolean gs_face_control_wants_second (GsFaceControl *self);
/* A sentence across the sheet, NULL for none. FALSE when no sheet is open. */
gboolean gs_face_control_set_notice (GsFaceControl *self, const char *notice);

G_END_DECLS
