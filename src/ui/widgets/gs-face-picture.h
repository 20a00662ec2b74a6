/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-face-eyes.h"

/* The picture inside a GsFaceFrame: 4:5, filled without distortion, never mirrored and never
 * retouched; with badge, dashed edge, guidance, or covered. Main thread. */
#define GS_TYPE_FACE_PICTURE (gs_face_picture_get_type ())
G_DECLARE_FINAL_TYPE (GsFacePicture, gs_face_picture, GS, FACE_PICTURE, GtkWidget)

typedef enum
{
  GS_FACE_COVER_NONE = 1,
  GS_FACE_COVER_HIDDEN,   /* hidden until the officer has judged */
  GS_FACE_COVER_SHIELDED, /* while Space is not held, or everything is blanked */
  GS_FACE_COVER_ABSENT,   /* there is no picture */
} GsFaceCover;

GtkWidget *gs_face_picture_new (void);
void gs_face_picture_set_paintable (GsFacePicture *self, GdkPaintable *paintable);
GdkPaintable *gs_face_picture_get_paintable (GsFacePicture *self); /* transfer none */

/* "Live" with the green dot, "frozen" with a dashed frame. */
void gs_face_picture_set_live (GsFacePicture *self, gboolean live);
void gs_face_picture_set_frozen (GsFacePicture *self, gboolean frozen);
void gs_face_picture_set_guides (GsFacePicture *self, gboolean guides);

/* Where the eyes are in the paintable: it is cut so that faces are equally large and eyes stand on
 * one line beside the pictures of its row. apart 0: the middle is shown. */
void gs_face_picture_set_eyes (GsFacePicture *self, const GsFaceEyes *eyes);
GsFaceEyes gs_face_picture_get_eyes (GsFacePicture *self);

/* The pictures of one row; each is told of all of them. */
void gs_face_picture_join (GsFacePicture *const *pictures, gsize n);

/* The small label "drawn" of pictures that the simulator made. */
void gs_face_picture_set_drawn (GsFacePicture *self, gboolean drawn);

/* A red band over the lower edge, such as "attack suspected", or NULL. */
void gs_face_picture_set_band (GsFacePicture *self, const char *band);
void gs_face_picture_set_cover (GsFacePicture *self, GsFaceCover cover, const char *words);
