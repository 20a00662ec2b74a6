/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera.h"

enum
{
  SIGNAL_STATE_CHANGED,
  SIGNAL_PREVIEW,
  SIGNAL_FRAME,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (GsCamera, gs_camera, G_TYPE_OBJECT)

static void
gs_camera_default_init (GsCameraInterface *iface)
{
  signals[SIGNAL_STATE_CHANGED] = g_signal_new ("state-changed", GS_TYPE_CAMERA, G_SIGNAL_RUN_LAST,
                                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PREVIEW] = g_signal_new ("preview", GS_TYPE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, GS_TYPE_CAMERA_FRAME);
  signals[SIGNAL_FRAME] = g_signal_new ("frame", GS_TYPE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
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
gs_camera_get_detail (GsCamera *self)
{
  g_return_val_if_fail (GS_IS_CAMERA (self), NULL);
  return GS_CAMERA_GET_IFACE (self)->get_detail == NULL
           ? NULL
           : GS_CAMERA_GET_IFACE (self)->get_detail (self);
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

void
gs_camera_emit_state_changed (GsCamera *self)
{
  g_return_if_fail (GS_IS_CAMERA (self));
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}

void
gs_camera_emit_preview (GsCamera *self, GsCameraFrame *frame)
{
  g_return_if_fail (GS_IS_CAMERA (self));
  g_signal_emit (self, signals[SIGNAL_PREVIEW], 0, frame);
}

void
gs_camera_emit_frame (GsCamera *self, const GsPixels *frame)
{
  g_return_if_fail (GS_IS_CAMERA (self));
  g_signal_emit (self, signals[SIGNAL_FRAME], 0, frame);
}
