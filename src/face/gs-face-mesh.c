/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-mesh-private.h"

#include "gs-face-error.h"

#include <math.h>
#include <string.h>

/* The net wants the face turned upright and with this much around the detector's box. */
#define ROOM 1.5

/* From the net's 192 × 192 to the picture. */
static void
crop (const GsFaceFound *face, GsFaceSimilarity *to_picture)
{
  const GsFacePoint *right = &face->keys[GS_FACE_KEY_RIGHT_EYE];
  const GsFacePoint *left = &face->keys[GS_FACE_KEY_LEFT_EYE];
  double angle = atan2 (left->y - right->y, left->x - right->x);
  double scale = ROOM * MAX (face->width, face->height) / GS_FACE_MESH_SIDE;
  double half = GS_FACE_MESH_SIDE / 2.0;

  to_picture->a = scale * cos (angle);
  to_picture->b = scale * sin (angle);
  to_picture->c = face->x + face->width / 2 - to_picture->a * half + to_picture->b * half;
  to_picture->d = face->y + face->height / 2 - to_picture->b * half - to_picture->a * half;
}

gboolean
gs_face_mesh_find (GsFaceNet *net,
                   const GsPixels *picture,
                   const GsFaceFound *face,
                   GsFaceMesh *mesh,
                   GError **error)
{
  const gsize n = (gsize) GS_FACE_MESH_SIDE * GS_FACE_MESH_SIDE;
  g_autofree guint8 *rgb = g_malloc (3 * n);
  g_autofree float *planes = g_new (float, 3 * n);
  float values[3 * GS_FACE_MESH_POINTS], presence;
  const GsFaceNetOutput outputs[] = { { values, G_N_ELEMENTS (values) }, { &presence, 1 } };
  GsFaceSimilarity to_picture;

  crop (face, &to_picture);
  gs_face_warp_similarity (picture, &to_picture, GS_FACE_MESH_SIDE, rgb);
  gs_face_warp_to_planes (rgb, GS_FACE_MESH_SIDE, 1 / 255.0, 0, FALSE, planes);
  gboolean ok =
    gs_face_net_run (net, planes, GS_FACE_MESH_SIDE, outputs, G_N_ELEMENTS (outputs), error);
  explicit_bzero (rgb, 3 * n);
  explicit_bzero (planes, 3 * n * sizeof *planes);
  if (!ok)
    return FALSE;
  double scale = hypot (to_picture.a, to_picture.b);
  for (guint i = 0; i < GS_FACE_MESH_POINTS; i++)
    {
      GsFacePoint point = { values[3 * i], values[3 * i + 1] };

      if (!(fabs (point.x) < 1e4 && fabs (point.y) < 1e4 && fabsf (values[3 * i + 2]) < 1e4F))
        {
          g_set_error_literal (error, GS_FACE_ERROR, GS_FACE_ERROR_NET,
                               "the points of a face are no numbers");
          return FALSE;
        }
      mesh->at[i] = gs_face_similarity_apply (&to_picture, point);
      mesh->depth[i] = values[3 * i + 2] * scale;
    }
  return TRUE;
}

static GsFacePoint
middle (const GsFaceMesh *self, const guint *points)
{
  GsFacePoint sum = { 0, 0 };

  for (guint i = 0; i < 4; i++)
    {
      sum.x += self->at[points[i]].x / 4;
      sum.y += self->at[points[i]].y / 4;
    }
  return sum;
}

GsFacePoint
gs_face_mesh_right_eye (const GsFaceMesh *self)
{
  static const guint points[] = { GS_FACE_POINT_RIGHT_EYE_OUTER, GS_FACE_POINT_RIGHT_EYE_INNER,
                                  GS_FACE_POINT_RIGHT_EYE_UPPER, GS_FACE_POINT_RIGHT_EYE_LOWER };

  return middle (self, points);
}

GsFacePoint
gs_face_mesh_left_eye (const GsFaceMesh *self)
{
  static const guint points[] = { GS_FACE_POINT_LEFT_EYE_OUTER, GS_FACE_POINT_LEFT_EYE_INNER,
                                  GS_FACE_POINT_LEFT_EYE_UPPER, GS_FACE_POINT_LEFT_EYE_LOWER };

  return middle (self, points);
}

double
gs_face_mesh_distance (const GsFaceMesh *self, guint a, guint b)
{
  return hypot (self->at[a].x - self->at[b].x, self->at[a].y - self->at[b].y);
}
