/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-picture.h"

#include "gs-face-cut.h"
#include "gs-icon.h"
#include "gs-style.h"
#include "gs-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define RADIUS 8.0f
#define LEAST_WIDTH 120
#define USUAL_WIDTH 238

#define MOST_IN_ROW 4

struct _GsFacePicture
{
  GtkWidget parent_instance;

  GdkPaintable *paintable;
  gboolean live;
  gboolean frozen;
  gboolean guides;
  gboolean drawn;
  GsFaceCover cover;
  char *cover_words;
  char *band;
  GsFaceEyes eyes;
  GsFacePicture *row[MOST_IN_ROW]; /* weak; this one among them */
};

G_DEFINE_FINAL_TYPE (GsFacePicture, gs_face_picture, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
gs_face_picture_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
gs_face_picture_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = USUAL_WIDTH;
      return;
    }
  /* GTK wants a least height that does not grow with the width without end, so it is held at the
   * usual one; a picture that gets less height than its form wants is narrower. */
  *minimum = USUAL_WIDTH * 5 / 4;
  *natural = (for_size > 0 ? for_size : USUAL_WIDTH) * 5 / 4;
  if (for_size > 0)
    *minimum = MIN (*minimum, *natural);
}

static GsFaceCutPicture
describe (GsFacePicture *self)
{
  GsFaceCutPicture picture = { .eyes = self->eyes };

  if (self->paintable != NULL && self->cover == GS_FACE_COVER_NONE)
    {
      picture.width = gdk_paintable_get_intrinsic_width (self->paintable);
      picture.height = gdk_paintable_get_intrinsic_height (self->paintable);
    }
  return picture;
}

/* Each picture of a row is as large as this one. */
static GsFaceCut
cut_in_row (GsFacePicture *self, double w, double h)
{
  GsFaceCutPicture pictures[MOST_IN_ROW + 1] = { describe (self) };
  GsFaceCut cuts[MOST_IN_ROW + 1];
  guint n = 1;

  for (guint i = 0; i < MOST_IN_ROW; i++)
    if (self->row[i] != NULL && self->row[i] != self)
      pictures[n++] = describe (self->row[i]);
  gs_face_cut (pictures, n, w, h, cuts);
  return cuts[0];
}

static void
draw_image (GsFacePicture *self, GtkSnapshot *snapshot, double w, double h)
{
  GsFaceCutPicture own = describe (self);
  GsFaceCut cut;

  if (own.width <= 0)
    {
      gdk_paintable_snapshot (self->paintable, snapshot, w, h);
      return;
    }
  cut = cut_in_row (self, w, h);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) cut.x, (float) cut.y));
  gdk_paintable_snapshot (self->paintable, snapshot, own.width * cut.scale, own.height * cut.scale);
  gtk_snapshot_restore (snapshot);
}

/* A dark pill is the same in both themes: it lies on a picture, not on a ground. */
static void
draw_pill (GsFacePicture *self,
           GtkSnapshot *snapshot,
           const char *text,
           gboolean dot,
           double x,
           double y,
           gboolean from_right)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const GdkRGBA ground = { 0.07f, 0.08f, 0.09f, 0.92f };
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA green = { 0.388f, 0.82f, 0.686f, 1 };
  double h = gs_text_line_height (widget, GS_TEXT_CAPTION) + 4;
  double dot_size = dot ? 8 * gs_text_scale (widget) : 0;
  g_autoptr (PangoLayout) layout =
    gs_text_layout (widget, GS_TEXT_CAPTION, PANGO_WEIGHT_SEMIBOLD, GS_TEXT_PLAIN, text);
  double w = 10 + dot_size + (dot ? 6 : 0) + gs_text_layout_width (layout) + 10;
  GskRoundedRect outline;

  if (from_right)
    x -= w;
  gsk_rounded_rect_init_from_rect (
    &outline, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) w, (float) h), (float) h / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &ground, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  if (dot)
    {
      GskRoundedRect round_dot;

      gsk_rounded_rect_init_from_rect (&round_dot,
                                       &GRAPHENE_RECT_INIT ((float) x + 10,
                                                            (float) (y + (h - dot_size) / 2),
                                                            (float) dot_size, (float) dot_size),
                                       (float) dot_size / 2);
      gtk_snapshot_push_rounded_clip (snapshot, &round_dot);
      gtk_snapshot_append_color (snapshot, &green, &round_dot.bounds);
      gtk_snapshot_pop (snapshot);
    }
  gs_text_draw (snapshot, layout, x + 10 + dot_size + (dot ? 6 : 0),
                gs_text_baseline (widget, GS_TEXT_CAPTION, y, h), &white);
}

