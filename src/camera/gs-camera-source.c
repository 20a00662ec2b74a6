/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera-source-private.h"

#include <string.h>

/* ---- delivery ---- */

/* Everything that waits, on the main thread. One visit fetches it all: a main thread that is late
 * finds the newest picture, not a row of old ones. */
static gboolean
deliver (gpointer data)
{
  GsCameraSource *self = data;
  GsCameraFrame *preview;
  GsPixels *frame;
  gboolean failed, ended;
  g_autofree char *name = NULL;

  g_mutex_lock (&self->lock);
  self->is_posted = FALSE;
  preview = g_steal_pointer (&self->preview);
  frame = g_steal_pointer (&self->frame);
  name = g_steal_pointer (&self->name);
  failed = self->has_failed;
  ended = self->has_ended;
  self->has_ended = FALSE;
  g_mutex_unlock (&self->lock);

  if (!self->is_closed && name != NULL)
    self->events.named (name, self->user_data);
  if (!self->is_closed && preview != NULL)
    self->events.preview (preview, self->user_data);
  if (!self->is_closed && frame != NULL)
    self->events.frame (frame, self->user_data);
  /* The detail is written once, before the flag. */
  if (!self->is_closed && failed)
    self->events.failed (self->trouble, self->detail, self->user_data);
  else if (!self->is_closed && ended)
    self->events.ended (self->user_data);
  g_clear_pointer (&preview, gs_camera_frame_unref);
  g_clear_pointer (&frame, gs_pixels_free);
  return G_SOURCE_REMOVE;
}

void
gs_camera_source_post_locked (GsCameraSource *self)
{
  GSource *source;

  if (self->is_posted)
    return;
  self->is_posted = TRUE;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "gs-camera");
  g_source_set_callback (source, deliver, gs_camera_source_ref (self),
                         (GDestroyNotify) gs_camera_source_unref);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

void
gs_camera_source_fail (GsCameraSource *self, GsCameraTrouble trouble, const char *format, ...)
{
  va_list words;

  g_mutex_lock (&self->lock);
  if (!self->has_failed)
    {
      va_start (words, format);
      self->detail = g_strdup_vprintf (format, words);
      va_end (words);
      self->trouble = trouble;
      self->has_failed = TRUE;
      gs_camera_source_post_locked (self);
    }
  g_mutex_unlock (&self->lock);
}

/* A server that never ends to speak of its progress makes none. */
#define MOST_STEPS 100

void
gs_camera_source_note_step (GsCameraSource *self)
{
  g_mutex_lock (&self->lock);
  if (self->picture_us == 0 && self->steps < MOST_STEPS)
    {
      self->steps++;
      self->step_us = g_get_monotonic_time ();
    }
  g_mutex_unlock (&self->lock);
}

/* ---- the bus ---- */

static void
on_error (GsCameraSource *self, GstMessage *message)
{
  g_autoptr (GError) error = NULL;
  GsCameraTrouble trouble;

  gst_message_parse_error (message, &error, NULL);
  trouble = gs_camera_trouble_of_error (error, self->address->kind);
  gs_camera_source_fail (self, trouble, "%s: %s", GST_MESSAGE_SRC_NAME (message), error->message);
}

/* Comes in whatever thread speaks; nothing is left for the bus, which nobody reads. */
static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  GsCameraSource *self = user_data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    on_error (self, message);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT
           && gst_message_has_name (message, "missing-plugin"))
    {
      const char *name = gst_structure_get_string (gst_message_get_structure (message), "name");

      gs_camera_source_fail (self, GS_CAMERA_TROUBLE_NO_PLUGIN, "There is no decoder for %s.",
                             name != NULL ? name : "what the camera sends");
    }
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_PROGRESS
           || GST_MESSAGE_TYPE (message) == GST_MESSAGE_STATE_CHANGED)
    gs_camera_source_note_step (self);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS
           && self->address->kind == GS_CAMERA_KIND_FILE)
    {
      g_mutex_lock (&self->lock);
      self->has_ended = TRUE;
      gs_camera_source_post_locked (self);
      g_mutex_unlock (&self->lock);
    }
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    gs_camera_source_fail (self,
                           self->address->kind == GS_CAMERA_KIND_RTSP
                             ? GS_CAMERA_TROUBLE_UNREACHABLE
                             : GS_CAMERA_TROUBLE_NO_DEVICE,
                           "The camera ended its pictures.");
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* ---- the worker ---- */

static gboolean
build (GsCameraSource *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstBus) bus = NULL;

  if (!gst_init_check (NULL, NULL, &error))
    {
      gs_camera_source_fail (self, GS_CAMERA_TROUBLE_NO_PLUGIN, "GStreamer does not start: %s",
                             error->message);
      return FALSE;
    }
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, on_message, self, NULL);
  return gs_camera_source_add_branches (self) && gs_camera_source_add_input (self);
}

