/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera-frame.h"

G_DEFINE_BOXED_TYPE (GsCameraFrame, gs_camera_frame, gs_camera_frame_ref, gs_camera_frame_unref)

GsCameraFrame *
gs_camera_frame_new (guint width, guint height, gsize stride, GBytes *bgra, gint64 at_monotonic_us)
{
  GsCameraFrame *self;
  gsize row, all;

  g_return_val_if_fail (bgra != NULL, NULL);
  if (width == 0 || height == 0 || !g_size_checked_mul (&row, width, 4) || stride < row
      || !g_size_checked_mul (&all, stride, height - 1) || !g_size_checked_add (&all, all, row)
      || g_bytes_get_size (bgra) < all)
    {
      g_bytes_unref (bgra);
      return NULL;
    }
  self = g_atomic_rc_box_new0 (GsCameraFrame);
  *self = (GsCameraFrame){ width, height, stride, bgra, at_monotonic_us };
  return self;
}

GsCameraFrame *
gs_camera_frame_ref (GsCameraFrame *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_bytes_unref (((GsCameraFrame *) data)->bgra);
}

void
gs_camera_frame_unref (GsCameraFrame *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
