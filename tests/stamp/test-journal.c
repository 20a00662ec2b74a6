/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-journal.h"

#include "gs-time.h"

static GsStampEvidence
evidence_at (GsStampStep step, GsStampJob job, GsStampCancel cancel, GsStampCounter counter)
{
  return (GsStampEvidence){ step, GS_STAMP_CLAIM_NOT_ASKED, job, cancel, counter };
}

static void
test_step_names (void)
{
  for (guint i = GS_STAMP_STEP_REQUESTED; i <= GS_STAMP_STEP_LAST; i++)
    {
      GsStampStep step = 0;

      g_assert_true (gs_stamp_step_from_string (gs_stamp_step_to_string ((GsStampStep) i), &step));
      g_assert_cmpuint (step, ==, i);
    }
  g_assert_null (gs_stamp_step_to_string ((GsStampStep) 0));
  g_assert_null (gs_stamp_step_to_string ((GsStampStep) (GS_STAMP_STEP_LAST + 1)));
}

/* The one straight way, each step allowed and none of them skippable. */
static void
test_straight_way (void)
{
  static const GsStampStep way[] = { GS_STAMP_STEP_REQUESTED, GS_STAMP_STEP_CLAIMED,
                                     GS_STAMP_STEP_INTENT,    GS_STAMP_STEP_CREATED,
                                     GS_STAMP_STEP_SENDING,   GS_STAMP_STEP_ACCEPTED,
                                     GS_STAMP_STEP_PRINTED,   GS_STAMP_STEP_CONFIRMED,
                                     GS_STAMP_STEP_REPORTED };

  for (guint i = 0; i + 1 < G_N_ELEMENTS (way); i++)
    for (guint j = 0; j < G_N_ELEMENTS (way); j++)
      {
        GsStampEvidence e = evidence_at (way[i], GS_STAMP_JOB_COMPLETED, GS_STAMP_CANCEL_NOT_TRIED,
                                         GS_STAMP_COUNTER_MOVED);
        g_autoptr (GError) error = NULL;

        g_assert_cmpint (gs_stamp_journal_allows (&e, way[j], &error), ==, j == i + 1);
        if (j != i + 1)
          g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_TRANSITION);
      }
}

static void
test_over_is_over (void)
{
  static const GsStampStep ends[] = { GS_STAMP_STEP_REPORTED, GS_STAMP_STEP_REFUSED };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    for (guint next = 0; next <= GS_STAMP_STEP_LAST + 1; next++)
      {
        GsStampEvidence e = evidence_at (ends[i], GS_STAMP_JOB_WAITING, GS_STAMP_CANCEL_CLEAN,
                                         GS_STAMP_COUNTER_STILL);

        g_assert_false (gs_stamp_journal_allows (&e, (GsStampStep) next, NULL));
        g_assert_cmpint (gs_stamp_journal_recover (&e), ==, GS_STAMP_ACTION_NONE);
      }
}

