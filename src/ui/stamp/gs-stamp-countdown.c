/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-countdown.h"

#include <glib/gi18n.h>

#include "gs-format.h"
#include "gs-reason-text.h"
#include "gs-time.h"

void
gs_stamp_countdown_read (GsCountdownReading *reading, GsStation *station, GsCase *item)
{
  GsWindowVerdict verdict;

  gs_station_judge_window (station, item, &verdict);
  reading->known = verdict.state != GS_WINDOW_NOT_KNOWN;
  reading->closed = verdict.state == GS_WINDOW_CLOSED || verdict.state == GS_WINDOW_NOT_OPEN;
  reading->remaining_ms = verdict.left_ms;
  reading->total_ms =
    verdict.closes_utc_ms != GS_TIME_UNKNOWN && verdict.opened_utc_ms != GS_TIME_UNKNOWN
      ? verdict.closes_utc_ms - verdict.opened_utc_ms
      : 0;
}

void
gs_stamp_countdown_update (GsCountdown *countdown, GsStation *station, GsCase *item)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  GsCountdownText text = { 0 };
  GsWindowVerdict verdict;
  GsLink link;
  g_autofree char *why = NULL;
  g_autofree char *closes = NULL;
  g_autofree char *opened_time = NULL;
  g_autofree char *opened = NULL;
  g_autofree char *closed = NULL;
  g_autofree char *precision = NULL;
  g_autofree char *as_of = NULL;

  gs_station_judge_window (station, item, &verdict);
  gs_station_get_link (station, &link);
  closes = gs_format_time (station, verdict.closes_utc_ms);
  opened_time = gs_format_time (station, verdict.opened_utc_ms);
  opened = g_strdup_printf (_ ("admitted %s"), opened_time);
  if (crossing->flight != NULL && verdict.cause == GS_CLOSE_CAUSE_BOARDING_CLOSED)
    /* Translators: flight, time. */
    why = g_strdup_printf (_ ("%s, boarding closes %s"), crossing->flight, closes);
  else if (crossing->direction == GS_DIRECTION_DEPARTURE)
    why = g_strdup (_ ("until boarding"));
  else
    why = g_strdup (_ ("until customs"));
  text.why = why;
  text.also = crossing->direction == GS_DIRECTION_DEPARTURE
                ? _ ("or when the traveller boards, whichever is first")
                : _ ("or when the traveller passes customs, whichever is first");
  precision =
    g_strdup_printf (_ ("hall time, ± %.1f s"),
                     (double) MAX (gs_clock_error_ms (gs_station_get_clock (station)), 0) / 1000);
  text.precision = precision;
  text.opened = opened;
  text.closes = closes;
  /* Translators: time, cause. */
  closed =
    g_strdup_printf (_ ("closed %s, %s"), closes, gs_reason_text_close_cause (verdict.cause));
  text.closed = closed;
  as_of = gs_format_time (station, link.as_of_utc_ms);
  text.as_of = as_of;
  gs_countdown_set_text (countdown, &text);
  gs_countdown_refresh (countdown);
}
