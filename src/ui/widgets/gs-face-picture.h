/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

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

/* "Live" with the green dot, "frozen" with a dashed frame. */
void gs_face_picture_set_live (GsFacePicture *self, gboolean live);
void gs_face_picture_set_frozen (GsFacePicture *self, gboolean frozen);
void gs_face_picture_set_guides (GsFacePicture *self, gboolean guides);

/* Where the face is, as shares of the paintable's width and height: it is cut so that heads are
 * equally large and eyes stand on one line beside other pictures. width 0: the middle is shown. */
void
gs_face_picture_set_face (GsFacePicture *self, double x, double y, double width, double height);

/* The small label "drawn" of pictures that the simulator made. */
void gs_face_picture_set_drawn (GsFacePicture *self, gboolean drawn);

/* A red band over the lower edge, such as "attack suspected", or NULL. */
void gs_face_picture_set_band (GsFacePicture *self, const char *band);
void gs_face_picture_set_cover (GsFacePicture *self, GsFaceCover cover, const char *words);
