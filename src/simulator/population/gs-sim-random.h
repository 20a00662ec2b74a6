/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Seeded chance. The same seed gives the same sequence on every machine with the same libm. */

/* Logarithmically normal around median, in the median's unit. */
double gs_sim_random_lognormal (GRand *random, double median, double sigma);

/* Time to the next event of a Poisson process with this mean distance. */
double gs_sim_random_exponential (GRand *random, double mean);

/* TRUE in percent of the cases. */
gboolean gs_sim_random_percent (GRand *random, double percent);

/* A version 4 UUID. Transfer full. */
char *gs_sim_random_uuid (GRand *random);
