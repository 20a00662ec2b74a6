/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-comparison.h"
#include "gs-face-models.h"
#include "gs-face-thresholds.h"
#include "gs-pixels.h"

G_BEGIN_DECLS

/* For measuring the embedded engine on labelled pictures, and for nothing else: this header and its
 * library are there only with -Dmeasurement=true, are never installed, and no desk is linked with
 * them (tests/layers proves it). One thread. */
typedef struct _GsFaceMeasurement GsFaceMeasurement;

/* Borrows both. gated: pictures below the thresholds' quality are not compared, as at the desk. */
GsFaceMeasurement *
gs_face_measurement_new (GsFaceModels *models, const GsFaceThresholds *thresholds, gboolean gated);
void gs_face_measurement_free (GsFaceMeasurement *self);

/* Encodes the largest face of a picture. The cause is NONE, or why it is in no score. Returns its
 * number, by which gs_face_measurement_score() knows it; what was encoded stays inside. */
guint
gs_face_measurement_encode (GsFaceMeasurement *self, const GsPixels *picture, GsFaceCause *cause);
/* The cosine of two that were encoded. */
double gs_face_measurement_score (GsFaceMeasurement *self, guint first, guint second);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsFaceMeasurement, gs_face_measurement_free)

G_END_DECLS
