/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Errors of a face engine at its match threshold, as shares (0 to 1; NAN: not known), and on how
 * many pictures they were counted. They are quoted, never computed, here. */
typedef struct
{
  double false_match;         /* of pairs of different people, same sex and origin */
  double false_non_match;     /* of pairs of the same person */
  double false_non_match_low; /* the bounds of that share over the sets measured */
  double false_non_match_high;
  guint n_pictures; /* 0: not known */
} GsFaceErrorRates;
