/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-fields.h"

#include "gs-time.h"

static GsStampFields *
make_fields (void)
{
  GsStampFields *fields = gs_stamp_fields_new ();

  fields->direction = GS_DIRECTION_DEPARTURE;
  fields->transport = GS_STAMP_TRANSPORT_AIR;
  fields->year = 2026;
  fields->month = 11;
  fields->day = 23;
  gs_stamp_fields_set_port (fields, "AMAUROT", "2");
  gs_stamp_fields_set_serial (fields, "UTO-D3 004217");
  gs_stamp_fields_set_desk (fields, "D3");
  return fields;
}

static gint64
at (const char *text)
{
  gint64 utc_ms = GS_TIME_UNKNOWN;

  g_assert_true (gs_time_parse_rfc3339 (text, -1, &utc_ms));
  return utc_ms;
}

/* Six minutes lie between the two, and midnight at the port, not in UTC and not at the printer. */
static void
test_port_date (void)
{
  g_autoptr (GsStampFields) fields = make_fields ();
  g_autoptr (GTimeZone) tokyo = g_time_zone_new_identifier ("Asia/Tokyo");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *in_utc = NULL;

  g_assert_nonnull (tokyo);
  g_assert_true (
    gs_stamp_fields_set_crossing_time (fields, at ("2026-11-23T23:58:00.000+09:00"), tokyo));
  before = gs_stamp_fields_dup_date (fields);
  g_assert_true (
    gs_stamp_fields_set_crossing_time (fields, at ("2026-11-24T00:04:00.000+09:00"), tokyo));
  after = gs_stamp_fields_dup_date (fields);
  g_assert_true (
    gs_stamp_fields_set_crossing_time (fields, at ("2026-11-24T00:04:00.000+09:00"), utc));
  in_utc = gs_stamp_fields_dup_date (fields);
  g_assert_cmpstr (before, ==, "23 NOV 2026");
  g_assert_cmpstr (after, ==, "24 NOV 2026");
  g_assert_cmpstr (in_utc, ==, "23 NOV 2026");
}

static void
test_time_out_of_range (void)
{
  g_autoptr (GsStampFields) fields = make_fields ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  g_assert_false (gs_stamp_fields_set_crossing_time (fields, GS_TIME_UNKNOWN, utc));
  g_assert_false (gs_stamp_fields_set_crossing_time (fields, G_MAXINT64, utc));
  g_assert_cmpint (fields->year, ==, 2026);
  g_assert_true (gs_stamp_fields_set_crossing_time (fields, -1, utc));
  g_assert_cmpint (fields->year, ==, 1969);
}

static void
assert_refused (GsStampFields *fields)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (gs_stamp_fields_check (fields, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_FIELDS);
}

static void
test_check (void)
{
  g_autoptr (GsStampFields) good = make_fields ();
  static const char *const bad_text[] = { NULL,   "",         "   ",         "A\nB",
                                          "A\tB", "\xff\xfe", "\xe2\x80\xae" };
  g_autofree char *much = g_strnfill (65, 'A');

  g_assert_true (gs_stamp_fields_check (good, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad_text); i++)
    {
      g_autoptr (GsStampFields) fields = gs_stamp_fields_copy (good);

      gs_stamp_fields_set_port (fields, bad_text[i], "2");
      assert_refused (fields);
      gs_stamp_fields_set_port (fields, "AMAUROT", "2");
      g_assert_true (gs_stamp_fields_check (fields, NULL));
      gs_stamp_fields_set_serial (fields, bad_text[i]);
      assert_refused (fields);
    }
  gs_stamp_fields_set_desk (good, much);
  assert_refused (good);
}

static void
test_check_date (void)
{
  static const int days[][3] = { { 2026, 2, 29 }, { 2026, 0, 1 },   { 2026, 13, 1 }, { 0, 1, 1 },
                                 { 2026, 4, 31 }, { 2026, 1, 300 }, { 2026, 1, -1 } };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GsStampFields) fields = make_fields ();

      fields->year = days[i][0];
      fields->month = days[i][1];
      fields->day = days[i][2];
      assert_refused (fields);
    }
}

/* The mark CANCELLED is for somebody who did not leave; nobody who arrived can have that. */
static void
test_check_kind (void)
{
  g_autoptr (GsStampFields) fields = make_fields ();

  fields->kind = GS_STAMP_KIND_CANCELLED;
  fields->direction = GS_DIRECTION_DEPARTURE;
  g_assert_true (gs_stamp_fields_check (fields, NULL));
  fields->direction = GS_DIRECTION_ARRIVAL;
  assert_refused (fields);
  fields->kind = GS_STAMP_KIND_VOID;
  g_assert_true (gs_stamp_fields_check (fields, NULL));
  fields->kind = (GsStampKind) 0;
  assert_refused (fields);
  fields->kind = (GsStampKind) 4;
  assert_refused (fields);
}

static void
test_port_text (void)
{
  g_autoptr (GsStampFields) fields = make_fields ();
  g_autofree char *with = gs_stamp_fields_dup_port (fields);
  g_autofree char *without = NULL;

  gs_stamp_fields_set_port (fields, "AMAUROT", NULL);
  without = gs_stamp_fields_dup_port (fields);
  g_assert_cmpstr (with, ==, "AMAUROT (2)");
  g_assert_cmpstr (without, ==, "AMAUROT");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stamp/fields/port-date", test_port_date);
  g_test_add_func ("/stamp/fields/time-out-of-range", test_time_out_of_range);
  g_test_add_func ("/stamp/fields/check", test_check);
  g_test_add_func ("/stamp/fields/check-date", test_check_date);
  g_test_add_func ("/stamp/fields/kind", test_check_kind);
  g_test_add_func ("/stamp/fields/port-text", test_port_text);
  return g_test_run ();
}
