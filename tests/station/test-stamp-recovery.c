/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-claim-table.h"
#include "gs-impression-table.h"
#include "gs-journal-table.h"
#include "gs-test-desk.h"

/* The station died at some step of a stamp. The rows are in a real store; the desk starts anew. The
 * promise: the same serial is never sent a second time, and when nobody knows, the officer looks.
 */

/* What the printer did before the station died. */
typedef enum
{
  PRINTER_NOTHING = 1,
  PRINTER_WAITING, /* a job without its document */
  PRINTER_PRINTED,
  PRINTER_ABORTED,
  PRINTER_FORGOT /* printed, and was switched off and on */
} PrinterPast;

typedef struct
{
  GsStampStep step; /* the last one committed */
  PrinterPast printer;
  GsIssueState end; /* after recovery */
  const char *told; /* the outcome that the hall hears, or NULL */
} Case;

static const Case cases[] = {
  { GS_STAMP_STEP_REQUESTED, PRINTER_NOTHING, GS_ISSUE_FAILED, "released" },
  { GS_STAMP_STEP_CLAIMED, PRINTER_NOTHING, GS_ISSUE_FAILED, "released" },
  { GS_STAMP_STEP_INTENT, PRINTER_NOTHING, GS_ISSUE_FAILED, "released" },
  { GS_STAMP_STEP_INTENT, PRINTER_WAITING, GS_ISSUE_FAILED, "released" },
  { GS_STAMP_STEP_CREATED, PRINTER_WAITING, GS_ISSUE_FAILED, "released" },
  { GS_STAMP_STEP_SENDING, PRINTER_WAITING, GS_ISSUE_FAILED, "released" },
  { GS_STAMP_STEP_SENDING, PRINTER_PRINTED, GS_ISSUE_QUESTION, NULL },
  { GS_STAMP_STEP_SENDING, PRINTER_ABORTED, GS_ISSUE_QUESTION, NULL },
  { GS_STAMP_STEP_SENDING, PRINTER_FORGOT, GS_ISSUE_QUESTION, NULL },
  { GS_STAMP_STEP_ACCEPTED, PRINTER_PRINTED, GS_ISSUE_QUESTION, NULL },
  { GS_STAMP_STEP_ACCEPTED, PRINTER_FORGOT, GS_ISSUE_QUESTION, NULL },
  { GS_STAMP_STEP_PRINTED, PRINTER_PRINTED, GS_ISSUE_QUESTION, NULL },
};

static const GsStampStep way[] = {
  GS_STAMP_STEP_REQUESTED, GS_STAMP_STEP_CLAIMED,  GS_STAMP_STEP_INTENT,  GS_STAMP_STEP_CREATED,
  GS_STAMP_STEP_SENDING,   GS_STAMP_STEP_ACCEPTED, GS_STAMP_STEP_PRINTED,
};

#define STAMP "0c0ffee0-0000-4000-8000-0000000000aa"

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* Brings the printer where it was. Returns the job's id. */
static int
prepare_printer (TestDesk *desk, PrinterPast past)
{
  GsStampPrinter *printer = GS_STAMP_PRINTER (desk->printer);
  const GsPrintMedia media = { 4500, 3500 };
  g_autoptr (GAsyncResult) created = NULL;
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (GBytes) document = g_bytes_new_static ("RaS2", 4);
  int id;

  if (past == PRINTER_NOTHING)
    return 0;
  gs_stamp_printer_create_job_async (printer, STAMP, media, 600, NULL, on_done, &created);
  test_until (created != NULL);
  id = gs_stamp_printer_create_job_finish (printer, created, NULL);
  g_assert_cmpint (id, >, 0);
  if (past == PRINTER_WAITING)
    return id;
  if (past == PRINTER_ABORTED)
    gs_fake_stamp_printer_set_end (desk->printer, GS_PRINT_JOB_ABORTED);
  gs_stamp_printer_send_document_async (printer, id, STAMP, document, NULL, NULL, NULL, NULL,
                                        on_done, &sent);
  test_until (sent != NULL);
  g_assert_true (gs_stamp_printer_send_document_finish (printer, sent, NULL));
  if (past == PRINTER_FORGOT)
    gs_fake_stamp_printer_restart (desk->printer);
  return id;
}

typedef struct
{
  TestDesk *desk;
  const Case *what;
  int job;
} Writing;

