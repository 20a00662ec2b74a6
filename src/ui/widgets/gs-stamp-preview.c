/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-preview.h"

#include "gs-style.h"
#include "gs-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define MAX_SIDE_PX 8192
#define RULER 50.0
#define MARGIN 18.0
#define MM_PER_INCH 25.4

struct _GsStampPreview
{
  GtkWidget parent_instance;

  cairo_surface_t *mask; /* A8 */
  guint width_px;
  guint height_px;
  guint dpi;
  gboolean ruler;
  GsStampLook look;
};

G_DEFINE_FINAL_TYPE (GsStampPreview, gs_stamp_preview, GTK_TYPE_WIDGET)

static cairo_surface_t *
make_mask (const guint8 *bits, guint width, guint height)
{
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) width, (int) height);
  guint8 *data = cairo_image_surface_get_data (mask);
  gsize stride = (gsize) cairo_image_surface_get_stride (mask);
  gsize row_bytes = (width + 7) / 8;

  cairo_surface_flush (mask);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      data[y * stride + x] = (bits[y * row_bytes + x / 8] >> (7 - x % 8)) & 1 ? 255 : 0;
  cairo_surface_mark_dirty (mask);
  return mask;
}

static GtkSizeRequestMode
gs_stamp_preview_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
gs_stamp_preview_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  GsStampPreview *self = GS_STAMP_PREVIEW (widget);

  int least = self->ruler ? 240 : 96;
  int usual = self->ruler ? 620 : 124;
  int most = self->ruler ? 800 : 160;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = usual;
      return;
    }
  /* The least height must not grow with the width; the usual one keeps the page's form. */
  *minimum = least * 4 / 5;
  *natural = MAX (*minimum, (for_size > 0 ? MIN (for_size, most) : usual) * 4 / 5);
}

/* Faint waves, as paper of passports has them; nothing that could pass for a stamp. */
static void
draw_page (cairo_t *cr, double w, double h, const GdkRGBA *caption)
{
  cairo_set_source_rgba (cr, caption->red, caption->green, caption->blue, 0.10);
  cairo_set_line_width (cr, 1);
  for (double y = -20; y < h + 40; y += 26)
    {
      cairo_move_to (cr, 0, y);
      for (double x = 0; x < w; x += 120)
        cairo_curve_to (cr, x + 40, y - 16, x + 80, y + 18, x + 120, y + 4 * sin (x + y));
      cairo_stroke (cr);
    }
}

/* Lines of print under a stamp that is not where it belongs. */
static void
draw_lines (cairo_t *cr, double w, double h, const GdkRGBA *caption)
{
  cairo_set_source_rgba (cr, caption->red, caption->green, caption->blue, 0.35);
  cairo_rectangle (cr, w * 0.08, h * 0.10, w * 0.22, h * 0.30);
  for (int i = 0; i < 3; i++)
    cairo_rectangle (cr, w * 0.36, h * (0.13 + 0.09 * i), w * (i == 2 ? 0.30 : 0.52), 2);
  cairo_fill (cr);
}

static void
draw_tick_label (
  GsStampPreview *self, GtkSnapshot *snapshot, int mm, double x, double y, gboolean across)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA color = gs_style_color (widget, GS_COLOR_PAGE_CAPTION);
  g_autofree char *text = g_strdup_printf ("%d", mm);
  g_autoptr (PangoLayout) layout =
    gs_text_layout (widget, GS_TEXT_CAPTION, PANGO_WEIGHT_NORMAL, GS_TEXT_PLAIN, text);
  double tw = gs_text_layout_width (layout);

  if (across)
    gs_text_draw (snapshot, layout, x - tw / 2, y - 6, &color);
  else
    gs_text_draw (snapshot, layout, x - tw - 6,
                  gs_text_baseline (widget, GS_TEXT_CAPTION, y - 9, 18), &color);
}

static void
draw_ruler (GsStampPreview *self,
            GtkSnapshot *snapshot,
            double left,
            double top,
            double px_per_mm,
            double w,
            double h)
{
  GdkRGBA color = gs_style_color (GTK_WIDGET (self), GS_COLOR_PAGE_CAPTION);
  double width_mm = self->width_px * MM_PER_INCH / self->dpi;
  double height_mm = self->height_px * MM_PER_INCH / self->dpi;
  cairo_t *cr =
    gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) w, (float) h));

  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 1);
  for (int mm = 0; mm <= (int) width_mm; mm++)
    {
      double x = round (left + mm * px_per_mm) + 0.5;

      cairo_move_to (cr, x, top - 6);
      cairo_line_to (cr, x, top - (mm % 10 == 0 ? 14 : mm % 5 == 0 ? 11 : 9));
    }
  for (int mm = 0; mm <= (int) height_mm; mm++)
    {
      double y = round (top + mm * px_per_mm) + 0.5;

      cairo_move_to (cr, left - 6, y);
      cairo_line_to (cr, left - (mm % 10 == 0 ? 14 : mm % 5 == 0 ? 11 : 9), y);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
  for (int mm = 0; mm <= (int) width_mm; mm += 10)
    draw_tick_label (self, snapshot, mm, left + mm * px_per_mm, top - 14, TRUE);
  for (int mm = 0; mm <= (int) height_mm; mm += 10)
    draw_tick_label (self, snapshot, mm, left - 14, top + mm * px_per_mm, FALSE);
}

