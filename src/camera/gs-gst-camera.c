/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gst-camera.h"

#include "gs-camera-devices-private.h"
#include "gs-camera-pulse.h"
#include "gs-camera-source-private.h"
#include "gs-worker.h"

#include <gio/gio.h>

#define TICK_MS 100
#define FED_US G_USEC_PER_SEC

struct _GsGstCamera
{
  GObject parent;

  GsCameraAddress *address;
  GsCameraTlsFiles files;
  GsWorker *worker;
  GsCameraDevices *devices;
  GsCameraSource *source;
  GsCameraPulse pulse;
  GFileMonitor *monitor;
  guint tick;
  guint preview_width, preview_height;
  gboolean is_wanted;
  char *name;
  char *detail;
};

static void gs_gst_camera_iface_init (GsCameraInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsGstCamera,
                               gs_gst_camera,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_CAMERA, gs_gst_camera_iface_init))

static void open_source (GsGstCamera *self);

/* ---- state ---- */

static void
close_source (GsGstCamera *self)
{
  if (self->source == NULL)
    return;
  gs_camera_source_close (self->source, self->worker);
  g_clear_pointer (&self->source, gs_camera_source_unref);
}

/* Says what differs from BEFORE. */
static void
tell (GsGstCamera *self, const GsCameraPulse *before)
{
  if (self->pulse.trouble == GS_CAMERA_TROUBLE_NONE)
    g_clear_pointer (&self->detail, g_free);
  if (self->pulse.state != before->state || self->pulse.trouble != before->trouble)
    gs_camera_emit_state_changed (GS_CAMERA (self));
}

static void
fail (GsGstCamera *self, GsCameraTrouble trouble, const char *detail)
{
  GsCameraPulse before = self->pulse;
  g_autofree char *kept = g_strdup (detail);

  close_source (self);
  g_free (self->detail);
  self->detail = g_steal_pointer (&kept);
  gs_camera_pulse_fail (&self->pulse, trouble, g_get_monotonic_time ());
  tell (self, &before);
}

static gboolean
on_tick (gpointer user_data)
{
  g_autoptr (GsGstCamera) self = g_object_ref (user_data);
  GsCameraPulse before = self->pulse;
  gint64 now_us = g_get_monotonic_time (), picture_us = 0;
  gboolean is_fed = FALSE;

  if (self->source != NULL)
    {
      gs_camera_pulse_step (&self->pulse, gs_camera_source_get_step_us (self->source));
      picture_us = gs_camera_source_get_picture_us (self->source);
      is_fed = now_us - gs_camera_source_get_data_us (self->source) < FED_US;
    }
  /* The time at which it came, not at which this thread had time for it. */
  if (picture_us > self->pulse.picture_us)
    gs_camera_pulse_picture (&self->pulse, picture_us);
  switch (gs_camera_pulse_tick (&self->pulse, is_fed, now_us))
    {
    case GS_CAMERA_PULSE_OPEN:
      open_source (self);
      break;
    case GS_CAMERA_PULSE_CLOSE:
      close_source (self);
      g_free (self->detail);
      self->detail = g_strdup (is_fed ? "What the camera sends cannot be decoded."
                                      : "The camera sends nothing.");
      break;
    case GS_CAMERA_PULSE_NOTHING:
    default:
      break;
    }
  tell (self, &before);
  return G_SOURCE_CONTINUE;
}

/* ---- what the source tells ---- */

static void
on_preview (GsCameraFrame *frame, gpointer user_data)
{
  g_autoptr (GsGstCamera) self = g_object_ref (user_data);
  GsCameraPulse before = self->pulse;

  gs_camera_pulse_picture (&self->pulse, frame->at_monotonic_us);
  tell (self, &before);
  if (self->source != NULL)
    gs_camera_emit_preview (GS_CAMERA (self), frame);
}

static void
on_frame (const GsPixels *frame, gpointer user_data)
{
  g_autoptr (GsGstCamera) self = g_object_ref (user_data);

  if (!self->is_wanted)
    return;
  self->is_wanted = FALSE;
  gs_camera_emit_frame (GS_CAMERA (self), frame);
}

static void
on_failed (GsCameraTrouble trouble, const char *detail, gpointer user_data)
{
  g_autoptr (GsGstCamera) self = g_object_ref (user_data);

  fail (self, trouble, detail);
}

