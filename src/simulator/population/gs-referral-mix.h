/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Why the simulated gates refer, in shares that a busy hall could have: faces and reading first,
 * forgeries and alerts rare. The shares are our own estimate, not a statistic of any border. */
typedef struct
{
  const char *code;
  double share;
  const char *check; /* the published check that carries the result; NULL when none does */
} GsReferralMix;

/* The rows, ended by a NULL code. */
const GsReferralMix *gs_referral_mix_get (void);

const GsReferralMix *gs_referral_mix_find (const char *code);

/* A code by its share. */
const char *gs_referral_mix_pick (GRand *random);
