/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-verdict.h"

G_BEGIN_DECLS

/* The verdict on a digital seal in an officer's words. Main thread. */

/* "Genuine", "Not genuine", "Cannot be told". Static. */
const char *gs_seal_text_result (GsCheckResult result);
/* "The signature is good" for "seal-signature"; NULL for a check that is none of a seal. Static. */
const char *gs_seal_text_step (const GsVerdict *step);
/* Why the step has its result; NULL when there is nothing to say. Static. */
const char *gs_seal_text_cause (const GsVerdict *step);
/* Lines of name and value: who signed, when, and what the seal says. Transfer full; "" for none. */
char *gs_seal_text_fields (const GsVerdict *verdict);

G_END_DECLS
