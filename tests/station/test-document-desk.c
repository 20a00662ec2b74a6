/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gs-fake-camera.h"
#include "gs-fake-chip-reader.h"
#include "gs-next-step.h"
#include "gs-record-table.h"
#include "gs-station-private.h"
#include "gs-test-desk.h"
#include "gs-test-passports.h"

/* A passport on the reader: which case gets it, what is found, and each way in which that ends. */

static GsTestPassports *passports;

typedef struct
{
  TestDesk base;
  GsStation *station;
  GsFakeChipReader *reader;
  GsFakeCamera *camera;
  GsDocumentDesk *desk;
  GsReadingResult result;
  gboolean chip;
  guint readings;
} Fixture;

static void
on_document_read (GsStation *station, gpointer data, gpointer user_data)
{
  const GsReading *reading = data;
  Fixture *fixture = user_data;

  fixture->readings++;
  fixture->result = reading->result;
  fixture->chip = reading->chip;
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
start_station (Fixture *fixture)
{
  TestDesk *base = &fixture->base;
  GsStationDevices devices = { .config = &base->config,
                               .hall = GS_HALL (base->hall),
                               .store = base->store,
                               .printer = GS_STAMP_PRINTER (base->printer),
                               .clock = base->clock };
  gboolean started = FALSE;

  fixture->reader = gs_fake_chip_reader_new ();
  devices.reader = GS_CHIP_READER (fixture->reader);
  fixture->camera = gs_fake_camera_new ("Desk camera");
  devices.camera = GS_CAMERA (fixture->camera);
  fixture->station = gs_station_new (&devices);
  fixture->desk = gs_station_get_document_desk (fixture->station);
  g_signal_connect (fixture->station, "document-read", G_CALLBACK (on_document_read), fixture);
  gs_station_start_async (fixture->station, NULL, on_started, &started);
  test_until (started);
  gs_station_set_session (fixture->station, base->officer);
  g_set_object (&base->book, gs_station_get_book (fixture->station));
}

static void
stop_station (Fixture *fixture)
{
  gs_station_stop (fixture->station);
  g_object_run_dispose (G_OBJECT (fixture->station));
  g_clear_object (&fixture->station);
  g_clear_object (&fixture->reader);
  g_clear_object (&fixture->camera);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_desk_set_up (&fixture->base, data);
  fixture->base.config.trust_store = (char *) gs_test_passports_get_trust_store (passports);
  start_station (fixture);
  test_until (gs_document_desk_get_trust (fixture->desk) != GS_TRUST_LOADING);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop_station (fixture);
  fixture->base.config.trust_store = NULL;
  test_desk_tear_down (&fixture->base, data);
}

static GsTestPassport *
issue (const char *variant, guint person)
{
  return gs_test_passports_issue (passports, variant, person);
}

static GsDocumentDeskState
state (Fixture *fixture)
{
  return gs_document_desk_get_state (fixture->desk);
}

#define until_state(fixture, wanted) test_until (state (fixture) == (wanted))

static void
swipe (Fixture *fixture, GsTestPassport *passport)
{
  const char *lines = gs_test_passport_get_lines (passport);
  guint before = fixture->readings;

  gs_station_read_document (fixture->station, lines, strlen (lines), GS_READ_DEVICE, NULL);
  test_until (fixture->readings > before);
}

static void
lay (Fixture *fixture, GsTestPassport *passport)
{
  g_autoptr (GsChipTransport) chip = gs_test_passport_lay (passport);

  gs_fake_chip_reader_lay (fixture->reader, chip);
}

/* The background checks that an admission needs. */
static void
add_background (GsEvent *event)
{
  event->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
  g_ptr_array_add (event->checks,
                   gs_check_new ("not-lost-or-stolen", GS_CHECK_RESULT_SUCCESSFUL, NULL, NULL));
  g_ptr_array_add (event->checks,
                   gs_check_new ("chip-data-unaltered", GS_CHECK_RESULT_SUCCESSFUL, NULL, NULL));
}

/* A referral whose traveller the feed names. */
static GsCase *
refer (Fixture *fixture, const char *crossing, const char *reason, GsTestPassport *passport)
{
  GsEvent *event = test_desk_event (&fixture->base, GS_EVENT_CROSSING_DOCUMENT, crossing);

  add_background (event);
  test_desk_apply (&fixture->base, event);
  event = test_desk_event (&fixture->base, GS_EVENT_CROSSING_REFERRED, crossing);
  event->reasons = g_strsplit (reason, " ", -1);
  event->traveller = gs_test_passport_dup_traveller (passport);
  return test_desk_apply (&fixture->base, event);
}

/* An admitted crossing that the hall finds by its document. */
static void
admit_at_hall (Fixture *fixture, GsTestPassport *passport)
{
  GsCrossing *crossing = gs_crossing_new (TEST_CROSSING);

  crossing->state = GS_CROSSING_STATE_ADMITTED;
  crossing->direction = GS_DIRECTION_ARRIVAL;
  crossing->gate = g_strdup ("gate-1");
  crossing->admitted_utc_ms = TEST_NOW - 10000;
  crossing->started_utc_ms = TEST_NOW - 20000;
  crossing->as_of_event = 5;
  crossing->version = 5;
  crossing->traveller = gs_test_passport_dup_traveller (passport);
  gs_fake_hall_take_crossing (fixture->base.hall, crossing);
}

static GsDocumentHeadline
headline (GsCase *item)
{
  GsDeskDocument *document = gs_case_get_document (item);

  g_assert_nonnull (document);
  return gs_desk_document_get_headline (document);
}

static GsCheckResult
check_of (GsCase *item, const char *name)
{
  const GsCheck *check = gs_crossing_find_check (gs_case_get_crossing (item), name);

  return check != NULL ? check->result : GS_CHECK_RESULT_NOT_CHECKED;
}

static void
assert_reasons (GsCase *item, const char *expected)
{
  char **reasons = gs_case_get_crossing (item)->reasons;
  g_autofree char *joined = reasons != NULL ? g_strjoinv (" ", reasons) : g_strdup ("");

  g_assert_cmpstr (joined, ==, expected);
}

/* --- order ------------------------------------------------------------------------------------ */

static void
test_zone_then_chip (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);
  const GsPixels *picture;

  until_state (fixture, GS_DOCUMENT_DESK_EMPTY);
  swipe (fixture, passport);
  g_assert_true (gs_station_get_current (fixture->station) == item);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_true (fixture->chip);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_GENUINE);
  g_assert_true (gs_case_is_chip_genuine (item));
  g_assert_true (gs_document_desk_is_on_reader (fixture->desk, item));
  picture = gs_desk_document_get_picture (gs_case_get_document (item));
  g_assert_nonnull (picture);
  g_assert_cmpuint (picture->width * picture->height, >, 1000);
  g_assert_nonnull (gs_desk_document_get_own_name (gs_case_get_document (item)));
  g_assert_cmpint (check_of (item, "printed-data-match"), ==, GS_CHECK_RESULT_SUCCESSFUL);
  g_assert_cmpint (check_of (item, "same-as-at-gate"), ==, GS_CHECK_RESULT_SUCCESSFUL);
  assert_reasons (item, "E02");
  /* Nothing was seen of the face. */
  g_assert_cmpint (
    gs_checks_group_result (gs_case_get_crossing (item)->checks, GS_CHECK_GROUP_FACE), ==,
    GS_CHECK_RESULT_NOT_CHECKED);
}

