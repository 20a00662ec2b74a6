/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gate-popover.h"

#include <glib/gi18n.h>

#include "gs-label.h"

struct _GsGatePopover
{
  GtkPopover parent_instance;

  GtkButton *button;
  GtkWidget *look_button;
  GtkWidget *reason_label;

  char *gate;
  gboolean closed;
};

enum
{
  COMMAND,
  LOOK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsGatePopover, gs_gate_popover, GTK_TYPE_POPOVER)

static void
on_clicked (GsGatePopover *self)
{
  g_signal_emit (self, signals[COMMAND], 0, self->gate, !self->closed);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_look (GsGatePopover *self)
{
  g_autofree char *gate = g_strdup (self->gate);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[LOOK], 0, gate);
}

void
gs_gate_popover_set_look (GsGatePopover *self, const char *reason)
{
  g_return_if_fail (GS_IS_GATE_POPOVER (self));
  gtk_widget_set_sensitive (self->look_button, reason == NULL);
  gs_label_set (self->reason_label, reason);
}

static void
unparent (gpointer data)
{
  g_autoptr (GtkWidget) popover = data;

  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
}

/* Not at once: the popover is still closing. */
static void
gs_gate_popover_closed (GtkPopover *popover)
{
  g_idle_add_once (unparent, g_object_ref (popover));
}

static void
gs_gate_popover_finalize (GObject *object)
{
  g_free (GS_GATE_POPOVER (object)->gate);
  G_OBJECT_CLASS (gs_gate_popover_parent_class)->finalize (object);
}

static void
gs_gate_popover_class_init (GsGatePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gs_gate_popover_finalize;
  GTK_POPOVER_CLASS (klass)->closed = gs_gate_popover_closed;
  signals[COMMAND] = g_signal_new ("command", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/gates/gs-gate-popover.ui");
  signals[LOOK] = g_signal_new ("look", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_bind_template_child (widget_class, GsGatePopover, button);
  gtk_widget_class_bind_template_child (widget_class, GsGatePopover, look_button);
  gtk_widget_class_bind_template_child (widget_class, GsGatePopover, reason_label);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_look);
}

static void
gs_gate_popover_init (GsGatePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_gate_popover_new (const char *gate, gboolean closed)
{
  GsGatePopover *self = g_object_new (GS_TYPE_GATE_POPOVER, NULL);

  self->gate = g_strdup (gate);
  self->closed = closed;
  gtk_button_set_label (self->button, closed ? _ ("Reopen this gate") : _ ("Close this gate"));
  return GTK_WIDGET (self);
}
