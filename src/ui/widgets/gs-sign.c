/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sign.h"

#include <glib/gi18n.h>
#include <math.h>

/* Signs are designed in a square of 20. */
#define UNIT 20.0
#define STROKE 1.8

typedef enum
{
  SHAPE_NONE,
  SHAPE_DISC,
  SHAPE_OCTAGON,
  SHAPE_DIAMOND,
  SHAPE_SQUARE,
  SHAPE_TRIANGLE,
  SHAPE_RING,
  SHAPE_RING_DASHED,
  SHAPE_RING_DOTTED,
} Shape;

typedef enum
{
  MARK_NONE,
  MARK_TICK,
  MARK_CROSS,
  MARK_QUESTION,
  MARK_DASH,
  MARK_SLASH,
  MARK_BAR,
  MARK_BARS,
  MARK_EXCLAMATION,
  MARK_ARROW,
  MARK_ARROW_UP,
  MARK_DOT,
  MARK_SAME,
  MARK_UNSURE,
  MARK_DIFFERENT,
  MARK_LOCK,
  MARK_DIGIT,
} Mark;

typedef struct
{
  Shape shape;
  Mark mark;
  gboolean filled;
  GsColor fill; /* of the shape, when filled */
  GsColor edge; /* of the outline */
  GsColor ink;  /* of the mark */
  GsColor word;
  guint digit;
  const char *text;
} Design;

#define FILLED(shape_, mark_, color_, text_)                                                       \
  {                                                                                                \
    .shape = shape_, .mark = mark_, .filled = TRUE, .fill = color_, .edge = color_,                \
    .ink = GS_COLOR_SURFACE, .word = color_, .text = text_                                         \
  }
#define LINED(shape_, mark_, color_, word_, text_)                                                 \
  {                                                                                                \
    .shape = shape_, .mark = mark_, .edge = color_, .ink = color_, .word = word_, .text = text_    \
  }
#define OUTLINE(shape_, digit_, text_)                                                             \
  {                                                                                                \
    .shape = shape_, .mark = MARK_DIGIT, .edge = GS_COLOR_NA, .ink = GS_COLOR_TEXT2,               \
    .word = GS_COLOR_TEXT2, .digit = digit_, .text = text_                                         \
  }

