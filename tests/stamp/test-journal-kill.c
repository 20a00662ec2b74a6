/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-journal.h"

/* A station that is killed at any moment against a printer that may do anything a printer was seen
 * to do, many thousand times. The paper is the judge. */

#define LIVES 60000
#define MAX_TURNS 400

typedef struct
{
  gboolean exists;
  GsStampJob state;
  int told_impressions;
} Job;

typedef struct
{
  GRand *rand;
  int kill_in; /* actions until the next kill; survives nothing else */

  /* The journal: what survives. */
  GsStampStep step;
  gint64 counter_before;

  /* What the living station knows, lost when it is killed. */
  GsStampClaim claim;
  GsStampCancel cancel;
  GsStampJob seen;

  /* The world. */
  Job job;
  gint64 counter;
  gboolean counts; /* the printer has printer-impressions-completed */
  int ink;         /* stamps of this serial on paper, whole or not */
  gboolean whole;
  int documents; /* that reached the printer with data */
  int sends;
} World;

static gboolean
chance (World *world, double probability)
{
  return g_rand_double (world->rand) < probability;
}

/* TRUE when the station dies here. */
static gboolean
killed (World *world)
{
  if (--world->kill_in > 0)
    return FALSE;
  world->kill_in = g_rand_int_range (world->rand, 1, 30);
  world->claim = GS_STAMP_CLAIM_NOT_ASKED;
  world->cancel = GS_STAMP_CANCEL_NOT_TRIED;
  world->seen = GS_STAMP_JOB_UNREACHABLE;
  /* While it is dead the printer may be switched off and on, and forget. */
  if (chance (world, 0.2))
    world->job.exists = FALSE;
  return TRUE;
}

static GsStampEvidence
evidence_of (World *world)
{
  gboolean told = world->counts && chance (world, 0.9);

  return (GsStampEvidence){
    .step = world->step,
    .claim = world->claim,
    .job = world->seen,
    .cancel = world->cancel,
    .counter = gs_stamp_counter_compare (world->counter_before, told ? world->counter : -1),
  };
}

/* Commits, after which the station may be killed before it acts. */
static gboolean
commit (World *world, GsStampStep step)
{
  GsStampEvidence evidence = evidence_of (world);
  g_autoptr (GError) error = NULL;

  if (!gs_stamp_journal_allows (&evidence, step, &error))
    g_error ("%s", error->message);
  if (step == GS_STAMP_STEP_INTENT)
    {
      world->counter_before = world->counts ? world->counter : -1;
      world->cancel = GS_STAMP_CANCEL_NOT_TRIED;
      world->seen = GS_STAMP_JOB_UNREACHABLE;
    }
  world->step = step;
  return !killed (world);
}

static void
look_at_job (World *world)
{
  if (chance (world, 0.2))
    world->seen = GS_STAMP_JOB_UNREACHABLE;
  else
    world->seen = world->job.exists ? world->job.state : GS_STAMP_JOB_NONE;
}

static void
print_page (World *world)
{
  world->ink++;
  world->whole = chance (world, 0.8);
  world->counter++;
  world->job.told_impressions = 1;
}

/* Everything that was seen to happen to a document on its way. Returns whether the printer's answer
 * reached the station. */
static gboolean
send_document (World *world)
{
  world->sends++;
  if (!world->job.exists || world->job.state != GS_STAMP_JOB_WAITING)
    return FALSE;
  if (chance (world, 0.3))
    return FALSE; /* nothing arrived: it still waits for data */
  world->documents++;
  switch (g_rand_int_range (world->rand, 0, 5))
    {
    case 0: /* jam: it holds the data and prints nothing yet, or has begun */
      world->job.state = GS_STAMP_JOB_ACTIVE;
      if (chance (world, 0.5))
        print_page (world);
      break;
    case 1: /* half a document ends as completed, with or without ink */
      world->job.state = GS_STAMP_JOB_COMPLETED;
      if (chance (world, 0.5))
        print_page (world);
      break;
    case 2:
      world->job.state = GS_STAMP_JOB_ABORTED;
      if (chance (world, 0.3))
        print_page (world);
      break;
    default:
      world->job.state = GS_STAMP_JOB_COMPLETED;
      print_page (world);
      break;
    }
  return chance (world, 0.8);
}