static void
test_recover_claim (void)
{
  static const struct
  {
    GsStampClaim claim;
    GsStampAction action;
  } cases[] = {
    { GS_STAMP_CLAIM_NOT_ASKED, GS_STAMP_ACTION_ASK_HALL },
    { GS_STAMP_CLAIM_NO_ANSWER, GS_STAMP_ACTION_ASK_HALL },
    { GS_STAMP_CLAIM_GRANTED, GS_STAMP_ACTION_START },
    { GS_STAMP_CLAIM_EXPIRED, GS_STAMP_ACTION_RELEASE },
    { GS_STAMP_CLAIM_REFUSED, GS_STAMP_ACTION_REFUSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GsStampEvidence e = { GS_STAMP_STEP_REQUESTED, cases[i].claim, GS_STAMP_JOB_NONE,
                            GS_STAMP_CANCEL_NOT_TRIED, GS_STAMP_COUNTER_STILL };

      g_assert_cmpint (gs_stamp_journal_recover (&e), ==, cases[i].action);
      e.step = GS_STAMP_STEP_CLAIMED;
      g_assert_cmpint (gs_stamp_journal_recover (&e), ==, cases[i].action);
    }
}

static void
test_recover_unsent (void)
{
  static const GsStampStep steps[] = { GS_STAMP_STEP_INTENT, GS_STAMP_STEP_CREATED };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GsStampEvidence e = evidence_at (steps[i], GS_STAMP_JOB_UNREACHABLE,
                                       GS_STAMP_CANCEL_NOT_TRIED, GS_STAMP_COUNTER_UNKNOWN);

      g_assert_cmpint (gs_stamp_journal_recover (&e), ==, GS_STAMP_ACTION_ASK_PRINTER);
      g_assert_false (gs_stamp_journal_allows (&e, GS_STAMP_STEP_INTENT, NULL));
      e.job = GS_STAMP_JOB_WAITING;
      g_assert_cmpint (gs_stamp_journal_recover (&e), ==, GS_STAMP_ACTION_CANCEL_JOBS);
      g_assert_false (gs_stamp_journal_allows (&e, GS_STAMP_STEP_INTENT, NULL));
      e.cancel = GS_STAMP_CANCEL_CLEAN;
      g_assert_cmpint (gs_stamp_journal_recover (&e), ==, GS_STAMP_ACTION_RETRY);
      g_assert_true (gs_stamp_journal_allows (&e, GS_STAMP_STEP_INTENT, NULL));
      e.cancel = GS_STAMP_CANCEL_DIRTY;
      g_assert_cmpint (gs_stamp_journal_recover (&e), ==, GS_STAMP_ACTION_INSPECT);
      e.job = GS_STAMP_JOB_COMPLETED;
      g_assert_cmpint (gs_stamp_journal_recover (&e), ==, GS_STAMP_ACTION_INSPECT);
      /* A job that is held for another reason has no document either. */
      e.job = GS_STAMP_JOB_ACTIVE;
      e.cancel = GS_STAMP_CANCEL_NOT_TRIED;
      g_assert_cmpint (gs_stamp_journal_recover (&e), ==, GS_STAMP_ACTION_CANCEL_JOBS);
      e.cancel = GS_STAMP_CANCEL_CLEAN;
      g_assert_cmpint (gs_stamp_journal_recover (&e), ==, GS_STAMP_ACTION_RETRY);
      /* One that ended by itself while something was printed is looked at. */
      e.job = GS_STAMP_JOB_CANCELED;
      e.counter = GS_STAMP_COUNTER_MOVED;
      g_assert_cmpint (gs_stamp_journal_recover (&e), ==, GS_STAMP_ACTION_INSPECT);
      e.counter = GS_STAMP_COUNTER_STILL;
      g_assert_cmpint (gs_stamp_journal_recover (&e), ==, GS_STAMP_ACTION_RETRY);
    }
}

/* From SENDING a retry has exactly one excuse. Every combination is tried. */
static void
test_recover_sending (void)
{
  for (guint job = GS_STAMP_JOB_UNREACHABLE; job <= GS_STAMP_JOB_COMPLETED; job++)
    for (guint cancel = GS_STAMP_CANCEL_NOT_TRIED; cancel <= GS_STAMP_CANCEL_FAILED; cancel++)
      for (guint counter = GS_STAMP_COUNTER_UNKNOWN; counter <= GS_STAMP_COUNTER_MOVED; counter++)
        {
          GsStampEvidence e = evidence_at (GS_STAMP_STEP_SENDING, (GsStampJob) job,
                                           (GsStampCancel) cancel, (GsStampCounter) counter);
          gboolean excuse = job == GS_STAMP_JOB_WAITING && counter != GS_STAMP_COUNTER_MOVED;
          GsStampAction expected = GS_STAMP_ACTION_INSPECT;

          if (excuse && cancel == GS_STAMP_CANCEL_CLEAN)
            expected = GS_STAMP_ACTION_RETRY;
          else if (excuse && cancel == GS_STAMP_CANCEL_NOT_TRIED)
            expected = GS_STAMP_ACTION_CANCEL_JOBS;
          g_assert_cmpint (gs_stamp_journal_recover (&e), ==, expected);
          g_assert_cmpint (gs_stamp_journal_allows (&e, GS_STAMP_STEP_INTENT, NULL), ==,
                           expected == GS_STAMP_ACTION_RETRY);
          g_assert_cmpint (gs_stamp_journal_allows (&e, GS_STAMP_STEP_FAILED, NULL), ==,
                           expected == GS_STAMP_ACTION_RETRY);
        }
}

static void
test_recover_accepted (void)
{
  for (guint job = GS_STAMP_JOB_UNREACHABLE; job <= GS_STAMP_JOB_COMPLETED; job++)
    {
      GsStampEvidence e = evidence_at (GS_STAMP_STEP_ACCEPTED, (GsStampJob) job,
                                       GS_STAMP_CANCEL_CLEAN, GS_STAMP_COUNTER_STILL);
      gboolean completed = job == GS_STAMP_JOB_COMPLETED;

      g_assert_cmpint (gs_stamp_journal_recover (&e), ==,
                       completed ? GS_STAMP_ACTION_PRINTED : GS_STAMP_ACTION_INSPECT);
      g_assert_cmpint (gs_stamp_journal_allows (&e, GS_STAMP_STEP_PRINTED, NULL), ==, completed);
      g_assert_false (gs_stamp_journal_allows (&e, GS_STAMP_STEP_INTENT, NULL));
    }
}

