/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-day-count.h"

#include "gs-time.h"

static gint64
at (const char *text)
{
  gint64 utc_ms = 0;

  g_assert_true (gs_time_parse_rfc3339 (text, -1, &utc_ms));
  return utc_ms;
}

/* The hall's midnight counts, not UTC's, and not the last 24 hours. */
static void
test_day_of_the_zone (void)
{
  g_autoptr (GsDayCount) count = gs_day_count_new ();
  g_autoptr (GTimeZone) tokyo = g_time_zone_new_identifier ("Asia/Tokyo");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 now = at ("2026-11-23T14:22:07+09:00");

  gs_day_count_add (count, at ("2026-11-22T23:59:59.999+09:00"));
  gs_day_count_add (count, at ("2026-11-23T00:00:00+09:00"));
  gs_day_count_add (count, at ("2026-11-23T09:30:00+09:00"));
  g_assert_cmpuint (gs_day_count_get (count, now, tokyo), ==, 2);
  g_assert_cmpuint (gs_day_count_get (count, now, utc), ==, 1);
}

static void
test_begins_again_at_midnight (void)
{
  g_autoptr (GsDayCount) count = gs_day_count_new ();
  g_autoptr (GTimeZone) tokyo = g_time_zone_new_identifier ("Asia/Tokyo");

  gs_day_count_add (count, at ("2026-11-23T23:10:00+09:00"));
  g_assert_cmpuint (gs_day_count_get (count, at ("2026-11-23T23:59:59+09:00"), tokyo), ==, 1);
  g_assert_cmpuint (gs_day_count_get (count, at ("2026-11-24T00:00:00+09:00"), tokyo), ==, 0);
}

/* The day on which the clocks go back has 25 hours. */
static void
test_long_day (void)
{
  g_autoptr (GsDayCount) count = gs_day_count_new ();
  g_autoptr (GTimeZone) paris = g_time_zone_new_identifier ("Europe/Paris");

  gs_day_count_add (count, at ("2026-10-25T00:10:00+02:00"));
  g_assert_cmpuint (gs_day_count_get (count, at ("2026-10-25T23:50:00+01:00"), paris), ==, 1);
}

static void
test_forgets (void)
{
  g_autoptr (GsDayCount) count = gs_day_count_new ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  gs_day_count_add (count, at ("2026-11-20T12:00:00Z"));
  g_assert_cmpuint (gs_day_count_get (count, at ("2026-11-23T12:00:00Z"), utc), ==, 0);
  g_assert_cmpuint (gs_day_count_get (count, at ("2026-11-20T13:00:00Z"), utc), ==, 0);
  gs_day_count_add (count, GS_TIME_UNKNOWN);
  g_assert_cmpuint (gs_day_count_get (count, at ("2026-11-20T13:00:00Z"), utc), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/day-count/day-of-the-zone", test_day_of_the_zone);
  g_test_add_func ("/station/day-count/begins-again-at-midnight", test_begins_again_at_midnight);
  g_test_add_func ("/station/day-count/long-day", test_long_day);
  g_test_add_func ("/station/day-count/forgets", test_forgets);
  return g_test_run ();
}
