/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-style.h"

#include <adwaita.h>
#include <math.h>

static const char *const color_names[GS_COLOR_COUNT] = {
  [GS_COLOR_WINDOW] = "gs_window",
  [GS_COLOR_SURFACE] = "gs_surface",
  [GS_COLOR_INSET] = "gs_inset",
  [GS_COLOR_LINE] = "gs_line",
  [GS_COLOR_EDGE] = "gs_edge",
  [GS_COLOR_TEXT] = "gs_text",
  [GS_COLOR_TEXT2] = "gs_text2",
  [GS_COLOR_DIM] = "gs_dim",
  [GS_COLOR_ACCENT] = "gs_accent",
  [GS_COLOR_ACCENT_TINT] = "gs_accent_tint",
  [GS_COLOR_ACCENT_FILL] = "gs_accent_fill",
  [GS_COLOR_ON_ACCENT] = "gs_on_accent",
  [GS_COLOR_OK] = "gs_ok",
  [GS_COLOR_OK_TINT] = "gs_ok_tint",
  [GS_COLOR_BAD] = "gs_bad",
  [GS_COLOR_BAD_TINT] = "gs_bad_tint",
  [GS_COLOR_BAD_FILL] = "gs_bad_fill",
  [GS_COLOR_ON_BAD] = "gs_on_bad",
  [GS_COLOR_WARN] = "gs_warn",
  [GS_COLOR_WARN_TINT] = "gs_warn_tint",
  [GS_COLOR_WARN_FILL] = "gs_warn_fill",
  [GS_COLOR_ON_WARN] = "gs_on_warn",
  [GS_COLOR_NA] = "gs_na",
  [GS_COLOR_NA_TINT] = "gs_na_tint",
  [GS_COLOR_P3] = "gs_p3",
  [GS_COLOR_P3_TINT] = "gs_p3_tint",
  [GS_COLOR_PAGE] = "gs_page",
  [GS_COLOR_INK] = "gs_ink",
  [GS_COLOR_PAGE_CAPTION] = "gs_page_caption",
};

GdkRGBA
gs_style_color (GtkWidget *widget, GsColor color)
{
  GdkRGBA rgba = { 1, 0, 1, 1 };

  g_return_val_if_fail (color < GS_COLOR_COUNT, rgba);
  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), color_names[color], &rgba);
  return rgba;
}

const char *
gs_style_color_class (GsColor color)
{
  switch (color)
    {
    case GS_COLOR_TEXT:
      return "gs-text";
    case GS_COLOR_TEXT2:
    case GS_COLOR_EDGE:
      return "gs-text2";
    case GS_COLOR_DIM:
      return "gs-dim";
    case GS_COLOR_ACCENT:
      return "gs-accent";
    case GS_COLOR_OK:
      return "gs-ok";
    case GS_COLOR_BAD:
      return "gs-bad";
    case GS_COLOR_WARN:
      return "gs-warn";
    case GS_COLOR_NA:
      return "gs-na";
    case GS_COLOR_P3:
      return "gs-p3";
    case GS_COLOR_WINDOW:
    case GS_COLOR_SURFACE:
    case GS_COLOR_INSET:
    case GS_COLOR_LINE:
    case GS_COLOR_ACCENT_TINT:
    case GS_COLOR_ACCENT_FILL:
    case GS_COLOR_ON_ACCENT:
    case GS_COLOR_OK_TINT:
    case GS_COLOR_BAD_TINT:
    case GS_COLOR_BAD_FILL:
    case GS_COLOR_ON_BAD:
    case GS_COLOR_WARN_TINT:
    case GS_COLOR_WARN_FILL:
    case GS_COLOR_ON_WARN:
    case GS_COLOR_NA_TINT:
    case GS_COLOR_P3_TINT:
    case GS_COLOR_PAGE:
    case GS_COLOR_INK:
    case GS_COLOR_PAGE_CAPTION:
    case GS_COLOR_COUNT:
    default:
      return NULL;
    }
}

void
gs_style_toggle_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

gboolean
gs_style_high_contrast (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
}

void
gs_style_rounded_path (cairo_t *cr, double x, double y, double w, double h, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + w - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + w - radius, y + h - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + h - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

void
gs_style_snapshot_dashed_frame (GtkSnapshot *snapshot,
                                const graphene_rect_t *rect,
                                double radius,
                                const GdkRGBA *color)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, rect);
  const double dashes[] = { 4, 3 };

  gs_style_rounded_path (cr, rect->origin.x + 0.5, rect->origin.y + 0.5, rect->size.width - 1,
                         rect->size.height - 1, radius);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
  cairo_destroy (cr);
}
