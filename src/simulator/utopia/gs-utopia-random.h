/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The generator of Utopia: xorshift64*, so that a seed draws the same person on every machine and
 * C library. Not for secrets. One value belongs to one thread. */

typedef struct
{
  guint64 state;
} GsUtopiaRandom;

/* Starts from any seed, 0 included; near seeds give unrelated streams. */
void gs_utopia_random_init (GsUtopiaRandom *random, guint64 seed);

guint64 gs_utopia_random_next (GsUtopiaRandom *random);

/* 0 to N - 1; N of 0 gives 0. */
guint gs_utopia_random_below (GsUtopiaRandom *random, guint n);

/* LOW to HIGH, evenly. */
float gs_utopia_random_range (GsUtopiaRandom *random, float low, float high);

/* The normal distribution with this mean and standard deviation (sum of twelve: at most 6 away). */
float gs_utopia_random_normal (GsUtopiaRandom *random, float mean, float deviation);
