/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-desk.h"

/* One stamp from the open sheet to the hall's knowledge of it, and every way to no stamp. */

typedef TestDesk Fixture;

static void
set_up (Fixture *desk, gconstpointer data)
{
  test_desk_set_up (desk, data);
  test_desk_start_stamps (desk);
}

/* A sheet that can be printed. */
static GsStampIssue *
open_sheet (Fixture *desk)
{
  GsCase *item = test_desk_admit_ready (desk, TEST_CROSSING);
  GsStampIssue *issue = gs_stamp_desk_open (desk->stamps, item);

  test_until (gs_stamp_issue_can_print (issue));
  return issue;
}

static void
wait_for (GsStampIssue *issue, GsIssueState state)
{
  test_until (gs_stamp_issue_get_state (issue) == state);
}

static GsHallClaimReport *
report_at (Fixture *desk, guint i)
{
  GPtrArray *reports = gs_fake_hall_get_reports (desk->hall);

  g_assert_cmpuint (reports->len, >, i);
  return g_ptr_array_index (reports, i);
}

#define assert_steps(desk, issue, expected)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *steps = test_desk_dup_steps (desk, gs_stamp_issue_get_stamp_id (issue));      \
    g_assert_cmpstr (steps, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static gboolean
ends_with_step (Fixture *desk, GsStampIssue *issue, const char *step)
{
  g_autofree char *steps = test_desk_dup_steps (desk, gs_stamp_issue_get_stamp_id (issue));

  return g_str_has_suffix (steps, step);
}

static void
test_good (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  GsStampVerdict verdict;

  g_assert_true (gs_stamp_issue_print (issue));
  wait_for (issue, GS_ISSUE_QUESTION);
  g_assert_cmpint (gs_stamp_issue_get_step (issue), ==, GS_STAMP_STEP_PRINTED);
  g_assert_cmpstr (gs_stamp_issue_get_serial (issue), ==, "UTO-D3 000001");
  g_assert_true (gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_COMPLETE, GS_STAMP_PLACE_WRONG_PAGE,
                                        NULL, &verdict));
  wait_for (issue, GS_ISSUE_DONE);
  g_assert_false (gs_case_get_stamp_wanted (gs_stamp_issue_get_case (issue)));
  test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
  g_assert_cmpint (report_at (desk, 0)->outcome, ==, GS_HALL_CLAIM_ISSUED);
  g_assert_cmpstr (report_at (desk, 0)->serial, ==, "UTO-D3 000001");
  assert_steps (desk, issue,
                "REQUESTED CLAIMED INTENT CREATED SENDING ACCEPTED PRINTED CONFIRMED REPORTED");
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 1);
}

/* Two presses of the key, and two answers, are one. */
static void
test_double (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  g_autoptr (GsStampIssue) again = NULL;
  GsStampVerdict verdict;

  g_assert_true (gs_stamp_issue_print (issue));
  g_assert_false (gs_stamp_issue_print (issue));
  again = gs_stamp_desk_open (desk->stamps, gs_stamp_issue_get_case (issue));
  g_assert_true (again == issue);
  wait_for (issue, GS_ISSUE_QUESTION);
  g_assert_false (gs_stamp_issue_print (issue));
  g_assert_true (gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_COMPLETE, GS_STAMP_PLACE_WRONG_PAGE,
                                        NULL, &verdict));
  g_assert_false (gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_COMPLETE, GS_STAMP_PLACE_WRONG_PAGE,
                                         NULL, &verdict));
  wait_for (issue, GS_ISSUE_DONE);
  test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
  g_assert_cmpint (gs_stamp_issue_get_state (issue), ==, GS_ISSUE_DONE);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 1);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_SEND), ==, 1);
}

/* A sheet that was left is still no second stamp for the crossing. */
static void
test_left_sheet (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) left = open_sheet (desk);
  g_autoptr (GsStampIssue) issue =
    gs_stamp_desk_open (desk->stamps, gs_stamp_issue_get_case (left));

  test_until (gs_stamp_issue_can_print (issue));
  g_assert_true (gs_stamp_issue_print (issue));
  wait_for (issue, GS_ISSUE_QUESTION);
  if (left != issue && gs_stamp_issue_print (left))
    wait_for (left, GS_ISSUE_REFUSED);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 1);
}

typedef struct
{
  GsHallError error;
  GsRefusal refusal;
} RefusalCase;

