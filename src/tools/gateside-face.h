/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-measurement.h"

/* The parts of gateside-face, which measures the face engine (docs/face-engine.md). */

typedef struct
{
  char *first; /* as LIST has them */
  char *second;
  gboolean same;
  gboolean has_score;
  double score;
  const char *failure; /* without a score: why; static */
} FacePair;

/* Reads LIST: a line is image TAB image TAB 1 (same person) or 0; empty lines and those that begin
 * with # are skipped. An array of FacePair, or NULL with a sentence that names the line. */
GArray *face_pairs_read (const char *path, GError **error);
/* Fills scores or failures. Every image is decoded and encoded once. Relative paths count from
 * LIST's folder. */
void face_pairs_score (GArray *pairs, const char *list, GsFaceMeasurement *measurement);
/* One line a pair: image, image, 1 or 0, score, or - and why there is none. */
gboolean face_pairs_write (const GArray *pairs, const char *path, GError **error);

typedef struct
{
  guint pairs;
  guint genuine; /* pairs of one person that have a score */
  guint impostor;
  guint failures;          /* pairs that are in no rate */
  double equal_error_rate; /* NAN without pairs of both kinds */
} FaceRates;

typedef struct
{
  double threshold;
  guint false_matches; /* impostor pairs with this score or more */
  guint false_non_matches;
} FaceErrors;

void face_rates_count (const GArray *pairs, FaceRates *rates);
void face_rates_at (const GArray *pairs, double threshold, FaceErrors *errors);

/* To standard output. */
void face_report (const GArray *pairs,
                  const GsFaceThresholds *thresholds,
                  double seconds,
                  gboolean json);
