/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-scene.h"

/* Finds what sixteen rays from the camera meet. Compiled twice, for AVX2 and for any x86-64 or
 * other processor; the two differ by at most one grey level. Any thread. */

#define GS_UTOPIA_LANES 16

typedef struct
{
  float dx[GS_UTOPIA_LANES], dy[GS_UTOPIA_LANES], dz[GS_UTOPIA_LANES]; /* in: unit directions */
  float x[GS_UTOPIA_LANES], y[GS_UTOPIA_LANES], z[GS_UTOPIA_LANES];    /* out: the point met */
  float nx[GS_UTOPIA_LANES], ny[GS_UTOPIA_LANES], nz[GS_UTOPIA_LANES]; /* out: its normal */
  float depth[GS_UTOPIA_LANES];                                        /* out: way of the ray */
  float occlusion[GS_UTOPIA_LANES]; /* out: 0 open, 1 in a corner */
  float light[GS_UTOPIA_LANES];     /* out: 0 in shadow, 1 lit */
  int material[GS_UTOPIA_LANES];    /* out: GsUtopiaMaterial, or -1 for the background */
} GsUtopiaRays;

void gs_utopia_trace_avx2 (const GsUtopiaScene *scene, GsUtopiaRays *rays);
void gs_utopia_trace_any (const GsUtopiaScene *scene, GsUtopiaRays *rays);
