/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-lab-private.h"
#include "gs-face-watcher.h"

/* What is wrong with a frame at the desk, and how good it is; pure. docs/face-engine.md tells where
 * the limits come from. */
void gs_face_guide (const GsFaceReading *reading, const GsPixels *frame, GsFaceView *view);