static const Design designs[GS_SIGN_COUNT] = {
  [GS_SIGN_NONE] = { .word = GS_COLOR_TEXT2, .text = "" },
  [GS_SIGN_SUCCESSFUL] = FILLED (SHAPE_DISC, MARK_TICK, GS_COLOR_OK, N_ ("successful")),
  [GS_SIGN_FAILED] = FILLED (SHAPE_OCTAGON, MARK_CROSS, GS_COLOR_BAD, N_ ("failed")),
  [GS_SIGN_UNDETERMINED] =
    FILLED (SHAPE_DIAMOND, MARK_QUESTION, GS_COLOR_WARN, N_ ("undetermined")),
  [GS_SIGN_NOT_SUPPORTED] =
    LINED (SHAPE_RING, MARK_DASH, GS_COLOR_NA, GS_COLOR_NA, N_ ("not supported")),
  [GS_SIGN_ABORTED] =
    LINED (SHAPE_RING_DASHED, MARK_SLASH, GS_COLOR_NA, GS_COLOR_NA, N_ ("aborted")),
  [GS_SIGN_NOT_DONE] =
    LINED (SHAPE_RING_DOTTED, MARK_NONE, GS_COLOR_EDGE, GS_COLOR_TEXT2, N_ ("not yet done")),
  [GS_SIGN_PRIORITY_1] = { SHAPE_OCTAGON, MARK_DIGIT, TRUE, GS_COLOR_BAD_FILL, GS_COLOR_BAD_FILL,
                           GS_COLOR_ON_BAD, GS_COLOR_BAD, 1, N_ ("Priority 1") },
  [GS_SIGN_PRIORITY_2] = { SHAPE_DIAMOND, MARK_DIGIT, TRUE, GS_COLOR_WARN_FILL, GS_COLOR_WARN,
                           GS_COLOR_ON_WARN, GS_COLOR_WARN, 2, N_ ("Priority 2") },
  [GS_SIGN_PRIORITY_3] = { SHAPE_SQUARE, MARK_DIGIT, TRUE, GS_COLOR_P3_TINT, GS_COLOR_P3,
                           GS_COLOR_P3, GS_COLOR_P3, 3, N_ ("Priority 3") },
  [GS_SIGN_PRIORITY_4] = { SHAPE_RING, MARK_DIGIT, FALSE, GS_COLOR_SURFACE, GS_COLOR_NA,
                           GS_COLOR_NA, GS_COLOR_NA, 4, N_ ("Priority 4") },
  [GS_SIGN_PRIORITY_1_OUTLINE] = OUTLINE (SHAPE_OCTAGON, 1, N_ ("Priority 1")),
  [GS_SIGN_PRIORITY_2_OUTLINE] = OUTLINE (SHAPE_DIAMOND, 2, N_ ("Priority 2")),
  [GS_SIGN_PRIORITY_3_OUTLINE] = OUTLINE (SHAPE_SQUARE, 3, N_ ("Priority 3")),
  [GS_SIGN_PRIORITY_4_OUTLINE] = OUTLINE (SHAPE_RING, 4, N_ ("Priority 4")),
  [GS_SIGN_CLIMBED] =
    LINED (SHAPE_NONE, MARK_ARROW_UP, GS_COLOR_WARN, GS_COLOR_WARN, N_ ("climbed")),
  [GS_SIGN_GATE_FREE] = LINED (SHAPE_RING, MARK_NONE, GS_COLOR_OK, GS_COLOR_TEXT, N_ ("Free")),
  [GS_SIGN_GATE_STEP] =
    LINED (SHAPE_NONE, MARK_ARROW, GS_COLOR_ACCENT, GS_COLOR_TEXT, N_ ("In use")),
  [GS_SIGN_GATE_REFERRED] =
    FILLED (SHAPE_TRIANGLE, MARK_EXCLAMATION, GS_COLOR_WARN, N_ ("Referred")),
  [GS_SIGN_GATE_FAULT] = FILLED (SHAPE_OCTAGON, MARK_BAR, GS_COLOR_BAD, N_ ("Fault")),
  [GS_SIGN_GATE_CLOSED] = LINED (SHAPE_NONE, MARK_BARS, GS_COLOR_NA, GS_COLOR_TEXT2, N_ ("Closed")),
  [GS_SIGN_GATE_HELD] =
    LINED (SHAPE_NONE, MARK_LOCK, GS_COLOR_ACCENT, GS_COLOR_ACCENT, N_ ("Held")),
  [GS_SIGN_ADMITTED] = FILLED (SHAPE_DISC, MARK_TICK, GS_COLOR_OK, N_ ("admitted")),
  [GS_SIGN_SECOND_LINE] =
    LINED (SHAPE_NONE, MARK_ARROW, GS_COLOR_ACCENT, GS_COLOR_TEXT, N_ ("second line")),
  [GS_SIGN_REFUSED] = FILLED (SHAPE_OCTAGON, MARK_BAR, GS_COLOR_BAD, N_ ("refused")),
  [GS_SIGN_WITHDRAWN] =
    LINED (SHAPE_RING_DASHED, MARK_NONE, GS_COLOR_NA, GS_COLOR_NA, N_ ("withdrawn")),
  [GS_SIGN_LIVE] = LINED (SHAPE_RING, MARK_DOT, GS_COLOR_OK, GS_COLOR_OK, N_ ("Live")),
  [GS_SIGN_WARNING] = FILLED (SHAPE_TRIANGLE, MARK_EXCLAMATION, GS_COLOR_WARN, N_ ("warning")),
  [GS_SIGN_NOT_KNOWN] =
    LINED (SHAPE_RING_DASHED, MARK_SLASH, GS_COLOR_NA, GS_COLOR_NA, N_ ("not known")),
  [GS_SIGN_SAME] = LINED (SHAPE_NONE, MARK_SAME, GS_COLOR_TEXT, GS_COLOR_TEXT, N_ ("same person")),
  [GS_SIGN_UNSURE] = LINED (SHAPE_NONE, MARK_UNSURE, GS_COLOR_TEXT, GS_COLOR_TEXT, N_ ("unsure")),
  [GS_SIGN_DIFFERENT] =
    LINED (SHAPE_NONE, MARK_DIFFERENT, GS_COLOR_TEXT, GS_COLOR_TEXT, N_ ("different")),
  [GS_SIGN_TICK] = LINED (SHAPE_NONE, MARK_TICK, GS_COLOR_TEXT2, GS_COLOR_TEXT2, N_ ("good")),
};

