/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-referral-queue.h"
#include "gs-test-desk.h"

/* Who comes first. */

#define MINUTE_MS G_GINT64_CONSTANT (60000)

/* "fault(a b) a b c" for rows with their cases, by the last letter of the crossings' ids. Transfer
 * full. */
static char *
dup_rows (GsReferralQueue *queue)
{
  GString *text = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (queue));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GsQueueEntry) entry = g_list_model_get_item (G_LIST_MODEL (queue), i);
      GPtrArray *cases = gs_queue_entry_get_cases (entry);
      GsQueueEntryKind kind = gs_queue_entry_get_kind (entry);

      g_string_append (text, i > 0 ? " " : "");
      g_string_append (text, kind == GS_QUEUE_ENTRY_FAULT        ? "fault("
                             : kind == GS_QUEUE_ENTRY_PARTY      ? "party("
                             : gs_queue_entry_is_climbed (entry) ? "^"
                                                                 : "");
      for (guint j = 0; j < cases->len; j++)
        g_string_append (text, gs_case_get_id (g_ptr_array_index (cases, j)));
      if (kind == GS_QUEUE_ENTRY_FAULT || kind == GS_QUEUE_ENTRY_PARTY)
        g_string_append (text, ")");
    }
  return g_string_free (text, FALSE);
}

static GsReferralQueue *
new_queue (TestDesk *desk)
{
  GsReferralQueue *queue = gs_referral_queue_new (desk->book, desk->clock, &desk->config);

  gs_referral_queue_refresh (queue);
  return queue;
}

#define assert_rows(queue, expected)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *rows = dup_rows (queue);                                                      \
    g_assert_cmpstr (rows, ==, expected);                                                          \
  }                                                                                                \
  G_STMT_END

static void
test_order (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsReferralQueue) queue = NULL;

  test_desk_refer (desk, "a", "E02", TEST_NOW - 20000);
  test_desk_refer (desk, "b", "B01", TEST_NOW - 5000);
  test_desk_refer (desk, "c", "B05", TEST_NOW - 1000);
  test_desk_refer (desk, "d", "B01", TEST_NOW - 9000);
  queue = new_queue (desk);
  assert_rows (queue, "c d b a");
  g_assert_cmpuint (gs_referral_queue_get_waiting (queue), ==, 4);
}

/* Priority 4 becomes 3 after one climb time and 2 after two, and no more. */
static void
test_climb (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsReferralQueue) queue = NULL;

  test_desk_refer (desk, "a", "B05", TEST_NOW);
  test_desk_refer (desk, "b", "B01", TEST_NOW - 10000);
  test_desk_refer (desk, "c", "E02", TEST_NOW - 60 * MINUTE_MS);
  g_assert_cmpint (gs_case_get_priority (gs_case_book_find (desk->book, "c")), >, 2);
  queue = new_queue (desk);
  assert_rows (queue, "a ^c b");
}

static GsCase *
refer_in_fault (TestDesk *desk, const char *id, const char *fault, gint64 at_utc_ms)
{
  GsEvent *event = test_desk_event (desk, GS_EVENT_CROSSING_REFERRED, id);

  event->time_utc_ms = at_utc_ms;
  event->fault = g_strdup (fault);
  event->reasons = g_strsplit ("G01", " ", -1);
  return test_desk_apply (desk, event);
}

/* A fault that refers several people is one group; of one person it is a case. */
static void
test_fault (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsReferralQueue) queue = NULL;

  refer_in_fault (desk, "a", "fault-1", TEST_NOW - 4000);
  refer_in_fault (desk, "b", "fault-1", TEST_NOW - 3000);
  refer_in_fault (desk, "c", "fault-2", TEST_NOW - 2000);
  queue = new_queue (desk);
  assert_rows (queue, "fault(ab) a b c");
  g_assert_cmpuint (gs_referral_queue_get_waiting (queue), ==, 3);
}

static GsCase *
refer_in_party (TestDesk *desk, const char *id, const char *party, gint64 at_utc_ms)
{
  GsEvent *event = test_desk_event (desk, GS_EVENT_CROSSING_STARTED, id);

  event->party = g_strdup (party);
  test_desk_apply (desk, event);
  event = test_desk_event (desk, GS_EVENT_CROSSING_REFERRED, id);
  event->time_utc_ms = at_utc_ms;
  event->party = g_strdup (party);
  event->reasons = g_strsplit ("E02", " ", -1);
  return test_desk_apply (desk, event);
}

