/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateside-face.h"

#include <math.h>

static int
by_score (gconstpointer a, gconstpointer b)
{
  const FacePair *first = *(const FacePair *const *) a, *second = *(const FacePair *const *) b;

  return (first->score > second->score) - (first->score < second->score);
}

/* Where the shares of false matches and of false non-matches are the same when the threshold rises
 * through all scores; between two scores, their mean at the place where they are closest. */
static double
equal_error_rate (const GArray *pairs, guint n_genuine, guint n_impostor)
{
  g_autoptr (GPtrArray) scored = g_ptr_array_new ();
  guint below_genuine = 0, below_impostor = 0;
  double least = 2, rate = NAN;

  for (guint i = 0; i < pairs->len; i++)
    if (g_array_index (pairs, FacePair, i).has_score)
      g_ptr_array_add (scored, &g_array_index (pairs, FacePair, i));
  g_ptr_array_sort (scored, by_score);
  for (guint i = 0; i <= scored->len; i++)
    {
      const FacePair *pair = i < scored->len ? g_ptr_array_index (scored, i) : NULL;
      const FacePair *last = i > 0 ? g_ptr_array_index (scored, i - 1) : NULL;

      /* A threshold lies before a score, never between equal ones. */
      if (pair == NULL || last == NULL || pair->score > last->score)
        {
          double non_match = (double) below_genuine / n_genuine;
          double match = (double) (n_impostor - below_impostor) / n_impostor;

          if (fabs (match - non_match) < least)
            {
              least = fabs (match - non_match);
              rate = (match + non_match) / 2;
            }
        }
      if (pair != NULL && pair->same)
        below_genuine++;
      else if (pair != NULL)
        below_impostor++;
    }
  return rate;
}

void
face_rates_count (const GArray *pairs, FaceRates *rates)
{
  *rates = (FaceRates){ .pairs = pairs->len, .equal_error_rate = NAN };
  for (guint i = 0; i < pairs->len; i++)
    {
      const FacePair *pair = &g_array_index (pairs, FacePair, i);

      if (!pair->has_score)
        rates->failures++;
      else if (pair->same)
        rates->genuine++;
      else
        rates->impostor++;
    }
  if (rates->genuine > 0 && rates->impostor > 0)
    rates->equal_error_rate = equal_error_rate (pairs, rates->genuine, rates->impostor);
}

void
face_rates_at (const GArray *pairs, double threshold, FaceErrors *errors)
{
  *errors = (FaceErrors){ .threshold = threshold };
  for (guint i = 0; i < pairs->len; i++)
    {
      const FacePair *pair = &g_array_index (pairs, FacePair, i);

      if (!pair->has_score)
        continue;
      if (pair->same && pair->score < threshold)
        errors->false_non_matches++;
      if (!pair->same && pair->score >= threshold)
        errors->false_matches++;
    }
}
