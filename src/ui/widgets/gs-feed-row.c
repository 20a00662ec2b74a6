/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-feed-row.h"

#include "gs-icon.h"
#include "gs-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define ROW_HEIGHT 32
#define PADDING 16.0

enum
{
  COLUMN_TIME,
  COLUMN_GATE,
  COLUMN_TEXT,
  COLUMN_PEOPLE,
  COLUMN_TAIL,
  N_COLUMNS,
};

struct _GsFeedRow
{
  GtkWidget parent_instance;

  char *texts[N_COLUMNS];
  PangoLayout *layouts[N_COLUMNS]; /* made when first drawn */
  GsSign sign;
  char *icon_name;
};

G_DEFINE_FINAL_TYPE (GsFeedRow, gs_feed_row, GTK_TYPE_WIDGET)

static void
forget_layouts (GsFeedRow *self)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_object (&self->layouts[i]);
}

static PangoLayout *
column (GsFeedRow *self, guint index)
{
  static const PangoWeight weights[N_COLUMNS] = { PANGO_WEIGHT_NORMAL, PANGO_WEIGHT_SEMIBOLD,
                                                  PANGO_WEIGHT_NORMAL, PANGO_WEIGHT_SEMIBOLD,
                                                  PANGO_WEIGHT_NORMAL };
  gboolean small = index == COLUMN_PEOPLE || index == COLUMN_TAIL;

  if (self->layouts[index] == NULL)
    self->layouts[index] =
      gs_text_layout (GTK_WIDGET (self), small ? GS_TEXT_CAPTION : GS_TEXT_SECOND, weights[index],
                      GS_TEXT_PLAIN, self->texts[index]);
  return self->layouts[index];
}

static void
gs_feed_row_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  double scale = gs_text_scale (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = (int) ceil (ROW_HEIGHT * scale);
  else
    {
      *minimum = (int) ceil (240 * scale);
      *natural = (int) ceil (326 * scale);
    }
}

static double
draw_people (GsFeedRow *self, GtkSnapshot *snapshot, double x, double height)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double scale = gs_text_scale (widget);
  double icon = round (13 * scale);
  double h = round (20 * scale);
  double y = round ((height - h) / 2);
  GdkRGBA ground = gs_style_color (widget, GS_COLOR_NA_TINT);
  GdkRGBA ink = gs_style_color (widget, GS_COLOR_TEXT);
  PangoLayout *layout = column (self, COLUMN_PEOPLE);
  double w = 8 + icon + 4 + gs_text_layout_width (layout) + 8;
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (
    &outline, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) w, (float) h), (float) h / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &ground, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gs_icon_snapshot (snapshot, widget, "gs-family-symbolic", x + 8, y + (h - icon) / 2, icon, &ink);
  gs_text_draw (snapshot, layout, x + 8 + icon + 4,
                gs_text_baseline (widget, GS_TEXT_CAPTION, y, h), &ink);
  return w;
}

static void
gs_feed_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GsFeedRow *self = GS_FEED_ROW (widget);
  double w = gtk_widget_get_width (widget);
  double h = gtk_widget_get_height (widget);
  double scale = gs_text_scale (widget);
  double baseline = gs_text_baseline (widget, GS_TEXT_SECOND, 0, h);
  double sign_size = 15 * scale;
  double x = PADDING;
  double tail_w = gs_text_layout_width (column (self, COLUMN_TAIL));
  double text_w;
  GdkRGBA text = gs_style_color (widget, GS_COLOR_TEXT);
  GdkRGBA text2 = gs_style_color (widget, GS_COLOR_TEXT2);

  gs_text_draw (snapshot, column (self, COLUMN_TIME), x, baseline, &text2);
  x += round (64 * scale + 14);
  gs_text_draw (snapshot, column (self, COLUMN_GATE),
                x + 18 * scale - gs_text_layout_width (column (self, COLUMN_GATE)), baseline,
                &text);
  x += round (18 * scale + 14);
  if (self->sign != GS_SIGN_NONE)
    gs_sign_snapshot (self->sign, snapshot, widget, x, (h - sign_size) / 2, sign_size);
  else if (self->icon_name != NULL)
    gs_icon_snapshot (snapshot, widget, self->icon_name, x, (h - sign_size) / 2, sign_size, &text);
  x += round (sign_size + 12);

  text_w = w - PADDING - x - (tail_w > 0 ? tail_w + 8 : 0);
  if (self->texts[COLUMN_PEOPLE] != NULL)
    text_w -= 52 * scale;
  pango_layout_set_width (column (self, COLUMN_TEXT), (int) (MAX (text_w, 0) * PANGO_SCALE));
  pango_layout_set_ellipsize (column (self, COLUMN_TEXT), PANGO_ELLIPSIZE_END);
  gs_text_draw (snapshot, column (self, COLUMN_TEXT), x, baseline, &text);
  x += gs_text_layout_width (column (self, COLUMN_TEXT)) + 7;
  if (self->texts[COLUMN_PEOPLE] != NULL)
    draw_people (self, snapshot, x, h);
  gs_text_draw (snapshot, column (self, COLUMN_TAIL), w - PADDING - tail_w, baseline, &text2);
}

