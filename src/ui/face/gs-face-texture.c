/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-texture.h"

GdkTexture *
gs_face_texture_from_pixels (const GsPixels *pixels)
{
  if (pixels == NULL)
    return NULL;
  return gdk_memory_texture_new ((int) pixels->width, (int) pixels->height, GDK_MEMORY_R8G8B8,
                                 pixels->rgb, 3 * (gsize) pixels->width);
}

GdkTexture *
gs_face_texture_from_frame (const GsCameraFrame *frame)
{
  if (frame == NULL)
    return NULL;
  return gdk_memory_texture_new ((int) frame->width, (int) frame->height,
                                 GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, frame->bgra, frame->stride);
}
