/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera-source-private.h"

#include <stdio.h>
#include <string.h>

#define GOOD "gstreamer1.0-plugins-good"
#define BASE "gstreamer1.0-plugins-base"

#define OVER_TCP 4 /* rtspsrc's number (GstRTSPLowerTrans); the URL's scheme decides about TLS */

#define STREAM_TIMEOUT_US (G_GUINT64_CONSTANT (5) * G_USEC_PER_SEC)
#define STREAM_LATENCY_MS 100

GstElement *
gs_camera_source_add (GsCameraSource *self, const char *factory, const char *package)
{
  GstElement *element = gst_element_factory_make (factory, NULL);

  if (element == NULL)
    gs_camera_source_fail (self, GS_CAMERA_TROUBLE_NO_PLUGIN,
                           "GStreamer's element %s is missing (Debian package %s).", factory,
                           package);
  else
    gst_bin_add (GST_BIN (self->pipeline), element);
  return element;
}

/* ---- looking at what comes ---- */

static GstPadProbeReturn
on_data (GstPad *pad, GstPadProbeInfo *probe, gpointer user_data)
{
  GsCameraSource *self = user_data;
  gboolean is_first;

  g_mutex_lock (&self->lock);
  is_first = self->data_us == 0;
  self->data_us = g_get_monotonic_time ();
  g_mutex_unlock (&self->lock);
  if (is_first)
    gs_camera_source_note_step (self);
  return GST_PAD_PROBE_OK;
}

static void
watch_data (GsCameraSource *self, GstElement *element, const char *name)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, name);

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, on_data, self,
                     NULL);
}

/* What says how large its pictures are is refused before a decoder makes room for them. */
static GstPadProbeReturn
on_coded_caps (GstPad *pad, GstPadProbeInfo *probe, gpointer user_data)
{
  GsCameraSource *self = user_data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (probe);
  const GstStructure *facts;
  GstCaps *caps;
  gint width = 0, height = 0;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  facts = gst_caps_get_structure (caps, 0);
  if (!gst_structure_get_int (facts, "width", &width)
      || !gst_structure_get_int (facts, "height", &height))
    return GST_PAD_PROBE_OK;
  if (width > 0 && height > 0 && width <= GS_CAMERA_LONGEST_SIDE && height <= GS_CAMERA_LONGEST_SIDE
      && (gint64) width * height <= GS_CAMERA_MOST_DOTS)
    return GST_PAD_PROBE_OK;
  gs_camera_source_fail (self, GS_CAMERA_TROUBLE_FORMAT, "The camera sends pictures of %d × %d.",
                         width, height);
  return GST_PAD_PROBE_DROP;
}

static void
watch_size (GsCameraSource *self, GstElement *decoder)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (decoder, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_coded_caps, self, NULL);
}

static void
set_if_there (GstElement *element, const char *property, const char *value)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), property) != NULL)
    gst_util_set_object_arg (G_OBJECT (element), property, value);
}

/* ---- a stream ---- */

static void
on_stream_pad (GstElement *stream, GstPad *pad, gpointer user_data)
{
  GsCameraSource *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autoptr (GstPad) into = gst_element_get_static_pad (self->into, "sink");
  const GstStructure *facts = caps == NULL ? NULL : gst_caps_get_structure (caps, 0);
  const char *media = facts == NULL ? NULL : gst_structure_get_string (facts, "media");
  const char *coding = facts == NULL ? NULL : gst_structure_get_string (facts, "encoding-name");

  if (g_strcmp0 (media, "video") != 0 || gst_pad_is_linked (into))
    return;
  if (g_strcmp0 (coding, "H264") != 0)
    gs_camera_source_fail (self, GS_CAMERA_TROUBLE_FORMAT,
                           "The stream is %s; H.264 is what can be shown.",
                           coding != NULL ? coding : "of an unknown kind");
  else if (gst_pad_link (pad, into) != GST_PAD_LINK_OK)
    gs_camera_source_fail (self, GS_CAMERA_TROUBLE_FORMAT, "The stream cannot be unpacked.");
}

/* Sound is not asked for. */
static gboolean
on_select_stream (GstElement *stream, guint number, GstCaps *caps, gpointer user_data)
{
  return g_strcmp0 (gst_structure_get_string (gst_caps_get_structure (caps, 0), "media"), "video")
         == 0;
}

