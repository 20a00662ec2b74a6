/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-camera.h"
#include "gs-sign.h"

/* What the officer reads about a camera, in the officer's language; static. Main thread. */

/* For the status line: "Camera live", "Camera lost". */
const char *gs_camera_text_state (GsCameraState state);
GsSign gs_camera_text_sign (GsCameraState state);
/* What is wrong and what to do, one sentence; NULL for NONE. */
const char *gs_camera_text_trouble (GsCameraTrouble trouble);
