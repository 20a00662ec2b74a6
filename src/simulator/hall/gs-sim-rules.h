/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-claim.h"
#include "gs-sim-crossing.h"

/* The hall's verdicts as pure functions: no clock, no file, no network. */

/* A grant must be used within this time. */
#define GS_SIM_GRANT_MS 30000
/* A void stamp may be replaced within this time. */
#define GS_SIM_REPLACEMENT_MS 600000
#define GS_SIM_LEASE_MS 30000
#define GS_SIM_UNWATCHED_MS 10000

typedef enum
{
  GS_SIM_CLAIM_GRANT = 1, /* a new claim */
  GS_SIM_CLAIM_SAME,      /* the same stamp asks again and may still print */
  GS_SIM_CLAIM_REPLACE,   /* the claim's desk prints the one replacement */
  GS_SIM_CLAIM_NOT_ADMITTED,
  GS_SIM_CLAIM_OPEN_CASE,
  GS_SIM_CLAIM_WINDOW_CLOSED,
  GS_SIM_CLAIM_CANCELLED,
  GS_SIM_CLAIM_ALREADY_STAMPED,
  GS_SIM_CLAIM_CLAIMED_ELSEWHERE,
  GS_SIM_CLAIM_IN_DOUBT,
} GsSimClaimVerdict;

/* May this desk print this stamp for the crossing now? */
GsSimClaimVerdict gs_sim_rules_claim (const GsSimCrossing *crossing,
                                      const char *desk,
                                      const char *stamp,
                                      gint64 now_utc_ms);

/* What speaks against a stamp that was printed without a claim, told afterwards: at most one of the
 * verdicts about another claim, then at most one about the crossing at that time. Returns how many
 * of verdicts were filled; admitted_at and at are the hall's times. */
guint gs_sim_rules_unclaimed (const GsSimCrossing *crossing,
                              const char *desk,
                              const char *replaces,
                              gint64 admitted_at_utc_ms,
                              gint64 at_utc_ms,
                              GsSimClaimVerdict verdicts[2]);

typedef enum
{
  GS_SIM_OUTCOME_ACCEPT = 1,
  GS_SIM_OUTCOME_REPLAY,              /* the same report again: nothing to do */
  GS_SIM_OUTCOME_NOT_YOURS,           /* another desk's claim and no supervisor */
  GS_SIM_OUTCOME_CLOSED,              /* the claim has an outcome that this one may not follow */
  GS_SIM_OUTCOME_SERIAL_UNKNOWN,      /* neither the claim's serial nor a replacement of it */
  GS_SIM_OUTCOME_REPLACEMENT_REFUSED, /* a second replacement, or later than 10 minutes */
} GsSimOutcomeVerdict;

/* May the claim take this report? supervisor is NULL without one; replaces is NULL for a stamp that
 * replaces none; at is the desk's time of the outcome. */
GsSimOutcomeVerdict gs_sim_rules_outcome (const GsSimClaim *claim,
                                          const char *desk,
                                          const char *supervisor,
                                          const char *outcome,
                                          const char *serial,
                                          const char *replaces,
                                          gint64 at_utc_ms);

typedef enum
{
  GS_SIM_DECISION_ACCEPT = 1,
  GS_SIM_DECISION_ALREADY_DECIDED,
  GS_SIM_DECISION_NOT_REFERRED,
  GS_SIM_DECISION_LEASED,
  GS_SIM_DECISION_NOTHING_TO_WITHDRAW,
  GS_SIM_DECISION_NOT_OWN,
  GS_SIM_DECISION_STAMPED,
} GsSimDecisionVerdict;

/* May this officer at this desk decide the crossing now? */
GsSimDecisionVerdict gs_sim_rules_decision (const GsSimCrossing *crossing,
                                            const char *outcome,
                                            const char *officer,
                                            const char *desk,
                                            gint64 now_utc_ms);

/* TRUE when desk may take or keep the crossing now. */
gboolean gs_sim_rules_lease (const GsSimCrossing *crossing, const char *desk, gint64 now_utc_ms);
