/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-probe.h"

/* For the engines: the frames in turn, the worthiest first. Borrowed; NULL behind the last. Main
 * thread; a copy (gs_pixels_copy) may cross threads. */
const GsPixels *gs_face_probe_get_frame (GsFaceProbe *self, guint number);
