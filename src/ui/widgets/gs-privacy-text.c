/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-privacy-text.h"

#include "gs-style.h"
#include "gs-text.h"

#include <glib/gi18n.h>

struct _GsPrivacyText
{
  GtkWidget parent_instance;

  GtkWidget *label;
  gboolean shielded;
};

enum
{
  PROP_0,
  PROP_TEXT_CLASS,
};

G_DEFINE_FINAL_TYPE (GsPrivacyText, gs_privacy_text, GTK_TYPE_WIDGET)

static void
update (GsPrivacyText *self)
{
  gboolean empty = gtk_label_get_text (GTK_LABEL (self->label))[0] == '\0';

  gtk_widget_set_visible (GTK_WIDGET (self), !empty);
  gtk_widget_set_child_visible (self->label, !self->shielded);
  /* The text itself leaves the accessible tree: a hidden label would still give its words. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->label), GTK_ACCESSIBLE_STATE_HIDDEN,
                               self->shielded, -1);
  if (self->shielded)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("shielded, hold Space to read"), -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
gs_privacy_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const double bars[] = { 0.34, 0.16, 0.24 };
  GsPrivacyText *self = GS_PRIVACY_TEXT (widget);
  double w = MIN (gtk_widget_get_width (widget), 480 * gs_text_scale (widget));
  double h = 9 * gs_text_scale (widget);
  double y =
    (MIN (gtk_widget_get_height (widget), gs_text_line_height (widget, GS_TEXT_BODY)) - h) / 2;
  double x = 0;
  GdkRGBA color = gs_style_color (widget, GS_COLOR_NA_TINT);
  GskRoundedRect outline;

  if (!self->shielded)
    {
      GTK_WIDGET_CLASS (gs_privacy_text_parent_class)->snapshot (widget, snapshot);
      return;
    }
  if (gs_style_high_contrast ())
    color = gs_style_color (widget, GS_COLOR_EDGE);
  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      gsk_rounded_rect_init_from_rect (
        &outline, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) (bars[i] * w), (float) h), 3);
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_color (snapshot, &color, &outline.bounds);
      gtk_snapshot_pop (snapshot);
      x += bars[i] * w + 8;
    }
}

static void
gs_privacy_text_dispose (GObject *object)
{
  g_clear_pointer (&GS_PRIVACY_TEXT (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (gs_privacy_text_parent_class)->dispose (object);
}

static void
gs_privacy_text_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TEXT_CLASS)
    gtk_widget_add_css_class (GS_PRIVACY_TEXT (object)->label, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gs_privacy_text_class_init (GsPrivacyTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = gs_privacy_text_set_property;
  object_class->dispose = gs_privacy_text_dispose;
  widget_class->snapshot = gs_privacy_text_snapshot;
  g_object_class_install_property (object_class, PROP_TEXT_CLASS,
                                   g_param_spec_string ("text-class", NULL, NULL, NULL,
                                                        G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "gs-privacy");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/widgets/gs-privacy-text.ui");
  gtk_widget_class_bind_template_child (widget_class, GsPrivacyText, label);
}

static void
gs_privacy_text_init (GsPrivacyText *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
gs_privacy_text_set_text (GsPrivacyText *self, const char *text)
{
  g_return_if_fail (GS_IS_PRIVACY_TEXT (self));
  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
  update (self);
}

void
gs_privacy_text_set_markup (GsPrivacyText *self, const char *markup)
{
  g_return_if_fail (GS_IS_PRIVACY_TEXT (self));
  gtk_label_set_markup (GTK_LABEL (self->label), markup != NULL ? markup : "");
  update (self);
}

void
gs_privacy_text_set_shielded (GsPrivacyText *self, gboolean shielded)
{
  g_return_if_fail (GS_IS_PRIVACY_TEXT (self));
  self->shielded = !!shielded;
  update (self);
}

gboolean
gs_privacy_text_get_shielded (GsPrivacyText *self)
{
  g_return_val_if_fail (GS_IS_PRIVACY_TEXT (self), FALSE);
  return self->shielded;
}

GtkWidget *
gs_privacy_text_get_label (GsPrivacyText *self)
{
  g_return_val_if_fail (GS_IS_PRIVACY_TEXT (self), NULL);
  return self->label;
}
