/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-picture.h"
#include "gs-sign.h"

/* A face with its caption above ("Gate 3", and a note at the right: "14:19:48") and a line below:
 * sign or icon, a strong part, and text ("genuine, unaltered"; "L898902C3" "on the reader"). Main
 * thread. */
#define GS_TYPE_FACE_FRAME (gs_face_frame_get_type ())
G_DECLARE_FINAL_TYPE (GsFaceFrame, gs_face_frame, GS, FACE_FRAME, GtkBox)

GtkWidget *gs_face_frame_new (const char *caption);

/* The picture inside, for badges, covers and the paintable. Transfer none. */
GsFacePicture *gs_face_frame_get_picture (GsFaceFrame *self);

void gs_face_frame_set_caption (GsFaceFrame *self, const char *caption, const char *note);

/* sign or icon_name or neither; strong and text may be NULL. The line keeps its height when it is
 * empty, so that pictures beside each other stay on one line. */
void gs_face_frame_set_foot (
  GsFaceFrame *self, GsSign sign, const char *icon_name, const char *strong, const char *text);

/* Without the line below. */
void gs_face_frame_hide_foot (GsFaceFrame *self);

/* Frames beside each other: captions and lines below get one height each, so that the pictures
 * stand on one line whatever wraps, and faces are cut to one size with the eyes on one line. */
void gs_face_frame_align (GsFaceFrame *const *frames, gsize n);
