/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-failure-window.h"

struct _GsFailureWindow
{
  AdwApplicationWindow parent_instance;

  AdwStatusPage *page;
};

G_DEFINE_FINAL_TYPE (GsFailureWindow, gs_failure_window, ADW_TYPE_APPLICATION_WINDOW)

static void
gs_failure_window_class_init (GsFailureWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/shell/gs-failure-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GsFailureWindow, page);
}

static void
gs_failure_window_init (GsFailureWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
gs_failure_window_new (GtkApplication *application, const char *sentence)
{
  GsFailureWindow *self = g_object_new (GS_TYPE_FAILURE_WINDOW, "application", application, NULL);

  adw_status_page_set_description (self->page, sentence);
  return GTK_WINDOW (self);
}