static void
on_all_pads (GstElement *stream, gpointer user_data)
{
  GsCameraSource *self = user_data;
  g_autoptr (GstPad) into = gst_element_get_static_pad (self->into, "sink");

  if (!gst_pad_is_linked (into))
    gs_camera_source_fail (self, GS_CAMERA_TROUBLE_FORMAT, "The stream has no pictures.");
}

/* GStreamer asks only when the certificate is not that of the host by the authorities given. */
static gboolean
on_bad_certificate (GstElement *stream,
                    GTlsConnection *connection,
                    GTlsCertificate *certificate,
                    GTlsCertificateFlags errors,
                    gpointer user_data)
{
  gs_camera_source_fail (user_data, GS_CAMERA_TROUBLE_NOT_ALLOWED,
                         "The stream's certificate is not trusted (0x%x).", (guint) errors);
  return FALSE;
}

static gboolean
set_up_tls (GsCameraSource *self, GstElement *stream)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) anchors = NULL;

  g_signal_connect (stream, "accept-certificate", G_CALLBACK (on_bad_certificate), self);
  if (self->files.anchors != NULL)
    {
      anchors = g_tls_file_database_new (self->files.anchors, &error);
      if (anchors != NULL)
        g_object_set (stream, "tls-database", anchors, NULL);
    }
  if (error == NULL && self->files.certificate != NULL)
    {
      gs_camera_identity_load (self->identity, self->files.certificate, self->files.key, &error);
      g_object_set (stream, "tls-interaction", self->identity, NULL);
    }
  if (error == NULL)
    return TRUE;
  gs_camera_source_fail (self, GS_CAMERA_TROUBLE_NOT_ALLOWED, "%s", error->message);
  return FALSE;
}

/* The first H.264 decoder that the system has. One thread: more of them hold pictures back. */
static GstElement *
add_decoder (GsCameraSource *self)
{
  GstElement *decoder = gst_element_factory_make ("avdec_h264", NULL);

  if (decoder == NULL)
    decoder = gst_element_factory_make ("openh264dec", NULL);
  if (decoder == NULL)
    {
      gs_camera_source_fail (self, GS_CAMERA_TROUBLE_NO_PLUGIN,
                             "A decoder of H.264 is missing: GStreamer's element avdec_h264 "
                             "(Debian package gstreamer1.0-libav).");
      return NULL;
    }
  set_if_there (decoder, "max-threads", "1");
  set_if_there (decoder, "output-corrupt", "false");
  set_if_there (decoder, "discard-corrupted-frames", "true");
  set_if_there (decoder, "max-errors", "5");
  gst_bin_add (GST_BIN (self->pipeline), decoder);
  return decoder;
}

static gboolean
add_stream (GsCameraSource *self)
{
  GstElement *stream = gs_camera_source_add (self, "rtspsrc", GOOD);
  GstElement *depay = gs_camera_source_add (self, "rtph264depay", GOOD);
  GstElement *parse = gs_camera_source_add (self, "h264parse", "gstreamer1.0-plugins-bad");
  GstElement *decoder = add_decoder (self);

  if (stream == NULL || depay == NULL || parse == NULL || decoder == NULL)
    return FALSE;
  self->into = depay;
  set_if_there (depay, "wait-for-keyframe", "true");
  g_object_set (stream, "location", self->address->url, "protocols", OVER_TCP, "latency",
                STREAM_LATENCY_MS, "drop-on-latency", TRUE, "tcp-timeout", STREAM_TIMEOUT_US,
                "timeout", STREAM_TIMEOUT_US, "user-id", self->address->user, "user-pw",
                self->address->password, NULL);
  g_signal_connect (stream, "pad-added", G_CALLBACK (on_stream_pad), self);
  g_signal_connect (stream, "select-stream", G_CALLBACK (on_select_stream), self);
  g_signal_connect (stream, "no-more-pads", G_CALLBACK (on_all_pads), self);
  watch_data (self, depay, "sink");
  watch_size (self, decoder);
  if (self->address->is_tls && !set_up_tls (self, stream))
    return FALSE;
  if (!gst_element_link_many (depay, parse, decoder, self->tee, NULL))
    gs_camera_source_fail (self, GS_CAMERA_TROUBLE_NO_PLUGIN, "The decoder of H.264 does not fit.");
  return TRUE;
}

/* ---- what decodebin finds out ---- */

