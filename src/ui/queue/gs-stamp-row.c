/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-row.h"

#include <glib/gi18n.h>

#include "gs-countdown.h"
#include "gs-format.h"
#include "gs-label.h"
#include "gs-stamp-countdown.h"

struct _GsStampRow
{
  GtkBox parent_instance;

  GtkWidget *name_label;
  GtkWidget *admitted_label;
  GsCountdown *countdown;

  GsStation *station;
  GsCase *item;
};

G_DEFINE_FINAL_TYPE (GsStampRow, gs_stamp_row, GTK_TYPE_BOX)

static void
read_window (GsCountdownReading *reading, gpointer user_data)
{
  GsStampRow *self = user_data;

  gs_stamp_countdown_read (reading, self->station, self->item);
}

static void
gs_stamp_row_dispose (GObject *object)
{
  GsStampRow *self = GS_STAMP_ROW (object);

  if (self->countdown != NULL)
    gs_countdown_set_func (self->countdown, NULL, NULL, NULL);
  self->countdown = NULL;
  g_clear_object (&self->station);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (gs_stamp_row_parent_class)->dispose (object);
}

static void
gs_stamp_row_class_init (GsStampRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_stamp_row_dispose;
  g_type_ensure (GS_TYPE_COUNTDOWN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/queue/gs-stamp-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GsStampRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampRow, admitted_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampRow, countdown);
}

static void
gs_stamp_row_init (GsStampRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gs_stamp_row_new (GsStation *station, GsCase *item)
{
  GsStampRow *self = g_object_new (GS_TYPE_STAMP_ROW, NULL);
  const GsCrossing *crossing = gs_case_get_crossing (item);
  g_autofree char *name = gs_format_name (item);
  g_autofree char *gate = gs_format_gate (station, crossing->gate);
  g_autofree char *time = gs_format_time (station, crossing->admitted_utc_ms);
  /* Translators: the gate's number and the time of admission. */
  g_autofree char *admitted = g_strdup_printf (_ ("gate %s, admitted %s"), gate, time);

  self->station = g_object_ref (station);
  self->item = g_object_ref (item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gs_label_set_title (self->name_label, name);
  gs_label_set (self->admitted_label, admitted);
  gs_countdown_set_func (self->countdown, read_window, self, NULL);
  return GTK_WIDGET (self);
}
