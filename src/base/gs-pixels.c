/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pixels.h"

GsPixels *
gs_pixels_new (guint width, guint height, GBytes *rgb)
{
  g_return_val_if_fail (rgb != NULL, NULL);
  gsize row;
  gsize all;
  if (width == 0 || height == 0 || !g_size_checked_mul (&row, width, 3)
      || !g_size_checked_mul (&all, row, height) || g_bytes_get_size (rgb) != all)
    return NULL;
  GsPixels *self = g_new (GsPixels, 1);
  *self = (GsPixels){ .width = width, .height = height, .rgb = g_bytes_ref (rgb) };
  return self;
}

GsPixels *
gs_pixels_copy (const GsPixels *self)
{
  return self == NULL ? NULL : gs_pixels_new (self->width, self->height, self->rgb);
}

void
gs_pixels_free (GsPixels *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->rgb);
  g_free (self);
}
