/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-face-frame.h"
#include "gs-face-guidance.h"
#include "gs-outcome.h"

G_BEGIN_DECLS

/* "Judge first": three pictures of equal size, what to compare and what to leave out, and one
 * question a pair. There is no setter for a score, a code or a result, so this page cannot show
 * one. Main thread.
 *
 * Signals:
 * "answered" (int, int)  a GsFaceRow and its GsJudgement, by a click
 * "attack" (gboolean)    the officer saw an attack, or takes that back
 * "capture" ()           the officer takes the picture by hand */
#define GS_TYPE_FACE_JUDGE (gs_face_judge_get_type ())
G_DECLARE_FINAL_TYPE (GsFaceJudge, gs_face_judge, GS, FACE_JUDGE, GtkBox)

typedef enum
{
  GS_FACE_PLACE_CHIP,
  GS_FACE_PLACE_GATE,
  GS_FACE_PLACE_DESK,
  GS_FACE_N_PLACES
} GsFacePlace;

typedef enum
{
  GS_FACE_ROW_CHIP, /* chip to desk */
  GS_FACE_ROW_GATE, /* gate to desk */
  GS_FACE_N_ROWS
} GsFaceRow;

GsFaceFrame *gs_face_judge_get_frame (GsFaceJudge *self, GsFacePlace place);
GsFaceGuidance *gs_face_judge_get_guidance (GsFaceJudge *self);

/* "Gate 3". */
void gs_face_judge_set_gate (GsFaceJudge *self, const char *gate);
/* asked FALSE hides the row; see gs_pair_question_set_state(). */
void gs_face_judge_set_row (
  GsFaceJudge *self, GsFaceRow row, gboolean asked, gboolean marked, GsJudgement answer);
/* FALSE while no answer is taken, as before there is a picture to judge. */
void gs_face_judge_set_ready (GsFaceJudge *self, gboolean ready);
/* The second officer's name while that one judges alone; NULL while the first one does. */
void gs_face_judge_set_turn (GsFaceJudge *self, const char *second);
void gs_face_judge_set_attack (GsFaceJudge *self, gboolean seen);
/* The keys of the officer's word about an attack, and of the picture taken by hand. */
void gs_face_judge_toggle_attack (GsFaceJudge *self);
void gs_face_judge_capture (GsFaceJudge *self);

/* beside: the questions stand beside the pictures; stacked: each question above its answers;
 * pictures_px: the pictures’ width altogether. */
void
gs_face_judge_set_layout (GsFaceJudge *self, gboolean beside, gboolean stacked, int pictures_px);
/* In a part of another sheet, which asks the question itself: pictures, what is wrong with the
 * newest one, the answers and the notes, with less room around them. */
void gs_face_judge_set_compact (GsFaceJudge *self);

G_END_DECLS
