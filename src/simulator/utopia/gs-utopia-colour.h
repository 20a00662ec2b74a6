/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-maths.h"

#include <stdint.h>

/* Colours in linear light, and the noise that breaks them up. Pure. */

typedef struct
{
  float r, g, b;
} GsUtopiaColour;

/* From a colour as displayed, 0 to 1. */
static inline GsUtopiaColour
colour (float r, float g, float b)
{
  return (GsUtopiaColour){ powf (r, 2.2f), powf (g, 2.2f), powf (b, 2.2f) };
}

static inline GsUtopiaColour
blend (GsUtopiaColour a, GsUtopiaColour b, float t)
{
  t = limit (t, 0.0f, 1.0f);
  return (GsUtopiaColour){ a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t };
}

static inline GsUtopiaColour
tint (GsUtopiaColour a, float r, float g, float b)
{
  return (GsUtopiaColour){ a.r * r, a.g * g, a.b * b };
}

/* Takes away R, G and B of the colour, S of it. */
static inline GsUtopiaColour
darken (GsUtopiaColour a, float s, float r, float g, float b)
{
  return tint (a, 1.0f - r * s, 1.0f - g * s, 1.0f - b * s);
}

/* The place U (0 to 1) on a palette of N colours. */
static inline GsUtopiaColour
palette (const GsUtopiaColour *colours, int n, float u)
{
  float place = limit (u, 0.0f, 0.9999f) * (float) (n - 1);
  int i = (int) place;

  return blend (colours[i], colours[i + 1], place - (float) i);
}

/* An integer hash of a lattice point, 0 to 1. */
static inline float
lattice (int x, int y, int z)
{
  uint32_t h = (uint32_t) x * 374761393u + (uint32_t) y * 668265263u + (uint32_t) z * 2246822519u;

  h = (h ^ (h >> 13)) * 1274126177u;
  h ^= h >> 16;
  return (float) (h & 0xffffff) / 16777216.0f;
}

/* Smooth noise with features of size 1, 0 to 1. */
static inline float
noise (float x, float y, float z)
{
  int a = (int) floorf (x), b = (int) floorf (y), c = (int) floorf (z);
  float u = x - (float) a, v = y - (float) b, w = z - (float) c;
  float layer[2];

  u = u * u * (3.0f - 2.0f * u);
  v = v * v * (3.0f - 2.0f * v);
  w = w * w * (3.0f - 2.0f * w);
  for (int k = 0; k < 2; k++)
    {
      float low = lattice (a, b, c + k) * (1.0f - u) + lattice (a + 1, b, c + k) * u;
      float high = lattice (a, b + 1, c + k) * (1.0f - u) + lattice (a + 1, b + 1, c + k) * u;

      layer[k] = low * (1.0f - v) + high * v;
    }
  return layer[0] * (1.0f - w) + layer[1] * w;
}

/* Three sizes of noise, 0 to 1. */
static inline float
cloud (float x, float y, float z)
{
  return 0.5f * noise (x, y, z) + 0.3f * noise (x * 2.1f, y * 2.1f, z * 2.1f + 7.0f)
         + 0.2f * noise (x * 4.3f, y * 4.3f, z * 4.3f + 3.0f);
}