static void
polygon (cairo_t *cr, const double points[][2], guint n)
{
  cairo_new_sub_path (cr);
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, points[i][0], points[i][1]);
  cairo_close_path (cr);
}

static void
shape_path (cairo_t *cr, Shape shape)
{
  static const double octagon[][2] = { { 6.5, 1.7 },   { 13.5, 1.7 }, { 18.3, 6.5 }, { 18.3, 13.5 },
                                       { 13.5, 18.3 }, { 6.5, 18.3 }, { 1.7, 13.5 }, { 1.7, 6.5 } };
  static const double diamond[][2] = { { 10, 1.2 }, { 18.8, 10 }, { 10, 18.8 }, { 1.2, 10 } };
  static const double triangle[][2] = { { 10, 2.6 }, { 18.2, 17 }, { 1.8, 17 } };

  switch (shape)
    {
    case SHAPE_OCTAGON:
      polygon (cr, octagon, G_N_ELEMENTS (octagon));
      break;
    case SHAPE_DIAMOND:
      polygon (cr, diamond, G_N_ELEMENTS (diamond));
      break;
    case SHAPE_TRIANGLE:
      polygon (cr, triangle, G_N_ELEMENTS (triangle));
      break;
    case SHAPE_SQUARE:
      gs_style_rounded_path (cr, 1.9, 1.9, 16.2, 16.2, 3);
      break;
    case SHAPE_DISC:
      cairo_arc (cr, 10, 10, 8.4, 0, 2 * G_PI);
      break;
    case SHAPE_RING:
    case SHAPE_RING_DASHED:
    case SHAPE_RING_DOTTED:
      cairo_arc (cr, 10, 10, 7.7, 0, 2 * G_PI);
      break;
    case SHAPE_NONE:
    default:
      break;
    }
}

static void
lines (cairo_t *cr, const double (*points)[4], guint n)
{
  for (guint i = 0; i < n; i++)
    {
      cairo_move_to (cr, points[i][0], points[i][1]);
      cairo_line_to (cr, points[i][2], points[i][3]);
    }
  cairo_stroke (cr);
}

#define LINES(cr, ...)                                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    static const double points_[][4] = { __VA_ARGS__ };                                            \
    lines (cr, points_, G_N_ELEMENTS (points_));                                                   \
  }                                                                                                \
  G_STMT_END

static void
draw_tick (cairo_t *cr, gboolean inside)
{
  double reach = inside ? 1 : 1.55;

  cairo_move_to (cr, 10 - 3.5 * reach, 10 + 0.4 * reach);
  cairo_line_to (cr, 10 - 1.0 * reach, 10 + 2.9 * reach);
  cairo_line_to (cr, 10 + 3.6 * reach, 10 - 2.7 * reach);
  cairo_stroke (cr);
}

static void
draw_wave (cairo_t *cr, double y)
{
  cairo_move_to (cr, 3.5, y + 1.2);
  cairo_curve_to (cr, 6, y - 3, 8.2, y - 1.6, 10, y);
  cairo_curve_to (cr, 11.800, y + 1.600, 14, y + 3, 16.5, y - 1.2);
  cairo_stroke (cr);
}