static void
test_chip_then_zone (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_WANTS_ZONE);
  g_assert_cmpuint (gs_fake_chip_reader_get_n_readings (fixture->reader), ==, 0);
  swipe (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_true (gs_station_get_current (fixture->station) == item);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_GENUINE);
}

/* No swipe at all: the traveller on the card opens the chip, and DG1 counts as read by a device. */
static void
test_card_opens_chip (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  gs_station_open (fixture->station, item);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_GENUINE);
  g_assert_cmpint (gs_case_get_read_method (item), ==, GS_READ_DEVICE);
  g_assert_cmpint (check_of (item, "printed-data-match"), ==, GS_CHECK_RESULT_NOT_CHECKED);
  /* The page that is swiped afterwards is compared too. */
  swipe (fixture, passport);
  test_until (check_of (item, "printed-data-match") == GS_CHECK_RESULT_SUCCESSFUL);
}

/* The chip of a traveller whom only the hall knows. */
static void
test_hall_finds (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);
  GsCase *item;

  admit_at_hall (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_WANTS_ZONE);
  swipe (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  item = gs_station_get_current (fixture->station);
  g_assert_nonnull (item);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_GENUINE);
  g_assert_cmpint (gs_case_get_crossing (item)->state, ==, GS_CROSSING_STATE_ADMITTED);
}

static void
test_no_crossing (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);

  swipe (fixture, passport);
  g_assert_cmpint (fixture->result, ==, GS_READING_NO_CROSSING);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_NO_CROSSING);
  g_assert_nonnull (gs_document_desk_get_name (fixture->desk));
  g_assert_null (gs_station_get_current (fixture->station));
}