static const RefusalCase refusals[] = {
  { GS_HALL_ERROR_ALREADY_STAMPED, GS_REFUSAL_ALREADY_STAMPED },
  { GS_HALL_ERROR_CLAIMED_ELSEWHERE, GS_REFUSAL_CLAIMED_ELSEWHERE },
  { GS_HALL_ERROR_IN_DOUBT, GS_REFUSAL_IN_DOUBT },
  { GS_HALL_ERROR_OPEN_CASE, GS_REFUSAL_OPEN_CASE },
  { GS_HALL_ERROR_WINDOW_CLOSED, GS_REFUSAL_WINDOW_CLOSED },
  { GS_HALL_ERROR_NOT_ADMITTED, GS_REFUSAL_NOT_ADMITTED },
  { GS_HALL_ERROR_CANCELLED, GS_REFUSAL_CANCELLED },
  { GS_HALL_ERROR_PROTOCOL, GS_REFUSAL_HALL },
};

static void
test_refused (Fixture *desk, gconstpointer data)
{
  const RefusalCase *expected = data;
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  GsHallProblem *problem = gs_hall_problem_new ();
  const GsRefusalInfo *info;

  problem->desk = g_strdup ("desk-9");
  problem->serial = g_strdup ("UTO-D9 000007");
  problem->cause = g_strdup ("customs");
  problem->at_utc_ms = TEST_NOW - 5000;
  gs_fake_hall_fail_next (desk->hall, GS_FAKE_HALL_CLAIM,
                          gs_hall_error_new_with_problem (expected->error, problem), FALSE);
  g_assert_true (gs_stamp_issue_print (issue));
  wait_for (issue, GS_ISSUE_REFUSED);
  info = gs_stamp_issue_get_refusal (issue);
  g_assert_cmpint (info->refusal, ==, expected->refusal);
  g_assert_cmpstr (info->desk, ==, "desk-9");
  g_assert_cmpstr (info->serial, ==, "UTO-D9 000007");
  g_assert_cmpint (info->at_utc_ms, ==, TEST_NOW - 5000);
  assert_steps (desk, issue, "REQUESTED REFUSED");
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_CREATE), ==, 0);
}

/* The hall said no once; when the reason is gone, the crossing can be claimed again. */
static void
test_after_refusal (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  g_autoptr (GsStampIssue) again = NULL;

  gs_fake_hall_fail_next (desk->hall, GS_FAKE_HALL_CLAIM,
                          g_error_new_literal (GS_HALL_ERROR, GS_HALL_ERROR_CLAIMED_ELSEWHERE, ""),
                          FALSE);
  gs_stamp_issue_print (issue);
  wait_for (issue, GS_ISSUE_REFUSED);
  again = gs_stamp_desk_open (desk->stamps, gs_stamp_issue_get_case (issue));
  test_until (gs_stamp_issue_can_print (again));
  gs_stamp_issue_print (again);
  wait_for (again, GS_ISSUE_QUESTION);
  g_assert_cmpstr (gs_stamp_issue_get_serial (again), ==, "UTO-D3 000002");
}

/* The claim's answer is lost: asked again with the same key, one claim, one stamp. */
static void
test_lost_claim (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_hall_fail_next (desk->hall, GS_FAKE_HALL_CLAIM,
                          g_error_new_literal (GS_HALL_ERROR, GS_HALL_ERROR_UNREACHABLE, ""), TRUE);
  gs_stamp_issue_print (issue);
  wait_for (issue, GS_ISSUE_QUESTION);
  g_assert_cmpuint (gs_fake_hall_get_calls (desk->hall, GS_FAKE_HALL_CLAIM), ==, 2);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 1);
}

/* The traveller leaves the customs area between the print key and the ink. */
static void
test_window_closes (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_hall_hold (desk->hall, GS_FAKE_HALL_CLAIM, TRUE);
  gs_stamp_issue_print (issue);
  test_until (gs_fake_hall_get_calls (desk->hall, GS_FAKE_HALL_CLAIM) == 1);
  test_desk_apply (desk, test_desk_event (desk, GS_EVENT_CROSSING_CUSTOMS, TEST_CROSSING));
  gs_fake_hall_hold (desk->hall, GS_FAKE_HALL_CLAIM, FALSE);
  wait_for (issue, GS_ISSUE_FAILED);
  g_assert_cmpint (gs_stamp_issue_get_refusal (issue)->refusal, ==, GS_REFUSAL_WINDOW_CLOSED);
  g_assert_cmpstr (gs_stamp_issue_get_refusal (issue)->cause, ==, "customs");
  test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
  g_assert_cmpint (report_at (desk, 0)->outcome, ==, GS_HALL_CLAIM_RELEASED);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_SEND), ==, 0);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 0);
}