static void
set_gate (TestDesk *desk, const char *gate, GsGateState state, gint64 at_utc_ms)
{
  GsEvent *event = test_desk_event (desk, GS_EVENT_GATE_STATUS, gate);

  g_free (event->gate);
  event->gate = g_strdup (gate);
  event->gate_state = state;
  event->at_utc_ms = at_utc_ms;
  test_desk_apply (desk, event);
}

static void
refer_from (TestDesk *desk, const char *id, const char *gate, gint64 at_utc_ms)
{
  GsEvent *event = test_desk_event (desk, GS_EVENT_CROSSING_REFERRED, id);
  const char *const reasons[] = { "G06", NULL };

  g_free (event->gate);
  event->gate = g_strdup (gate);
  event->time_utc_ms = at_utc_ms;
  event->reasons = g_strdupv ((char **) reasons);
  event->fault = g_strdup ("fault-1");
  test_desk_apply (desk, event);
}

static void
assert_fault_gates (TestDesk *desk, const char *fault, const char *expected, gboolean reported)
{
  gboolean found;
  g_autoptr (GPtrArray) gates = gs_case_book_list_fault_gates (desk->book, fault, &found);
  g_autofree char *text = NULL;

  g_ptr_array_add (gates, NULL);
  text = g_strjoinv (" ", (char **) gates->pdata);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (found, ==, reported);
}

/* Nothing ties a fault to one gate: a group names those of its gates that say that they have a
 * fault, else all of them; never a gate from which nobody in it came. */
static void
test_fault_gates (TestDesk *desk, gconstpointer data)
{
  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("gate-%u", i);

      set_gate (desk, id, GS_GATE_STATE_REFERRED, TEST_NOW - 9000);
    }
  assert_fault_gates (desk, "fault-1", "", FALSE);
  assert_fault_gates (desk, NULL, "", FALSE);
  refer_from (desk, "a", "gate-3", TEST_NOW - 4000);
  refer_from (desk, "b", "gate-1", TEST_NOW - 3000);
  refer_from (desk, "c", "gate-2", TEST_NOW - 2000);
  refer_from (desk, "d", "gate-1", TEST_NOW - 1000);
  assert_fault_gates (desk, "fault-1", "gate-1 gate-2 gate-3", FALSE);
  set_gate (desk, "gate-4", GS_GATE_STATE_FAULT, TEST_NOW - 900);
  assert_fault_gates (desk, "fault-1", "gate-1 gate-2 gate-3", FALSE);
  set_gate (desk, "gate-2", GS_GATE_STATE_FAULT, TEST_NOW - 800);
  assert_fault_gates (desk, "fault-1", "gate-2", TRUE);
  set_gate (desk, "gate-1", GS_GATE_STATE_FAULT, TEST_NOW - 700);
  assert_fault_gates (desk, "fault-1", "gate-1 gate-2", TRUE);
  set_gate (desk, "gate-2", GS_GATE_STATE_FREE, TEST_NOW - 600);
  assert_fault_gates (desk, "fault-1", "gate-1", TRUE);
}

static void
test_party (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsReferralQueue) queue = NULL;

  refer_in_party (desk, "a", "party-1", TEST_NOW - 9000);
  refer_in_party (desk, "b", "party-2", TEST_NOW - 8000);
  refer_in_party (desk, "c", "party-1", TEST_NOW - 7000);
  queue = new_queue (desk);
  assert_rows (queue, "party(ac) b");
}

/* Take next goes past a case that any desk holds. */
static void
test_next (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsReferralQueue) queue = NULL;
  GsCase *first = test_desk_refer (desk, "a", "B05", TEST_NOW - 2000);
  GsCase *second = test_desk_refer (desk, "b", "B05", TEST_NOW - 1000);

  queue = new_queue (desk);
  g_assert_true (gs_referral_queue_get_next (queue) == first);
  gs_case_set_hold (first, GS_HOLD_ELSEWHERE);
  g_assert_true (gs_referral_queue_get_next (queue) == second);
  gs_case_set_hold (second, GS_HOLD_HERE);
  g_assert_null (gs_referral_queue_get_next (queue));
}

