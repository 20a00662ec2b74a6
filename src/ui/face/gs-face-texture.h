/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-camera-frame.h"
#include "gs-pixels.h"

/* Pictures in memory for the screen. No byte is copied here and nothing is read. Main thread;
 * transfer full; NULL for NULL. */
GdkTexture *gs_face_texture_from_pixels (const GsPixels *pixels);
GdkTexture *gs_face_texture_from_frame (const GsCameraFrame *frame);
