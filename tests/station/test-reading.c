/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gs-station.h"
#include "gs-test-desk.h"
#include "gs-test-mrz.h"

/* A document at the desk: which card it opens, and what is said when it opens none. */

typedef struct
{
  TestDesk base;
  GsStation *station;
  GsTestDocument document;
  char *lines;
  GsReadingResult result;
  GsCase *item;
  guint readings;
} Fixture;

static void
on_read (GsStation *station, gpointer data, gpointer user_data)
{
  const GsReading *reading = data;
  Fixture *fixture = user_data;

  fixture->readings++;
  fixture->result = reading->result;
  g_set_object (&fixture->item, reading->item);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  gs_station_start_finish (GS_STATION (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  TestDesk *base = &fixture->base;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  GsStationDevices devices = { 0 };
  gboolean started = FALSE;

  test_desk_set_up (base, data);
  devices.config = &base->config;
  devices.hall = GS_HALL (base->hall);
  devices.store = base->store;
  devices.printer = GS_STAMP_PRINTER (base->printer);
  devices.clock = base->clock;
  fixture->station = gs_station_new (&devices);
  g_signal_connect (fixture->station, "document-read", G_CALLBACK (on_read), fixture);
  gs_station_start_async (fixture->station, NULL, on_started, &started);
  test_until (started);
  gs_station_set_session (fixture->station, base->officer);
  g_set_object (&base->book, gs_station_get_book (fixture->station));
  gs_test_document_random (&fixture->document, GS_MRZ_TYPE_TD3, random);
  fixture->lines = gs_test_document_write (&fixture->document);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gs_station_stop (fixture->station);
  g_clear_object (&fixture->item);
  g_clear_object (&fixture->station);
  g_free (fixture->lines);
  test_desk_tear_down (&fixture->base, data);
}

static void
read_lines (Fixture *fixture, GsReadMethod method, GsSession *second)
{
  guint before = fixture->readings;

  gs_station_read_document (fixture->station, fixture->lines, strlen (fixture->lines), method,
                            second);
  test_until (fixture->readings > before);
  g_assert_cmpuint (fixture->readings, ==, before + 1);
}

static GsTraveller *
new_traveller (Fixture *fixture)
{
  GsTraveller *traveller = gs_traveller_new ();

  gs_traveller_set (&traveller->issuing_state, fixture->document.state);
  gs_traveller_set (&traveller->document_number, fixture->document.number);
  gs_traveller_set (&traveller->primary_identifier, fixture->document.primary);
  return traveller;
}

/* A referral whose traveller the feed names. */
static GsCase *
refer (Fixture *fixture)
{
  GsCase *item = test_desk_refer (&fixture->base, TEST_CROSSING, "E02", TEST_NOW);

  gs_case_take_traveller (item, new_traveller (fixture));
  return item;
}

/* An admitted crossing that only the hall can find. */
static void
admit_at_hall (Fixture *fixture)
{
  GsCrossing *crossing = gs_crossing_new (TEST_CROSSING);

  crossing->state = GS_CROSSING_STATE_ADMITTED;
  crossing->direction = GS_DIRECTION_ARRIVAL;
  crossing->admitted_utc_ms = TEST_NOW - 10000;
  crossing->started_utc_ms = TEST_NOW - 20000;
  crossing->as_of_event = 5;
  crossing->traveller = new_traveller (fixture);
  gs_fake_hall_take_crossing (fixture->base.hall, crossing);
}

static void
test_opens (Fixture *fixture, gconstpointer data)
{
  GsCase *item = refer (fixture);

  read_lines (fixture, GS_READ_DEVICE, NULL);
  g_assert_cmpint (fixture->result, ==, GS_READING_OPENED);
  g_assert_true (gs_station_get_current (fixture->station) == item);
  g_assert_cmpint (gs_case_get_read_method (item), ==, GS_READ_DEVICE);
  read_lines (fixture, GS_READ_DEVICE, NULL);
  g_assert_cmpint (fixture->result, ==, GS_READING_SAME);
}

static void
test_lookup (Fixture *fixture, gconstpointer data)
{
  admit_at_hall (fixture);
  read_lines (fixture, GS_READ_DEVICE, NULL);
  g_assert_cmpint (fixture->result, ==, GS_READING_OPENED);
  g_assert_cmpstr (gs_case_get_id (fixture->item), ==, TEST_CROSSING);
  g_assert_cmpuint (gs_fake_hall_get_calls (fixture->base.hall, GS_FAKE_HALL_LOOKUP), ==, 1);
}

/* Typed counts only with a second officer. */
static void
test_typed (Fixture *fixture, gconstpointer data)
{
  GsCase *item = refer (fixture);

  read_lines (fixture, GS_READ_TYPED, NULL);
  g_assert_cmpint (fixture->result, ==, GS_READING_NOT_SIGNED_IN);
  g_assert_null (gs_station_get_current (fixture->station));
  g_assert_cmpint (gs_case_get_read_method (item), ==, GS_READ_NONE);
  read_lines (fixture, GS_READ_TYPED, fixture->base.second);
  g_assert_cmpint (fixture->result, ==, GS_READING_OPENED);
  g_assert_cmpint (gs_case_get_read_method (item), ==, GS_READ_TYPED);
}

/* The officer alone is not two officers. */
static void
test_typed_same_officer (Fixture *fixture, gconstpointer data)
{
  GsCase *item = refer (fixture);

  read_lines (fixture, GS_READ_TYPED, fixture->base.officer);
  g_assert_cmpint (fixture->result, ==, GS_READING_NOT_SIGNED_IN);
  g_assert_cmpint (gs_case_get_read_method (item), ==, GS_READ_NONE);
}

/* While a judgement or a sheet is open the card stays, and no document counts as read. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  GsCase *item = refer (fixture);
  GsCase *open = test_desk_refer (&fixture->base, "another", "E02", TEST_NOW);

  gs_station_open (fixture->station, open);
  gs_station_set_card_locked (fixture->station, TRUE);
  read_lines (fixture, GS_READ_DEVICE, NULL);
  g_assert_cmpint (fixture->result, ==, GS_READING_OTHER);
  g_assert_true (fixture->item == item);
  g_assert_true (gs_station_get_current (fixture->station) == open);
  g_assert_cmpint (gs_case_get_read_method (item), ==, GS_READ_NONE);
}

static void
test_locked_lookup (Fixture *fixture, gconstpointer data)
{
  GsCase *open = test_desk_refer (&fixture->base, "another", "E02", TEST_NOW);

  admit_at_hall (fixture);
  gs_station_open (fixture->station, open);
  gs_station_set_card_locked (fixture->station, TRUE);
  read_lines (fixture, GS_READ_DEVICE, NULL);
  g_assert_cmpint (fixture->result, ==, GS_READING_OTHER);
  g_assert_true (gs_station_get_current (fixture->station) == open);
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  read_lines (fixture, GS_READ_DEVICE, NULL);
  g_assert_cmpint (fixture->result, ==, GS_READING_NO_CROSSING);
  g_assert_null (fixture->item);
}

static void
test_no_link (Fixture *fixture, gconstpointer data)
{
  gs_fake_hall_set_link (fixture->base.hall, FALSE);
  read_lines (fixture, GS_READ_DEVICE, NULL);
  g_assert_cmpint (fixture->result, ==, GS_READING_NO_LINK);
}

/* Without a link a case that the desk knows still opens. */
static void
test_no_link_known (Fixture *fixture, gconstpointer data)
{
  refer (fixture);
  gs_fake_hall_set_link (fixture->base.hall, FALSE);
  read_lines (fixture, GS_READ_DEVICE, NULL);
  g_assert_cmpint (fixture->result, ==, GS_READING_OPENED);
}

static void
test_not_mrz (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", "4901234567894", "hello\nworld\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gs_station_read_document (fixture->station, texts[i], strlen (texts[i]), GS_READ_DEVICE,
                                NULL);
      g_assert_cmpint (fixture->result, ==, GS_READING_NOT_MRZ);
    }
  g_assert_cmpuint (gs_fake_hall_get_calls (fixture->base.hall, GS_FAKE_HALL_LOOKUP), ==, 0);
}

static void
test_signed_out (Fixture *fixture, gconstpointer data)
{
  refer (fixture);
  gs_station_set_session (fixture->station, NULL);
  read_lines (fixture, GS_READ_DEVICE, NULL);
  g_assert_cmpint (fixture->result, ==, GS_READING_NOT_SIGNED_IN);
  g_assert_null (gs_station_get_current (fixture->station));
}

#define ADD(path, function)                                                                        \
  g_test_add ("/station/reading/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("opens-the-case", test_opens);
  ADD ("hall-finds-it", test_lookup);
  ADD ("typed-needs-second-officer", test_typed);
  ADD ("typed-second-is-another-officer", test_typed_same_officer);
  ADD ("locked-card-stays", test_locked);
  ADD ("locked-card-stays-after-lookup", test_locked_lookup);
  ADD ("no-crossing", test_unknown);
  ADD ("no-link", test_no_link);
  ADD ("no-link-known-case", test_no_link_known);
  ADD ("not-a-zone", test_not_mrz);
  ADD ("signed-out", test_signed_out);
  return g_test_run ();
}
