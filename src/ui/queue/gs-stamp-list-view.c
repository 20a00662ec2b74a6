/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-list-view.h"

#include <glib/gi18n.h>

#include "gs-countdown.h"
#include "gs-format.h"
#include "gs-label.h"
#include "gs-time.h"

struct _GsStampListView
{
  GtkBox parent_instance;

  GsStation *station;
  GtkWidget *count_label;
  GtkWidget *list;
};

typedef struct
{
  GsStation *station;
  GsCase *item;
} RowData;

G_DEFINE_FINAL_TYPE (GsStampListView, gs_stamp_list_view, GTK_TYPE_BOX)

static void
row_data_free (gpointer data)
{
  RowData *row = data;

  g_object_unref (row->station);
  g_object_unref (row->item);
  g_free (row);
}

static void
read_window (GsCountdownReading *reading, gpointer user_data)
{
  RowData *row = user_data;
  GsWindowVerdict verdict;

  gs_station_judge_window (row->station, row->item, &verdict);
  reading->known = verdict.state != GS_WINDOW_NOT_KNOWN;
  reading->closed = verdict.state == GS_WINDOW_CLOSED || verdict.state == GS_WINDOW_NOT_OPEN;
  reading->remaining_ms = verdict.left_ms;
}

static RowData *
row_data_new (GsStation *station, GsCase *item)
{
  RowData *row = g_new0 (RowData, 1);

  row->station = g_object_ref (station);
  row->item = g_object_ref (item);
  return row;
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  GsStampListView *self = user_data;
  const GsCrossing *crossing = gs_case_get_crossing (item);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("gs-stamp-symbolic");
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *countdown = gs_countdown_new (TRUE);
  g_autofree char *name = gs_format_name (item);
  g_autofree char *gate = gs_format_gate (self->station, crossing->gate);
  g_autofree char *admitted = gs_format_time (self->station, crossing->admitted_utc_ms);
  /* Translators: the gate's number and the time of admission. */
  g_autofree char *second = g_strdup_printf (_ ("gate %s, admitted %s"), gate, admitted);
  GtkWidget *title = gs_label_new (NULL, "gs-body gs-strong");

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 20);
  gtk_box_append (GTK_BOX (row), icon);
  gs_label_set_title (title, name);
  gtk_box_append (GTK_BOX (text), title);
  gtk_box_append (GTK_BOX (text), gs_label_new (second, "gs-second gs-text2"));
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (row), text);
  gs_countdown_set_func (GS_COUNTDOWN (countdown), read_window, row_data_new (self->station, item),
                         row_data_free);
  gtk_box_append (GTK_BOX (row), countdown);
  gtk_widget_set_margin_start (row, 16);
  gtk_widget_set_margin_end (row, 16);
  gtk_widget_set_margin_top (row, 8);
  gtk_widget_set_margin_bottom (row, 8);
  return row;
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
  G_OBJECT_CLASS (klass)->dispose = gs_stamp_list_view_dispose;
}

static void
gs_stamp_list_view_init (GsStampListView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *note = gs_label_new (_ ("window closes in"), "gs-caption gs-text2");

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "gs-panel");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (head, "gs-panel-head");
  gtk_box_append (GTK_BOX (head), gs_label_new (_ ("Stamps"), "gs-heading"));
  self->count_label = gs_label_new ("0", "gs-heading gs-regular gs-text2");
  gtk_widget_set_hexpand (self->count_label, TRUE);
  gtk_box_append (GTK_BOX (head), self->count_label);
  gtk_box_append (GTK_BOX (head), note);
  gtk_box_append (GTK_BOX (self), head);
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "gs-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_box_append (GTK_BOX (self), self->list);
}

GtkWidget *
gs_stamp_list_view_new (GsStation *station)
{
  GsStampListView *self = g_object_new (GS_TYPE_STAMP_LIST_VIEW, NULL);

  self->station = g_object_ref (station);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), gs_station_get_stamp_list (station),
                           create_row, self, NULL);
  g_signal_connect_object (gs_station_get_stamp_list (station), "items-changed",
                           G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  on_items_changed (self);
  return GTK_WIDGET (self);
}