/* A zone that has opened one chip opens no other. */
static void
test_zone_is_used_up (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *first = issue ("genuine", 3);
  GsTestPassport *second = issue ("genuine", 4);

  refer (fixture, TEST_CROSSING, "E02", first);
  swipe (fixture, first);
  lay (fixture, first);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  gs_fake_chip_reader_remove (fixture->reader);
  gs_station_open (fixture->station, NULL);
  lay (fixture, second);
  until_state (fixture, GS_DOCUMENT_DESK_WANTS_ZONE);
}

/* --- endings ---------------------------------------------------------------------------------- */

static void
test_taken_away (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  swipe (fixture, passport);
  gs_fake_chip_reader_hold_at (fixture->reader, GS_CHIP_FILE_DG2);
  lay (fixture, passport);
  test_until (gs_fake_chip_reader_is_held (fixture->reader));
  g_assert_cmpint (gs_document_desk_get_progress (fixture->desk)->file, ==, GS_CHIP_FILE_DG2);
  g_assert_true (gs_document_desk_get_case (fixture->desk) == item);
  gs_fake_chip_reader_remove (fixture->reader);
  until_state (fixture, GS_DOCUMENT_DESK_TAKEN_AWAY);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_INCOMPLETE);
  assert_reasons (item, "E02 C01");
  /* Laid down again it is read to its end, and the reason is gone. */
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_GENUINE);
  assert_reasons (item, "E02");
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  swipe (fixture, passport);
  gs_fake_chip_reader_hold_at (fixture->reader, GS_CHIP_FILE_DG2);
  lay (fixture, passport);
  test_until (gs_fake_chip_reader_is_held (fixture->reader));
  gs_document_desk_cancel (fixture->desk);
  until_state (fixture, GS_DOCUMENT_DESK_CANCELLED);
  g_assert_null (gs_case_get_document (item));
  assert_reasons (item, "E02");
  g_assert_true (gs_document_desk_read_again (fixture->desk));
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_GENUINE);
}

/* The traveller on the card is not whose passport lies there: that is nobody's fault yet. */
static void
test_wrong_card (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *one = issue ("genuine", 3);
  GsTestPassport *other = issue ("genuine", 4);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", one);

  gs_station_open (fixture->station, item);
  lay (fixture, other);
  until_state (fixture, GS_DOCUMENT_DESK_WRONG_ZONE);
  assert_reasons (item, "E02");
  g_assert_null (gs_case_get_document (item));
}

/* A zone that was just swiped and does not open this chip is a finding of the case it opened. */
static void
test_wrong_zone (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *one = issue ("genuine", 3);
  GsTestPassport *other = issue ("genuine", 4);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", one);

  swipe (fixture, one);
  lay (fixture, other);
  until_state (fixture, GS_DOCUMENT_DESK_WRONG_ZONE);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_NOT_OPENED);
  assert_reasons (item, "C02 E02");
  /* The right zone opens it. */
  refer (fixture, "0c0ffee0-0000-4000-8000-000000000002", "E02", other);
  swipe (fixture, other);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_cmpstr (gs_case_get_id (gs_station_get_current (fixture->station)), ==,
                   "0c0ffee0-0000-4000-8000-000000000002");
  /* The next document came: nothing of the first is kept. */
  g_assert_null (gs_case_get_document (item));
}

static void
test_reader_states (Fixture *fixture, gconstpointer data)
{
  gs_fake_chip_reader_set_state (fixture->reader, GS_CHIP_READER_NO_SERVICE);
  g_assert_cmpint (state (fixture), ==, GS_DOCUMENT_DESK_NO_SERVICE);
  gs_fake_chip_reader_set_state (fixture->reader, GS_CHIP_READER_ABSENT);
  g_assert_cmpint (state (fixture), ==, GS_DOCUMENT_DESK_NO_READER);
  gs_fake_chip_reader_set_state (fixture->reader, GS_CHIP_READER_EMPTY);
  g_assert_cmpint (state (fixture), ==, GS_DOCUMENT_DESK_EMPTY);
  gs_fake_chip_reader_set_state (fixture->reader, GS_CHIP_READER_MUTE);
  g_assert_cmpint (state (fixture), ==, GS_DOCUMENT_DESK_MUTE);
  gs_fake_chip_reader_set_state (fixture->reader, GS_CHIP_READER_IN_USE);
  g_assert_cmpint (state (fixture), ==, GS_DOCUMENT_DESK_IN_USE);
}

