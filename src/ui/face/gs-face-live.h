/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-desk.h"
#include "gs-face-frame.h"

G_BEGIN_DECLS

/* Keeps the desk camera's picture in a frame: live while the document of the case on the card is on
 * the reader, else why not. A frame that is not on the screen costs nothing. It lives as long as
 * the frame. Main thread; no I/O: a picture comes as bytes in memory. */
#define GS_TYPE_FACE_LIVE (gs_face_live_get_type ())
G_DECLARE_FINAL_TYPE (GsFaceLive, gs_face_live, GS, FACE_LIVE, GObject)

/* Borrowed: the frame owns it. */
GsFaceLive *gs_face_live_attach (GsFaceFrame *frame, GsFaceDesk *desk);

/* While a sheet shows the same picture, the one behind it stands still. */
void gs_face_live_set_paused (GsFaceLive *self, gboolean paused);

/* Why the picture does not run, as a sentence with what to do; NULL while it is live. */
const char *gs_face_live_sentence (GsFaceDesk *desk);

G_END_DECLS
