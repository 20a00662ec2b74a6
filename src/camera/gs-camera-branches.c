/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera-source-private.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>
#include <string.h>

#define PREVIEW_EVERY_US (G_USEC_PER_SEC / 30)

/* ---- dots ---- */

typedef struct
{
  gsize length;
  guint8 dots[];
} Dots;

static void
dots_free (gpointer data)
{
  Dots *dots = data;

  explicit_bzero (dots->dots, dots->length);
  g_free (dots);
}

/* A copy of the picture without padding, cleansed with its last reference: what GStreamer keeps in
 * its pools goes with the pipeline. NULL when it does not fit into memory. */
static GBytes *
copy_dots (const GstVideoFrame *frame, gsize dot_bytes)
{
  gsize row = (gsize) GST_VIDEO_FRAME_WIDTH (frame) * dot_bytes;
  gsize height = (gsize) GST_VIDEO_FRAME_HEIGHT (frame);
  gsize stride = (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  const guint8 *from = GST_VIDEO_FRAME_PLANE_DATA (frame, 0);
  Dots *dots = g_try_malloc (sizeof (Dots) + row * height);

  if (dots == NULL)
    return NULL;
  dots->length = row * height;
  for (gsize y = 0; y < height; y++)
    memcpy (dots->dots + y * row, from + y * stride, row);
  return g_bytes_new_with_free_func (dots->dots, dots->length, dots_free, dots);
}

/* The picture of a sample in its own size; NULL when it is none. */
static GBytes *
read_sample (GstSample *sample, gsize dot_bytes, guint *width, guint *height)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  GBytes *bytes;

  if (gst_sample_get_caps (sample) == NULL || gst_sample_get_buffer (sample) == NULL
      || !gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
      || !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;
  *width = (guint) GST_VIDEO_FRAME_WIDTH (&frame);
  *height = (guint) GST_VIDEO_FRAME_HEIGHT (&frame);
  bytes = copy_dots (&frame, dot_bytes);
  gst_video_frame_unmap (&frame);
  return bytes;
}

static GstFlowReturn
on_preview (GstAppSink *sink, gpointer user_data)
{
  GsCameraSource *self = user_data;
  GstSample *sample = gst_app_sink_pull_sample (sink);
  gint64 now_us = g_get_monotonic_time ();
  guint width = 0, height = 0;
  GBytes *dots = sample == NULL ? NULL : read_sample (sample, 4, &width, &height);
  GsCameraFrame *frame =
    dots == NULL ? NULL : gs_camera_frame_new (width, height, (gsize) width * 4, dots, now_us);

  g_clear_pointer (&sample, gst_sample_unref);
  g_mutex_lock (&self->lock);
  if (frame != NULL && !self->is_shut)
    {
      GsCameraFrame *old = self->preview;

      self->preview = frame;
      frame = old;
      self->picture_us = now_us;
      gs_camera_source_post_locked (self);
    }
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&frame, gs_camera_frame_unref);
  return GST_FLOW_OK;
}

static GstFlowReturn
on_frame (GstAppSink *sink, gpointer user_data)
{
  GsCameraSource *self = user_data;
  GstSample *sample = gst_app_sink_pull_sample (sink);
  guint width = 0, height = 0;
  g_autoptr (GBytes) dots = sample == NULL ? NULL : read_sample (sample, 3, &width, &height);
  GsPixels *frame = dots == NULL ? NULL : gs_pixels_new (width, height, dots);

  g_clear_pointer (&sample, gst_sample_unref);
  g_mutex_lock (&self->lock);
  if (frame != NULL && !self->is_shut)
    {
      GsPixels *old = self->frame;

      self->frame = frame;
      frame = old;
      gs_camera_source_post_locked (self);
    }
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&frame, gs_pixels_free);
  return GST_FLOW_OK;
}

/* ---- sizes ---- */

void
gs_camera_fit (guint width,
               guint height,
               int shape_n,
               int shape_d,
               guint most_width,
               guint most_height,
               guint *fit_width,
               guint *fit_height)
{
  double wide = width, high = height, scale = 1.0;

  /* Dots that are not square: the side that is too long for them shrinks. */
  if (shape_n > shape_d && shape_d > 0)
    high = high * shape_d / shape_n;
  else if (shape_n < shape_d && shape_n > 0)
    wide = wide * shape_n / shape_d;
  if (most_width > 0)
    scale = MIN (scale, most_width / wide);
  if (most_height > 0)
    scale = MIN (scale, most_height / high);
  *fit_width = MAX ((guint) (wide * scale + 0.5), 1);
  *fit_height = MAX ((guint) (high * scale + 0.5), 1);
  if (most_width > 0)
    *fit_width = MIN (*fit_width, most_width);
  if (most_height > 0)
    *fit_height = MIN (*fit_height, most_height);
}

