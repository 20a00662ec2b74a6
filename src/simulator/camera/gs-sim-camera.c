/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-camera-private.h"

#include <gst/app/gstappsrc.h>

#define PICTURE_MS 33

static const char launch[] =
  "( appsrc name=source is-live=true do-timestamp=true format=time stream-type=stream "
  "max-buffers=3 "
  "block=false caps=video/x-raw,format=I420,width=1280,height=720,framerate=30/1,"
  "interlace-mode=progressive,colorimetry=bt709 "
  "! %s ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=1 )";

GsSimCamera *
gs_sim_camera_new (const char *place,
                   const char *mount,
                   GMainContext *context,
                   GsSimWardrobe *wardrobe,
                   guint64 seed)
{
  GsSimCamera *self = g_new0 (GsSimCamera, 1);

  g_atomic_ref_count_init (&self->count);
  g_mutex_init (&self->lock);
  self->place = g_strdup (place);
  self->mount = g_strdup (mount);
  self->context = g_main_context_ref (context);
  self->picture = gs_sim_picture_new (wardrobe, seed ^ g_str_hash (place));
  self->sight.trouble = self->at_first = GS_SIM_TROUBLE_NONE;
  return self;
}

GsSimCamera *
gs_sim_camera_ref (GsSimCamera *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
gs_sim_camera_unref (GsSimCamera *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;
  gs_sim_picture_free (self->picture);
  g_strfreev (self->watchers);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_free (self->place);
  g_free (self->mount);
  g_free (self);
}

/* ---- pictures ---- */

/* What there is to see now, and where it goes. NULL when no picture is due. */
static GstElement *
take_sight (GsSimCamera *self, gint64 now_us, GsSimSight *sight)
{
  GstElement *source = NULL;

  g_mutex_lock (&self->lock);
  *sight = self->sight;
  if (sight->trouble == GS_SIM_TROUBLE_NONE && now_us < self->at_first_until_us)
    sight->trouble = self->at_first;
  if (self->source != NULL && sight->trouble != GS_SIM_TROUBLE_FREEZE)
    source = gst_object_ref (self->source);
  g_mutex_unlock (&self->lock);
  return source;
}

static gboolean
on_clock (gpointer user_data)
{
  GsSimCamera *self = user_data;
  gint64 now_us = g_get_monotonic_time ();
  GsSimSight sight;
  GstElement *source = take_sight (self, now_us, &sight);
  GstMapInfo map;
  GstBuffer *buffer;

  if (source == NULL)
    return G_SOURCE_CONTINUE;
  /* A coder that does not keep up gets fewer. */
  if (gst_app_src_get_current_level_buffers (GST_APP_SRC (source)) < 2)
    {
      buffer = gst_buffer_new_allocate (NULL, GS_SIM_PICTURE_BYTES, NULL);
      gst_buffer_map (buffer, &map, GST_MAP_WRITE);
      gs_sim_picture_draw (self->picture, &sight, now_us, map.data);
      gst_buffer_unmap (buffer, &map);
      gst_app_src_push_buffer (GST_APP_SRC (source), buffer);
    }
  gst_object_unref (source);
  return G_SOURCE_CONTINUE;
}

static void
start_clock (GsSimCamera *self, GstElement *source)
{
  g_mutex_lock (&self->lock);
  gst_clear_object (&self->source);
  self->source = gst_object_ref (source);
  if (self->clock == NULL)
    {
      self->clock = g_timeout_source_new (PICTURE_MS);
      g_source_set_callback (self->clock, on_clock, gs_sim_camera_ref (self),
                             (GDestroyNotify) gs_sim_camera_unref);
      g_source_attach (self->clock, self->context);
    }
  g_mutex_unlock (&self->lock);
}

/* Of one stream only, when its source is given: the next one may have begun before it ended. */
static void
stop_clock (GsSimCamera *self, GstElement *only)
{
  GSource *clock = NULL;
  GstElement *source = NULL;

  g_mutex_lock (&self->lock);
  if (only == NULL || self->source == only)
    {
      clock = g_steal_pointer (&self->clock);
      source = g_steal_pointer (&self->source);
    }
  g_mutex_unlock (&self->lock);
  if (clock != NULL)
    {
      g_source_destroy (clock);
      g_source_unref (clock);
    }
  gst_clear_object (&source);
}

void
gs_sim_camera_end (GsSimCamera *self)
{
  stop_clock (self, NULL);
}

/* ---- the stream ---- */

typedef struct
{
  GsSimCamera *camera;
  GstElement *source;
} Stream;

static void
stream_free (gpointer data, GClosure *closure)
{
  Stream *stream = data;

  gs_sim_camera_unref (stream->camera);
  gst_object_unref (stream->source);
  g_free (stream);
}

/* GARBAGE: the units' types stay, what they say is noise. */
static GstPadProbeReturn
on_coded (GstPad *pad, GstPadProbeInfo *probe, gpointer user_data)
{
  GsSimCamera *self = user_data;
  gboolean is_garbage;
  GstBuffer *buffer;
  GstMapInfo map;

  g_mutex_lock (&self->lock);
  is_garbage = self->sight.trouble == GS_SIM_TROUBLE_GARBAGE;
  g_mutex_unlock (&self->lock);
  if (!is_garbage)
    return GST_PAD_PROBE_OK;
  buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (probe));
  GST_PAD_PROBE_INFO_DATA (probe) = buffer;
  if (gst_buffer_map (buffer, &map, GST_MAP_READWRITE))
    {
      for (gsize i = 8; i < map.size; i++)
        map.data[i] = (guint8) (map.data[i] * 31 + i * 7 + 13);
      gst_buffer_unmap (buffer, &map);
    }
  return GST_PAD_PROBE_OK;
}

