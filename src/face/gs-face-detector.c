/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-detector-private.h"

#include <math.h>
#include <string.h>

/* Anchors of a lower confidence are no faces. */
#define LEAST_CONFIDENCE 0.5
/* Boxes that share more than this part of their area are one face. */
#define SAME_FACE 0.3
#define MAX_CANDIDATES 128
/* A picture is searched in three squares from this ratio of its sides on. */
#define OBLONG 1.15

/* The net divides its picture into 16 × 16 cells of 2 anchors, then 8 × 8 of 6. */
static GsFacePoint
anchor_at (guint number)
{
  guint cells = number < 512 ? 16 : 8;
  guint cell = number < 512 ? number / 2 : (number - 512) / 6;

  return (GsFacePoint){ (cell % cells + 0.5) / cells, (cell / cells + 0.5) / cells };
}

static double
overlap (const GsFaceFound *a, const GsFaceFound *b)
{
  double width = MIN (a->x + a->width, b->x + b->width) - MAX (a->x, b->x);
  double height = MIN (a->y + a->height, b->y + b->height) - MAX (a->y, b->y);

  if (!(width > 0 && height > 0))
    return 0;
  double both = width * height;
  return both / (a->width * a->height + b->width * b->height - both);
}

static int
by_confidence (const void *a, const void *b)
{
  double first = ((const GsFaceFound *) a)->confidence;
  double second = ((const GsFaceFound *) b)->confidence;

  return (first < second) - (first > second);
}

static int
by_size (const void *a, const void *b)
{
  double first = ((const GsFaceFound *) a)->width;
  double second = ((const GsFaceFound *) b)->width;

  return (first < second) - (first > second);
}

/* FALSE when the net's numbers are no face. */
static gboolean
read_anchor (const float *values,
             float score,
             guint number,
             double x,
             double y,
             double side,
             GsFaceFound *found)
{
  GsFacePoint anchor = anchor_at (number);
  double confidence = 1 / (1 + exp (-CLAMP ((double) score, -100.0, 100.0)));

  if (!(confidence >= LEAST_CONFIDENCE))
    return FALSE;
  for (guint i = 0; i < GS_FACE_DETECTOR_VALUES; i++)
    if (!(fabsf (values[i]) < 10 * GS_FACE_DETECTOR_SIDE))
      return FALSE;
  double width = values[2] / GS_FACE_DETECTOR_SIDE * side;
  double height = values[3] / GS_FACE_DETECTOR_SIDE * side;
  if (!(width > 1 && height > 1))
    return FALSE;
  *found = (GsFaceFound){
    .confidence = confidence,
    .x = x + (anchor.x + values[0] / GS_FACE_DETECTOR_SIDE) * side - width / 2,
    .y = y + (anchor.y + values[1] / GS_FACE_DETECTOR_SIDE) * side - height / 2,
    .width = width,
    .height = height,
  };
  for (guint i = 0; i < GS_FACE_N_KEYS; i++)
    {
      found->keys[i].x = x + (anchor.x + values[4 + 2 * i] / GS_FACE_DETECTOR_SIDE) * side;
      found->keys[i].y = y + (anchor.y + values[5 + 2 * i] / GS_FACE_DETECTOR_SIDE) * side;
    }
  return TRUE;
}

static void
add_weighted (GsFaceFound *sum, const GsFaceFound *one)
{
  double weight = one->confidence;

  sum->x += weight * one->x;
  sum->y += weight * one->y;
  sum->width += weight * one->width;
  sum->height += weight * one->height;
  for (guint i = 0; i < GS_FACE_N_KEYS; i++)
    {
      sum->keys[i].x += weight * one->keys[i].x;
      sum->keys[i].y += weight * one->keys[i].y;
    }
}

static void
divide (GsFaceFound *sum, double weight)
{
  sum->x /= weight;
  sum->y /= weight;
  sum->width /= weight;
  sum->height /= weight;
  for (guint i = 0; i < GS_FACE_N_KEYS; i++)
    {
      sum->keys[i].x /= weight;
      sum->keys[i].y /= weight;
    }
}

/* Joins what overlaps: the mean, by confidence, of all boxes on one face. */
static guint
join (GsFaceFound *candidates, guint n_candidates, GsFaceFound found[GS_FACE_DETECTOR_MAX])
{
  gboolean taken[MAX_CANDIDATES] = { FALSE };
  guint n_found = 0;

  qsort (candidates, n_candidates, sizeof *candidates, by_confidence);
  for (guint i = 0; i < n_candidates && n_found < GS_FACE_DETECTOR_MAX; i++)
    {
      if (taken[i])
        continue;
      GsFaceFound sum = { .confidence = candidates[i].confidence };
      double weight = 0;

      for (guint k = i; k < n_candidates; k++)
        if (!taken[k] && (k == i || overlap (&candidates[i], &candidates[k]) > SAME_FACE))
          {
            taken[k] = TRUE;
            add_weighted (&sum, &candidates[k]);
            weight += candidates[k].confidence;
          }
      divide (&sum, weight);
      found[n_found++] = sum;
    }
  return n_found;
}