/* A recording begins again; one without a picture would do so for ever. */
static void
on_ended (gpointer user_data)
{
  g_autoptr (GsGstCamera) self = g_object_ref (user_data);

  if (gs_camera_source_get_picture_us (self->source) == 0)
    {
      fail (self, GS_CAMERA_TROUBLE_FORMAT, "There is no picture in the file.");
      return;
    }
  close_source (self);
  open_source (self);
}

static void
on_named (const char *name, gpointer user_data)
{
  GsGstCamera *self = user_data;

  g_free (self->name);
  self->name = g_strdup (name);
}

static void
open_source (GsGstCamera *self)
{
  static const GsCameraSourceEvents events = { on_preview, on_frame, on_failed, on_ended,
                                               on_named };

  self->source = gs_camera_source_new (self->address, &self->files, self->devices, &events, self);
  gs_camera_source_set_preview_size (self->source, self->preview_width, self->preview_height);
  if (self->is_wanted)
    gs_camera_source_want_frame (self->source);
  gs_camera_source_open (self->source, self->worker);
}

/* ---- what the system tells ---- */

static void
on_devices (GstDevice *gone, gpointer user_data)
{
  GsGstCamera *self = user_data;

  if (gone == NULL)
    gs_camera_pulse_hurry (&self->pulse, g_get_monotonic_time ());
  else if (self->source != NULL && gs_camera_source_is_device (self->source, gone))
    on_failed (GS_CAMERA_TROUBLE_NO_DEVICE, "The camera was unplugged.", self);
}

/* Another picture was written: it is shown instead. */
static void
on_file_changed (
  GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer user_data)
{
  GsGstCamera *self = user_data;

  if (event != G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT && event != G_FILE_MONITOR_EVENT_RENAMED
      && event != G_FILE_MONITOR_EVENT_MOVED_IN && event != G_FILE_MONITOR_EVENT_CREATED)
    return;
  gs_camera_pulse_hurry (&self->pulse, g_get_monotonic_time ());
  if (self->source == NULL)
    return;
  close_source (self);
  open_source (self);
}

static void
watch_file (GsGstCamera *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->address->path);

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect (self->monitor, "changed", G_CALLBACK (on_file_changed), self);
}

/* ---- GsCamera ---- */

static void
gs_gst_camera_start (GsCamera *camera)
{
  GsGstCamera *self = GS_GST_CAMERA (camera);
  GsCameraPulse before = self->pulse;

  if (self->pulse.state != GS_CAMERA_OFF)
    return;
  if (self->worker == NULL)
    self->worker = gs_worker_new ("gs-camera");
  if (self->address->kind == GS_CAMERA_KIND_FILE)
    watch_file (self);
  else if (self->address->kind != GS_CAMERA_KIND_RTSP)
    self->devices = gs_camera_devices_new (on_devices, self);
  gs_camera_pulse_start (&self->pulse, g_get_monotonic_time ());
  gs_camera_pulse_tick (&self->pulse, FALSE, g_get_monotonic_time ());
  open_source (self);
  self->tick = g_timeout_add (TICK_MS, on_tick, self);
  tell (self, &before);
}

static void
drop_devices (GsGstCamera *self)
{
  if (self->devices == NULL)
    return;
  gs_camera_devices_stop (self->devices);
  g_clear_pointer (&self->devices, gs_camera_devices_unref);
}

static void
gs_gst_camera_stop (GsCamera *camera)
{
  GsGstCamera *self = GS_GST_CAMERA (camera);
  GsCameraPulse before = self->pulse;

  if (self->pulse.state == GS_CAMERA_OFF)
    return;
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
      g_clear_object (&self->monitor);
    }
  self->is_wanted = FALSE;
  close_source (self);
  drop_devices (self);
  gs_camera_pulse_stop (&self->pulse);
  tell (self, &before);
}

static GsCameraState
gs_gst_camera_get_state (GsCamera *camera)
{
  return GS_GST_CAMERA (camera)->pulse.state;
}

static GsCameraTrouble
gs_gst_camera_get_trouble (GsCamera *camera)
{
  return GS_GST_CAMERA (camera)->pulse.trouble;
}

static const char *
gs_gst_camera_get_detail (GsCamera *camera)
{
  return GS_GST_CAMERA (camera)->detail;
}

