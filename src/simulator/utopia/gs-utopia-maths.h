/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <math.h>

/* Small formulas of the drawn head. Lengths are centimetres. Pure, branch-free and inlined, so that
 * the compiler can evaluate sixteen points at once. */

#define GS_UTOPIA_INLINE static inline __attribute__ ((always_inline))

GS_UTOPIA_INLINE float
lower (float a, float b)
{
  return a < b ? a : b;
}

GS_UTOPIA_INLINE float
higher (float a, float b)
{
  return a > b ? a : b;
}

GS_UTOPIA_INLINE float
limit (float a, float low, float high)
{
  return lower (higher (a, low), high);
}

GS_UTOPIA_INLINE float
square (float a)
{
  return a * a;
}

/* Union of two solids whose seam is rounded over the width K. */
GS_UTOPIA_INLINE float
join (float a, float b, float k)
{
  float h = higher (k - fabsf (a - b), 0.0f) / k;

  return lower (a, b) - h * h * k * 0.25f;
}

/* What two solids share, with a rounded edge. */
GS_UTOPIA_INLINE float
shared (float a, float b, float k)
{
  return -join (-a, -b, k);
}

/* The solid A without the solid B. */
GS_UTOPIA_INLINE float
carve (float a, float b, float k)
{
  return shared (a, -b, k);
}

/* Distance to an ellipsoid about the origin, exact enough near its surface. */
GS_UTOPIA_INLINE float
ellipsoid (float x, float y, float z, float rx, float ry, float rz)
{
  float a = x / rx, b = y / ry, c = z / rz;
  float k0 = sqrtf (a * a + b * b + c * c);
  float d = a / rx, e = b / ry, f = c / rz;
  float k1 = sqrtf (d * d + e * e + f * f) + 1e-6f;

  return k0 * (k0 - 1.0f) / k1;
}

/* Distance to a round capsule from A (radius RA) to B (radius RB). */
GS_UTOPIA_INLINE float
capsule (float x,
         float y,
         float z,
         float ax,
         float ay,
         float az,
         float bx,
         float by,
         float bz,
         float ra,
         float rb)
{
  float px = x - ax, py = y - ay, pz = z - az;
  float dx = bx - ax, dy = by - ay, dz = bz - az;
  float t = limit ((px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz), 0.0f, 1.0f);

  px -= dx * t;
  py -= dy * t;
  pz -= dz * t;
  return sqrtf (px * px + py * py + pz * pz) - (ra + (rb - ra) * t);
}

/* A soft bell: 1 at 0, about a quarter at 1. */
GS_UTOPIA_INLINE float
bell (float t)
{
  float q = 1.0f / (1.0f + t * t);

  return q * q;
}

/* 0 at A, 1 at B, smooth between; A may be the larger. */
GS_UTOPIA_INLINE float
ramp (float a, float b, float x)
{
  float t = limit ((x - a) / (b - a), 0.0f, 1.0f);

  return t * t * (3.0f - 2.0f * t);
}