static void
on_decoded_pad (GstElement *decoder, GstPad *pad, gpointer user_data)
{
  GsCameraSource *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);
  g_autoptr (GstPad) end = gst_element_get_static_pad (self->into, "sink");

  if (gst_caps_is_empty (caps)
      || !gst_structure_has_name (gst_caps_get_structure (caps, 0), "video/x-raw")
      || gst_pad_is_linked (end))
    return;
  if (gst_pad_link (pad, end) != GST_PAD_LINK_OK)
    gs_camera_source_fail (self, GS_CAMERA_TROUBLE_FORMAT, "What the camera sends does not fit.");
}

/* FIRST ! decodebin ! INTO, INTO being linked with the tee already. */
static gboolean
add_decodebin (GsCameraSource *self, GstElement *first, GstElement *into)
{
  GstElement *decoder = gs_camera_source_add (self, "decodebin", BASE);

  if (decoder == NULL)
    return FALSE;
  self->into = into;
  g_signal_connect (decoder, "pad-added", G_CALLBACK (on_decoded_pad), self);
  watch_data (self, decoder, "sink");
  watch_size (self, decoder);
  return gst_element_link (first, decoder);
}

/* ---- a device ---- */

static const char device_formats[] =
  "video/x-raw, width=1280, height=720, framerate=30/1; image/jpeg, width=1280, height=720, "
  "framerate=30/1; video/x-raw; image/jpeg; video/x-h264";

static gboolean
has_provider (GsCameraKind kind)
{
  g_autoptr (GstElementFactory) v4l2 = gst_element_factory_find ("v4l2src");
  g_autoptr (GstElementFactory) pipewire = gst_element_factory_find ("pipewiresrc");

  return (v4l2 != NULL && kind != GS_CAMERA_KIND_PIPEWIRE)
         || (pipewire != NULL && kind != GS_CAMERA_KIND_V4L2);
}

static GstDevice *
find_device (GsCameraSource *self)
{
  GsCameraKind kind = self->address->kind;
  GstDevice *device;

  if (!has_provider (kind))
    {
      gs_camera_source_fail (self, GS_CAMERA_TROUBLE_NO_PLUGIN,
                             kind == GS_CAMERA_KIND_PIPEWIRE
                               ? "GStreamer's element pipewiresrc is missing (Debian package "
                                 "gstreamer1.0-pipewire)."
                               : "GStreamer's element v4l2src is missing (Debian package " GOOD
                                 ").");
      return NULL;
    }
  device = gs_camera_devices_find (self->devices, self->address);
  if (device == NULL)
    gs_camera_source_fail (self, GS_CAMERA_TROUBLE_NO_DEVICE, "No such camera is plugged in: %s.",
                           self->address->device != NULL ? self->address->device : "there is none");
  return device;
}

static void
keep_device (GsCameraSource *self, GstDevice *device)
{
  g_autofree char *name = gst_device_get_display_name (device);

  g_mutex_lock (&self->lock);
  self->device = gst_object_ref (device);
  self->name = g_steal_pointer (&name);
  gs_camera_source_post_locked (self);
  g_mutex_unlock (&self->lock);
}

static gboolean
add_device (GsCameraSource *self)
{
  g_autoptr (GstDevice) device = find_device (self);
  g_autoptr (GstCaps) formats = gst_caps_from_string (device_formats);
  GstElement *camera, *filter, *into;

  if (device == NULL)
    return FALSE;
  keep_device (self, device);
  camera = gst_device_create_element (device, NULL);
  if (camera == NULL)
    {
      gs_camera_source_fail (self, GS_CAMERA_TROUBLE_NO_PLUGIN,
                             "GStreamer has no element for this camera.");
      return FALSE;
    }
  /* PipeWire takes its pictures' memory away when the camera goes, also from who is still reading
   * them: no one may read anything but a copy. */
  set_if_there (camera, "always-copy", "true");
  gst_bin_add (GST_BIN (self->pipeline), camera);
  filter = gs_camera_source_add (self, "capsfilter", "libgstreamer1.0-0");
  into = gs_camera_source_add (self, "identity", "libgstreamer1.0-0");
  if (filter == NULL || into == NULL)
    return FALSE;
  g_object_set (filter, "caps", formats, NULL);
  if (gst_element_link (into, self->tee) && gst_element_link (camera, filter)
      && add_decodebin (self, filter, into))
    return TRUE;
  gs_camera_source_fail (self, GS_CAMERA_TROUBLE_FORMAT, "What the camera sends does not fit.");
  return FALSE;
}