static void
gs_stamp_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GsStampPreview *self = GS_STAMP_PREVIEW (widget);
  double h = MIN (gtk_widget_get_height (widget), floor (gtk_widget_get_width (widget) * 0.8));
  double w = MIN (gtk_widget_get_width (widget), floor (h * 1.25));
  double left = self->ruler ? RULER * MIN (gs_text_scale (widget), 1.5) : MARGIN / 2;
  double top = left;
  double margin = self->ruler ? MARGIN : MARGIN / 2;
  GdkRGBA page = gs_style_color (widget, GS_COLOR_PAGE);
  GdkRGBA ink = gs_style_color (widget, GS_COLOR_INK);
  GdkRGBA caption = gs_style_color (widget, GS_COLOR_PAGE_CAPTION);
  GskRoundedRect outline;
  double scale;
  cairo_t *cr;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, (float) w, (float) h), 8);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &page, &outline.bounds);
  cr = gtk_snapshot_append_cairo (snapshot, &outline.bounds);
  draw_page (cr, w, h, &caption);
  if (self->mask == NULL)
    {
      cairo_destroy (cr);
      gtk_snapshot_pop (snapshot);
      return;
    }
  scale = MIN ((w - left - margin) / self->width_px, (h - top - margin) / self->height_px);
  if (!self->ruler)
    {
      left = (w - scale * self->width_px) / 2;
      top = (h - scale * self->height_px) / 2;
    }
  if (self->look == GS_STAMP_LOOK_ASTRAY)
    draw_lines (cr, w, h, &caption);
  cairo_translate (cr, left, top);
  cairo_scale (cr, scale, scale);
  if (self->look == GS_STAMP_LOOK_ASTRAY)
    {
      cairo_translate (cr, self->width_px * 0.10, self->height_px * 0.22);
      cairo_rotate (cr, -0.12);
    }
  else if (self->look == GS_STAMP_LOOK_CUT)
    {
      cairo_rectangle (cr, 0, 0, self->width_px, self->height_px * 0.55);
      cairo_clip (cr);
    }
  gdk_cairo_set_source_rgba (cr, &ink);
  {
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface (self->mask);

    cairo_pattern_set_filter (pattern, CAIRO_FILTER_BEST);
    cairo_mask (cr, pattern);
    cairo_pattern_destroy (pattern);
  }
  cairo_destroy (cr);
  if (self->ruler)
    draw_ruler (self, snapshot, left, top, scale * self->dpi / MM_PER_INCH, w, h);
  gtk_snapshot_pop (snapshot);
}

static void
gs_stamp_preview_finalize (GObject *object)
{
  g_clear_pointer (&GS_STAMP_PREVIEW (object)->mask, cairo_surface_destroy);
  G_OBJECT_CLASS (gs_stamp_preview_parent_class)->finalize (object);
}

static void
gs_stamp_preview_class_init (GsStampPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gs_stamp_preview_finalize;
  widget_class->get_request_mode = gs_stamp_preview_get_request_mode;
  widget_class->measure = gs_stamp_preview_measure;
  widget_class->snapshot = gs_stamp_preview_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gs_stamp_preview_init (GsStampPreview *self)
{
  self->ruler = TRUE;
  self->look = GS_STAMP_LOOK_WHOLE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The stamp as it will look on the page"), -1);
}

GtkWidget *
gs_stamp_preview_new (void)
{
  return g_object_new (GS_TYPE_STAMP_PREVIEW, NULL);
}

gboolean
gs_stamp_preview_set_bitmap (
  GsStampPreview *self, GBytes *bits, guint width_px, guint height_px, guint dpi)
{
  gboolean fits;

  g_return_val_if_fail (GS_IS_STAMP_PREVIEW (self), FALSE);
  fits = bits != NULL && dpi > 0 && width_px > 0 && height_px > 0 && width_px <= MAX_SIDE_PX
         && height_px <= MAX_SIDE_PX
         && g_bytes_get_size (bits) >= (gsize) ((width_px + 7) / 8) * height_px;
  g_clear_pointer (&self->mask, cairo_surface_destroy);
  if (fits)
    {
      self->mask = make_mask (g_bytes_get_data (bits, NULL), width_px, height_px);
      self->width_px = width_px;
      self->height_px = height_px;
      self->dpi = dpi;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return fits || bits == NULL;
}

void
gs_stamp_preview_set_ruler (GsStampPreview *self, gboolean ruler)
{
  g_return_if_fail (GS_IS_STAMP_PREVIEW (self));
  self->ruler = !!ruler;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
gs_stamp_preview_set_look (GsStampPreview *self, GsStampLook look)
{
  g_return_if_fail (GS_IS_STAMP_PREVIEW (self));
  g_return_if_fail (look >= GS_STAMP_LOOK_WHOLE && look <= GS_STAMP_LOOK_ASTRAY);
  self->look = look;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
