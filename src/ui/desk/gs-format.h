/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-case.h"
#include "gs-station.h"

/* Small texts that several views need, in the officer's language. Main thread; transfer full. */

/* "14:22:07" in the port's time zone. */
char *gs_format_time (GsStation *station, gint64 utc_ms);
/* "0:12" since that hall time; "-" when it is not known. */
char *gs_format_since (GsStation *station, gint64 utc_ms);
/* The gate's name on the strip for its id: "3". */
char *gs_format_gate (GsStation *station, const char *gate_id);
/* "ERIKSSON, ANNA MARIA", or "name not told". */
char *gs_format_name (GsCase *item);
/* "OKAFOR: ADA, CHIDI" for people who belong together, in the order of their cases (GsCase); with
 * several family names each name in full. Who was referred again is named once. */
char *gs_format_family (GPtrArray *cases);
/* "Desk 4" for a desk's id. */
char *gs_format_desk (const char *desk_id);
/* The glyphs for a name in its own script by the issuing state: "ja", "zh-cn", "zh-tw", "ko", NULL.
 * Static. */
const char *gs_format_script (GsCase *item);
