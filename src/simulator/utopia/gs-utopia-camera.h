/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-random.h"
#include "gs-utopia-render.h"

/* What a camera, its room and its file do to a picture. Any thread; an image belongs to one. */

typedef struct
{
  float slope, slope_angle; /* one side of the picture is brighter by this share */
  float gamma;
  float gain[3]; /* of red, green, blue */
  float blur_px; /* standard deviation */
  float noise;   /* standard deviation, 1 is white */
} GsUtopiaLens;

/* Lens of an ordinary gate or desk camera. */
void gs_utopia_lens_draw (GsUtopiaLens *lens, GsUtopiaRandom *random);

void gs_utopia_lens_apply (const GsUtopiaLens *lens, GsUtopiaRandom *random, GsUtopiaImage *image);

/* The nearer person of FRONT over BACK, which is changed; both have the same size. */
void gs_utopia_image_over (GsUtopiaImage *back, const GsUtopiaImage *front);

/* SHOWN on a tablet that somebody holds up before the camera, in place of a face. */
GsUtopiaImage *gs_utopia_image_on_tablet (const GsUtopiaImage *shown);

/* Writes "DRAWN" into the lower left corner. */
void gs_utopia_image_label (GsUtopiaImage *image);

/* IMAGE as a JPEG of at most LIMIT bytes (0: no limit), with a comment that says it is drawn. The
 * quality falls from QUALITY until it fits. Transfer full; NULL and ERROR when the writer fails or
 * no quality from 30 up fits. */
GBytes *
gs_utopia_image_to_jpeg (const GsUtopiaImage *image, int quality, gsize limit, GError **error);
