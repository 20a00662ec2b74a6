/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-decision-desk.h"

#include "gs-decision-table.h"
#include "gs-test-desk.h"
#include "gs-uuid.h"

/* Decisions on their way to the hall: undone, kept, sent again, rejected, found after a restart. */

typedef struct
{
  TestDesk base;
  GsDecisionDesk *desk;
  GsCase *item;
  guint rejected;
  guint failed;
  guint due;
} Fixture;

static void
on_rejected (GsDecisionDesk *desk, GsCase *item, const char *word, gpointer data)
{
  ((Fixture *) data)->rejected++;
}

static void
on_failed (GsDecisionDesk *desk, GsCase *item, gpointer data)
{
  ((Fixture *) data)->failed++;
}

static void
on_due (GsDecisionDesk *desk, GsCase *item, const GsHallDecision *decision, gpointer data)
{
  g_assert_cmpstr (decision->crossing, ==, gs_case_get_id (item));
  ((Fixture *) data)->due++;
}

static void
start (Fixture *fixture)
{
  TestDesk *base = &fixture->base;

  g_clear_object (&fixture->desk);
  fixture->desk = gs_decision_desk_new (GS_HALL (base->hall), base->store, base->book, base->clock);
  g_signal_connect (fixture->desk, "rejected", G_CALLBACK (on_rejected), fixture);
  g_signal_connect (fixture->desk, "failed", G_CALLBACK (on_failed), fixture);
  g_signal_connect (fixture->desk, "due", G_CALLBACK (on_due), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_desk_set_up (&fixture->base, data);
  fixture->item = test_desk_refer (&fixture->base, TEST_CROSSING, "E02", TEST_NOW);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->desk);
  test_desk_tear_down (&fixture->base, data);
}

static GsHallDecision *
new_decision (GsOutcome outcome)
{
  GsHallDecision *decision = gs_hall_decision_new ();

  decision->crossing = g_strdup (TEST_CROSSING);
  decision->version = 3;
  decision->outcome = outcome;
  decision->officer = g_strdup ("kato");
  decision->desk = g_strdup ("desk-3");
  decision->at_utc_ms = TEST_NOW;
  g_strfreev (decision->reasons);
  decision->reasons = g_strsplit ("E02", " ", -1);
  return decision;
}

static gpointer
add_row (GsDatabase *db, gpointer data, GError **error)
{
  gs_decision_table_add (db, data, error);
  return NULL;
}

static gpointer
list_rows (GsDatabase *db, gpointer pending_only, GError **error)
{
  return pending_only != NULL ? gs_decision_table_list_pending (db, error)
                              : gs_decision_table_of_crossing (db, TEST_CROSSING, error);
}

static GPtrArray *
load (Fixture *fixture, gboolean pending_only)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows =
    gs_store_query (fixture->base.store, list_rows, GINT_TO_POINTER (pending_only ? 1 : 0), &error);

  g_assert_no_error (error);
  return rows;
}

static GsDecisionState
state_in_store (Fixture *fixture)
{
  g_autoptr (GPtrArray) rows = load (fixture, FALSE);

  g_assert_cmpuint (rows->len, ==, 1);
  return ((GsDecisionRow *) g_ptr_array_index (rows, 0))->state;
}

/* A decision that was committed before the station died, and what the next start does with it: it
 * is due at once. */
static void
restore_one (Fixture *fixture)
{
  g_autoptr (GsHallDecision) decision = new_decision (GS_OUTCOME_ADMITTED);
  g_autoptr (GsDecisionRow) row = gs_decision_row_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  GsRecordEntry entry = { .kind = "decision", .at_utc_ms = TEST_NOW, .subject = TEST_CROSSING };

  decision->key = gs_uuid_new ();
  row->key = g_strdup (decision->key);
  row->crossing = g_strdup (TEST_CROSSING);
  row->outcome = g_strdup ("admitted");
  row->officer = g_strdup ("kato");
  row->match = g_strdup ("3");
  row->body = gs_decision_to_bytes (decision);
  row->decided_at_utc_ms = TEST_NOW;
  row->due_at_utc_ms = TEST_NOW + GS_DECISION_UNDO_MS;
  row->state = GS_DECISION_PENDING;
  gs_store_transact (fixture->base.store, &entry, add_row, row, &error);
  g_assert_no_error (error);
  rows = load (fixture, TRUE);
  g_assert_cmpuint (rows->len, ==, 1);
  gs_decision_desk_restore (fixture->desk, rows);
}

static guint
taken (Fixture *fixture)
{
  return gs_fake_hall_get_decisions (fixture->base.hall)->len;
}

static guint
posted (Fixture *fixture)
{
  return gs_fake_hall_get_calls (fixture->base.hall, GS_FAKE_HALL_DECISION);
}

