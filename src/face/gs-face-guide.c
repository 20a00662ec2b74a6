/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-guide-private.h"

#include <math.h>

/* The engine's own gate (data/face-thresholds.ini). */
#define LEAST_CONFIDENCE 70
#define LEAST_INTER_EYE_PX 60
#define LEAST_SHARPNESS 60
/* A second face of this part of the first one's width is somebody beside the traveller. */
#define SECOND_FACE 0.5
/* The eyes this far apart, as a part of the frame's width: the face hardly fits. */
#define NEAR_INTER_EYE 0.3
/* Too little light: the picture is dark and the face with it, or the face is lost in front of a
 * bright wall. The face alone would find dark skin "too dark". */
#define DARK_FRAME_LUMA 70
#define DARK_FACE_LUMA 95
#define LOST_FACE_LUMA 45
/* Too much: this part of the face is mere white. */
#define GLARE_SHARE 0.12
#define MOST_YAW 20
#define MOST_PITCH 25
#define MOST_ROLL 20
#define LEAST_EYE_OPENING 0.20
/* A face that is turned further shows too little of its width to tell it. */
#define LEAST_COSINE 0.7

static gboolean
is_dark (const GsFaceReading *reading)
{
  return reading->face_luma < LOST_FACE_LUMA
         || (reading->frame_luma < DARK_FRAME_LUMA && reading->face_luma < DARK_FACE_LUMA);
}

static gboolean
is_turned (const GsFaceQuality *quality)
{
  return fabs (quality->yaw_degrees) > MOST_YAW || fabs (quality->pitch_degrees) > MOST_PITCH
         || fabs (quality->roll_degrees) > MOST_ROLL;
}

/* Light, sharpness, pose and size, none of which can make up for another. */
static double
worth (const GsFaceReading *reading, guint troubles)
{
  const GsFaceQuality *quality = &reading->quality;
  double product = 1;
  const int values[] = { quality->confidence, quality->inter_eye, quality->pose,
                         quality->luminance,  quality->exposure,  quality->sharpness,
                         quality->uniformity, quality->eyes_open };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    product *= MAX (values[i], 1) / 100.0;
  double mean = pow (product, 1.0 / G_N_ELEMENTS (values));
  /* A good frame beats every other one. */
  return troubles == 0 ? 1 + mean : mean;
}

static GsFaceEyes
eyes_of (const GsFaceReading *reading, const GsPixels *frame)
{
  GsFacePoint right = gs_face_mesh_right_eye (&reading->mesh);
  GsFacePoint left = gs_face_mesh_left_eye (&reading->mesh);
  double turned = fmax (cos (reading->quality.yaw_degrees * G_PI / 180), LEAST_COSINE);
  GsFaceEyes eyes = { .x = (right.x + left.x) / 2 / frame->width,
                      .y = (right.y + left.y) / 2 / frame->height,
                      .apart = hypot (left.x - right.x, left.y - right.y) / turned / frame->width };

  return isfinite (eyes.x) && isfinite (eyes.y) && isfinite (eyes.apart) ? eyes : (GsFaceEyes){ 0 };
}

void
gs_face_guide (const GsFaceReading *reading, const GsPixels *frame, GsFaceView *view)
{
  const GsFaceQuality *quality = &reading->quality;
  guint troubles = 0;

  view->n_faces = reading->n_faces;
  view->quality = *quality;
  if (reading->n_faces == 0)
    {
      view->troubles = GS_FACE_TROUBLE_NO_FACE;
      return;
    }
  view->x = reading->face.x / frame->width;
  view->y = reading->face.y / frame->height;
  view->width = reading->face.width / frame->width;
  view->height = reading->face.height / frame->height;
  view->eyes = eyes_of (reading, frame);
  if (quality->confidence < LEAST_CONFIDENCE)
    troubles |= GS_FACE_TROUBLE_NO_FACE;
  if (reading->second_share >= SECOND_FACE)
    troubles |= GS_FACE_TROUBLE_SEVERAL_FACES;
  if (quality->inter_eye_px < LEAST_INTER_EYE_PX)
    troubles |= GS_FACE_TROUBLE_TOO_FAR;
  else if (reading->is_cut || quality->inter_eye_px > NEAR_INTER_EYE * frame->width)
    troubles |= GS_FACE_TROUBLE_TOO_NEAR;
  if (is_dark (reading))
    troubles |= GS_FACE_TROUBLE_DARK;
  if (reading->bright_share > GLARE_SHARE)
    troubles |= GS_FACE_TROUBLE_GLARE;
  if (quality->sharpness_raw < LEAST_SHARPNESS)
    troubles |= GS_FACE_TROUBLE_BLURRED;
  if (is_turned (quality))
    troubles |= GS_FACE_TROUBLE_TURNED;
  if (reading->eye_opening < LEAST_EYE_OPENING)
    troubles |= GS_FACE_TROUBLE_EYES_SHUT;
  view->troubles = troubles;
  view->worth = worth (reading, troubles);
}
