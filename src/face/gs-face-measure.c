/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-lab-private.h"

#include <math.h>

/* Quality values in the style of ISO/IEC 29794-5, by the mappings that BSI publishes with OFIQ
 * where it has one. They are measured on the aligned face of 112 × 112 dots and with other points
 * than OFIQ's, so the values are not OFIQ's, and nothing here is called conformant. */

/* The face without hair, ears and background, in the aligned face. */
#define FACE_X 56.0
#define FACE_Y 62.0
#define FACE_HALF_WIDTH 34.0
#define FACE_HALF_HEIGHT 46.0

static double
sigmoid (double x, double middle, double width)
{
  return 1 / (1 + exp (-(x - middle) / width));
}

static int
to_value (double percent)
{
  return isfinite (percent) ? (int) lround (CLAMP (percent, 0.0, 100.0)) : 0;
}

static guint8
luma (const guint8 *rgb)
{
  return (guint8) ((54 * rgb[0] + 183 * rgb[1] + 19 * rgb[2]) >> 8);
}

static gboolean
is_face (guint x, guint y)
{
  double across = (x + 0.5 - FACE_X) / FACE_HALF_WIDTH;
  double down = (y + 0.5 - FACE_Y) / FACE_HALF_HEIGHT;

  return across * across + down * down < 1;
}

/* Shares of the 256 lumas in the face; half: 0 for all, -1 its left half, 1 its right one. */
static void
histogram (const guint8 *aligned, int half, double *shares)
{
  guint n = 0;

  for (guint i = 0; i < 256; i++)
    shares[i] = 0;
  for (guint y = 0; y < GS_FACE_ALIGNED_SIDE; y++)
    for (guint x = 0; x < GS_FACE_ALIGNED_SIDE; x++)
      if (is_face (x, y) && (half == 0 || (x < FACE_X) == (half < 0)))
        {
          shares[luma (aligned + 3 * (y * GS_FACE_ALIGNED_SIDE + x))]++;
          n++;
        }
  for (guint i = 0; i < 256; i++)
    shares[i] /= n;
}

static double
share_between (const double *shares, guint first, guint last)
{
  double sum = 0;

  for (guint i = first; i <= last; i++)
    sum += shares[i];
  return sum;
}

/* Coarse cells: halves of one face never have the very same lumas. */
static double
likeness (const double *left, const double *right)
{
  double sum = 0;

  for (guint cell = 0; cell < 256; cell += 8)
    sum += MIN (share_between (left, cell, cell + 7), share_between (right, cell, cell + 7));
  return sum;
}

/* Below it lies this part of all dots. */
static double
quantile (const double *shares, double part)
{
  double sum = 0;
  guint i = 0;

  while (i < 255 && (sum += shares[i]) < part)
    i++;
  return i;
}

/* Of one dot in 61, green for all three: this is for "too dark", not for a measurement. */
static double
frame_luma (const GsPixels *picture)
{
  gsize length;
  const guint8 *dots = g_bytes_get_data (picture->rgb, &length);
  double sum = 0;
  gsize n = 0;

  for (gsize i = 1; i < length; i += 3 * 61, n++)
    sum += dots[i];
  return sum / n;
}

static void
measure_light (GsFaceReading *reading)
{
  const guint8 *aligned = reading->aligned;
  GsFaceQuality *quality = &reading->quality;
  double all[256], left[256], right[256], mean = 0, bits = 0;

  histogram (aligned, 0, all);
  histogram (aligned, -1, left);
  histogram (aligned, 1, right);
  for (guint i = 0; i < 256; i++)
    {
      mean += all[i] * i / 255;
      if (all[i] > 0)
        bits -= all[i] * log2 (all[i]);
    }
  quality->luminance = to_value (100 * sigmoid (mean, 0.2, 0.05) * (1 - sigmoid (mean, 0.8, 0.05)));
  double under = 120 * (0.832 - sigmoid (share_between (all, 0, 25), 0.92, 0.05));
  reading->face_luma = quantile (all, 0.95);
  reading->bright_share = share_between (all, 247, 255);
  double over = 1 / (reading->bright_share + 0.01);
  quality->exposure = to_value (MIN (under, over));
  quality->dynamic_range = to_value (12.5 * bits);
  quality->uniformity = to_value (100 * pow (likeness (left, right), 0.3));
}

