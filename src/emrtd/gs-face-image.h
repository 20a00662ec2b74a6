/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-record.h"

/* A face picture turned into dots: JPEG by GdkPixbuf, JPEG 2000 by OpenJPEG. The size comes from
 * the picture itself. Any thread; slow (milliseconds), so not the main one. */

/* No picture of a passport is larger on either side. */
#define GS_FACE_IMAGE_MAX_SIDE 4096

/* 8 bits each of red, green, blue, without padding between rows: stride is 3 × width. */
typedef struct
{
  guint width;
  guint height;
  GBytes *pixels;
} GsFaceImage;

/* Decodes a whole picture of any of the codings, which is told by its first bytes. NULL with
 * GS_EMRTD_ERROR_UNSUPPORTED, _LIMIT or _MALFORMED; a picture that is cut short is malformed.
 * Transfer full. */
GsFaceImage *gs_face_image_decode (GBytes *picture, GError **error);
void gs_face_image_free (GsFaceImage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsFaceImage, gs_face_image_free)
