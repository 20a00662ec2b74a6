/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-window-bar.h"

#include "gs-style.h"

#define BAR_HEIGHT 8.0f

struct _GsWindowBar
{
  GtkWidget parent_instance;

  double part;
};

G_DEFINE_FINAL_TYPE (GsWindowBar, gs_window_bar, GTK_TYPE_WIDGET)

static void
gs_window_bar_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? 14 : 80;
}

static void
append_bar (GtkSnapshot *snapshot, double x, double y, double w, const GdkRGBA *color)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (
    &outline, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) w, BAR_HEIGHT), BAR_HEIGHT / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
gs_window_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GsWindowBar *self = GS_WINDOW_BAR (widget);
  double w = gtk_widget_get_width (widget);
  double y = (gtk_widget_get_height (widget) - BAR_HEIGHT) / 2;
  GdkRGBA ground = gs_style_color (widget, GS_COLOR_SURFACE);
  GdkRGBA edge = gs_style_color (widget, GS_COLOR_LINE);
  GdkRGBA color;
  GskRoundedRect outline;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  append_bar (snapshot, 0, y, w, &ground);
  gsk_rounded_rect_init_from_rect (
    &outline, &GRAPHENE_RECT_INIT (0, (float) y, (float) w, BAR_HEIGHT), BAR_HEIGHT / 2);
  gtk_snapshot_append_border (snapshot, &outline, (const float[4]){ 1, 1, 1, 1 },
                              (const GdkRGBA[4]){ edge, edge, edge, edge });
  if (self->part > 0)
    append_bar (snapshot, w - MAX (self->part * w, BAR_HEIGHT), y, MAX (self->part * w, BAR_HEIGHT),
                &color);
}

static void
gs_window_bar_class_init (GsWindowBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = gs_window_bar_measure;
  widget_class->snapshot = gs_window_bar_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
gs_window_bar_init (GsWindowBar *self)
{
}

void
gs_window_bar_update (GsWindowBar *self,
                      gint64 remaining_ms,
                      gint64 total_ms,
                      const char *color_class)
{
  double part = total_ms > 0 ? CLAMP ((double) remaining_ms / (double) total_ms, 0, 1) : 0;
  const char *const classes[] = { color_class, NULL };

  g_return_if_fail (GS_IS_WINDOW_BAR (self));
  gtk_widget_set_css_classes (GTK_WIDGET (self), (const char **) classes);
  self->part = part;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