static void
cancel_jobs (World *world)
{
  if (chance (world, 0.1) || !world->job.exists)
    {
      world->cancel = GS_STAMP_CANCEL_FAILED;
      return;
    }
  world->cancel = world->job.told_impressions == 0 ? GS_STAMP_CANCEL_CLEAN : GS_STAMP_CANCEL_DIRTY;
  world->job.state = GS_STAMP_JOB_CANCELED;
}

/* From CLAIMED or a proven retry to PRINTED, as far as it goes. */
static void
print (World *world)
{
  if (!commit (world, GS_STAMP_STEP_INTENT))
    return;
  if (chance (world, 0.1))
    return; /* Create-Job got no answer, and did nothing */
  world->job = (Job){ TRUE, GS_STAMP_JOB_WAITING, 0 };
  if (killed (world) || chance (world, 0.1))
    return;
  if (!commit (world, GS_STAMP_STEP_CREATED) || !commit (world, GS_STAMP_STEP_SENDING))
    return;
  if (!send_document (world) || killed (world))
    return;
  if (!commit (world, GS_STAMP_STEP_ACCEPTED))
    return;
  look_at_job (world);
  if (world->seen == GS_STAMP_JOB_COMPLETED)
    commit (world, GS_STAMP_STEP_PRINTED);
}

static void
ask_hall (World *world)
{
  double dice = g_rand_double (world->rand);

  if (dice < 0.2)
    world->claim = GS_STAMP_CLAIM_NO_ANSWER;
  else if (dice < 0.25)
    world->claim = GS_STAMP_CLAIM_REFUSED;
  else if (dice < 0.3)
    world->claim = GS_STAMP_CLAIM_EXPIRED;
  else
    world->claim = GS_STAMP_CLAIM_GRANTED;
}

static void
ask_officer (World *world)
{
  GsStampEvidence evidence = evidence_of (world);
  GsStampVerdict verdict;
  GsPageAnswer answer = GS_PAGE_ANSWER_ABSENT;

  if (world->ink > 0)
    answer = world->whole ? GS_PAGE_ANSWER_COMPLETE : GS_PAGE_ANSWER_INCOMPLETE;
  g_assert_true (gs_stamp_journal_answer (
    world->step, answer, 0, evidence.counter,
    chance (world, 0.5) ? GS_STAMP_SECOND_AGREES : GS_STAMP_SECOND_NOT_ASKED, &verdict, NULL));
  if (verdict.new_serial && answer == GS_PAGE_ANSWER_ABSENT)
    g_assert_cmpint (world->ink, ==, 0);
  if (verdict.step != world->step)
    commit (world, verdict.step);
}

static void
act (World *world, GsStampAction action)
{
  switch (action)
    {
    case GS_STAMP_ACTION_ASK_HALL:
      ask_hall (world);
      break;
    case GS_STAMP_ACTION_START:
      if (world->step != GS_STAMP_STEP_REQUESTED || commit (world, GS_STAMP_STEP_CLAIMED))
        print (world);
      break;
    case GS_STAMP_ACTION_REFUSE:
      commit (world, GS_STAMP_STEP_REFUSED);
      break;
    case GS_STAMP_ACTION_RELEASE:
      commit (world, GS_STAMP_STEP_FAILED);
      break;
    case GS_STAMP_ACTION_ASK_PRINTER:
      look_at_job (world);
      break;
    case GS_STAMP_ACTION_CANCEL_JOBS:
      cancel_jobs (world);
      break;
    case GS_STAMP_ACTION_RETRY:
      if (chance (world, 0.2))
        commit (world, GS_STAMP_STEP_FAILED);
      else
        print (world);
      break;
    case GS_STAMP_ACTION_INSPECT:
      commit (world, GS_STAMP_STEP_INSPECT);
      break;
    case GS_STAMP_ACTION_PRINTED:
      commit (world, GS_STAMP_STEP_PRINTED);
      break;
    case GS_STAMP_ACTION_ASK_OFFICER:
      ask_officer (world);
      break;
    case GS_STAMP_ACTION_REPORT:
      if (chance (world, 0.6))
        commit (world, GS_STAMP_STEP_REPORTED);
      break;
    case GS_STAMP_ACTION_NONE:
    default:
      g_assert_not_reached ();
    }
}

