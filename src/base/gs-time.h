/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* RFC 3339 times as the hall's contract writes them: UTC with milliseconds,
 * "2026-11-23T14:22:07.125Z". In memory a time is a gint64 of milliseconds since
 * 1970-01-01T00:00:00Z; GS_TIME_UNKNOWN says that none is known. Any thread; no state. */

#define GS_TIME_UNKNOWN G_MININT64

/* Parses RFC 3339 section 5.6 with any fraction and any offset. FALSE and *utc_ms untouched on
 * anything else, leap second 60 included. The text need not be terminated: len bytes are read, or
 * up to NUL when len is negative. */
gboolean gs_time_parse_rfc3339 (const char *text, gssize len, gint64 *utc_ms);

/* A new string with milliseconds and "Z"; NULL for GS_TIME_UNKNOWN or a year outside 1 to 9999.
 * Transfer full. */
char *gs_time_format_rfc3339 (gint64 utc_ms);

/* "14:22:07" in the time zone; "--:--:--" for GS_TIME_UNKNOWN. Transfer full. */
char *gs_time_format_clock (gint64 utc_ms, GTimeZone *zone);

/* "2026-11-23" in the time zone; NULL for GS_TIME_UNKNOWN or a year outside 1 to 9999. Transfer
 * full.
 */
char *gs_time_format_day (gint64 utc_ms, GTimeZone *zone);

/* When the day began in which that time lies, by the calendar of the time zone; GS_TIME_UNKNOWN for
 * GS_TIME_UNKNOWN or a year outside 1 to 9999. */
gint64 gs_time_day_begin (gint64 utc_ms, GTimeZone *zone);

/* A length of time as "0:12", "2:10", "1:42:53"; negative lengths count as 0. Transfer full. */
char *gs_time_format_duration (gint64 duration_ms);
