/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-probe.h"

/* For engines only. The frame at that place, 0 to n - 1, in no order. Borrowed. */
const GsPixels *gs_face_probe_get_frame (GsFaceProbe *self, guint index);
