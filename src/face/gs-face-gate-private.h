/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-lab-private.h"
#include "gs-face-thresholds.h"

/* Whether a picture that was read may be compared: NONE, no_face when nobody is in it, or QUALITY
 * below the thresholds' limits. Pure. */
GsFaceCause gs_face_gate (const GsFaceReading *reading,
                          const GsFaceThresholds *thresholds,
                          GsFaceCause no_face);
