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

  reading->stamped = gs_case_get_crossing (item)->stamp_serial != NULL;
  gs_station_judge_window (station, item, &verdict);
  reading->known = verdict.state != GS_WINDOW_NOT_KNOWN;
  reading->closed = verdict.state == GS_WINDOW_CLOSED || verdict.state == GS_WINDOW_NOT_OPEN;
  reading->remaining_ms = verdict.left_ms;
  reading->total_ms =
    verdict.closes_utc_ms != GS_TIME_UNKNOWN && verdict.opened_utc_ms != GS_TIME_UNKNOWN
      ? verdict.closes_utc_ms - verdict.opened_utc_ms
      : 0;
}

static void
show_stamped (GsCountdown *countdown,
              GsStation *station,
              const char *desk_id,
              gint64 stamped_utc_ms,
              const char *opened,
              const char *precision)
{
  g_autofree char *stamped = gs_format_time (station, stamped_utc_ms);
  g_autofree char *desk = gs_format_desk (desk_id);
  const GsCountdownText text = {
    .stamped = stamped, .why = desk, .precision = precision, .opened = opened
  };

  gs_countdown_set_text (countdown, &text);
}

void
gs_stamp_countdown_update (GsCountdown *countdown,
                           GsStation *station,
                           GsCase *item,
                           gint64 stamped_utc_ms)
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
  precision =
    g_strdup_printf (_ ("hall time, ± %.1f s"),
                     (double) MAX (gs_clock_error_ms (gs_station_get_clock (station)), 0) / 1000);
  if (stamped_utc_ms != GS_TIME_UNKNOWN || crossing->stamp_serial != NULL)
    {
      gboolean here = stamped_utc_ms != GS_TIME_UNKNOWN;

      show_stamped (countdown, station,
                    here ? gs_station_get_config (station)->desk_id : crossing->stamp_desk,
                    here ? stamped_utc_ms : crossing->stamped_utc_ms, opened, precision);
      return;
    }
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
}