/* On the open sheet it closes the sheet's key. */
static void
test_window_closed_before (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  test_desk_apply (desk, test_desk_event (desk, GS_EVENT_CROSSING_CUSTOMS, TEST_CROSSING));
  g_assert_false (gs_stamp_issue_print (issue));
  desk->live = FALSE;
  g_assert_false (gs_stamp_issue_print (issue));
  g_assert_cmpuint (gs_fake_hall_get_calls (desk->hall, GS_FAKE_HALL_CLAIM), ==, 0);
}

static GsCheckResult
judge_identity (GsStampIssue *issue)
{
  g_autoptr (GPtrArray) conditions = gs_stamp_issue_dup_conditions (issue);

  for (guint i = 0; i < conditions->len; i++)
    {
      const GsCondition *condition = g_ptr_array_index (conditions, i);

      if (condition->id == GS_CONDITION_IDENTITY)
        return condition->result;
    }
  g_assert_not_reached ();
}

/* The face is verified for five minutes, by the one who judged. */
static void
test_identity_ends (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  GsCase *item = gs_stamp_issue_get_case (issue);
  gint64 now_us = g_get_monotonic_time ();

  gs_case_set_verifying_officer (item, "mori");
  g_assert_cmpint (judge_identity (issue), ==, GS_CHECK_RESULT_NOT_CHECKED);
  gs_case_set_verifying_officer (item, "kato");
  g_assert_cmpint (judge_identity (issue), ==, GS_CHECK_RESULT_SUCCESSFUL);
  gs_clock_observe (desk->clock, now_us, now_us, TEST_NOW + 301 * 1000, TRUE, 5);
  g_assert_cmpint (judge_identity (issue), ==, GS_CHECK_RESULT_NOT_CHECKED);
  g_assert_false (gs_stamp_issue_can_print (issue));
}

/* No condition, no print: each in turn. */
static void
test_conditions (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  GsCase *item = gs_stamp_issue_get_case (issue);
  g_autoptr (GsSession) auditor = gs_session_new ("toda", "Toda", GS_ROLE_AUDITOR, TEST_NOW);

  test_desk_judge (desk, item, GS_JUDGEMENT_UNSURE);
  g_assert_cmpint (judge_identity (issue), ==, GS_CHECK_RESULT_UNDETERMINED);
  g_assert_false (gs_stamp_issue_can_print (issue));
  gs_case_set_read (item, GS_READ_NONE, GS_TIME_UNKNOWN);
  test_desk_judge (desk, item, GS_JUDGEMENT_SAME);
  gs_case_set_read (item, GS_READ_DEVICE, TEST_NOW);
  g_assert_cmpint (judge_identity (issue), ==, GS_CHECK_RESULT_NOT_CHECKED);
  g_assert_false (gs_stamp_issue_can_print (issue)); /* judged before the document was read */
  test_desk_judge (desk, item, GS_JUDGEMENT_SAME);
  g_assert_cmpint (judge_identity (issue), ==, GS_CHECK_RESULT_SUCCESSFUL);
  g_assert_true (gs_stamp_issue_can_print (issue));
  desk->live = FALSE;
  g_assert_false (gs_stamp_issue_can_print (issue));
  desk->live = TRUE;
  gs_stamp_desk_set_session (desk->stamps, auditor);
  g_assert_false (gs_stamp_issue_can_print (issue));
  gs_stamp_desk_set_session (desk->stamps, NULL);
  g_assert_false (gs_stamp_issue_can_print (issue));
  gs_stamp_desk_set_session (desk->stamps, desk->officer);
  gs_stamp_desk_set_closing_events (desk->stamps, FALSE);
  g_assert_false (gs_stamp_issue_can_print (issue));
  gs_stamp_issue_give_area_word (issue);
  g_assert_true (gs_stamp_issue_can_print (issue));
}

/* The printer went bad between the sheet and the claim: nothing is asked of it, the claim goes
 * back. */
