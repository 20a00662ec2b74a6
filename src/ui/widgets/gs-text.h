/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Text of widgets that draw themselves: the sizes of the type scale, tabular figures always.
 * Lengths are in pixels at the widget's text scale. Main thread. */
typedef enum
{
  GS_TEXT_CAPTION,   /* 9.75 pt, 13/18 px */
  GS_TEXT_SECOND,    /* 10.5 pt, 14/20 px */
  GS_TEXT_BODY,      /* 11.25 pt, 15/22 px */
  GS_TEXT_HEADING,   /* 12.75 pt, 17/24 px */
  GS_TEXT_TITLE,     /* 15 pt, 20/26 px */
  GS_TEXT_KEY,       /* 18 pt, 24/30 px */
  GS_TEXT_NAME,      /* 21 pt, 28/34 px */
  GS_TEXT_COUNTDOWN, /* 39 pt, 52/56 px */
} GsTextSize;

typedef enum
{
  GS_TEXT_PLAIN = 0,
  GS_TEXT_CODE = 1 << 0, /* 0 and O, 1, I and l are told apart */
} GsTextFlags;

/* 1.0 at 96 dpi, 2.0 when the desktop's text scale is 200 %. */
double gs_text_scale (GtkWidget *widget);

/* Line height and font size of that step. */
double gs_text_line_height (GtkWidget *widget, GsTextSize size);
double gs_text_font_size (GtkWidget *widget, GsTextSize size);

/* A layout for the widget. Transfer full. */
PangoLayout *gs_text_layout (
  GtkWidget *widget, GsTextSize size, PangoWeight weight, GsTextFlags flags, const char *text);

/* Width of a layout or of a text. */
double gs_text_layout_width (PangoLayout *layout);
double gs_text_width (GtkWidget *widget, GsTextSize size, PangoWeight weight, const char *text);

/* Baseline that puts capitals and figures in the middle of a row. The baseline is the same for
 * Latin and CJK, so a 森 does not lift its line. */
double gs_text_baseline (GtkWidget *widget, GsTextSize size, double y, double height);

/* Draws the layout with its first line on the baseline. */
void gs_text_draw (
  GtkSnapshot *snapshot, PangoLayout *layout, double x, double baseline, const GdkRGBA *color);
