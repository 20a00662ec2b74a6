/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-scene.h"

#include "gs-utopia-maths.h"

/* Roll after pitch after yaw; the columns are the axes of the head. */
static void
turn_head (GsUtopiaScene *scene)
{
  float cy = cosf (scene->view.yaw), sy = sinf (scene->view.yaw);
  float cp = cosf (scene->view.pitch), sp = sinf (scene->view.pitch);
  float cr = cosf (scene->view.roll), sr = sinf (scene->view.roll);
  float *m = scene->turn;

  m[0] = cr * cy - sr * sp * sy;
  m[1] = -sr * cp;
  m[2] = cr * sy + sr * sp * cy;
  m[3] = sr * cy + cr * sp * sy;
  m[4] = cr * cp;
  m[5] = sr * sy - cr * sp * cy;
  m[6] = -cp * sy;
  m[7] = sp;
  m[8] = cp * cy;
}

void
gs_utopia_scene_init (GsUtopiaScene *scene, const GsUtopiaTraits *traits, const GsUtopiaView *view)
{
  const GsUtopiaTraits *t = traits;
  float length;

  scene->traits = *traits;
  scene->view = *view;

  scene->eye_x = 3.12f + 0.28f * t->eye_distance;
  scene->eye_half = 1.46f + 0.24f * t->eye_width;
  scene->eye_open = (0.49f + 0.14f * t->eye_opening) * (1.0f - view->lids) - 0.05f * view->smile;
  scene->eye_slope = 0.19f * t->eye_tilt + 0.03f;
  scene->eye_z = 5.95f - 0.25f * t->eye_depth;
  scene->brow_y = 1.75f + 0.38f * t->brow_height;
  scene->brow_inner = 1.15f - 0.25f * t->brow_spread;
  scene->brow_outer = 4.95f;
  scene->nose_y = -3.70f - 0.68f * t->nose_length;
  scene->mouth_y = -6.5f - 0.50f * t->mouth_drop - 0.32f * t->nose_length;
  scene->mouth_half = 2.45f + 0.42f * t->mouth_width + 0.30f * view->smile;
  scene->head_w = 1.0f + 0.08f * t->head_width;
  scene->head_h = 1.0f + 0.05f * t->head_height;
  scene->chin_y = -9.6f * scene->head_h - 0.7f * t->chin_length;

  scene->hair_away = t->hair_top < -0.5f || t->scarf > 0.0f ? 60.0f : 0.0f;
  scene->falling_away = t->hair_length > 1.0f ? 0.0f : 60.0f;
  scene->bun_away = t->bun > 0.0f ? 0.0f : 60.0f;
  scene->scarf_away = t->scarf > 0.0f ? 0.0f : 60.0f;
  scene->glasses_away = t->glasses > 0.0f ? 0.0f : 60.0f;
  scene->bun_size = t->bun > 0.0f ? t->bun : 1.0f;
  scene->hair_whole = t->fringe > 0.5f || t->scarf > 0.5f ? 1.0f : 0.0f;

  turn_head (scene);
  length = sqrtf (square (view->light_x) + square (view->light_y) + 1.0f);
  scene->light[0] = view->light_x / length;
  scene->light[1] = view->light_y / length;
  scene->light[2] = 1.0f / length;
}
