/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A picture in shades of grey, 0 black, row 0 at the top, no padding. */
typedef struct
{
  guint width;
  guint height;
  guint8 *dots; /* width × height */
} GsSealPicture;

/* An A4 page at 600 dpi has 35 million dots. */
#define GS_SEAL_PICTURE_MAX_DOTS (40 * 1000 * 1000)
#define GS_SEAL_PICTURE_MAX_SIDE 12000
#define GS_SEAL_PICTURE_MAX_BYTES (48 * 1024 * 1024)

/* Reads PNG, JPEG, or PNM of the kinds P5 and P6 with 8 bits. What a picture would cost is told
 * from its head before a decoder sees it. NULL with GS_SEAL_ERROR_PICTURE, _UNSUPPORTED or _LIMIT,
 * in a sentence for people. Any thread; outside of gateside-seal-reader only in tests, because
 * what it reads comes from anywhere. */
GsSealPicture *gs_seal_picture_new (GBytes *file, GError **error);
void gs_seal_picture_free (GsSealPicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSealPicture, gs_seal_picture_free)

/* Smaller by a whole number, each dot the mean of those that it stands for. by: 2 to 16. */
GsSealPicture *gs_seal_picture_shrink (const GsSealPicture *self, guint by);
/* Twice as large, dots in between are means. */
GsSealPicture *gs_seal_picture_double (const GsSealPicture *self);
/* Each dot the mean of itself and the eight around it. */
GsSealPicture *gs_seal_picture_smooth (const GsSealPicture *self);

G_END_DECLS
