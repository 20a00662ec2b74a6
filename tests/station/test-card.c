/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-station.h"

#include <string.h>

#include "gs-record-table.h"
#include "gs-test-desk.h"
#include "gs-test-judge.h"
#include "gs-time.h"

/* The card of a whole station without a feed: leases that end, documents that come too late. */

#define ZONE                                                                                       \
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"                                                 \
  "L898902C36UTO7408122F1204159ZE184226B<<<<<10\n"

typedef struct
{
  TestDesk base;
  GsStation *station;
  GsReadingResult reading;
  guint readings;
} Fixture;

static void
on_document_read (GsStation *station, const GsReading *reading, gpointer data)
{
  Fixture *fixture = data;

  fixture->reading = reading->result;
  fixture->readings++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  TestDesk *base = &fixture->base;
  GsStationDevices devices = { .config = &base->config };

  test_desk_set_up (base, data);
  devices.hall = GS_HALL (base->hall);
  devices.store = base->store;
  devices.clock = base->clock;
  fixture->station = gs_station_new (&devices);
  g_set_object (&base->book, gs_station_get_book (fixture->station));
  gs_station_set_session (fixture->station, base->officer);
  g_signal_connect (fixture->station, "document-read", G_CALLBACK (on_document_read), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gs_station_stop (fixture->station);
  g_clear_object (&fixture->station);
  test_desk_tear_down (&fixture->base, data);
}

static void
test_lease_follows_card (Fixture *fixture, gconstpointer data)
{
  GsCase *item = test_desk_refer (&fixture->base, TEST_CROSSING, "D06", TEST_NOW);

  gs_station_open (fixture->station, item);
  test_until (gs_case_get_hold (item) == GS_HOLD_HERE);
  g_assert_cmpstr (gs_fake_hall_get_lease (fixture->base.hall, TEST_CROSSING), ==, "desk-3");
  gs_station_open (fixture->station, NULL);
  test_until (gs_fake_hall_get_lease (fixture->base.hall, TEST_CROSSING) == NULL);
  g_assert_cmpint (gs_case_get_hold (item), ==, GS_HOLD_FREE);
}

/* The card is closed before the hall has answered: other desks must not wait for the lease's end.
 */
static void
test_late_lease_given_back (Fixture *fixture, gconstpointer data)
{
  GsCase *item = test_desk_refer (&fixture->base, TEST_CROSSING, "D06", TEST_NOW);

  gs_fake_hall_hold (fixture->base.hall, GS_FAKE_HALL_LEASE, TRUE);
  gs_station_open (fixture->station, item);
  gs_station_open (fixture->station, NULL);
  gs_fake_hall_hold (fixture->base.hall, GS_FAKE_HALL_LEASE, FALSE);
  test_until (gs_fake_hall_get_lease (fixture->base.hall, TEST_CROSSING) == NULL);
  g_assert_cmpint (gs_case_get_hold (item), ==, GS_HOLD_FREE);
}

/* The case was opened again meanwhile: the older answer takes nothing away. */
static void
test_late_lease_of_open_card_kept (Fixture *fixture, gconstpointer data)
{
  GsCase *item = test_desk_refer (&fixture->base, TEST_CROSSING, "D06", TEST_NOW);

  gs_fake_hall_hold (fixture->base.hall, GS_FAKE_HALL_LEASE, TRUE);
  gs_station_open (fixture->station, item);
  gs_station_open (fixture->station, NULL);
  gs_station_open (fixture->station, item);
  gs_fake_hall_hold (fixture->base.hall, GS_FAKE_HALL_LEASE, FALSE);
  test_until (gs_case_get_hold (item) == GS_HOLD_HERE);
  g_assert_cmpstr (gs_fake_hall_get_lease (fixture->base.hall, TEST_CROSSING), ==, "desk-3");
}

static void
test_document_opens_crossing (Fixture *fixture, gconstpointer data)
{
  GsCrossing *crossing = gs_crossing_new (TEST_CROSSING);

  crossing->state = GS_CROSSING_STATE_ADMITTED;
  crossing->traveller = gs_traveller_new ();
  gs_traveller_set (&crossing->traveller->issuing_state, "UTO");
  gs_traveller_set (&crossing->traveller->document_number, "L898902C3");
  gs_fake_hall_take_crossing (fixture->base.hall, crossing);
  gs_station_read_document (fixture->station, ZONE, strlen (ZONE), GS_READ_DEVICE, NULL);
  test_until (fixture->readings == 1);
  g_assert_cmpint (fixture->reading, ==, GS_READING_OPENED);
  g_assert_cmpstr (gs_case_get_id (gs_station_get_current (fixture->station)), ==, TEST_CROSSING);
}

/* Nothing of a traveller comes on the card of an officer who signed out while the hall was asked.
 */
static void
test_document_after_sign_out (Fixture *fixture, gconstpointer data)
{
  GsCrossing *crossing = gs_crossing_new (TEST_CROSSING);

  crossing->state = GS_CROSSING_STATE_ADMITTED;
  crossing->traveller = gs_traveller_new ();
  gs_traveller_set (&crossing->traveller->issuing_state, "UTO");
  gs_traveller_set (&crossing->traveller->document_number, "L898902C3");
  gs_fake_hall_take_crossing (fixture->base.hall, crossing);
  gs_station_read_document (fixture->station, ZONE, strlen (ZONE), GS_READ_DEVICE, NULL);
  gs_station_set_session (fixture->station, NULL);
  test_until (fixture->readings == 1);
  g_assert_cmpint (fixture->reading, ==, GS_READING_NOT_SIGNED_IN);
  g_assert_null (gs_station_get_current (fixture->station));
}

/* The officer who comes back after a break still stands for what they saw. Another one does not:
 * the case is to be judged again, and what the gate found of the face is hidden again. */
static void
test_judgement_of_another (Fixture *fixture, gconstpointer data)
{
  TestDesk *base = &fixture->base;
  GsCase *item = test_desk_refer (base, TEST_CROSSING, "B01", TEST_NOW);
  GsCase *admitted = test_desk_admit_ready (base, "0c0ffee0-0000-4000-8000-000000000002");

  gs_station_open (fixture->station, item);
  test_until (
    gs_test_judge (gs_station_get_face_desk (fixture->station), GS_JUDGEMENT_SAME, base->officer));
  g_assert_cmpint (gs_case_get_judgement (item), ==, GS_JUDGEMENT_SAME);
  gs_station_set_session (fixture->station, NULL);
  gs_station_set_session (fixture->station, base->officer);
  g_assert_cmpint (gs_case_get_judgement (item), ==, GS_JUDGEMENT_SAME);
  g_assert_cmpint (gs_case_get_judgement (admitted), ==, GS_JUDGEMENT_SAME);
  gs_station_set_session (fixture->station, NULL);
  gs_station_set_session (fixture->station, base->second);
  g_assert_cmpint (gs_case_get_judgement (item), ==, 0);
  g_assert_true (gs_case_hides_face (item));
  g_assert_cmpuint (
    gs_station_blocks (fixture->station, item, GS_OUTCOME_ADMITTED) & GS_BLOCK_NOT_JUDGED, !=, 0);
  g_assert_cmpint (gs_case_get_judgement (admitted), ==, 0);
  g_assert_cmpint (gs_case_get_judged_utc_ms (admitted), ==, GS_TIME_UNKNOWN);
}

/* The word of an officer who has not read the document admits nobody who came because of the face,
 * whatever the engine is. */
static void
test_judged_without_document (Fixture *fixture, gconstpointer data)
{
  GsCase *item = test_desk_refer (&fixture->base, TEST_CROSSING, "B02", TEST_NOW);
  GsFaceDesk *desk = gs_station_get_face_desk (fixture->station);
  guint blocks;

  gs_station_open (fixture->station, item);
  test_until (gs_test_judge (desk, GS_JUDGEMENT_SAME, fixture->base.officer));
  blocks = gs_station_blocks (fixture->station, item, GS_OUTCOME_ADMITTED);
  g_assert_cmpuint (blocks & GS_BLOCK_NO_DOCUMENT, !=, 0);
  g_assert_cmpuint (blocks & (GS_BLOCK_NOT_JUDGED | GS_BLOCK_NOT_SAME), ==, 0);
  /* Read too late: what was judged before is not of this document. */
  gs_case_set_read (item, GS_READ_DEVICE, TEST_NOW + 1);
  g_assert_cmpuint (
    gs_station_blocks (fixture->station, item, GS_OUTCOME_ADMITTED) & GS_BLOCK_NO_DOCUMENT, !=, 0);
  g_assert_true (gs_face_desk_begin_again (desk));
  test_until (gs_test_judge (desk, GS_JUDGEMENT_SAME, fixture->base.officer));
  g_assert_cmpuint (
    gs_station_blocks (fixture->station, item, GS_OUTCOME_ADMITTED) & GS_BLOCK_NO_DOCUMENT, ==, 0);
}

static gpointer
find_refusal (GsDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = gs_record_table_list (db, 0, 1000, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const GsRecordRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->kind, "decision"))
        return g_strdup_printf ("%s %s %s", row->detail, row->officer, row->second);
    }
  return NULL;
}

