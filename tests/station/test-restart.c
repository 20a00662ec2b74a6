/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-case-table.h"
#include "gs-identity-table.h"
#include "gs-ingest.h"
#include "gs-record-table.h"
#include "gs-station-private.h"
#include "gs-test-desk.h"
#include "gs-time.h"

/* A whole station without a feed: what it still knows after a restart, and what it believes after
 * the hall's count of events broke. */

#define OTHER_CROSSING "0c0ffee0-0000-4000-8000-000000000002"
#define THIRD_CROSSING "0c0ffee0-0000-4000-8000-000000000003"

typedef struct
{
  TestDesk base;
  GsStation *station;
} Fixture;

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gs_station_start_finish (GS_STATION (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
start (Fixture *fixture)
{
  TestDesk *base = &fixture->base;
  GsStationDevices devices = { .config = &base->config };
  gboolean started = FALSE;

  devices.hall = GS_HALL (base->hall);
  devices.store = base->store;
  devices.clock = base->clock;
  fixture->station = gs_station_new (&devices);
  g_set_object (&base->book, gs_station_get_book (fixture->station));
  gs_station_set_session (fixture->station, base->officer);
  gs_station_start_async (fixture->station, NULL, on_started, &started);
  test_until (started);
}

static void
stop (Fixture *fixture)
{
  gs_station_stop (fixture->station);
  g_clear_object (&fixture->station);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_desk_set_up (&fixture->base, data);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop (fixture);
  test_desk_tear_down (&fixture->base, data);
}

static gpointer
get_row (GsDatabase *db, gpointer crossing, GError **error)
{
  return gs_case_table_get (db, crossing, error);
}

static GsCaseRow *
dup_row (Fixture *fixture, const char *crossing)
{
  g_autoptr (GError) error = NULL;
  GsCaseRow *row = gs_store_query (fixture->base.store, get_row, (gpointer) crossing, &error);

  g_assert_no_error (error);
  return row;
}

static gpointer
list_record (GsDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = gs_record_table_list (db, 0, 1000, error);
  GString *text = g_string_new ("");

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const GsRecordRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->kind, "case") && g_strcmp0 (row->subject, data) == 0)
        g_string_append_printf (text, "%s by %s; ", row->detail,
                                row->officer != NULL ? row->officer : "nobody");
    }
  return g_string_free (text, FALSE);
}

static char *
dup_record (Fixture *fixture, const char *crossing)
{
  return gs_store_query (fixture->base.store, list_record, (gpointer) crossing, NULL);
}

static gboolean
is_stored (Fixture *fixture, const char *crossing)
{
  g_autoptr (GsCaseRow) row = dup_row (fixture, crossing);

  return row != NULL;
}

static void
take (Fixture *fixture, const char *crossing, const char *desk, const char *officer)
{
  GsEvent *event = test_desk_event (&fixture->base, GS_EVENT_CROSSING_TAKEN, crossing);

  event->desk = g_strdup (desk);
  event->officer = g_strdup (officer);
  test_desk_apply (&fixture->base, event);
}

static void
resolve (
  Fixture *fixture, const char *crossing, GsOutcome outcome, const char *desk, const char *officer)
{
  GsEvent *event = test_desk_event (&fixture->base, GS_EVENT_CROSSING_RESOLVED, crossing);

  event->outcome = outcome;
  event->desk = g_strdup (desk);
  event->officer = g_strdup (officer);
  test_desk_apply (&fixture->base, event);
}

static GsCrossing *
hall_crossing (const char *id, GsCrossingState state)
{
  GsCrossing *crossing = gs_crossing_new (id);

  crossing->state = state;
  crossing->as_of_event = 1000;
  crossing->gate = g_strdup ("gate-1");
  crossing->reasons = g_strsplit ("D06", " ", -1);
  crossing->referred_utc_ms = TEST_NOW;
  return crossing;
}

static guint
waiting (Fixture *fixture)
{
  GsReferralQueue *queue = gs_station_get_queue (fixture->station);

  gs_referral_queue_refresh (queue);
  return gs_referral_queue_get_waiting (queue);
}

