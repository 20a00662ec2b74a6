/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-check.h"

/* Why a gate sent a traveller to a person. The list is closed on our side only: a code that is not
 * on it stays as it came and counts as priority 2. Any thread. */

typedef enum
{
  GS_REASON_GROUP_BIOMETRIC = 1,
  GS_REASON_GROUP_DOCUMENT,
  GS_REASON_GROUP_CHIP,
  GS_REASON_GROUP_CROSS_CHECK,
  GS_REASON_GROUP_BACKGROUND,
  GS_REASON_GROUP_ELIGIBILITY,
  GS_REASON_GROUP_GATE,
  GS_REASON_GROUP_OFFICER
} GsReasonGroup;

/* priority 1 (at once) to 4; term in English, ui/ translates it; source names the standard. */
typedef struct
{
  const char *code;
  GsReasonGroup group;
  GsCheckResult result;
  int priority;
  const char *term;
  const char *source;
} GsReferralReason;

/* The list, ended by a NULL code. */
const GsReferralReason *gs_referral_reasons (void);
const GsReferralReason *gs_referral_reason_find (const char *code);

/* TRUE for face-only reasons (B01 to B04, B06) and the random sample (O04): shown as "Face:
 * compare" with no code, result or colour until the officer has judged. */
gboolean gs_referral_reason_is_blind (const char *code);
/* TRUE when there is a code and all of them are blind. */
gboolean gs_referral_reasons_are_blind (char **codes);

/* TRUE for reasons that this desk cannot settle (a forged, altered or reported document, an entry
 * ban): the second line is proposed. */
gboolean gs_referral_reason_is_second_line (const char *code);

/* TRUE for openings that never open a stamp window: by hand, tailgating, forced door, emergency. */
gboolean gs_referral_reason_is_door (const char *code);

/* The most urgent priority of the codes, 1 to 4; 2 for none, for unknown and for blind codes. */
int gs_referral_reasons_priority (char **codes);
