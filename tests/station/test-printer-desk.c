/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-desk.h"

/* Two printers at one desk. A stamp goes to the second one while nothing of it was sent to the
 * first, and never afterwards. */

#define CALLS(printer, call) gs_fake_stamp_printer_get_calls (printer, GS_FAKE_CALL_##call)
#define PAGES(printer) gs_fake_stamp_printer_get_pages (printer, NULL)

static gboolean
both_are_known (TestDesk *desk)
{
  for (guint i = 0; i < 2; i++)
    if (!gs_printer_monitor_get_status (gs_printer_desk_get_printer (desk->printers, i))->reachable)
      return FALSE;
  return TRUE;
}

static void
set_up (TestDesk *desk, gconstpointer data)
{
  test_desk_set_up (desk, data);
  test_desk_add_printer (desk);
  test_desk_start_stamps (desk);
  test_until (both_are_known (desk));
}

static GsStampIssue *
open_sheet (TestDesk *desk)
{
  GsStampIssue *issue =
    gs_stamp_desk_open (desk->stamps, test_desk_admit_ready (desk, TEST_CROSSING));

  test_until (gs_stamp_issue_can_print (issue));
  return issue;
}

static void
wait_for (GsStampIssue *issue, GsIssueState state)
{
  test_until (gs_stamp_issue_get_state (issue) == state);
}

static const char *
name_of (GsStampIssue *issue)
{
  return gs_stamp_printer_get_name (
    gs_printer_monitor_get_printer (gs_stamp_issue_get_printer (issue)));
}

static const GsPrinterPass *
only_pass (GsStampIssue *issue)
{
  GPtrArray *passes = gs_stamp_issue_get_passes (issue);

  g_assert_cmpuint (passes->len, ==, 1);
  return g_ptr_array_index (passes, 0);
}

/* One stamp came out, at the second printer, with the first serial; the first printer got no
 * document. */
static void
assert_passed_on (TestDesk *desk, GsStampIssue *issue, GsPrinterTrouble trouble, const char *steps)
{
  g_autofree char *taken = NULL;

  wait_for (issue, GS_ISSUE_QUESTION);
  taken = test_desk_dup_steps (desk, gs_stamp_issue_get_stamp_id (issue));
  g_assert_cmpstr (taken, ==, steps);
  g_assert_cmpstr (name_of (issue), ==, "Right");
  g_assert_cmpstr (only_pass (issue)->name, ==, "Fake");
  g_assert_cmpint (only_pass (issue)->trouble, ==, trouble);
  g_assert_cmpstr (gs_stamp_issue_get_serial (issue), ==, "UTO-D3 000001");
  g_assert_cmpuint (CALLS (desk->printer, SEND), ==, 0);
  g_assert_cmpuint (PAGES (desk->printer), ==, 0);
  g_assert_cmpuint (PAGES (desk->standby), ==, 1);
  g_assert_cmpuint (gs_fake_hall_get_calls (desk->hall, GS_FAKE_HALL_CLAIM), ==, 1);
}

#define WAY "SENDING ACCEPTED PRINTED"

/* In the key file's order: the first one prints, the second one rests. */
static void
test_first (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  g_assert_cmpstr (name_of (issue), ==, "Fake");
  g_assert_true (gs_stamp_issue_print (issue));
  wait_for (issue, GS_ISSUE_QUESTION);
  g_assert_cmpuint (gs_stamp_issue_get_passes (issue)->len, ==, 0);
  g_assert_cmpuint (PAGES (desk->printer), ==, 1);
  g_assert_cmpuint (CALLS (desk->standby, CREATE), ==, 0);
}

static GsPrinterStatus *
ready_status (void)
{
  static const GsPrinterResolution resolution = { 600, 600 };
  GsPrinterStatus *status = gs_printer_status_new ();

  status->reachable = TRUE;
  status->accepting = TRUE;
  status->state = GS_PRINTER_STATE_IDLE;
  status->impressions_completed = 0;
  g_array_append_val (status->resolutions, resolution);
  g_strfreev (status->formats);
  status->formats = g_strsplit ("image/pwg-raster", " ", -1);
  return status;
}

