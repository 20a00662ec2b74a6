/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-trace.h"

#include "gs-utopia-field.h"

#include <string.h>

/* The build names the function for the processor it compiles for. */
#ifndef GS_UTOPIA_TRACE
#define GS_UTOPIA_TRACE gs_utopia_trace_any
#endif

#define LANES GS_UTOPIA_LANES
#define STEPS 64
#define FIRST_DEPTH (GS_UTOPIA_CAMERA_Z - 13.0f)
#define LAST_DEPTH (GS_UTOPIA_CAMERA_Z + 14.0f)

/* Distance from each of sixteen points to the figure. */
static void
nearest (const GsUtopiaScene *restrict scene,
         const float *restrict x,
         const float *restrict y,
         const float *restrict z,
         float *restrict distance)
{
#pragma omp simd
  for (int i = 0; i < LANES; i++)
    {
      GsUtopiaDistances d = gs_utopia_distances (scene, x[i], y[i], z[i]);

      distance[i] = lower (lower (lower (d.skin, d.eye), lower (d.hair, d.cloth)), d.glasses);
    }
}

/* Which of the materials each ray has met. */
static void
find_materials (const GsUtopiaScene *restrict scene, GsUtopiaRays *restrict rays)
{
  float distances[GS_UTOPIA_MATERIALS][LANES];

#pragma omp simd
  for (int i = 0; i < LANES; i++)
    {
      GsUtopiaDistances d = gs_utopia_distances (scene, rays->x[i], rays->y[i], rays->z[i]);

      distances[GS_UTOPIA_SKIN][i] = d.skin;
      distances[GS_UTOPIA_EYE][i] = d.eye;
      distances[GS_UTOPIA_HAIR][i] = d.hair;
      distances[GS_UTOPIA_CLOTH][i] = d.cloth;
      distances[GS_UTOPIA_GLASSES][i] = d.glasses;
    }
  for (int i = 0; i < LANES; i++)
    {
      int nearest_one = GS_UTOPIA_SKIN;

      for (int m = 1; m < GS_UTOPIA_MATERIALS; m++)
        if (distances[m][i] < distances[nearest_one][i])
          nearest_one = m;
      rays->material[i] = rays->depth[i] < LAST_DEPTH ? nearest_one : -1;
    }
}

/* Walks every ray forward by most of the free distance until all have met something or left. */
static void
march (const GsUtopiaScene *scene, GsUtopiaRays *rays)
{
  float d[LANES];

  for (int i = 0; i < LANES; i++)
    rays->depth[i] = FIRST_DEPTH;
  for (int step = 0; step < STEPS; step++)
    {
      int moving = 0;

      for (int i = 0; i < LANES; i++)
        {
          rays->x[i] = rays->dx[i] * rays->depth[i];
          rays->y[i] = rays->dy[i] * rays->depth[i] + GS_UTOPIA_CAMERA_Y;
          rays->z[i] = rays->dz[i] * rays->depth[i] + GS_UTOPIA_CAMERA_Z;
        }
      nearest (scene, rays->x, rays->y, rays->z, d);
      for (int i = 0; i < LANES; i++)
        {
          int go = rays->depth[i] < LAST_DEPTH && d[i] > 0.006f;

          rays->depth[i] += go ? d[i] * 0.82f : 0.0f;
          moving |= go;
        }
      if (!moving)
        break;
    }
}

/* The slope of the field at four corners of a small tetrahedron. */
static void
find_normals (const GsUtopiaScene *scene, GsUtopiaRays *rays)
{
  static const float corners[4][3] = { { 1, -1, -1 }, { -1, -1, 1 }, { -1, 1, -1 }, { 1, 1, 1 } };
  const float e = 0.035f;
  float x[LANES], y[LANES], z[LANES], d[LANES];

  memset (rays->nx, 0, sizeof rays->nx);
  memset (rays->ny, 0, sizeof rays->ny);
  memset (rays->nz, 0, sizeof rays->nz);
  for (int k = 0; k < 4; k++)
    {
      for (int i = 0; i < LANES; i++)
        {
          x[i] = rays->x[i] + corners[k][0] * e;
          y[i] = rays->y[i] + corners[k][1] * e;
          z[i] = rays->z[i] + corners[k][2] * e;
        }
      nearest (scene, x, y, z, d);
      for (int i = 0; i < LANES; i++)
        {
          rays->nx[i] += corners[k][0] * d[i];
          rays->ny[i] += corners[k][1] * d[i];
          rays->nz[i] += corners[k][2] * d[i];
        }
    }
  for (int i = 0; i < LANES; i++)
    {
      float n =
        1.0f / sqrtf (square (rays->nx[i]) + square (rays->ny[i]) + square (rays->nz[i]) + 1e-9f);

      rays->nx[i] *= n;
      rays->ny[i] *= n;
      rays->nz[i] *= n;
    }
}

/* How much of the sky is hidden: the field at five heights over the surface. */
static void
find_occlusion (const GsUtopiaScene *scene, GsUtopiaRays *rays)
{
  static const float heights[5] = { 0.15f, 0.4f, 0.9f, 1.8f, 3.2f };
  float x[LANES], y[LANES], z[LANES], d[LANES];

  memset (rays->occlusion, 0, sizeof rays->occlusion);
  for (int k = 0; k < 5; k++)
    {
      float h = heights[k];

      for (int i = 0; i < LANES; i++)
        {
          x[i] = rays->x[i] + rays->nx[i] * h;
          y[i] = rays->y[i] + rays->ny[i] * h;
          z[i] = rays->z[i] + rays->nz[i] * h;
        }
      nearest (scene, x, y, z, d);
      for (int i = 0; i < LANES; i++)
        rays->occlusion[i] += higher (h - d[i], 0.0f) / h * (0.26f - 0.03f * (float) k);
    }
}

/* A soft shadow: fourteen steps towards the key light. */
static void
find_shadow (const GsUtopiaScene *scene, GsUtopiaRays *rays)
{
  const float *light = scene->light;
  float x[LANES], y[LANES], z[LANES], d[LANES], way[LANES];

  for (int i = 0; i < LANES; i++)
    {
      rays->light[i] = 1.0f;
      way[i] = 0.30f;
    }
  for (int k = 0; k < 14; k++)
    {
      for (int i = 0; i < LANES; i++)
        {
          x[i] = rays->x[i] + rays->nx[i] * 0.06f + light[0] * way[i];
          y[i] = rays->y[i] + rays->ny[i] * 0.06f + light[1] * way[i];
          z[i] = rays->z[i] + rays->nz[i] * 0.06f + light[2] * way[i];
        }
      nearest (scene, x, y, z, d);
      for (int i = 0; i < LANES; i++)
        {
          rays->light[i] = lower (rays->light[i], 0.5f + 0.5f * d[i] * 5.0f / way[i]);
          way[i] += limit (d[i], 0.18f, 1.5f);
        }
    }
  for (int i = 0; i < LANES; i++)
    rays->light[i] = limit (rays->light[i], 0.0f, 1.0f);
}

void
GS_UTOPIA_TRACE (const GsUtopiaScene *scene, GsUtopiaRays *rays)
{
  int met = 0;

  march (scene, rays);
  for (int i = 0; i < LANES; i++)
    {
      rays->material[i] = -1;
      met |= rays->depth[i] < LAST_DEPTH;
    }
  if (!met)
    return;
  find_materials (scene, rays);
  find_normals (scene, rays);
  find_occlusion (scene, rays);
  find_shadow (scene, rays);
}
