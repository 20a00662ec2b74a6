/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-detector-private.h"

/* Face Mesh (Kartynnik et al., 2019): 468 points of one face. */

#define GS_FACE_MESH_SIDE 192
#define GS_FACE_MESH_POINTS 468

/* Numbers of points, by the person's own right and left. */
enum
{
  GS_FACE_POINT_NOSE = 1,
  GS_FACE_POINT_FOREHEAD = 10,
  GS_FACE_POINT_UPPER_LIP = 13,
  GS_FACE_POINT_LOWER_LIP = 14,
  GS_FACE_POINT_RIGHT_EYE_OUTER = 33,
  GS_FACE_POINT_RIGHT_MOUTH = 61,
  GS_FACE_POINT_RIGHT_EYE_INNER = 133,
  GS_FACE_POINT_RIGHT_EYE_LOWER = 145,
  GS_FACE_POINT_CHIN = 152,
  GS_FACE_POINT_RIGHT_EYE_UPPER = 159,
  GS_FACE_POINT_RIGHT_CHEEK = 234,
  GS_FACE_POINT_LEFT_EYE_OUTER = 263,
  GS_FACE_POINT_LEFT_MOUTH = 291,
  GS_FACE_POINT_LEFT_EYE_INNER = 362,
  GS_FACE_POINT_LEFT_EYE_LOWER = 374,
  GS_FACE_POINT_LEFT_EYE_UPPER = 386,
  GS_FACE_POINT_LEFT_CHEEK = 454
};

/* at: in dots of the picture. depth: in dots too, more is farther away. */
typedef struct
{
  GsFacePoint at[GS_FACE_MESH_POINTS];
  double depth[GS_FACE_MESH_POINTS];
} GsFaceMesh;

/* FALSE with GS_FACE_ERROR_NET; also when the net's numbers are none. */
gboolean gs_face_mesh_find (GsFaceNet *net,
                            const GsPixels *picture,
                            const GsFaceFound *face,
                            GsFaceMesh *mesh,
                            GError **error);

/* The middle of an eye, of its four outermost points. */
GsFacePoint gs_face_mesh_right_eye (const GsFaceMesh *self);
GsFacePoint gs_face_mesh_left_eye (const GsFaceMesh *self);
double gs_face_mesh_distance (const GsFaceMesh *self, guint a, guint b);