/* Open, taken, decided: by whom, when, each with its entry in the record. */
static void
test_state_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsCaseRow) row = NULL;
  g_autofree char *record = NULL;

  test_desk_refer (&fixture->base, TEST_CROSSING, "D06", TEST_NOW);
  test_until (is_stored (fixture, TEST_CROSSING));
  row = dup_row (fixture, TEST_CROSSING);
  g_assert_cmpint (row->state, ==, GS_CASE_WAITING);
  g_assert_cmpstr (row->gate, ==, "gate-1");
  g_assert_cmpstr (row->reasons, ==, "D06");
  g_assert_cmpint (row->referred_at_utc_ms, ==, TEST_NOW);
  take (fixture, TEST_CROSSING, "desk-3", "kato");
  gs_case_keeper_flush (fixture->station->keeper);
  g_clear_pointer (&row, gs_case_row_free);
  row = dup_row (fixture, TEST_CROSSING);
  g_assert_cmpint (row->state, ==, GS_CASE_TAKEN);
  g_assert_cmpstr (row->taken_by, ==, "kato");
  g_assert_cmpint (row->taken_at_utc_ms, >=, TEST_NOW);
  resolve (fixture, TEST_CROSSING, GS_OUTCOME_SECOND_LINE, "desk-3", "kato");
  gs_case_keeper_flush (fixture->station->keeper);
  g_clear_pointer (&row, gs_case_row_free);
  row = dup_row (fixture, TEST_CROSSING);
  g_assert_cmpint (row->state, ==, GS_CASE_CLOSED);
  g_assert_cmpstr (row->outcome, ==, "second-line");
  g_assert_cmpstr (row->decided_by, ==, "kato");
  g_assert_cmpstr (row->decided_desk, ==, "desk-3");
  g_assert_cmpint (row->closed_at_utc_ms, ==, TEST_NOW - 10000);
  record = dup_record (fixture, TEST_CROSSING);
  g_assert_cmpstr (record, ==,
                   "state=waiting priority=3 by nobody; "
                   "state=taken priority=3 desk=desk-3 by kato; "
                   "state=closed priority=3 outcome=second-line desk=desk-3 by kato; ");
}

/* What is done today and the load of the last ten minutes count on after a restart; nothing is
 * written twice. */
static void
test_counts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint values[10];

  test_desk_refer (&fixture->base, TEST_CROSSING, "D06", TEST_NOW - 60000);
  test_desk_refer (&fixture->base, OTHER_CROSSING, "D06", TEST_NOW - 30000);
  test_desk_refer (&fixture->base, THIRD_CROSSING, "D06", TEST_NOW - 9 * 60000);
  resolve (fixture, TEST_CROSSING, GS_OUTCOME_SECOND_LINE, "desk-3", "kato");
  resolve (fixture, OTHER_CROSSING, GS_OUTCOME_LEFT, "desk-4", "mori");
  gs_case_keeper_flush (fixture->station->keeper);
  g_assert_cmpuint (gs_station_get_done_today (fixture->station), ==, 1);
  before = dup_record (fixture, TEST_CROSSING);
  stop (fixture);
  start (fixture);
  g_assert_cmpuint (gs_station_get_done_today (fixture->station), ==, 1);
  g_assert_cmpuint (gs_station_get_load (fixture->station, values), ==, 3);
  after = dup_record (fixture, TEST_CROSSING);
  g_assert_cmpstr (before, ==, after);
}

/* A decision taken back is not done. */
static void
test_withdrawn (Fixture *fixture, gconstpointer data)
{
  test_desk_refer (&fixture->base, TEST_CROSSING, "D06", TEST_NOW);
  resolve (fixture, TEST_CROSSING, GS_OUTCOME_SECOND_LINE, "desk-3", "kato");
  gs_case_keeper_flush (fixture->station->keeper);
  g_assert_cmpuint (gs_station_get_done_today (fixture->station), ==, 1);
  resolve (fixture, TEST_CROSSING, GS_OUTCOME_WITHDRAWN, "desk-3", "kato");
  gs_case_keeper_flush (fixture->station->keeper);
  g_assert_cmpuint (gs_station_get_done_today (fixture->station), ==, 0);
}