static void
tear_down (GsCameraSource *self)
{
  g_autoptr (GstBus) bus = NULL;

  if (self->pipeline == NULL)
    return;
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, NULL, NULL, NULL);
  g_mutex_lock (&self->lock);
  self->preview_filter = self->frame_filter = NULL;
  gst_clear_object (&self->device);
  g_mutex_unlock (&self->lock);
  self->tee = self->into = NULL;
  gst_clear_object (&self->pipeline);
}

static void
open_in_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GsCameraSource *self = task_data;
  gboolean is_shut;

  /* Closed again while it waited: whoever starts and stops in a hurry waits for the last only. */
  g_mutex_lock (&self->lock);
  is_shut = self->is_shut;
  g_mutex_unlock (&self->lock);
  gs_camera_source_note_step (self);
  if (!is_shut && build (self))
    {
      gs_camera_source_note_step (self);
      gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
    }
  g_task_return_boolean (task, TRUE);
}

static void
close_in_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GsCameraSource *self = task_data;

  tear_down (self);
  g_task_return_boolean (task, TRUE);
}

static void
push (GsCameraSource *self, GsWorker *worker, GTaskThreadFunc func)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, gs_camera_source_ref (self), (GDestroyNotify) gs_camera_source_unref);
  gs_worker_push (worker, task, func);
}

/* ---- life ---- */

GsCameraSource *
gs_camera_source_new (const GsCameraAddress *address,
                      const GsCameraTlsFiles *files,
                      GsCameraDevices *devices,
                      const GsCameraSourceEvents *events,
                      gpointer user_data)
{
  GsCameraSource *self = g_new0 (GsCameraSource, 1);

  g_atomic_ref_count_init (&self->count);
  g_mutex_init (&self->lock);
  self->context = g_main_context_ref_thread_default ();
  self->address = gs_camera_address_copy (address);
  self->files.anchors = g_strdup (files->anchors);
  self->files.certificate = g_strdup (files->certificate);
  self->files.key = g_strdup (files->key);
  self->identity = gs_camera_identity_new ();
  self->devices = devices == NULL ? NULL : gs_camera_devices_ref (devices);
  self->events = *events;
  self->user_data = user_data;
  self->shape_n = self->shape_d = 1;
  self->trouble = GS_CAMERA_TROUBLE_NONE;
  return self;
}

GsCameraSource *
gs_camera_source_ref (GsCameraSource *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
gs_camera_source_unref (GsCameraSource *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_warn_if_fail (self->pipeline == NULL);
  g_clear_pointer (&self->preview, gs_camera_frame_unref);
  g_clear_pointer (&self->frame, gs_pixels_free);
  g_clear_pointer (&self->devices, gs_camera_devices_unref);
  g_clear_object (&self->identity);
  gs_camera_address_free (self->address);
  g_free (self->files.anchors);
  g_free (self->files.certificate);
  g_free (self->files.key);
  g_free (self->detail);
  g_free (self->name);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
gs_camera_source_open (GsCameraSource *self, GsWorker *worker)
{
  push (self, worker, open_in_worker);
}

void
gs_camera_source_close (GsCameraSource *self, GsWorker *worker)
{
  if (self->is_closed)
    return;
  self->is_closed = TRUE;
  g_mutex_lock (&self->lock);
  self->is_shut = TRUE;
  g_clear_pointer (&self->preview, gs_camera_frame_unref);
  g_clear_pointer (&self->frame, gs_pixels_free);
  g_mutex_unlock (&self->lock);
  push (self, worker, close_in_worker);
}

void
gs_camera_source_want_frame (GsCameraSource *self)
{
  g_mutex_lock (&self->lock);
  self->is_wanted = TRUE;
  g_mutex_unlock (&self->lock);
}

void
gs_camera_source_set_preview_size (GsCameraSource *self, guint width, guint height)
{
  g_mutex_lock (&self->lock);
  self->preview_width = width;
  self->preview_height = height;
  gs_camera_source_fit_locked (self);
  g_mutex_unlock (&self->lock);
}

gint64
gs_camera_source_get_picture_us (GsCameraSource *self)
{
  gint64 at_us;

  g_mutex_lock (&self->lock);
  at_us = self->picture_us;
  g_mutex_unlock (&self->lock);
  return at_us;
}

gint64
gs_camera_source_get_data_us (GsCameraSource *self)
{
  gint64 at_us;

  g_mutex_lock (&self->lock);
  at_us = self->data_us;
  g_mutex_unlock (&self->lock);
  return at_us;
}

gint64
gs_camera_source_get_step_us (GsCameraSource *self)
{
  gint64 at_us;

  g_mutex_lock (&self->lock);
  at_us = self->step_us;
  g_mutex_unlock (&self->lock);
  return at_us;
}

gboolean
gs_camera_source_is_device (GsCameraSource *self, GstDevice *device)
{
  gboolean is_it;

  g_mutex_lock (&self->lock);
  is_it = self->device == device;
  g_mutex_unlock (&self->lock);
  return is_it;
}
