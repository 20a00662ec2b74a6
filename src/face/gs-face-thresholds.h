/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-rates.h"

G_BEGIN_DECLS

/* What the embedded engine decides by, and what that rests on, from a key file
 * (data/face-thresholds.ini is the one that is installed). Immutable once read; any thread. */
typedef struct
{
  /* [thresholds], of the cosine */
  double match;
  double review;
  double one_person; /* two frames of one sitting that are less alike do not show one person */
  /* [quality]: a picture below any of them is not compared */
  double least_confidence;   /* of the detector, 0 to 1 */
  double least_inter_eye_px; /* between the middles of the eyes */
  double least_sharpness;    /* variance of the aligned face's Laplacian */
  double most_second_face;   /* width of a second face by that of the first */
  /* [evidence] */
  GsFaceErrorRates rates;
  double false_match_all; /* over all pairs of the same measurement, not only within a group */
  char *measured_on;      /* sentences in English, for the engine's page and the record */
  char *limits;
  char *training;
} GsFaceThresholds;

/* Reads and checks a whole file. NULL with GS_FACE_ERROR_THRESHOLDS; the message has a line
 * "PATH:LINE: sentence" for each mistake (without a number where something is missing). */
GsFaceThresholds *gs_face_thresholds_load (const char *path, GError **error);
/* The same of a text; name stands for the path. embedding_sha256: the model that the thresholds
 * must have been measured with. */
GsFaceThresholds *gs_face_thresholds_parse (
  const char *text, gsize length, const char *name, const char *embedding_sha256, GError **error);
void gs_face_thresholds_free (GsFaceThresholds *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsFaceThresholds, gs_face_thresholds_free)

G_END_DECLS
