/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-stand.h"

/* The drawn people in the form in which they are put into a picture: BT.709 luma and chroma, and
 * how much of the dot they cover. Counted, immutable, any thread. */
typedef struct
{
  gatomicrefcount count;
  int width, height;    /* even */
  guint8 *luma, *cover; /* width × height */
  guint8 *blue, *red;   /* half of both */
  guint8 *half_cover;
} GsSimSprite;

GsSimSprite *gs_sim_sprite_new (const GsUtopiaImage *image);
GsSimSprite *gs_sim_sprite_ref (GsSimSprite *self);
void gs_sim_sprite_unref (GsSimSprite *self);

/* Draws and keeps people: in memory a few, in the folder all. One thread of its own draws. Any
 * thread may ask. */
typedef struct _GsSimWardrobe GsSimWardrobe;

/* folder: cache of gateside-portraits, or NULL. */
GsSimWardrobe *gs_sim_wardrobe_new (const char *folder);
/* Waits for the drawing that has begun. */
void gs_sim_wardrobe_free (GsSimWardrobe *self);

/* NULL while it is not drawn yet; asking makes it come. Transfer full. */
GsSimSprite *gs_sim_wardrobe_get (GsSimWardrobe *self, const GsUtopiaWho *who, GsUtopiaPose pose);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimSprite, gs_sim_sprite_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimWardrobe, gs_sim_wardrobe_free)
