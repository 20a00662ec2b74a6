/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera-devices-private.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The listener's end: it outlives the listening when a visit is still on its way. */
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
};

typedef struct
{
  Ear *ear;
  GstDevice *gone;
} Visit;

/* One monitor for the whole program, begun by the first search and then kept: to end the watching
 * of a PipeWire that lives is not safe (0.3.65 frees its registry twice). */
static GMutex monitor_lock;
static GstDeviceMonitor *monitor;
static struct stat service; /* PipeWire's socket when the watching began; zeros: none */
static GMutex ears_lock;
static GPtrArray *ears; /* Ear, borrowed */

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

static void
visit_ear (Ear *ear, GstDevice *gone)
{
  GSource *source = g_idle_source_new ();
  Visit *visit = g_new0 (Visit, 1);

  visit->ear = ear;
  g_atomic_ref_count_inc (&ear->count);
  visit->gone = gone != NULL ? gst_object_ref (gone) : NULL;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell, visit, visit_free);
  g_source_attach (source, ear->context);
  g_source_unref (source);
}

static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  gboolean is_gone = GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_REMOVED;
  g_autoptr (GstDevice) gone = NULL;

  if (is_gone || GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_ADDED)
    {
      if (is_gone)
        gst_message_parse_device_removed (message, &gone);
      g_mutex_lock (&ears_lock);
      for (guint i = 0; ears != NULL && i < ears->len; i++)
        visit_ear (g_ptr_array_index (ears, i), gone);
      g_mutex_unlock (&ears_lock);
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
  g_mutex_lock (&ears_lock);
  if (ears == NULL)
    ears = g_ptr_array_new ();
  g_ptr_array_add (ears, self->ear);
  g_mutex_unlock (&ears_lock);
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
  g_mutex_lock (&ears_lock);
  g_ptr_array_remove_fast (ears, self->ear);
  g_mutex_unlock (&ears_lock);
  ear_unref (self->ear);
  g_free (self);
}

void
gs_camera_devices_stop (GsCameraDevices *self)
{
  self->ear->is_stopped = TRUE;
}

/* ---- the monitor, with its lock held ---- */

static void
look_at_service (struct stat *found)
{
  const char *folder = g_getenv ("PIPEWIRE_RUNTIME_DIR");
  const char *name = g_getenv ("PIPEWIRE_REMOTE");
  g_autofree char *path =
    g_build_filename (folder != NULL ? folder : g_get_user_runtime_dir (),
                      name != NULL && strchr (name, '/') == NULL ? name : "pipewire-0", NULL);

  memset (found, 0, sizeof *found);
  if (stat (path, found) != 0)
    memset (found, 0, sizeof *found);
}

static gboolean
is_same_service (const struct stat *a, const struct stat *b)
{
  return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_ctim.tv_sec == b->st_ctim.tv_sec
         && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/* One that began with a PipeWire that has ended is deaf: it goes on to list what there was, and
 * never hears of the next. Where its service is another one now, it is begun anew. */
static void
ensure_monitor (void)
{
  g_autoptr (GstBus) bus = NULL;
  struct stat now;

  look_at_service (&now);
  if (monitor != NULL && is_same_service (&service, &now))
    return;
  if (monitor != NULL)
    {
      g_autoptr (GstBus) old = gst_device_monitor_get_bus (monitor);

      gst_device_monitor_stop (monitor);
      gst_bus_set_sync_handler (old, NULL, NULL, NULL);
      gst_clear_object (&monitor);
    }
  service = now;
  monitor = gst_device_monitor_new ();
  gst_device_monitor_add_filter (monitor, "Video/Source", NULL);
  bus = gst_device_monitor_get_bus (monitor);
  gst_bus_set_sync_handler (bus, on_message, NULL, NULL);
  /* FALSE only when no provider starts: then the list is empty, and that is what is said. */
  gst_device_monitor_start (monitor);
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

  if (address->device != NULL && *address->device == '/')
    {
      char *real = realpath (address->device, NULL);

      wanted_path = g_strdup (real);
      free (real);
    }
  g_mutex_lock (&monitor_lock);
  ensure_monitor ();
  all = gst_device_monitor_get_devices (monitor);
  g_mutex_unlock (&monitor_lock);
  for (GList *link = all; link != NULL && found == NULL; link = link->next)
    if (fits (address, link->data, wanted_path))
      found = gst_object_ref (link->data);
  g_list_free_full (all, gst_object_unref);
  return found;
}