/* What happened to one serial must be what its journal says. */
static void
check_end (World *world, GsStampStep before_end)
{
  g_assert_cmpint (world->ink, <=, 1);
  g_assert_cmpint (world->documents, <=, 1);
  if (world->step == GS_STAMP_STEP_REFUSED || before_end == GS_STAMP_STEP_FAILED)
    g_assert_cmpint (world->ink, ==, 0);
  if (before_end == GS_STAMP_STEP_CONFIRMED)
    g_assert_true (world->ink == 1 && world->whole);
  if (before_end == GS_STAMP_STEP_VOID)
    g_assert_true (world->ink == 0 || !world->whole);
}

static GsStampStep
live (GRand *rand, int *sends)
{
  World world = { .rand = rand,
                  .kill_in = g_rand_int_range (rand, 1, 30),
                  .step = GS_STAMP_STEP_REQUESTED,
                  .counter_before = -1,
                  .claim = GS_STAMP_CLAIM_NOT_ASKED,
                  .cancel = GS_STAMP_CANCEL_NOT_TRIED,
                  .seen = GS_STAMP_JOB_UNREACHABLE,
                  .counter = g_rand_int_range (rand, 0, 1000),
                  .counts = g_rand_boolean (rand) };
  GsStampStep before = world.step;

  for (int turn = 0; !gs_stamp_journal_is_over (world.step); turn++)
    {
      GsStampEvidence evidence;

      g_assert_cmpint (turn, <, MAX_TURNS);
      before = world.step;
      /* Whoever comes back looks at the printer before deciding anything about paper. */
      if (gs_stamp_journal_may_have_printed (world.step)
          && world.cancel == GS_STAMP_CANCEL_NOT_TRIED)
        look_at_job (&world);
      evidence = evidence_of (&world);
      act (&world, gs_stamp_journal_recover (&evidence));
    }
  check_end (&world, before);
  *sends = world.sends;
  return world.step == GS_STAMP_STEP_REFUSED ? GS_STAMP_STEP_REFUSED : before;
}

static void
test_kill (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  guint ends[GS_STAMP_STEP_LAST + 1] = { 0 };
  guint sent_twice = 0;

  for (int i = 0; i < LIVES; i++)
    {
      int sends = 0;

      ends[live (rand, &sends)]++;
      sent_twice += sends > 1 ? 1 : 0;
    }
  g_test_message ("%u issued, %u void, %u released, %u refused; %u tried again after proof",
                  ends[GS_STAMP_STEP_CONFIRMED], ends[GS_STAMP_STEP_VOID],
                  ends[GS_STAMP_STEP_FAILED], ends[GS_STAMP_STEP_REFUSED], sent_twice);
  /* Were one of these empty, the test would prove less than it says. */
  g_assert_cmpuint (ends[GS_STAMP_STEP_CONFIRMED], >, 0);
  g_assert_cmpuint (ends[GS_STAMP_STEP_VOID], >, 0);
  g_assert_cmpuint (ends[GS_STAMP_STEP_FAILED], >, 0);
  g_assert_cmpuint (ends[GS_STAMP_STEP_REFUSED], >, 0);
  g_assert_cmpuint (sent_twice, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stamp/journal/kill/never-twice", test_kill);
  return g_test_run ();
}