/* Wrong size: whether it says so of all that it prints or of what lies in it. */
static void
test_wrong_size (TestDesk *desk, gconstpointer data)
{
  static const GsPrintMedia stamp = { 4500, 3500 }, card = { 8560, 5398 };
  gboolean loaded = GPOINTER_TO_INT (data);
  GsPrinterStatus *status = ready_status ();
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  g_array_append_val (status->media, card);
  if (loaded)
    {
      g_array_append_val (status->media, stamp);
      g_array_append_val (status->media_ready, card);
    }
  gs_fake_stamp_printer_set_status (desk->printer, status);
  g_assert_true (gs_stamp_issue_print (issue));
  assert_passed_on (desk, issue, GS_PRINTER_TROUBLE_UNFIT, "REQUESTED CLAIMED INTENT CREATED " WAY);
}

/* It went away between the sheet and the claim. */
static void
test_away (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_stamp_printer_fail_next (desk->printer, GS_FAKE_CALL_STATUS, GS_PRINTER_ERROR_UNREACHABLE,
                                   FALSE);
  g_assert_true (gs_stamp_issue_print (issue));
  assert_passed_on (desk, issue, GS_PRINTER_TROUBLE_NO_ANSWER,
                    "REQUESTED CLAIMED INTENT CREATED " WAY);
}

typedef struct
{
  GsPrinterError error;
  gboolean done; /* the job was made all the same */
  GsPrinterTrouble trouble;
} Refusal;

/* It makes no job, or one whose answer is lost, or one that would print something else: whatever
 * job it made is cancelled there. */
static void
test_no_job (TestDesk *desk, gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_stamp_printer_fail_next (desk->printer, GS_FAKE_CALL_CREATE, refusal->error,
                                   refusal->done);
  g_assert_true (gs_stamp_issue_print (issue));
  assert_passed_on (desk, issue, refusal->trouble, "REQUESTED CLAIMED INTENT INTENT CREATED " WAY);
  g_assert_cmpuint (CALLS (desk->printer, CANCEL), ==, refusal->done ? 1 : 0);
}

static const Refusal refusals[] = {
  { GS_PRINTER_ERROR_UNREACHABLE, FALSE, GS_PRINTER_TROUBLE_NO_ANSWER },
  { GS_PRINTER_ERROR_UNTRUSTED, FALSE, GS_PRINTER_TROUBLE_UNTRUSTED },
  { GS_PRINTER_ERROR_NOT_ENROLLED, FALSE, GS_PRINTER_TROUBLE_NOT_ENROLLED },
  { GS_PRINTER_ERROR_REFUSED, FALSE, GS_PRINTER_TROUBLE_REFUSED },
  { GS_PRINTER_ERROR_BUSY, FALSE, GS_PRINTER_TROUBLE_REFUSED },
  { GS_PRINTER_ERROR_JAMMED, FALSE, GS_PRINTER_TROUBLE_OTHER },
  { GS_PRINTER_ERROR_SUBSTITUTED, TRUE, GS_PRINTER_TROUBLE_SUBSTITUTED },
  { GS_PRINTER_ERROR_PROTOCOL, TRUE, GS_PRINTER_TROUBLE_GIBBERISH },
  { GS_PRINTER_ERROR_GONE, TRUE, GS_PRINTER_TROUBLE_NO_ANSWER },
};

/* From SENDING on nobody else gets the stamp, whatever happened to the document. */
static void
test_never_after_sending (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_stamp_printer_fail_next (desk->printer, GS_FAKE_CALL_SEND, GS_PRINTER_ERROR_GONE,
                                   GPOINTER_TO_INT (data));
  g_assert_true (gs_stamp_issue_print (issue));
  test_until (gs_stamp_issue_get_state (issue) == GS_ISSUE_QUESTION
              || gs_stamp_issue_get_state (issue) == GS_ISSUE_FAILED);
  g_assert_cmpuint (gs_stamp_issue_get_passes (issue)->len, ==, 0);
  g_assert_cmpuint (CALLS (desk->standby, CREATE), ==, 0);
}