static void
on_unprepared (GstRTSPMedia *media, gpointer user_data)
{
  Stream *stream = user_data;

  stop_clock (stream->camera, stream->source);
}

static void
unref_camera (gpointer camera, GClosure *closure)
{
  gs_sim_camera_unref (camera);
}

static void
on_media (GstRTSPMediaFactory *factory, GstRTSPMedia *media, gpointer user_data)
{
  GsSimCamera *self = user_data;
  g_autoptr (GstElement) bin = gst_rtsp_media_get_element (media);
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (bin), "source");
  g_autoptr (GstElement) payloader = gst_bin_get_by_name (GST_BIN (bin), "pay0");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (payloader, "sink");
  Stream *stream;

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_coded, gs_sim_camera_ref (self),
                     (GDestroyNotify) gs_sim_camera_unref);
  stream = g_new (Stream, 1);
  *stream = (Stream){ gs_sim_camera_ref (self), gst_object_ref (source) };
  g_signal_connect_data (media, "unprepared", G_CALLBACK (on_unprepared), stream, stream_free, 0);
  start_clock (self, source);
}

static const char *
choose_coder (void)
{
  g_autoptr (GstElementFactory) openh264 = gst_element_factory_find ("openh264enc");

  return openh264 != NULL ? "openh264enc complexity=low rate-control=bitrate bitrate=3000000 "
                            "gop-size=30 multi-thread=1"
                          : "x264enc tune=zerolatency speed-preset=ultrafast bitrate=3000 "
                            "key-int-max=30 threads=1";
}

GstRTSPMediaFactory *
gs_sim_camera_make_factory (GsSimCamera *self)
{
  GstRTSPMediaFactory *factory = gst_rtsp_media_factory_new ();
  g_autofree char *line = g_strdup_printf (launch, choose_coder ());

  gst_rtsp_media_factory_set_launch (factory, line);
  gst_rtsp_media_factory_set_shared (factory, TRUE);
  gst_rtsp_media_factory_set_protocols (factory, GST_RTSP_LOWER_TRANS_TCP);
  g_signal_connect_data (factory, "media-configure", G_CALLBACK (on_media),
                         gs_sim_camera_ref (self), unref_camera, 0);
  return factory;
}