guint
gs_face_detector_decode (const float *boxes,
                         const float *scores,
                         double x,
                         double y,
                         double side,
                         GsFaceFound found[GS_FACE_DETECTOR_MAX])
{
  GsFaceFound candidates[MAX_CANDIDATES];
  guint n_candidates = 0;

  for (guint i = 0; i < GS_FACE_DETECTOR_ANCHORS && n_candidates < MAX_CANDIDATES; i++)
    if (read_anchor (boxes + (gsize) i * GS_FACE_DETECTOR_VALUES, scores[i], i, x, y, side,
                     &candidates[n_candidates]))
      n_candidates++;
  return join (candidates, n_candidates, found);
}

static gboolean
middle_is_in (const GsFaceFound *small, const GsFaceFound *large)
{
  double x = small->x + small->width / 2, y = small->y + small->height / 2;

  return x > large->x && x < large->x + large->width && y > large->y
         && y < large->y + large->height;
}

/* Adds what another square has; of two looks at one face the more confident stays. */
static void
merge (GsFaceFound found[GS_FACE_DETECTOR_MAX],
       guint *n_found,
       const GsFaceFound *more,
       guint n_more)
{
  for (guint i = 0; i < n_more; i++)
    {
      guint at = 0;

      while (at < *n_found && overlap (&found[at], &more[i]) <= SAME_FACE
             && !middle_is_in (&found[at], &more[i]) && !middle_is_in (&more[i], &found[at]))
        at++;
      if (at < *n_found)
        {
          if (more[i].confidence > found[at].confidence)
            found[at] = more[i];
        }
      else if (*n_found < GS_FACE_DETECTOR_MAX)
        found[(*n_found)++] = more[i];
    }
}

static gboolean
look_at_square (GsFaceNet *detector,
                const GsPixels *picture,
                double x,
                double y,
                double side,
                GsFaceFound found[GS_FACE_DETECTOR_MAX],
                guint *n_found,
                GError **error)
{
  const gsize n = (gsize) GS_FACE_DETECTOR_SIDE * GS_FACE_DETECTOR_SIDE;
  g_autofree guint8 *rgb = g_malloc (3 * n);
  g_autofree float *planes = g_new (float, 3 * n);
  g_autofree float *boxes = g_new (float, GS_FACE_DETECTOR_ANCHORS *GS_FACE_DETECTOR_VALUES);
  float scores[GS_FACE_DETECTOR_ANCHORS];
  const GsFaceNetOutput outputs[] = {
    { boxes, GS_FACE_DETECTOR_ANCHORS * GS_FACE_DETECTOR_VALUES },
    { scores, GS_FACE_DETECTOR_ANCHORS },
  };
  GsFaceFound more[GS_FACE_DETECTOR_MAX];

  gs_face_warp_square (picture, x, y, side, GS_FACE_DETECTOR_SIDE, rgb);
  gs_face_warp_to_planes (rgb, GS_FACE_DETECTOR_SIDE, 1 / 127.5, -1, FALSE, planes);
  gboolean ok = gs_face_net_run (detector, planes, GS_FACE_DETECTOR_SIDE, outputs,
                                 G_N_ELEMENTS (outputs), error);
  explicit_bzero (rgb, 3 * n);
  explicit_bzero (planes, 3 * n * sizeof *planes);
  if (ok)
    merge (found, n_found, more, gs_face_detector_decode (boxes, scores, x, y, side, more));
  return ok;
}

gboolean
gs_face_detect (GsFaceNet *detector,
                const GsPixels *picture,
                GsFaceFound found[GS_FACE_DETECTOR_MAX],
                guint *n_found,
                GError **error)
{
  double width = picture->width, height = picture->height;
  double side = MIN (width, height), along = MAX (width, height) - side;
  gboolean oblong = side + along > OBLONG * side;
  const double places[] = { 0.5, 0, 1 };

  *n_found = 0;
  for (guint i = 0; i < (oblong ? G_N_ELEMENTS (places) : 1); i++)
    if (!look_at_square (detector, picture, width > height ? along * places[i] : 0,
                         width > height ? 0 : along * places[i], side, found, n_found, error))
      return FALSE;
  if (*n_found == 0 && along > 0
      && !look_at_square (detector, picture, (width - side - along) / 2,
                          (height - side - along) / 2, side + along, found, n_found, error))
    return FALSE;
  qsort (found, *n_found, sizeof *found, by_size);
  return TRUE;
}