static void
draw_guides (GtkSnapshot *snapshot, double w, double h)
{
  static const double corners[][2] = { { 0, 0 }, { 1, 0 }, { 0, 1 }, { 1, 1 } };
  double left = w * 0.225;
  double top = h * 0.145;
  double width = w * 0.55;
  double height = h * 0.6;
  double arm = w * 0.09;
  cairo_t *cr =
    gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) w, (float) h));

  cairo_set_source_rgba (cr, 1, 1, 1, 0.95);
  cairo_set_line_width (cr, 3);
  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    {
      double x = left + corners[i][0] * width;
      double y = top + corners[i][1] * height;

      cairo_move_to (cr, x + (corners[i][0] > 0 ? -arm : arm), y);
      cairo_line_to (cr, x, y);
      cairo_line_to (cr, x, y + (corners[i][1] > 0 ? -arm : arm));
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_band (GsFacePicture *self, GtkSnapshot *snapshot, double w, double h)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA ground = gs_style_color (widget, GS_COLOR_BAD_FILL);
  GdkRGBA ink = gs_style_color (widget, GS_COLOR_ON_BAD);
  double band_h = gs_text_line_height (widget, GS_TEXT_SECOND) + 12;
  g_autoptr (PangoLayout) layout =
    gs_text_layout (widget, GS_TEXT_SECOND, PANGO_WEIGHT_SEMIBOLD, GS_TEXT_PLAIN, self->band);

  gtk_snapshot_append_color (
    snapshot, &ground, &GRAPHENE_RECT_INIT (0, (float) (h - band_h), (float) w, (float) band_h));
  gs_text_draw (snapshot, layout, MAX (8, (w - gs_text_layout_width (layout)) / 2),
                gs_text_baseline (widget, GS_TEXT_SECOND, h - band_h, band_h), &ink);
}

static void
draw_cover (GsFacePicture *self, GtkSnapshot *snapshot, double w, double h)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA ground = gs_style_color (widget, GS_COLOR_INSET);
  GdkRGBA ink = gs_style_color (widget, GS_COLOR_TEXT2);
  double icon = 32 * gs_text_scale (widget);

  gtk_snapshot_append_color (snapshot, &ground, &GRAPHENE_RECT_INIT (0, 0, (float) w, (float) h));
  gs_icon_snapshot (snapshot, widget,
                    self->cover == GS_FACE_COVER_ABSENT ? "gs-camera-symbolic"
                                                        : "gs-eye-off-symbolic",
                    (w - icon) / 2, h * 0.42 - icon / 2, icon, &ink);
  if (self->cover_words != NULL)
    {
      g_autoptr (PangoLayout) layout = gs_text_layout (widget, GS_TEXT_SECOND, PANGO_WEIGHT_NORMAL,
                                                       GS_TEXT_PLAIN, self->cover_words);

      pango_layout_set_single_paragraph_mode (layout, FALSE);
      pango_layout_set_width (layout, (int) (MAX (w - 24, 1) * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
      gs_text_draw (snapshot, layout, 12,
                    h * 0.42 + icon / 2 + gs_text_line_height (widget, GS_TEXT_SECOND) + 4, &ink);
    }
}

static void
gs_face_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GsFacePicture *self = GS_FACE_PICTURE (widget);
  float all_w = (float) gtk_widget_get_width (widget);
  float h = MIN ((float) gtk_widget_get_height (widget), floorf (all_w * 5 / 4));
  float w = MIN (all_w, floorf (h * 4 / 5));
  GdkRGBA ground = gs_style_color (widget, GS_COLOR_NA_TINT);
  GdkRGBA edge = gs_style_color (
    widget, self->frozen || self->cover != GS_FACE_COVER_NONE ? GS_COLOR_EDGE : GS_COLOR_LINE);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, w, h), RADIUS);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (floorf ((all_w - w) / 2), 0));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &ground, &outline.bounds);
  if (self->cover != GS_FACE_COVER_NONE || self->paintable == NULL)
    draw_cover (self, snapshot, w, h);
  else
    {
      draw_image (self, snapshot, w, h);
      if (self->guides)
        draw_guides (snapshot, w, h);
      if (self->live)
        draw_pill (self, snapshot, _ ("Live"), TRUE, 9, 9, FALSE);
      else if (self->frozen)
        draw_pill (self, snapshot, C_ ("picture", "frozen"), FALSE, 9, 9, FALSE);
      if (self->drawn)
        draw_pill (self, snapshot, C_ ("picture", "drawn"), FALSE, w - 9, 9, TRUE);
      if (self->band != NULL)
        draw_band (self, snapshot, w, h);
    }
  gtk_snapshot_pop (snapshot);
  if (self->frozen || self->cover != GS_FACE_COVER_NONE)
    gs_style_snapshot_dashed_frame (snapshot, &outline.bounds, RADIUS, &edge);
  else
    gtk_snapshot_append_border (snapshot, &outline, (const float[4]){ 1, 1, 1, 1 },
                                (const GdkRGBA[4]){ edge, edge, edge, edge });
  gtk_snapshot_restore (snapshot);
}

