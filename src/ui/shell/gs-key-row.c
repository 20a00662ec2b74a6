/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-key-row.h"

#include "gs-key-cap.h"
#include "gs-label.h"

struct _GsKeyRow
{
  GtkBox parent_instance;

  GtkWidget *label;
  GsKeyCap *key_cap;
};

G_DEFINE_FINAL_TYPE (GsKeyRow, gs_key_row, GTK_TYPE_BOX)

static void
gs_key_row_class_init (GsKeyRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GS_TYPE_KEY_CAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/shell/gs-key-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GsKeyRow, label);
  gtk_widget_class_bind_template_child (widget_class, GsKeyRow, key_cap);
}

static void
gs_key_row_init (GsKeyRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_key_row_new (const GsActionEntry *entry)
{
  GsKeyRow *self = g_object_new (GS_TYPE_KEY_ROW, NULL);
  g_autofree char *key = gs_action_key_text (entry);

  gs_label_set (self->label, gs_action_label (entry));
  gs_key_cap_set_text (self->key_cap, key);
  return GTK_WIDGET (self);
}
