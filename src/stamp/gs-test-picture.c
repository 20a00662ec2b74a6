/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-picture.h"

#include <pango/pangocairo.h>

#include "gs-pwg.h"
#include "gs-stamp-specimen.h"

/* Coverage from which a pixel is ink. */
#define THRESHOLD 128
#define MARGIN_MM 2.0
#define SPECIMEN_MM 3.2

typedef struct
{
  cairo_t *cr;
  double px_per_mm;
  double width_mm;
  double height_mm;
} Sheet;

static void
draw_text (
  const Sheet *sheet, double x_mm, double y_mm, double size_mm, double room_mm, const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (sheet->cr);
  PangoFontDescription *font = pango_font_description_from_string ("Inter Bold");
  int width = 0;

  pango_font_description_set_absolute_size (font, size_mm * sheet->px_per_mm * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > room_mm * sheet->px_per_mm)
    {
      pango_font_description_set_absolute_size (font, size_mm * room_mm * sheet->px_per_mm
                                                        * sheet->px_per_mm * PANGO_SCALE / width);
      pango_layout_set_font_description (layout, font);
    }
  cairo_move_to (sheet->cr, x_mm * sheet->px_per_mm, y_mm * sheet->px_per_mm);
  pango_cairo_show_layout (sheet->cr, layout);
  pango_font_description_free (font);
  g_object_unref (layout);
}

static void
fill (const Sheet *sheet, double x_mm, double y_mm, double width_mm, double height_mm)
{
  cairo_rectangle (sheet->cr, x_mm * sheet->px_per_mm, y_mm * sheet->px_per_mm,
                   width_mm * sheet->px_per_mm, height_mm * sheet->px_per_mm);
  cairo_fill (sheet->cr);
}

/* A scale in millimetres along the upper and the left edge: a page of another size, or one that was
 * scaled, is seen at once. */
static void
draw_scales (const Sheet *sheet)
{
  for (int mm = 0; mm <= (int) (sheet->width_mm - 2 * MARGIN_MM); mm++)
    fill (sheet, MARGIN_MM + mm, MARGIN_MM, 0.13, mm % 5 == 0 ? 1.8 : 1.0);
  for (int mm = 0; mm <= (int) (sheet->height_mm - 2 * MARGIN_MM); mm++)
    fill (sheet, MARGIN_MM, MARGIN_MM + mm, mm % 5 == 0 ? 1.8 : 1.0, 0.13);
}

/* Upright and level lines of one, two, three and four dots, each with a gap of the same. */
static void
draw_lines (const Sheet *sheet, double x_mm, double y_mm, double size_mm)
{
  double size = size_mm * sheet->px_per_mm;

  for (int dots = 1; dots <= 4; dots++)
    {
      double left = (int) (x_mm * sheet->px_per_mm + (dots - 1) * size * 1.2);
      double top = (int) (y_mm * sheet->px_per_mm);

      for (double at = 0; at + dots <= size; at += 2 * dots)
        {
          cairo_rectangle (sheet->cr, left + at, top, dots, size);
          cairo_rectangle (sheet->cr, left, top + size * 1.2 + at, size, dots);
        }
      cairo_fill (sheet->cr);
    }
}

static void
draw_words (const Sheet *sheet, gint64 number, const char *printer, const char *day)
{
  g_autofree char *name = gs_test_picture_format (number);
  double left = MARGIN_MM + 3.5;
  double room = sheet->width_mm - left - MARGIN_MM;

  draw_text (sheet, left, 5.2, 6.0, room, name);
  draw_text (sheet, left, 17.4, 2.6, room, printer);
  draw_text (sheet, left, 20.8, 2.6, room, day);
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
      if (data[y * surface_stride + x] >= THRESHOLD)
        rows[(gsize) y * stride + x / 8] |= (guint8) (0x80 >> (x % 8));
  return g_bytes_new_take (rows, (gsize) stride * height);
}

char *
gs_test_picture_format (gint64 number)
{
  return g_strdup_printf ("TEST %06" G_GINT64_FORMAT, number);
}

/* SPECIMEN's place: left, top, width, height. */
static void
place_specimen (const Sheet *sheet, double place[4])
{
  place[0] = MARGIN_MM + 3.5;
  place[1] = 12.4;
  place[2] = sheet->width_mm - place[0] - MARGIN_MM;
  place[3] = SPECIMEN_MM * 1.3;
}

GsStampBitmap *
gs_test_picture_draw (GsPrintMedia media,
                      guint dpi,
                      gint64 number,
                      const char *printer,
                      const char *day,
                      GError **error)
{
  cups_page_header2_t header;
  cairo_surface_t *surface;
  Sheet sheet = { .px_per_mm = dpi / 25.4,
                  .width_mm = media.width_hmm / 100.0,
                  .height_mm = media.height_hmm / 100.0 };
  g_autoptr (GBytes) rows = NULL;
  g_autoptr (GsStampBitmap) bitmap = NULL;
  double place[4];

  if (!gs_pwg_init_header (media.width_hmm, media.height_hmm, dpi, &header, error))
    return NULL;
  surface =
    cairo_image_surface_create (CAIRO_FORMAT_A8, (int) header.cupsWidth, (int) header.cupsHeight);
  sheet.cr = cairo_create (surface);
  place_specimen (&sheet, place);
  draw_scales (&sheet);
  draw_words (&sheet, number, printer, day);
  draw_text (&sheet, place[0], place[1], SPECIMEN_MM, place[2], "SPECIMEN");
  draw_lines (&sheet, place[0], 24.6, 3.2);
  fill (&sheet, sheet.width_mm - MARGIN_MM - 7, 24.6, 7, 7);
  cairo_surface_flush (surface);
  if (cairo_status (sheet.cr) == CAIRO_STATUS_SUCCESS)
    rows = cut_to_dots (surface, header.cupsWidth, header.cupsHeight);
  cairo_destroy (sheet.cr);
  cairo_surface_destroy (surface);
  if (rows != NULL)
    bitmap = gs_stamp_bitmap_new (header.cupsWidth, header.cupsHeight, dpi, rows);
  if (bitmap == NULL)
    {
      g_set_error_literal (error, GS_STAMP_ERROR, GS_STAMP_ERROR_RENDER,
                           "Cannot draw the test print");
      return NULL;
    }
  if (!gs_stamp_specimen_is_readable (
        bitmap, (int) (place[0] * sheet.px_per_mm), (int) (place[1] * sheet.px_per_mm),
        (int) (place[2] * sheet.px_per_mm), (int) (place[3] * sheet.px_per_mm)))
    {
      g_set_error_literal (error, GS_STAMP_ERROR, GS_STAMP_ERROR_SPECIMEN,
                           "The test print does not read SPECIMEN");
      return NULL;
    }
  return g_steal_pointer (&bitmap);
}
