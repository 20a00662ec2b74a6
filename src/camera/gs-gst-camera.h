/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-camera-address.h"
#include "gs-camera.h"

G_BEGIN_DECLS

/* A camera by GStreamer: a V4L2 or PipeWire device, an RTSP or RTSPS stream, a file. Implements
 * GsCamera. Only H.264 is taken from a stream; pictures of less than 16 or more than 8,192 dots a
 * side, or of more than 16 million, are refused. A stream that is silent for 5 s, or that came no
 * step closer to its first picture for 8 s (30 s for all steps), is opened again, as is everything
 * that failed: after half a second, then later each time, up to 8 s; a device that is plugged in at
 * once.
 *
 * Opening, closing and decoding are done in threads of its own. GStreamer is started there at the
 * first start. */
#define GS_TYPE_GST_CAMERA (gs_gst_camera_get_type ())
G_DECLARE_FINAL_TYPE (GsGstCamera, gs_gst_camera, GS, GST_CAMERA, GObject)

/* address: gs-camera-address.h. Off. NULL with GS_CAMERA_ADDRESS_ERROR. */
GsGstCamera *gs_gst_camera_new (const char *address, GError **error);

/* For rtsps: the only authorities (PEM file) by which the server is trusted, NULL for the system's;
 * the desk's certificate (PEM file or pkcs11: URI) and its key (NULL: the same place), NULL for
 * none. Read again at each opening, in the camera's thread. Counts from the next opening on. */
void gs_gst_camera_set_tls (GsGstCamera *self,
                            const char *anchors,
                            const char *certificate,
                            const char *key);

G_END_DECLS