static void
test_printer_not_ready (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_stamp_printer_fail_next (desk->printer, GS_FAKE_CALL_STATUS, GS_PRINTER_ERROR_UNREACHABLE,
                                   FALSE);
  gs_stamp_issue_print (issue);
  wait_for (issue, GS_ISSUE_FAILED);
  g_assert_cmpint (gs_stamp_issue_get_refusal (issue)->refusal, ==, GS_REFUSAL_PRINTER);
  g_assert_cmpint (gs_stamp_issue_get_refusal (issue)->trouble, ==, GS_PRINTER_TROUBLE_NO_ANSWER);
  g_assert_cmpint (gs_stamp_issue_get_claim_fate (issue), ==, GS_CLAIM_FATE_RELEASED);
  test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
  g_assert_cmpint (report_at (desk, 0)->outcome, ==, GS_HALL_CLAIM_RELEASED);
  g_assert_true (ends_with_step (desk, issue, "FAILED REPORTED"));
}

/* The printer makes no job: nothing was printed, the claim goes back. */
/* It jams between its last answer and the print key: the officer is told what it lacks. */
static void
test_jam_before (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  GsPrinterStatus *status = gs_printer_status_new ();
  const char *const reasons[] = { "media-jam-error", NULL };

  status->reachable = TRUE;
  status->accepting = TRUE;
  status->state = GS_PRINTER_STATE_STOPPED;
  g_strfreev (status->reasons);
  status->reasons = g_strdupv ((char **) reasons);
  gs_fake_stamp_printer_set_status (desk->printer, status);
  g_assert_true (gs_stamp_issue_print (issue));
  wait_for (issue, GS_ISSUE_FAILED);
  g_assert_cmpint (gs_stamp_issue_get_refusal (issue)->refusal, ==, GS_REFUSAL_PRINTER);
  g_assert_cmpint (gs_stamp_issue_get_refusal (issue)->trouble, ==, GS_PRINTER_TROUBLE_JAM);
  g_assert_cmpint (gs_stamp_issue_get_claim_fate (issue), ==, GS_CLAIM_FATE_RELEASED);
  g_assert_true (gs_stamp_issue_has_serial (issue));
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_CREATE), ==, 0);
}

/* Signing off: what was only asked for is not printed, whoever signs in next. */
static void
test_left_while_claiming (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_hall_hold (desk->hall, GS_FAKE_HALL_CLAIM, TRUE);
  g_assert_true (gs_stamp_issue_print (issue));
  test_until (gs_fake_hall_get_calls (desk->hall, GS_FAKE_HALL_CLAIM) == 1);
  gs_stamp_desk_set_session (desk->stamps, NULL);
  gs_stamp_desk_set_session (desk->stamps, desk->second);
  gs_fake_hall_hold (desk->hall, GS_FAKE_HALL_CLAIM, FALSE);
  wait_for (issue, GS_ISSUE_FAILED);
  g_assert_cmpint (gs_stamp_issue_get_refusal (issue)->refusal, ==, GS_REFUSAL_STOPPED);
  test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
  g_assert_cmpint (report_at (desk, 0)->outcome, ==, GS_HALL_CLAIM_RELEASED);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_CREATE), ==, 0);
}

/* Signing off at any step before the document is sent, also while that step is being written. */
static void
test_left_before_sending (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  g_assert_true (gs_stamp_issue_print (issue));
  test_until (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_CREATE) == 1);
  gs_stamp_desk_set_session (desk->stamps, NULL);
  wait_for (issue, GS_ISSUE_FAILED);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_SEND), ==, 0);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 0);
}

/* What the printer already has is finished, once; the question waits for who signs in next. */
static void
test_left_while_printing (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  g_autoptr (GPtrArray) questions = NULL;
  GsStampVerdict verdict;

  gs_fake_stamp_printer_hold (desk->printer, TRUE);
  g_assert_true (gs_stamp_issue_print (issue));
  test_until (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_SEND) == 1);
  gs_stamp_desk_set_session (desk->stamps, NULL);
  gs_fake_stamp_printer_hold (desk->printer, FALSE);
  wait_for (issue, GS_ISSUE_QUESTION);
  g_assert_false (gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_COMPLETE, GS_STAMP_PLACE_WRONG_PAGE,
                                         NULL, &verdict));
  gs_stamp_desk_set_session (desk->stamps, desk->second);
  questions = gs_stamp_desk_dup_questions (desk->stamps);
  g_assert_cmpuint (questions->len, ==, 1);
  g_assert_true (g_ptr_array_index (questions, 0) == issue);
  g_assert_true (gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_COMPLETE, GS_STAMP_PLACE_WRONG_PAGE,
                                        NULL, &verdict));
  wait_for (issue, GS_ISSUE_DONE);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 1);
}