/* The own open case is there again, marked until the hall has confirmed it. */
static void
test_open_case_comes_back (Fixture *fixture, gconstpointer data)
{
  GsCase *item;

  test_desk_refer (&fixture->base, TEST_CROSSING, "D06", TEST_NOW);
  gs_case_keeper_flush (fixture->station->keeper);
  gs_fake_hall_take_crossing (fixture->base.hall,
                              hall_crossing (TEST_CROSSING, GS_CROSSING_STATE_REFERRED));
  gs_fake_hall_hold (fixture->base.hall, GS_FAKE_HALL_OPEN, TRUE);
  stop (fixture);
  start (fixture);
  g_assert_cmpuint (waiting (fixture), ==, 1);
  item = gs_case_book_find (fixture->base.book, TEST_CROSSING);
  g_assert_true (gs_case_get_unconfirmed (item));
  gs_fake_hall_hold (fixture->base.hall, GS_FAKE_HALL_OPEN, FALSE);
  test_until (!gs_case_get_unconfirmed (item));
  g_assert_cmpuint (waiting (fixture), ==, 1);
}

/* --- after a break ---------------------------------------------------------------------------- */

static gboolean
feed_tells (Fixture *fixture, GsOutcome outcome)
{
  GListModel *log = G_LIST_MODEL (gs_station_get_feed_log (fixture->station));
  guint n = g_list_model_get_n_items (log);
  g_autoptr (GsFeedEntry) last = n > 0 ? g_list_model_get_item (log, n - 1) : NULL;
  GsOutcome told;

  return last != NULL && gs_feed_entry_get_left (last, &told) && told == outcome;
}

/* Missing in the snapshot is no reason to drop a traveller: the hall is asked for this crossing,
 * and until it answers the case stays, marked, and its window is not known. */
static void
test_missing_is_asked_for (Fixture *fixture, gconstpointer data)
{
  GsCase *item = test_desk_refer (&fixture->base, TEST_CROSSING, "D06", TEST_NOW);
  GsCrossing *crossing = hall_crossing (TEST_CROSSING, GS_CROSSING_STATE_ENDED);
  GsWindowVerdict verdict;
  g_autoptr (GsCaseRow) row = NULL;

  crossing->outcome = GS_OUTCOME_LEFT;
  crossing->outcome_desk = g_strdup ("desk-4");
  crossing->outcome_officer = g_strdup ("mori");
  gs_fake_hall_take_crossing (fixture->base.hall, crossing);
  gs_fake_hall_set_as_of (fixture->base.hall, 7);
  gs_fake_hall_hold (fixture->base.hall, GS_FAKE_HALL_GET_CROSSING, TRUE);
  gs_station_begin_doubt (fixture->station, TRUE);
  test_until (gs_fake_hall_get_calls (fixture->base.hall, GS_FAKE_HALL_GET_CROSSING) == 1);
  g_assert_true (gs_case_get_unconfirmed (item));
  g_assert_cmpuint (waiting (fixture), ==, 1);
  gs_station_judge_window (fixture->station, item, &verdict);
  g_assert_false (verdict.may_stamp);
  gs_fake_hall_hold (fixture->base.hall, GS_FAKE_HALL_GET_CROSSING, FALSE);
  test_until (!gs_case_get_unconfirmed (item));
  g_assert_cmpuint (waiting (fixture), ==, 0);
  g_assert_true (feed_tells (fixture, GS_OUTCOME_LEFT));
  gs_case_keeper_flush (fixture->station->keeper);
  row = dup_row (fixture, TEST_CROSSING);
  g_assert_cmpint (row->state, ==, GS_CASE_CLOSED);
  g_assert_cmpstr (row->decided_by, ==, "mori");
}

static void
test_unknown_to_hall (Fixture *fixture, gconstpointer data)
{
  GsCase *item = test_desk_refer (&fixture->base, TEST_CROSSING, "D06", TEST_NOW);
  g_autofree char *record = NULL;

  gs_fake_hall_set_as_of (fixture->base.hall, 7);
  gs_station_begin_doubt (fixture->station, FALSE);
  test_until (gs_case_get_gone (item));
  g_assert_cmpuint (waiting (fixture), ==, 0);
  g_assert_true (feed_tells (fixture, 0));
  gs_case_keeper_flush (fixture->station->keeper);
  record = dup_record (fixture, TEST_CROSSING);
  g_assert_true (
    g_str_has_suffix (record, "state=closed priority=3 outcome=not-known-to-hall by nobody; "));
}

