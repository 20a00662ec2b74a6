/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The named colours of resources/style.css, for widgets that draw themselves. Main thread. */
typedef enum
{
  GS_COLOR_WINDOW,
  GS_COLOR_SURFACE,
  GS_COLOR_INSET,
  GS_COLOR_LINE,
  GS_COLOR_EDGE,
  GS_COLOR_TEXT,
  GS_COLOR_TEXT2,
  GS_COLOR_DIM,
  GS_COLOR_ACCENT,
  GS_COLOR_ACCENT_TINT,
  GS_COLOR_ACCENT_FILL,
  GS_COLOR_ON_ACCENT,
  GS_COLOR_OK,
  GS_COLOR_OK_TINT,
  GS_COLOR_BAD,
  GS_COLOR_BAD_TINT,
  GS_COLOR_BAD_FILL,
  GS_COLOR_ON_BAD,
  GS_COLOR_WARN,
  GS_COLOR_WARN_TINT,
  GS_COLOR_WARN_FILL,
  GS_COLOR_ON_WARN,
  GS_COLOR_NA,
  GS_COLOR_NA_TINT,
  GS_COLOR_P3,
  GS_COLOR_P3_TINT,
  GS_COLOR_PAGE,
  GS_COLOR_INK,
  GS_COLOR_PAGE_CAPTION,
  GS_COLOR_COUNT,
} GsColor;

/* The colour as the sheets now have it; the widget must have a display. Magenta when the sheets
 * were not loaded, so that it is seen. */
GdkRGBA gs_style_color (GtkWidget *widget, GsColor color);

/* The class that gives a label that colour ("gs-ok"), or NULL for grounds and fills. */
const char *gs_style_color_class (GsColor color);

/* Adds the class when on, removes it when not. */
void gs_style_toggle_class (GtkWidget *widget, const char *css_class, gboolean on);

/* TRUE while the style manager asks for high contrast. */
gboolean gs_style_high_contrast (void);

/* A rounded rectangle on a cairo path. */
void gs_style_rounded_path (cairo_t *cr, double x, double y, double w, double h, double radius);

/* A 1 px dashed rounded frame inside the rectangle, for what is not known now. */
void gs_style_snapshot_dashed_frame (GtkSnapshot *snapshot,
                                     const graphene_rect_t *rect,
                                     double radius,
                                     const GdkRGBA *color);