/* An open sheet prints nothing while nobody is signed in. */
static void
test_left_open (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_stamp_desk_set_session (desk->stamps, NULL);
  g_assert_false (gs_stamp_issue_print (issue));
  g_assert_true (gs_case_get_stamp_wanted (gs_stamp_issue_get_case (issue)));
  gs_stamp_desk_set_session (desk->stamps, desk->officer);
  g_assert_true (gs_stamp_issue_can_print (issue));
}

static void
test_no_job (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_stamp_printer_fail_next (desk->printer, GS_FAKE_CALL_CREATE, GS_PRINTER_ERROR_REFUSED,
                                   FALSE);
  gs_stamp_issue_print (issue);
  wait_for (issue, GS_ISSUE_FAILED);
  g_assert_cmpint (gs_stamp_issue_get_refusal (issue)->refusal, ==, GS_REFUSAL_PRINTER);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 0);
}

/* The answer to Create-Job is lost, so a job waits there without its document: it is cancelled, and
 * the claim goes back. */
static void
test_lost_job (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_stamp_printer_fail_next (desk->printer, GS_FAKE_CALL_CREATE, GS_PRINTER_ERROR_GONE, TRUE);
  gs_stamp_issue_print (issue);
  wait_for (issue, GS_ISSUE_FAILED);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_CANCEL), >=, 1);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_SEND), ==, 0);
  test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
  g_assert_cmpint (report_at (desk, 0)->outcome, ==, GS_HALL_CLAIM_RELEASED);
}

/* The connection breaks after the whole document is there: asked, the printer says printed, or the
 * officer looks. Never sent again. */
static void
test_broken_send (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  GsStampVerdict verdict;

  gs_fake_stamp_printer_fail_next (desk->printer, GS_FAKE_CALL_SEND, GS_PRINTER_ERROR_GONE, TRUE);
  gs_stamp_issue_print (issue);
  wait_for (issue, GS_ISSUE_QUESTION);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_SEND), ==, 1);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 1);
  g_assert_true (gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_COMPLETE, GS_STAMP_PLACE_WRONG_PAGE,
                                        NULL, &verdict));
  wait_for (issue, GS_ISSUE_DONE);
}

/* It breaks before anything is there: the job without a document is cancelled clean, nothing was
 * printed. */
static void
test_broken_before (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_stamp_printer_fail_next (desk->printer, GS_FAKE_CALL_SEND, GS_PRINTER_ERROR_GONE, FALSE);
  gs_stamp_issue_print (issue);
  test_until (gs_stamp_issue_get_state (issue) == GS_ISSUE_FAILED
              || gs_stamp_issue_get_state (issue) == GS_ISSUE_QUESTION);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 0);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_SEND), ==, 1);
}

/* The printer says that the job was aborted: nobody knows what is on the page. */
static void
test_aborted (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  GsStampVerdict verdict;

  gs_fake_stamp_printer_set_end (desk->printer, GS_PRINT_JOB_ABORTED);
  gs_stamp_issue_print (issue);
  wait_for (issue, GS_ISSUE_QUESTION);
  g_assert_cmpint (gs_stamp_issue_get_step (issue), ==, GS_STAMP_STEP_INSPECT);
  g_assert_true (gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_INCOMPLETE, GS_STAMP_PLACE_WRONG_PAGE,
                                        NULL, &verdict));
  g_assert_true (verdict.needs_second);
  g_assert_cmpint (gs_stamp_issue_get_state (issue), ==, GS_ISSUE_QUESTION);
}

/* A jam holds the job; cleared, one stamp is on the page. */
static void
test_jam (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_stamp_printer_hold (desk->printer, TRUE);
  gs_stamp_issue_print (issue);
  test_until (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_SEND) == 1);
  g_assert_cmpint (gs_stamp_issue_get_state (issue), ==, GS_ISSUE_PRINTING);
  g_assert_cmpint (gs_stamp_issue_get_step (issue), ==, GS_STAMP_STEP_SENDING);
  gs_fake_stamp_printer_hold (desk->printer, FALSE);
  wait_for (issue, GS_ISSUE_QUESTION);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 1);
}

/* Stop while the printer holds the document: cancelled, and the officer looks at the page. */
static void
test_stop (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_stamp_printer_hold (desk->printer, TRUE);
  gs_stamp_issue_print (issue);
  test_until (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_SEND) == 1);
  gs_stamp_issue_stop (issue);
  test_until (gs_stamp_issue_get_state (issue) == GS_ISSUE_QUESTION
              || gs_stamp_issue_get_state (issue) == GS_ISSUE_FAILED);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_CANCEL), >=, 1);
  gs_fake_stamp_printer_hold (desk->printer, FALSE);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_SEND), ==, 1);
}

