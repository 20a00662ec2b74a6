/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "Is it the same person?" with its three answers. Emits "answered" with a GsJudgement (int) when
 * one is clicked; their keys come through the window. Main thread. */
#define GS_TYPE_FACE_QUESTION (gs_face_question_get_type ())
G_DECLARE_FINAL_TYPE (GsFaceQuestion, gs_face_question, GS, FACE_QUESTION, GtkBox)

G_END_DECLS
