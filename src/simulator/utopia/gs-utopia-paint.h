/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-colour.h"
#include "gs-utopia-field.h"

/* What a surface looks like before light falls on it. Any thread. */
typedef struct
{
  GsUtopiaColour colour;
  float shine;    /* strength of highlights */
  float gloss;    /* their sharpness */
  float softness; /* 1: light scatters below the surface as in skin; 0: none */
} GsUtopiaPaint;

/* Of MATERIAL at P of the head, which is WX, WY, WZ in the room. */
GsUtopiaPaint gs_utopia_paint (const GsUtopiaScene *scene,
                               GsUtopiaMaterial material,
                               GsUtopiaPoint p,
                               float wx,
                               float wy,
                               float wz);

/* Skin at P, brows, lashes, lips, beard and shaved scalp included; lowers shine and softness of
 * PAINT where hair covers it. */
void gs_utopia_paint_skin (const GsUtopiaScene *scene, GsUtopiaPoint p, GsUtopiaPaint *paint);

GsUtopiaColour gs_utopia_hair_colour (const GsUtopiaTraits *traits);