/* Stop before the claim came: nothing is asked of the printer. */
static void
test_stop_early (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_hall_hold (desk->hall, GS_FAKE_HALL_CLAIM, TRUE);
  gs_stamp_issue_print (issue);
  test_until (gs_fake_hall_get_calls (desk->hall, GS_FAKE_HALL_CLAIM) == 1);
  gs_stamp_issue_stop (issue);
  gs_fake_hall_hold (desk->hall, GS_FAKE_HALL_CLAIM, FALSE);
  wait_for (issue, GS_ISSUE_FAILED);
  g_assert_cmpint (gs_stamp_issue_get_refusal (issue)->refusal, ==, GS_REFUSAL_STOPPED);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_CREATE), ==, 0);
}

/* VOID needs another officer; then one replacement under the same claim, which names the void one.
 */
static void
test_void (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  g_autoptr (GsStampIssue) next = NULL;
  GsStampVerdict verdict;

  gs_stamp_issue_print (issue);
  wait_for (issue, GS_ISSUE_QUESTION);
  g_assert_true (gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_INCOMPLETE, GS_STAMP_PLACE_WRONG_PAGE,
                                        NULL, &verdict));
  g_assert_true (verdict.needs_second);
  g_assert_false (gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_INCOMPLETE,
                                         GS_STAMP_PLACE_WRONG_PAGE, desk->officer, &verdict));
  g_assert_cmpint (gs_stamp_issue_get_state (issue), ==, GS_ISSUE_QUESTION);
  g_assert_null (gs_stamp_issue_reissue (issue));
  g_assert_true (gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_INCOMPLETE, GS_STAMP_PLACE_WRONG_PAGE,
                                        desk->second, &verdict));
  wait_for (issue, GS_ISSUE_VOID);
  test_until (gs_stamp_issue_is_void_printed (issue));
  next = gs_stamp_issue_reissue (issue);
  g_assert_nonnull (next);
  /* The officer judges the pictures again when the five minutes are over; here they are not. */
  test_until (gs_stamp_issue_can_print (next));
  g_assert_true (gs_stamp_issue_print (next));
  wait_for (next, GS_ISSUE_QUESTION);
  g_assert_cmpstr (gs_stamp_issue_get_serial (next), ==, "UTO-D3 000002");
  g_assert_true (gs_stamp_issue_answer (next, GS_PAGE_ANSWER_COMPLETE, GS_STAMP_PLACE_WRONG_PAGE,
                                        NULL, &verdict));
  wait_for (next, GS_ISSUE_DONE);
  test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
  g_assert_cmpuint (gs_fake_hall_get_calls (desk->hall, GS_FAKE_HALL_CLAIM), ==, 1);
  g_assert_cmpint (report_at (desk, 0)->outcome, ==, GS_HALL_CLAIM_VOID);
  g_assert_cmpint (report_at (desk, 1)->outcome, ==, GS_HALL_CLAIM_ISSUED);
  g_assert_cmpstr (report_at (desk, 1)->replaces, ==, "UTO-D3 000001");
  /* The stamp, VOID over it, and the next one. */
  g_assert_cmpuint (
    gs_fake_stamp_printer_get_pages (desk->printer, gs_stamp_issue_get_stamp_id (issue)), ==, 1);
  g_assert_cmpuint (
    gs_fake_stamp_printer_get_pages (desk->printer, gs_stamp_issue_get_stamp_id (next)), ==, 1);
  g_assert_cmpuint (gs_fake_stamp_printer_get_pages (desk->printer, NULL), ==, 3);
}

/* Two replacements for one void serial: one of them prints, the other is refused by the store. */
static void
test_reissue_twice (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  g_autoptr (GsStampIssue) first = NULL;
  g_autoptr (GsStampIssue) second = NULL;
  GsStampVerdict verdict;

  gs_stamp_issue_print (issue);
  wait_for (issue, GS_ISSUE_QUESTION);
  gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_INCOMPLETE, GS_STAMP_PLACE_WRONG_PAGE, desk->second,
                         &verdict);
  wait_for (issue, GS_ISSUE_VOID);
  first = gs_stamp_issue_reissue (issue);
  second = gs_stamp_issue_reissue (issue);
  g_assert_true (second == NULL || second == first);
}

