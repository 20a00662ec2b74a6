/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-estimate.h"

#include <math.h>

/* Of the normal distribution, for 95 % on both sides. */
#define Z 1.959963984540054

GsFaceTrial
gs_face_trial_of (const GsFacePairResult *result)
{
  GsJudgement first = result->first.judgement, second = result->second.judgement;

  if (first == GS_JUDGEMENT_DIFFERENT || second == GS_JUDGEMENT_DIFFERENT)
    return GS_FACE_TRIAL_IMPOSTOR;
  if (first == GS_JUDGEMENT_SAME && (second == GS_JUDGEMENT_SAME || second == 0))
    return GS_FACE_TRIAL_GENUINE;
  return GS_FACE_TRIAL_UNKNOWN;
}

const char *
gs_face_trial_to_word (GsFaceTrial trial)
{
  switch (trial)
    {
    case GS_FACE_TRIAL_GENUINE:
      return "genuine";
    case GS_FACE_TRIAL_IMPOSTOR:
      return "impostor";
    case GS_FACE_TRIAL_UNKNOWN:
      break;
    }
  return "unknown";
}

/* E. B. Wilson's score interval: it stays within 0 and 1, and says something where no error was
 * seen. */
void
gs_face_rate_fill (GsFaceRate *self, guint errors, guint trials)
{
  double n = trials, p, middle, half;

  *self = (GsFaceRate){ errors, trials, NAN, NAN, NAN };
  if (trials == 0)
    return;
  p = errors / n;
  middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
  half = Z / (1 + Z * Z / n) * sqrt (p * (1 - p) / n + Z * Z / (4 * n * n));
  self->rate = p;
  self->low = errors == 0 ? 0 : fmax (0, middle - half);
  self->high = errors == trials ? 1 : fmin (1, middle + half);
}

static void
estimate_free (gpointer data)
{
  GsFaceEstimate *self = data;

  g_free (self->engine);
  g_free (self->version);
  g_free (self->threshold);
  g_free (self);
}

static GsFaceEstimate *
find_estimate (GPtrArray *estimates, const GsFaceComparison *comparison)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  const char *threshold = NULL;
  GsFaceEstimate *found;

  if (isfinite (comparison->match_threshold))
    threshold = g_ascii_dtostr (text, sizeof text, comparison->match_threshold);
  for (guint i = 0; i < estimates->len; i++)
    {
      found = g_ptr_array_index (estimates, i);
      if (g_strcmp0 (found->engine, comparison->engine) == 0
          && g_strcmp0 (found->version, comparison->version) == 0
          && (threshold == NULL || found->threshold == NULL
              || g_str_equal (found->threshold, threshold)))
        {
          /* What was not decided names no threshold; it belongs to the engine all the same. */
          if (found->threshold == NULL)
            found->threshold = g_strdup (threshold);
          return found;
        }
    }
  found = g_new0 (GsFaceEstimate, 1);
  found->engine = g_strdup (comparison->engine);
  found->version = g_strdup (comparison->version);
  found->threshold = g_strdup (threshold);
  g_ptr_array_add (estimates, found);
  return found;
}

static void
count (GsFaceEstimate *self, GsFaceTrial trial, GsFaceVerdict verdict)
{
  if (trial == GS_FACE_TRIAL_UNKNOWN)
    self->unknown++;
  else if (verdict == GS_FACE_NO_DECISION)
    self->failures++;
  else if (trial == GS_FACE_TRIAL_GENUINE)
    {
      self->false_non_match.trials++;
      self->false_non_match.errors += verdict != GS_FACE_MATCH;
    }
  else
    {
      self->false_match.trials++;
      self->false_match.errors += verdict == GS_FACE_MATCH;
    }
}

GPtrArray *
gs_face_estimate (GPtrArray *verifications, GsFacePair pair)
{
  GPtrArray *estimates = g_ptr_array_new_with_free_func (estimate_free);

  for (guint i = 0; i < verifications->len; i++)
    {
      const GsFaceVerification *verification = g_ptr_array_index (verifications, i);
      const GsFacePairResult *result = &verification->pairs[pair];

      if (result->asked && result->comparison != NULL && result->comparison->engine != NULL)
        count (find_estimate (estimates, result->comparison), gs_face_trial_of (result),
               result->comparison->verdict);
    }
  for (guint i = 0; i < estimates->len; i++)
    {
      GsFaceEstimate *self = g_ptr_array_index (estimates, i);

      gs_face_rate_fill (&self->false_match, self->false_match.errors, self->false_match.trials);
      gs_face_rate_fill (&self->false_non_match, self->false_non_match.errors,
                         self->false_non_match.trials);
    }
  return estimates;
}

void
gs_face_estimate_gate (GPtrArray *verifications,
                       GsFaceRate *false_match,
                       GsFaceRate *false_non_match)
{
  guint matches = 0, impostors = 0, refused = 0, genuine = 0;

  for (guint i = 0; i < verifications->len; i++)
    {
      const GsFaceVerification *verification = g_ptr_array_index (verifications, i);
      GsFaceTrial chip = gs_face_trial_of (&verification->pairs[GS_FACE_PAIR_CHIP_DESK]);
      GsFaceTrial gate = gs_face_trial_of (&verification->pairs[GS_FACE_PAIR_GATE_DESK]);

      if (!verification->pairs[GS_FACE_PAIR_GATE_DESK].asked || verification->gate == 0
          || verification->gate == GS_FACE_NO_DECISION || gate != GS_FACE_TRIAL_GENUINE)
        continue;
      if (chip == GS_FACE_TRIAL_GENUINE)
        {
          genuine++;
          refused += verification->gate != GS_FACE_MATCH;
        }
      else if (chip == GS_FACE_TRIAL_IMPOSTOR)
        {
          impostors++;
          matches += verification->gate == GS_FACE_MATCH;
        }
    }
  gs_face_rate_fill (false_match, matches, impostors);
  gs_face_rate_fill (false_non_match, refused, genuine);
}
