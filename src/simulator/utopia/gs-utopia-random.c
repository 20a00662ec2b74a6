/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-random.h"

void
gs_utopia_random_init (GsUtopiaRandom *random, guint64 seed)
{
  guint64 mixed = seed + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  mixed = (mixed ^ (mixed >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  mixed = (mixed ^ (mixed >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  mixed ^= mixed >> 31;
  random->state = mixed ? mixed : 1;
}

guint64
gs_utopia_random_next (GsUtopiaRandom *random)
{
  random->state ^= random->state >> 12;
  random->state ^= random->state << 25;
  random->state ^= random->state >> 27;
  return random->state * G_GUINT64_CONSTANT (0x2545f4914f6cdd1d);
}

guint
gs_utopia_random_below (GsUtopiaRandom *random, guint n)
{
  return (guint) (((gs_utopia_random_next (random) >> 32) * n) >> 32);
}

float
gs_utopia_random_range (GsUtopiaRandom *random, float low, float high)
{
  float unit = (float) (gs_utopia_random_next (random) >> 40) / 16777216.0f;

  return low + (high - low) * unit;
}

float
gs_utopia_random_normal (GsUtopiaRandom *random, float mean, float deviation)
{
  float sum = -6.0f;

  for (int i = 0; i < 12; i++)
    sum += gs_utopia_random_range (random, 0.0f, 1.0f);
  return mean + deviation * sum;
}
