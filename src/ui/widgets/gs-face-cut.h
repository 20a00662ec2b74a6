/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-eyes.h"

G_BEGIN_DECLS

/* How pictures that stand beside each other are cut: faces of one size, eyes on one line.
 * Arithmetic only; any thread. */
typedef struct
{
  double width, height; /* of the picture, in dots; 0: none is there */
  GsFaceEyes eyes;      /* apart 0: not known, the middle is shown */
} GsFaceCutPicture;

/* Where the whole picture lies in its frame; the frame shows a part of it. */
typedef struct
{
  double x, y, scale;
} GsFaceCut;

/* Frames of one size. No frame is left uncovered by its picture: a face that fills its picture
 * makes the others larger too, and one that is far too small stays smaller than they are. */
void gs_face_cut (const GsFaceCutPicture *pictures,
                  guint n,
                  double frame_width,
                  double frame_height,
                  GsFaceCut *cuts);

G_END_DECLS
