/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gs-face-compare.h"
#include "gs-face-judge.h"
#include "gs-face-outcomes.h"

G_BEGIN_DECLS

/* The verify sheet as a view: "judge first", then "compare". It knows nothing of the station; what
 * it shows is set, what the officer does comes out as signals. Keys: 1, 2, 3 answer, A an attack
 * was seen, C takes the picture, F3, F5, F7, F8, F9 as printed, Escape is "Not now". Main thread.
 *
 * Signals:
 * "answered" (int)          a GsJudgement of the pair that is asked now, by key; clicks are the
 *                           page's own, and so are A and C (see gs-face-judge.h)
 * "chosen" (const char *)   an action of the desk that is on, see gs-face-outcomes.h
 * "lock" ()                 Ctrl L */
#define GS_TYPE_VERIFY_SHEET (gs_verify_sheet_get_type ())
G_DECLARE_FINAL_TYPE (GsVerifySheet, gs_verify_sheet, GS, VERIFY_SHEET, AdwWindow)

/* parent NULL only in tests. */
GsVerifySheet *gs_verify_sheet_new (GtkWindow *parent);

/* At most so large; one size for both pages, so that nothing jumps. New sheets fit into their
 * parent. */
void gs_verify_sheet_set_room (GsVerifySheet *self, int width, int height);

GsFaceJudge *gs_verify_sheet_get_judge (GsVerifySheet *self);
GsFaceCompare *gs_verify_sheet_get_compare (GsVerifySheet *self);
GsFaceOutcomes *gs_verify_sheet_get_outcomes (GsVerifySheet *self);

/* Whether the results are shown. Going back takes everything away that was shown. */
void gs_verify_sheet_set_revealed (GsVerifySheet *self, gboolean revealed);

/* plate: the priority's sign after the reveal, NONE before; line: "ERIKSSON, ANNA MARIA · L898902C3
 * · gate 3", with the code after the reveal; pill: "Gate and desk engines differ" or NULL. */
void
gs_verify_sheet_set_head (GsVerifySheet *self, GsSign plate, const char *line, const char *pill);
void gs_verify_sheet_set_elapsed (GsVerifySheet *self, const char *elapsed);
/* A sentence across the sheet, such as whose document was read meanwhile; NULL for none. */
void gs_verify_sheet_set_notice (GsVerifySheet *self, const char *notice);

G_END_DECLS