/* Both refuse: the claim goes back, and each was asked once. */
static void
test_none_left (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_stamp_printer_fail_next (desk->printer, GS_FAKE_CALL_CREATE, GS_PRINTER_ERROR_REFUSED,
                                   FALSE);
  gs_fake_stamp_printer_fail_next (desk->standby, GS_FAKE_CALL_CREATE, GS_PRINTER_ERROR_REFUSED,
                                   FALSE);
  g_assert_true (gs_stamp_issue_print (issue));
  wait_for (issue, GS_ISSUE_FAILED);
  g_assert_cmpint (gs_stamp_issue_get_refusal (issue)->refusal, ==, GS_REFUSAL_PRINTER);
  g_assert_cmpint (gs_stamp_issue_get_refusal (issue)->trouble, ==, GS_PRINTER_TROUBLE_REFUSED);
  g_assert_cmpint (gs_stamp_issue_get_claim_fate (issue), ==, GS_CLAIM_FATE_RELEASED);
  g_assert_cmpuint (CALLS (desk->printer, CREATE), ==, 1);
  g_assert_cmpuint (CALLS (desk->standby, CREATE), ==, 1);
  g_assert_cmpuint (PAGES (desk->printer) + PAGES (desk->standby), ==, 0);
}

/* A stamp that was being sent to the second printer when the station died. */
static void
leave_in_sending (TestDesk *desk)
{
  g_autoptr (GsStampIssue) issue = open_sheet (desk);

  gs_fake_stamp_printer_fail_next (desk->printer, GS_FAKE_CALL_CREATE, GS_PRINTER_ERROR_BUSY,
                                   FALSE);
  gs_fake_stamp_printer_hold (desk->standby, TRUE);
  g_assert_true (gs_stamp_issue_print (issue));
  test_until (CALLS (desk->standby, SEND) == 1);
  g_assert_cmpint (gs_stamp_issue_get_step (issue), ==, GS_STAMP_STEP_SENDING);
}

static GsStampIssue *
only_question (TestDesk *desk)
{
  g_autoptr (GPtrArray) questions = gs_stamp_desk_dup_questions (desk->stamps);

  return questions->len == 1 ? g_object_ref (g_ptr_array_index (questions, 0)) : NULL;
}

/* Recovery asks the printer that the journal names, and no other. */
static void
test_recovery (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = NULL;
  guint creates;

  leave_in_sending (desk);
  creates = CALLS (desk->printer, CREATE);
  test_desk_recover (desk);
  test_until (CALLS (desk->standby, FIND) > 0);
  gs_fake_stamp_printer_hold (desk->standby, FALSE);
  test_until ((issue = only_question (desk)) != NULL);
  g_assert_cmpstr (name_of (issue), ==, "Right");
  g_assert_cmpuint (CALLS (desk->printer, FIND), ==, 0);
  g_assert_cmpuint (CALLS (desk->printer, CREATE), ==, creates);
  g_assert_cmpuint (PAGES (desk->printer), ==, 0);
}

/* The desk has that printer no more: nobody else is asked, the officer looks at the page. */
static void
test_removed (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = NULL;
  guint calls;

  leave_in_sending (desk);
  calls = CALLS (desk->standby, FIND);
  gs_printer_desk_stop (desk->printers);
  g_object_unref (desk->printers);
  desk->printers = gs_printer_desk_new ();
  gs_printer_desk_add (desk->printers, GS_STAMP_PRINTER (desk->printer));
  gs_printer_desk_start (desk->printers);
  test_desk_recover (desk);
  test_until ((issue = only_question (desk)) != NULL);
  g_assert_cmpint (gs_stamp_issue_get_step (issue), ==, GS_STAMP_STEP_INSPECT);
  g_assert_null (gs_stamp_issue_get_printer (issue));
  g_assert_cmpuint (CALLS (desk->printer, FIND), ==, 0);
  g_assert_cmpuint (CALLS (desk->standby, FIND), ==, calls);
  gs_fake_stamp_printer_hold (desk->standby, FALSE);
}

#define ADD(path, data, function)                                                                  \
  g_test_add ("/printer-desk/" path, TestDesk, data, set_up, function, test_desk_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("first", NULL, test_first);
  ADD ("wrong-size/never", GINT_TO_POINTER (FALSE), test_wrong_size);
  ADD ("wrong-size/loaded", GINT_TO_POINTER (TRUE), test_wrong_size);
  ADD ("away", NULL, test_away);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/printer-desk/no-job/%u", refusals[i].error);

      g_test_add (path, TestDesk, &refusals[i], set_up, test_no_job, test_desk_tear_down);
    }
  ADD ("never-after-sending/not-printed", GINT_TO_POINTER (FALSE), test_never_after_sending);
  ADD ("never-after-sending/printed", GINT_TO_POINTER (TRUE), test_never_after_sending);
  ADD ("none-left", NULL, test_none_left);
  ADD ("recovery", NULL, test_recovery);
  ADD ("removed", NULL, test_removed);
  return g_test_run ();
}