static void
fail_next (Fixture *fixture, GsFakeHallCall call, GsHallError code, gboolean done)
{
  gs_fake_hall_fail_next (fixture->base.hall, call,
                          g_error_new_literal (GS_HALL_ERROR, (int) code, "as told"), done);
}

/* At once in the store, five seconds later at the hall, and then settled. */
static void
test_sent_after_undo (Fixture *fixture, gconstpointer data)
{
  gint64 begun_us = g_get_monotonic_time ();

  gs_decision_desk_decide (fixture->desk, fixture->item, new_decision (GS_OUTCOME_ADMITTED));
  g_assert_cmpint (gs_case_get_pending (fixture->item), ==, GS_OUTCOME_ADMITTED);
  g_assert_true (gs_decision_desk_get_undoable (fixture->desk) == fixture->item);
  g_assert_cmpint (gs_decision_desk_undo_left_ms (fixture->desk), >, 4000);
  g_assert_cmpuint (gs_decision_desk_get_kept (fixture->desk), ==, 0);
  g_assert_cmpint (state_in_store (fixture), ==, GS_DECISION_PENDING);
  test_until (taken (fixture) == 1);
  g_assert_cmpint (g_get_monotonic_time () - begun_us, >=, 4900 * 1000);
  g_assert_cmpuint (fixture->due, ==, 1);
  g_assert_false (gs_decision_desk_undo (fixture->desk));
  test_until (state_in_store (fixture) == GS_DECISION_SENT);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  gs_decision_desk_decide (fixture->desk, fixture->item, new_decision (GS_OUTCOME_ADMITTED));
  g_assert_true (gs_decision_desk_undo (fixture->desk));
  g_assert_cmpint (gs_case_get_pending (fixture->item), ==, 0);
  g_assert_true (gs_case_is_waiting (fixture->item));
  g_assert_cmpint (gs_decision_desk_undo_left_ms (fixture->desk), ==, 0);
  g_assert_false (gs_decision_desk_undo (fixture->desk));
  test_until (state_in_store (fixture) == GS_DECISION_UNDONE);
  g_assert_cmpuint (posted (fixture), ==, 0);
  g_assert_cmpuint (fixture->due, ==, 0);
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  restore_one (fixture);
  g_assert_cmpint (gs_case_get_pending (fixture->item), ==, GS_OUTCOME_ADMITTED);
  test_until (taken (fixture) == 1);
  test_until (state_in_store (fixture) == GS_DECISION_SENT);
  g_assert_cmpuint (gs_decision_desk_get_kept (fixture->desk), ==, 0);
}

/* Without a link it is kept, and goes when the link is back. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  gs_fake_hall_set_link (fixture->base.hall, FALSE);
  restore_one (fixture);
  test_until (posted (fixture) >= 1);
  test_until (gs_decision_desk_get_kept (fixture->desk) == 1);
  g_assert_cmpuint (fixture->due, ==, 1);
  g_assert_cmpint (state_in_store (fixture), ==, GS_DECISION_PENDING);
  gs_fake_hall_set_link (fixture->base.hall, TRUE);
  gs_decision_desk_try_now (fixture->desk);
  test_until (taken (fixture) == 1);
  test_until (gs_decision_desk_get_kept (fixture->desk) == 0);
}

/* The answer is lost: asked again under the same key, the hall has it once. */
static void
test_lost_answer (Fixture *fixture, gconstpointer data)
{
  fail_next (fixture, GS_FAKE_HALL_DECISION, GS_HALL_ERROR_UNREACHABLE, TRUE);
  restore_one (fixture);
  test_until (taken (fixture) == 1);
  test_until (state_in_store (fixture) == GS_DECISION_SENT);
  g_assert_cmpuint (posted (fixture), ==, 2);
  g_assert_cmpuint (taken (fixture), ==, 1);
  g_assert_cmpuint (fixture->due, ==, 1);
}

static GsCrossing *
at_hall (Fixture *fixture, const char *reasons)
{
  GsCrossing *crossing = gs_crossing_copy (gs_case_get_crossing (fixture->item));

  crossing->version = 8;
  g_strfreev (crossing->reasons);
  crossing->reasons = g_strsplit (reasons, " ", -1);
  return crossing;
}

/* The crossing has moved on but is still the same case: the decision holds for its new version. */
static void
test_version (Fixture *fixture, gconstpointer data)
{
  GsHallDecision *decision;

  gs_fake_hall_take_crossing (fixture->base.hall, at_hall (fixture, "E02"));
  fail_next (fixture, GS_FAKE_HALL_DECISION, GS_HALL_ERROR_VERSION, FALSE);
  restore_one (fixture);
  test_until (taken (fixture) == 1);
  decision = g_ptr_array_index (gs_fake_hall_get_decisions (fixture->base.hall), 0);
  g_assert_cmpint (decision->version, ==, 8);
  g_assert_cmpuint (fixture->rejected, ==, 0);
}