/* Writes what the station would have written up to that step, in the transactions of its own. */
static gpointer
write_journal (GsDatabase *db, gpointer data, GError **error)
{
  const Writing *writing = data;
  const char *last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (way) && *error == NULL; i++)
    {
      g_autoptr (GsJournalRow) row = gs_journal_row_new ();

      row->stamp = g_strdup (STAMP);
      row->step = g_strdup (gs_stamp_step_to_string (way[i]));
      row->at_utc_ms = TEST_NOW;
      row->officer = g_strdup ("kato");
      row->crossing = g_strdup (TEST_CROSSING);
      row->detail = g_strdup_printf ("claim=%s;job=%d;counter=0;serial=UTO-D3 000001", STAMP,
                                     way[i] >= GS_STAMP_STEP_CREATED ? writing->job : 0);
      gs_journal_table_append (db, row, last, NULL, error);
      last = gs_stamp_step_to_string (way[i]);
      if (way[i] == writing->what->step)
        break;
    }
  return NULL;
}

static gpointer
write_claim (GsDatabase *db, gpointer data, GError **error)
{
  const Writing *writing = data;
  g_autoptr (GsClaimRow) claim = gs_claim_row_new ();
  g_autoptr (GsImpressionRow) impression = gs_impression_row_new ();
  gint64 number;
  gboolean won;

  claim->crossing = g_strdup (TEST_CROSSING);
  claim->stamp = g_strdup (STAMP);
  claim->desk = g_strdup ("desk-3");
  claim->officer = g_strdup ("kato");
  claim->printer = g_strdup (writing->desk->config.printer_uri);
  claim->state = GS_CLAIM_REQUESTED;
  claim->requested_at_utc_ms = TEST_NOW;
  if (!gs_claim_table_claim (db, claim, &won, error)
      || !gs_serial_counter_take (db, "UTO-D3", &number, error))
    return NULL;
  impression->serial = g_strdup ("UTO-D3 000001");
  impression->stamp = g_strdup (STAMP);
  impression->crossing = g_strdup (TEST_CROSSING);
  impression->desk = g_strdup ("desk-3");
  impression->officer = g_strdup ("kato");
  impression->taken_at_utc_ms = TEST_NOW;
  if (!gs_impression_table_add (db, impression, error))
    return NULL;
  if (writing->what->step > GS_STAMP_STEP_REQUESTED)
    {
      claim->state = GS_CLAIM_GRANTED;
      claim->hall_claim = g_strdup ("claim-1");
      claim->granted_at_utc_ms = TEST_NOW;
      claim->start_before_utc_ms = TEST_NOW + 30000;
      gs_claim_table_update (db, claim, error);
    }
  return NULL;
}

/* The desk as it is after the next start, recovered. Transfer full. */
static GsStampIssue *
restart_after (TestDesk *desk, const Case *what)
{
  g_autoptr (GError) error = NULL;
  GsRecordEntry entry = { .kind = "stamp.step", .at_utc_ms = TEST_NOW, .subject = STAMP };
  Writing writing = { desk, what, prepare_printer (desk, what->printer) };
  GsStampIssue *issue;
  GsCase *item = test_desk_admit_ready (desk, TEST_CROSSING);

  gs_store_transact (desk->store, &entry, write_claim, &writing, &error);
  g_assert_no_error (error);
  gs_store_transact (desk->store, &entry, write_journal, &writing, &error);
  g_assert_no_error (error);
  test_desk_recover (desk);
  issue = gs_stamp_desk_open (desk->stamps, item);
  g_assert_cmpstr (gs_stamp_issue_get_stamp_id (issue), ==, STAMP);
  return issue;
}

static void
test_step (TestDesk *desk, gconstpointer data)
{
  const Case *what = data;
  g_autoptr (GsStampIssue) issue = restart_after (desk, what);
  guint sent_before = gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_SEND);
  guint pages_before = gs_fake_stamp_printer_get_pages (desk->printer, NULL);

  g_assert_false (gs_stamp_issue_print (issue));
  test_until (gs_stamp_issue_get_state (issue) == what->end);
  if (what->told != NULL)
    {
      GPtrArray *reports = gs_fake_hall_get_reports (desk->hall);

      test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
      g_assert_cmpuint (reports->len, ==, 1);
      g_assert_cmpstr (gs_hall_claim_outcome_to_word (
                         ((GsHallClaimReport *) g_ptr_array_index (reports, 0))->outcome),
                       ==, what->told);
    }
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_SEND), ==,
                    sent_before);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, pages_before);
}

/* After recovery gave a claim back, the officer can begin again: another stamp, another serial. */
static void
test_begin_again (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = restart_after (desk, &cases[4]);
  g_autoptr (GsStampIssue) again = NULL;

  test_until (gs_stamp_issue_get_state (issue) == GS_ISSUE_FAILED);
  test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
  again = gs_stamp_desk_open (desk->stamps, gs_stamp_issue_get_case (issue));
  g_assert_true (again != issue);
  test_until (gs_stamp_issue_can_print (again));
  g_assert_true (gs_stamp_issue_print (again));
  test_until (gs_stamp_issue_get_state (again) == GS_ISSUE_QUESTION);
  g_assert_cmpstr (gs_stamp_issue_get_serial (again), ==, "UTO-D3 000002");
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, STAMP), ==, 0);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 1);
}

