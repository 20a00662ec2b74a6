/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-json.h"
#include "gs-sim-rules.h"
#include "gs-time.h"

#define NOW G_GINT64_CONSTANT (1795000000000)

static GsSimCrossing *
new_admitted (void)
{
  GsSimCrossing *crossing = gs_sim_crossing_new ("c1");
  g_autoptr (json_t) data =
    json_pack ("{s:o, s:s, s:s}", "at", gs_sim_json_new_time (NOW), "gate", "gate-1", "by", "gate");

  gs_sim_crossing_apply (crossing, "crossing.admitted", data, NOW);
  return crossing;
}

static void
give_claim (GsSimCrossing *crossing, const char *outcome)
{
  GsSimClaim *claim = g_new0 (GsSimClaim, 1);

  claim->id = g_strdup ("claim");
  claim->crossing = g_strdup (crossing->id);
  claim->stamp = g_strdup ("stamp");
  claim->serial = g_strdup ("S1");
  claim->desk = g_strdup ("desk-3");
  claim->outcome = g_strdup (outcome);
  claim->granted_at_utc_ms = NOW;
  claim->outcome_at_utc_ms = NOW;
  claim->replace_until_utc_ms =
    g_strcmp0 (outcome, "void") == 0 ? NOW + GS_SIM_REPLACEMENT_MS : GS_TIME_UNKNOWN;
  crossing->claim = claim;
}

static void
test_claim_first (void)
{
  g_autoptr (GsSimCrossing) crossing = new_admitted ();

  g_assert_cmpint (gs_sim_rules_claim (crossing, "desk-3", "stamp", NOW), ==, GS_SIM_CLAIM_GRANT);
}

static void
test_claim_state (void)
{
  static const struct
  {
    GsSimState state;
    GsSimClaimVerdict verdict;
  } rows[] = {
    { GS_SIM_STATE_IN_GATE, GS_SIM_CLAIM_NOT_ADMITTED },
    { GS_SIM_STATE_REFERRED, GS_SIM_CLAIM_OPEN_CASE },
    { GS_SIM_STATE_SECOND_LINE, GS_SIM_CLAIM_OPEN_CASE },
    { GS_SIM_STATE_LEFT, GS_SIM_CLAIM_NOT_ADMITTED },
    { GS_SIM_STATE_REFUSED, GS_SIM_CLAIM_NOT_ADMITTED },
    { GS_SIM_STATE_CANCELLED, GS_SIM_CLAIM_CANCELLED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GsSimCrossing) crossing = new_admitted ();

      crossing->state = rows[i].state;
      g_assert_cmpint (gs_sim_rules_claim (crossing, "desk-3", "stamp", NOW), ==, rows[i].verdict);
    }
}

static void
test_claim_held (void)
{
  static const struct
  {
    const char *outcome, *desk, *stamp;
    GsSimClaimVerdict verdict;
  } rows[] = {
    { NULL, "desk-3", "stamp", GS_SIM_CLAIM_SAME },
    { NULL, "desk-3", "other", GS_SIM_CLAIM_CLAIMED_ELSEWHERE },
    { NULL, "desk-4", "stamp", GS_SIM_CLAIM_CLAIMED_ELSEWHERE },
    { "issued", "desk-3", "stamp", GS_SIM_CLAIM_ALREADY_STAMPED },
    { "issued", "desk-4", "other", GS_SIM_CLAIM_ALREADY_STAMPED },
    { "in-doubt", "desk-3", "stamp", GS_SIM_CLAIM_IN_DOUBT },
    { "released", "desk-4", "other", GS_SIM_CLAIM_GRANT },
    { "void", "desk-3", "other", GS_SIM_CLAIM_REPLACE },
    { "void", "desk-4", "other", GS_SIM_CLAIM_CLAIMED_ELSEWHERE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GsSimCrossing) crossing = new_admitted ();

      give_claim (crossing, rows[i].outcome);
      g_assert_cmpint (gs_sim_rules_claim (crossing, rows[i].desk, rows[i].stamp, NOW), ==,
                       rows[i].verdict);
    }
}

static void
test_claim_void_ends (void)
{
  g_autoptr (GsSimCrossing) crossing = new_admitted ();

  give_claim (crossing, "void");
  g_assert_cmpint (gs_sim_rules_claim (crossing, "desk-4", "other", NOW + GS_SIM_REPLACEMENT_MS),
                   ==, GS_SIM_CLAIM_CLAIMED_ELSEWHERE);
  g_assert_cmpint (
    gs_sim_rules_claim (crossing, "desk-4", "other", NOW + GS_SIM_REPLACEMENT_MS + 1), ==,
    GS_SIM_CLAIM_GRANT);
  crossing->claim->replacements = 1;
  g_assert_cmpint (gs_sim_rules_claim (crossing, "desk-3", "other", NOW), ==, GS_SIM_CLAIM_GRANT);
}