/* No answer is no answer: the case stays. */
static void
test_no_answer (Fixture *fixture, gconstpointer data)
{
  GsCase *item = test_desk_refer (&fixture->base, TEST_CROSSING, "D06", TEST_NOW);

  gs_fake_hall_set_as_of (fixture->base.hall, 7);
  gs_fake_hall_take_crossing (fixture->base.hall,
                              hall_crossing (TEST_CROSSING, GS_CROSSING_STATE_ENDED));
  gs_fake_hall_fail_next (fixture->base.hall, GS_FAKE_HALL_GET_CROSSING,
                          g_error_new_literal (GS_HALL_ERROR, GS_HALL_ERROR_UNREACHABLE, "no link"),
                          FALSE);
  gs_station_begin_doubt (fixture->station, TRUE);
  test_until (gs_fake_hall_get_calls (fixture->base.hall, GS_FAKE_HALL_GET_CROSSING) == 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (gs_case_get_unconfirmed (item));
  g_assert_cmpuint (waiting (fixture), ==, 1);
  test_until (gs_fake_hall_get_calls (fixture->base.hall, GS_FAKE_HALL_GET_CROSSING) == 2);
  test_until (waiting (fixture) == 0);
}

/* What the feed brought after the snapshot was made is not missing in it. */
static void
test_newer_than_snapshot (Fixture *fixture, gconstpointer data)
{
  GsCase *item;

  gs_fake_hall_set_as_of (fixture->base.hall, 7);
  gs_station_begin_doubt (fixture->station, TRUE);
  fixture->base.last_event = 7;
  item = test_desk_refer (&fixture->base, TEST_CROSSING, "D06", TEST_NOW);
  test_until (!fixture->station->snapshot_pending);
  g_assert_false (gs_case_get_unconfirmed (item));
  g_assert_cmpuint (gs_fake_hall_get_calls (fixture->base.hall, GS_FAKE_HALL_GET_CROSSING), ==, 0);
  g_assert_cmpuint (waiting (fixture), ==, 1);
}

/* A crossing whose closing event may be among the lost ones is not open for a stamp. */
static void
test_admitted_in_doubt (Fixture *fixture, gconstpointer data)
{
  GsCase *idle = test_desk_admit (&fixture->base, TEST_CROSSING);
  GsCase *wanted = test_desk_admit (&fixture->base, OTHER_CROSSING);
  GsCrossing *crossing = hall_crossing (OTHER_CROSSING, GS_CROSSING_STATE_ADMITTED);

  crossing->close_cause = GS_CLOSE_CAUSE_CUSTOMS;
  gs_fake_hall_take_crossing (fixture->base.hall, crossing);
  gs_fake_hall_set_as_of (fixture->base.hall, 7);
  gs_case_set_stamp_wanted (wanted, TRUE);
  gs_station_begin_doubt (fixture->station, FALSE);
  test_until (gs_case_get_crossing (wanted)->close_cause == GS_CLOSE_CAUSE_CUSTOMS);
  g_assert_false (gs_case_get_unconfirmed (wanted));
  g_assert_true (gs_case_get_unconfirmed (idle));
  g_assert_cmpuint (gs_fake_hall_get_calls (fixture->base.hall, GS_FAKE_HALL_GET_CROSSING), ==, 1);
  gs_case_set_stamp_wanted (wanted, FALSE);
}

static void
ingest_one (Fixture *fixture, GsIngestItem *item, GPtrArray *rows)
{
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_ingest_item_free);
  g_autoptr (GsIngestResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (items, item);
  result = gs_store_ingest (fixture->base.store, "epoch-1", items, rows, &error);
  g_assert_no_error (error);
}

/* The desk was killed between the gap that it stored and the hall's snapshot: what was admitted
 * before it is in doubt after the restart too. */
static void
test_gap_then_restart (Fixture *fixture, gconstpointer data)
{
  static const char admitted[] =
    "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"https://hall.test/\","
    "\"type\":\"org.gateside.crossing.admitted.v1\",\"subject\":\"" TEST_CROSSING "\","
    "\"time\":\"2026-11-18T11:06:30.000Z\",\"datacontenttype\":\"application/json\","
    "\"data\":{\"gate\":\"gate-1\",\"by\":\"gate\",\"at\":\"2026-11-18T11:06:30.000Z\"}}";
  GsIngestItem *item = gs_ingest_item_new (GS_INGEST_EVENT, 1);
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_crossing_row_free);
  g_autoptr (GsCrossing) crossing = hall_crossing (TEST_CROSSING, GS_CROSSING_STATE_ADMITTED);
  GsCase *found = NULL;

  crossing->started_utc_ms = TEST_NOW - 20000;
  crossing->admitted_utc_ms = TEST_NOW;
  g_ptr_array_add (rows, gs_crossing_row_new_from (crossing, TRUE));

  gs_store_begin_epoch (fixture->base.store, "epoch-1", 0, FALSE, TEST_NOW, NULL);
  item->type = g_strdup ("crossing.admitted");
  item->crossing = g_strdup (TEST_CROSSING);
  item->gate = g_strdup ("gate-1");
  item->time_utc_ms = TEST_NOW;
  item->raw = g_bytes_new_static (admitted, sizeof admitted - 1);
  ingest_one (fixture, item, rows);
  stop (fixture);
  start (fixture);
  found = gs_case_book_find (fixture->base.book, TEST_CROSSING);
  g_assert_nonnull (found);
  g_assert_cmpint (gs_case_get_crossing (found)->state, ==, GS_CROSSING_STATE_ADMITTED);
  g_assert_false (fixture->station->snapshot_pending);

  item = gs_ingest_item_new (GS_INGEST_GAP, 2);
  item->last_id = 40;
  item->time_utc_ms = TEST_NOW;
  ingest_one (fixture, item, NULL);
  stop (fixture);
  gs_fake_hall_hold (fixture->base.hall, GS_FAKE_HALL_OPEN, TRUE);
  gs_fake_hall_set_as_of (fixture->base.hall, 40);
  start (fixture);
  g_assert_true (fixture->station->snapshot_pending);
  gs_fake_hall_hold (fixture->base.hall, GS_FAKE_HALL_OPEN, FALSE);
  test_until (!fixture->station->snapshot_pending);
  g_assert_true (gs_case_get_unconfirmed (gs_case_book_find (fixture->base.book, TEST_CROSSING)));
}

