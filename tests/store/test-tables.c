/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gs-case-table.h"
#include "gs-claim-outcome-table.h"
#include "gs-claim-table.h"
#include "gs-crossing-table.h"
#include "gs-decision-table.h"
#include "gs-document-table.h"
#include "gs-identity-table.h"
#include "gs-impression-table.h"
#include "gs-journal-table.h"
#include "gs-judgement-table.h"
#include "gs-test-store.h"
#include "gs-time.h"

/* Each test has an empty database in memory with a transaction open. */
static GsDatabase *
open_writing (void)
{
  g_autoptr (GError) error = NULL;
  GsDatabase *db = gs_database_open (":memory:", &error);

  g_assert_no_error (error);
  g_assert_true (gs_database_begin (db, TRUE, &error));
  return db;
}

#define T(text) ((char *) (text))

static void
test_case (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open_cases = NULL;
  g_autoptr (GsCaseRow) read = NULL;

  for (int i = 0; i < 6; i++)
    {
      g_autofree char *crossing = g_strdup_printf ("c%d", i);
      GsCaseRow row = { .crossing = crossing,
                        .state = GS_CASE_WAITING,
                        .priority = i == 4 ? 1 : 3,
                        .reasons = T ("B01,B05"),
                        .fault = i == 2 ? T ("f") : NULL,
                        .referred_at_utc_ms = 1000 - i };

      g_assert_true (gs_case_table_put (db, &row, &error));
      if (i == 5)
        {
          row.state = GS_CASE_CLOSED;
          row.taken_by = T ("kato");
          row.outcome = T ("admitted");
          row.gate = T ("gate-2");
          row.decided_by = T ("mori");
          row.decided_desk = T ("desk-4");
          row.closed_at_utc_ms = 5000;
          g_assert_true (gs_case_table_put (db, &row, &error));
        }
    }
  open_cases = gs_case_table_list_recent (db, G_MAXINT64, &error);
  g_assert_cmpuint (open_cases->len, ==, 5);
  g_assert_cmpstr (((GsCaseRow *) open_cases->pdata[0])->crossing, ==, "c4");
  g_assert_cmpstr (((GsCaseRow *) open_cases->pdata[1])->crossing, ==, "c3");
  read = gs_case_table_get (db, "c5", &error);
  g_assert_cmpint (read->state, ==, GS_CASE_CLOSED);
  g_assert_cmpstr (read->taken_by, ==, "kato");
  g_assert_null (read->fault);
  g_assert_cmpint (read->closed_at_utc_ms, ==, 5000);
  g_assert_null (gs_case_table_get (db, "none", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (read->gate, ==, "gate-2");
  g_assert_cmpstr (read->decided_by, ==, "mori");
  g_assert_cmpstr (read->decided_desk, ==, "desk-4");
  /* The closed one is there as long as it is of the time asked for. */
  g_clear_pointer (&open_cases, g_ptr_array_unref);
  open_cases = gs_case_table_list_recent (db, 5000, &error);
  g_assert_cmpuint (open_cases->len, ==, 6);
  g_clear_pointer (&open_cases, g_ptr_array_unref);
  open_cases = gs_case_table_list_recent (db, 5001, &error);
  g_assert_cmpuint (open_cases->len, ==, 5);
}

static void
test_decision (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"outcome\":\"admitted\"}", 22);
  g_autoptr (GPtrArray) pending = NULL;
  g_autoptr (GPtrArray) all = NULL;
  const GsDecisionRow *read;
  GsDecisionRow row = { .crossing = T ("c"),
                        .outcome = T ("admitted"),
                        .officer = T ("kato"),
                        .match = T ("7"),
                        .body = body,
                        .state = GS_DECISION_PENDING };
  static const char *const keys[] = { "k0", "k1", "k2", "k3" };

  for (int i = 0; i < 4; i++)
    {
      row.key = T (keys[i]);
      row.due_at_utc_ms = 100 - i;
      g_assert_true (gs_decision_table_add (db, &row, &error));
    }
  g_assert_false (gs_decision_table_add (db, &row, &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_true (gs_decision_table_undo (db, "k0", 1, &error));
  g_assert_true (gs_decision_table_count_attempt (db, "k1", &error));
  g_assert_true (
    gs_decision_table_settle (db, "k2", GS_DECISION_REJECTED, 9, 409, "already-decided", &error));
  /* Undo after it was settled, a second settling, an unknown key: none of them changes anything. */
  g_assert_false (gs_decision_table_undo (db, "k2", 1, &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (gs_decision_table_settle (db, "k0", GS_DECISION_SENT, 9, 201, NULL, &error));
  g_clear_error (&error);
  g_assert_false (gs_decision_table_count_attempt (db, "none", &error));
  g_clear_error (&error);
  pending = gs_decision_table_list_pending (db, &error);
  g_assert_cmpuint (pending->len, ==, 2);
  read = pending->pdata[0];
  g_assert_cmpstr (read->key, ==, "k3");
  g_assert_true (g_bytes_equal (read->body, body));
  read = pending->pdata[1];
  g_assert_cmpstr (read->key, ==, "k1");
  g_assert_cmpint (read->attempts, ==, 1);
  all = gs_decision_table_of_crossing (db, "c", &error);
  g_assert_cmpuint (all->len, ==, 4);
  read = all->pdata[2];
  g_assert_cmpstr (read->answer_code, ==, "already-decided");
  g_assert_cmpint (read->answer_status, ==, 409);
}

static void
test_judgement (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  GsJudgementRow row = { .crossing = T ("c"),
                         .officer = T ("kato"),
                         .method = T ("by-eye"),
                         .pair = T ("chip-desk"),
                         .document_source = T ("device"),
                         .document_read_at_utc_ms = 5,
                         .verification = T ("v1") };

  row.judgement = T ("j1");
  row.verdict = GS_JUDGEMENT_UNSURE;
  row.judged_at_utc_ms = 10;
  g_assert_true (gs_judgement_table_add (db, &row, &error));
  row.judgement = T ("j2");
  row.by_second = TRUE;
  row.verdict = GS_JUDGEMENT_SAME;
  row.judged_at_utc_ms = 20;
  g_assert_true (gs_judgement_table_add (db, &row, &error));
  rows = gs_judgement_table_of_crossing (db, "c", &error);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (((GsJudgementRow *) rows->pdata[0])->verdict, ==, GS_JUDGEMENT_SAME);
  g_assert_cmpint (((GsJudgementRow *) rows->pdata[1])->verdict, ==, GS_JUDGEMENT_UNSURE);
  g_assert_cmpint (((GsJudgementRow *) rows->pdata[1])->document_read_at_utc_ms, ==, 5);
  g_assert_cmpstr (((GsJudgementRow *) rows->pdata[1])->verification, ==, "v1");
  g_assert_true (((GsJudgementRow *) rows->pdata[0])->by_second);
  g_assert_false (((GsJudgementRow *) rows->pdata[1])->by_second);
}

static GsDocumentRow *
document_row (const char *crossing, gint64 judged_at_utc_ms)
{
  GsDocumentRow *row = gs_document_row_new ();

  row->crossing = g_strdup (crossing);
  row->judged_at_utc_ms = judged_at_utc_ms;
  row->verdict = g_strdup ("altered");
  row->opens = TRUE;
  row->codes = g_strdup ("C09,C11");
  g_ptr_array_add (row->checks,
                   gs_check_new ("chip-opened", GS_CHECK_RESULT_SUCCESSFUL, NULL, NULL));
  g_ptr_array_add (row->checks,
                   gs_check_new ("chip-data-unaltered", GS_CHECK_RESULT_FAILED, "C09", NULL));
  return row;
}

static void
put_document (GsDatabase *db, const char *crossing, gint64 judged_at_utc_ms)
{
  g_autoptr (GsDocumentRow) row = document_row (crossing, judged_at_utc_ms);
  g_autoptr (GError) error = NULL;

  gs_document_table_put (db, row, &error);
  g_assert_no_error (error);
}

static void
put_case (GsDatabase *db, const char *crossing, GsCaseState state)
{
  GsCaseRow row = { .crossing = T (crossing), .state = state, .reasons = T ("C09") };

  g_assert_true (gs_case_table_put (db, &row, NULL));
}

/* The newest reading of a crossing, its checks in their order. */
static void
test_document (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GsDocumentRow) again = document_row ("c", 20);
  const GsDocumentRow *read;
  const GsCheck *check;

  put_document (db, "c", 10);
  g_ptr_array_set_size (again->checks, 1);
  g_ptr_array_add (again->checks,
                   gs_check_new ("not-expired", GS_CHECK_RESULT_NOT_CHECKED, NULL, NULL));
  again->opens = FALSE;
  g_assert_true (gs_document_table_put (db, again, NULL));
  put_document (db, "other", 15);
  put_case (db, "other", GS_CASE_CLOSED);
  rows = gs_document_table_list_recent (db, 15, NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  read = rows->pdata[0];
  g_assert_cmpstr (read->crossing, ==, "other");
  g_assert_true (read->closed);
  g_assert_true (read->opens);
  g_assert_cmpstr (read->codes, ==, "C09,C11");
  g_assert_cmpuint (read->checks->len, ==, 2);
  check = read->checks->pdata[1];
  g_assert_cmpstr (check->name, ==, "chip-data-unaltered");
  g_assert_cmpint (check->result, ==, GS_CHECK_RESULT_FAILED);
  g_assert_cmpstr (check->code, ==, "C09");
  read = rows->pdata[1];
  g_assert_cmpint (read->judged_at_utc_ms, ==, 20);
  g_assert_false (read->closed);
  g_assert_false (read->opens);
  g_assert_cmpuint (read->checks->len, ==, 1);
}

static gint64
count_rows (GsDatabase *db, const char *sql)
{
  gint64 count = -1;

  g_assert_true (gs_database_get_int (db, sql, &count, NULL));
  return count;
}

/* An open case keeps what was found, however old; one that is closed does not. */
static void
test_document_purge (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GPtrArray) rows = NULL;

  put_document (db, "open", 1);
  put_case (db, "open", GS_CASE_TAKEN);
  put_document (db, "closed", 2);
  put_case (db, "closed", GS_CASE_CLOSED);
  put_document (db, "no-case", 3);
  put_document (db, "young", 100);
  put_case (db, "young", GS_CASE_CLOSED);
  rows = gs_document_table_list_recent (db, G_MAXINT64, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_true (gs_document_table_purge (db, 100, NULL));
  g_assert_cmpint (count_rows (db, "SELECT COUNT(*) FROM desk_document"), ==, 2);
  g_assert_cmpint (count_rows (db, "SELECT COUNT(*) FROM desk_check"), ==, 4);
  g_assert_true (gs_document_table_delete (db, "open", NULL));
  g_assert_cmpint (count_rows (db, "SELECT COUNT(*) FROM desk_check"), ==, 2);
}

static gboolean
claim (GsDatabase *db, const char *crossing, const char *stamp, const char *desk)
{
  g_autoptr (GError) error = NULL;
  GsClaimRow row = { .crossing = T (crossing),
                     .stamp = T (stamp),
                     .desk = T (desk),
                     .officer = T ("kato"),
                     .state = GS_CLAIM_REQUESTED,
                     .requested_at_utc_ms = 1 };
  gboolean won = FALSE;

  g_assert_true (gs_claim_table_claim (db, &row, &won, &error));
  g_assert_no_error (error);
  return won;
}

static void
test_claim (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GsClaimRow) row = NULL;
  g_autoptr (GPtrArray) open_claims = NULL;

  /* Two claims, one row. */
  g_assert_true (claim (db, "c", "s1", "desk-1"));
  g_assert_false (claim (db, "c", "s2", "desk-2"));
  g_assert_true (claim (db, "d", "s3", "desk-2"));
  row = gs_claim_table_get (db, "c", &error);
  g_assert_cmpstr (row->stamp, ==, "s1");
  g_assert_cmpstr (row->desk, ==, "desk-1");
  row->state = GS_CLAIM_GRANTED;
  row->hall_claim = g_strdup ("h1");
  row->start_before_utc_ms = 77;
  g_assert_true (gs_claim_table_update (db, row, &error));
  open_claims = gs_claim_table_list_open (db, &error);
  g_assert_cmpuint (open_claims->len, ==, 2);
  /* The loser cannot change the winner's row. */
  row->stamp[1] = '2';
  g_assert_false (gs_claim_table_update (db, row, &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  row->stamp[1] = '1';
  /* Done stays done; released may be claimed again, from the beginning. */
  row->state = GS_CLAIM_DONE;
  g_assert_true (gs_claim_table_update (db, row, &error));
  g_assert_false (claim (db, "c", "s2", "desk-2"));
  row->state = GS_CLAIM_RELEASED;
  g_assert_true (gs_claim_table_update (db, row, &error));
  g_assert_true (claim (db, "c", "s2", "desk-2"));
  g_clear_pointer (&row, gs_claim_row_free);
  row = gs_claim_table_get (db, "c", &error);
  g_assert_cmpstr (row->stamp, ==, "s2");
  g_assert_null (row->hall_claim);
  g_assert_cmpint (row->start_before_utc_ms, ==, 0);
  g_assert_cmpint (row->state, ==, GS_CLAIM_REQUESTED);
}

static gboolean
add_impression (
  GsDatabase *db, const char *crossing, const char *stamp, const char *replaces, char **serial)
{
  g_autoptr (GError) error = NULL;
  gint64 number = 0;
  GsImpressionRow row = { .stamp = T (stamp),
                          .crossing = T (crossing),
                          .replaces = T (replaces),
                          .desk = T ("desk-1"),
                          .officer = T ("kato"),
                          .taken_at_utc_ms = 10 };

  g_assert_true (gs_serial_counter_take (db, "D3", &number, &error));
  *serial = g_strdup_printf ("D3-%06d", (int) number);
  row.serial = *serial;
  if (gs_impression_table_add (db, &row, &error))
    return TRUE;
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT);
  return FALSE;
}

static void
test_impression (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *orphan = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const GsImpressionRow *row;

  g_assert_false (add_impression (db, "c", "s0", NULL, &orphan)); /* no claim */
  g_assert_true (claim (db, "c", "s1", "desk-1"));
  g_assert_true (add_impression (db, "c", "s1", NULL, &first));
  g_assert_false (add_impression (db, "c", "s2", NULL, &second)); /* one stands */
  g_clear_pointer (&second, g_free);
  g_assert_true (gs_impression_table_void (db, first, 20, "misprint", "kato", "sato", &error));
  g_assert_false (gs_impression_table_void (db, first, 21, "misprint", "kato", "sato", &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (gs_impression_table_confirm (db, first, 22, &error));
  g_clear_error (&error);
  g_assert_false (add_impression (db, "c", "s3", "D3-999999", &third)); /* replaces nothing */
  g_clear_pointer (&third, g_free);
  g_assert_true (add_impression (db, "c", "s4", first, &second));
  g_assert_true (gs_impression_table_confirm (db, second, 30, &error));
  g_assert_cmpstr (first, !=, second);
  rows = gs_impression_table_of_crossing (db, "c", &error);
  g_assert_cmpuint (rows->len, ==, 2);
  row = rows->pdata[0];
  g_assert_cmpstr (row->void_second, ==, "sato");
  g_assert_cmpint (row->void_at_utc_ms, ==, 20);
  row = rows->pdata[1];
  g_assert_cmpstr (row->replaces, ==, first);
  g_assert_cmpint (row->confirmed_at_utc_ms, ==, 30);
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = gs_impression_table_list (db, 10, 11, &error);
  g_assert_cmpuint (rows->len, ==, 2);
}

static void
test_serial (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  gint64 number;

  for (gint64 i = 1; i <= 5; i++)
    {
      g_assert_true (gs_serial_counter_take (db, "A", &number, NULL));
      g_assert_cmpint (number, ==, i);
    }
  g_assert_true (gs_serial_counter_take (db, "B", &number, NULL));
  g_assert_cmpint (number, ==, 1);
  g_assert_true (gs_serial_counter_take (db, "A", &number, NULL));
  g_assert_cmpint (number, ==, 6);
}

static gboolean
step (GsDatabase *db, const char *stamp, const char *expected, const char *word, gboolean final)
{
  g_autoptr (GError) error = NULL;
  GsJournalRow row = { .stamp = T (stamp),
                       .step = T (word),
                       .at_utc_ms = 1,
                       .crossing = T ("c"),
                       .detail = T ("job=7"),
                       .final = final };

  if (gs_journal_table_append (db, &row, expected, NULL, &error))
    return TRUE;
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  return FALSE;
}

static void
test_journal (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) unfinished = NULL;

  g_assert_false (step (db, "s1", "CLAIMED", "INTENT", FALSE));
  g_assert_true (step (db, "s1", NULL, "REQUESTED", FALSE));
  g_assert_false (step (db, "s1", NULL, "REQUESTED", FALSE));
  g_assert_true (step (db, "s1", "REQUESTED", "CLAIMED", FALSE));
  g_assert_false (step (db, "s1", "REQUESTED", "CLAIMED", FALSE));
  g_assert_true (step (db, "s2", NULL, "REQUESTED", FALSE));
  g_assert_true (step (db, "s2", "REQUESTED", "REFUSED", TRUE));
  g_assert_false (step (db, "s2", "REFUSED", "CLAIMED", FALSE));
  rows = gs_journal_table_of_stamp (db, "s1", &error);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (((GsJournalRow *) rows->pdata[1])->number, ==, 2);
  g_assert_cmpstr (((GsJournalRow *) rows->pdata[1])->step, ==, "CLAIMED");
  unfinished = gs_journal_table_list_unfinished (db, &error);
  g_assert_cmpuint (unfinished->len, ==, 2);
  g_assert_cmpstr (((GsJournalRow *) unfinished->pdata[0])->stamp, ==, "s1");
  g_assert_cmpstr (((GsJournalRow *) unfinished->pdata[1])->detail, ==, "job=7");
}

static void
test_claim_outcome (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  static const char *const keys[] = { "zz", "mm", "aa" };
  GsClaimOutcomeRow row = { .crossing = T ("c"),
                            .hall_claim = T ("h"),
                            .stamp = T ("s"),
                            .outcome = T ("issued"),
                            .serial = T ("D3-1"),
                            .state = GS_CLAIM_OUTCOME_PENDING };

  for (int i = 0; i < 3; i++)
    {
      row.key = T (keys[i]);
      g_assert_true (gs_claim_outcome_table_add (db, &row, &error));
    }
  g_assert_true (gs_claim_outcome_table_count_attempt (db, "zz", &error));
  g_assert_true (gs_claim_outcome_table_settle (db, "mm", GS_CLAIM_OUTCOME_SENT, 200, &error));
  g_assert_false (gs_claim_outcome_table_settle (db, "mm", GS_CLAIM_OUTCOME_SENT, 200, &error));
  g_clear_error (&error);
  rows = gs_claim_outcome_table_list_pending (db, &error);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (((GsClaimOutcomeRow *) rows->pdata[0])->key, ==, "zz");
  g_assert_cmpint (((GsClaimOutcomeRow *) rows->pdata[0])->attempts, ==, 1);
  g_assert_cmpstr (((GsClaimOutcomeRow *) rows->pdata[1])->key, ==, "aa");
}

static void
put_crossing (GsDatabase *db, int i)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *crossing = g_strdup_printf ("c%03d", i);
  g_autofree char *gate = g_strdup_printf ("gate-%d", i % 3);
  GsCrossingRow row = { .crossing = crossing,
                        .gate = gate,
                        .state = T ("admitted"),
                        .reasons = T (i % 4 == 0 ? "B05,E02" : "E0"),
                        .started_at_utc_ms = 1000 + i / 2,
                        .last_event_id = 10 };

  g_assert_true (gs_crossing_table_put (db, &row, &error));
}

static guint
walk (GsDatabase *db, const GsHistoryFilter *filter)
{
  g_autofree char *key = g_strdup ("");
  gint64 key_utc_ms = G_MAXINT64, count;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;

  for (;;)
    {
      g_autoptr (GPtrArray) rows = gs_crossing_table_page (db, filter, key_utc_ms, key, 7, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < rows->len; i++)
        {
          const GsCrossingRow *row = g_ptr_array_index (rows, i);

          g_assert_true (row->started_at_utc_ms <= key_utc_ms);
          g_assert_true (g_hash_table_add (seen, g_strdup (row->crossing)));
          key_utc_ms = row->started_at_utc_ms;
          g_free (key);
          key = g_strdup (row->crossing);
        }
      if (rows->len < 7)
        break;
    }
  g_assert_true (gs_crossing_table_count (db, filter, &count, &error));
  g_assert_cmpint (count, ==, g_hash_table_size (seen));
  return g_hash_table_size (seen);
}

static void
test_history (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GsTraveller) traveller = gs_traveller_new ();
  GsHistoryFilter gate = { .gate = T ("gate-1") };
  GsHistoryFilter reason = { .reason = T ("E02") };
  GsHistoryFilter time = { .from_utc_ms = 1010, .to_utc_ms = 1012 };
  GsHistoryFilter all = { .gate = T ("gate-0"),
                          .reason = T ("E0"),
                          .issuing_state = T ("UTO"),
                          .document_number = T ("L898902C3"),
                          .from_utc_ms = 1 };
  GsHistoryFilter document = { .issuing_state = T ("UTO"), .document_number = T ("L898902C3") };

  for (int i = 0; i < 100; i++)
    put_crossing (db, i);
  gs_traveller_set (&traveller->issuing_state, "UTO");
  gs_traveller_set (&traveller->document_number, "L898902C3");
  g_assert_true (gs_identity_table_add (db, "c042", 0, 1, "", 0, traveller, NULL));
  g_assert_cmpuint (walk (db, NULL), ==, 100);
  g_assert_cmpuint (walk (db, &gate), ==, 33);
  g_assert_cmpuint (walk (db, &reason), ==, 25);
  g_assert_cmpuint (walk (db, &time), ==, 4);
  g_assert_cmpuint (walk (db, &document), ==, 1);
  g_assert_cmpuint (walk (db, &all), ==, 1);
  all.outcome = T ("admitted");
  g_assert_cmpuint (walk (db, &all), ==, 0);
}

static void
test_crossing (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GsCrossing) crossing = gs_crossing_new ("c");
  g_autoptr (GsCrossingRow) row = NULL;
  g_autoptr (GsCrossingRow) read = NULL;

  crossing->state = GS_CROSSING_STATE_REFERRED;
  crossing->direction = GS_DIRECTION_ARRIVAL;
  crossing->gate = g_strdup ("gate-3");
  crossing->reasons = g_strsplit ("B05,W01", ",", -1);
  crossing->started_utc_ms = 5;
  crossing->as_of_event = 20;
  row = gs_crossing_row_new_from (crossing, TRUE);
  g_assert_true (gs_crossing_table_put (db, row, &error));
  /* An older state never replaces a newer one. */
  row->last_event_id = 19;
  g_clear_pointer (&row->gate, g_free);
  g_assert_true (gs_crossing_table_put (db, row, &error));
  read = gs_crossing_table_get (db, "c", &error);
  g_assert_cmpstr (read->gate, ==, "gate-3");
  g_assert_cmpstr (read->direction, ==, "arrival");
  g_assert_cmpstr (read->state, ==, "referred");
  g_assert_cmpstr (read->reasons, ==, "B05,W01");
  g_assert_cmpint (read->admitted_at_utc_ms, ==, 0);
  g_assert_null (read->outcome);
  g_assert_null (read->closed_cause);
  g_assert_true (read->live);
}

static void
test_identity (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GsTraveller) traveller = gs_traveller_new ();
  g_autoptr (GsTraveller) read = NULL;
  g_autoptr (GPtrArray) found = NULL;
  gint64 deleted;

  gs_traveller_set (&traveller->issuing_state, "UTO");
  gs_traveller_set (&traveller->document_number, "L898902C3");
  gs_traveller_set (&traveller->primary_identifier, "ERIKSSON");
  g_assert_true (gs_identity_table_add (db, "c1", 5, 100, "x", 1, traveller, &error));
  gs_traveller_set (&traveller->primary_identifier, "ERIKSSON BERG");
  g_assert_true (gs_identity_table_add (db, "c1", 9, 200, "y", 1, traveller, &error));
  g_assert_true (gs_identity_table_add (db, "c2", 0, 50, "", 0, traveller, &error));
  read = gs_identity_table_get (db, "c1", &error);
  g_assert_cmpstr (read->primary_identifier, ==, "ERIKSSON BERG");
  g_assert_null (read->sex);
  found = gs_identity_table_find (db, "UTO", "L898902C3", &error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (found->pdata[0], ==, "c1");
  g_assert_true (gs_identity_table_delete (db, "c1", &deleted, &error));
  g_assert_cmpint (deleted, ==, 2);
  g_assert_null (gs_identity_table_get (db, "c1", &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_log_sql ();
  g_test_add_func ("/store/case-table/rows", test_case);
  g_test_add_func ("/store/decision-table/outbox", test_decision);
  g_test_add_func ("/store/judgement-table/newest-first", test_judgement);
  g_test_add_func ("/store/document-table/newest", test_document);
  g_test_add_func ("/store/document-table/purge", test_document_purge);
  g_test_add_func ("/store/claim-table/two-claims-one-row", test_claim);
  g_test_add_func ("/store/impression-table/one-stands", test_impression);
  g_test_add_func ("/store/impression-table/serial", test_serial);
  g_test_add_func ("/store/journal-table/order", test_journal);
  g_test_add_func ("/store/claim-outcome-table/order", test_claim_outcome);
  g_test_add_func ("/store/crossing-table/history", test_history);
  g_test_add_func ("/store/crossing-table/newest-state", test_crossing);
  g_test_add_func ("/store/identity-table/find-and-delete", test_identity);
  return g_test_run ();
}