static void
draw_text (cairo_t *cr, GtkWidget *widget, const char *text, double size)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Inter Bold");
  PangoRectangle ink;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_get_extents (layout, &ink, NULL);
  cairo_move_to (cr, 10 - (ink.x + ink.width / 2.0) / PANGO_SCALE,
                 10 - (ink.y + ink.height / 2.0) / PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_mark (cairo_t *cr, GtkWidget *widget, const Design *design)
{
  char digit[] = { (char) ('0' + design->digit), '\0' };

  switch (design->mark)
    {
    case MARK_TICK:
      draw_tick (cr, design->shape != SHAPE_NONE);
      break;
    case MARK_CROSS:
      LINES (cr, { 7.2, 7.2, 12.8, 12.8 }, { 12.8, 7.2, 7.2, 12.8 });
      break;
    case MARK_QUESTION:
      draw_text (cr, widget, "?", 11.5);
      break;
    case MARK_DASH:
      LINES (cr, { 6.8, 10, 13.2, 10 });
      break;
    case MARK_SLASH:
      LINES (cr, { 7.3, 12.7, 12.7, 7.3 });
      break;
    case MARK_BAR:
      cairo_set_line_width (cr, 2.4);
      LINES (cr, { 6.2, 10, 13.8, 10 });
      break;
    case MARK_BARS:
      cairo_set_line_width (cr, 2);
      LINES (cr, { 7, 4.5, 7, 15.5 }, { 13, 4.5, 13, 15.5 });
      break;
    case MARK_EXCLAMATION:
      LINES (cr, { 10, 8, 10, 11.4 });
      cairo_arc (cr, 10, 14.3, 1.1, 0, 2 * G_PI);
      cairo_fill (cr);
      break;
    case MARK_ARROW:
      LINES (cr, { 3.5, 10, 16, 10 }, { 11.3, 5.2, 16.2, 10 }, { 11.3, 14.8, 16.2, 10 });
      break;
    case MARK_ARROW_UP:
      LINES (cr, { 10, 16.3, 10, 4 }, { 5.2, 8.6, 10, 3.8 }, { 14.8, 8.6, 10, 3.8 });
      break;
    case MARK_DOT:
      cairo_arc (cr, 10, 10, 3.9, 0, 2 * G_PI);
      cairo_fill (cr);
      break;
    case MARK_SAME:
      LINES (cr, { 4, 7.4, 16, 7.4 }, { 4, 12.6, 16, 12.6 });
      break;
    case MARK_UNSURE:
      draw_wave (cr, 7.2);
      draw_wave (cr, 12.8);
      break;
    case MARK_DIFFERENT:
      LINES (cr, { 4, 7.4, 16, 7.4 }, { 4, 12.6, 16, 12.6 }, { 12.6, 3.8, 7.4, 16.2 });
      break;
    case MARK_LOCK:
      gs_style_rounded_path (cr, 4.2, 9, 11.6, 8, 1.4);
      cairo_stroke (cr);
      cairo_move_to (cr, 6.6, 9);
      cairo_line_to (cr, 6.6, 6.4);
      cairo_arc (cr, 10, 6.4, 3.4, G_PI, 0);
      cairo_line_to (cr, 13.4, 9);
      cairo_stroke (cr);
      break;
    case MARK_DIGIT:
      draw_text (cr, widget, digit, design->shape == SHAPE_DIAMOND ? 9.6 : 10.4);
      break;
    case MARK_NONE:
    default:
      break;
    }
}

/* A plate is larger than a sign in a row: its edge keeps the same weight on the screen. */
static double
edge_width (const Design *design, double size)
{
  if (design->mark == MARK_DIGIT)
    return 1.6 * UNIT / MAX (size, UNIT);
  return STROKE;
}

static void
draw_sign (cairo_t *cr, GtkWidget *widget, const Design *design, double size)
{
  static const double dash[] = { 3.6, 2.45 };
  static const double dot[] = { 0.01, 3.02 };
  GdkRGBA color;

  cairo_scale (cr, size / UNIT, size / UNIT);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (design->shape != SHAPE_NONE)
    {
      shape_path (cr, design->shape);
      if (design->filled)
        {
          color = gs_style_color (widget, design->fill);
          gdk_cairo_set_source_rgba (cr, &color);
          cairo_fill_preserve (cr);
        }
      color = gs_style_color (widget, design->edge);
      gdk_cairo_set_source_rgba (cr, &color);
      cairo_set_line_width (
        cr, design->filled && design->mark != MARK_DIGIT ? 1 : edge_width (design, size));
      if (design->shape == SHAPE_RING_DASHED)
        {
          cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
          cairo_set_dash (cr, dash, G_N_ELEMENTS (dash), 1.2);
        }
      else if (design->shape == SHAPE_RING_DOTTED)
        cairo_set_dash (cr, dot, G_N_ELEMENTS (dot), 0);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
    }
  color = gs_style_color (widget, design->ink);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, design->shape == SHAPE_NONE ? STROKE : 2);
  draw_mark (cr, widget, design);
}

