/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-rule.h"

/* Every combination of what officers, engines and policy may say, and the sentences that hold of
 * all of them; then the cases of the rule by name. */

typedef void (*Visit) (const GsFaceFacts *facts, const GsFaceRuling *ruling);

/* 0 to 3 for judgements (0: none), 0 to 4 for verdicts (0: none yet). */
static void
visit_all (Visit visit)
{
  const guint n = 2 * 2 * 2 * 4 * 4 * 4 * 4 * 5 * 5 * 5 * 3 * 2 * 2 * 2;

  for (guint i = 0; i < n; i++)
    {
      GsFaceFacts facts = { 0 };
      GsFaceRuling ruling = { 0 };
      guint rest = i;

#define TAKE(base) (value = rest % (base), rest /= (base), value)
      guint value;
      facts.has_gate_picture = (gboolean) TAKE (2);
      facts.captured_again = (gboolean) TAKE (2);
      facts.has_second = (gboolean) TAKE (2);
      facts.first.chip_to_desk = (GsJudgement) TAKE (4);
      facts.first.gate_to_desk = (GsJudgement) TAKE (4);
      facts.second.chip_to_desk = (GsJudgement) TAKE (4);
      facts.second.gate_to_desk = (GsJudgement) TAKE (4);
      facts.gate = (GsFaceVerdict) TAKE (5);
      facts.chip_to_desk = (GsFaceVerdict) TAKE (5);
      facts.gate_to_desk = (GsFaceVerdict) TAKE (5);
      facts.attack = (GsFaceAttack) (1 + TAKE (3));
      facts.attack_seen = (gboolean) TAKE (2);
      facts.waive_gate_no_match = (gboolean) TAKE (2);
      facts.second_when_undecided = (gboolean) TAKE (2);
#undef TAKE
      gs_face_rule (&facts, &ruling);
      visit (&facts, &ruling);
    }
}

static gboolean
all_same (const GsFaceFacts *facts, const GsFaceJudgements *judgements)
{
  return judgements->chip_to_desk == GS_JUDGEMENT_SAME
         && (!facts->has_gate_picture || judgements->gate_to_desk == GS_JUDGEMENT_SAME);
}

static gboolean
any (const GsFaceFacts *facts, const GsFaceJudgements *judgements, GsJudgement judgement)
{
  return judgements->chip_to_desk == judgement
         || (facts->has_gate_picture && judgements->gate_to_desk == judgement);
}

static gboolean
is_complete (const GsFaceFacts *facts)
{
  return !any (facts, &facts->first, 0) && facts->chip_to_desk != 0
         && (!facts->has_gate_picture || facts->gate_to_desk != 0)
         && (!facts->has_second || !any (facts, &facts->second, 0));
}

/* What is on the list of things that no single officer may pass over. */
static gboolean
is_disputed (const GsFaceFacts *facts)
{
  gboolean gate_verdict = facts->has_gate_picture;

  return facts->attack_seen || facts->attack == GS_FACE_ATTACK_FAIL
         || facts->chip_to_desk == GS_FACE_NO_MATCH || facts->chip_to_desk == GS_FACE_REVIEW
         || (gate_verdict
             && (facts->gate_to_desk == GS_FACE_NO_MATCH || facts->gate_to_desk == GS_FACE_REVIEW))
         || (facts->gate == GS_FACE_NO_MATCH && facts->chip_to_desk == GS_FACE_MATCH
             && !facts->waive_gate_no_match)
         || (facts->gate == GS_FACE_NO_MATCH && facts->chip_to_desk == GS_FACE_NO_DECISION
             && facts->second_when_undecided);
}

/* --- the sentences ---------------------------------------------------------------------------- */

static void
check_known (const GsFaceFacts *facts, const GsFaceRuling *ruling)
{
  g_assert_nonnull (gs_face_step_to_word (ruling->step));
  g_assert_nonnull (gs_face_ground_to_word (ruling->ground));
  g_assert_cmpint (ruling->ground, !=, GS_FACE_GROUND_NONE);
}

static void
check_admitted (const GsFaceFacts *facts, const GsFaceRuling *ruling)
{
  if (ruling->step != GS_FACE_STEP_ADMIT)
    return;
  g_assert_true (is_complete (facts));
  g_assert_true (all_same (facts, &facts->first));
  if (is_disputed (facts))
    {
      g_assert_true (facts->has_second);
      g_assert_true (all_same (facts, &facts->second));
    }
}

static void
check_different (const GsFaceFacts *facts, const GsFaceRuling *ruling)
{
  if (is_complete (facts) && any (facts, &facts->first, GS_JUDGEMENT_DIFFERENT))
    g_assert_cmpint (ruling->step, ==, GS_FACE_STEP_SECOND_LINE);
}