/* The variance of the Laplacian over the aligned face. */
static double
sharpness (const guint8 *aligned)
{
  double sum = 0, squares = 0;
  guint n = 0;

  for (guint y = 1; y + 1 < GS_FACE_ALIGNED_SIDE; y++)
    for (guint x = 1; x + 1 < GS_FACE_ALIGNED_SIDE; x++)
      {
        const guint8 *at = aligned + 3 * (y * GS_FACE_ALIGNED_SIDE + x);
        const gsize row = 3 * GS_FACE_ALIGNED_SIDE;
        double value =
          luma (at - 3) + luma (at + 3) + luma (at - row) + luma (at + row) - 4.0 * luma (at);

        sum += value;
        squares += value * value;
        n++;
      }
  return squares / n - (sum / n) * (sum / n);
}

static double
degrees (double y, double x)
{
  return atan2 (y, x) * 180 / G_PI;
}

static double
cosine_squared (double angle)
{
  double value = MAX (cos (angle * G_PI / 180), 0.0);

  return value * value;
}

static void
measure_pose (const GsFaceMesh *mesh, GsFaceQuality *quality)
{
  GsFacePoint right = gs_face_mesh_right_eye (mesh), left = gs_face_mesh_left_eye (mesh);
  double across = gs_face_mesh_distance (mesh, GS_FACE_POINT_RIGHT_CHEEK, GS_FACE_POINT_LEFT_CHEEK);
  double down = gs_face_mesh_distance (mesh, GS_FACE_POINT_FOREHEAD, GS_FACE_POINT_CHIN);

  /* The cheek from which the face turns away is the nearer one. */
  quality->yaw_degrees = degrees (
    mesh->depth[GS_FACE_POINT_LEFT_CHEEK] - mesh->depth[GS_FACE_POINT_RIGHT_CHEEK], across);
  quality->pitch_degrees =
    degrees (mesh->depth[GS_FACE_POINT_CHIN] - mesh->depth[GS_FACE_POINT_FOREHEAD], down);
  quality->roll_degrees = degrees (left.y - right.y, left.x - right.x);
  double least =
    MIN (cosine_squared (quality->yaw_degrees),
         MIN (cosine_squared (quality->pitch_degrees), cosine_squared (quality->roll_degrees)));
  quality->pose = to_value (100 * least);
  quality->inter_eye_px = hypot (left.x - right.x, left.y - right.y);
  double turned = MAX (cos (quality->yaw_degrees * G_PI / 180), 0.1);
  quality->inter_eye = to_value (100 * sigmoid (quality->inter_eye_px / turned, 70, 20));
}

static void
measure_features (const GsFaceMesh *mesh, guint picture_height, GsFaceQuality *quality)
{
  GsFacePoint right = gs_face_mesh_right_eye (mesh), left = gs_face_mesh_left_eye (mesh);
  const GsFacePoint *chin = &mesh->at[GS_FACE_POINT_CHIN];
  double length = hypot ((right.x + left.x) / 2 - chin->x, (right.y + left.y) / 2 - chin->y);
  double lids =
    MIN (gs_face_mesh_distance (mesh, GS_FACE_POINT_RIGHT_EYE_UPPER, GS_FACE_POINT_RIGHT_EYE_LOWER),
         gs_face_mesh_distance (mesh, GS_FACE_POINT_LEFT_EYE_UPPER, GS_FACE_POINT_LEFT_EYE_LOWER));
  double lips = gs_face_mesh_distance (mesh, GS_FACE_POINT_UPPER_LIP, GS_FACE_POINT_LOWER_LIP);

  quality->eyes_open = to_value (100 * sigmoid (lids / length, 0.02, 0.01));
  quality->mouth_closed = to_value (100 * (1 - sigmoid (lips / length, 0.2, 0.06)));
  double wrong = fabs (length / picture_height - 0.45);
  quality->head_size = to_value (200 * (1 - sigmoid (wrong, 0, 0.05)));
}

void
gs_face_measure (GsFaceReading *reading, const GsPixels *picture)
{
  GsFaceQuality *quality = &reading->quality;

  /* Downwards: what is just below a limit shall not look as if it reached it. */
  quality->confidence = (int) floor (100 * CLAMP (reading->face.confidence, 0.0, 1.0));
  quality->single_face = to_value (100 * (1 - reading->second_share * reading->second_share));
  quality->sharpness_raw = sharpness (reading->aligned);
  quality->sharpness = to_value (100 * sigmoid (quality->sharpness_raw, 60, 20));
  reading->frame_luma = frame_luma (picture);
  measure_light (reading);
  measure_pose (&reading->mesh, quality);
  measure_features (&reading->mesh, picture->height, quality);
}