static GsStampVerdict
ask (GsPageAnswer answer, GsStampPlace place, GsStampCounter counter, GsStampSecond second)
{
  GsStampVerdict verdict = { 0 };

  g_assert_true (gs_stamp_journal_answer (GS_STAMP_STEP_INSPECT, answer, place, counter, second,
                                          &verdict, NULL));
  return verdict;
}

static void
test_answer_complete (void)
{
  GsStampVerdict v =
    ask (GS_PAGE_ANSWER_COMPLETE, 0, GS_STAMP_COUNTER_UNKNOWN, GS_STAMP_SECOND_NOT_ASKED);

  g_assert_cmpint (v.step, ==, GS_STAMP_STEP_CONFIRMED);
  g_assert_false (v.needs_second || v.in_doubt || v.overprint || v.new_serial || v.noted);
}

static void
test_answer_incomplete (void)
{
  GsStampVerdict v =
    ask (GS_PAGE_ANSWER_INCOMPLETE, 0, GS_STAMP_COUNTER_MOVED, GS_STAMP_SECOND_NOT_ASKED);

  g_assert_cmpint (v.step, ==, GS_STAMP_STEP_INSPECT);
  g_assert_true (v.needs_second && v.in_doubt && !v.new_serial && !v.overprint);
  v = ask (GS_PAGE_ANSWER_INCOMPLETE, 0, GS_STAMP_COUNTER_MOVED, GS_STAMP_SECOND_AGREES);
  g_assert_cmpint (v.step, ==, GS_STAMP_STEP_VOID);
  g_assert_true (v.overprint && v.new_serial && !v.in_doubt && !v.needs_second);
  v = ask (GS_PAGE_ANSWER_INCOMPLETE, 0, GS_STAMP_COUNTER_MOVED, GS_STAMP_SECOND_DISAGREES);
  g_assert_cmpint (v.step, ==, GS_STAMP_STEP_INSPECT);
  g_assert_true (v.supervisor && v.in_doubt && !v.new_serial);
}

static void
test_answer_absent (void)
{
  GsStampVerdict v =
    ask (GS_PAGE_ANSWER_ABSENT, 0, GS_STAMP_COUNTER_STILL, GS_STAMP_SECOND_NOT_ASKED);

  g_assert_cmpint (v.step, ==, GS_STAMP_STEP_VOID);
  g_assert_true (v.new_serial && !v.overprint && !v.in_doubt);
  for (guint counter = GS_STAMP_COUNTER_UNKNOWN; counter <= GS_STAMP_COUNTER_MOVED; counter++)
    {
      if (counter == GS_STAMP_COUNTER_STILL)
        continue;
      v = ask (GS_PAGE_ANSWER_ABSENT, 0, (GsStampCounter) counter, GS_STAMP_SECOND_NOT_ASKED);
      g_assert_cmpint (v.step, ==, GS_STAMP_STEP_INSPECT);
      g_assert_true (v.needs_second && v.in_doubt && !v.new_serial);
      v = ask (GS_PAGE_ANSWER_ABSENT, 0, (GsStampCounter) counter, GS_STAMP_SECOND_AGREES);
      g_assert_cmpint (v.step, ==, GS_STAMP_STEP_VOID);
      g_assert_true (v.new_serial && !v.overprint && !v.in_doubt);
    }
}

