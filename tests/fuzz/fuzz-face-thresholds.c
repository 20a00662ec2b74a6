/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-thresholds.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
hold (gboolean what)
{
  if (!what)
    abort ();
}

/* Thresholds that are taken are in order; whatever is not is told. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  GError *error = NULL;
  GsFaceThresholds *made =
    gs_face_thresholds_parse ((const char *) data, size, "f", "model", &error);

  hold ((made == NULL) == (error != NULL));
  if (error != NULL)
    hold (g_str_has_prefix (error->message, "f:") && g_utf8_validate (error->message, -1, NULL));
  g_clear_error (&error);
  if (made == NULL)
    return 0;
  hold (made->match >= made->review && made->one_person >= made->review);
  hold (isfinite (made->match) && made->match <= 1 && made->review >= -1);
  hold (made->rates.n_pictures >= 1 && made->rates.false_match <= 1);
  hold (made->measured_on != NULL && made->limits != NULL && made->training != NULL);
  gs_face_thresholds_free (made);
  return 0;
}
