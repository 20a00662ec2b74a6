/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-lab-private.h"

#include "gs-face-error.h"

#include <math.h>
#include <string.h>

/* Where the embedding was taught to find eyes, nose and corners of the mouth in its 112 × 112 dots
 * (Deng et al., ArcFace, 2019). */
static const GsFacePoint places[] = { { 38.2946, 51.6963 },
                                      { 73.5318, 51.5014 },
                                      { 56.0252, 71.7366 },
                                      { 41.5493, 92.3655 },
                                      { 70.7299, 92.2041 } };

static gboolean
align (const GsPixels *picture, GsFaceReading *reading, GError **error)
{
  const GsFacePoint points[] = {
    gs_face_mesh_right_eye (&reading->mesh),    gs_face_mesh_left_eye (&reading->mesh),
    reading->mesh.at[GS_FACE_POINT_NOSE],       reading->mesh.at[GS_FACE_POINT_RIGHT_MOUTH],
    reading->mesh.at[GS_FACE_POINT_LEFT_MOUTH],
  };
  GsFaceSimilarity to_picture;

  if (!gs_face_similarity_fit (&to_picture, places, points, G_N_ELEMENTS (points)))
    {
      g_set_error_literal (error, GS_FACE_ERROR, GS_FACE_ERROR_NET, "the face cannot be aligned");
      return FALSE;
    }
  gs_face_warp_similarity (picture, &to_picture, GS_FACE_ALIGNED_SIDE, reading->aligned);
  return TRUE;
}

static double
eye_opening (const GsFaceMesh *mesh)
{
  double right =
    gs_face_mesh_distance (mesh, GS_FACE_POINT_RIGHT_EYE_UPPER, GS_FACE_POINT_RIGHT_EYE_LOWER)
    / gs_face_mesh_distance (mesh, GS_FACE_POINT_RIGHT_EYE_OUTER, GS_FACE_POINT_RIGHT_EYE_INNER);
  double left =
    gs_face_mesh_distance (mesh, GS_FACE_POINT_LEFT_EYE_UPPER, GS_FACE_POINT_LEFT_EYE_LOWER)
    / gs_face_mesh_distance (mesh, GS_FACE_POINT_LEFT_EYE_OUTER, GS_FACE_POINT_LEFT_EYE_INNER);

  return isfinite (right) && isfinite (left) ? MAX (right, left) : 0;
}

static gboolean
is_cut (const GsFaceMesh *mesh, const GsPixels *picture)
{
  for (guint i = 0; i < GS_FACE_MESH_POINTS; i++)
    if (mesh->at[i].x < 0 || mesh->at[i].y < 0 || mesh->at[i].x > picture->width
        || mesh->at[i].y > picture->height)
      return TRUE;
  return FALSE;
}

gboolean
gs_face_lab_read (GsFaceModels *models,
                  const GsPixels *picture,
                  GsFaceReading *reading,
                  GError **error)
{
  GsFaceFound found[GS_FACE_DETECTOR_MAX];

  memset (reading, 0, sizeof *reading);
  gs_face_quality_init (&reading->quality);
  if (!gs_face_detect (models->detector, picture, found, &reading->n_faces, error))
    return FALSE;
  if (reading->n_faces == 0)
    return TRUE;
  reading->face = found[0];
  reading->second_share = reading->n_faces > 1 ? found[1].width / found[0].width : 0;
  if (!gs_face_mesh_find (models->mesh, picture, &reading->face, &reading->mesh, error)
      || !align (picture, reading, error))
    return FALSE;
  reading->eye_opening = eye_opening (&reading->mesh);
  reading->is_cut = is_cut (&reading->mesh, picture);
  gs_face_measure (reading, picture);
  return TRUE;
}

void
gs_face_reading_clear (GsFaceReading *self)
{
  explicit_bzero (self, sizeof *self);
}

gboolean
gs_face_lab_normalise (float numbers[GS_FACE_NUMBERS])
{
  double sum = 0;

  for (guint i = 0; i < GS_FACE_NUMBERS; i++)
    sum += (double) numbers[i] * numbers[i];
  if (!(sum > 1e-12 && isfinite (sum)))
    return FALSE;
  for (guint i = 0; i < GS_FACE_NUMBERS; i++)
    numbers[i] = (float) (numbers[i] / sqrt (sum));
  return TRUE;
}

double
gs_face_lab_cosine (const float *a, const float *b)
{
  double sum = 0;

  for (guint i = 0; i < GS_FACE_NUMBERS; i++)
    sum += (double) a[i] * b[i];
  return CLAMP (sum, -1.0, 1.0);
}

gboolean
gs_face_lab_embed (GsFaceModels *models,
                   const GsFaceReading *reading,
                   float numbers[GS_FACE_NUMBERS],
                   GError **error)
{
  g_autofree float *planes = g_new (float, GS_FACE_ALIGNED_BYTES);
  float one[GS_FACE_NUMBERS];
  const GsFaceNetOutput output = { one, GS_FACE_NUMBERS };
  gboolean ok = TRUE;

  memset (numbers, 0, GS_FACE_NUMBERS * sizeof *numbers);
  for (int mirrored = 0; mirrored < 2 && ok; mirrored++)
    {
      gs_face_warp_to_planes (reading->aligned, GS_FACE_ALIGNED_SIDE, 1 / 128.0, -127.5 / 128,
                              mirrored, planes);
      ok = gs_face_net_run (models->embedding, planes, GS_FACE_ALIGNED_SIDE, &output, 1, error);
      for (guint i = 0; i < GS_FACE_NUMBERS && ok; i++)
        numbers[i] += one[i];
    }
  if (ok && !gs_face_lab_normalise (numbers))
    {
      g_set_error_literal (error, GS_FACE_ERROR, GS_FACE_ERROR_NET,
                           "the numbers of a face are none");
      ok = FALSE;
    }
  explicit_bzero (planes, GS_FACE_ALIGNED_BYTES * sizeof *planes);
  explicit_bzero (one, sizeof one);
  return ok;
}
