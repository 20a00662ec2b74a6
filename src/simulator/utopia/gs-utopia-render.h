/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-scene.h"

/* A picture being made: red, green, blue as displayed (0 to 1) and how much of the pixel the person
 * covers. Free with gs_utopia_image_free(). */
typedef struct
{
  int width, height;
  float *pixels; /* width * height * 4, rows from the top */
} GsUtopiaImage;

GsUtopiaImage *gs_utopia_image_new (int width, int height);
void gs_utopia_image_free (GsUtopiaImage *image);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsUtopiaImage, gs_utopia_image_free)

/* Draws SCENE: one ray a pixel, four where an edge runs through it. Slow (about a second); any
 * thread. The same bytes for the same scene on one machine. Never NULL. */
GsUtopiaImage *gs_utopia_render (const GsUtopiaScene *scene, int width, int height);
