/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-wardrobe.h"

/* What a simulated camera sees, one picture after the other: the drawn person moves, the light
 * changes a little, the sensor adds noise, and a small DRAWN stands in the lower left corner. One
 * picture at a time, in one thread. */

#define GS_SIM_PICTURE_WIDTH 1280
#define GS_SIM_PICTURE_HEIGHT 720
#define GS_SIM_PICTURE_BYTES (GS_SIM_PICTURE_WIDTH * GS_SIM_PICTURE_HEIGHT * 3 / 2)

typedef enum
{
  GS_SIM_TROUBLE_NONE = 1,
  GS_SIM_TROUBLE_NOBODY,
  GS_SIM_TROUBLE_TWO_FACES,
  GS_SIM_TROUBLE_DARK,
  GS_SIM_TROUBLE_TURNED,
  GS_SIM_TROUBLE_BLURRED,
  GS_SIM_TROUBLE_FAR,
  GS_SIM_TROUBLE_ANOTHER_PERSON,
  GS_SIM_TROUBLE_FREEZE,  /* no new picture; the stream stays open */
  GS_SIM_TROUBLE_GARBAGE, /* the coded bytes are damaged */
  GS_SIM_TROUBLE_STOP     /* the stream is gone */
} GsSimTrouble;

/* "two-faces" and so on; "none". FALSE when there is none of that name. */
gboolean gs_sim_trouble_from_word (const char *word, GsSimTrouble *trouble);

typedef struct
{
  gboolean is_there;
  GsUtopiaWho who;
  GsUtopiaWho other; /* who stands there under ANOTHER_PERSON, or beside under TWO_FACES */
  GsSimTrouble trouble;
  gint64 since_us; /* since when they stand there */
} GsSimSight;

typedef struct _GsSimPicture GsSimPicture;

/* wardrobe is not owned. seed: of movement and noise. */
GsSimPicture *gs_sim_picture_new (GsSimWardrobe *wardrobe, guint64 seed);
void gs_sim_picture_free (GsSimPicture *self);

/* Puts the picture of now_us into GS_SIM_PICTURE_BYTES bytes of I420 (BT.709, limited range). */
void gs_sim_picture_draw (GsSimPicture *self, const GsSimSight *sight, gint64 now_us, guint8 *i420);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimPicture, gs_sim_picture_free)