/* Other gates' cases are not this desk's, unless it holds them. */
static void
test_other_gate (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsReferralQueue) queue = new_queue (desk);
  GsEvent *event = test_desk_event (desk, GS_EVENT_CROSSING_REFERRED, "a");
  GsCase *item;

  g_free (event->gate);
  event->gate = g_strdup ("gate-9");
  event->reasons = g_strsplit ("E02", " ", -1);
  item = test_desk_apply (desk, event);
  gs_referral_queue_refresh (queue);
  assert_rows (queue, "");
  gs_case_set_hold (item, GS_HOLD_HERE);
  gs_referral_queue_refresh (queue);
  assert_rows (queue, "a");
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  *(guint *) data += removed + added;
}

/* A new last row is told as one row; a row that did not change keeps its object. */
static void
test_small_changes (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsReferralQueue) queue = NULL;
  g_autoptr (GsQueueEntry) before = NULL;
  g_autoptr (GsQueueEntry) after = NULL;
  guint told = 0;

  test_desk_refer (desk, "a", "E02", TEST_NOW - 9000);
  test_desk_refer (desk, "b", "E02", TEST_NOW - 8000);
  queue = new_queue (desk);
  before = g_list_model_get_item (G_LIST_MODEL (queue), 0);
  g_signal_connect (queue, "items-changed", G_CALLBACK (on_items_changed), &told);
  test_desk_refer (desk, "c", "E02", TEST_NOW - 1000);
  test_until (gs_referral_queue_get_waiting (queue) == 3);
  g_assert_cmpuint (told, ==, 1);
  after = g_list_model_get_item (G_LIST_MODEL (queue), 0);
  g_assert_true (before == after);
  gs_referral_queue_refresh (queue);
  g_assert_cmpuint (told, ==, 1);
}

/* A decided case leaves; an undone decision brings it back to its place. */
static void
test_pending (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsReferralQueue) queue = NULL;
  GsCase *item = test_desk_refer (desk, "a", "E02", TEST_NOW - 9000);

  test_desk_refer (desk, "b", "E02", TEST_NOW - 8000);
  queue = new_queue (desk);
  gs_case_set_pending (item, GS_OUTCOME_ADMITTED);
  test_until (gs_referral_queue_get_waiting (queue) == 1);
  assert_rows (queue, "b");
  gs_case_set_pending (item, 0);
  test_until (gs_referral_queue_get_waiting (queue) == 2);
  assert_rows (queue, "a b");
}

static GsCase *
refer_document (TestDesk *desk, const char *crossing, const char *gate, gint64 at_utc_ms)
{
  GsEvent *event = test_desk_event (desk, GS_EVENT_CROSSING_REFERRED, crossing);

  event->time_utc_ms = at_utc_ms;
  event->reasons = g_strsplit ("D06", " ", -1);
  g_free (event->gate);
  event->gate = g_strdup (gate);
  event->traveller = gs_traveller_new ();
  gs_traveller_set (&event->traveller->issuing_state, "UTO");
  gs_traveller_set (&event->traveller->document_number, "L898902C3");
  return test_desk_apply (desk, event);
}

/* The same document at another gate within half an hour is one traveller, one row. */
static void
test_same_document (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsReferralQueue) queue =
    gs_referral_queue_new (desk->book, desk->clock, &desk->config);
  g_autoptr (GsQueueEntry) entry = NULL;

  refer_document (desk, "c1", "gate-1", TEST_NOW - 29 * 60000);
  refer_document (desk, "c2", "gate-2", TEST_NOW);
  gs_referral_queue_refresh (queue);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 1);
  g_assert_cmpuint (gs_referral_queue_get_waiting (queue), ==, 1);
  entry = g_list_model_get_item (G_LIST_MODEL (queue), 0);
  g_assert_cmpint (gs_queue_entry_get_kind (entry), ==, GS_QUEUE_ENTRY_CASE);
  g_assert_cmpuint (gs_queue_entry_get_cases (entry)->len, ==, 2);
}

