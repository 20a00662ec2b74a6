/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-desk.h"
#include "gs-face-judge.h"
#include "gs-station.h"

G_BEGIN_DECLS

/* Joins the page of questions with the face desk: pictures, guidance, whose turn it is and what was
 * answered follow from the desk; what is clicked goes to the desk. It lives as long as the page.
 * Main thread.
 *
 * The page is for the case that is on the card now; when another one is, it stands still. */
void gs_face_judging_attach (GsFaceJudge *page, GsStation *station, GsFaceDesk *desk);

/* An answer of whoever judges now. row: a GsFaceRow, or -1 for the pair that is asked. FALSE when
 * no answer is taken now. */
gboolean
gs_face_judging_answer (GsStation *station, GsFaceDesk *desk, int row, GsJudgement judgement);

/* Chip's and gate's picture and their captions; shown[0] and shown[1] keep which ones are there. */
void gs_face_judging_show_references (GsStation *station,
                                      GsFaceDesk *desk,
                                      GsFaceFrame *chip,
                                      GsFaceFrame *gate,
                                      gconstpointer shown[2]);
/* A picture, or why there is none; *shown keeps which one is there. */
void gs_face_judging_show_pixels (GsFaceFrame *frame,
                                  const GsPixels *pixels,
                                  const char *absent,
                                  gconstpointer *shown);

G_END_DECLS
