/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-verification.h"

G_BEGIN_DECLS

/* Error rates of an engine, estimated from verifications at the desk in the terms of BSI TR-03121:
 * a comparison trial is genuine where every officer who judged said "same" and impostor where one
 * said "different"; "unsure" is neither, and is left out. The judgements were made before any score
 * was seen. Rates are counted at the engine's own match threshold: review is no match. What the
 * engine could not decide is a failure, and in no rate. Pure; any thread. */

typedef enum
{
  GS_FACE_TRIAL_UNKNOWN = 1, /* left out */
  GS_FACE_TRIAL_GENUINE,
  GS_FACE_TRIAL_IMPOSTOR
} GsFaceTrial;

GsFaceTrial gs_face_trial_of (const GsFacePairResult *result);
const char *gs_face_trial_to_word (GsFaceTrial trial);

/* A share with its interval of 95 % after Wilson; NAN without a trial. */
typedef struct
{
  guint errors;
  guint trials;
  double rate;
  double low;
  double high;
} GsFaceRate;

/* Of one engine and version at one threshold. */
typedef struct
{
  char *engine;
  char *version;
  char *threshold; /* as text; NULL where the engine tells none */
  guint unknown;
  guint failures; /* genuine and impostor trials without a decision */
  GsFaceRate false_match;
  GsFaceRate false_non_match;
} GsFaceEstimate;

void gs_face_rate_fill (GsFaceRate *self, guint errors, guint trials);

/* One a engine, version and threshold, in no order. verifications: GPtrArray of GsFaceVerification;
 * pair: which of the two is counted. GPtrArray of GsFaceEstimate, transfer full. */
GPtrArray *gs_face_estimate (GPtrArray *verifications, GsFacePair pair);

/* The gate's engine, whose score nobody knows, by the officers' word about gate and chip: of the
 * sittings in which both pairs were judged the same person, how often the gate had said no match,
 * and of those in which the person was another than the chip's, how often it had said match. */
void gs_face_estimate_gate (GPtrArray *verifications,
                            GsFaceRate *false_match,
                            GsFaceRate *false_non_match);

G_END_DECLS
