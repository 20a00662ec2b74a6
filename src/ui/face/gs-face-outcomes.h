/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-face-rule.h"

G_BEGIN_DECLS

/* What may follow a comparison of faces: second officer, admit, second line, another capture, more.
 * The ruling's next step is the only filled key; a key that is off says every reason. Main thread.
 *
 * Signal "chosen" (const char *action): an action of the desk ("second-officer", "admit",
 * "second-line", "verify", "more"), by a click; keys come through the sheet. */
#define GS_TYPE_FACE_OUTCOMES (gs_face_outcomes_get_type ())
G_DECLARE_FINAL_TYPE (GsFaceOutcomes, gs_face_outcomes, GS, FACE_OUTCOMES, GtkGrid)

void gs_face_outcomes_set_step (GsFaceOutcomes *self, GsFaceStep step);
/* Reasons why a key is off, NULL-terminated; NULL or empty: it is on. */
void
gs_face_outcomes_set_reasons (GsFaceOutcomes *self, const char *action, const char *const *reasons);
gboolean gs_face_outcomes_is_on (GsFaceOutcomes *self, const char *action);
/* As new: what the keys said may tell what was found. */
void gs_face_outcomes_clear (GsFaceOutcomes *self);
/* Where five keys do not fit beside each other. */
void gs_face_outcomes_set_two_rows (GsFaceOutcomes *self, gboolean two);

G_END_DECLS
