/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-render.h"

#include <librsvg/rsvg.h>
#include <math.h>

#include "gs-pwg.h"
#include "gs-stamp-specimen.h"

/* Grey below this is ink. The paper is white, the ink black, so this is half coverage. */
#define THRESHOLD 128

static gboolean
fail (GError **error, const char *problem)
{
  g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_RENDER, "Cannot draw the stamp: %s", problem);
  return FALSE;
}

static GBytes *
cut_to_dots (cairo_surface_t *surface, guint width, guint height)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  gsize surface_stride = (gsize) cairo_image_surface_get_stride (surface);
  guint stride = (width + 7) / 8;
  guint8 *rows = g_malloc0 ((gsize) stride * height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint32 pixel = *(const guint32 *) (const void *) (data + y * surface_stride + x * 4u);
        guint grey =
          (77 * ((pixel >> 16) & 0xff) + 150 * ((pixel >> 8) & 0xff) + 29 * (pixel & 0xff)) >> 8;

        if (grey < THRESHOLD)
          rows[(gsize) y * stride + x / 8] |= (guint8) (0x80 >> (x % 8));
      }
  return g_bytes_new_take (rows, (gsize) stride * height);
}

static GBytes *
draw_dots (GBytes *svg, guint width, guint height, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (svg, &size);
  RsvgRectangle viewport = { 0, 0, width, height };
  GBytes *rows = NULL;
  g_autoptr (GError) problem = NULL;
  RsvgHandle *handle = rsvg_handle_new_from_data (data, size, &problem);
  cairo_surface_t *surface;
  cairo_t *cr;

  if (handle == NULL)
    {
      fail (error, problem->message);
      return NULL;
    }
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (!rsvg_handle_render_document (handle, cr, &viewport, &problem))
    fail (error, problem->message);
  else if (cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    fail (error, cairo_status_to_string (cairo_status (cr)));
  else
    {
      cairo_surface_flush (surface);
      rows = cut_to_dots (surface, width, height);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_object_unref (handle);
  return rows;
}

static gboolean
check_specimen (GsStampBitmap *bitmap, const GsStampArea *area, GError **error)
{
  double px_per_mm = gs_stamp_bitmap_get_dpi (bitmap) / 25.4;

  if (gs_stamp_specimen_is_readable (
        bitmap, (int) lround (area->x_mm * px_per_mm), (int) lround (area->y_mm * px_per_mm),
        (int) lround (area->width_mm * px_per_mm), (int) lround (area->height_mm * px_per_mm)))
    return TRUE;
  g_set_error_literal (error, GS_STAMP_ERROR, GS_STAMP_ERROR_SPECIMEN,
                       "The stamp does not read SPECIMEN where the pack says");
  return FALSE;
}

GsStampBitmap *
gs_stamp_render (GsStampPack *pack, const GsStampFields *fields, guint dpi, GError **error)
{
  cups_page_header2_t header;
  g_autoptr (GBytes) svg = NULL;
  g_autoptr (GBytes) rows = NULL;
  g_autoptr (GsStampBitmap) bitmap = NULL;

  g_return_val_if_fail (pack != NULL && fields != NULL, NULL);
  g_return_val_if_fail (dpi == 0 || (dpi >= 300 && dpi <= 1200), NULL);
  if (dpi == 0)
    dpi = GS_STAMP_DPI;
  if (!gs_stamp_fields_check (fields, error) || !gs_stamp_pack_covers (pack, fields, error))
    return NULL;
  if (!gs_pwg_init_header (gs_stamp_pack_get_width_hmm (pack), gs_stamp_pack_get_height_hmm (pack),
                           dpi, &header, error))
    return NULL;
  svg = gs_stamp_template_fill (gs_stamp_pack_get_template (pack, fields), fields, error);
  if (svg == NULL)
    return NULL;
  rows = draw_dots (svg, header.cupsWidth, header.cupsHeight, error);
  if (rows == NULL)
    return NULL;
  bitmap = gs_stamp_bitmap_new (header.cupsWidth, header.cupsHeight, dpi, rows);
  if (!check_specimen (bitmap, gs_stamp_pack_get_specimen_area (pack, fields), error))
    return NULL;
  return g_steal_pointer (&bitmap);
}
