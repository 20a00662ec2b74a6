/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-anchor-set.h"
#include "gs-chip-reading.h"
#include "gs-verdict.h"

/* Whether the chip is the one that its data were issued with: the verdict "not-a-copy" (C07) with
 * chip-authentication and active-authentication below it. passive: the verdict of passive
 * authentication, without whose good result a key proves nothing. anchors and revocation_lists (of
 * GsRevocationList; both may be NULL): for the signature of EF.CardSecurity after PACE with
 * chip-authentication mapping. Any thread. Transfer full. */
GsVerdict *gs_chip_copy_judge (const GsChipReading *reading,
                               GsAnchorSet *anchors,
                               GPtrArray *revocation_lists,
                               gint64 now_utc_ms,
                               const GsVerdict *passive);