static void
check_incomplete (const GsFaceFacts *facts, const GsFaceRuling *ruling)
{
  g_assert_cmpint (ruling->step == GS_FACE_STEP_JUDGE, ==, !is_complete (facts));
  g_assert_cmpint (ruling->ground == GS_FACE_GROUND_NOT_JUDGED, ==, !is_complete (facts));
}

static void
check_second (const GsFaceFacts *facts, const GsFaceRuling *ruling)
{
  if (!is_complete (facts))
    return;
  if (facts->has_second && !all_same (facts, &facts->second))
    g_assert_cmpint (ruling->step, ==, GS_FACE_STEP_SECOND_LINE);
  if (facts->has_second)
    g_assert_cmpint (ruling->step, !=, GS_FACE_STEP_SECOND_OFFICER);
  if (!facts->has_second && all_same (facts, &facts->first))
    g_assert_cmpint (ruling->step, ==,
                     is_disputed (facts) ? GS_FACE_STEP_SECOND_OFFICER : GS_FACE_STEP_ADMIT);
}

static void
check_unsure (const GsFaceFacts *facts, const GsFaceRuling *ruling)
{
  gboolean unsure = any (facts, &facts->first, GS_JUDGEMENT_UNSURE)
                    && !any (facts, &facts->first, GS_JUDGEMENT_DIFFERENT);

  if (!is_complete (facts) || !unsure || facts->has_second)
    return;
  g_assert_cmpint (ruling->step, ==,
                   facts->captured_again ? GS_FACE_STEP_SECOND_LINE : GS_FACE_STEP_NEW_CAPTURE);
  g_assert_cmpint (ruling->ground, ==, GS_FACE_GROUND_UNSURE);
}

static gboolean
rules_alike (const GsFaceFacts *facts, const GsFaceRuling *ruling)
{
  GsFaceRuling other;

  gs_face_rule (facts, &other);
  return other.step == ruling->step && other.ground == ruling->ground;
}

/* The step's rank: who may let the traveller pass, the freest first. */
static guint
rank (GsFaceStep step)
{
  switch (step)
    {
    case GS_FACE_STEP_ADMIT:
      return 0;
    case GS_FACE_STEP_SECOND_OFFICER:
      return 1;
    case GS_FACE_STEP_NEW_CAPTURE:
      return 2;
    case GS_FACE_STEP_SECOND_LINE:
      return 3;
    case GS_FACE_STEP_JUDGE:
      break;
    }
  return 4;
}

/* What is not asked changes nothing, an attack makes nothing easier, and no policy frees anybody
 * from an officer's answer. */
static void
check_changes (const GsFaceFacts *facts, const GsFaceRuling *ruling)
{
  GsFaceFacts other = *facts;
  GsFaceRuling stricter;

  if (!facts->has_gate_picture)
    {
      other.first.gate_to_desk = GS_JUDGEMENT_DIFFERENT;
      other.gate_to_desk = GS_FACE_NO_MATCH;
      g_assert_true (rules_alike (&other, ruling));
    }
  other = *facts;
  if (!facts->has_second)
    {
      other.second.chip_to_desk = GS_JUDGEMENT_DIFFERENT;
      g_assert_true (rules_alike (&other, ruling));
    }
  other = *facts;
  other.attack_seen = TRUE;
  gs_face_rule (&other, &stricter);
  g_assert_cmpuint (rank (stricter.step), >=, rank (ruling->step));
  other = *facts;
  other.waive_gate_no_match = FALSE;
  other.second_when_undecided = TRUE;
  gs_face_rule (&other, &stricter);
  g_assert_cmpuint (rank (stricter.step), >=, rank (ruling->step));
}

static void
test_every_combination (gconstpointer check)
{
  visit_all ((Visit) check);
}

/* --- by name ---------------------------------------------------------------------------------- */

typedef struct
{
  const char *what;
  GsFaceFacts facts;
  GsFaceStep step;
  GsFaceGround ground;
} Example;

#define SAME GS_JUDGEMENT_SAME
#define UNSURE GS_JUDGEMENT_UNSURE
#define DIFFERENT GS_JUDGEMENT_DIFFERENT
#define FIRST(chip_judged, gate_judged) .first = { chip_judged, gate_judged }
#define ENGINE(gate_said, chip_said, gate_desk_said)                                               \
  .gate = gate_said, .chip_to_desk = chip_said, .gate_to_desk = gate_desk_said
