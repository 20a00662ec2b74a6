/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-fake-feed.h"
#include "gs-station.h"
#include "gs-test-desk.h"
#include "gs-test-judge.h"
#include "gs-time.h"

/* A case that is about the face, from the referral to what the hall gets: a whole station with a
 * feed, without camera and engine. Each block stands there alone, so nothing else can be what holds
 * the admission. */

typedef struct
{
  TestDesk base;
  GsFakeFeed *feed;
  GsStation *station;
  GsFaceDesk *faces;
  GsCase *item;
} Fixture;

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  gs_station_start_finish (GS_STATION (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  TestDesk *base = &fixture->base;
  GsStationDevices devices = { .config = &base->config };
  g_autoptr (GsHallAccess) access = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  gboolean started = FALSE;

  test_desk_set_up (base, NULL);
  fixture->feed = gs_fake_feed_new ();
  url = gs_fake_feed_get_url (fixture->feed);
  access = gs_hall_access_new (url, &error);
  g_assert_no_error (error);
  devices.access = access;
  devices.hall = GS_HALL (base->hall);
  devices.store = base->store;
  devices.clock = base->clock;
  fixture->station = gs_station_new (&devices);
  fixture->faces = gs_station_get_face_desk (fixture->station);
  g_set_object (&base->book, gs_station_get_book (fixture->station));
  gs_station_start_async (fixture->station, NULL, on_started, &started);
  test_until (started);
  gs_station_set_session (fixture->station, base->officer);
  test_until (gs_station_is_live (fixture->station));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gs_station_stop (fixture->station);
  g_object_run_dispose (G_OBJECT (fixture->station));
  g_clear_object (&fixture->station);
  test_desk_tear_down (&fixture->base, data);
  gs_fake_feed_free (fixture->feed);
}

/* On the card, with this desk's lease. */
static void
refer (Fixture *fixture, const char *reason)
{
  TestDesk *base = &fixture->base;
  GsEvent *event = test_desk_event (base, GS_EVENT_CROSSING_BACKGROUND, TEST_CROSSING);

  event->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
  g_ptr_array_add (event->checks,
                   gs_check_new ("not-lost-or-stolen", GS_CHECK_RESULT_SUCCESSFUL, NULL, NULL));
  test_desk_apply (base, event);
  fixture->item =
    test_desk_refer (base, TEST_CROSSING, reason, gs_clock_now_utc_ms (base->clock) - 10000);
  gs_station_open (fixture->station, fixture->item);
  test_until (gs_case_get_hold (fixture->item) == GS_HOLD_HERE);
}

static void
read_document (Fixture *fixture)
{
  gs_case_set_read (fixture->item, GS_READ_DEVICE, gs_clock_now_utc_ms (fixture->base.clock));
}

static guint
admit_blocks (Fixture *fixture)
{
  return gs_station_blocks (fixture->station, fixture->item, GS_OUTCOME_ADMITTED);
}

static gboolean
decide (Fixture *fixture, GsOutcome outcome)
{
  return gs_station_decide (fixture->station, fixture->item, outcome, NULL, "gate-1", NULL);
}

/* Nothing goes to the hall, and nothing is on its way. */
static void
assert_not_admitted (Fixture *fixture, guint blocks)
{
  g_assert_cmphex (admit_blocks (fixture), ==, blocks);
  g_assert_false (decide (fixture, GS_OUTCOME_ADMITTED));
  g_assert_cmpint (gs_case_get_pending (fixture->item), ==, 0);
  g_assert_cmpuint (gs_fake_hall_get_decisions (fixture->base.hall)->len, ==, 0);
}

static void
judge (Fixture *fixture, GsJudgement judgement, GsSession *officer)
{
  test_until (gs_test_judge (fixture->faces, judgement, officer));
}

/* What the hall got, after the seconds in which it can be undone. */
static const GsHallDecision *
sent (Fixture *fixture)
{
  test_until (gs_fake_hall_get_decisions (fixture->base.hall)->len == 1
              && gs_station_get_kept (fixture->station) == 0);
  return g_ptr_array_index (gs_fake_hall_get_decisions (fixture->base.hall), 0);
}

static char *
dup_evidence (const GsHallDecision *decision)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < decision->evidence->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (decision->evidence, i);

      g_string_append_printf (text, "%s=%s|", check->name, gs_check_result_to_word (check->result));
    }
  return g_string_free (text, FALSE);
}

/* --- tests ------------------------------------------------------------------------------------ */

/* The gate said no match and no engine is here to say otherwise: two officers, and both go to the
 * hall. */