static void
set_size (GsCameraSource *self, GstElement *filter, const char *format, guint width, guint height)
{
  guint fit_width, fit_height;
  g_autoptr (GstCaps) caps = NULL;

  gs_camera_fit (self->source_width, self->source_height, self->shape_n, self->shape_d, width,
                 height, &fit_width, &fit_height);
  caps = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, format, "width", G_TYPE_INT,
                              (int) fit_width, "height", G_TYPE_INT, (int) fit_height,
                              "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, NULL);
  g_object_set (filter, "caps", caps, NULL);
}

void
gs_camera_source_fit_locked (GsCameraSource *self)
{
  if (self->source_width == 0 || self->preview_filter == NULL)
    return;
  set_size (self, self->preview_filter, "BGRA", self->preview_width, self->preview_height);
  set_size (self, self->frame_filter, "RGB", GS_CAMERA_FRAME_WIDTH, GS_CAMERA_FRAME_HEIGHT);
}

/* ---- what goes where ---- */

/* The pictures' size, at the beginning and whenever it changes. */
static gboolean
take_caps (GsCameraSource *self, GstEvent *event)
{
  GstCaps *caps;
  GstVideoInfo info;
  gint width, height;

  gst_event_parse_caps (event, &caps);
  if (!gst_video_info_from_caps (&info, caps))
    {
      gs_camera_source_fail (self, GS_CAMERA_TROUBLE_FORMAT, "The camera sends no pictures.");
      return FALSE;
    }
  width = GST_VIDEO_INFO_WIDTH (&info);
  height = GST_VIDEO_INFO_HEIGHT (&info);
  if (width < GS_CAMERA_SHORTEST_SIDE || height < GS_CAMERA_SHORTEST_SIDE
      || width > GS_CAMERA_LONGEST_SIDE || height > GS_CAMERA_LONGEST_SIDE
      || (gint64) width * height > GS_CAMERA_MOST_DOTS)
    {
      gs_camera_source_fail (self, GS_CAMERA_TROUBLE_FORMAT,
                             "The camera sends pictures of %d × %d.", width, height);
      return FALSE;
    }
  g_mutex_lock (&self->lock);
  self->source_width = (guint) width;
  self->source_height = (guint) height;
  self->shape_n = GST_VIDEO_INFO_PAR_N (&info);
  self->shape_d = GST_VIDEO_INFO_PAR_D (&info);
  gs_camera_source_fit_locked (self);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* Before the tee: sizes are looked at, damaged pictures go no further. */
static GstPadProbeReturn
on_picture (GstPad *pad, GstPadProbeInfo *probe, gpointer user_data)
{
  GsCameraSource *self = user_data;

  if (GST_PAD_PROBE_INFO_TYPE (probe) & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM)
    {
      GstEvent *event = GST_PAD_PROBE_INFO_EVENT (probe);

      return GST_EVENT_TYPE (event) != GST_EVENT_CAPS || take_caps (self, event)
               ? GST_PAD_PROBE_OK
               : GST_PAD_PROBE_DROP;
    }
  return GST_BUFFER_FLAG_IS_SET (GST_PAD_PROBE_INFO_BUFFER (probe), GST_BUFFER_FLAG_CORRUPTED)
           ? GST_PAD_PROBE_DROP
           : GST_PAD_PROBE_OK;
}

/* A change of a branch's size concerns nobody before the tee: a camera would start anew. */
static gboolean
is_reconfigure (GstPadProbeInfo *probe)
{
  return (GST_PAD_PROBE_INFO_TYPE (probe) & GST_PAD_PROBE_TYPE_EVENT_UPSTREAM)
         && GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (probe)) == GST_EVENT_RECONFIGURE;
}