/* Refusing is a formal act: policy, a ground that the policy names, and a supervisor beside the
 * officer. Where one is missing nothing is committed and nothing is sent. */
static void
test_refusal (Fixture *fixture, gconstpointer data)
{
  TestDesk *base = &fixture->base;
  GsStation *station = fixture->station;
  GsCase *item = test_desk_refer (base, TEST_CROSSING, "D06", TEST_NOW);
  g_autoptr (GsSession) supervisor = gs_session_new ("sato", "Sato", GS_ROLE_SUPERVISOR, TEST_NOW);
  g_autoptr (GHashTable) translations = g_hash_table_new (g_str_hash, g_str_equal);
  GsRefusalGround ground = { (char *) "a-1", (char *) "Article 1", translations };
  g_autofree char *record = NULL;

  base->config.refusal_grounds = g_ptr_array_new ();
  g_ptr_array_add (base->config.refusal_grounds, &ground);
  g_assert_false (gs_station_refuse (station, item, "a-1", NULL, supervisor)); /* not allowed */
  base->config.refuse_allowed = TRUE;
  g_assert_false (gs_station_refuse (station, item, NULL, "note", supervisor));
  g_assert_false (gs_station_refuse (station, item, "a-2", "note", supervisor));
  g_assert_false (gs_station_refuse (station, item, "a-1", NULL, NULL));
  g_assert_false (gs_station_refuse (station, item, "a-1", NULL, base->second));
  g_assert_false (gs_station_refuse (station, item, "a-1", NULL, base->officer));
  g_assert_false (gs_station_decide (station, item, GS_OUTCOME_REFUSED, "a-1", NULL, supervisor));
  g_assert_cmpint (gs_case_get_pending (item), ==, 0);
  g_assert_null (gs_store_query (base->store, find_refusal, NULL, NULL));

  g_assert_true (gs_station_refuse (station, item, "a-1", "spoke calmly", supervisor));
  record = gs_store_query (base->store, find_refusal, NULL, NULL);
  g_assert_cmpstr (record, ==, "outcome=refused ground=a-1 kato sato");
  test_until (gs_station_get_kept (station) == 0
              && gs_fake_hall_get_decisions (base->hall)->len == 1);
  g_assert_cmpstr (
    ((GsHallDecision *) g_ptr_array_index (gs_fake_hall_get_decisions (base->hall), 0))->note, ==,
    "a-1: Article 1 · spoke calmly");
  g_clear_pointer (&base->config.refusal_grounds, g_ptr_array_unref);
}

