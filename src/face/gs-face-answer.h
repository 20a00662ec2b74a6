/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-comparison.h"
#include "gs-face-rates.h"

G_BEGIN_DECLS

/* Answers of a remote engine are no longer. */
#define GS_FACE_ANSWER_MAX_BYTES (64 * 1024)

/* Reads the JSON answer of a remote engine (docs/face-engine.md) to the request of that id. What
 * contradicts itself is no answer: a verdict that its own score and thresholds do not give, numbers
 * that are none, another request's id. Any thread.
 *
 * NULL with GS_FACE_ERROR_REMOTE and a sentence for the log, which quotes nothing of the answer.
 * rates: filled where the answer names its measured errors, else "not known". Transfer full. */
GsFaceComparison *gs_face_answer_parse (
  const char *json, gsize length, const char *request, GsFaceErrorRates *rates, GError **error);

G_END_DECLS