static void
test_mute (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  swipe (fixture, passport);
  gs_fake_chip_reader_set_state (fixture->reader, GS_CHIP_READER_MUTE);
  assert_reasons (item, "E02 C01");
  g_assert_cmpint (check_of (item, "chip-opened"), ==, GS_CHECK_RESULT_ABORTED);
  g_assert_true (gs_document_desk_get_case (fixture->desk) == item);
}

/* What is said of a mute chip is not said of the document before it. */
static void
test_mute_after_another (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *one = issue ("genuine", 3);
  GsTestPassport *other = issue ("genuine", 4);
  GsCase *first = refer (fixture, TEST_CROSSING, "E02", one);
  GsCase *second = refer (fixture, "0c0ffee0-0000-4000-8000-000000000002", "E02", other);

  swipe (fixture, one);
  lay (fixture, one);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_true (gs_document_desk_get_case (fixture->desk) == first);
  gs_fake_chip_reader_remove (fixture->reader);
  swipe (fixture, other);
  gs_fake_chip_reader_set_state (fixture->reader, GS_CHIP_READER_MUTE);
  g_assert_true (gs_document_desk_get_case (fixture->desk) == second);
  assert_reasons (second, "E02 C01");
}

static void
test_nobody_signed_in (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  gs_station_set_session (fixture->station, NULL);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_NOT_SIGNED_IN);
  gs_station_set_session (fixture->station, fixture->base.officer);
  until_state (fixture, GS_DOCUMENT_DESK_WANTS_ZONE);
  gs_station_open (fixture->station, item);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  /* Whoever signs out leaves no file behind. */
  gs_station_set_session (fixture->station, NULL);
  g_assert_null (gs_case_get_document (item));
}

/* --- another document ------------------------------------------------------------------------- */

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *one = issue ("genuine", 3);
  GsTestPassport *other = issue ("genuine", 4);
  GsCase *item = refer (fixture, TEST_CROSSING, "B01", one);
  GsCase *second = refer (fixture, "0c0ffee0-0000-4000-8000-000000000002", "E02", other);

  gs_station_open (fixture->station, item);
  gs_station_set_card_locked (fixture->station, TRUE);
  swipe (fixture, other);
  g_assert_cmpint (fixture->result, ==, GS_READING_OTHER);
  lay (fixture, other);
  until_state (fixture, GS_DOCUMENT_DESK_OTHER);
  g_assert_cmpint (fixture->result, ==, GS_READING_OTHER);
  g_assert_true (gs_station_get_current (fixture->station) == item);
  g_assert_nonnull (gs_document_desk_get_name (fixture->desk));
  g_assert_null (gs_case_get_document (second));
  assert_reasons (item, "B01");
}

/* The desk's camera is on while the passport of the case lies there, and off when it is taken away,
 * though it was read a moment ago. */
static void
test_camera_follows_reader (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "B01", passport);

  gs_station_open (fixture->station, item);
  g_assert_false (gs_fake_camera_is_started (fixture->camera));
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_true (gs_fake_camera_is_started (fixture->camera));
  gs_fake_chip_reader_remove (fixture->reader);
  test_until (!gs_fake_camera_is_started (fixture->camera));
  lay (fixture, passport);
  test_until (gs_fake_camera_is_started (fixture->camera));
}

/* Two documents: one on the card with a question open, the other refused on the reader. */
static GsCase *
refuse_other (Fixture *fixture, GsCase **on_card)
{
  GsTestPassport *one = issue ("genuine", 3);
  GsTestPassport *other = issue ("genuine", 4);
  GsCase *second;

  *on_card = refer (fixture, TEST_CROSSING, "E02", one);
  second = refer (fixture, "0c0ffee0-0000-4000-8000-000000000002", "E02", other);
  gs_station_open (fixture->station, *on_card);
  gs_station_set_card_locked (fixture->station, TRUE);
  swipe (fixture, other);
  lay (fixture, other);
  until_state (fixture, GS_DOCUMENT_DESK_OTHER);
  return second;
}

/* Answering the question frees the card for nobody: the case is still to be decided. Then the
 * document that lies there is read by itself, with the zone that opened it before. */