/* The officer answers after the restart, and the hall hears of it. */
static void
test_answer (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = restart_after (desk, &cases[9]);
  g_autoptr (GPtrArray) questions = NULL;
  GsStampVerdict verdict;

  test_until (gs_stamp_issue_get_state (issue) == GS_ISSUE_QUESTION);
  g_assert_cmpint (gs_stamp_issue_get_step (issue), ==, GS_STAMP_STEP_PRINTED);
  questions = gs_stamp_desk_dup_questions (desk->stamps);
  g_assert_cmpuint (questions->len, ==, 1);
  g_assert_true (gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_COMPLETE, GS_STAMP_PLACE_WRONG_PAGE,
                                        NULL, &verdict));
  test_until (gs_stamp_issue_get_state (issue) == GS_ISSUE_DONE);
  test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
  g_assert_cmpuint (gs_fake_hall_get_reports (desk->hall)->len, ==, 1);
}

/* Killed again and again during recovery: still the same end. */
static void
test_twice (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) first = restart_after (desk, &cases[6]);
  g_autoptr (GPtrArray) questions = NULL;

  g_assert_nonnull (first);
  for (int i = 0; i < 5; i++)
    {
      for (int j = 0; j < 3 * i; j++)
        g_main_context_iteration (NULL, FALSE);
      test_desk_recover (desk);
    }
  for (;;)
    {
      g_clear_pointer (&questions, g_ptr_array_unref);
      questions = gs_stamp_desk_dup_questions (desk->stamps);
      if (questions->len > 0)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (questions->len, ==, 1);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_SEND), ==, 1);
}

/* Without a hall nothing is decided about a claim whose answer was lost; it is asked again. */
static void
test_no_hall (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = NULL;

  gs_fake_hall_set_link (desk->hall, FALSE);
  issue = restart_after (desk, &cases[0]);
  test_until (gs_fake_hall_get_calls (desk->hall, GS_FAKE_HALL_CLAIM) >= 2);
  g_assert_cmpint (gs_stamp_issue_get_state (issue), ==, GS_ISSUE_RECOVERING);
  gs_fake_hall_set_link (desk->hall, TRUE);
  test_until (gs_stamp_issue_get_state (issue) == GS_ISSUE_FAILED);
}

/* A job that may still print is not asked about: it is watched until it ends. */
static void
test_active_job (TestDesk *desk, gconstpointer data)
{
  static const Case what = { GS_STAMP_STEP_SENDING, PRINTER_WAITING, GS_ISSUE_QUESTION, NULL };
  GsStampPrinter *printer = GS_STAMP_PRINTER (desk->printer);
  g_autoptr (GBytes) document = g_bytes_new_static ("RaS2", 4);
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (GsStampIssue) issue = NULL;
  guint finds;

  gs_fake_stamp_printer_hold (desk->printer, TRUE);
  prepare_printer (desk, PRINTER_WAITING);
  gs_stamp_printer_send_document_async (printer, 1, STAMP, document, NULL, NULL, NULL, NULL,
                                        on_done, &sent);
  issue = restart_after (desk, &(Case){ what.step, PRINTER_NOTHING, what.end, NULL });
  finds = gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_FIND);
  test_until (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_FIND) >= finds + 2);
  g_assert_cmpint (gs_stamp_issue_get_state (issue), ==, GS_ISSUE_RECOVERING);
  gs_fake_stamp_printer_hold (desk->printer, FALSE);
  test_until (gs_stamp_issue_get_state (issue) == GS_ISSUE_QUESTION);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 1);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_CANCEL), ==, 0);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/station/recovery/" path, TestDesk, NULL, test_desk_set_up, function,               \
              test_desk_tear_down)

int
main (int argc, char **argv)
{
  const char *const pasts[] = { "", "nothing", "waiting", "printed", "aborted", "forgotten" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/station/recovery/%s/job-%s", gs_stamp_step_to_string (cases[i].step),
                         pasts[cases[i].printer]);

      g_test_add (path, TestDesk, &cases[i], test_desk_set_up, test_step, test_desk_tear_down);
    }
  ADD ("begin-again", test_begin_again);
  ADD ("answer-after-restart", test_answer);
  ADD ("killed-during-recovery", test_twice);
  ADD ("no-hall", test_no_hall);
  ADD ("job-that-may-still-print", test_active_job);
  return g_test_run ();
}
