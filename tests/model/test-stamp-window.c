/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-window.h"

#include "gs-time.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define START G_GINT64_CONSTANT (1795000000000)

static const char crossing_id[] = "5b0e9c9e-3a52-4a57-8a3b-9d9e5a0d4c11";

static GsCrossing *
new_admitted (GsDirection direction)
{
  GsCrossing *crossing = gs_crossing_new (crossing_id);

  crossing->direction = direction;
  crossing->started_utc_ms = START - MINUTE;
  crossing->state = GS_CROSSING_STATE_ADMITTED;
  crossing->admitted_utc_ms = START;
  return crossing;
}

static GsWindowVerdict
judge (const GsCrossing *crossing, gint64 now_utc_ms)
{
  GsWindowPolicy policy;
  GsWindowVerdict verdict;

  gs_window_policy_init (&policy);
  gs_stamp_window_judge (crossing, &policy, now_utc_ms, 100, TRUE, TRUE, &verdict);
  return verdict;
}

static void
test_opens_on_admission (void)
{
  g_autoptr (GsCrossing) crossing = gs_crossing_new (crossing_id);
  g_autoptr (GsCrossing) admitted = new_admitted (GS_DIRECTION_ARRIVAL);

  g_assert_cmpint (judge (crossing, START).reason, ==, GS_WINDOW_REASON_NOT_ADMITTED);
  crossing->state = GS_CROSSING_STATE_REFERRED;
  g_assert_cmpint (judge (crossing, START).reason, ==, GS_WINDOW_REASON_OPEN_CASE);
  g_assert_true (judge (admitted, START + 1000).may_stamp);
  admitted->door = TRUE;
  g_assert_cmpint (judge (admitted, START + 1000).reason, ==, GS_WINDOW_REASON_DOOR);
  g_assert_false (judge (admitted, START + 1000).may_stamp);
}

static void
test_counts_down (void)
{
  g_autoptr (GsCrossing) crossing = new_admitted (GS_DIRECTION_ARRIVAL);

  g_assert_cmpint (judge (crossing, START + 10 * MINUTE).state, ==, GS_WINDOW_OPEN);
  g_assert_cmpint (judge (crossing, START + 50 * MINUTE).state, ==, GS_WINDOW_SOON);
  g_assert_cmpint (judge (crossing, START + 58 * MINUTE).state, ==, GS_WINDOW_LAST);
  g_assert_cmpint (judge (crossing, START + 60 * MINUTE).state, ==, GS_WINDOW_CLOSED);
  /* The clock's error is taken off the traveller's time, never added to it. */
  g_assert_cmpint (judge (crossing, START + 60 * MINUTE - 100).state, ==, GS_WINDOW_CLOSED);
  g_assert_true (judge (crossing, START + 60 * MINUTE - 101).may_stamp);
  g_assert_cmpint (judge (crossing, START + 61 * MINUTE).cause, ==, GS_CLOSE_CAUSE_TIME_LIMIT);
}

static void
test_departure_ends_with_boarding (void)
{
  g_autoptr (GsCrossing) crossing = new_admitted (GS_DIRECTION_DEPARTURE);

  g_assert_cmpint (judge (crossing, START).closes_utc_ms, ==, START + 360 * MINUTE);
  crossing->boarding_closes_utc_ms = START + 30 * MINUTE;
  g_assert_cmpint (judge (crossing, START).closes_utc_ms, ==, START + 30 * MINUTE);
  g_assert_cmpint (judge (crossing, START).cause, ==, GS_CLOSE_CAUSE_BOARDING_CLOSED);
}

static void
test_event_closes_first (void)
{
  g_autoptr (GsCrossing) crossing = new_admitted (GS_DIRECTION_ARRIVAL);
  g_autoptr (GsEvent) customs = gs_event_new (7, GS_EVENT_CROSSING_CUSTOMS, crossing_id);
  g_autoptr (GsEvent) cancelled = gs_event_new (8, GS_EVENT_CROSSING_CANCELLED, crossing_id);

  customs->at_utc_ms = START + MINUTE;
  cancelled->at_utc_ms = START + 2 * MINUTE;
  g_assert_true (gs_crossing_apply (crossing, customs));
  g_assert_true (gs_crossing_apply (crossing, cancelled));
  g_assert_cmpint (judge (crossing, START + 3 * MINUTE).state, ==, GS_WINDOW_CLOSED);
  g_assert_cmpint (judge (crossing, START + 3 * MINUTE).cause, ==, GS_CLOSE_CAUSE_CUSTOMS);
  g_assert_cmpint (judge (crossing, START + 3 * MINUTE).closes_utc_ms, ==, START + MINUTE);
}