static void
test_waits_for_decision (Fixture *fixture, gconstpointer data)
{
  GsCase *item;
  GsCase *second = refuse_other (fixture, &item);
  guint n = gs_fake_chip_reader_get_n_readings (fixture->reader);

  gs_station_set_card_locked (fixture->station, FALSE);
  g_assert_cmpint (state (fixture), ==, GS_DOCUMENT_DESK_OTHER);
  g_assert_cmpuint (gs_fake_chip_reader_get_n_readings (fixture->reader), ==, n);
  g_assert_true (gs_station_get_current (fixture->station) == item);
  g_assert_true (
    gs_station_decide (fixture->station, item, GS_OUTCOME_SECOND_LINE, NULL, NULL, NULL));
  gs_station_open (fixture->station, NULL);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_true (gs_station_get_current (fixture->station) == second);
  g_assert_cmpint (headline (second), ==, GS_DOCUMENT_GENUINE);
}

/* The officer takes the waiting document's own case from the queue. */
static void
test_waits_for_its_case (Fixture *fixture, gconstpointer data)
{
  GsCase *item;
  GsCase *second = refuse_other (fixture, &item);

  gs_station_set_card_locked (fixture->station, FALSE);
  gs_station_open (fixture->station, second);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_true (gs_station_get_current (fixture->station) == second);
  g_assert_cmpint (headline (second), ==, GS_DOCUMENT_GENUINE);
}

/* A stamp sheet over a traveller whom the gate admitted: nothing is left to be decided when it
 * closes. */
static void
test_waits_for_sheet (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *one = issue ("genuine", 3);
  GsTestPassport *other = issue ("genuine", 4);
  GsCase *second = refer (fixture, "0c0ffee0-0000-4000-8000-000000000002", "E02", other);

  admit_at_hall (fixture, one);
  swipe (fixture, one);
  g_assert_cmpint (fixture->result, ==, GS_READING_OPENED);
  gs_station_set_card_locked (fixture->station, TRUE);
  swipe (fixture, other);
  lay (fixture, other);
  until_state (fixture, GS_DOCUMENT_DESK_OTHER);
  gs_station_set_card_locked (fixture->station, FALSE);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_true (gs_station_get_current (fixture->station) == second);
  g_assert_cmpint (headline (second), ==, GS_DOCUMENT_GENUINE);
}

/* Taken away meanwhile: nothing is read, and its zone opens no other chip. */
static void
test_waits_no_more (Fixture *fixture, gconstpointer data)
{
  GsCase *item;

  refuse_other (fixture, &item);
  gs_fake_chip_reader_remove (fixture->reader);
  g_assert_cmpint (state (fixture), ==, GS_DOCUMENT_DESK_EMPTY);
  gs_station_set_card_locked (fixture->station, FALSE);
  gs_station_open (fixture->station, NULL);
  g_assert_cmpint (state (fixture), ==, GS_DOCUMENT_DESK_EMPTY);
  lay (fixture, issue ("genuine", 5));
  until_state (fixture, GS_DOCUMENT_DESK_WANTS_ZONE);
}

/* --- findings --------------------------------------------------------------------------------- */

static void
test_finding_joins (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("tampered-dg2", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_ALTERED);
  assert_reasons (item, "C09 E02");
  g_assert_cmpint (check_of (item, "chip-data-unaltered"), ==, GS_CHECK_RESULT_FAILED);
  g_assert_cmpint (gs_case_get_priority (item), ==, 2);
  /* What the hall tells later does not wash it off. */
  test_desk_apply (&fixture->base,
                   test_desk_event (&fixture->base, GS_EVENT_CROSSING_TAKEN, TEST_CROSSING));
  assert_reasons (item, "C09 E02");
}

/* What the gate could not read is read here: its reason proposes nothing more, but stays. */
static void
test_answers_gate (Fixture *fixture, gconstpointer data)
{
  static const char *const codes[] = { "C01", "C02" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      GsTestPassport *passport = issue ("genuine", 3 + i);
      g_autofree char *crossing = g_strdup_printf ("0c0ffee0-0000-4000-8000-00000000001%u", i);
      g_autofree char *two = g_strconcat (codes[i], " E02", NULL);
      g_autofree char *turned = g_strconcat ("E02 ", codes[i], NULL);
      GsCase *item = refer (fixture, crossing, two, passport);

      assert_reasons (item, two);
      g_assert_false (gs_case_is_answered (item, codes[i]));
      swipe (fixture, passport);
      lay (fixture, passport);
      until_state (fixture, GS_DOCUMENT_DESK_DONE);
      g_assert_cmpint (headline (item), ==, GS_DOCUMENT_GENUINE);
      g_assert_cmpint (check_of (item, "chip-opened"), ==, GS_CHECK_RESULT_SUCCESSFUL);
      g_assert_true (gs_case_is_answered (item, codes[i]));
      g_assert_false (gs_case_is_answered (item, "E02"));
      assert_reasons (item, turned);
      /* The hall referred for it, and goes on telling of it. */
      test_desk_apply (&fixture->base,
                       test_desk_event (&fixture->base, GS_EVENT_CROSSING_TAKEN, crossing));
      assert_reasons (item, turned);
      g_assert_true (gs_case_still_stands (item, gs_case_get_crossing (item),
                                           gs_case_get_crossing (item)->reasons));
      gs_fake_chip_reader_remove (fixture->reader);
    }
}

