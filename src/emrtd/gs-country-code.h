/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The states' codes: a machine readable zone has three letters (ICAO Doc 9303-3 section 5), the
 * certificates of the same state two (ISO 3166-1 alpha-2 and Doc 9303-3's own). Any thread. */

/* Upper-case two-letter code of the state that issues under a three-letter code; fillers at the end
 * are left out ("D<<" is "DE"). NULL when the code is not known, or names no state that could sign
 * (XXA, XXB, XXC and XXX are what people without a state are called). Static. */
const char *gs_country_code_to_alpha2 (const char *alpha3);

/* TRUE when a certificate of this country may sign a document of this issuing state. Letter case
 * does not count; a certificate may also carry the three-letter code itself, and some states have
 * had two codes (Kosovo: KS and XK). */
gboolean gs_country_code_agrees (const char *alpha3, const char *certificate_country);
/* TRUE when the code is known to the table, those without a state included. */
gboolean gs_country_code_is_known (const char *alpha3);
