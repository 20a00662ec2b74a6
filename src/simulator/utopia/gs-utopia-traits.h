/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What makes one citizen of Utopia look like nobody else: 64 numbers for the drawing. Shapes are
 * about -1.2 to 1.2 with 0 as the mean; colours, age and coverings 0 to 1; hair lengths and the
 * fringe centimetres; hair_top below -0.5 is a bald head. The 24 sets were searched for, so that a
 * face engine tells them apart: they fit the formulas of gs-utopia-field.h and gs-utopia-skin.c
 * only, and a change of either loses what was measured. Plain constants, any thread. */
typedef struct
{
  /* Head. */
  float head_width, head_height, jaw_width, chin_width, chin_length, chin_projection, cheekbone,
    cheek_fat;
  /* Hair line and eyes. */
  float hairline, eye_distance, eye_width, eye_opening, eye_tilt;
  /* Brows. */
  float brow_height, brow_thickness, brow_arch, brow_tilt;
  /* Nose. */
  float nose_length, nose_width, nose_bridge, nose_upturn, nose_tip;
  /* Mouth. */
  float mouth_width, lip_upper, lip_lower, mouth_drop;
  /* Colours. */
  float skin, skin_hue, hair_colour, iris, lip_colour;
  /* Ears, lids, forehead, age. */
  float ear_size, lid_fold, eye_depth, brow_ridge, age, freckles, grey, asymmetry, eye_liner;
  /* Hair. */
  float hair_top, hair_side, hair_length, hair_breadth, fringe, bun, curl, parting, hair_opening,
    scarf;
  /* Beard, glasses. */
  float beard, moustache, stubble, glasses, glasses_roundness, glasses_darkness;
  /* Clothes and the rest. */
  float clothes, collar, neck, nose_projection, blush, brow_spread, mole, cropped;
} GsUtopiaTraits;

#define GS_UTOPIA_TRAITS 64

/* The traits of person INDEX (0 to 23, starting again after that). */
const GsUtopiaTraits *gs_utopia_traits (guint index);

/* Somebody between A and B: shapes and skin from A (t = 0) to B (t = 1); hair, glasses, beard and
 * clothes stay those of A. About 0.5 is a lookalike, about 0.8 to 1 a case for review. */
void gs_utopia_traits_blend (const GsUtopiaTraits *a,
                             const GsUtopiaTraits *b,
                             float t,
                             GsUtopiaTraits *out);
