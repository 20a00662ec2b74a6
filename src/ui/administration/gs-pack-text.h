/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-pack-desk.h"
#include "gs-sign.h"

/* Words of template packs in the officer's language. Main thread. */

/* Why a pack is refused, from gs_stamp_error_to_word(): half a sentence; static. */
const char *gs_pack_text_reason (const char *word);
/* What happened and what to do; transfer full. */
char *gs_pack_text_error (const GError *error);
/* "prints since 2026-11-01"; transfer full. sign may be NULL. */
char *gs_pack_text_state (const GsPackEntry *entry, GsSign *sign);
/* "2026-11-01 – 2036-10-31", or "from 2026-11-01"; transfer full. */
char *gs_pack_text_days (const char *from, const char *until);
/* "Amaurot, exit, by air"; transfer full. */
char *gs_pack_text_sample (const GsStampFields *fields);