/* The gate compared no face with a chip that it did not read: that comes next. */
static void
test_answered_alone (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "C01", passport);

  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_true (gs_case_is_answered (item, "C01"));
  assert_reasons (item, "C01");
  g_assert_true (gs_case_is_waiting (item));
  g_assert_cmpint (gs_station_next_step (fixture->station, item), ==, GS_NEXT_STEP_VERIFY);
}

/* A chip that does not open here either, or is taken away again, answers nothing. */
static void
test_not_answered (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "C02", passport);

  swipe (fixture, passport);
  gs_fake_chip_reader_hold_at (fixture->reader, GS_CHIP_FILE_DG2);
  lay (fixture, passport);
  test_until (gs_fake_chip_reader_is_held (fixture->reader));
  gs_fake_chip_reader_remove (fixture->reader);
  until_state (fixture, GS_DOCUMENT_DESK_TAKEN_AWAY);
  g_assert_false (gs_case_is_answered (item, "C02"));
  assert_reasons (item, "C02 C01");
}

/* What is found on the chip that the gate could not read heads the card. */
static void
test_finding_before_answered (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("expired-document", 5);
  GsCase *item = refer (fixture, TEST_CROSSING, "C02", passport);

  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_EXPIRED);
  assert_reasons (item, "D06 C02");
}

/* The crossing that the gate let through becomes a case. */
static void
test_finding_opens (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("cloned-aa", 3);
  GsCase *item;

  admit_at_hall (fixture, passport);
  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  item = gs_station_get_current (fixture->station);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_COPY);
  g_assert_false (gs_case_is_chip_genuine (item));
  g_assert_true (gs_crossing_is_open_case (gs_case_get_crossing (item)));
  g_assert_true (gs_case_is_desk_referral (item));
  assert_reasons (item, "C07");
  test_until (gs_referral_queue_get_waiting (gs_station_get_queue (fixture->station)) == 1);
  g_assert_cmpuint (gs_station_stamp_blocks (fixture->station, item) & GS_BLOCK_NOT_ADMITTED, !=,
                    0);
  /* It is this desk's now, and no longer when the card is closed. */
  test_until (gs_case_get_hold (item) == GS_HOLD_HERE);
  g_assert_cmpstr (gs_fake_hall_get_lease (fixture->base.hall, TEST_CROSSING), ==,
                   fixture->base.config.desk_id);
  gs_station_open (fixture->station, NULL);
  test_until (gs_fake_hall_get_lease (fixture->base.hall, TEST_CROSSING) == NULL);
  g_assert_cmpint (gs_case_get_hold (item), ==, GS_HOLD_FREE);
}

static void
test_page_differs (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("print-differs", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_PAGE_DIFFERS);
  assert_reasons (item, "X01 E02");
}

/* A known defect of production is a finding although every check was successful: it joins a case
 * that is open, after what is there, and opens none. */
static void
test_known_defect (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("sod-id-data", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_GENUINE);
  assert_reasons (item, "E02 C11");
  g_assert_cmpint (check_of (item, "signed-by-issuer"), ==, GS_CHECK_RESULT_SUCCESSFUL);
  g_assert_cmpint (gs_case_get_priority (item), ==, 4);
}

static void
test_known_defect_opens_none (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("sod-id-data", 3);
  gboolean failed = TRUE;
  GsCase *item;

  admit_at_hall (fixture, passport);
  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  item = gs_station_get_current (fixture->station);
  g_assert_cmpstr (gs_desk_document_get_findings (gs_case_get_document (item), &failed)[0], ==,
                   "C11");
  g_assert_false (failed);
  g_assert_false (gs_crossing_is_open_case (gs_case_get_crossing (item)));
  assert_reasons (item, "");
}

/* DG1 was altered: the finding belongs to the document in the officer's hand. */
static void
test_tampered_dg1 (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("tampered-dg1", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_ALTERED);
  g_assert_true (
    g_strv_contains ((const char *const *) gs_case_get_crossing (item)->reasons, "C09"));
}

