/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-time.h"

static void
test_round_trip (void)
{
  const char *texts[] = { "2026-11-23T14:22:07.125Z", "1970-01-01T00:00:00.000Z",
                          "1969-12-31T23:59:59.999Z", "2024-02-29T00:00:00.001Z",
                          "9999-12-31T23:59:59.999Z" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *back = NULL;
      gint64 utc_ms = 0;

      g_assert_true (gs_time_parse_rfc3339 (texts[i], -1, &utc_ms));
      back = gs_time_format_rfc3339 (utc_ms);
      g_assert_cmpstr (back, ==, texts[i]);
    }
}

static void
test_offsets_and_fractions (void)
{
  gint64 a, b;

  g_assert_true (gs_time_parse_rfc3339 ("2026-11-23T14:22:07Z", -1, &a));
  g_assert_true (gs_time_parse_rfc3339 ("2026-11-23T23:22:07.000+09:00", -1, &b));
  g_assert_cmpint (a, ==, b);
  g_assert_true (gs_time_parse_rfc3339 ("2026-11-23T14:22:07.5Z", -1, &b));
  g_assert_cmpint (a + 500, ==, b);
  g_assert_true (gs_time_parse_rfc3339 ("2026-11-23T14:22:07.1239999Z", -1, &b));
  g_assert_cmpint (a + 123, ==, b);
}

static void
test_refuses (void)
{
  const char *texts[] = { "",
                          "2026-11-23",
                          "2026-11-23T14:22:07",
                          "2026-13-01T00:00:00Z",
                          "2026-02-29T00:00:00Z",
                          "2026-11-23T24:00:00Z",
                          "2026-11-23T23:59:60Z",
                          "2026-11-23T14:22:07.Z",
                          "2026-11-23T14:22:07+0900",
                          "2026-11-23T14:22:07Zx",
                          "0000-01-01T00:00:00Z",
                          "2026-11-23 14:22:07Z" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 utc_ms = 42;

      g_assert_false (gs_time_parse_rfc3339 (texts[i], -1, &utc_ms));
      g_assert_cmpint (utc_ms, ==, 42);
    }
  g_assert_false (gs_time_parse_rfc3339 (NULL, -1, &(gint64){ 0 }));
}

static void
test_words (void)
{
  g_autofree char *a = gs_time_format_duration (12000);
  g_autofree char *b = gs_time_format_duration (130000);
  g_autofree char *c = gs_time_format_duration (6173000);
  g_autofree char *d = gs_time_format_clock (GS_TIME_UNKNOWN, NULL);

  g_assert_cmpstr (a, ==, "0:12");
  g_assert_cmpstr (b, ==, "2:10");
  g_assert_cmpstr (c, ==, "1:42:53");
  g_assert_cmpstr (d, ==, "--:--:--");
}

static void
test_day_begin (void)
{
  g_autoptr (GTimeZone) tokyo = g_time_zone_new_identifier ("Asia/Tokyo");
  gint64 now = 0, begin = 0;

  g_assert_true (gs_time_parse_rfc3339 ("2026-11-22T20:00:00.5Z", -1, &now));
  g_assert_true (gs_time_parse_rfc3339 ("2026-11-22T15:00:00Z", -1, &begin));
  g_assert_cmpint (gs_time_day_begin (now, tokyo), ==, begin);
  g_assert_cmpint (gs_time_day_begin (begin, tokyo), ==, begin);
  g_assert_cmpint (gs_time_day_begin (begin - 1, tokyo), ==, begin - 24 * 60 * 60 * 1000);
  g_assert_cmpint (gs_time_day_begin (GS_TIME_UNKNOWN, tokyo), ==, GS_TIME_UNKNOWN);
  g_assert_cmpint (gs_time_day_begin (G_MAXINT64, tokyo), ==, GS_TIME_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/time/round-trip", test_round_trip);
  g_test_add_func ("/base/time/offsets-and-fractions", test_offsets_and_fractions);
  g_test_add_func ("/base/time/refuses", test_refuses);
  g_test_add_func ("/base/time/words", test_words);
  g_test_add_func ("/base/time/day-begin", test_day_begin);
  return g_test_run ();
}