/* ---- a file ---- */

typedef enum
{
  FILE_ABSENT = 1,
  FILE_UNKNOWN,
  FILE_JPEG,
  FILE_PNG,
  FILE_RECORDING /* Matroska or MP4 */
} FileKind;

/* By its first bytes: nothing else reaches a parser of containers. */
static FileKind
look_at_file (const char *path)
{
  static const guchar png[] = { 0x89, 'P', 'N', 'G' };
  static const guchar jpeg[] = { 0xff, 0xd8, 0xff };
  static const guchar matroska[] = { 0x1a, 0x45, 0xdf, 0xa3 };
  guchar head[12] = { 0 };
  FILE *file = fopen (path, "re");
  gsize count = file == NULL ? 0 : fread (head, 1, sizeof head, file);

  if (file == NULL)
    return FILE_ABSENT;
  fclose (file);
  if (count < sizeof head)
    return FILE_UNKNOWN;
  if (memcmp (head, png, sizeof png) == 0)
    return FILE_PNG;
  if (memcmp (head, jpeg, sizeof jpeg) == 0)
    return FILE_JPEG;
  return memcmp (head, matroska, sizeof matroska) == 0 || memcmp (head + 4, "ftyp", 4) == 0
           ? FILE_RECORDING
           : FILE_UNKNOWN;
}

/* One picture again and again, ten times a second. */
static gboolean
add_still (GsCameraSource *self, GstElement *file, const char *factory)
{
  g_autoptr (GstCaps) pace = gst_caps_from_string ("video/x-raw, framerate=10/1");
  GstElement *type = gs_camera_source_add (self, "typefind", "libgstreamer1.0-0");
  GstElement *decoder = gs_camera_source_add (self, factory, GOOD);
  GstElement *freeze = gs_camera_source_add (self, "imagefreeze", GOOD);
  GstElement *filter = gs_camera_source_add (self, "capsfilter", "libgstreamer1.0-0");

  if (type == NULL || decoder == NULL || freeze == NULL || filter == NULL)
    return FALSE;
  g_object_set (freeze, "is-live", TRUE, NULL);
  g_object_set (filter, "caps", pace, NULL);
  watch_data (self, decoder, "sink");
  watch_size (self, decoder);
  return gst_element_link_many (file, type, decoder, freeze, filter, self->tee, NULL);
}

static gboolean
add_recording (GsCameraSource *self, GstElement *file)
{
  GstElement *into = gs_camera_source_add (self, "identity", "libgstreamer1.0-0");

  if (into == NULL)
    return FALSE;
  g_object_set (into, "sync", TRUE, NULL);
  return gst_element_link (into, self->tee) && add_decodebin (self, file, into);
}

static gboolean
add_file (GsCameraSource *self)
{
  FileKind kind = look_at_file (self->address->path);
  GstElement *file;
  gboolean is_added;

  if (kind == FILE_ABSENT)
    {
      gs_camera_source_fail (self, GS_CAMERA_TROUBLE_NO_DEVICE, "The file cannot be read.");
      return FALSE;
    }
  if (kind == FILE_UNKNOWN)
    {
      gs_camera_source_fail (self, GS_CAMERA_TROUBLE_FORMAT,
                             "The file is neither JPEG, PNG, Matroska nor MP4.");
      return FALSE;
    }
  file = gs_camera_source_add (self, "filesrc", "libgstreamer1.0-0");
  if (file == NULL)
    return FALSE;
  g_object_set (file, "location", self->address->path, NULL);
  is_added = kind == FILE_RECORDING
               ? add_recording (self, file)
               : add_still (self, file, kind == FILE_PNG ? "pngdec" : "jpegdec");
  if (!is_added)
    gs_camera_source_fail (self, GS_CAMERA_TROUBLE_FORMAT, "The file cannot be shown.");
  return is_added;
}

gboolean
gs_camera_source_add_input (GsCameraSource *self)
{
  switch (self->address->kind)
    {
    case GS_CAMERA_KIND_RTSP:
      return add_stream (self);
    case GS_CAMERA_KIND_FILE:
      return add_file (self);
    case GS_CAMERA_KIND_ANY:
    case GS_CAMERA_KIND_V4L2:
    case GS_CAMERA_KIND_PIPEWIRE:
    default:
      return add_device (self);
    }
}
