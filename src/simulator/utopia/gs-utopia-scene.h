/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-traits.h"

/* How one picture is taken. Angles in radians, lengths in centimetres. */
typedef struct
{
  float yaw, pitch, roll;
  float shift_x, shift_y; /* of the head in the picture */
  float light_x, light_y; /* where the key light stands: left is negative, up positive */
  float key, fill;        /* strengths of the lights */
  float warmth;           /* of the key light, -1 to 1 */
  float exposure;
  float background;        /* grey, 0 to 1 as displayed */
  float smile, mouth_open; /* 0 to 1 */
  float gaze_x, gaze_y;
  float lids;            /* 0 open, 1 closed */
  float eye_distance_px; /* what 6.24 cm measure in the picture */
} GsUtopiaView;

/* One person in one view, with the numbers that both shape and paint need. */
typedef struct
{
  GsUtopiaTraits traits;
  GsUtopiaView view;
  float eye_x, eye_z, eye_open, eye_half, eye_slope;
  float brow_y, brow_inner, brow_outer;
  float nose_y, mouth_y, mouth_half;
  float head_w, head_h, chin_y;
  /* What a person does not have is moved this far away, which keeps the field free of branches. */
  float hair_away, falling_away, bun_away, scarf_away, glasses_away;
  float bun_size;
  float hair_whole; /* 1: the hair is as thick at its edge as behind it (fringe, scarf); else 0 */
  float turn[9];    /* rotation of the head about the neck */
  float light[3];   /* unit vector towards the key light */
} GsUtopiaScene;

#define GS_UTOPIA_EYE_RADIUS 1.24f
#define GS_UTOPIA_CAMERA_Z 95.0f
#define GS_UTOPIA_CAMERA_Y -2.0f

void
gs_utopia_scene_init (GsUtopiaScene *scene, const GsUtopiaTraits *traits, const GsUtopiaView *view);
