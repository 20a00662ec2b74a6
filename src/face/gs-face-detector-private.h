/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-net.h"
#include "gs-face-warp-private.h"

/* BlazeFace, short range (Bazarevsky et al., 2019): where faces are. */

#define GS_FACE_DETECTOR_SIDE 128
#define GS_FACE_DETECTOR_ANCHORS 896
#define GS_FACE_DETECTOR_VALUES 16 /* of each anchor */
#define GS_FACE_DETECTOR_MAX 8     /* faces of one picture that are told of */

typedef enum
{
  GS_FACE_KEY_RIGHT_EYE, /* the person's own right */
  GS_FACE_KEY_LEFT_EYE,
  GS_FACE_KEY_NOSE,
  GS_FACE_KEY_MOUTH,
  GS_FACE_KEY_RIGHT_EAR,
  GS_FACE_KEY_LEFT_EAR,
  GS_FACE_N_KEYS
} GsFaceKey;

/* In dots of the picture. */
typedef struct
{
  double confidence; /* 0 to 1 */
  double x, y, width, height;
  GsFacePoint keys[GS_FACE_N_KEYS];
} GsFaceFound;

/* Looks in the square in the middle and in those at both ends of a picture that is wider or higher,
 * then, if there was nothing, in all of it; small faces in a wide frame are missed otherwise. Faces
 * come with the largest first, each once. FALSE with GS_FACE_ERROR_NET. */
gboolean gs_face_detect (GsFaceNet *detector,
                         const GsPixels *picture,
                         GsFaceFound found[GS_FACE_DETECTOR_MAX],
                         guint *n_found,
                         GError **error);

/* What the net said of one square, as faces in dots of the picture; overlapping ones are joined.
 * Separate so that it can be tried with any numbers. */
guint gs_face_detector_decode (const float *boxes,
                               const float *scores,
                               double x,
                               double y,
                               double side,
                               GsFaceFound found[GS_FACE_DETECTOR_MAX]);
