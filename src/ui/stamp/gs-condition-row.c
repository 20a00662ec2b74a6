/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-condition-row.h"

#include "gs-label.h"
#include "gs-sign-view.h"

struct _GsConditionRow
{
  GtkBox parent_instance;

  GsSignView *sign;
  GtkWidget *title_label;
  GtkWidget *evidence_label;
};

G_DEFINE_FINAL_TYPE (GsConditionRow, gs_condition_row, GTK_TYPE_BOX)

static void
gs_condition_row_class_init (GsConditionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/stamp/gs-condition-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GsConditionRow, sign);
  gtk_widget_class_bind_template_child (widget_class, GsConditionRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, GsConditionRow, evidence_label);
}

static void
gs_condition_row_init (GsConditionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_condition_row_new (void)
{
  return g_object_new (GS_TYPE_CONDITION_ROW, NULL);
}

void
gs_condition_row_update (GsConditionRow *self, GsSign sign, const char *title, const char *evidence)
{
  g_return_if_fail (GS_IS_CONDITION_ROW (self));
  gs_sign_view_set_sign (self->sign, sign);
  gs_label_set (self->title_label, title);
  gs_label_set (self->evidence_label, evidence);
}
