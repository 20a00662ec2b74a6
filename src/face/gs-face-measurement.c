/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-measurement.h"

#include "gs-face-gate-private.h"

#include <string.h>

typedef struct
{
  float numbers[GS_FACE_NUMBERS];
} Encoded;

struct _GsFaceMeasurement
{
  GsFaceModels *models;
  const GsFaceThresholds *thresholds;
  gboolean gated;
  GArray *encoded; /* Encoded */
};

GsFaceMeasurement *
gs_face_measurement_new (GsFaceModels *models, const GsFaceThresholds *thresholds, gboolean gated)
{
  GsFaceMeasurement *self = g_new0 (GsFaceMeasurement, 1);

  self->models = models;
  self->thresholds = thresholds;
  self->gated = gated;
  self->encoded = g_array_new (FALSE, TRUE, sizeof (Encoded));
  return self;
}

void
gs_face_measurement_free (GsFaceMeasurement *self)
{
  if (self == NULL)
    return;
  explicit_bzero (self->encoded->data, self->encoded->len * sizeof (Encoded));
  g_array_unref (self->encoded);
  g_free (self);
}

guint
gs_face_measurement_encode (GsFaceMeasurement *self, const GsPixels *picture, GsFaceCause *cause)
{
  g_autofree GsFaceReading *reading = g_new (GsFaceReading, 1);
  g_autoptr (GError) error = NULL;
  Encoded encoded = { { 0 } };

  if (!gs_face_lab_read (self->models, picture, reading, &error))
    *cause = GS_FACE_CAUSE_NO_ENGINE;
  else if (!self->gated && reading->n_faces > 0)
    *cause = GS_FACE_CAUSE_NONE;
  else
    *cause = gs_face_gate (reading, self->thresholds, GS_FACE_CAUSE_NO_FACE_REFERENCE);
  if (*cause == GS_FACE_CAUSE_NONE
      && !gs_face_lab_embed (self->models, reading, encoded.numbers, &error))
    *cause = GS_FACE_CAUSE_NO_ENGINE;
  if (error != NULL)
    g_warning ("%s", error->message);
  gs_face_reading_clear (reading);
  g_array_append_val (self->encoded, encoded);
  explicit_bzero (&encoded, sizeof encoded);
  return self->encoded->len - 1;
}

double
gs_face_measurement_score (GsFaceMeasurement *self, guint first, guint second)
{
  g_return_val_if_fail (first < self->encoded->len && second < self->encoded->len, 0);
  return gs_face_lab_cosine (g_array_index (self->encoded, Encoded, first).numbers,
                             g_array_index (self->encoded, Encoded, second).numbers);
}
