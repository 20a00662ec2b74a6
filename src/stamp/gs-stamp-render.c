/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-render.h"

#include <librsvg/rsvg.h>
#include <math.h>

#include "gs-pwg.h"
#include "gs-stamp-specimen.h"
#include "gs-stamp-symbol.h"

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

static gboolean
has_ink (const guint8 *rows, guint stride, const GsStampDots *area)
{
  for (int y = area->y; y < area->y + area->height; y++)
    for (int x = area->x; x < area->x + area->width; x++)
      if (rows[(gsize) y * stride + (gsize) x / 8] & (0x80 >> (x % 8)))
        return TRUE;
  return FALSE;
}

/* The whole dots inside of the area; a hair over the edge still counts, for areas are written in
 * millimetres with few digits. */
static GsStampDots
dots_of (const GsStampArea *area, guint dpi)
{
  const double px_per_mm = dpi / 25.4;
  const double hair = 0.05;
  GsStampDots dots = { (int) ceil (area->x_mm * px_per_mm - hair),
                       (int) ceil (area->y_mm * px_per_mm - hair), 0, 0 };

  dots.width = (int) floor ((area->x_mm + area->width_mm) * px_per_mm + hair) - dots.x;
  dots.height = (int) floor ((area->y_mm + area->height_mm) * px_per_mm + hair) - dots.y;
  return dots;
}

/* Puts the symbol into its place, which must be free of the drawing's own ink. */
static GBytes *
put_seal (const GsStampArea *area,
          const GsSealSymbol *symbol,
          const cups_page_header2_t *header,
          GBytes *rows,
          GError **error)
{
  guint dpi = header->HWResolution[0];
  guint stride = (header->cupsWidth + 7) / 8;
  gsize size = g_bytes_get_size (rows);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (rows, NULL), size);
  const char *problem = NULL;
  GsStampSymbolFit fit;
  GsStampDots place = { 0 };

  if (area != NULL)
    place = dots_of (area, dpi);
  if (area == NULL)
    problem = "the template has no place for a seal";
  else if (place.x + place.width > (int) header->cupsWidth
           || place.y + place.height > (int) header->cupsHeight
           || !gs_stamp_symbol_fit (gs_seal_symbol_get_side (symbol), dpi, &place, &fit))
    problem = "the seal does not fit its place";
  else if (has_ink (data, stride, &place))
    problem = "the place of the seal is not free";
  if (problem != NULL)
    {
      g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_SEAL, "Cannot draw the stamp: %s",
                   problem);
      return NULL;
    }
  gs_stamp_symbol_draw (symbol, &fit, data, stride);
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

GsStampBitmap *
gs_stamp_render (GsStampPack *pack, const GsStampFields *fields, guint dpi, GError **error)
{
  cups_page_header2_t header;
  g_autoptr (GBytes) svg = NULL;
  g_autoptr (GBytes) drawn = NULL;
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
  drawn = draw_dots (svg, header.cupsWidth, header.cupsHeight, error);
  if (drawn == NULL)
    return NULL;
  rows = fields->seal != NULL ? put_seal (gs_stamp_pack_get_seal_area (pack, fields), fields->seal,
                                          &header, drawn, error)
                              : g_bytes_ref (drawn);
  if (rows == NULL)
    return NULL;
  bitmap = gs_stamp_bitmap_new (header.cupsWidth, header.cupsHeight, dpi, rows);
  if (!check_specimen (bitmap, gs_stamp_pack_get_specimen_area (pack, fields), error))
    return NULL;
  return g_steal_pointer (&bitmap);
}

gboolean
gs_stamp_render_try (GsStampPack *pack, const GsStampFields *fields, GError **error)
{
  static const guint resolutions[] = { GS_STAMP_DPI, GS_STAMP_COARSEST_DPI };
  g_autoptr (GsStampFields) sealed = NULL;
  g_autoptr (GsSealSymbol) light = NULL;
  g_autoptr (GsStampBitmap) plain = NULL;
  guint8 modules[GS_STAMP_SEAL_SIDE * GS_STAMP_SEAL_SIDE] = { 0 };

  g_return_val_if_fail (pack != NULL && fields != NULL, FALSE);
  plain = gs_stamp_render (pack, fields, 0, error);
  if (plain == NULL)
    return FALSE;
  if (gs_stamp_pack_get_seal_area (pack, fields) == NULL)
    return TRUE;
  light = gs_seal_symbol_new (GS_STAMP_SEAL_SIDE, modules, sizeof modules);
  sealed = gs_stamp_fields_copy (fields);
  gs_stamp_fields_set_seal (sealed, light);
  for (guint i = 0; i < G_N_ELEMENTS (resolutions); i++)
    {
      g_autoptr (GsStampBitmap) bitmap = gs_stamp_render (pack, sealed, resolutions[i], error);

      if (bitmap == NULL)
        return FALSE;
    }
  return TRUE;
}