#define OTHER_CROSSING "0c0ffee0-0000-4000-8000-000000000002"

/* The same document, referred at gate-1 for one reason and ten minutes later at gate-2 for another;
 * NULL: still in that gate. */
static GsCase *
refer_twice (Fixture *fixture, const char *first, const char *second)
{
  const char *const ids[] = { TEST_CROSSING, OTHER_CROSSING };
  const char *const reasons[] = { first, second };
  GsCase *last = NULL;

  for (guint i = 0; i < 2; i++)
    {
      GsEvent *event = test_desk_event (
        &fixture->base, reasons[i] != NULL ? GS_EVENT_CROSSING_REFERRED : GS_EVENT_CROSSING_STARTED,
        ids[i]);

      event->time_utc_ms = TEST_NOW - 600000 * (1 - (gint64) i);
      event->reasons = reasons[i] != NULL ? g_strsplit (reasons[i], " ", -1) : NULL;
      event->traveller = gs_traveller_new ();
      gs_traveller_set (&event->traveller->issuing_state, "UTO");
      gs_traveller_set (&event->traveller->document_number, "L898902C3");
      last = test_desk_apply (&fixture->base, event);
    }
  return last;
}

/* One traveller, one card: both leases, one key for both decisions, one undo. */
static void
test_joined_card (Fixture *fixture, gconstpointer data)
{
  GsCase *item = refer_twice (fixture, "D06", "D07");
  GsCase *other = gs_case_book_find (fixture->base.book, TEST_CROSSING);
  g_autoptr (GPtrArray) joined = gs_case_book_list_joined (fixture->base.book, item);

  g_assert_cmpuint (joined->len, ==, 1);
  g_assert_true (g_ptr_array_index (joined, 0) == other);
  gs_station_open (fixture->station, item);
  test_until (gs_case_get_hold (item) == GS_HOLD_HERE && gs_case_get_hold (other) == GS_HOLD_HERE);
  g_assert_true (
    gs_station_decide (fixture->station, item, GS_OUTCOME_SECOND_LINE, NULL, NULL, NULL));
  g_assert_cmpint (gs_case_get_pending (item), ==, GS_OUTCOME_SECOND_LINE);
  g_assert_cmpint (gs_case_get_pending (other), ==, GS_OUTCOME_SECOND_LINE);
  g_assert_true (gs_station_undo (fixture->station));
  g_assert_cmpint (gs_case_get_pending (item), ==, 0);
  g_assert_cmpint (gs_case_get_pending (other), ==, 0);
  g_assert_true (
    gs_station_decide (fixture->station, item, GS_OUTCOME_SECOND_LINE, NULL, NULL, NULL));
  test_until (gs_fake_hall_get_decisions (fixture->base.hall)->len == 2);
  test_until (gs_station_get_kept (fixture->station) == 0);
}

