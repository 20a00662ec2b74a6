/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "gs-face-comparison.h"
#include "gs-face-rates.h"
#include "gs-face-rule.h"
#include "gs-face-watcher.h"
#include "gs-sign.h"

/* What the officer reads about a face, a camera's picture and an engine's answer, in the officer's
 * language. Static unless said otherwise. Main thread. */

/* What is wrong with the picture (bits of GsFaceTrouble) and what to do about it: the worst first,
 * one sentence; for 0 that it is good. */
const char *gs_face_text_trouble (guint troubles);

/* ".64" on the usual scale from 0 to 1; "–" for NAN. Transfer full. */
char *gs_face_text_score (double score);

const char *gs_face_text_verdict (GsFaceVerdict verdict); /* "Match", "No decision" */
GsSign gs_face_text_verdict_sign (GsFaceVerdict verdict);
/* "Match .64"; without a score the word alone. Transfer full. */
char *gs_face_text_result (GsFaceVerdict verdict, double score);
/* Why there is no decision, in a few words; NULL for NONE. */
const char *gs_face_text_cause (GsFaceCause cause);

/* What follows from judgements and engines: a strong part and the rest, both sentences. */
const char *gs_face_text_ruling (const GsFaceRuling *ruling, const char **rest);

/* The engine's errors as markup, one sentence each; that they are not known when it names none.
 * Transfer full. */
char *gs_face_text_false_match (const GsFaceErrorRates *rates);
char *gs_face_text_false_non_match (const GsFaceErrorRates *rates);
/* On how many pictures that was measured; NULL when it is not known. Transfer full. */
char *gs_face_text_measured (const GsFaceErrorRates *rates);

/* What was said about presentation attacks, and by whom. */
const char *gs_face_text_attack (GsFaceAttack attack);
