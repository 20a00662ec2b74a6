/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-record.h"
#include "gs-pixels.h"

/* A face picture turned into dots: JPEG by GdkPixbuf, JPEG 2000 by OpenJPEG. The size comes from
 * the picture itself. Any thread; slow (milliseconds), so not the main one. */

/* No picture of a passport is larger on either side: 35 × 45 mm at 600 dots to the inch are
 * 827 × 1063. The worst that a stranger can make of it costs half a second. */
#define GS_FACE_IMAGE_MAX_SIDE 2048

/* Decodes a whole picture of any of the codings, which is told by its first bytes. NULL with
 * GS_EMRTD_ERROR_UNSUPPORTED, _LIMIT or _MALFORMED; a picture that is cut short is malformed. The
 * dots are cleansed with the last reference to them. Transfer full. */
GsPixels *gs_face_image_decode (GBytes *picture, GError **error);
