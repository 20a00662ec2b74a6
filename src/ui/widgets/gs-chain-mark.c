/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-chain-mark.h"

#include "gs-icon.h"
#include "gs-style.h"
#include "gs-text.h"

#include <math.h>

#define RING 24

struct _GsChainMark
{
  GtkWidget parent_instance;

  char *number;
  char *icon_name;
  gboolean last;
};

enum
{
  PROP_0,
  PROP_NUMBER,
  PROP_ICON_NAME,
  PROP_LAST,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GsChainMark, gs_chain_mark, GTK_TYPE_WIDGET)

static void
gs_chain_mark_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = *natural = (int) ceil (RING * gs_text_scale (widget)) + 2;
}

static void
gs_chain_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GsChainMark *self = GS_CHAIN_MARK (widget);
  double w = gtk_widget_get_width (widget);
  double h = gtk_widget_get_height (widget);
  double ring = RING * gs_text_scale (widget);
  double left = (w - ring) / 2;
  double icon = round (ring * 0.6);
  GdkRGBA edge = gs_style_color (widget, GS_COLOR_EDGE);
  GdkRGBA line = gs_style_color (widget, GS_COLOR_LINE);
  GdkRGBA text = gs_style_color (widget, GS_COLOR_TEXT2);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (
    &outline, &GRAPHENE_RECT_INIT ((float) left, 1, (float) ring, (float) ring), (float) ring / 2);
  gtk_snapshot_append_border (snapshot, &outline, (const float[4]){ 1, 1, 1, 1 },
                              (const GdkRGBA[4]){ edge, edge, edge, edge });
  if (self->icon_name != NULL)
    gs_icon_snapshot (snapshot, widget, self->icon_name, left + (ring - icon) / 2,
                      1 + (ring - icon) / 2, icon, &text);
  else if (self->number != NULL)
    {
      g_autoptr (PangoLayout) layout = gs_text_layout (
        widget, GS_TEXT_CAPTION, PANGO_WEIGHT_SEMIBOLD, GS_TEXT_PLAIN, self->number);

      gs_text_draw (snapshot, layout, (w - gs_text_layout_width (layout)) / 2,
                    gs_text_baseline (widget, GS_TEXT_CAPTION, 1, ring), &text);
    }
  if (!self->last && h > ring + 8)
    gtk_snapshot_append_color (
      snapshot, &line,
      &GRAPHENE_RECT_INIT ((float) round (w / 2) - 1, (float) ring + 3, 2, (float) (h - ring - 4)));
}

static void
gs_chain_mark_finalize (GObject *object)
{
  GsChainMark *self = GS_CHAIN_MARK (object);

  g_free (self->number);
  g_free (self->icon_name);
  G_OBJECT_CLASS (gs_chain_mark_parent_class)->finalize (object);
}

static void
gs_chain_mark_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GsChainMark *self = GS_CHAIN_MARK (object);

  switch (id)
    {
    case PROP_NUMBER:
      self->number = g_value_dup_string (value);
      break;
    case PROP_ICON_NAME:
      gs_chain_mark_set_icon (self, g_value_get_string (value));
      break;
    case PROP_LAST:
      self->last = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gs_chain_mark_class_init (GsChainMarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = gs_chain_mark_set_property;
  object_class->finalize = gs_chain_mark_finalize;
  widget_class->measure = gs_chain_mark_measure;
  widget_class->snapshot = gs_chain_mark_snapshot;
  properties[PROP_NUMBER] =
    g_param_spec_string ("number", NULL, NULL, NULL, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_LAST] =
    g_param_spec_boolean ("last", NULL, NULL, FALSE, flags | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
gs_chain_mark_init (GsChainMark *self)
{
}

void
gs_chain_mark_set_icon (GsChainMark *self, const char *icon_name)
{
  g_return_if_fail (GS_IS_CHAIN_MARK (self));
  if (g_strcmp0 (self->icon_name, icon_name) == 0)
    return;
  g_free (self->icon_name);
  self->icon_name = g_strdup (icon_name);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