#define MATCH GS_FACE_MATCH
#define REVIEW GS_FACE_REVIEW
#define NO_MATCH GS_FACE_NO_MATCH
#define NOTHING GS_FACE_NO_DECISION
#define GATE .has_gate_picture = TRUE, .attack = GS_FACE_ATTACK_NONE

static const Example examples[] = {
  { "nothing answered",
    { GATE, ENGINE (NO_MATCH, MATCH, MATCH) },
    GS_FACE_STEP_JUDGE,
    GS_FACE_GROUND_NOT_JUDGED },
  { "one pair of two answered",
    { GATE, FIRST (DIFFERENT, 0), ENGINE (NO_MATCH, MATCH, MATCH) },
    GS_FACE_STEP_JUDGE,
    GS_FACE_GROUND_NOT_JUDGED },
  { "the engine still computes",
    { GATE, FIRST (SAME, SAME), ENGINE (MATCH, MATCH, 0) },
    GS_FACE_STEP_JUDGE,
    GS_FACE_GROUND_NOT_JUDGED },
  { "all agree",
    { GATE, FIRST (SAME, SAME), ENGINE (MATCH, MATCH, MATCH) },
    GS_FACE_STEP_ADMIT,
    GS_FACE_GROUND_AGREED },
  { "the gate was wrong, or the desk",
    { GATE, FIRST (SAME, SAME), ENGINE (NO_MATCH, MATCH, MATCH) },
    GS_FACE_STEP_SECOND_OFFICER,
    GS_FACE_GROUND_GATE_NO_MATCH },
  { "the policy trusts the desk",
    { GATE, FIRST (SAME, SAME), ENGINE (NO_MATCH, MATCH, MATCH), .waive_gate_no_match = TRUE },
    GS_FACE_STEP_ADMIT,
    GS_FACE_GROUND_WAIVED },
  { "the desk's engine hesitates",
    { GATE, FIRST (SAME, SAME), ENGINE (MATCH, REVIEW, MATCH) },
    GS_FACE_STEP_SECOND_OFFICER,
    GS_FACE_GROUND_REVIEW },
  { "the desk's engine says no",
    { GATE, FIRST (SAME, SAME), ENGINE (MATCH, NO_MATCH, MATCH) },
    GS_FACE_STEP_SECOND_OFFICER,
    GS_FACE_GROUND_NO_MATCH },
  { "somebody else came from the gate",
    { GATE, FIRST (SAME, SAME), ENGINE (MATCH, MATCH, NO_MATCH) },
    GS_FACE_STEP_SECOND_OFFICER,
    GS_FACE_GROUND_NO_MATCH },
  { "a mask, with every score good",
    { GATE, FIRST (SAME, SAME), ENGINE (MATCH, MATCH, MATCH), .attack_seen = TRUE },
    GS_FACE_STEP_SECOND_OFFICER,
    GS_FACE_GROUND_ATTACK },
  { "no engine",
    { GATE, FIRST (SAME, SAME), ENGINE (NO_MATCH, NOTHING, NOTHING) },
    GS_FACE_STEP_ADMIT,
    GS_FACE_GROUND_NO_DECISION },
  { "no engine, and a stricter policy",
    { GATE, FIRST (SAME, SAME), ENGINE (NO_MATCH, NOTHING, NOTHING),
      .second_when_undecided = TRUE },
    GS_FACE_STEP_SECOND_OFFICER,
    GS_FACE_GROUND_GATE_NO_MATCH },
  { "the gate's picture is too poor",
    { GATE, FIRST (SAME, SAME), ENGINE (MATCH, MATCH, NOTHING) },
    GS_FACE_STEP_ADMIT,
    GS_FACE_GROUND_AGREED },
  { "unsure, whatever the engine says",
    { GATE, FIRST (UNSURE, SAME), ENGINE (MATCH, MATCH, MATCH) },
    GS_FACE_STEP_NEW_CAPTURE,
    GS_FACE_GROUND_UNSURE },
  { "unsure again",
    { GATE, FIRST (SAME, UNSURE), ENGINE (MATCH, MATCH, MATCH), .captured_again = TRUE },
    GS_FACE_STEP_SECOND_LINE,
    GS_FACE_GROUND_UNSURE },
  { "different, whatever the engine says",
    { GATE, FIRST (SAME, DIFFERENT), ENGINE (MATCH, MATCH, MATCH) },
    GS_FACE_STEP_SECOND_LINE,
    GS_FACE_GROUND_DIFFERENT },
  { "two officers overrule the engine",
    { GATE, FIRST (SAME, SAME), ENGINE (NO_MATCH, NO_MATCH, NO_MATCH), .has_second = TRUE,
      .second = { SAME, SAME } },
    GS_FACE_STEP_ADMIT,
    GS_FACE_GROUND_SECOND_AGREED },
  { "the second is unsure",
    { GATE, FIRST (SAME, SAME), ENGINE (NO_MATCH, NO_MATCH, NO_MATCH), .has_second = TRUE,
      .second = { SAME, UNSURE } },
    GS_FACE_STEP_SECOND_LINE,
    GS_FACE_GROUND_SECOND_REFUSED },
  { "the second does not overrule the first",
    { GATE, FIRST (DIFFERENT, SAME), ENGINE (MATCH, MATCH, MATCH), .has_second = TRUE,
      .second = { SAME, SAME } },
    GS_FACE_STEP_SECOND_LINE,
    GS_FACE_GROUND_DIFFERENT },
  { "without a gate's picture one answer",
    { FIRST (SAME, 0), ENGINE (0, MATCH, 0) },
    GS_FACE_STEP_ADMIT,
    GS_FACE_GROUND_AGREED },
};

