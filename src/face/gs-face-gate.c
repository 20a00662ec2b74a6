/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-gate-private.h"

GsFaceCause
gs_face_gate (const GsFaceReading *reading, const GsFaceThresholds *thresholds, GsFaceCause no_face)
{
  if (reading->n_faces == 0)
    return no_face;
  if (reading->face.confidence < thresholds->least_confidence
      || reading->quality.inter_eye_px < thresholds->least_inter_eye_px
      || reading->quality.sharpness_raw < thresholds->least_sharpness)
    return GS_FACE_CAUSE_QUALITY;
  return GS_FACE_CAUSE_NONE;
}
