/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-crossing.h"

/* The stamp window: may this crossing be stamped now, and until when? A pure function of the
 * crossing, the policy and the hall's time. Closing on an event comes first; the policy's time
 * limit is the fallback. What is not known is said to be not known. Any thread. */

typedef enum
{
  GS_WINDOW_NOT_OPEN = 1, /* not admitted, or opened by a door event */
  GS_WINDOW_OPEN,         /* more than 10 minutes left, or no known end */
  GS_WINDOW_SOON,         /* at most 10 minutes left */
  GS_WINDOW_LAST,         /* at most 2 minutes left */
  GS_WINDOW_CLOSED,
  GS_WINDOW_NOT_KNOWN /* feed stale, or the hall's clock not known */
} GsWindowState;

/* Why a window is not open. */
typedef enum
{
  GS_WINDOW_REASON_NONE = 1,
  GS_WINDOW_REASON_NOT_ADMITTED,
  GS_WINDOW_REASON_OPEN_CASE,
  GS_WINDOW_REASON_DOOR,
  GS_WINDOW_REASON_CLOSED, /* the cause says by what */
  GS_WINDOW_REASON_FEED_STALE,
  GS_WINDOW_REASON_CLOCK_NOT_KNOWN
} GsWindowReason;

typedef struct
{
  gint64 arrival_limit_ms;   /* fallback after admission, arriving; default 60 minutes */
  gint64 departure_limit_ms; /* departing, when no boarding time is known; default 6 hours */
} GsWindowPolicy;

typedef struct
{
  GsWindowState state;
  GsWindowReason reason;
  GsCloseCause cause;   /* what closed it, or what will close it by the clock */
  gint64 opened_utc_ms; /* admission; GS_TIME_UNKNOWN when never */
  gint64 closes_utc_ms; /* the end known now (past when closed); an event may come earlier */
  gint64 left_ms;       /* to closes_utc_ms, less the clock's error; 0 when closed; when not
                           known, what was left as of the last knowledge (an upper bound) */
  gboolean may_stamp;   /* OPEN, SOON or LAST */
} GsWindowVerdict;

/* The defaults of the stamping rules. */
void gs_window_policy_init (GsWindowPolicy *policy);

/* now_utc_ms is the hall's time with error clock_error_ms; clock_known and feed_live say whether
 * both are evidence. Fills *verdict wholly. */
void gs_stamp_window_judge (const GsCrossing *crossing,
                            const GsWindowPolicy *policy,
                            gint64 now_utc_ms,
                            gint64 clock_error_ms,
                            gboolean clock_known,
                            gboolean feed_live,
                            GsWindowVerdict *verdict);

const char *gs_window_state_to_word (GsWindowState state);
