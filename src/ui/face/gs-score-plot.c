/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-score-plot.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gs-face-text.h"
#include "gs-style.h"
#include "gs-text.h"

#define N_MARKS 2
#define LEAST_WIDTH 320
#define BAND_HEIGHT 32
#define ARROW 6

struct _GsScorePlot
{
  GtkWidget parent_instance;

  double review;
  double match;
  struct
  {
    double score;
    char *words;
  } marks[N_MARKS];
};

G_DEFINE_FINAL_TYPE (GsScorePlot, gs_score_plot, GTK_TYPE_WIDGET)

/* The scale goes from 0 to 1, or as far as a vendor's own scale asks. */
static double
scale_top (GsScorePlot *self)
{
  double top = 1;

  if (self->match > 1)
    top = self->match * 1.6;
  for (guint i = 0; i < N_MARKS; i++)
    if (self->marks[i].words != NULL && self->marks[i].score > top)
      top = self->marks[i].score;
  return top;
}

static double
place_of (GsScorePlot *self, double score, double width)
{
  return width * CLAMP (score / scale_top (self), 0, 1);
}

static double
line_height (GsScorePlot *self)
{
  return gs_text_line_height (GTK_WIDGET (self), GS_TEXT_SECOND);
}

static GtkSizeRequestMode
gs_score_plot_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
gs_score_plot_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  GsScorePlot *self = GS_SCORE_PLOT (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = LEAST_WIDTH;
  else
    *minimum = *natural =
      (int) ceil (2 * line_height (self) + 8 + BAND_HEIGHT * gs_text_scale (widget) + 4);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void
draw_text_at (GsScorePlot *self,
              GtkSnapshot *snapshot,
              const char *text,
              PangoWeight weight,
              GsColor color,
              double center,
              double top,
              double height,
              double left,
              double right)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (PangoLayout) layout =
    gs_text_layout (widget, GS_TEXT_SECOND, weight, GS_TEXT_PLAIN, text);
  double w = gs_text_layout_width (layout);
  GdkRGBA ink = gs_style_color (widget, color);
  double x = CLAMP (center - w / 2, left, MAX (left, right - w));

  gs_text_draw (snapshot, layout, x, gs_text_baseline (widget, GS_TEXT_SECOND, top, height), &ink);
}

static void
draw_band (GsScorePlot *self,
           GtkSnapshot *snapshot,
           double from,
           double to,
           double top,
           GsColor ground,
           GsColor ink,
           const char *words)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double height = BAND_HEIGHT * gs_text_scale (widget);
  GdkRGBA fill = gs_style_color (widget, ground);
  GdkRGBA edge = gs_style_color (widget, GS_COLOR_LINE);
  graphene_rect_t rect =
    GRAPHENE_RECT_INIT ((float) from, (float) top, (float) (to - from), (float) height);
  GskRoundedRect outline;

  gtk_snapshot_append_color (snapshot, &fill, &rect);
  gsk_rounded_rect_init_from_rect (&outline, &rect, 0);
  gtk_snapshot_append_border (snapshot, &outline, (const float[4]){ 1, 1, 1, 1 },
                              (const GdkRGBA[4]){ edge, edge, edge, edge });
  if (gs_text_width (widget, GS_TEXT_SECOND, PANGO_WEIGHT_SEMIBOLD, words) < to - from - 4)
    draw_text_at (self, snapshot, words, PANGO_WEIGHT_SEMIBOLD, ink, (from + to) / 2, top, height,
                  from, to);
}

static void
draw_tick (GsScorePlot *self, GtkSnapshot *snapshot, double x, double top, double width)
{
  GdkRGBA edge = gs_style_color (GTK_WIDGET (self), GS_COLOR_EDGE);
  double height = BAND_HEIGHT * gs_text_scale (GTK_WIDGET (self)) + 8;

  gtk_snapshot_append_color (snapshot, &edge,
                             &GRAPHENE_RECT_INIT ((float) CLAMP (round (x - 0.5), 0, width - 1),
                                                  (float) (top - 4), 1, (float) height));
}

static void
draw_mark (GsScorePlot *self, GtkSnapshot *snapshot, double x, double top, double width)
{
  double height = BAND_HEIGHT * gs_text_scale (GTK_WIDGET (self));
  GdkRGBA ink = gs_style_color (GTK_WIDGET (self), GS_COLOR_TEXT);
  cairo_t *cr;

  x = CLAMP (x, ARROW, width - ARROW);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT ((float) (x - ARROW - 1), (float) (top - 10),
                                                       2 * ARROW + 2, (float) (height + 12)));
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_move_to (cr, x - ARROW, top - 9);
  cairo_line_to (cr, x + ARROW, top - 9);
  cairo_line_to (cr, x, top);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_rectangle (cr, x - 1, top - 4, 2, height + 4);
  cairo_fill (cr);
  cairo_destroy (cr);
}

/* Each above its mark; two that would lie over each other stand beside each other instead, the
 * lower score left. */
