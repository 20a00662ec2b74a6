/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A picture as dots: 8 bits each of red, green, blue, without padding between rows (stride is
 * 3 × width), upright, row 0 at the top. Immutable, so it may cross threads. */
typedef struct
{
  guint width;
  guint height;
  GBytes *rgb; /* 3 × width × height bytes */
} GsPixels;

/* rgb: a reference is taken. NULL when its length does not fit the size, or a side is 0. */
GsPixels *gs_pixels_new (guint width, guint height, GBytes *rgb);
/* rgb: 3 × width × height bytes from g_malloc(), taken; they are cleansed when the last reference
 * to them goes, whoever holds it. NULL, and cleansed at once, when a side is 0 or the size is too
 * large. */
GsPixels *gs_pixels_new_take (guint width, guint height, guint8 *rgb, gsize length);
/* The same dots; no byte is copied. */
GsPixels *gs_pixels_copy (const GsPixels *self);
void gs_pixels_free (GsPixels *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsPixels, gs_pixels_free)

G_END_DECLS