/* The crossing is another case now: the officer must look again, at once. */
static void
test_version_of_another_case (Fixture *fixture, gconstpointer data)
{
  gs_fake_hall_take_crossing (fixture->base.hall, at_hall (fixture, "E02 W01"));
  fail_next (fixture, GS_FAKE_HALL_DECISION, GS_HALL_ERROR_VERSION, FALSE);
  restore_one (fixture);
  test_until (fixture->rejected == 1);
  g_assert_cmpuint (taken (fixture), ==, 0);
  g_assert_cmpint (gs_case_get_priority (fixture->item), ==, 1);
  g_assert_true (gs_case_is_waiting (fixture->item));
  test_until (state_in_store (fixture) == GS_DECISION_REJECTED);
}

static void
test_rejected (Fixture *fixture, gconstpointer data)
{
  fail_next (fixture, GS_FAKE_HALL_DECISION, GS_HALL_ERROR_ALREADY_DECIDED, FALSE);
  restore_one (fixture);
  test_until (fixture->rejected == 1);
  g_assert_cmpint (gs_case_get_priority (fixture->item), ==, 1);
  test_until (state_in_store (fixture) == GS_DECISION_REJECTED);
  g_assert_cmpuint (posted (fixture), ==, 1);
}

/* A hall that does not take this desk's certificate rejects the desk, not the decision. */
static void
test_refused_desk_keeps (Fixture *fixture, gconstpointer data)
{
  fail_next (fixture, GS_FAKE_HALL_DECISION, GS_HALL_ERROR_REFUSED, FALSE);
  restore_one (fixture);
  test_until (taken (fixture) == 1);
  g_assert_cmpuint (fixture->rejected, ==, 0);
}

/* What cannot be committed does not exist: told, back in the queue, and never sent. */
static void
test_store_failure (Fixture *fixture, gconstpointer data)
{
  gs_store_close (fixture->base.store);
  gs_decision_desk_decide (fixture->desk, fixture->item, new_decision (GS_OUTCOME_ADMITTED));
  test_until (fixture->failed == 1);
  g_assert_cmpint (gs_case_get_pending (fixture->item), ==, 0);
  g_assert_false (gs_decision_desk_undo (fixture->desk));
  g_assert_cmpuint (posted (fixture), ==, 0);
}

static void
test_text_form (void)
{
  g_autoptr (GsHallDecision) decision = new_decision (GS_OUTCOME_SECOND_LINE);
  g_autoptr (GsHallDecision) back = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) bad = g_bytes_new_static ("(1, 2", 5);
  const GsCheck *check;

  decision->key = g_strdup ("key");
  decision->note = g_strdup ("it's \"so\"\nüber");
  decision->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
  g_ptr_array_add (decision->evidence,
                   gs_check_new ("face-match", GS_CHECK_RESULT_FAILED, "B01", NULL));
  bytes = gs_decision_to_bytes (decision);
  back = gs_decision_from_bytes (bytes);
  g_assert_nonnull (back);
  g_assert_cmpstr (back->note, ==, decision->note);
  g_assert_cmpstr (back->key, ==, "key");
  g_assert_null (back->gate);
  g_assert_cmpint (back->outcome, ==, GS_OUTCOME_SECOND_LINE);
  g_assert_cmpint (back->version, ==, 3);
  g_assert_cmpuint (back->evidence->len, ==, 1);
  check = g_ptr_array_index (back->evidence, 0);
  g_assert_cmpstr (check->code, ==, "B01");
  g_assert_cmpint (check->result, ==, GS_CHECK_RESULT_FAILED);
  g_assert_null (gs_decision_from_bytes (bad));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* A failing store warns, as it must. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  ADD ("/station/decision/sent-after-five-seconds", test_sent_after_undo);
  ADD ("/station/decision/undo", test_undo);
  ADD ("/station/decision/restored-after-a-restart", test_restore);
  ADD ("/station/decision/kept-until-the-hall-has-it", test_kept);
  ADD ("/station/decision/lost-answer-same-key", test_lost_answer);
  ADD ("/station/decision/newer-version-same-case", test_version);
  ADD ("/station/decision/newer-version-another-case", test_version_of_another_case);
  ADD ("/station/decision/rejected-is-priority-one", test_rejected);
  ADD ("/station/decision/refused-desk-keeps-it", test_refused_desk_keeps);
  ADD ("/station/decision/store-failure", test_store_failure);
  g_test_add_func ("/station/decision/text-form", test_text_form);
  return g_test_run ();
}
