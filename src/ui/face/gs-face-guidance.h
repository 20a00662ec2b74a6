/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-face-watcher.h"

G_BEGIN_DECLS

/* What the desk camera's picture still lacks: five grey ticks, the wrong one named, and one
 * sentence on what to do. Nothing in it has a colour, so nothing leads the judgement. Main thread.
 *
 * Signal "capture" (): the officer takes the picture by hand. */
#define GS_TYPE_FACE_GUIDANCE (gs_face_guidance_get_type ())
G_DECLARE_FINAL_TYPE (GsFaceGuidance, gs_face_guidance, GS, FACE_GUIDANCE, GtkBox)

/* The newest look; NULL before the first or without guidance: no tick is shown then. */
void gs_face_guidance_set_view (GsFaceGuidance *self, const GsFaceView *view);
/* The sentence below the ticks, and at the right ("best frame kept 14:22:24"); either may be NULL.
 * The line keeps its height. */
void gs_face_guidance_set_words (GsFaceGuidance *self, const char *sentence, const char *note);
/* The sentence alone, where there is little room: it names the worst that is wrong. */
void gs_face_guidance_hide_ticks (GsFaceGuidance *self);
/* Whether the picture may be taken by hand. */
void gs_face_guidance_set_capture (GsFaceGuidance *self, gboolean possible);

G_END_DECLS