static void
test_second (Fixture *fixture, gconstpointer data)
{
  const GsHallDecision *decision;
  g_autofree char *evidence = NULL;

  fixture->base.config.face.second_when_undecided = TRUE;
  refer (fixture, "B01");
  read_document (fixture);
  assert_not_admitted (fixture, GS_BLOCK_NOT_JUDGED);
  judge (fixture, GS_JUDGEMENT_SAME, fixture->base.officer);
  assert_not_admitted (fixture, GS_BLOCK_SECOND_FACE);
  g_assert_true (gs_face_desk_begin_second (fixture->faces, fixture->base.second));
  assert_not_admitted (fixture, GS_BLOCK_NOT_JUDGED | GS_BLOCK_SECOND_FACE);
  judge (fixture, GS_JUDGEMENT_SAME, fixture->base.second);
  g_assert_cmphex (admit_blocks (fixture), ==, 0);
  g_assert_true (decide (fixture, GS_OUTCOME_ADMITTED));
  decision = sent (fixture);
  g_assert_cmpint (decision->outcome, ==, GS_OUTCOME_ADMITTED);
  g_assert_cmpstr (decision->officer, ==, "kato");
  g_assert_cmpstr (decision->second_officer, ==, "mori");
  g_assert_cmpstr (decision->reasons[0], ==, "B01");
  g_assert_null (decision->reasons[1]);
  g_assert_null (decision->relaxed);
  evidence = dup_evidence (decision);
  g_assert_cmpstr (evidence, ==,
                   "not-lost-or-stolen=successful|officer-same-as-chip=successful|"
                   "desk-face-match=not-supported|desk-no-attack-seen=successful|");
}

/* Nobody is admitted on a face that was held against no document, but where the policy says so;
 * then the hall is told. */
static void
test_without_document (Fixture *fixture, gconstpointer data)
{
  refer (fixture, "B02");
  judge (fixture, GS_JUDGEMENT_SAME, fixture->base.officer);
  assert_not_admitted (fixture, GS_BLOCK_NO_DOCUMENT);
  read_document (fixture);
  assert_not_admitted (fixture, GS_BLOCK_NO_DOCUMENT);
  fixture->base.config.face.without_document = TRUE;
  g_assert_cmphex (admit_blocks (fixture), ==, 0);
  g_assert_true (decide (fixture, GS_OUTCOME_ADMITTED));
  g_assert_cmpstr (sent (fixture)->relaxed, ==, "face-without-document");
  g_assert_null (sent (fixture)->second_officer);
}

/* The gate compared the face and found no match, but gave another reason: the face counts all the
 * same. Where it found a match, an own verification without the document takes nothing from it. */
static void
test_gate_match (Fixture *fixture, gconstpointer data)
{
  GsEvent *event = test_desk_event (&fixture->base, GS_EVENT_CROSSING_FACE, TEST_CROSSING);
  gboolean matched = g_strcmp0 (data, "matched") == 0;

  event->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
  g_ptr_array_add (event->checks,
                   gs_check_new ("face-match",
                                 matched ? GS_CHECK_RESULT_SUCCESSFUL : GS_CHECK_RESULT_FAILED,
                                 matched ? NULL : "B01", NULL));
  test_desk_apply (&fixture->base, event);
  refer (fixture, "D06");
  if (!matched)
    assert_not_admitted (fixture, GS_BLOCK_NOT_JUDGED);
  judge (fixture, GS_JUDGEMENT_SAME, fixture->base.officer);
  if (!matched)
    assert_not_admitted (fixture, GS_BLOCK_NO_DOCUMENT);
  else
    g_assert_cmphex (admit_blocks (fixture), ==, 0);
}

static void
test_different (Fixture *fixture, gconstpointer data)
{
  const GsHallDecision *decision;
  g_autofree char *evidence = NULL;

  refer (fixture, "B02");
  read_document (fixture);
  judge (fixture, GS_JUDGEMENT_DIFFERENT, fixture->base.officer);
  assert_not_admitted (fixture, GS_BLOCK_NOT_SAME);
  g_assert_true (decide (fixture, GS_OUTCOME_SECOND_LINE));
  decision = sent (fixture);
  g_assert_cmpint (decision->outcome, ==, GS_OUTCOME_SECOND_LINE);
  g_assert_null (decision->second_officer);
  g_assert_null (decision->relaxed);
  evidence = dup_evidence (decision);
  g_assert_cmpstr (evidence, ==,
                   "not-lost-or-stolen=successful|officer-same-as-chip=failed|"
                   "desk-face-match=not-supported|desk-no-attack-seen=successful|");
}

#define ADD(path, function)                                                                        \
  g_test_add ("/station/face-admission/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("second-officer", test_second);
  ADD ("without-document", test_without_document);
  g_test_add ("/station/face-admission/gate-no-match", Fixture, NULL, set_up, test_gate_match,
              tear_down);
  g_test_add ("/station/face-admission/gate-match", Fixture, "matched", set_up, test_gate_match,
              tear_down);
  ADD ("different", test_different);
  return g_test_run ();
}