/* Referred once more at another gate while the card is shown: this desk has both. */
static void
test_joined_later (Fixture *fixture, gconstpointer data)
{
  GsCase *item = refer_twice (fixture, "D06", NULL);
  GsCase *other = gs_case_book_find (fixture->base.book, OTHER_CROSSING);
  GsEvent *event;

  item = gs_case_book_find (fixture->base.book, TEST_CROSSING);
  g_assert_false (gs_case_is_waiting (other));
  gs_station_open (fixture->station, item);
  test_until (gs_case_get_hold (item) == GS_HOLD_HERE);
  g_assert_cmpint (gs_case_get_hold (other), ==, GS_HOLD_FREE);
  event = test_desk_event (&fixture->base, GS_EVENT_CROSSING_REFERRED, OTHER_CROSSING);
  event->time_utc_ms = TEST_NOW;
  event->reasons = g_strsplit ("D07", " ", -1);
  event->traveller = gs_traveller_new ();
  gs_traveller_set (&event->traveller->issuing_state, "UTO");
  gs_traveller_set (&event->traveller->document_number, "L898902C3");
  test_desk_apply (&fixture->base, event);
  test_until (gs_case_get_hold (other) == GS_HOLD_HERE);
  gs_station_open (fixture->station, NULL);
  g_assert_cmpint (gs_case_get_hold (other), ==, GS_HOLD_FREE);
}

/* What forbids one of them forbids the card's decision; the urgent one opens. */
static void
test_joined_blocks (Fixture *fixture, gconstpointer data)
{
  GsCase *item = refer_twice (fixture, "W01", "D06");
  GsCase *urgent = gs_case_book_find (fixture->base.book, TEST_CROSSING);

  g_assert_true (gs_station_blocks (fixture->station, item, GS_OUTCOME_ADMITTED)
                 & GS_BLOCK_TWO_OFFICERS);
  g_assert_true (gs_case_book_find_document (fixture->base.book, "UTO", "L898902C3") == urgent);
  gs_case_set_hold (urgent, GS_HOLD_ELSEWHERE);
  g_assert_true (gs_station_blocks (fixture->station, item, GS_OUTCOME_LEFT) & GS_BLOCK_ELSEWHERE);
  g_assert_false (gs_station_decide (fixture->station, item, GS_OUTCOME_LEFT, NULL, NULL, NULL));
}

/* What another officer decided, or nobody yet, is not taken back; the reason is not that the case
 * were closed. */
static void
test_withdraw_blocks (Fixture *fixture, gconstpointer data)
{
  GsCase *item = test_desk_refer (&fixture->base, TEST_CROSSING, "D06", TEST_NOW);

  g_assert_cmpuint (gs_station_blocks (fixture->station, item, GS_OUTCOME_WITHDRAWN), ==,
                    GS_BLOCK_NOT_OWN);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  gs_station_call_forward_finish (GS_STATION (source), result, &error);
  *(int *) data = error != NULL ? error->code : 0;
}

static gpointer
count_calls (GsDatabase *db, gpointer data, GError **error)
{
  gint64 count = 0;

  gs_database_get_int (
    db, "SELECT COUNT(*) FROM record WHERE kind = 'desk.call' AND officer = 'kato'", &count, error);
  return GINT_TO_POINTER ((int) count);
}

