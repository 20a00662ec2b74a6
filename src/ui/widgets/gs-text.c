/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-text.h"

#include <math.h>
#include <pango/pangocairo.h>

/* Half of Inter's capital height, in parts of the font size. */
#define HALF_CAPITAL 0.364

static const struct
{
  double pt;
  double line_px;
} sizes[] = {
  [GS_TEXT_CAPTION] = { 9.75, 18 }, [GS_TEXT_SECOND] = { 10.5, 20 },
  [GS_TEXT_BODY] = { 11.25, 22 },   [GS_TEXT_HEADING] = { 12.75, 24 },
  [GS_TEXT_TITLE] = { 15, 26 },     [GS_TEXT_KEY] = { 18, 30 },
  [GS_TEXT_NAME] = { 21, 34 },      [GS_TEXT_COUNTDOWN] = { 39, 56 },
};

double
gs_text_scale (GtkWidget *widget)
{
  double resolution = pango_cairo_context_get_resolution (gtk_widget_get_pango_context (widget));

  return resolution > 0 ? resolution / 96 : 1;
}

double
gs_text_line_height (GtkWidget *widget, GsTextSize size)
{
  return ceil (sizes[size].line_px * gs_text_scale (widget));
}

double
gs_text_font_size (GtkWidget *widget, GsTextSize size)
{
  return sizes[size].pt * gs_text_scale (widget) * 96 / 72;
}

PangoLayout *
gs_text_layout (
  GtkWidget *widget, GsTextSize size, PangoWeight weight, GsTextFlags flags, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text != NULL ? text : "");
  g_autoptr (PangoFontDescription) font =
    pango_font_description_from_string ("Inter, Noto Sans CJK JP");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_font_description_set_size (font, (int) (sizes[size].pt * PANGO_SCALE));
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes,
                          pango_attr_font_features_new ((flags & GS_TEXT_CODE) != 0
                                                          ? "\"tnum\" 1, \"zero\" 1, \"ss02\" 1"
                                                          : "\"tnum\" 1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

double
gs_text_layout_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

double
gs_text_width (GtkWidget *widget, GsTextSize size, PangoWeight weight, const char *text)
{
  g_autoptr (PangoLayout) layout = gs_text_layout (widget, size, weight, GS_TEXT_PLAIN, text);

  return gs_text_layout_width (layout);
}

double
gs_text_baseline (GtkWidget *widget, GsTextSize size, double y, double height)
{
  return round (y + height / 2 + HALF_CAPITAL * gs_text_font_size (widget, size));
}

void
gs_text_draw (
  GtkSnapshot *snapshot, PangoLayout *layout, double x, double baseline, const GdkRGBA *color)
{
  double top = (double) pango_layout_get_baseline (layout) / PANGO_SCALE;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) round (x), (float) round (baseline - top)));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}
