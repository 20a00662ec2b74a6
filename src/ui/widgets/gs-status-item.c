/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-status-item.h"

#include "gs-label.h"
#include "gs-sign-view.h"

struct _GsStatusItem
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GsSignView *sign_view;
  GtkWidget *icon;
  GtkWidget *word_label;
  GtkWidget *tail_label;
  GtkWidget *detail_label;
};

G_DEFINE_FINAL_TYPE (GsStatusItem, gs_status_item, GTK_TYPE_WIDGET)

static void
gs_status_item_dispose (GObject *object)
{
  g_clear_pointer (&GS_STATUS_ITEM (object)->button, gtk_widget_unparent);
  G_OBJECT_CLASS (gs_status_item_parent_class)->dispose (object);
}

static void
gs_status_item_class_init (GsStatusItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_status_item_dispose;
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/widgets/gs-status-item.ui");
  gtk_widget_class_bind_template_child (widget_class, GsStatusItem, button);
  gtk_widget_class_bind_template_child (widget_class, GsStatusItem, sign_view);
  gtk_widget_class_bind_template_child (widget_class, GsStatusItem, icon);
  gtk_widget_class_bind_template_child (widget_class, GsStatusItem, word_label);
  gtk_widget_class_bind_template_child (widget_class, GsStatusItem, tail_label);
  gtk_widget_class_bind_template_child (widget_class, GsStatusItem, detail_label);
}

static void
gs_status_item_init (GsStatusItem *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_sign_view_set_label (self->sign_view, "");
}

GtkWidget *
gs_status_item_new (void)
{
  return g_object_new (GS_TYPE_STATUS_ITEM, NULL);
}

void
gs_status_item_update (GsStatusItem *self,
                       GsSign sign,
                       const char *icon_name,
                       const char *word,
                       const char *tail,
                       const char *detail)
{
  gboolean good = sign == GS_SIGN_SUCCESSFUL || sign == GS_SIGN_NONE;
  const char *color;
  g_autofree char *name = NULL;

  g_return_if_fail (GS_IS_STATUS_ITEM (self));
  color = gs_style_color_class (gs_sign_get_color (sign));
  gs_sign_view_set_sign (self->sign_view, icon_name != NULL ? GS_SIGN_NONE : sign);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_view), icon_name == NULL && sign != GS_SIGN_NONE);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);
  gtk_widget_set_visible (self->icon, icon_name != NULL);
  for (GsColor c = GS_COLOR_TEXT; c <= GS_COLOR_P3; c++)
    if (gs_style_color_class (c) != NULL)
      {
        gtk_widget_remove_css_class (self->word_label, gs_style_color_class (c));
        gtk_widget_remove_css_class (self->icon, gs_style_color_class (c));
      }
  gs_style_toggle_class (self->word_label, "gs-regular", good && icon_name == NULL);
  if (color != NULL && (!good || icon_name != NULL))
    {
      gtk_widget_add_css_class (self->word_label, color);
      gtk_widget_add_css_class (self->icon, color);
    }
  gs_label_set (self->word_label, word);
  gs_label_set (self->tail_label, tail);
  gs_label_set (self->detail_label, detail);
  gtk_widget_set_can_target (GTK_WIDGET (self), detail != NULL);
  gtk_widget_set_focusable (self->button, detail != NULL);
  name = tail != NULL ? g_strdup_printf ("%s, %s", word, tail) : g_strdup (word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}
