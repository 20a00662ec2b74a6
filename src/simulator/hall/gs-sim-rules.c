/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-rules.h"

#include "gs-time.h"

static gboolean
may_replace (const GsSimClaim *claim, gint64 now_utc_ms)
{
  return g_strcmp0 (claim->outcome, "void") == 0 && claim->replacements == 0
         && claim->replace_until_utc_ms != GS_TIME_UNKNOWN
         && now_utc_ms <= claim->replace_until_utc_ms;
}

/* What an existing claim says; 0 when it blocks nobody. */
static GsSimClaimVerdict
held_by_claim (const GsSimClaim *claim, const char *desk, const char *stamp, gint64 now_utc_ms)
{
  gboolean own = g_str_equal (claim->desk, desk);

  if (g_strcmp0 (claim->outcome, "released") == 0)
    return 0;
  if (g_strcmp0 (claim->outcome, "issued") == 0)
    return GS_SIM_CLAIM_ALREADY_STAMPED;
  if (g_strcmp0 (claim->outcome, "in-doubt") == 0)
    return GS_SIM_CLAIM_IN_DOUBT;
  if (claim->outcome == NULL)
    return own && g_str_equal (claim->stamp, stamp) ? GS_SIM_CLAIM_SAME
                                                    : GS_SIM_CLAIM_CLAIMED_ELSEWHERE;
  if (may_replace (claim, now_utc_ms))
    return own ? GS_SIM_CLAIM_REPLACE : GS_SIM_CLAIM_CLAIMED_ELSEWHERE;
  return 0;
}

GsSimClaimVerdict
gs_sim_rules_claim (const GsSimCrossing *crossing,
                    const char *desk,
                    const char *stamp,
                    gint64 now_utc_ms)
{
  GsSimClaimVerdict held = 0;

  if (crossing->claim != NULL)
    held = held_by_claim (crossing->claim, desk, stamp, now_utc_ms);
  if (held != 0 && held != GS_SIM_CLAIM_SAME && held != GS_SIM_CLAIM_REPLACE)
    return held;
  if (crossing->state == GS_SIM_STATE_CANCELLED)
    return GS_SIM_CLAIM_CANCELLED;
  if (held == GS_SIM_CLAIM_REPLACE)
    return held;
  if (crossing->state == GS_SIM_STATE_REFERRED || crossing->state == GS_SIM_STATE_SECOND_LINE)
    return GS_SIM_CLAIM_OPEN_CASE;
  if (crossing->state != GS_SIM_STATE_ADMITTED)
    return GS_SIM_CLAIM_NOT_ADMITTED;
  if (crossing->window != GS_SIM_WINDOW_OPEN)
    return GS_SIM_CLAIM_WINDOW_CLOSED;
  return held == 0 ? GS_SIM_CLAIM_GRANT : held;
}

/* What another claim of the crossing says against it; 0 for nothing. A void one's own desk may have
 * replaced it. */
static GsSimClaimVerdict
beside_claim (const GsSimClaim *claim, const char *desk, gint64 at_utc_ms)
{
  if (g_strcmp0 (claim->outcome, "void") == 0)
    return may_replace (claim, at_utc_ms) && !g_str_equal (claim->desk, desk)
             ? GS_SIM_CLAIM_CLAIMED_ELSEWHERE
             : 0;
  return held_by_claim (claim, desk, "", at_utc_ms);
}

static GsSimClaimVerdict
at_that_time (const GsSimCrossing *crossing, gint64 admitted_at_utc_ms, gint64 at_utc_ms)
{
  if (crossing->state == GS_SIM_STATE_CANCELLED)
    return GS_SIM_CLAIM_CANCELLED;
  if (crossing->state == GS_SIM_STATE_REFERRED || crossing->state == GS_SIM_STATE_SECOND_LINE)
    return GS_SIM_CLAIM_OPEN_CASE;
  if (crossing->state != GS_SIM_STATE_ADMITTED || admitted_at_utc_ms == GS_TIME_UNKNOWN
      || admitted_at_utc_ms > at_utc_ms)
    return GS_SIM_CLAIM_NOT_ADMITTED;
  if (crossing->window == GS_SIM_WINDOW_CLOSED && crossing->closes_at_utc_ms <= at_utc_ms)
    return GS_SIM_CLAIM_WINDOW_CLOSED;
  return 0;
}

guint
gs_sim_rules_unclaimed (const GsSimCrossing *crossing,
                        const char *desk,
                        const char *replaces,
                        gint64 admitted_at_utc_ms,
                        gint64 at_utc_ms,
                        GsSimClaimVerdict verdicts[2])
{
  GsSimClaimVerdict beside =
    crossing->claim != NULL ? beside_claim (crossing->claim, desk, at_utc_ms) : 0;
  /* A replacement may follow after the window. */
  GsSimClaimVerdict then = at_that_time (crossing, admitted_at_utc_ms, at_utc_ms);
  guint n = 0;

  if (then == GS_SIM_CLAIM_WINDOW_CLOSED && replaces != NULL && beside == 0)
    then = 0;
  if (beside != 0)
    verdicts[n++] = beside;
  if (then != 0)
    verdicts[n++] = then;
  return n;
}

