/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-render.h"

/* A citizen before a camera, cut out of the background: what a live picture is put together from.
 * Another day, light and pose than the passport's. Any thread; slow. */

#define GS_UTOPIA_STAND_WIDTH 960
#define GS_UTOPIA_STAND_HEIGHT 720

typedef enum
{
  GS_UTOPIA_POSE_FACING = 0,
  GS_UTOPIA_POSE_LIDS, /* closed, as in a blink */
  GS_UTOPIA_POSE_LEFT, /* a little */
  GS_UTOPIA_POSE_RIGHT,
  GS_UTOPIA_POSE_FRIENDLY,
  GS_UTOPIA_POSE_AWAY, /* too far to the side for a comparison */
  GS_UTOPIA_POSES
} GsUtopiaPose;

/* Who: person A, or somebody between A and B (gs_utopia_traits_blend()) when blend is above 0. */
typedef struct
{
  guint a, b;
  float blend;
} GsUtopiaWho;

gboolean gs_utopia_who_equal (const GsUtopiaWho *one, const GsUtopiaWho *other);

/* The picture of GS_UTOPIA_STAND_WIDTH × GS_UTOPIA_STAND_HEIGHT out of FOLDER, drawn (and kept
 * there as a PNG) when it is not there; FOLDER may be NULL, and may refuse: then nothing is kept.
 * Never NULL. */
GsUtopiaImage *gs_utopia_stand (const char *folder, const GsUtopiaWho *who, GsUtopiaPose pose);
