/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* One picture for the screen: premultiplied BGRA, as GdkMemoryTexture takes it. Boxed, counted,
 * immutable; any thread. */
typedef struct
{
  guint width;
  guint height;
  gsize stride;
  GBytes *bgra;
  gint64 at_monotonic_us; /* when it came */
} GsCameraFrame;

#define GS_TYPE_CAMERA_FRAME (gs_camera_frame_get_type ())
GType gs_camera_frame_get_type (void);

/* bgra: transfer full. NULL when it is too short for the size. */
GsCameraFrame *
gs_camera_frame_new (guint width, guint height, gsize stride, GBytes *bgra, gint64 at_monotonic_us);
GsCameraFrame *gs_camera_frame_ref (GsCameraFrame *self);
void gs_camera_frame_unref (GsCameraFrame *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsCameraFrame, gs_camera_frame_unref)

G_END_DECLS