static gboolean
is_same_report (const GsSimClaim *claim,
                const char *outcome,
                const char *serial,
                const char *replaces,
                gint64 at_utc_ms)
{
  return g_strcmp0 (claim->outcome, outcome) == 0 && g_strcmp0 (claim->serial, serial) == 0
         && g_strcmp0 (claim->replaces, replaces) == 0 && claim->outcome_at_utc_ms == at_utc_ms;
}

/* The report of a stamp that takes the place of a void one. */
static GsSimOutcomeVerdict
judge_replacement (const GsSimClaim *claim,
                   const char *outcome,
                   const char *serial,
                   const char *replaces,
                   gint64 at_utc_ms)
{
  gboolean under_way =
    g_strcmp0 (claim->replaces, replaces) == 0 && g_strcmp0 (claim->serial, serial) == 0;

  if (under_way)
    return GS_SIM_OUTCOME_ACCEPT;
  if (!g_str_equal (claim->serial, replaces) || g_strcmp0 (claim->outcome, "void") != 0)
    return GS_SIM_OUTCOME_SERIAL_UNKNOWN;
  if (g_str_equal (outcome, "released"))
    return GS_SIM_OUTCOME_CLOSED;
  return may_replace (claim, at_utc_ms) ? GS_SIM_OUTCOME_ACCEPT
                                        : GS_SIM_OUTCOME_REPLACEMENT_REFUSED;
}

GsSimOutcomeVerdict
gs_sim_rules_outcome (const GsSimClaim *claim,
                      const char *desk,
                      const char *supervisor,
                      const char *outcome,
                      const char *serial,
                      const char *replaces,
                      gint64 at_utc_ms)
{
  GsSimOutcomeVerdict verdict = GS_SIM_OUTCOME_ACCEPT;

  if (!g_str_equal (claim->desk, desk) && supervisor == NULL)
    return GS_SIM_OUTCOME_NOT_YOURS;
  if (is_same_report (claim, outcome, serial, replaces, at_utc_ms))
    return GS_SIM_OUTCOME_REPLAY;
  if (replaces != NULL)
    verdict = judge_replacement (claim, outcome, serial, replaces, at_utc_ms);
  else if (!g_str_equal (claim->serial, serial))
    verdict = GS_SIM_OUTCOME_SERIAL_UNKNOWN;
  if (verdict != GS_SIM_OUTCOME_ACCEPT)
    return verdict;
  if (claim->outcome == NULL || g_str_equal (claim->outcome, "in-doubt"))
    return GS_SIM_OUTCOME_ACCEPT;
  if (g_str_equal (claim->outcome, "issued"))
    return g_str_equal (outcome, "void") ? GS_SIM_OUTCOME_ACCEPT : GS_SIM_OUTCOME_CLOSED;
  if (g_str_equal (claim->outcome, "void"))
    return replaces != NULL && g_strcmp0 (claim->serial, serial) != 0 ? GS_SIM_OUTCOME_ACCEPT
                                                                      : GS_SIM_OUTCOME_CLOSED;
  return GS_SIM_OUTCOME_CLOSED;
}

gboolean
gs_sim_rules_lease (const GsSimCrossing *crossing, const char *desk, gint64 now_utc_ms)
{
  return crossing->lease_desk == NULL || g_str_equal (crossing->lease_desk, desk)
         || crossing->lease_until_utc_ms <= now_utc_ms;
}

static gboolean
has_valid_stamp (const GsSimCrossing *crossing)
{
  const GsSimClaim *claim = crossing->claim;

  return claim != NULL && g_strcmp0 (claim->outcome, "released") != 0
         && g_strcmp0 (claim->outcome, "void") != 0;
}

GsSimDecisionVerdict
gs_sim_rules_decision (const GsSimCrossing *crossing,
                       const char *outcome,
                       const char *officer,
                       const char *desk,
                       gint64 now_utc_ms)
{
  const char *standing = NULL;

  if (crossing->decision != NULL)
    standing = json_string_value (json_object_get (crossing->decision, "outcome"));
  if (g_str_equal (outcome, "withdrawn"))
    {
      if (standing == NULL || g_str_equal (standing, "withdrawn"))
        return GS_SIM_DECISION_NOTHING_TO_WITHDRAW;
      if (g_strcmp0 (json_string_value (json_object_get (crossing->decision, "officer")), officer)
          != 0)
        return GS_SIM_DECISION_NOT_OWN;
      return has_valid_stamp (crossing) ? GS_SIM_DECISION_STAMPED : GS_SIM_DECISION_ACCEPT;
    }
  if (standing != NULL && !g_str_equal (standing, "withdrawn")
      && !g_str_equal (standing, "second-line"))
    return GS_SIM_DECISION_ALREADY_DECIDED;
  if (crossing->state != GS_SIM_STATE_REFERRED && crossing->state != GS_SIM_STATE_SECOND_LINE)
    return GS_SIM_DECISION_NOT_REFERRED;
  return gs_sim_rules_lease (crossing, desk, now_utc_ms) ? GS_SIM_DECISION_ACCEPT
                                                         : GS_SIM_DECISION_LEASED;
}