/* Personal data go when the desk's policy says so: here after one hour instead of thirty days. */
static gpointer
put_old_identity (GsDatabase *db, gpointer data, GError **error)
{
  gint64 now_utc_ms = g_get_real_time () / 1000;
  g_autoptr (GsTraveller) traveller = gs_traveller_new ();
  GsCaseRow row = { .crossing = data,
                    .state = GS_CASE_CLOSED,
                    .reasons = (char *) "D06",
                    .referred_at_utc_ms = now_utc_ms - 2 * 3600000,
                    .closed_at_utc_ms = now_utc_ms - 2 * 3600000 };

  gs_traveller_set (&traveller->document_number, "L898902C3");
  if (gs_case_table_put (db, &row, error))
    gs_identity_table_add (db, data, 1, now_utc_ms - 2 * 3600000, (const guint8 *) "L898902C3", 9,
                           traveller, error);
  return NULL;
}

static gpointer
count_identities (GsDatabase *db, gpointer data, GError **error)
{
  gint64 count = -1;

  gs_database_get_int (db, "SELECT COUNT(*) FROM identity", &count, error);
  return GINT_TO_POINTER ((int) count + 1);
}

static void
test_retention_policy (Fixture *fixture, gconstpointer data)
{
  GsStore *store = fixture->base.store;
  GsRecordEntry entry = { .kind = "test" };
  g_autoptr (GError) error = NULL;

  gs_store_transact (store, &entry, put_old_identity, (gpointer) TEST_CROSSING, &error);
  g_assert_no_error (error);
  gs_station_purge (fixture->station);
  g_assert_cmpint (GPOINTER_TO_INT (gs_store_query (store, count_identities, NULL, NULL)), ==, 2);
  fixture->base.config.keep_case_ms = 3600000;
  gs_station_purge (fixture->station);
  g_assert_cmpint (GPOINTER_TO_INT (gs_store_query (store, count_identities, NULL, NULL)), ==, 1);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/station/restart/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("state-kept", test_state_kept);
  ADD ("counts", test_counts);
  ADD ("withdrawn-is-not-done", test_withdrawn);
  ADD ("open-case-comes-back", test_open_case_comes_back);
  ADD ("missing-is-asked-for", test_missing_is_asked_for);
  ADD ("unknown-to-hall", test_unknown_to_hall);
  ADD ("no-answer", test_no_answer);
  ADD ("newer-than-snapshot", test_newer_than_snapshot);
  ADD ("admitted-in-doubt", test_admitted_in_doubt);
  ADD ("gap-then-restart", test_gap_then_restart);
  ADD ("retention-is-policy", test_retention_policy);
  return g_test_run ();
}
