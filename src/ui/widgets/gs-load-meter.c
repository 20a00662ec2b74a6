/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-load-meter.h"

#include "gs-sign.h"
#include "gs-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define PADDING 14.0
#define PLOT_WIDTH 112.0

struct _GsLoadMeter
{
  GtkWidget parent_instance;

  GArray *values; /* guint */
  char *as_of;
  gboolean flood;
};

G_DEFINE_FINAL_TYPE (GsLoadMeter, gs_load_meter, GTK_TYPE_WIDGET)

static guint
current (GsLoadMeter *self)
{
  return self->values->len > 0 ? g_array_index (self->values, guint, self->values->len - 1) : 0;
}

/* The newest value that is outside the band decides; within the band the old state holds. */
static gboolean
flood_after (const guint *values, gsize n, gboolean before)
{
  for (gsize i = n; i > 0; i--)
    {
      if (values[i - 1] >= GS_LOAD_FLOOD_ON)
        return TRUE;
      if (values[i - 1] <= GS_LOAD_FLOOD_OFF)
        return FALSE;
    }
  return before;
}

static void
gs_load_meter_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  double scale = gs_text_scale (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = (int) MAX (76, ceil (gs_text_line_height (widget, GS_TEXT_CAPTION)
                                                 + gs_text_line_height (widget, GS_TEXT_KEY) + 20));
      return;
    }
  *minimum = (int) ceil (190 * scale);
  *natural = (int) ceil (328 * scale);
}

static void
draw_plot (GsLoadMeter *self, GtkSnapshot *snapshot, double x, double y, double w, double h)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const char *const names[] = { "10", "5" };
  const guint levels[] = { GS_LOAD_FLOOD_ON, GS_LOAD_FLOOD_OFF };
  const double dashes[] = { 3, 3 };
  GdkRGBA color = gs_style_color (widget, self->as_of != NULL ? GS_COLOR_NA
                                          : self->flood       ? GS_COLOR_WARN
                                                              : GS_COLOR_ACCENT);
  GdkRGBA dim = gs_style_color (widget, GS_COLOR_EDGE);
  GdkRGBA text = gs_style_color (widget, GS_COLOR_TEXT2);
  double top = 12;
  cairo_t *cr;

  for (guint i = 0; i < self->values->len; i++)
    top = MAX (top, g_array_index (self->values, guint, i) + 1);
  cr = gtk_snapshot_append_cairo (
    snapshot, &GRAPHENE_RECT_INIT ((float) x - 1, (float) y - 1, (float) w + 2, (float) h + 2));
  if (self->values->len > 0)
    {
      double step = w / self->values->len;

      cairo_move_to (cr, x, y + h);
      for (guint i = 0; i < self->values->len; i++)
        {
          double value_y = round (y + h - h * g_array_index (self->values, guint, i) / top) - 0.5;

          cairo_line_to (cr, x + i * step, value_y);
          cairo_line_to (cr, x + (i + 1) * step, value_y);
        }
      cairo_line_to (cr, x + w, y + h);
      cairo_set_source_rgba (cr, color.red, color.green, color.blue, 0.2);
      cairo_fill (cr);
      for (guint i = 0; i < self->values->len; i++)
        {
          double value_y = round (y + h - h * g_array_index (self->values, guint, i) / top) - 0.5;

          cairo_line_to (cr, x + i * step, value_y);
          cairo_line_to (cr, x + (i + 1) * step, value_y);
        }
      gdk_cairo_set_source_rgba (cr, &color);
      cairo_set_line_width (cr, 2);
      cairo_stroke (cr);
    }
  gdk_cairo_set_source_rgba (cr, &dim);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      double level_y = round (y + h - h * levels[i] / top) + 0.5;

      cairo_move_to (cr, x, level_y);
      cairo_line_to (cr, x + w, level_y);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autoptr (PangoLayout) layout =
        gs_text_layout (widget, GS_TEXT_CAPTION, PANGO_WEIGHT_NORMAL, GS_TEXT_PLAIN, names[i]);
      double level_y = y + h - h * levels[i] / top;

      gs_text_draw (snapshot, layout, x + w + 6,
                    gs_text_baseline (widget, GS_TEXT_CAPTION, level_y - 9, 18), &text);
    }
}

static double
draw_pill (GsLoadMeter *self, GtkSnapshot *snapshot, double x, double y, double h)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA ground = gs_style_color (widget, GS_COLOR_WARN_TINT);
  GdkRGBA ink = gs_style_color (widget, GS_COLOR_WARN);
  g_autoptr (PangoLayout) layout = gs_text_layout (widget, GS_TEXT_CAPTION, PANGO_WEIGHT_SEMIBOLD,
                                                   GS_TEXT_PLAIN, C_ ("load", "Flood"));
  double sign = 13 * gs_text_scale (widget);
  double w = 10 + sign + 4 + gs_text_layout_width (layout) + 10;
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (
    &outline, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) w, (float) h), (float) h / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &ground, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gs_sign_snapshot (GS_SIGN_WARNING, snapshot, widget, x + 9, y + (h - sign) / 2, sign);
  gs_text_draw (snapshot, layout, x + 10 + sign + 4,
                gs_text_baseline (widget, GS_TEXT_CAPTION, y, h), &ink);
  return w;
}

