/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pixels.h"

#include <string.h>

typedef struct
{
  guint8 *dots;
  gsize length;
} Dots;

static void
dots_free (gpointer data)
{
  Dots *dots = data;

  explicit_bzero (dots->dots, dots->length);
  g_free (dots->dots);
  g_free (dots);
}

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
gs_pixels_new_take (guint width, guint height, guint8 *rgb, gsize length)
{
  Dots *dots = g_new (Dots, 1);

  *dots = (Dots){ .dots = rgb, .length = length };
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (rgb, length, dots_free, dots);
  return gs_pixels_new (width, height, bytes);
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
