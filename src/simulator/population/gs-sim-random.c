/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-random.h"

#include <math.h>

double
gs_sim_random_lognormal (GRand *random, double median, double sigma)
{
  double radius = sqrt (-2.0 * log (1.0 - g_rand_double (random)));
  double normal = radius * cos (2.0 * G_PI * g_rand_double (random));

  return median * exp (sigma * normal);
}

double
gs_sim_random_exponential (GRand *random, double mean)
{
  return -mean * log (1.0 - g_rand_double (random));
}

gboolean
gs_sim_random_percent (GRand *random, double percent)
{
  return g_rand_double (random) * 100.0 < percent;
}

char *
gs_sim_random_uuid (GRand *random)
{
  guint32 a = g_rand_int (random), b = g_rand_int (random);
  guint32 c = g_rand_int (random), d = g_rand_int (random);

  return g_strdup_printf ("%08x-%04x-4%03x-%04x-%04x%08x", a, b >> 16, b & 0xfff,
                          0x8000 | (c >> 18), c & 0xffff, d);
}