static void
test_same_document_later (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsReferralQueue) queue =
    gs_referral_queue_new (desk->book, desk->clock, &desk->config);

  refer_document (desk, "c1", "gate-1", TEST_NOW - 31 * 60000);
  refer_document (desk, "c2", "gate-2", TEST_NOW);
  gs_referral_queue_refresh (queue);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 2);
  g_assert_cmpuint (gs_referral_queue_get_waiting (queue), ==, 2);
}

static GsCase *
refer_document_in_party (TestDesk *desk, const char *id, const char *gate, gint64 at_utc_ms)
{
  GsEvent *event = test_desk_event (desk, GS_EVENT_CROSSING_STARTED, id);

  event->party = g_strdup ("party-1");
  test_desk_apply (desk, event);
  return refer_document (desk, id, gate, at_utc_ms);
}

/* One of the party was referred again at another gate: still as many people as before. */
static void
test_party_counts_people (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsReferralQueue) queue = NULL;
  g_autoptr (GsQueueEntry) entry = NULL;

  refer_document_in_party (desk, "a", "gate-1", TEST_NOW - 9000);
  refer_document_in_party (desk, "b", "gate-2", TEST_NOW - 8000);
  queue = new_queue (desk);
  assert_rows (queue, "ab");
  g_assert_cmpuint (gs_referral_queue_get_waiting (queue), ==, 1);
  refer_in_party (desk, "c", "party-1", TEST_NOW - 7000);
  gs_referral_queue_refresh (queue);
  assert_rows (queue, "party(abc)");
  entry = g_list_model_get_item (G_LIST_MODEL (queue), 0);
  g_assert_cmpuint (gs_queue_entry_count_travellers (entry), ==, 2);
  g_assert_cmpuint (gs_referral_queue_get_waiting (queue), ==, 2);
}

static void
count_change (GsQueueEntry *entry, guint *told)
{
  ++*told;
}

/* Only the row whose case changed is told, and nothing of what happens at other gates. */
static void
test_touched_rows (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsReferralQueue) queue = NULL;
  g_autoptr (GsQueueEntry) first = NULL;
  g_autoptr (GsQueueEntry) second = NULL;
  guint told[2] = { 0 };
  GsCase *item = test_desk_refer (desk, "a", "E02", TEST_NOW - 9000);

  test_desk_refer (desk, "b", "E02", TEST_NOW - 8000);
  queue = new_queue (desk);
  first = g_list_model_get_item (G_LIST_MODEL (queue), 0);
  second = g_list_model_get_item (G_LIST_MODEL (queue), 1);
  g_signal_connect (first, "changed", G_CALLBACK (count_change), &told[0]);
  g_signal_connect (second, "changed", G_CALLBACK (count_change), &told[1]);
  test_desk_apply (desk, test_desk_event (desk, GS_EVENT_CROSSING_STARTED, "c"));
  gs_referral_queue_refresh (queue);
  g_assert_cmpuint (told[0] + told[1], ==, 0);
  gs_case_set_hold (item, GS_HOLD_ELSEWHERE);
  test_until (told[0] > 0);
  g_assert_cmpuint (told[0], ==, 1);
  g_assert_cmpuint (told[1], ==, 0);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, TestDesk, NULL, test_desk_set_up, function, test_desk_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/station/queue/priority-then-waiting-time", test_order);
  ADD ("/station/queue/climbs-to-two", test_climb);
  ADD ("/station/queue/fault-is-one-group", test_fault);
  ADD ("/station/queue/fault-names-its-gates", test_fault_gates);
  ADD ("/station/queue/party-is-one-row", test_party);
  ADD ("/station/queue/party-counts-people", test_party_counts_people);
  ADD ("/station/queue/next-skips-held", test_next);
  ADD ("/station/queue/other-gates", test_other_gate);
  ADD ("/station/queue/small-changes", test_small_changes);
  ADD ("/station/queue/tells-only-of-touched-rows", test_touched_rows);
  ADD ("/station/queue/pending-leaves-and-returns", test_pending);
  ADD ("/station/queue/same-document-is-one-row", test_same_document);
  ADD ("/station/queue/same-document-later-is-another", test_same_document_later);
  return g_test_run ();
}