static const char *
gs_gst_camera_get_name (GsCamera *camera)
{
  return GS_GST_CAMERA (camera)->name;
}

static void
gs_gst_camera_want_frame (GsCamera *camera)
{
  GsGstCamera *self = GS_GST_CAMERA (camera);

  if (self->pulse.state == GS_CAMERA_OFF)
    return;
  self->is_wanted = TRUE;
  if (self->source != NULL)
    gs_camera_source_want_frame (self->source);
}

static void
gs_gst_camera_set_preview_size (GsCamera *camera, guint width, guint height)
{
  GsGstCamera *self = GS_GST_CAMERA (camera);

  if (self->preview_width == width && self->preview_height == height)
    return;
  self->preview_width = width;
  self->preview_height = height;
  if (self->source != NULL)
    gs_camera_source_set_preview_size (self->source, width, height);
}

static void
gs_gst_camera_iface_init (GsCameraInterface *iface)
{
  iface->start = gs_gst_camera_start;
  iface->stop = gs_gst_camera_stop;
  iface->get_state = gs_gst_camera_get_state;
  iface->get_trouble = gs_gst_camera_get_trouble;
  iface->get_detail = gs_gst_camera_get_detail;
  iface->get_name = gs_gst_camera_get_name;
  iface->want_frame = gs_gst_camera_want_frame;
  iface->set_preview_size = gs_gst_camera_set_preview_size;
}

/* ---- life ---- */

static gpointer
end_worker (gpointer worker)
{
  gs_worker_stop (worker);
  g_object_unref (worker);
  return NULL;
}

static void
gs_gst_camera_dispose (GObject *object)
{
  GsGstCamera *self = GS_GST_CAMERA (object);

  gs_gst_camera_stop (GS_CAMERA (self));
  /* A device or a server may take its time to let go: nobody waits for it here. */
  if (self->worker != NULL)
    g_thread_unref (g_thread_new ("gs-camera-end", end_worker, g_steal_pointer (&self->worker)));
  G_OBJECT_CLASS (gs_gst_camera_parent_class)->dispose (object);
}

static void
gs_gst_camera_finalize (GObject *object)
{
  GsGstCamera *self = GS_GST_CAMERA (object);

  gs_camera_address_free (self->address);
  g_free (self->files.anchors);
  g_free (self->files.certificate);
  g_free (self->files.key);
  g_free (self->name);
  g_free (self->detail);
  G_OBJECT_CLASS (gs_gst_camera_parent_class)->finalize (object);
}

static void
gs_gst_camera_class_init (GsGstCameraClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_gst_camera_dispose;
  G_OBJECT_CLASS (klass)->finalize = gs_gst_camera_finalize;
}

static void
gs_gst_camera_init (GsGstCamera *self)
{
}

static char *
name_of (const GsCameraAddress *address)
{
  if (address->kind == GS_CAMERA_KIND_RTSP)
    return g_strdup (address->host);
  if (address->kind == GS_CAMERA_KIND_FILE)
    return g_path_get_basename (address->path);
  return g_strdup (address->device != NULL ? address->device : "");
}

GsGstCamera *
gs_gst_camera_new (const char *address, GError **error)
{
  g_autoptr (GsCameraAddress) parsed = gs_camera_address_parse (address, error);
  GsGstCamera *self;

  if (parsed == NULL)
    return NULL;
  self = g_object_new (GS_TYPE_GST_CAMERA, NULL);
  self->address = g_steal_pointer (&parsed);
  self->name = name_of (self->address);
  gs_camera_pulse_init (&self->pulse, self->address->kind == GS_CAMERA_KIND_RTSP
                                        ? GS_CAMERA_TROUBLE_UNREACHABLE
                                        : GS_CAMERA_TROUBLE_NO_DEVICE);
  return self;
}

void
gs_gst_camera_set_tls (GsGstCamera *self,
                       const char *anchors,
                       const char *certificate,
                       const char *key)
{
  g_return_if_fail (GS_IS_GST_CAMERA (self));
  g_free (self->files.anchors);
  g_free (self->files.certificate);
  g_free (self->files.key);
  self->files = (GsCameraTlsFiles){ g_strdup (anchors), g_strdup (certificate), g_strdup (key) };
}
