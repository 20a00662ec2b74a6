/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-alarm.h"

#define AGAIN_S 10

struct _GsAlarm
{
  GObject parent_instance;

  GsStation *station;
  GtkWidget *widget;
  guint source;
};

G_DEFINE_FINAL_TYPE (GsAlarm, gs_alarm, G_TYPE_OBJECT)

static void
gs_alarm_dispose (GObject *object)
{
  GsAlarm *self = GS_ALARM (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (gs_alarm_parent_class)->dispose (object);
}

static void
gs_alarm_class_init (GsAlarmClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_alarm_dispose;
}

static void
gs_alarm_init (GsAlarm *self)
{
}

static gboolean
is_waiting (GsAlarm *self)
{
  GListModel *queue = G_LIST_MODEL (gs_station_get_queue (self->station));

  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (GsQueueEntry) entry = g_list_model_get_item (queue, i);
      GsCase *item = gs_queue_entry_get_case (entry);

      if (gs_case_get_priority (item) == 1 && gs_case_get_hold (item) == GS_HOLD_FREE)
        return TRUE;
    }
  return FALSE;
}

static void
beep (GsAlarm *self)
{
  if (!gs_shift_is_muted (gs_station_get_shift (self->station)))
    gdk_display_beep (gtk_widget_get_display (self->widget));
}

static gboolean
on_again (gpointer data)
{
  GsAlarm *self = data;

  if (!is_waiting (self))
    {
      self->source = 0;
      return G_SOURCE_REMOVE;
    }
  beep (self);
  return G_SOURCE_CONTINUE;
}

static void
on_priority_one (GsAlarm *self)
{
  beep (self);
  if (self->source == 0)
    self->source = g_timeout_add_seconds (AGAIN_S, on_again, self);
}

GsAlarm *
gs_alarm_new (GsStation *station, GtkWidget *widget)
{
  GsAlarm *self = g_object_new (GS_TYPE_ALARM, NULL);

  self->station = g_object_ref (station);
  self->widget = widget;
  g_signal_connect_object (station, "priority-one", G_CALLBACK (on_priority_one), self,
                           G_CONNECT_SWAPPED);
  return self;
}
