/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera-devices-private.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The listener's end: it outlives the watching when a visit is still on its way. */
typedef struct
{
  gatomicrefcount count;
  GMainContext *context;
  GsCameraDevicesFunc func;
  gpointer user_data;
  gboolean is_stopped; /* main thread */
} Ear;

struct _GsCameraDevices
{
  gatomicrefcount count;
  Ear *ear;
  GstDeviceMonitor *monitor; /* worker */
};

typedef struct
{
  Ear *ear;
  GstDevice *gone;
} Visit;

static void
ear_unref (Ear *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_main_context_unref (self->context);
  g_free (self);
}

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  gst_clear_object (&visit->gone);
  ear_unref (visit->ear);
  g_free (visit);
}

static gboolean
tell (gpointer data)
{
  Visit *visit = data;

  if (!visit->ear->is_stopped)
    visit->ear->func (visit->gone, visit->ear->user_data);
  return G_SOURCE_REMOVE;
}

static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  Ear *ear = user_data;
  gboolean is_gone = GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_REMOVED;

  if (is_gone || GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_ADDED)
    {
      GSource *source = g_idle_source_new ();
      Visit *visit = g_new0 (Visit, 1);

      visit->ear = ear;
      g_atomic_ref_count_inc (&ear->count);
      if (is_gone)
        gst_message_parse_device_removed (message, &visit->gone);
      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, tell, visit, visit_free);
      g_source_attach (source, ear->context);
      g_source_unref (source);
    }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

GsCameraDevices *
gs_camera_devices_new (GsCameraDevicesFunc func, gpointer user_data)
{
  GsCameraDevices *self = g_new0 (GsCameraDevices, 1);

  g_atomic_ref_count_init (&self->count);
  self->ear = g_new0 (Ear, 1);
  g_atomic_ref_count_init (&self->ear->count);
  self->ear->context = g_main_context_ref_thread_default ();
  self->ear->func = func;
  self->ear->user_data = user_data;
  return self;
}

GsCameraDevices *
gs_camera_devices_ref (GsCameraDevices *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
gs_camera_devices_unref (GsCameraDevices *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;
  if (self->monitor != NULL)
    {
      g_autoptr (GstBus) bus = gst_device_monitor_get_bus (self->monitor);

      gst_device_monitor_stop (self->monitor);
      gst_bus_set_sync_handler (bus, NULL, NULL, NULL);
      gst_object_unref (self->monitor);
    }
  ear_unref (self->ear);
  g_free (self);
}

void
gs_camera_devices_stop (GsCameraDevices *self)
{
  self->ear->is_stopped = TRUE;
}

static void
start_monitor (GsCameraDevices *self)
{
  g_autoptr (GstBus) bus = NULL;

  if (self->monitor != NULL)
    return;
  self->monitor = gst_device_monitor_new ();
  gst_device_monitor_add_filter (self->monitor, "Video/Source", NULL);
  bus = gst_device_monitor_get_bus (self->monitor);
  gst_bus_set_sync_handler (bus, on_message, self->ear, NULL);
  /* FALSE only when no provider starts: then the list is empty, and that is what is said. */
  gst_device_monitor_start (self->monitor);
}

GsCameraKind
gs_camera_devices_kind (GstDevice *device)
{
  const char *type = G_OBJECT_TYPE_NAME (device);

  /* PipeWire's devices also name the V4L2 camera behind them, so the provider's type decides. */
  if (strstr (type, "PipeWire") != NULL)
    return GS_CAMERA_KIND_PIPEWIRE;
  return strstr (type, "V4l2") != NULL ? GS_CAMERA_KIND_V4L2 : 0;
}

static const char *
first_of (const GstStructure *facts, const char *const names[])
{
  for (; facts != NULL && *names != NULL; names++)
    if (gst_structure_get_string (facts, *names) != NULL)
      return gst_structure_get_string (facts, *names);
  return NULL;
}

static gboolean
fits (const GsCameraAddress *address, GstDevice *device, const char *wanted_path)
{
  static const char *const paths[] = { "device.path", "api.v4l2.path", NULL };
  static const char *const names[] = { "node.name", "v4l2.device.card", "device.name", NULL };
  g_autoptr (GstStructure) facts = gst_device_get_properties (device);
  g_autofree char *shown = gst_device_get_display_name (device);
  GsCameraKind kind = gs_camera_devices_kind (device);

  return kind != 0
         && gs_camera_address_fits (address, kind, first_of (facts, paths), first_of (facts, names),
                                    shown, wanted_path);
}

GstDevice *
gs_camera_devices_find (GsCameraDevices *self, const GsCameraAddress *address)
{
  g_autofree char *wanted_path = NULL;
  GstDevice *found = NULL;
  GList *all;

  start_monitor (self);
  if (address->device != NULL && *address->device == '/')
    {
      char *real = realpath (address->device, NULL);

      wanted_path = g_strdup (real);
      free (real);
    }
  all = gst_device_monitor_get_devices (self->monitor);
  for (GList *link = all; link != NULL && found == NULL; link = link->next)
    if (fits (address, link->data, wanted_path))
      found = gst_object_ref (link->data);
  g_list_free_full (all, gst_object_unref);
  return found;
}