static void
draw_mark_words (GsScorePlot *self, GtkSnapshot *snapshot, double width)
{
  double height = line_height (self);
  double gap = 12 * gs_text_scale (GTK_WIDGET (self));
  double x[N_MARKS] = { 0 }, w[N_MARKS] = { 0 };
  guint left = self->marks[1].score < self->marks[0].score ? 1 : 0;
  guint right = 1 - left;

  for (guint i = 0; i < N_MARKS; i++)
    if (self->marks[i].words != NULL)
      {
        w[i] = gs_text_width (GTK_WIDGET (self), GS_TEXT_SECOND, PANGO_WEIGHT_SEMIBOLD,
                              self->marks[i].words);
        x[i] =
          CLAMP (place_of (self, self->marks[i].score, width) - w[i] / 2, 0, MAX (0, width - w[i]));
      }
  if (w[0] > 0 && w[1] > 0 && x[left] + w[left] + gap > x[right])
    {
      double all = w[0] + gap + w[1];
      double middle = (x[left] + w[left] + x[right]) / 2;

      x[left] = CLAMP (middle - all / 2, 0, MAX (0, width - all));
      x[right] = x[left] + w[left] + gap;
    }
  for (guint i = 0; i < N_MARKS; i++)
    if (self->marks[i].words != NULL)
      draw_text_at (self, snapshot, self->marks[i].words, PANGO_WEIGHT_SEMIBOLD, GS_COLOR_TEXT,
                    x[i] + w[i] / 2, 0, height, 0, width);
}

static void
gs_score_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GsScorePlot *self = GS_SCORE_PLOT (widget);
  double width = gtk_widget_get_width (widget);
  double scale = gs_text_scale (widget);
  double top = line_height (self) + 12;
  double below = top + BAND_HEIGHT * scale + 4;
  double line = line_height (self);
  double review = place_of (self, self->review, width);
  double match = place_of (self, self->match, width);
  g_autofree char *review_text = gs_face_text_score (self->review);
  g_autofree char *match_score = gs_face_text_score (self->match);
  g_autofree char *top_text =
    scale_top (self) == 1 ? g_strdup ("1") : gs_face_text_score (scale_top (self));
  /* Translators: the score from which on it is a match. */
  g_autofree char *match_text = g_strdup_printf (_ ("%s threshold"), match_score);

  if (isnan (self->review) || isnan (self->match))
    return;
  draw_band (self, snapshot, 0, review, top, GS_COLOR_BAD_TINT, GS_COLOR_BAD,
             C_ ("band", "no match"));
  draw_band (self, snapshot, review, match, top, GS_COLOR_WARN_TINT, GS_COLOR_WARN,
             C_ ("band", "review"));
  draw_band (self, snapshot, match, width, top, GS_COLOR_OK_TINT, GS_COLOR_OK,
             C_ ("band", "match"));
  draw_tick (self, snapshot, 0, top, width);
  draw_tick (self, snapshot, review, top, width);
  draw_tick (self, snapshot, match, top, width);
  draw_tick (self, snapshot, width, top, width);
  draw_text_at (self, snapshot, "0", PANGO_WEIGHT_NORMAL, GS_COLOR_TEXT2, 0, below, line, 0, width);
  draw_text_at (self, snapshot, review_text, PANGO_WEIGHT_NORMAL, GS_COLOR_TEXT2, review, below,
                line, 0, match);
  draw_text_at (self, snapshot, match_text, PANGO_WEIGHT_NORMAL, GS_COLOR_TEXT2, match, below, line,
                review + 30 * scale, width);
  draw_text_at (self, snapshot, top_text, PANGO_WEIGHT_NORMAL, GS_COLOR_TEXT2, width, below, line,
                0, width);
  for (guint i = 0; i < N_MARKS; i++)
    if (self->marks[i].words != NULL)
      draw_mark (self, snapshot, place_of (self, self->marks[i].score, width), top, width);
  draw_mark_words (self, snapshot, width);
}

/* --- values ----------------------------------------------------------------------------------- */

static void
tell (GsScorePlot *self)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *match = gs_face_text_score (self->match);

  for (guint i = 0; i < N_MARKS; i++)
    if (self->marks[i].words != NULL)
      g_string_append_printf (words, "%s; ", self->marks[i].words);
  g_string_append_printf (words, _ ("%s threshold"), match);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
gs_score_plot_set_thresholds (GsScorePlot *self, double review, double match)
{
  g_return_if_fail (GS_IS_SCORE_PLOT (self));
  self->review = review;
  self->match = match;
  gtk_widget_set_visible (GTK_WIDGET (self), !isnan (review) && !isnan (match));
  tell (self);
}

void
gs_score_plot_set_mark (GsScorePlot *self, guint place, double score, const char *words)
{
  g_return_if_fail (GS_IS_SCORE_PLOT (self));
  g_return_if_fail (place < N_MARKS);
  g_free (self->marks[place].words);
  self->marks[place].words = isnan (score) ? NULL : g_strdup (words);
  self->marks[place].score = score;
  tell (self);
}

static void
gs_score_plot_finalize (GObject *object)
{
  for (guint i = 0; i < N_MARKS; i++)
    g_free (GS_SCORE_PLOT (object)->marks[i].words);
  G_OBJECT_CLASS (gs_score_plot_parent_class)->finalize (object);
}

static void
gs_score_plot_class_init (GsScorePlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gs_score_plot_finalize;
  widget_class->get_request_mode = gs_score_plot_get_request_mode;
  widget_class->measure = gs_score_plot_measure;
  widget_class->snapshot = gs_score_plot_snapshot;
  gtk_widget_class_set_css_name (widget_class, "gs-score-plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gs_score_plot_init (GsScorePlot *self)
{
  gs_score_plot_set_thresholds (self, NAN, NAN);
}

GtkWidget *
gs_score_plot_new (void)
{
  return g_object_new (GS_TYPE_SCORE_PLOT, NULL);
}
