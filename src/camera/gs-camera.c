/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera.h"

G_DEFINE_INTERFACE (GsCamera, gs_camera, G_TYPE_OBJECT)

static void
gs_camera_default_init (GsCameraInterface *iface)
{
  g_signal_new ("state-changed", GS_TYPE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("preview", GS_TYPE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                GS_TYPE_CAMERA_FRAME);
  g_signal_new ("frame", GS_TYPE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_POINTER);
}

void
gs_camera_start (GsCamera *self)
{
  g_return_if_fail (GS_IS_CAMERA (self));
  GS_CAMERA_GET_IFACE (self)->start (self);
}

void
gs_camera_stop (GsCamera *self)
{
  g_return_if_fail (GS_IS_CAMERA (self));
  GS_CAMERA_GET_IFACE (self)->stop (self);
}

GsCameraState
gs_camera_get_state (GsCamera *self)
{
  g_return_val_if_fail (GS_IS_CAMERA (self), GS_CAMERA_OFF);
  return GS_CAMERA_GET_IFACE (self)->get_state (self);
}

GsCameraTrouble
gs_camera_get_trouble (GsCamera *self)
{
  g_return_val_if_fail (GS_IS_CAMERA (self), GS_CAMERA_TROUBLE_NONE);
  return GS_CAMERA_GET_IFACE (self)->get_trouble (self);
}

const char *
gs_camera_get_name (GsCamera *self)
{
  g_return_val_if_fail (GS_IS_CAMERA (self), "");
  return GS_CAMERA_GET_IFACE (self)->get_name (self);
}

void
gs_camera_want_frame (GsCamera *self)
{
  g_return_if_fail (GS_IS_CAMERA (self));
  GS_CAMERA_GET_IFACE (self)->want_frame (self);
}

void
gs_camera_set_preview_size (GsCamera *self, guint width, guint height)
{
  g_return_if_fail (GS_IS_CAMERA (self));
  GS_CAMERA_GET_IFACE (self)->set_preview_size (self, width, height);
}
