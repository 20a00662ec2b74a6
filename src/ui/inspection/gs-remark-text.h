/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-verdict.h"

/* What the officer reads of a finding that lowers no result, or of one that has no referral reason
 * of its own: a second signature, a weak algorithm, a revocation list out of date. Main thread. */

/* One sentence for the code of a warning or of an error, and what to do about it; NULL when the
 * code says nothing that an officer could use. Static, in the officer's language. */
const char *gs_remark_text_sentence (const char *code);
const char *gs_remark_text_next (const char *code);

/* The remarks on this check and on what is below it, but not below another check of the published
 * list: sentence and next step of each, one a line. NULL when there are none. Transfer full. */
char *gs_remark_text_of_check (const GsVerdict *check);
/* The same of one node alone, with those that the card leaves out because they are no news there.
 * Transfer full. */
char *gs_remark_text_of_node (const GsVerdict *check);
/* TRUE when the card shows a remark on any check of this document. */
gboolean gs_remark_text_is_any (const GsVerdict *document);
