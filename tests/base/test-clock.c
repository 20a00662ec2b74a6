/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-clock.h"
#include "gs-time.h"

static gint64
fake_monotonic (gpointer data)
{
  return *(gint64 *) data;
}

static void
test_unknown_at_first (void)
{
  g_autoptr (GsClock) clock = gs_clock_new ();

  g_assert_false (gs_clock_is_known (clock));
  g_assert_cmpint (gs_clock_now_utc_ms (clock), ==, GS_TIME_UNKNOWN);
  g_assert_cmpint (gs_clock_error_ms (clock), ==, -1);
}

static void
test_runs_on_the_monotonic_clock (void)
{
  gint64 now = 1000000;
  g_autoptr (GsClock) clock = gs_clock_new_with_source (fake_monotonic, &now);

  gs_clock_observe (clock, 1000000, 1010000, 500000, TRUE, 3);
  g_assert_true (gs_clock_is_known (clock));
  now = 1005000 + 2000000;
  g_assert_cmpint (gs_clock_now_utc_ms (clock), ==, 502000);
  g_assert_cmpint (gs_clock_error_ms (clock), <=, 10);
}

static void
test_not_known (void)
{
  gint64 now = 0;
  g_autoptr (GsClock) clock = gs_clock_new_with_source (fake_monotonic, &now);

  gs_clock_observe (clock, 0, 5000000, 500000, TRUE, 0);
  g_assert_false (gs_clock_is_known (clock)); /* half the round trip is 2.5 s */
  gs_clock_reset (clock);
  gs_clock_observe (clock, 0, 1000, 500000, FALSE, 0);
  g_assert_false (gs_clock_is_known (clock)); /* the hall says it is not synchronised */
  gs_clock_reset (clock);
  gs_clock_observe (clock, 0, 1000, 500000, TRUE, 0);
  g_assert_true (gs_clock_is_known (clock));
  gs_clock_observe (clock, 1000000, 1001000, 503000, TRUE, 0);
  g_assert_false (gs_clock_is_known (clock)); /* one second passed, the hall's clock went three */
  gs_clock_observe (clock, 2000000, 2001000, 504000, TRUE, 0);
  g_assert_true (gs_clock_is_known (clock)); /* and is steady again */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/unknown-at-first", test_unknown_at_first);
  g_test_add_func ("/base/clock/runs-on-the-monotonic-clock", test_runs_on_the_monotonic_clock);
  g_test_add_func ("/base/clock/not-known", test_not_known);
  return g_test_run ();
}