/* The call is on the case and in the record when the hall took it, and only then. */
static void
test_call (Fixture *fixture, gconstpointer data)
{
  TestDesk *base = &fixture->base;
  GsCase *item = test_desk_refer (base, TEST_CROSSING, "D06", TEST_NOW);
  int answer = -1;

  gs_fake_hall_fail_next (base->hall, GS_FAKE_HALL_DESK_CALL,
                          g_error_new_literal (GS_HALL_ERROR, GS_HALL_ERROR_NOT_IN_HALL, "gone"),
                          FALSE);
  gs_station_call_forward_async (fixture->station, item, on_called, &answer);
  test_until (answer >= 0);
  g_assert_cmpint (answer, ==, GS_HALL_ERROR_NOT_IN_HALL);
  g_assert_cmpint (gs_case_get_called_utc_ms (item), ==, GS_TIME_UNKNOWN);
  answer = -1;
  gs_station_call_forward_async (fixture->station, item, on_called, &answer);
  test_until (answer == 0);
  g_assert_cmpint (gs_case_get_called_utc_ms (item), >=, TEST_NOW);
  test_until (GPOINTER_TO_INT (gs_store_query (base->store, count_calls, NULL, NULL)) == 1);
  g_assert_cmpuint (gs_fake_hall_get_calls (base->hall, GS_FAKE_HALL_DESK_CALL), ==, 2);
}

/* Nobody is called by nobody, from another desk's card, or after the decision. */
static void
test_call_blocks (Fixture *fixture, gconstpointer data)
{
  TestDesk *base = &fixture->base;
  GsCase *item = test_desk_refer (base, TEST_CROSSING, "D06", TEST_NOW);
  int answer = -1;

  g_assert_cmpuint (gs_station_call_blocks (fixture->station, item), ==, 0);
  g_assert_cmpuint (gs_station_call_blocks (fixture->station, NULL), ==, GS_BLOCK_NO_CASE);
  gs_case_set_hold (item, GS_HOLD_ELSEWHERE);
  g_assert_cmpuint (gs_station_call_blocks (fixture->station, item), ==, GS_BLOCK_ELSEWHERE);
  gs_station_call_forward_async (fixture->station, item, on_called, &answer);
  test_until (answer >= 0);
  g_assert_cmpint (answer, ==, G_IO_ERROR_PERMISSION_DENIED);
  gs_case_set_hold (item, GS_HOLD_FREE);
  gs_case_set_pending (item, GS_OUTCOME_SECOND_LINE);
  g_assert_cmpuint (gs_station_call_blocks (fixture->station, item), ==, GS_BLOCK_PENDING);
  gs_case_set_pending (item, 0);
  gs_station_set_session (fixture->station, NULL);
  g_assert_cmpuint (gs_station_call_blocks (fixture->station, item), ==, GS_BLOCK_NOT_SIGNED_IN);
  item = test_desk_admit (base, "0c0ffee0-0000-4000-8000-000000000009");
  gs_station_set_session (fixture->station, base->officer);
  g_assert_cmpuint (gs_station_call_blocks (fixture->station, item), ==, GS_BLOCK_NOT_OPEN);
  g_assert_cmpuint (gs_fake_hall_get_calls (base->hall, GS_FAKE_HALL_DESK_CALL), ==, 0);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/station/card/lease-follows", test_lease_follows_card);
  ADD ("/station/card/late-lease-given-back", test_late_lease_given_back);
  ADD ("/station/card/late-lease-of-open-card-kept", test_late_lease_of_open_card_kept);
  ADD ("/station/card/document-opens-crossing", test_document_opens_crossing);
  ADD ("/station/card/document-after-sign-out", test_document_after_sign_out);
  ADD ("/station/card/judgement-of-another", test_judgement_of_another);
  ADD ("/station/card/judged-without-document", test_judged_without_document);
  ADD ("/station/card/refusal", test_refusal);
  ADD ("/station/card/withdraw-blocks", test_withdraw_blocks);
  ADD ("/station/card/call", test_call);
  ADD ("/station/card/call-blocks", test_call_blocks);
  ADD ("/station/card/joined", test_joined_card);
  ADD ("/station/card/joined-later", test_joined_later);
  ADD ("/station/card/joined-blocks", test_joined_blocks);
  return g_test_run ();
}