static void
gs_feed_row_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (gs_feed_row_parent_class)->css_changed (widget, change);
  forget_layouts (GS_FEED_ROW (widget));
}

static void
gs_feed_row_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (gs_feed_row_parent_class)->system_setting_changed (widget, setting);
  forget_layouts (GS_FEED_ROW (widget));
  gtk_widget_queue_resize (widget);
}

static void
gs_feed_row_finalize (GObject *object)
{
  GsFeedRow *self = GS_FEED_ROW (object);

  forget_layouts (self);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (self->texts[i]);
  g_free (self->icon_name);
  G_OBJECT_CLASS (gs_feed_row_parent_class)->finalize (object);
}

static void
gs_feed_row_class_init (GsFeedRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gs_feed_row_finalize;
  widget_class->measure = gs_feed_row_measure;
  widget_class->snapshot = gs_feed_row_snapshot;
  widget_class->css_changed = gs_feed_row_css_changed;
  widget_class->system_setting_changed = gs_feed_row_system_setting_changed;
  gtk_widget_class_set_css_name (widget_class, "gs-feed-row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
gs_feed_row_init (GsFeedRow *self)
{
}

GtkWidget *
gs_feed_row_new (void)
{
  return g_object_new (GS_TYPE_FEED_ROW, NULL);
}

void
gs_feed_row_update (GsFeedRow *self, const GsFeedRowContent *content)
{
  g_autofree char *count = content->people >= 2 ? g_strdup_printf ("%u", content->people) : NULL;
  const char *const texts[N_COLUMNS] = { content->time, content->gate, content->text, count,
                                         content->tail };
  gboolean same = self->texts[COLUMN_TEXT] != NULL;
  g_autoptr (GString) name = g_string_new (content->time);

  g_return_if_fail (GS_IS_FEED_ROW (self));
  /* Shaping costs more than all the rest of a row, and most columns stay as they were. */
  for (guint i = 0; i < N_COLUMNS; i++)
    if (g_strcmp0 (self->texts[i], texts[i]) != 0)
      {
        g_clear_object (&self->layouts[i]);
        g_free (self->texts[i]);
        self->texts[i] = g_strdup (texts[i]);
        same = FALSE;
      }
  if (same && self->sign == content->sign && g_strcmp0 (self->icon_name, content->icon_name) == 0)
    return;
  self->sign = content->sign;
  g_free (self->icon_name);
  self->icon_name = g_strdup (content->icon_name);

  if (content->gate != NULL)
    {
      g_autofree char *gate = g_strdup_printf (_ ("gate %s"), content->gate);

      g_string_append_printf (name, ", %s", gate);
    }
  g_string_append_printf (name, ", %s", content->text);
  if (content->people >= 2)
    {
      g_autofree char *people = g_strdup_printf (
        g_dngettext (NULL, "%u person", "%u people", content->people), content->people);

      g_string_append_printf (name, ", %s", people);
    }
  if (content->tail != NULL)
    g_string_append_printf (name, ", %s", content->tail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