static guint
pack (const GdkRGBA *c)
{
  return ((guint) (c->red * 255) << 16) | ((guint) (c->green * 255) << 8) | (guint) (c->blue * 255);
}

static GHashTable *
sign_cache (GtkWidget *widget)
{
  GdkDisplay *display = gtk_widget_get_display (widget);
  GHashTable *cache = g_object_get_data (G_OBJECT (display), "gs-sign-cache");

  if (cache == NULL)
    {
      cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                     (GDestroyNotify) gsk_render_node_unref);
      g_object_set_data_full (G_OBJECT (display), "gs-sign-cache", cache,
                              (GDestroyNotify) g_hash_table_unref);
    }
  return cache;
}

GsSign
gs_sign_for_priority (guint priority, gboolean outline)
{
  if (priority < 1 || priority > 4)
    return GS_SIGN_NONE;
  return (outline ? GS_SIGN_PRIORITY_1_OUTLINE : GS_SIGN_PRIORITY_1) + (priority - 1);
}

GsColor
gs_sign_get_color (GsSign sign)
{
  g_return_val_if_fail (sign < GS_SIGN_COUNT, GS_COLOR_TEXT2);
  return designs[sign].word;
}

const char *
gs_sign_get_word (GsSign sign)
{
  g_return_val_if_fail (sign < GS_SIGN_COUNT, "");
  return designs[sign].text[0] == '\0' ? "" : _ (designs[sign].text);
}

void
gs_sign_snapshot (
  GsSign sign, GtkSnapshot *snapshot, GtkWidget *widget, double x, double y, double size)
{
  g_autofree char *key = NULL;
  const Design *design;
  GskRenderNode *node;
  GdkRGBA fill;
  GdkRGBA edge;
  GdkRGBA ink;

  g_return_if_fail (sign < GS_SIGN_COUNT);
  if (sign == GS_SIGN_NONE || size < 1)
    return;
  design = &designs[sign];
  fill = gs_style_color (widget, design->fill);
  edge = gs_style_color (widget, design->edge);
  ink = gs_style_color (widget, design->ink);
  key = g_strdup_printf ("%d %d %x %x %x", sign, (int) (size * 4), pack (&fill), pack (&edge),
                         pack (&ink));
  node = g_hash_table_lookup (sign_cache (widget), key);
  if (node == NULL)
    {
      cairo_t *cr;

      node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (-1, -1, (float) size + 2, (float) size + 2));
      cr = gsk_cairo_node_get_draw_context (node);
      draw_sign (cr, widget, design, size);
      cairo_destroy (cr);
      g_hash_table_insert (sign_cache (widget), g_steal_pointer (&key), node);
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) round (x), (float) round (y)));
  gtk_snapshot_append_node (snapshot, node);
  gtk_snapshot_restore (snapshot);
}
