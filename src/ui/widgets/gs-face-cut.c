/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-cut.h"

/* How far apart the eyes stand in the frame, as a share of its width, and on which line, as a share
 * of its height: a chip's portrait looks like this by its own standard. */
#define EYES_APART 0.25
#define EYES_LINE 0.43
/* A picture is never enlarged further over the size that just covers its frame. */
#define MOST_ENLARGED 4.0
/* All grow by no more than this until their eyes can stand on one line. */
#define STEP 1.04
#define MOST_STEPS 10

static gboolean
is_known (const GsFaceCutPicture *picture)
{
  return picture->width > 0 && picture->height > 0 && picture->eyes.apart > 0;
}

/* The size that just covers the frame. */
static double
least_scale (const GsFaceCutPicture *picture, double w, double h)
{
  return MAX (w / picture->width, h / picture->height);
}

/* Scales for eyes that stand so far apart, and the lines on which all eyes can stand while every
 * frame stays covered: highest is above lowest, or there is none. */
static void
scale_all (const GsFaceCutPicture *pictures,
           guint n,
           double w,
           double h,
           double apart,
           GsFaceCut *cuts,
           double *highest,
           double *lowest)
{
  *highest = 0;
  *lowest = h;
  for (guint i = 0; i < n; i++)
    {
      const GsFaceCutPicture *picture = &pictures[i];
      double least;

      cuts[i] = (GsFaceCut){ 0, 0, 1 };
      if (picture->width <= 0 || picture->height <= 0)
        continue;
      least = cuts[i].scale = least_scale (picture, w, h);
      if (!is_known (picture))
        continue;
      cuts[i].scale =
        CLAMP (apart / (picture->eyes.apart * picture->width), least, MOST_ENLARGED * least);
      *highest = MAX (*highest, h - picture->height * cuts[i].scale * (1 - picture->eyes.y));
      *lowest = MIN (*lowest, picture->height * cuts[i].scale * picture->eyes.y);
    }
}

void
gs_face_cut (const GsFaceCutPicture *pictures, guint n, double w, double h, GsFaceCut *cuts)
{
  double apart = EYES_APART * w;
  double highest, lowest, line;

  for (guint i = 0; i < n; i++)
    if (is_known (&pictures[i]))
      apart =
        MAX (apart, pictures[i].eyes.apart * pictures[i].width * least_scale (&pictures[i], w, h));
  scale_all (pictures, n, w, h, apart, cuts, &highest, &lowest);
  /* Larger pictures can be moved further. */
  for (guint i = 0; i < MOST_STEPS && highest > lowest; i++)
    {
      apart *= STEP;
      scale_all (pictures, n, w, h, apart, cuts, &highest, &lowest);
    }
  line = CLAMP (EYES_LINE * h, MIN (highest, lowest), MAX (highest, lowest));
  for (guint i = 0; i < n; i++)
    {
      double all_w = pictures[i].width * cuts[i].scale, all_h = pictures[i].height * cuts[i].scale;

      cuts[i].x = (w - all_w) / 2;
      cuts[i].y = (h - all_h) / 2;
      if (!is_known (&pictures[i]))
        continue;
      cuts[i].x = CLAMP (w / 2 - pictures[i].eyes.x * all_w, MIN (w - all_w, 0), 0);
      cuts[i].y = CLAMP (line - pictures[i].eyes.y * all_h, MIN (h - all_h, 0), 0);
    }
}
