/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-read-hint.h"

#include "gs-key-cap.h"
#include "gs-label.h"

#include <glib/gi18n.h>

struct _GsReadHint
{
  GtkBox parent_instance;

  GtkWidget *before_label;
  GtkWidget *after_label;
};

G_DEFINE_FINAL_TYPE (GsReadHint, gs_read_hint, GTK_TYPE_BOX)

static void
gs_read_hint_class_init (GsReadHintClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GS_TYPE_KEY_CAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/widgets/gs-read-hint.ui");
  gtk_widget_class_bind_template_child (widget_class, GsReadHint, before_label);
  gtk_widget_class_bind_template_child (widget_class, GsReadHint, after_label);
}

static void
gs_read_hint_init (GsReadHint *self)
{
  /* Translators: %s is the key Space, drawn as a key. */
  g_auto (GStrv) parts = g_strsplit (_ ("hold %s to read"), "%s", 2);

  gtk_widget_init_template (GTK_WIDGET (self));
  gs_label_set (self->before_label, g_strstrip (parts[0]));
  gs_label_set (self->after_label, parts[1] != NULL ? g_strstrip (parts[1]) : NULL);
}