/* No more than 30 a second, but for the camera's own unevenness. */
static GstPadProbeReturn
on_preview_branch (GstPad *pad, GstPadProbeInfo *probe, gpointer user_data)
{
  GsCameraSource *self = user_data;
  gint64 now_us = g_get_monotonic_time ();
  gboolean is_due;

  if (is_reconfigure (probe))
    return GST_PAD_PROBE_DROP;
  if (!(GST_PAD_PROBE_INFO_TYPE (probe) & GST_PAD_PROBE_TYPE_BUFFER))
    return GST_PAD_PROBE_OK;
  g_mutex_lock (&self->lock);
  is_due = !self->is_shut && now_us >= self->next_preview_us - PREVIEW_EVERY_US / 2;
  if (is_due)
    self->next_preview_us =
      MAX (self->next_preview_us, now_us - PREVIEW_EVERY_US) + PREVIEW_EVERY_US;
  g_mutex_unlock (&self->lock);
  return is_due ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

/* One for each wish; nothing is converted that nobody wants. */
static GstPadProbeReturn
on_frame_branch (GstPad *pad, GstPadProbeInfo *probe, gpointer user_data)
{
  GsCameraSource *self = user_data;
  gboolean is_wanted;

  if (is_reconfigure (probe))
    return GST_PAD_PROBE_DROP;
  if (!(GST_PAD_PROBE_INFO_TYPE (probe) & GST_PAD_PROBE_TYPE_BUFFER))
    return GST_PAD_PROBE_OK;
  g_mutex_lock (&self->lock);
  is_wanted = self->is_wanted && !self->is_shut;
  self->is_wanted = FALSE;
  g_mutex_unlock (&self->lock);
  return is_wanted ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

/* ---- building ---- */

static GstElement *
add_sink (GsCameraSource *self,
          guint most,
          GstFlowReturn (*on_sample) (GstAppSink *sink, gpointer user_data))
{
  GstElement *sink = gs_camera_source_add (self, "appsink", "gstreamer1.0-plugins-base");
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample };

  if (sink == NULL)
    return NULL;
  /* Not async: pictures may come late or never, and the other branch must not wait for this. */
  g_object_set (sink, "max-buffers", most, "drop", TRUE, "sync", FALSE, "async", FALSE,
                "enable-last-sample", FALSE, "qos", FALSE, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  return sink;
}

static GstElement *
add_branch (GsCameraSource *self,
            guint most,
            GstPadProbeCallback on_branch,
            GstFlowReturn (*on_sample) (GstAppSink *sink, gpointer user_data))
{
  static const char package[] = "gstreamer1.0-plugins-base";
  GstElement *queue = gs_camera_source_add (self, "queue", "libgstreamer1.0-0");
  GstElement *scale = gs_camera_source_add (self, "videoscale", package);
  GstElement *convert = gs_camera_source_add (self, "videoconvert", package);
  GstElement *filter = gs_camera_source_add (self, "capsfilter", "libgstreamer1.0-0");
  GstElement *sink = add_sink (self, most, on_sample);
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GstPad) start = NULL;

  if (queue == NULL || scale == NULL || convert == NULL || filter == NULL || sink == NULL)
    return NULL;
  gst_util_set_object_arg (G_OBJECT (queue), "leaky", "downstream");
  g_object_set (queue, "max-size-buffers", most, "max-size-bytes", 0, "max-size-time",
                G_GUINT64_CONSTANT (0), NULL);
  g_object_set (scale, "add-borders", FALSE, NULL);
  gst_element_link_many (queue, scale, convert, filter, sink, NULL);
  pad = gst_element_request_pad_simple (self->tee, "src_%u");
  start = gst_element_get_static_pad (queue, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, on_branch,
                     self, NULL);
  gst_pad_link (pad, start);
  return filter;
}

gboolean
gs_camera_source_add_branches (GsCameraSource *self)
{
  GstElement *preview_filter, *frame_filter;
  g_autoptr (GstPad) pad = NULL;

  self->tee = gs_camera_source_add (self, "tee", "libgstreamer1.0-0");
  if (self->tee == NULL)
    return FALSE;
  pad = gst_element_get_static_pad (self->tee, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     on_picture, self, NULL);
  preview_filter = add_branch (self, 2, on_preview_branch, on_preview);
  frame_filter = add_branch (self, 1, on_frame_branch, on_frame);
  g_mutex_lock (&self->lock);
  self->preview_filter = preview_filter;
  self->frame_filter = frame_filter;
  g_mutex_unlock (&self->lock);
  return preview_filter != NULL && frame_filter != NULL;
}