static void
test_answer_wrong_place (void)
{
  GsStampVerdict v = ask (GS_PAGE_ANSWER_WRONG_PLACE, GS_STAMP_PLACE_WRONG_PAGE,
                          GS_STAMP_COUNTER_MOVED, GS_STAMP_SECOND_NOT_ASKED);

  g_assert_cmpint (v.step, ==, GS_STAMP_STEP_CONFIRMED);
  g_assert_true (v.noted && !v.new_serial);

  v = ask (GS_PAGE_ANSWER_WRONG_PLACE, GS_STAMP_PLACE_OVER_STAMP, GS_STAMP_COUNTER_MOVED,
           GS_STAMP_SECOND_AGREES);
  g_assert_cmpint (v.step, ==, GS_STAMP_STEP_VOID);
  g_assert_true (v.overprint && !v.supervisor && !v.incident && !v.destroy_sheet);

  v = ask (GS_PAGE_ANSWER_WRONG_PLACE, GS_STAMP_PLACE_OTHER_PASSPORT, GS_STAMP_COUNTER_MOVED,
           GS_STAMP_SECOND_NOT_ASKED);
  g_assert_cmpint (v.step, ==, GS_STAMP_STEP_INSPECT);
  g_assert_true (v.supervisor && v.incident && v.needs_second);
  v = ask (GS_PAGE_ANSWER_WRONG_PLACE, GS_STAMP_PLACE_OTHER_PASSPORT, GS_STAMP_COUNTER_MOVED,
           GS_STAMP_SECOND_AGREES);
  g_assert_cmpint (v.step, ==, GS_STAMP_STEP_VOID);
  g_assert_true (v.supervisor && v.incident && v.overprint);

  v = ask (GS_PAGE_ANSWER_WRONG_PLACE, GS_STAMP_PLACE_LOOSE_SHEET, GS_STAMP_COUNTER_MOVED,
           GS_STAMP_SECOND_AGREES);
  g_assert_cmpint (v.step, ==, GS_STAMP_STEP_VOID);
  g_assert_true (v.destroy_sheet && !v.overprint);
}

static void
test_answer_elsewhere (void)
{
  for (guint step = 0; step <= GS_STAMP_STEP_LAST + 1; step++)
    {
      GsStampVerdict verdict = { 0 };
      gboolean asked = step == GS_STAMP_STEP_PRINTED || step == GS_STAMP_STEP_INSPECT;

      g_assert_cmpint (gs_stamp_journal_answer ((GsStampStep) step, GS_PAGE_ANSWER_COMPLETE, 0,
                                                GS_STAMP_COUNTER_STILL, GS_STAMP_SECOND_NOT_ASKED,
                                                &verdict, NULL),
                       ==, asked);
      g_assert_false (gs_stamp_journal_answer ((GsStampStep) step, GS_PAGE_ANSWER_WRONG_PLACE, 0,
                                               GS_STAMP_COUNTER_STILL, GS_STAMP_SECOND_AGREES,
                                               &verdict, NULL));
    }
}

static void
test_small_questions (void)
{
  g_assert_true (gs_stamp_journal_may_start (999, 1000));
  g_assert_false (gs_stamp_journal_may_start (1000, 1000));
  g_assert_false (gs_stamp_journal_may_start (GS_TIME_UNKNOWN, 1000));
  g_assert_false (gs_stamp_journal_may_start (999, GS_TIME_UNKNOWN));
  g_assert_cmpint (gs_stamp_counter_compare (7, 7), ==, GS_STAMP_COUNTER_STILL);
  g_assert_cmpint (gs_stamp_counter_compare (7, 8), ==, GS_STAMP_COUNTER_MOVED);
  g_assert_cmpint (gs_stamp_counter_compare (8, 7), ==, GS_STAMP_COUNTER_UNKNOWN);
  g_assert_cmpint (gs_stamp_counter_compare (-1, 7), ==, GS_STAMP_COUNTER_UNKNOWN);
  g_assert_cmpint (gs_stamp_counter_compare (7, -1), ==, GS_STAMP_COUNTER_UNKNOWN);
  g_assert_cmpstr (gs_stamp_journal_outcome (GS_STAMP_STEP_CONFIRMED), ==, "issued");
  g_assert_cmpstr (gs_stamp_journal_outcome (GS_STAMP_STEP_INSPECT), ==, "in-doubt");
  g_assert_null (gs_stamp_journal_outcome (GS_STAMP_STEP_SENDING));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stamp/journal/step-names", test_step_names);
  g_test_add_func ("/stamp/journal/straight-way", test_straight_way);
  g_test_add_func ("/stamp/journal/over-is-over", test_over_is_over);
  g_test_add_func ("/stamp/journal/recover/claim", test_recover_claim);
  g_test_add_func ("/stamp/journal/recover/unsent", test_recover_unsent);
  g_test_add_func ("/stamp/journal/recover/sending", test_recover_sending);
  g_test_add_func ("/stamp/journal/recover/accepted", test_recover_accepted);
  g_test_add_func ("/stamp/journal/answer/complete", test_answer_complete);
  g_test_add_func ("/stamp/journal/answer/incomplete", test_answer_incomplete);
  g_test_add_func ("/stamp/journal/answer/absent", test_answer_absent);
  g_test_add_func ("/stamp/journal/answer/wrong-place", test_answer_wrong_place);
  g_test_add_func ("/stamp/journal/answer/elsewhere", test_answer_elsewhere);
  g_test_add_func ("/stamp/journal/small-questions", test_small_questions);
  return g_test_run ();
}