/* Prints and answers incomplete: void, told to the hall. */
static void
make_void (Fixture *desk, GsStampIssue *issue)
{
  GsStampVerdict verdict;

  test_until (gs_stamp_issue_can_print (issue));
  g_assert_true (gs_stamp_issue_print (issue));
  wait_for (issue, GS_ISSUE_QUESTION);
  g_assert_true (gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_INCOMPLETE, GS_STAMP_PLACE_WRONG_PAGE,
                                        desk->second, &verdict));
  wait_for (issue, GS_ISSUE_VOID);
  test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
}

static void
pass_customs (Fixture *desk)
{
  test_desk_apply (desk, test_desk_event (desk, GS_EVENT_CROSSING_CUSTOMS, TEST_CROSSING));
}

/* The station was started again and the traveller passed customs: the replacement is still due,
 * under the claim that stands. */
static void
test_replaced_after_restart (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  g_autoptr (GsStampIssue) next = NULL;
  GsStampVerdict verdict;

  make_void (desk, issue);
  pass_customs (desk);
  test_desk_recover (desk);
  next = gs_stamp_desk_open (desk->stamps, gs_stamp_issue_get_case (issue));
  test_until (gs_stamp_issue_can_print (next));
  g_assert_true (gs_stamp_issue_print (next));
  wait_for (next, GS_ISSUE_QUESTION);
  g_assert_true (gs_stamp_issue_answer (next, GS_PAGE_ANSWER_COMPLETE, GS_STAMP_PLACE_WRONG_PAGE,
                                        NULL, &verdict));
  wait_for (next, GS_ISSUE_DONE);
  test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
  g_assert_cmpuint (gs_fake_hall_get_calls (desk->hall, GS_FAKE_HALL_CLAIM), ==, 1);
  g_assert_cmpint (report_at (desk, 1)->outcome, ==, GS_HALL_CLAIM_ISSUED);
  g_assert_cmpstr (report_at (desk, 1)->replaces, ==, "UTO-D3 000001");
  g_assert_cmpstr (report_at (desk, 1)->claim, ==, report_at (desk, 0)->claim);
}

static void
set_minutes (Fixture *desk, gint64 minutes)
{
  gint64 now_us = g_get_monotonic_time ();

  gs_clock_reset (desk->clock);
  gs_clock_observe (desk->clock, now_us, now_us, TEST_NOW + minutes * 60000, TRUE, 5);
}

static void
test_replaced_too_late (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  g_autoptr (GsStampIssue) late = NULL;

  make_void (desk, issue);
  pass_customs (desk);
  set_minutes (desk, 11);
  g_assert_false (gs_stamp_issue_may_reissue (issue));
  test_desk_recover (desk);
  late = gs_stamp_desk_open (desk->stamps, gs_stamp_issue_get_case (issue));
  wait_for (late, GS_ISSUE_REFUSED);
  g_assert_cmpint (gs_stamp_issue_get_refusal (late)->refusal, ==, GS_REFUSAL_WINDOW_CLOSED);
}

/* A sheet left open until the ten minutes are over. */
static void
test_replaced_sheet_expires (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  g_autoptr (GsStampIssue) next = NULL;

  make_void (desk, issue);
  next = gs_stamp_issue_reissue (issue);
  g_assert_nonnull (next);
  set_minutes (desk, 11);
  g_assert_false (gs_stamp_issue_can_print (next));
  wait_for (next, GS_ISSUE_REFUSED);
}

static void
test_one_replacement_only (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  g_autoptr (GsStampIssue) next = NULL;
  g_autoptr (GsStampIssue) third = NULL;

  make_void (desk, issue);
  next = gs_stamp_issue_reissue (issue);
  make_void (desk, next);
  g_assert_null (gs_stamp_issue_reissue (next));
  pass_customs (desk);
  third = gs_stamp_desk_open (desk->stamps, gs_stamp_issue_get_case (issue));
  wait_for (third, GS_ISSUE_REFUSED);
}

/* An annulled crossing gets none. */
static void
test_annulled_not_replaced (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  g_autoptr (GsStampIssue) next = NULL;

  make_void (desk, issue);
  test_desk_apply (desk, test_desk_event (desk, GS_EVENT_CROSSING_CANCELLED, TEST_CROSSING));
  next = gs_stamp_desk_open (desk->stamps, gs_stamp_issue_get_case (issue));
  wait_for (next, GS_ISSUE_REFUSED);
}

