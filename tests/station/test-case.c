/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-desk.h"

/* A crossing as the desk deals with it: what is hidden, what is shielded, what is forgotten. */

static void
test_blind (TestDesk *desk, gconstpointer data)
{
  GsCase *item = test_desk_refer (desk, TEST_CROSSING, "B01", TEST_NOW);

  g_assert_true (gs_case_is_blind (item));
  g_assert_cmpint (gs_case_get_priority (item), ==, 2);
  test_desk_judge (desk, item, GS_JUDGEMENT_SAME);
  g_assert_false (gs_case_is_blind (item));
}

/* A case with another reason beside the face is no comparison of faces alone. */
static void
test_mixed_is_not_blind (TestDesk *desk, gconstpointer data)
{
  g_assert_false (gs_case_is_blind (test_desk_refer (desk, TEST_CROSSING, "B01 E02", TEST_NOW)));
}

static void
test_shielded (TestDesk *desk, gconstpointer data)
{
  GsCase *item = test_desk_refer (desk, TEST_CROSSING, "B05", TEST_NOW);
  GsEvent *event;

  g_assert_cmpint (gs_case_get_priority (item), ==, 1);
  g_assert_true (gs_case_is_shielded (item));
  event = test_desk_event (desk, GS_EVENT_CROSSING_RESOLVED, TEST_CROSSING);
  event->outcome = GS_OUTCOME_SECOND_LINE;
  test_desk_apply (desk, event);
  g_assert_false (gs_case_is_shielded (item));
}

static void
test_not_shielded (TestDesk *desk, gconstpointer data)
{
  g_assert_false (gs_case_is_shielded (test_desk_refer (desk, TEST_CROSSING, "B01", TEST_NOW)));
}

/* A second referral of the same crossing is a new question. */
static void
test_new_referral (TestDesk *desk, gconstpointer data)
{
  GsCase *item = test_desk_refer (desk, TEST_CROSSING, "B01", TEST_NOW);

  test_desk_judge (desk, item, GS_JUDGEMENT_SAME);
  test_desk_refer (desk, TEST_CROSSING, "B02", TEST_NOW + 1000);
  g_assert_cmpint (gs_case_get_judgement (item), ==, 0);
  g_assert_true (gs_case_is_blind (item));
}

/* An event that the crossing has seen already changes nothing, least of all the judgement. */
static void
test_old_event (TestDesk *desk, gconstpointer data)
{
  GsCase *item = test_desk_refer (desk, TEST_CROSSING, "B01", TEST_NOW);

  test_desk_judge (desk, item, GS_JUDGEMENT_SAME);
  desk->last_event--;
  test_desk_refer (desk, TEST_CROSSING, "B01", TEST_NOW);
  g_assert_cmpint (gs_case_get_judgement (item), ==, GS_JUDGEMENT_SAME);
}

static void
test_rejected (TestDesk *desk, gconstpointer data)
{
  GsCase *item = test_desk_refer (desk, TEST_CROSSING, "E02", TEST_NOW);

  g_assert_cmpint (gs_case_get_priority (item), >, 1);
  gs_case_set_pending (item, GS_OUTCOME_ADMITTED);
  g_assert_false (gs_case_is_waiting (item));
  gs_case_set_rejected (item, TRUE);
  g_assert_cmpint (gs_case_get_priority (item), ==, 1);
  g_assert_true (gs_case_is_waiting (item));
}

/* The document of an open case comes before the newest admitted crossing of it. */
static void
test_find_document (TestDesk *desk, gconstpointer data)
{
  const char *const ids[] = { "crossing-a", "crossing-b", "crossing-c" };
  GsCase *items[3] = { test_desk_admit (desk, ids[0]), test_desk_admit (desk, ids[1]),
                       test_desk_refer (desk, ids[2], "E02", TEST_NOW) };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      GsTraveller *traveller = gs_traveller_new ();

      gs_traveller_set (&traveller->issuing_state, "UTO");
      gs_traveller_set (&traveller->document_number, "L898902C3");
      gs_case_take_traveller (items[i], traveller);
    }
  g_assert_true (gs_case_book_find_document (desk->book, "UTO", "L898902C3") == items[2]);
  g_assert_null (gs_case_book_find_document (desk->book, "UTO", "L898902C4"));
}

/* What is over and held by nobody is forgotten; an open case never is. */
static void
test_forget (TestDesk *desk, gconstpointer data)
{
  test_desk_admit (desk, "crossing-a");
  gs_case_set_stamp_wanted (test_desk_admit (desk, "crossing-b"), TRUE);
  test_desk_refer (desk, "crossing-c", "E02", TEST_NOW);
  g_assert_cmpuint (gs_case_book_forget (desk->book, TEST_NOW + 1), ==, 1);
  g_assert_null (gs_case_book_find (desk->book, "crossing-a"));
  g_assert_nonnull (gs_case_book_find (desk->book, "crossing-c"));
}

#define ADD(path, function)                                                                        \
  g_test_add (path, TestDesk, NULL, test_desk_set_up, function, test_desk_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/station/case/blind-until-judged", test_blind);
  ADD ("/station/case/mixed-reasons-are-not-blind", test_mixed_is_not_blind);
  ADD ("/station/case/priority-one-shielded-while-open", test_shielded);
  ADD ("/station/case/others-not-shielded", test_not_shielded);
  ADD ("/station/case/new-referral-forgets-judgement", test_new_referral);
  ADD ("/station/case/old-event-keeps-judgement", test_old_event);
  ADD ("/station/case/rejected-is-priority-one", test_rejected);
  ADD ("/station/case/document-finds-open-case-first", test_find_document);
  ADD ("/station/case/forget", test_forget);
  return g_test_run ();
}