static void
gs_load_meter_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GsLoadMeter *self = GS_LOAD_METER (widget);
  double w = gtk_widget_get_width (widget);
  double h = gtk_widget_get_height (widget);
  double scale = gs_text_scale (widget);
  double caption_h = gs_text_line_height (widget, GS_TEXT_CAPTION) + 4;
  double key_h = gs_text_line_height (widget, GS_TEXT_KEY);
  double top = round ((h - caption_h - key_h - 2) / 2);
  double axis = gs_text_width (widget, GS_TEXT_CAPTION, PANGO_WEIGHT_NORMAL, "10");
  double plot_w = PLOT_WIDTH * MIN (scale, 1.4);
  GdkRGBA text = gs_style_color (widget, GS_COLOR_TEXT);
  GdkRGBA text2 = gs_style_color (widget, GS_COLOR_TEXT2);
  g_autofree char *number = g_strdup_printf ("%u", current (self));
  g_autofree char *as_of =
    self->as_of != NULL ? g_strdup_printf (_ ("as of %s"), self->as_of) : NULL;
  g_autoptr (PangoLayout) caption = gs_text_layout (widget, GS_TEXT_CAPTION, PANGO_WEIGHT_SEMIBOLD,
                                                    GS_TEXT_PLAIN, C_ ("load", "Load"));
  g_autoptr (PangoLayout) figure =
    gs_text_layout (widget, GS_TEXT_KEY, PANGO_WEIGHT_BOLD, GS_TEXT_PLAIN, number);
  g_autoptr (PangoLayout) unit =
    gs_text_layout (widget, GS_TEXT_SECOND, PANGO_WEIGHT_NORMAL, GS_TEXT_PLAIN, _ ("in 10 min"));
  double caption_base = gs_text_baseline (widget, GS_TEXT_CAPTION, top, caption_h);
  double key_base = gs_text_baseline (widget, GS_TEXT_KEY, top + caption_h + 2, key_h);
  double x = PADDING + gs_text_layout_width (caption) + 8;

  gs_text_draw (snapshot, caption, PADDING, caption_base, &text2);
  if (as_of != NULL)
    {
      g_autoptr (PangoLayout) layout =
        gs_text_layout (widget, GS_TEXT_CAPTION, PANGO_WEIGHT_NORMAL, GS_TEXT_PLAIN, as_of);

      gs_text_draw (snapshot, layout, x, caption_base, &text2);
    }
  else if (self->flood)
    draw_pill (self, snapshot, x, top, caption_h);
  gs_text_draw (snapshot, figure, PADDING, key_base, &text);
  gs_text_draw (snapshot, unit, PADDING + gs_text_layout_width (figure) + 5, key_base, &text2);
  if (w > plot_w + axis + 6 + 2 * PADDING + 150 * scale)
    draw_plot (self, snapshot, w - PADDING - axis - 6 - plot_w, 16, plot_w, h - 30);
}

static void
gs_load_meter_finalize (GObject *object)
{
  GsLoadMeter *self = GS_LOAD_METER (object);

  g_array_unref (self->values);
  g_free (self->as_of);
  G_OBJECT_CLASS (gs_load_meter_parent_class)->finalize (object);
}

static void
gs_load_meter_class_init (GsLoadMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gs_load_meter_finalize;
  widget_class->measure = gs_load_meter_measure;
  widget_class->snapshot = gs_load_meter_snapshot;
  gtk_widget_class_set_css_name (widget_class, "gs-load-meter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gs_load_meter_init (GsLoadMeter *self)
{
  self->values = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_add_css_class (GTK_WIDGET (self), "gs-panel");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
gs_load_meter_new (void)
{
  return g_object_new (GS_TYPE_LOAD_METER, NULL);
}

void
gs_load_meter_update (GsLoadMeter *self, const guint *values, gsize n, const char *as_of)
{
  g_autofree char *name = NULL;

  g_return_if_fail (GS_IS_LOAD_METER (self));
  if (self->values->len > 0 && self->values->len == n
      && memcmp (self->values->data, values, n * sizeof (guint)) == 0
      && g_strcmp0 (self->as_of, as_of) == 0)
    return;
  g_array_set_size (self->values, 0);
  if (n > 0)
    g_array_append_vals (self->values, values, (guint) n);
  self->flood = flood_after (values, n, self->flood);
  if (g_strcmp0 (self->as_of, as_of) != 0)
    {
      g_free (self->as_of);
      self->as_of = g_strdup (as_of);
    }
  gs_style_toggle_class (GTK_WIDGET (self), "as-of", as_of != NULL);
  if (as_of != NULL)
    name = g_strdup_printf (_ ("Load: %u cases in 10 minutes, as of %s"), current (self), as_of);
  else if (self->flood)
    name = g_strdup_printf (_ ("Load: %u cases in 10 minutes, flood"), current (self));
  else
    name = g_strdup_printf (_ ("Load: %u cases in 10 minutes"), current (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
gs_load_meter_get_flood (GsLoadMeter *self)
{
  g_return_val_if_fail (GS_IS_LOAD_METER (self), FALSE);
  return self->flood;
}