static void
test_examples (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      GsFaceRuling ruling;

      gs_face_rule (&examples[i].facts, &ruling);
      g_test_message ("%s: %s, %s", examples[i].what, gs_face_step_to_word (ruling.step),
                      gs_face_ground_to_word (ruling.ground));
      g_assert_cmpint (ruling.step, ==, examples[i].step);
      g_assert_cmpint (ruling.ground, ==, examples[i].ground);
    }
}

static void
test_words (void)
{
  for (int i = GS_FACE_STEP_JUDGE; i <= GS_FACE_STEP_SECOND_LINE; i++)
    {
      GsFaceStep step = 0;

      g_assert_true (gs_face_step_from_word (gs_face_step_to_word ((GsFaceStep) i), &step));
      g_assert_cmpint (step, ==, i);
    }
  for (int i = GS_FACE_GROUND_NONE; i <= GS_FACE_GROUND_SECOND_REFUSED; i++)
    {
      GsFaceGround ground = 0;

      g_assert_true (gs_face_ground_from_word (gs_face_ground_to_word ((GsFaceGround) i), &ground));
      g_assert_cmpint (ground, ==, i);
    }
  g_assert_false (gs_face_step_from_word ("pass", &(GsFaceStep){ 0 }));
}

/* A check that nobody made, and an engine that says nothing, are never a success. */
static void
test_as_checks (void)
{
  g_autoptr (GsCheck) failed = gs_check_new ("face-match", GS_CHECK_RESULT_FAILED, "B01", NULL);

  g_assert_cmpint (gs_face_verdict_from_check (NULL), ==, 0);
  g_assert_cmpint (gs_face_verdict_from_check (failed), ==, GS_FACE_NO_MATCH);
  failed->result = GS_CHECK_RESULT_ABORTED;
  g_assert_cmpint (gs_face_verdict_from_check (failed), ==, GS_FACE_NO_DECISION);
  for (int cause = GS_FACE_CAUSE_NONE; cause <= GS_FACE_CAUSE_ANSWER; cause++)
    g_assert_cmpint (gs_face_verdict_to_check_result (GS_FACE_NO_DECISION, (GsFaceCause) cause), !=,
                     GS_CHECK_RESULT_SUCCESSFUL);
  g_assert_cmpint (gs_face_verdict_to_check_result (GS_FACE_MATCH, GS_FACE_CAUSE_NONE), ==,
                   GS_CHECK_RESULT_SUCCESSFUL);
  g_assert_cmpint (gs_judgement_to_check_result (0), ==, GS_CHECK_RESULT_NOT_CHECKED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/face-rule/all/known", (gconstpointer) check_known,
                        test_every_combination);
  g_test_add_data_func ("/face-rule/all/nothing-admits-without-same",
                        (gconstpointer) check_admitted, test_every_combination);
  g_test_add_data_func ("/face-rule/all/different-is-second-line", (gconstpointer) check_different,
                        test_every_combination);
  g_test_add_data_func ("/face-rule/all/incomplete-waits", (gconstpointer) check_incomplete,
                        test_every_combination);
  g_test_add_data_func ("/face-rule/all/second-officer", (gconstpointer) check_second,
                        test_every_combination);
  g_test_add_data_func ("/face-rule/all/unsure", (gconstpointer) check_unsure,
                        test_every_combination);
  g_test_add_data_func ("/face-rule/all/what-changes", (gconstpointer) check_changes,
                        test_every_combination);
  g_test_add_func ("/face-rule/examples", test_examples);
  g_test_add_func ("/face-rule/words", test_words);
  g_test_add_func ("/face-rule/as-checks", test_as_checks);
  return g_test_run ();
}