static void
test_not_known (void)
{
  g_autoptr (GsCrossing) crossing = new_admitted (GS_DIRECTION_ARRIVAL);
  GsWindowPolicy policy;
  GsWindowVerdict verdict;

  gs_window_policy_init (&policy);
  gs_stamp_window_judge (crossing, &policy, START + MINUTE, 0, TRUE, FALSE, &verdict);
  g_assert_cmpint (verdict.state, ==, GS_WINDOW_NOT_KNOWN);
  g_assert_cmpint (verdict.reason, ==, GS_WINDOW_REASON_FEED_STALE);
  g_assert_false (verdict.may_stamp);
  g_assert_cmpint (verdict.left_ms, ==, 59 * MINUTE);
  gs_stamp_window_judge (crossing, &policy, START + MINUTE, 0, FALSE, TRUE, &verdict);
  g_assert_cmpint (verdict.reason, ==, GS_WINDOW_REASON_CLOCK_NOT_KNOWN);
  g_assert_false (verdict.may_stamp);
  gs_stamp_window_judge (crossing, &policy, GS_TIME_UNKNOWN, 0, TRUE, TRUE, &verdict);
  g_assert_false (verdict.may_stamp);
}

/* Whatever happened to a crossing, in whatever order: a stamp may be issued only after an
 * admission, before every closing event, inside the limit, with a live feed and a known clock. */
static void
test_never_outside (void)
{
  GRand *rand = g_rand_new_with_seed (20261123);
  const GsEventType types[] = { GS_EVENT_CROSSING_STARTED,   GS_EVENT_CROSSING_ADMITTED,
                                GS_EVENT_CROSSING_REFERRED,  GS_EVENT_CROSSING_RESOLVED,
                                GS_EVENT_CROSSING_CUSTOMS,   GS_EVENT_CROSSING_BOARDED,
                                GS_EVENT_CROSSING_CANCELLED, GS_EVENT_CROSSING_FLIGHT,
                                GS_EVENT_CROSSING_STAMPED,   GS_EVENT_CROSSING_STAMP_VOIDED,
                                GS_EVENT_CROSSING_DOCUMENT,  GS_EVENT_CROSSING_TAKEN };
  GsWindowPolicy policy;
  guint allowed = 0;

  gs_window_policy_init (&policy);
  for (int run = 0; run < 20000; run++)
    {
      g_autoptr (GsCrossing) crossing = gs_crossing_new (crossing_id);
      gboolean closed = FALSE, live = g_rand_int_range (rand, 0, 8) > 0;
      gboolean known = g_rand_int_range (rand, 0, 8) > 0;
      int events = g_rand_int_range (rand, 0, 9);
      gint64 now = START + g_rand_int_range (rand, -2, 400) * MINUTE;
      GsWindowVerdict verdict;

      for (int i = 1; i <= events; i++)
        {
          GsEventType type = types[g_rand_int_range (rand, 0, G_N_ELEMENTS (types))];
          g_autoptr (GsEvent) event = gs_event_new (i, type, crossing_id);

          event->time_utc_ms = START + i * MINUTE;
          event->direction = GS_DIRECTION_ARRIVAL + g_rand_int_range (rand, 0, 2);
          event->outcome = g_rand_int_range (rand, GS_OUTCOME_ADMITTED, GS_OUTCOME_WITHDRAWN + 1);
          if (type == GS_EVENT_CROSSING_FLIGHT)
            event->boarding_closes_utc_ms = START + g_rand_int_range (rand, 0, 300) * MINUTE;
          gs_crossing_apply (crossing, event);
          closed |= type == GS_EVENT_CROSSING_CUSTOMS || type == GS_EVENT_CROSSING_BOARDED
                    || type == GS_EVENT_CROSSING_CANCELLED;
        }
      gs_stamp_window_judge (crossing, &policy, now, 50, known, live, &verdict);
      if (!verdict.may_stamp)
        continue;
      allowed++;
      g_assert_true (live && known && !closed);
      g_assert_cmpint (crossing->state, ==, GS_CROSSING_STATE_ADMITTED);
      g_assert_cmpint (verdict.left_ms, >, 0);
      g_assert_cmpint (now + 50, <, verdict.closes_utc_ms);
      g_assert_cmpint (verdict.closes_utc_ms - crossing->admitted_utc_ms, <=,
                       MAX (policy.departure_limit_ms, 300 * MINUTE));
    }
  /* The property would hold of a function that never allows anything. */
  g_assert_cmpuint (allowed, >, 200);
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/stamp-window/opens-on-admission", test_opens_on_admission);
  g_test_add_func ("/model/stamp-window/counts-down", test_counts_down);
  g_test_add_func ("/model/stamp-window/departure-ends-with-boarding",
                   test_departure_ends_with_boarding);
  g_test_add_func ("/model/stamp-window/event-closes-first", test_event_closes_first);
  g_test_add_func ("/model/stamp-window/not-known", test_not_known);
  g_test_add_func ("/model/stamp-window/never-outside", test_never_outside);
  return g_test_run ();
}
