/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-case-history-line.h"

struct _GsCaseHistoryLine
{
  GtkBox parent_instance;

  GtkLabel *time_label;
  GtkLabel *text_label;
};

G_DEFINE_FINAL_TYPE (GsCaseHistoryLine, gs_case_history_line, GTK_TYPE_BOX)

static void
gs_case_history_line_class_init (GsCaseHistoryLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-case-history-line.ui");
  gtk_widget_class_bind_template_child (widget_class, GsCaseHistoryLine, time_label);
  gtk_widget_class_bind_template_child (widget_class, GsCaseHistoryLine, text_label);
}

static void
gs_case_history_line_init (GsCaseHistoryLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_case_history_line_new (const char *time, const char *text)
{
  GsCaseHistoryLine *self = g_object_new (GS_TYPE_CASE_HISTORY_LINE, NULL);

  gtk_label_set_text (self->time_label, time);
  gtk_label_set_text (self->text_label, text);
  return GTK_WIDGET (self);
}
