/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-head.h"

#include <glib/gi18n.h>

#include "gs-format.h"
#include "gs-label.h"

struct _GsStampHead
{
  GtkBox parent_instance;

  GtkWidget *native_label;
  GtkWidget *name_label;
  GtkWidget *document_label;
  GtkWidget *direction_label;
  GtkWidget *port_label;
  GtkWidget *crossed_label;
};

G_DEFINE_FINAL_TYPE (GsStampHead, gs_stamp_head, GTK_TYPE_BOX)

static void
gs_stamp_head_class_init (GsStampHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/stamp/gs-stamp-head.ui");
  gtk_widget_class_bind_template_child (widget_class, GsStampHead, native_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampHead, name_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampHead, document_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampHead, direction_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampHead, port_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampHead, crossed_label);
}

static void
gs_stamp_head_init (GsStampHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gs_stamp_head_set_case (GsStampHead *self, GsStation *station, GsCase *item)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  const GsTraveller *traveller = crossing->traveller;
  g_autofree char *name = gs_format_name (item);
  g_autofree char *crossed = gs_format_time (station, crossing->admitted_utc_ms);
  g_autofree char *number = g_strdup_printf (
    "%s  %s",
    traveller != NULL && traveller->issuing_state != NULL ? traveller->issuing_state : "–",
    traveller != NULL && traveller->document_number != NULL ? traveller->document_number : "–");

  g_return_if_fail (GS_IS_STAMP_HEAD (self));
  gs_label_set_title (self->name_label, name);
  gs_label_set (self->native_label, traveller != NULL ? traveller->name_own_script : NULL);
  gs_label_set_script (self->native_label, gs_format_script (item));
  gs_label_set (self->document_label, number);
  gs_label_set (self->direction_label,
                crossing->direction == GS_DIRECTION_DEPARTURE ? _ ("Departure") : _ ("Arrival"));
  gs_label_set (self->port_label, gs_station_get_config (station)->port_name);
  gs_label_set (self->crossed_label, crossed);
}
