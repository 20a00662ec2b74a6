/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-pixels.h"

/* Cutting squares out of a picture. Coordinates are in dots of the picture, (0, 0) the upper left
 * corner of the first dot; what lies outside is black. Pure; any thread. */

typedef struct
{
  double x, y;
} GsFacePoint;

/* x' = a x - b y + c, y' = b x + a y + d: turns, scales and moves, nothing else. */
typedef struct
{
  double a, b, c, d;
} GsFaceSimilarity;

GsFacePoint gs_face_similarity_apply (const GsFaceSimilarity *self, GsFacePoint point);
/* The one that maps from[i] to to[i] with the least sum of squares. FALSE when the points of from
 * are all the same, or one of them all is no number. */
gboolean gs_face_similarity_fit (GsFaceSimilarity *self,
                                 const GsFacePoint *from,
                                 const GsFacePoint *to,
                                 gsize n_points);

/* The upright square at (x, y) as size × size dots, each the mean of what it covers. */
void gs_face_warp_square (
  const GsPixels *picture, double x, double y, double side, guint size, guint8 *rgb);

/* The square that self maps into the picture, as size × size dots, between four dots each. */
void gs_face_warp_similarity (const GsPixels *picture,
                              const GsFaceSimilarity *self,
                              guint size,
                              guint8 *rgb);

/* Dots for a network: all red ones, all green ones, all blue ones, each times scale plus offset.
 * mirrored: left and right changed. */
void gs_face_warp_to_planes (
  const guint8 *rgb, guint size, double scale, double offset, gboolean mirrored, float *planes);
