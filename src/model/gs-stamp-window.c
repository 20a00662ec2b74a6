/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-window.h"

#include "gs-time.h"
#include "gs-words.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define SOON_MS (10 * MINUTE_MS)
#define LAST_MS (2 * MINUTE_MS)

static const GsWord state_words[] = {
  { GS_WINDOW_NOT_OPEN, "not-open" },
  { GS_WINDOW_OPEN, "open" },
  { GS_WINDOW_SOON, "soon" },
  { GS_WINDOW_LAST, "last" },
  { GS_WINDOW_CLOSED, "closed" },
  { GS_WINDOW_NOT_KNOWN, "not-known" },
  { 0, NULL },
};

const char *
gs_window_state_to_word (GsWindowState state)
{
  return gs_words_to_word (state_words, state);
}

void
gs_window_policy_init (GsWindowPolicy *policy)
{
  policy->arrival_limit_ms = 60 * MINUTE_MS;
  policy->departure_limit_ms = 6 * 60 * MINUTE_MS;
}

/* The end that the clock alone sets. */
static void
limit_by_clock (const GsCrossing *crossing, const GsWindowPolicy *policy, GsWindowVerdict *verdict)
{
  if (crossing->direction == GS_DIRECTION_DEPARTURE
      && crossing->boarding_closes_utc_ms != GS_TIME_UNKNOWN)
    {
      verdict->cause = GS_CLOSE_CAUSE_BOARDING_CLOSED;
      verdict->closes_utc_ms = crossing->boarding_closes_utc_ms;
      return;
    }
  verdict->cause = GS_CLOSE_CAUSE_TIME_LIMIT;
  verdict->closes_utc_ms =
    crossing->admitted_utc_ms
    + (crossing->direction == GS_DIRECTION_DEPARTURE ? policy->departure_limit_ms
                                                     : policy->arrival_limit_ms);
}

static void
set_not_open (GsWindowVerdict *verdict, GsWindowReason reason)
{
  verdict->state = GS_WINDOW_NOT_OPEN;
  verdict->reason = reason;
}

static void
set_closed (GsWindowVerdict *verdict)
{
  verdict->state = GS_WINDOW_CLOSED;
  verdict->reason = GS_WINDOW_REASON_CLOSED;
  verdict->left_ms = 0;
}

void
gs_stamp_window_judge (const GsCrossing *crossing,
                       const GsWindowPolicy *policy,
                       gint64 now_utc_ms,
                       gint64 clock_error_ms,
                       gboolean clock_known,
                       gboolean feed_live,
                       GsWindowVerdict *verdict)
{
  *verdict = (GsWindowVerdict){ .state = GS_WINDOW_NOT_OPEN,
                                .reason = GS_WINDOW_REASON_NONE,
                                .cause = GS_CLOSE_CAUSE_NONE,
                                .opened_utc_ms = GS_TIME_UNKNOWN,
                                .closes_utc_ms = GS_TIME_UNKNOWN };

  if (crossing->door)
    {
      set_not_open (verdict, GS_WINDOW_REASON_DOOR);
      return;
    }
  if (gs_crossing_is_open_case (crossing))
    {
      set_not_open (verdict, GS_WINDOW_REASON_OPEN_CASE);
      return;
    }
  if (crossing->state != GS_CROSSING_STATE_ADMITTED || crossing->admitted_utc_ms == GS_TIME_UNKNOWN)
    {
      set_not_open (verdict, GS_WINDOW_REASON_NOT_ADMITTED);
      return;
    }

  verdict->opened_utc_ms = crossing->admitted_utc_ms;
  if (crossing->close_cause != GS_CLOSE_CAUSE_NONE)
    {
      /* A closing event that was seen stays true, however stale the feed is now. */
      verdict->cause = crossing->close_cause;
      verdict->closes_utc_ms = crossing->closed_utc_ms;
      set_closed (verdict);
      return;
    }

  limit_by_clock (crossing, policy, verdict);
  if (now_utc_ms != GS_TIME_UNKNOWN)
    verdict->left_ms = MAX (verdict->closes_utc_ms - now_utc_ms - MAX (clock_error_ms, 0), 0);
  if (!clock_known || now_utc_ms == GS_TIME_UNKNOWN)
    {
      verdict->state = GS_WINDOW_NOT_KNOWN;
      verdict->reason = GS_WINDOW_REASON_CLOCK_NOT_KNOWN;
      return;
    }
  if (verdict->left_ms == 0)
    {
      set_closed (verdict);
      return;
    }
  if (!feed_live)
    {
      verdict->state = GS_WINDOW_NOT_KNOWN;
      verdict->reason = GS_WINDOW_REASON_FEED_STALE;
      return;
    }
  verdict->state = verdict->left_ms <= LAST_MS   ? GS_WINDOW_LAST
                   : verdict->left_ms <= SOON_MS ? GS_WINDOW_SOON
                                                 : GS_WINDOW_OPEN;
  verdict->may_stamp = TRUE;
}
