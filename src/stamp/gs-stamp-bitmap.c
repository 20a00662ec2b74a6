/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-bitmap.h"

#include <cairo.h>

#include "gs-stamp-error.h"

#define MAX_SIDE 16384

struct _GsStampBitmap
{
  gatomicrefcount ref_count;
  guint width;
  guint height;
  guint stride;
  guint dpi;
  GBytes *rows;
};

GsStampBitmap *
gs_stamp_bitmap_new (guint width, guint height, guint dpi, GBytes *rows)
{
  GsStampBitmap *self;
  guint stride = (width + 7) / 8;

  g_return_val_if_fail (rows != NULL, NULL);
  if (width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE
      || g_bytes_get_size (rows) != (gsize) stride * height)
    return NULL;

  self = g_new0 (GsStampBitmap, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->width = width;
  self->height = height;
  self->stride = stride;
  self->dpi = dpi;
  self->rows = g_bytes_ref (rows);
  return self;
}

GsStampBitmap *
gs_stamp_bitmap_ref (GsStampBitmap *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
gs_stamp_bitmap_unref (GsStampBitmap *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_bytes_unref (self->rows);
  g_free (self);
}

guint
gs_stamp_bitmap_get_width (GsStampBitmap *self)
{
  return self->width;
}

guint
gs_stamp_bitmap_get_height (GsStampBitmap *self)
{
  return self->height;
}

guint
gs_stamp_bitmap_get_stride (GsStampBitmap *self)
{
  return self->stride;
}

guint
gs_stamp_bitmap_get_dpi (GsStampBitmap *self)
{
  return self->dpi;
}

GBytes *
gs_stamp_bitmap_get_rows (GsStampBitmap *self)
{
  return self->rows;
}

static inline gboolean
ink_at (const guint8 *rows, guint stride, guint x, guint y)
{
  return (rows[(gsize) y * stride + x / 8] >> (7 - x % 8)) & 1;
}

gboolean
gs_stamp_bitmap_get_ink (GsStampBitmap *self, int x, int y)
{
  if (x < 0 || y < 0 || (guint) x >= self->width || (guint) y >= self->height)
    return FALSE;
  return ink_at (g_bytes_get_data (self->rows, NULL), self->stride, (guint) x, (guint) y);
}

guint
gs_stamp_bitmap_count_ink (GsStampBitmap *self, int x, int y, int width, int height)
{
  guint count = 0;
  int left = MAX (x, 0);
  int top = MAX (y, 0);
  int right = (int) CLAMP ((gint64) x + width, 0, (gint64) self->width);
  int bottom = (int) CLAMP ((gint64) y + height, 0, (gint64) self->height);

  for (int row = top; row < bottom; row++)
    for (int column = left; column < right; column++)
      count += gs_stamp_bitmap_get_ink (self, column, row) ? 1 : 0;
  return count;
}

gboolean
gs_stamp_bitmap_equal (GsStampBitmap *a, GsStampBitmap *b)
{
  return a->width == b->width && a->height == b->height && a->dpi == b->dpi
         && g_bytes_equal (a->rows, b->rows);
}

GBytes *
gs_stamp_bitmap_tint (GsStampBitmap *self, guint32 ink_rgb)
{
  const guint8 *rows = g_bytes_get_data (self->rows, NULL);
  gsize size = (gsize) self->width * self->height * 4;
  guint8 *pixels = g_malloc0 (size);
  guint8 *pixel = pixels;

  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++, pixel += 4)
      if (ink_at (rows, self->stride, x, y))
        {
          pixel[0] = ink_rgb & 0xff;
          pixel[1] = (ink_rgb >> 8) & 0xff;
          pixel[2] = (ink_rgb >> 16) & 0xff;
          pixel[3] = 0xff;
        }
  return g_bytes_new_take (pixels, size);
}

static cairo_status_t
append_png (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
gs_stamp_bitmap_to_png (
  GsStampBitmap *self, guint32 ink_rgb, guint32 page_rgb, guint margin_px, GError **error)
{
  const guint8 *rows = g_bytes_get_data (self->rows, NULL);
  g_autoptr (GByteArray) png = g_byte_array_new ();
  guint margin = MIN (margin_px, 2048);
  cairo_surface_t *surface = cairo_image_surface_create (
    CAIRO_FORMAT_RGB24, (int) (self->width + 2 * margin), (int) (self->height + 2 * margin));
  cairo_status_t status = cairo_surface_status (surface);

  if (status == CAIRO_STATUS_SUCCESS)
    {
      int stride = cairo_image_surface_get_stride (surface);
      guint8 *data = cairo_image_surface_get_data (surface);

      for (guint y = 0; y < self->height + 2 * margin; y++)
        for (guint x = 0; x < self->width + 2 * margin; x++)
          {
            gboolean inside =
              x >= margin && x < margin + self->width && y >= margin && y < margin + self->height;
            guint32 *pixel = (guint32 *) (void *) (data + (gsize) y * (gsize) stride + x * 4);

            *pixel =
              inside && ink_at (rows, self->stride, x - margin, y - margin) ? ink_rgb : page_rgb;
          }
      cairo_surface_mark_dirty (surface);
      status = cairo_surface_write_to_png_stream (surface, append_png, png);
    }
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_RENDER, "Cannot write the picture: %s",
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&png));
}
