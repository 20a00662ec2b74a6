/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-key-list-window.h"

#include "gs-key-row.h"
#include "gs-label.h"

struct _GsKeyListWindow
{
  AdwWindow parent_instance;

  GtkWidget *case_box;
  GtkWidget *case_label;
  GtkWidget *screen_box;
  GtkWidget *screen_label;
};

G_DEFINE_FINAL_TYPE (GsKeyListWindow, gs_key_list_window, ADW_TYPE_WINDOW)

static void
fill_group (GtkWidget *box, GtkWidget *label, GsActionGroup group)
{
  gsize n;
  const GsActionEntry *table = gs_action_table (&n);

  gs_label_set (label, gs_action_group_title (group));
  for (gsize i = 0; i < n; i++)
    if (table[i].group == group)
      gtk_box_append (GTK_BOX (box), gs_key_row_new (&table[i]));
}

static void
gs_key_list_window_class_init (GsKeyListWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/shell/gs-key-list-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GsKeyListWindow, case_box);
  gtk_widget_class_bind_template_child (widget_class, GsKeyListWindow, case_label);
  gtk_widget_class_bind_template_child (widget_class, GsKeyListWindow, screen_box);
  gtk_widget_class_bind_template_child (widget_class, GsKeyListWindow, screen_label);
}

static void
gs_key_list_window_init (GsKeyListWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_group (self->case_box, self->case_label, GS_ACTION_GROUP_CASE);
  fill_group (self->screen_box, self->screen_label, GS_ACTION_GROUP_SCREEN);
}

GtkWindow *
gs_key_list_window_new (GtkWindow *parent)
{
  return g_object_new (GS_TYPE_KEY_LIST_WINDOW, "transient-for", parent, NULL);
}