static void
test_claim_window (void)
{
  static const char *const closers[] = { "crossing.customs", "crossing.boarded",
                                         "crossing.cancelled" };

  for (gsize i = 0; i < G_N_ELEMENTS (closers); i++)
    {
      g_autoptr (GsSimCrossing) crossing = new_admitted ();
      g_autoptr (json_t) data = json_pack ("{s:o}", "at", gs_sim_json_new_time (NOW + 5000));
      GsSimClaimVerdict verdict = i == 2 ? GS_SIM_CLAIM_CANCELLED : GS_SIM_CLAIM_WINDOW_CLOSED;

      give_claim (crossing, NULL);
      gs_sim_crossing_apply (crossing, closers[i], data, NOW + 5000);
      g_assert_cmpint (gs_sim_rules_claim (crossing, "desk-3", "stamp", NOW + 6000), ==, verdict);
      g_assert_cmpint (crossing->closes_at_utc_ms, ==, NOW + 5000);
      g_free (crossing->claim->outcome);
      crossing->claim->outcome = g_strdup ("void");
      crossing->claim->replace_until_utc_ms = NOW + GS_SIM_REPLACEMENT_MS;
      verdict = i == 2 ? GS_SIM_CLAIM_CANCELLED : GS_SIM_CLAIM_REPLACE;
      g_assert_cmpint (gs_sim_rules_claim (crossing, "desk-3", "other", NOW + 6000), ==, verdict);
    }
}

static void
test_outcome (void)
{
  static const struct
  {
    const char *had, *desk, *supervisor, *outcome, *serial, *replaces;
    gint64 later;
    GsSimOutcomeVerdict verdict;
  } rows[] = {
    { NULL, "desk-3", NULL, "issued", "S1", NULL, 1, GS_SIM_OUTCOME_ACCEPT },
    { NULL, "desk-3", NULL, "issued", "S2", NULL, 1, GS_SIM_OUTCOME_SERIAL_UNKNOWN },
    { NULL, "desk-4", NULL, "issued", "S1", NULL, 1, GS_SIM_OUTCOME_NOT_YOURS },
    { NULL, "desk-4", "mori", "issued", "S1", NULL, 1, GS_SIM_OUTCOME_ACCEPT },
    { "issued", "desk-3", NULL, "issued", "S1", NULL, 0, GS_SIM_OUTCOME_REPLAY },
    { "issued", "desk-3", NULL, "issued", "S1", NULL, 1, GS_SIM_OUTCOME_CLOSED },
    { "issued", "desk-3", NULL, "released", "S1", NULL, 1, GS_SIM_OUTCOME_CLOSED },
    { "issued", "desk-3", NULL, "void", "S1", NULL, 1, GS_SIM_OUTCOME_ACCEPT },
    { "in-doubt", "desk-3", NULL, "released", "S1", NULL, 1, GS_SIM_OUTCOME_ACCEPT },
    { "released", "desk-3", NULL, "issued", "S1", NULL, 1, GS_SIM_OUTCOME_CLOSED },
    { "void", "desk-3", NULL, "issued", "S2", "S1", 1, GS_SIM_OUTCOME_ACCEPT },
    { "void", "desk-3", NULL, "void", "S2", "S1", 1, GS_SIM_OUTCOME_ACCEPT },
    { "void", "desk-3", NULL, "in-doubt", "S2", "S1", 1, GS_SIM_OUTCOME_ACCEPT },
    { "void", "desk-3", NULL, "issued", "S2", "S9", 1, GS_SIM_OUTCOME_SERIAL_UNKNOWN },
    { "void", "desk-3", NULL, "issued", "S1", NULL, 1, GS_SIM_OUTCOME_CLOSED },
    { "void", "desk-3", NULL, "issued", "S2", "S1", GS_SIM_REPLACEMENT_MS + 1,
      GS_SIM_OUTCOME_REPLACEMENT_REFUSED },
    { "issued", "desk-3", NULL, "issued", "S2", "S1", 1, GS_SIM_OUTCOME_SERIAL_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GsSimCrossing) crossing = new_admitted ();

      give_claim (crossing, rows[i].had);
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (gs_sim_rules_outcome (crossing->claim, rows[i].desk, rows[i].supervisor,
                                             rows[i].outcome, rows[i].serial, rows[i].replaces,
                                             NOW + rows[i].later),
                       ==, rows[i].verdict);
    }
}