static void
gs_face_picture_dispose (GObject *object)
{
  GsFacePicture *self = GS_FACE_PICTURE (object);

  gs_face_picture_set_paintable (self, NULL);
  for (guint i = 0; i < MOST_IN_ROW; i++)
    g_clear_weak_pointer (&self->row[i]);
  g_clear_pointer (&self->cover_words, g_free);
  g_clear_pointer (&self->band, g_free);
  G_OBJECT_CLASS (gs_face_picture_parent_class)->dispose (object);
}

static void
gs_face_picture_class_init (GsFacePictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_face_picture_dispose;
  widget_class->get_request_mode = gs_face_picture_get_request_mode;
  widget_class->measure = gs_face_picture_measure;
  widget_class->snapshot = gs_face_picture_snapshot;
  gtk_widget_class_set_css_name (widget_class, "gs-face");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gs_face_picture_init (GsFacePicture *self)
{
  self->cover = GS_FACE_COVER_NONE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
gs_face_picture_new (void)
{
  return g_object_new (GS_TYPE_FACE_PICTURE, NULL);
}

/* The others of the row are cut anew with it. */
static void
draw_row (GsFacePicture *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  for (guint i = 0; i < MOST_IN_ROW; i++)
    if (self->row[i] != NULL)
      gtk_widget_queue_draw (GTK_WIDGET (self->row[i]));
}

void
gs_face_picture_set_paintable (GsFacePicture *self, GdkPaintable *paintable)
{
  GsFaceCutPicture before, now;

  g_return_if_fail (GS_IS_FACE_PICTURE (self));
  if (self->paintable == paintable)
    return;
  before = describe (self);
  if (self->paintable != NULL)
    g_signal_handlers_disconnect_by_data (self->paintable, self);
  g_set_object (&self->paintable, paintable);
  if (paintable != NULL)
    g_signal_connect_swapped (paintable, "invalidate-contents", G_CALLBACK (gtk_widget_queue_draw),
                              self);
  now = describe (self);
  if (before.width != now.width || before.height != now.height)
    draw_row (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GdkPaintable *
gs_face_picture_get_paintable (GsFacePicture *self)
{
  g_return_val_if_fail (GS_IS_FACE_PICTURE (self), NULL);
  return self->paintable;
}

static void
set_flag (GsFacePicture *self, gboolean *flag, gboolean on)
{
  on = !!on;
  if (*flag == on)
    return;
  *flag = on;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
gs_face_picture_set_live (GsFacePicture *self, gboolean live)
{
  g_return_if_fail (GS_IS_FACE_PICTURE (self));
  set_flag (self, &self->live, live);
}

void
gs_face_picture_set_frozen (GsFacePicture *self, gboolean frozen)
{
  g_return_if_fail (GS_IS_FACE_PICTURE (self));
  set_flag (self, &self->frozen, frozen);
}

void
gs_face_picture_set_guides (GsFacePicture *self, gboolean guides)
{
  g_return_if_fail (GS_IS_FACE_PICTURE (self));
  set_flag (self, &self->guides, guides);
}

void
gs_face_picture_set_drawn (GsFacePicture *self, gboolean drawn)
{
  g_return_if_fail (GS_IS_FACE_PICTURE (self));
  set_flag (self, &self->drawn, drawn);
}

void
gs_face_picture_set_eyes (GsFacePicture *self, const GsFaceEyes *eyes)
{
  g_return_if_fail (GS_IS_FACE_PICTURE (self));
  if (self->eyes.x == eyes->x && self->eyes.y == eyes->y && self->eyes.apart == eyes->apart)
    return;
  self->eyes = *eyes;
  draw_row (self);
}

GsFaceEyes
gs_face_picture_get_eyes (GsFacePicture *self)
{
  g_return_val_if_fail (GS_IS_FACE_PICTURE (self), ((GsFaceEyes){ 0 }));
  return self->eyes;
}

void
gs_face_picture_join (GsFacePicture *const *pictures, gsize n)
{
  g_return_if_fail (n <= MOST_IN_ROW);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      g_set_weak_pointer (&pictures[i]->row[j], pictures[j]);
}

void
gs_face_picture_set_band (GsFacePicture *self, const char *band)
{
  g_return_if_fail (GS_IS_FACE_PICTURE (self));
  if (g_strcmp0 (self->band, band) == 0)
    return;
  g_free (self->band);
  self->band = g_strdup (band);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
gs_face_picture_set_cover (GsFacePicture *self, GsFaceCover cover, const char *words)
{
  g_autofree char *old = NULL;

  g_return_if_fail (GS_IS_FACE_PICTURE (self));
  g_return_if_fail (cover >= GS_FACE_COVER_NONE && cover <= GS_FACE_COVER_ABSENT);
  old = g_steal_pointer (&self->cover_words);
  if (self->cover != cover)
    draw_row (self);
  self->cover = cover;
  self->cover_words = g_strdup (words);
  /* Drawn words are told too. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words != NULL ? words : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
