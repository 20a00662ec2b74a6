/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "gs-pixels.h"

G_BEGIN_DECLS

/* The person at the desk, as the best few frames of one sitting in front of one camera. An engine
 * that can averages over them; it refuses frames that do not show one person
 * (GS_FACE_CAUSE_SEVERAL_PEOPLE). Frames are added on the main thread and never change once added;
 * their dots are cleansed with the last reference. */
#define GS_TYPE_FACE_PROBE (gs_face_probe_get_type ())
G_DECLARE_FINAL_TYPE (GsFaceProbe, gs_face_probe, GS, FACE_PROBE, GObject)

#define GS_FACE_PROBE_MAX_FRAMES 5

/* at_utc_ms: when the frame was taken, for the record. */
GsFaceProbe *gs_face_probe_new (const GsPixels *frame, double worth, gint64 at_utc_ms);
/* Another frame of the same sitting. When there are GS_FACE_PROBE_MAX_FRAMES the least worthy one
 * goes. worth: any scale, more is better. */
void gs_face_probe_add (GsFaceProbe *self, const GsPixels *frame, double worth, gint64 at_utc_ms);
/* The worthiest frame, for the officer's eye. Borrowed. */
const GsPixels *gs_face_probe_get_best (GsFaceProbe *self);
gint64 gs_face_probe_get_best_utc_ms (GsFaceProbe *self);
guint gs_face_probe_get_n_frames (GsFaceProbe *self);

G_END_DECLS