/* An outcome is told until the hall has it. */
static void
tell_later (Fixture *desk, GsHallError first)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);
  GsStampVerdict verdict;

  gs_stamp_issue_print (issue);
  wait_for (issue, GS_ISSUE_QUESTION);
  gs_fake_hall_fail_next (desk->hall, GS_FAKE_HALL_OUTCOME,
                          g_error_new_literal (GS_HALL_ERROR, (int) first, ""), FALSE);
  gs_stamp_issue_answer (issue, GS_PAGE_ANSWER_COMPLETE, GS_STAMP_PLACE_WRONG_PAGE, NULL, &verdict);
  wait_for (issue, GS_ISSUE_DONE);
  g_assert_cmpuint (gs_stamp_desk_get_untold (desk->stamps), ==, 1);
  test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
  g_assert_cmpuint (gs_fake_hall_get_reports (desk->hall)->len, ==, 1);
  g_assert_true (ends_with_step (desk, issue, "CONFIRMED REPORTED"));
}

static void
test_told_later (Fixture *desk, gconstpointer data)
{
  tell_later (desk, GS_HALL_ERROR_UNREACHABLE);
}

/* A handshake that breaks, a certificate that has ended, an answer that is none: no word of the
 * hall's about the outcome. */
static void
test_told_after_no_answer (Fixture *desk, gconstpointer data)
{
  tell_later (desk, GS_HALL_ERROR_UNTRUSTED);
}

static void
test_told_after_nonsense (Fixture *desk, gconstpointer data)
{
  tell_later (desk, GS_HALL_ERROR_PROTOCOL);
}

/* A store that cannot write stops the stamp before anything is asked of hall or printer. */
static void
test_store_failure (Fixture *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_store_close (desk->store);
  gs_stamp_issue_print (issue);
  wait_for (issue, GS_ISSUE_FAILED);
  g_assert_cmpint (gs_stamp_issue_get_refusal (issue)->refusal, ==, GS_REFUSAL_STORE);
  g_assert_cmpuint (gs_fake_hall_get_calls (desk->hall, GS_FAKE_HALL_CLAIM), ==, 0);
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (desk->printer, GS_FAKE_CALL_CREATE), ==, 0);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/station/stamp/" path, Fixture, NULL, set_up, function, test_desk_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* A failing store warns, as it must. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  ADD ("printed-confirmed-reported", test_good);
  ADD ("double-press-is-one", test_double);
  ADD ("left-sheet", test_left_sheet);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path =
        g_strconcat ("/station/stamp/refused/", gs_hall_error_to_word (refusals[i].error), NULL);

      g_test_add (path, Fixture, &refusals[i], set_up, test_refused, test_desk_tear_down);
    }
  ADD ("claimed-again-after-refusal", test_after_refusal);
  ADD ("lost-claim-same-key", test_lost_claim);
  ADD ("window-closes-before-ink", test_window_closes);
  ADD ("window-closed-on-the-sheet", test_window_closed_before);
  ADD ("each-condition", test_conditions);
  ADD ("identity-ends", test_identity_ends);
  ADD ("printer-not-ready", test_printer_not_ready);
  ADD ("printer-jams-before", test_jam_before);
  ADD ("left-open", test_left_open);
  ADD ("left-while-claiming", test_left_while_claiming);
  ADD ("left-before-sending", test_left_before_sending);
  ADD ("left-while-printing", test_left_while_printing);
  ADD ("printer-makes-no-job", test_no_job);
  ADD ("held-job-is-released", test_lost_job);
  ADD ("broken-send-asks", test_broken_send);
  ADD ("broken-before-sending", test_broken_before);
  ADD ("aborted-asks", test_aborted);
  ADD ("jam", test_jam);
  ADD ("stop", test_stop);
  ADD ("stop-before-the-claim", test_stop_early);
  ADD ("void-needs-second-officer", test_void);
  ADD ("one-replacement", test_reissue_twice);
  ADD ("replaced-after-window-and-restart", test_replaced_after_restart);
  ADD ("replaced-too-late", test_replaced_too_late);
  ADD ("replacement-sheet-expires", test_replaced_sheet_expires);
  ADD ("one-replacement-only", test_one_replacement_only);
  ADD ("annulled-not-replaced", test_annulled_not_replaced);
  ADD ("told-until-the-hall-has-it", test_told_later);
  ADD ("outcome-told-after-untrusted", test_told_after_no_answer);
  ADD ("outcome-told-after-nonsense", test_told_after_nonsense);
  ADD ("store-failure", test_store_failure);
  return g_test_run ();
}