static void
test_unclaimed (void)
{
  static const struct
  {
    const char *had, *desk, *replaces;
    GsSimState state;
    gint64 closed; /* after NOW; 0: the window is open */
    gint64 at;     /* after NOW */
    guint n;
    GsSimClaimVerdict first, second;
  } rows[] = {
    { "none", "desk-3", NULL, GS_SIM_STATE_ADMITTED, 0, 5, 0, 0, 0 },
    { "none", "desk-3", NULL, GS_SIM_STATE_ADMITTED, 0, -5, 1, GS_SIM_CLAIM_NOT_ADMITTED, 0 },
    { "none", "desk-3", NULL, GS_SIM_STATE_ADMITTED, 9, 5, 0, 0, 0 },
    { "none", "desk-3", NULL, GS_SIM_STATE_ADMITTED, 5, 5, 1, GS_SIM_CLAIM_WINDOW_CLOSED, 0 },
    { "none", "desk-3", NULL, GS_SIM_STATE_REFERRED, 0, 5, 1, GS_SIM_CLAIM_OPEN_CASE, 0 },
    { "none", "desk-3", NULL, GS_SIM_STATE_CANCELLED, 0, 5, 1, GS_SIM_CLAIM_CANCELLED, 0 },
    { "issued", "desk-4", NULL, GS_SIM_STATE_ADMITTED, 0, 5, 1, GS_SIM_CLAIM_ALREADY_STAMPED, 0 },
    { "issued", "desk-3", NULL, GS_SIM_STATE_ADMITTED, 3, 5, 2, GS_SIM_CLAIM_ALREADY_STAMPED,
      GS_SIM_CLAIM_WINDOW_CLOSED },
    { NULL, "desk-3", NULL, GS_SIM_STATE_ADMITTED, 0, 5, 1, GS_SIM_CLAIM_CLAIMED_ELSEWHERE, 0 },
    { "in-doubt", "desk-4", NULL, GS_SIM_STATE_ADMITTED, 0, 5, 1, GS_SIM_CLAIM_IN_DOUBT, 0 },
    { "released", "desk-4", NULL, GS_SIM_STATE_ADMITTED, 0, 5, 0, 0, 0 },
    { "void", "desk-3", "S1", GS_SIM_STATE_ADMITTED, 3, 5, 0, 0, 0 },
    { "void", "desk-4", "S1", GS_SIM_STATE_ADMITTED, 0, 5, 1, GS_SIM_CLAIM_CLAIMED_ELSEWHERE, 0 },
    { "void", "desk-4", NULL, GS_SIM_STATE_ADMITTED, 0, GS_SIM_REPLACEMENT_MS + 1, 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GsSimCrossing) crossing = new_admitted ();
      GsSimClaimVerdict verdicts[2] = { 0 };

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      if (g_strcmp0 (rows[i].had, "none") != 0)
        give_claim (crossing, rows[i].had);
      crossing->state = rows[i].state;
      if (rows[i].closed != 0)
        {
          crossing->window = GS_SIM_WINDOW_CLOSED;
          crossing->closes_at_utc_ms = NOW + rows[i].closed;
        }
      g_assert_cmpuint (gs_sim_rules_unclaimed (crossing, rows[i].desk, rows[i].replaces, NOW,
                                                NOW + rows[i].at, verdicts),
                        ==, rows[i].n);
      g_assert_cmpint (verdicts[0], ==, rows[i].first);
      g_assert_cmpint (verdicts[1], ==, rows[i].second);
    }
}

static void
test_lease (void)
{
  g_autoptr (GsSimCrossing) crossing = new_admitted ();
  g_autoptr (json_t) data = json_pack ("{s:s, s:s, s:o}", "desk", "desk-3", "officer", "kato",
                                       "until", gs_sim_json_new_time (NOW + GS_SIM_LEASE_MS));

  g_assert_true (gs_sim_rules_lease (crossing, "desk-4", NOW));
  gs_sim_crossing_apply (crossing, "crossing.taken", data, NOW);
  g_assert_true (gs_sim_rules_lease (crossing, "desk-3", NOW));
  g_assert_false (gs_sim_rules_lease (crossing, "desk-4", NOW + GS_SIM_LEASE_MS - 1));
  g_assert_true (gs_sim_rules_lease (crossing, "desk-4", NOW + GS_SIM_LEASE_MS));
}

