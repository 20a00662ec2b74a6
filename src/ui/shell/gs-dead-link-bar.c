/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-dead-link-bar.h"

#include "gs-action-table.h"
#include "gs-label.h"

struct _GsDeadLinkBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *title_label;
  GtkWidget *sentence_label;
  GtkWidget *below_label; /* the sentence again, where beside the title it would be a tower */
  GtkWidget *next_label;
  GtkWidget *try_button;
  gboolean cramped;
};

G_DEFINE_FINAL_TYPE (GsDeadLinkBar, gs_dead_link_bar, GTK_TYPE_WIDGET)

static void
gs_dead_link_bar_dispose (GObject *object)
{
  g_clear_pointer (&GS_DEAD_LINK_BAR (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (gs_dead_link_bar_parent_class)->dispose (object);
}

static void
gs_dead_link_bar_class_init (GsDeadLinkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_dead_link_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/shell/gs-dead-link-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, GsDeadLinkBar, box);
  gtk_widget_class_bind_template_child (widget_class, GsDeadLinkBar, title_label);
  gtk_widget_class_bind_template_child (widget_class, GsDeadLinkBar, sentence_label);
  gtk_widget_class_bind_template_child (widget_class, GsDeadLinkBar, below_label);
  gtk_widget_class_bind_template_child (widget_class, GsDeadLinkBar, next_label);
  gtk_widget_class_bind_template_child (widget_class, GsDeadLinkBar, try_button);
}

static void
gs_dead_link_bar_init (GsDeadLinkBar *self)
{
  g_autofree char *tooltip = gs_action_tooltip ("try-link");

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_tooltip_text (self->try_button, tooltip);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
gs_dead_link_bar_new (void)
{
  return g_object_new (GS_TYPE_DEAD_LINK_BAR, NULL);
}

static void
show_sentence (GsDeadLinkBar *self)
{
  gtk_widget_set_visible (self->sentence_label, !self->cramped);
  gtk_widget_set_visible (self->below_label, self->cramped);
}

void
gs_dead_link_bar_set_cramped (GsDeadLinkBar *self, gboolean cramped)
{
  g_return_if_fail (GS_IS_DEAD_LINK_BAR (self));
  self->cramped = cramped;
  show_sentence (self);
}

void
gs_dead_link_bar_update (GsDeadLinkBar *self,
                         const char *title,
                         const char *sentence,
                         const char *next)
{
  g_return_if_fail (GS_IS_DEAD_LINK_BAR (self));
  gtk_widget_set_visible (GTK_WIDGET (self), title != NULL);
  if (title == NULL)
    return;
  gs_label_set (self->title_label, title);
  gs_label_set (self->sentence_label, sentence);
  gs_label_set (self->below_label, sentence);
  show_sentence (self);
  gs_label_set (self->next_label, next);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}
