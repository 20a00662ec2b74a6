/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-answer.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define REQUEST "6f1c1b36-6a1c-4a41-9d3a-0b3c7e4f8a11"

static void
hold (gboolean what)
{
  if (!what)
    abort ();
}

static void
check_quality (const GsFaceQuality *quality)
{
  hold (quality->confidence >= -1 && quality->confidence <= 100);
  hold (quality->head_size >= -1 && quality->head_size <= 100);
}

/* What is believed is whole: a verdict that score and thresholds give, or a cause without them. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  GsFaceErrorRates rates;
  GError *error = NULL;
  GsFaceComparison *answer =
    gs_face_answer_parse ((const char *) data, size, REQUEST, &rates, &error);

  hold ((answer == NULL) == (error != NULL));
  g_clear_error (&error);
  if (answer == NULL)
    {
      hold (rates.n_pictures == 0);
      return 0;
    }
  hold (answer->engine != NULL && strlen (answer->engine) <= 64);
  hold (g_utf8_validate (answer->engine, -1, NULL) && g_utf8_validate (answer->version, -1, NULL));
  check_quality (&answer->reference_quality);
  check_quality (&answer->probe_quality);
  if (answer->verdict == GS_FACE_NO_DECISION)
    hold (answer->cause != GS_FACE_CAUSE_NONE && isnan (answer->score));
  else
    {
      hold (answer->cause == GS_FACE_CAUSE_NONE && isfinite (answer->score));
      hold (answer->review_threshold <= answer->match_threshold);
      hold ((answer->verdict == GS_FACE_MATCH) == (answer->score >= answer->match_threshold));
      hold ((answer->verdict == GS_FACE_NO_MATCH) == (answer->score < answer->review_threshold));
    }
  gs_face_comparison_free (answer);
  return 0;
}