static void
check_headline (Fixture *fixture, const char *variant, GsDocumentHeadline expected)
{
  GsTestPassport *passport = issue (variant, 5);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_cmpint (headline (item), ==, expected);
}

static void
test_unaltered (Fixture *fixture, gconstpointer data)
{
  check_headline (fixture, "no-proof", GS_DOCUMENT_UNALTERED);
}

static void
test_expired (Fixture *fixture, gconstpointer data)
{
  check_headline (fixture, "expired-document", GS_DOCUMENT_EXPIRED);
}

static void
test_signer_unknown (Fixture *fixture, gconstpointer data)
{
  check_headline (fixture, "nusquama", GS_DOCUMENT_SIGNER_UNKNOWN);
}

static void
test_signer_refused (Fixture *fixture, gconstpointer data)
{
  check_headline (fixture, "unknown-csca", GS_DOCUMENT_SIGNER_REFUSED);
}

static void
test_bad_signature (Fixture *fixture, gconstpointer data)
{
  check_headline (fixture, "bad-signature", GS_DOCUMENT_SIGNATURE_WRONG);
}

/* --- trust ------------------------------------------------------------------------------------ */

static void
test_no_store (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);
  GsCase *item;

  stop_station (fixture);
  fixture->base.config.trust_store = NULL;
  start_station (fixture);
  test_until (gs_document_desk_get_trust (fixture->desk) == GS_TRUST_EMPTY);
  item = refer (fixture, TEST_CROSSING, "E02", passport);
  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_cmpint (headline (item), ==, GS_DOCUMENT_NO_AUTHORITY);
  assert_reasons (item, "E02");
}

/* --- what is kept ----------------------------------------------------------------------------- */

static gpointer
find_record (GsDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = gs_record_table_list (db, 0, 1000, error);
  char *detail = NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const GsRecordRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->kind, "document.read"))
        {
          g_free (detail);
          detail = g_strdup (row->detail);
        }
    }
  return detail;
}

static void
test_record (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("tampered-dg2", 3);
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = NULL;

  refer (fixture, TEST_CROSSING, "E02", passport);
  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  detail = gs_store_query (fixture->base.store, find_record, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (detail);
  g_assert_nonnull (strstr (detail, "reading=done document=altered result=failed"));
  g_assert_nonnull (strstr (detail, "codes=C09"));
}

static gpointer
find_export (GsDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = gs_record_table_list (db, 0, 1000, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const GsRecordRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->kind, "evidence.export") && g_str_equal (row->subject, data))
        return g_strdup_printf ("%s by %s", row->detail, row->officer);
    }
  return NULL;
}

/* What leaves the program leaves a trace: whose, which check, where to, with what. */
static void
test_export_is_recorded (Fixture *fixture, gconstpointer data)
{
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", issue ("genuine", 3));
  g_autofree char *expected = g_strdup_printf ("check=signer-trusted to=file personal=no by %s",
                                               gs_session_get_officer_id (fixture->base.officer));
  g_autofree char *found = NULL;

  gs_document_desk_note_export (fixture->desk, item, "signer-trusted", TRUE, FALSE);
  found = gs_store_query (fixture->base.store, find_export, (gpointer) TEST_CROSSING, NULL);
  g_assert_cmpstr (found, ==, expected);
}

