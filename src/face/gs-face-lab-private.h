/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-comparison.h"
#include "gs-face-mesh-private.h"
#include "gs-face-models.h"

/* One picture on its way through the three nets: face, points, aligned face, quality, numbers.
 * One thread at a time. Nothing of this leaves the room. */

#define GS_FACE_ALIGNED_SIDE 112
#define GS_FACE_ALIGNED_BYTES (3 * GS_FACE_ALIGNED_SIDE * GS_FACE_ALIGNED_SIDE)
#define GS_FACE_NUMBERS 192

typedef struct
{
  guint n_faces;       /* 0: nothing of the following is filled, but quality says "not measured" */
  GsFaceFound face;    /* the largest */
  double second_share; /* the second largest's width by the largest's; 0 without one */
  double eye_opening;  /* height of the lids' opening by the eye's width, of the opener eye */
  double face_luma;    /* of the aligned face, 0 to 255: 19 of 20 dots are darker */
  double frame_luma;   /* the mean of the whole picture, 0 to 255 */
  double bright_share; /* of the face's dots, those without any drawing left (luma 247 and more) */
  gboolean is_cut;     /* a part of the face lies outside the picture */
  GsFaceMesh mesh;
  guint8 aligned[GS_FACE_ALIGNED_BYTES]; /* RGB, eyes and mouth where the embedding wants them */
  GsFaceQuality quality;
} GsFaceReading;

/* FALSE with GS_FACE_ERROR_NET. Fills *reading wholly; it is cleared with gs_face_reading_clear(),
 * also after FALSE. */
gboolean gs_face_lab_read (GsFaceModels *models,
                           const GsPixels *picture,
                           GsFaceReading *reading,
                           GError **error);
/* Cleanses it. */
void gs_face_reading_clear (GsFaceReading *self);

/* The numbers of a face that was read: the mean of the picture and its mirror, of length 1. FALSE
 * with GS_FACE_ERROR_NET. */
gboolean gs_face_lab_embed (GsFaceModels *models,
                            const GsFaceReading *reading,
                            float numbers[GS_FACE_NUMBERS],
                            GError **error);
/* Of two that have length 1: 1 for the same, about 0 for people who differ. */
double gs_face_lab_cosine (const float *a, const float *b);
/* Makes the length 1; FALSE when it is 0 or no number. */
gboolean gs_face_lab_normalise (float numbers[GS_FACE_NUMBERS]);

/* Fills quality from what was read; called by gs_face_lab_read(). */
void gs_face_measure (GsFaceReading *reading, const GsPixels *picture);
