/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "gs-camera-address.h"

G_BEGIN_DECLS

/* The system's cameras and their coming and going. The first search of the program begins the
 * watching, which then goes on to its end: no camera is opened by it. Counted, any thread. */
typedef struct _GsCameraDevices GsCameraDevices;

/* A camera came, or (gone is not NULL) went. In the context that was the thread default when the
 * devices were made; never after gs_camera_devices_stop(). */
typedef void (*GsCameraDevicesFunc) (GstDevice *gone, gpointer user_data);

GsCameraDevices *gs_camera_devices_new (GsCameraDevicesFunc func, gpointer user_data);
GsCameraDevices *gs_camera_devices_ref (GsCameraDevices *self);
void gs_camera_devices_unref (GsCameraDevices *self);
/* func is called no more. Main thread. */
void gs_camera_devices_stop (GsCameraDevices *self);

/* The first device that fits; NULL when there is none. Transfer full. Blocks: on a worker. */
GstDevice *gs_camera_devices_find (GsCameraDevices *self, const GsCameraAddress *address);

/* Which kind a device is: V4L2, PIPEWIRE, or 0 for another. */
GsCameraKind gs_camera_devices_kind (GstDevice *device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsCameraDevices, gs_camera_devices_unref)

G_END_DECLS