/* The evidence of a decision names what this desk found; then the files go. */
static void
test_decided (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("cloned-aa", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_nonnull (gs_case_get_document (item));
  g_assert_true (
    gs_station_decide (fixture->station, item, GS_OUTCOME_SECOND_LINE, NULL, NULL, NULL));
  g_assert_null (gs_case_get_document (item));
  g_assert_cmpint (check_of (item, "active-authentication"), ==, GS_CHECK_RESULT_FAILED);
}

/* The case that the desk opened is still one after a start. */
static void
test_restart (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("cloned-aa", 3);
  GsCase *item;

  admit_at_hall (fixture, passport);
  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  test_until (gs_referral_queue_get_waiting (gs_station_get_queue (fixture->station)) == 1);
  stop_station (fixture);
  start_station (fixture);
  item = gs_case_book_find (gs_station_get_book (fixture->station), TEST_CROSSING);
  g_assert_nonnull (item);
  assert_reasons (item, "C07");
  /* The hall says that it is admitted; the finding stands. */
  test_until (!gs_case_get_unconfirmed (item));
  g_assert_true (gs_crossing_is_open_case (gs_case_get_crossing (item)));
  assert_reasons (item, "C07");
}

/* Each result stands after a start, without the document, and the hall's own checks beside it. */
static void
test_results_kept (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("tampered-dg2", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  g_assert_cmpint (check_of (item, "chip-data-unaltered"), ==, GS_CHECK_RESULT_FAILED);
  gs_case_keeper_flush (fixture->station->keeper);
  stop_station (fixture);
  start_station (fixture);
  item = gs_case_book_find (gs_station_get_book (fixture->station), TEST_CROSSING);
  g_assert_nonnull (item);
  g_assert_null (gs_case_get_document (item));
  g_assert_cmpint (gs_case_get_headline (item), ==, GS_DOCUMENT_ALTERED);
  assert_reasons (item, "C09 E02");
  g_assert_cmpint (check_of (item, "chip-data-unaltered"), ==, GS_CHECK_RESULT_FAILED);
  g_assert_cmpint (check_of (item, "chip-opened"), ==, GS_CHECK_RESULT_SUCCESSFUL);
  g_assert_cmpint (check_of (item, "chip-authentication"), ==, GS_CHECK_RESULT_SUCCESSFUL);
  g_assert_cmpstr (
    gs_crossing_find_check (gs_case_get_crossing (item), "chip-data-unaltered")->code, ==, "C09");
}

/* A genuine one that joined nothing: its results are known as well. */
static void
test_genuine_kept (Fixture *fixture, gconstpointer data)
{
  GsTestPassport *passport = issue ("genuine", 3);
  GsCase *item = refer (fixture, TEST_CROSSING, "E02", passport);

  swipe (fixture, passport);
  lay (fixture, passport);
  until_state (fixture, GS_DOCUMENT_DESK_DONE);
  gs_case_keeper_flush (fixture->station->keeper);
  stop_station (fixture);
  start_station (fixture);
  item = gs_case_book_find (gs_station_get_book (fixture->station), TEST_CROSSING);
  g_assert_nonnull (item);
  assert_reasons (item, "E02");
  g_assert_true (gs_case_is_chip_genuine (item));
  g_assert_cmpint (gs_case_get_headline (item), ==, GS_DOCUMENT_GENUINE);
}

#define add(path, func)                                                                            \
  g_test_add ("/station/document-desk/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  passports = gs_test_passports_new (TEST_NOW / 1000);
  add ("zone-then-chip", test_zone_then_chip);
  add ("chip-then-zone", test_chip_then_zone);
  add ("card-opens-chip", test_card_opens_chip);
  add ("hall-finds", test_hall_finds);
  add ("no-crossing", test_no_crossing);
  add ("zone-is-used-up", test_zone_is_used_up);
  add ("taken-away", test_taken_away);
  add ("cancel", test_cancel);
  add ("wrong-card", test_wrong_card);
  add ("wrong-zone", test_wrong_zone);
  add ("reader-states", test_reader_states);
  add ("mute", test_mute);
  add ("mute-after-another", test_mute_after_another);
  add ("nobody-signed-in", test_nobody_signed_in);
  add ("locked", test_locked);
  add ("camera-follows-reader", test_camera_follows_reader);
  add ("waits-for-decision", test_waits_for_decision);
  add ("waits-for-its-case", test_waits_for_its_case);
  add ("waits-for-sheet", test_waits_for_sheet);
  add ("waits-no-more", test_waits_no_more);
  add ("finding-joins", test_finding_joins);
  add ("answers-gate", test_answers_gate);
  add ("answered-alone", test_answered_alone);
  add ("not-answered", test_not_answered);
  add ("finding-before-answered", test_finding_before_answered);
  add ("finding-opens", test_finding_opens);
  add ("page-differs", test_page_differs);
  add ("known-defect", test_known_defect);
  add ("known-defect-opens-none", test_known_defect_opens_none);
  add ("tampered-dg1", test_tampered_dg1);
  add ("unaltered", test_unaltered);
  add ("expired", test_expired);
  add ("signer-unknown", test_signer_unknown);
  add ("signer-refused", test_signer_refused);
  add ("bad-signature", test_bad_signature);
  add ("no-store", test_no_store);
  add ("record", test_record);
  add ("export-is-recorded", test_export_is_recorded);
  add ("decided", test_decided);
  add ("restart", test_restart);
  add ("results-kept", test_results_kept);
  add ("genuine-kept", test_genuine_kept);
  result = g_test_run ();
  gs_test_passports_free (passports);
  return result;
}