static void
test_decision (void)
{
  static const struct
  {
    GsSimState state;
    const char *standing, *outcome, *officer;
    GsSimDecisionVerdict verdict;
  } rows[] = {
    { GS_SIM_STATE_REFERRED, NULL, "admitted", "kato", GS_SIM_DECISION_ACCEPT },
    { GS_SIM_STATE_IN_GATE, NULL, "admitted", "kato", GS_SIM_DECISION_NOT_REFERRED },
    { GS_SIM_STATE_ADMITTED, NULL, "left", "kato", GS_SIM_DECISION_NOT_REFERRED },
    { GS_SIM_STATE_ADMITTED, "admitted", "left", "kato", GS_SIM_DECISION_ALREADY_DECIDED },
    { GS_SIM_STATE_SECOND_LINE, "second-line", "admitted", "sato", GS_SIM_DECISION_ACCEPT },
    { GS_SIM_STATE_REFERRED, "withdrawn", "left", "sato", GS_SIM_DECISION_ACCEPT },
    { GS_SIM_STATE_REFERRED, NULL, "withdrawn", "kato", GS_SIM_DECISION_NOTHING_TO_WITHDRAW },
    { GS_SIM_STATE_REFERRED, "withdrawn", "withdrawn", "kato",
      GS_SIM_DECISION_NOTHING_TO_WITHDRAW },
    { GS_SIM_STATE_ADMITTED, "admitted", "withdrawn", "sato", GS_SIM_DECISION_NOT_OWN },
    { GS_SIM_STATE_ADMITTED, "admitted", "withdrawn", "kato", GS_SIM_DECISION_ACCEPT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GsSimCrossing) crossing = new_admitted ();

      crossing->state = rows[i].state;
      if (rows[i].standing != NULL)
        crossing->decision =
          json_pack ("{s:s, s:s}", "outcome", rows[i].standing, "officer", "kato");
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (
        gs_sim_rules_decision (crossing, rows[i].outcome, rows[i].officer, "desk-3", NOW), ==,
        rows[i].verdict);
    }
}

static void
test_decision_held_or_stamped (void)
{
  g_autoptr (GsSimCrossing) crossing = new_admitted ();

  crossing->state = GS_SIM_STATE_REFERRED;
  crossing->lease_desk = g_strdup ("desk-4");
  crossing->lease_until_utc_ms = NOW + 1;
  g_assert_cmpint (gs_sim_rules_decision (crossing, "left", "kato", "desk-3", NOW), ==,
                   GS_SIM_DECISION_LEASED);
  g_assert_cmpint (gs_sim_rules_decision (crossing, "left", "kato", "desk-3", NOW + 1), ==,
                   GS_SIM_DECISION_ACCEPT);
  crossing->decision = json_pack ("{s:s, s:s}", "outcome", "admitted", "officer", "kato");
  give_claim (crossing, "issued");
  g_assert_cmpint (gs_sim_rules_decision (crossing, "withdrawn", "kato", "desk-3", NOW), ==,
                   GS_SIM_DECISION_STAMPED);
}

/* What a new epoch writes of a crossing must come back the same. */
static void
test_record_round_trip (void)
{
  g_autoptr (GsSimCrossing) crossing = new_admitted (), again = NULL;
  g_autoptr (json_t) record = NULL, record_again = NULL;

  crossing->state = GS_SIM_STATE_SECOND_LINE;
  crossing->traveller = json_pack ("{s:s}", "document_number", "X1");
  crossing->lease_desk = g_strdup ("desk-4");
  crossing->lease_officer = g_strdup ("sato");
  crossing->lease_until_utc_ms = NOW + 1;
  give_claim (crossing, "void");
  record = gs_sim_crossing_to_record (crossing);
  again = gs_sim_crossing_from_record (record);
  record_again = gs_sim_crossing_to_record (again);
  {
    g_autofree char *a = gs_sim_json_print (record), *b = gs_sim_json_print (record_again);

    g_assert_cmpstr (a, ==, b);
  }
  g_assert_cmpint (again->state, ==, GS_SIM_STATE_SECOND_LINE);
  g_assert_cmpint (again->claim->replace_until_utc_ms, ==, NOW + GS_SIM_REPLACEMENT_MS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/rules/claim/first", test_claim_first);
  g_test_add_func ("/simulator/rules/claim/state", test_claim_state);
  g_test_add_func ("/simulator/rules/claim/held", test_claim_held);
  g_test_add_func ("/simulator/rules/claim/void-ends", test_claim_void_ends);
  g_test_add_func ("/simulator/rules/claim/window", test_claim_window);
  g_test_add_func ("/simulator/rules/outcome", test_outcome);
  g_test_add_func ("/simulator/rules/unclaimed", test_unclaimed);
  g_test_add_func ("/simulator/rules/lease", test_lease);
  g_test_add_func ("/simulator/rules/decision", test_decision);
  g_test_add_func ("/simulator/rules/decision/held-or-stamped", test_decision_held_or_stamped);
  g_test_add_func ("/simulator/crossing/record-round-trip", test_record_round_trip);
  return g_test_run ();
}
