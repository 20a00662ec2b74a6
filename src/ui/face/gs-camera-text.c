/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera-text.h"

#include <glib/gi18n.h>

const char *
gs_camera_text_state (GsCameraState state)
{
  switch (state)
    {
    case GS_CAMERA_OFF:
      return C_ ("camera", "Camera off");
    case GS_CAMERA_STARTING:
      return C_ ("camera", "Camera starting");
    case GS_CAMERA_LIVE:
      return C_ ("camera", "Camera live");
    case GS_CAMERA_FROZEN:
      return C_ ("camera", "Camera frozen");
    case GS_CAMERA_LOST:
      return C_ ("camera", "Camera lost");
    case GS_CAMERA_REFUSED:
      break;
    }
  return C_ ("camera", "No camera picture");
}

GsSign
gs_camera_text_sign (GsCameraState state)
{
  switch (state)
    {
    /* On purpose: it belongs to the person at the desk. */
    case GS_CAMERA_OFF:
      return GS_SIGN_NOT_SUPPORTED;
    case GS_CAMERA_STARTING:
      return GS_SIGN_NOT_KNOWN;
    case GS_CAMERA_LIVE:
      return GS_SIGN_LIVE;
    case GS_CAMERA_FROZEN:
      return GS_SIGN_WARNING;
    case GS_CAMERA_LOST:
    case GS_CAMERA_REFUSED:
      break;
    }
  return GS_SIGN_FAILED;
}

const char *
gs_camera_text_trouble (GsCameraTrouble trouble)
{
  switch (trouble)
    {
    case GS_CAMERA_TROUBLE_NONE:
      return NULL;
    case GS_CAMERA_TROUBLE_NO_DEVICE:
      return _ ("The camera is not plugged in. Check its plug; until then look at the traveller.");
    case GS_CAMERA_TROUBLE_UNREACHABLE:
      return _ ("The camera does not answer. It is tried again; until then look at the traveller.");
    case GS_CAMERA_TROUBLE_NOT_ALLOWED:
      return _ ("This desk may not use the camera. Tell the administrator; look at the traveller.");
    case GS_CAMERA_TROUBLE_BUSY:
      return _ ("Another program uses the camera. Close it; until then look at the traveller.");
    case GS_CAMERA_TROUBLE_FORMAT:
      return _ ("The camera sends pictures that cannot be shown. Tell the administrator; look at "
                "the traveller.");
    case GS_CAMERA_TROUBLE_NO_PLUGIN:
      return _ ("A part of the system that shows this camera is missing. Tell the administrator; "
                "look at the traveller.");
    }
  return NULL;
}
