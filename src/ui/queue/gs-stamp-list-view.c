/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-list-view.h"

#include "gs-label.h"
#include "gs-stamp-row.h"

struct _GsStampListView
{
  GtkBox parent_instance;

  GsStation *station;
  GtkWidget *count_label;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (GsStampListView, gs_stamp_list_view, GTK_TYPE_BOX)

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  return gs_stamp_row_new (GS_STAMP_LIST_VIEW (user_data)->station, item);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, GsStampListView *self)
{
  g_autoptr (GsCase) item = g_list_model_get_item (gs_station_get_stamp_list (self->station),
                                                   (guint) gtk_list_box_row_get_index (row));

  if (item != NULL)
    gs_station_open (self->station, item);
}

static void
on_items_changed (GsStampListView *self)
{
  guint count = g_list_model_get_n_items (gs_station_get_stamp_list (self->station));
  g_autofree char *text = g_strdup_printf ("%u", count);

  gs_label_set (self->count_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), count > 0);
}

static void
gs_stamp_list_view_dispose (GObject *object)
{
  GsStampListView *self = GS_STAMP_LIST_VIEW (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (GTK_LIST_BOX (self->list), NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->station);
  G_OBJECT_CLASS (gs_stamp_list_view_parent_class)->dispose (object);
}

static void
gs_stamp_list_view_class_init (GsStampListViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_stamp_list_view_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/queue/gs-stamp-list-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GsStampListView, count_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampListView, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
gs_stamp_list_view_init (GsStampListView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gs_stamp_list_view_set_station (GsStampListView *self, GsStation *station)
{
  g_return_if_fail (GS_IS_STAMP_LIST_VIEW (self));
  g_return_if_fail (self->station == NULL);
  self->station = g_object_ref (station);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), gs_station_get_stamp_list (station),
                           create_row, self, NULL);
  g_signal_connect_object (gs_station_get_stamp_list (station), "items-changed",
                           G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  on_items_changed (self);
}
