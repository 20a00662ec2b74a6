/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sign.h"
#include "gs-trust-desk.h"

/* Words of the trust store in the officer's language. Main thread. */

/* "ended", "ends in 12 days"; transfer full. sign may be NULL. */
char *gs_trust_text_validity (GsTrustCertificate *certificate, gint64 now_utc_ms, GsSign *sign);
/* What becomes of a certificate or revocation list; static. */
const char *gs_trust_text_decision (GsTrustDecision decision, GsSign *sign);
/* Why it is believed; static. */
const char *gs_trust_text_reason (GsTrustReason reason);
const char *gs_trust_text_removal (GsTrustRemoval removal);
/* Where it came from; transfer full. */
char *gs_trust_text_source (const char *source);
/* "2026-11-23"; "-" when it is not known. Transfer full. */
char *gs_trust_text_date (gint64 utc_ms);
/* "2018-01-01 – 2033-01-01". Transfer full. */
char *gs_trust_text_dates (gint64 from_utc_ms, gint64 to_utc_ms);
/* What happened and what to do; static. */
const char *gs_trust_text_error (const GError *error);
