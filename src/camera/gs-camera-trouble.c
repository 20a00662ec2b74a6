/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera-source-private.h"

static GsCameraTrouble
of_resource (int code, GsCameraKind kind)
{
  gboolean is_stream = kind == GS_CAMERA_KIND_RTSP;

  switch (code)
    {
    case GST_RESOURCE_ERROR_BUSY:
      return GS_CAMERA_TROUBLE_BUSY;
    case GST_RESOURCE_ERROR_NOT_AUTHORIZED:
      return GS_CAMERA_TROUBLE_NOT_ALLOWED;
    case GST_RESOURCE_ERROR_SETTINGS:
      return GS_CAMERA_TROUBLE_FORMAT;
    case GST_RESOURCE_ERROR_OPEN_READ:
    case GST_RESOURCE_ERROR_OPEN_WRITE:
    case GST_RESOURCE_ERROR_OPEN_READ_WRITE:
      /* A device's node that is there and does not open: its permissions. */
      return is_stream ? GS_CAMERA_TROUBLE_UNREACHABLE : GS_CAMERA_TROUBLE_NOT_ALLOWED;
    default:
      return is_stream ? GS_CAMERA_TROUBLE_UNREACHABLE : GS_CAMERA_TROUBLE_NO_DEVICE;
    }
}

GsCameraTrouble
gs_camera_trouble_of_error (const GError *error, GsCameraKind kind)
{
  if (error->domain == GST_RESOURCE_ERROR)
    return of_resource (error->code, kind);
  if (error->domain == GST_CORE_ERROR && error->code == GST_CORE_ERROR_MISSING_PLUGIN)
    return GS_CAMERA_TROUBLE_NO_PLUGIN;
  if (error->domain == GST_STREAM_ERROR && error->code == GST_STREAM_ERROR_CODEC_NOT_FOUND)
    return GS_CAMERA_TROUBLE_NO_PLUGIN;
  return GS_CAMERA_TROUBLE_FORMAT;
}
