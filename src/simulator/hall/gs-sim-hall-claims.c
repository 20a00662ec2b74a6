/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-hall-private.h"

#include "gs-sim-json.h"
#include "gs-sim-rules.h"
#include "gs-time.h"
#include "gs-uuid.h"

void
gs_sim_hall_put_claim (GsSimHall *self, json_t *json)
{
  GsSimClaim *claim = gs_sim_claim_from_json (json);
  GsSimCrossing *crossing;
  gboolean newest;

  if (claim == NULL)
    return;
  g_hash_table_replace (self->claims, g_strdup (claim->id), json_incref (json));
  g_hash_table_replace (self->serials, g_strdup (claim->serial), g_strdup (claim->id));
  crossing = gs_sim_hall_get_crossing (self, claim->crossing);
  newest =
    crossing != NULL
    && (crossing->claim == NULL || crossing->claim->granted_at_utc_ms <= claim->granted_at_utc_ms);
  if (!newest)
    {
      gs_sim_claim_free (claim);
      return;
    }
  g_clear_pointer (&crossing->claim, gs_sim_claim_free);
  crossing->claim = claim;
}

void
gs_sim_hall_store_claim (GsSimHall *self, const GsSimClaim *claim)
{
  json_t *json = gs_sim_claim_to_json (claim);

  gs_sim_hall_add_record (self, json_pack ("{s:s, s:O}", "record", "claim", "claim", json));
  gs_sim_hall_put_claim (self, json);
  json_decref (json);
}

static GsSimReply *
refuse_claim (const GsSimCrossing *crossing, GsSimClaimVerdict verdict)
{
  const GsSimClaim *claim = crossing->claim;
  json_t *extra = NULL;

  switch (verdict)
    {
    case GS_SIM_CLAIM_ALREADY_STAMPED:
      extra = json_pack ("{s:s, s:s, s:o}", "serial", claim->serial, "desk", claim->desk, "at",
                         gs_sim_json_new_time (claim->outcome_at_utc_ms));
      return gs_sim_reply_problem ("already-stamped", NULL, extra);
    case GS_SIM_CLAIM_CLAIMED_ELSEWHERE:
      extra = json_pack ("{s:s, s:o}", "desk", claim->desk, "since",
                         gs_sim_json_new_time (claim->granted_at_utc_ms));
      return gs_sim_reply_problem ("claimed-elsewhere", NULL, extra);
    case GS_SIM_CLAIM_IN_DOUBT:
      return gs_sim_reply_problem ("in-doubt", NULL, json_pack ("{s:s}", "desk", claim->desk));
    case GS_SIM_CLAIM_WINDOW_CLOSED:
      extra = json_pack ("{s:s?, s:o}", "cause", crossing->cause, "at",
                         gs_sim_json_new_time (crossing->closes_at_utc_ms));
      return gs_sim_reply_problem ("window-closed", NULL, extra);
    case GS_SIM_CLAIM_OPEN_CASE:
      return gs_sim_reply_problem ("open-case", NULL, NULL);
    case GS_SIM_CLAIM_CANCELLED:
      return gs_sim_reply_problem ("cancelled", NULL, NULL);
    case GS_SIM_CLAIM_NOT_ADMITTED:
    case GS_SIM_CLAIM_GRANT:
    case GS_SIM_CLAIM_SAME:
    case GS_SIM_CLAIM_REPLACE:
    default:
      return gs_sim_reply_problem ("not-admitted", NULL, NULL);
    }
}

static json_t *
describe_grant (const GsSimCrossing *crossing, const GsSimClaim *claim)
{
  return json_pack (
    "{s:s, s:s, s:s, s:o, s:o, s:o}", "claim", claim->id, "crossing", crossing->id, "stamp",
    claim->stamp, "granted_at", gs_sim_json_new_time (claim->granted_at_utc_ms), "start_before",
    gs_sim_json_new_time (claim->start_before_utc_ms), "window_closes_at",
    crossing->window == GS_SIM_WINDOW_CLOSED ? json_null ()
                                             : gs_sim_json_new_time (crossing->closes_at_utc_ms));
}

static GsSimClaim *
make_claim (
  GsSimCrossing *crossing, GsSimClaimVerdict verdict, const char *desk, json_t *body, gint64 now)
{
  g_autoptr (json_t) old = NULL;
  GsSimClaim *claim;

  if (verdict == GS_SIM_CLAIM_GRANT)
    {
      claim = g_new0 (GsSimClaim, 1);
      claim->id = gs_uuid_new ();
      claim->crossing = g_strdup (crossing->id);
      claim->desk = g_strdup (desk);
      claim->granted_at_utc_ms = now;
      claim->outcome_at_utc_ms = GS_TIME_UNKNOWN;
      claim->replace_until_utc_ms = GS_TIME_UNKNOWN;
    }
  else
    {
      old = gs_sim_claim_to_json (crossing->claim);
      claim = gs_sim_claim_from_json (old);
    }
  if (verdict == GS_SIM_CLAIM_REPLACE)
    {
      g_free (claim->replaces);
      claim->replaces = g_steal_pointer (&claim->serial);
      g_clear_pointer (&claim->outcome, g_free);
      claim->outcome_at_utc_ms = GS_TIME_UNKNOWN;
      claim->replace_until_utc_ms = GS_TIME_UNKNOWN;
      claim->replacements++;
    }
  claim->start_before_utc_ms = now + GS_SIM_GRANT_MS;
  if (verdict == GS_SIM_CLAIM_SAME)
    return claim;
  g_free (claim->stamp);
  g_free (claim->serial);
  g_free (claim->officer);
  g_free (claim->printer);
  claim->stamp = g_strdup (gs_sim_json_text (body, "stamp"));
  claim->serial = g_strdup (gs_sim_json_text (body, "serial"));
  claim->officer = g_strdup (gs_sim_json_text (body, "officer"));
  claim->printer = g_strdup (gs_sim_json_text (body, "printer"));
  return claim;
}

static const char *
check_claim_body (json_t *body, const char *key)
{
  const char *stamp = gs_sim_json_text (body, "stamp");

  if (stamp == NULL || !gs_uuid_is_valid (stamp))
    return "stamp must be a UUID";
  if (g_strcmp0 (stamp, key) != 0)
    return "Idempotency-Key must be the stamp's UUID";
  if (gs_sim_json_text (body, "serial") == NULL || *gs_sim_json_text (body, "serial") == '\0')
    return "serial must be a text";
  if (gs_sim_json_text (body, "officer") == NULL || *gs_sim_json_text (body, "officer") == '\0')
    return "officer must be a text";
  if (gs_sim_json_text (body, "printer") == NULL)
    return "printer must be a text";
  return NULL;
}

GsSimReply *
gs_sim_hall_claim (GsSimHall *self, const char *id, const char *desk, const char *key, json_t *body)
{
  g_autofree char *path = g_strdup_printf ("stamp-claims/%s", id);
  GsSimCrossing *crossing = gs_sim_hall_get_crossing (self, id);
  gint64 now = gs_sim_hall_now_utc_ms (self);
  g_autoptr (GsSimReply) replay = NULL;
  g_autoptr (GsSimClaim) claim = NULL;
  GsSimClaimVerdict verdict;
  const char *mistake;
  json_t *answer;

  if (crossing == NULL)
    return gs_sim_hall_not_found ("There is no such crossing.");
  replay = gs_sim_hall_check_key (self, key, path, body);
  if (replay != NULL && replay->problem)
    return g_steal_pointer (&replay);
  mistake = check_claim_body (body, key);
  if (mistake != NULL)
    return gs_sim_reply_problem ("invalid-body", mistake, NULL);
  verdict = gs_sim_rules_claim (crossing, desk, gs_sim_json_text (body, "stamp"), now);
  if (verdict > GS_SIM_CLAIM_REPLACE)
    return refuse_claim (crossing, verdict);
  /* Its claim was reported and has ended: an old grant must not be printed on. */
  if (replay != NULL && verdict != GS_SIM_CLAIM_SAME)
    return gs_sim_reply_problem ("claim-closed", NULL, NULL);
  if (verdict != GS_SIM_CLAIM_SAME
      && g_hash_table_contains (self->serials, gs_sim_json_text (body, "serial")))
    return gs_sim_reply_problem ("serial-used", NULL, NULL);

  claim = make_claim (crossing, verdict, desk, body, now);
  answer = describe_grant (crossing, claim);
  gs_sim_hall_begin (self);
  gs_sim_hall_store_claim (self, claim);
  gs_sim_hall_store_key (self, key, path, body, answer);
  gs_sim_hall_note_truth (self, "claim", answer);
  gs_sim_hall_commit (self);
  return gs_sim_reply_new (verdict == GS_SIM_CLAIM_SAME ? 200 : 201, answer);
}

/* ---- outcomes ---- */

static json_t *
describe_outcome (const GsSimClaim *claim)
{
  return json_pack ("{s:s, s:s, s:s, s:s?, s:s, s:o, s:s?, s:o, s:s?, s:s?}", "claim", claim->id,
                    "crossing", claim->crossing, "stamp", claim->stamp, "outcome", claim->outcome,
                    "serial", claim->serial, "at", gs_sim_json_new_time (claim->outcome_at_utc_ms),
                    "replaces", claim->replaces, "replace_until",
                    gs_sim_json_new_time (claim->replace_until_utc_ms), "supervisor",
                    claim->supervisor, "reason", claim->reason);
}

static GsSimReply *
refuse_outcome (const GsSimClaim *claim, GsSimOutcomeVerdict verdict)
{
  switch (verdict)
    {
    case GS_SIM_OUTCOME_NOT_YOURS:
      return gs_sim_reply_problem ("not-your-claim", NULL,
                                   json_pack ("{s:s}", "desk", claim->desk));
    case GS_SIM_OUTCOME_SERIAL_UNKNOWN:
      return gs_sim_reply_problem ("serial-unknown", NULL,
                                   json_pack ("{s:s}", "serial", claim->serial));
    case GS_SIM_OUTCOME_REPLACEMENT_REFUSED:
      return gs_sim_reply_problem (
        "replacement-refused", NULL,
        json_pack ("{s:o}", "replace_until", gs_sim_json_new_time (claim->replace_until_utc_ms)));
    case GS_SIM_OUTCOME_CLOSED:
    case GS_SIM_OUTCOME_ACCEPT:
    case GS_SIM_OUTCOME_REPLAY:
    default:
      return gs_sim_reply_problem ("claim-closed", NULL,
                                   json_pack ("{s:s?}", "outcome", claim->outcome));
    }
}

static void
take_outcome (GsSimClaim *claim, json_t *body, gint64 at)
{
  const char *serial = gs_sim_json_text (body, "serial");
  const char *replaces = gs_sim_json_text (body, "replaces");
  const char *outcome = gs_sim_json_text (body, "outcome");

  if (replaces != NULL && !g_str_equal (claim->serial, serial))
    {
      g_free (claim->replaces);
      claim->replaces = g_strdup (replaces);
      g_free (claim->serial);
      claim->serial = g_strdup (serial);
      claim->replacements++;
    }
  g_free (claim->outcome);
  claim->outcome = g_strdup (outcome);
  claim->outcome_at_utc_ms = at;
  claim->replace_until_utc_ms = g_str_equal (outcome, "void") && claim->replacements == 0
                                  ? at + GS_SIM_REPLACEMENT_MS
                                  : GS_TIME_UNKNOWN;
  g_free (claim->supervisor);
  claim->supervisor = g_strdup (gs_sim_json_text (body, "supervisor"));
  g_free (claim->reason);
  claim->reason = g_strdup (gs_sim_json_text (body, "reason"));
}

void
gs_sim_hall_publish_outcome (GsSimHall *self, const GsSimClaim *claim)
{
  const char *type = NULL;
  json_t *data;

  if (g_str_equal (claim->outcome, "issued"))
    type = "crossing.stamped";
  else if (g_str_equal (claim->outcome, "void"))
    type = "crossing.stamp-voided";
  if (type == NULL)
    return;
  data = json_pack ("{s:s, s:s, s:o}", "serial", claim->serial, "desk", claim->desk, "at",
                    gs_sim_json_new_time (claim->outcome_at_utc_ms));
  gs_sim_hall_publish (self, type, claim->crossing, data, gs_sim_hall_now_utc_ms (self));
}

static const char *
check_outcome_body (json_t *body)
{
  static const char *const outcomes[] = { "issued", "void", "released", "in-doubt", NULL };
  const char *outcome = gs_sim_json_text (body, "outcome");
  json_t *replaces = json_object_get (body, "replaces");

  if (outcome == NULL || !g_strv_contains (outcomes, outcome))
    return "outcome must be issued, void, released or in-doubt";
  if (gs_sim_json_text (body, "serial") == NULL)
    return "serial must be a text";
  if (gs_sim_json_time (body, "at") == GS_TIME_UNKNOWN)
    return "at must be an RFC 3339 time";
  if (replaces != NULL && !json_is_null (replaces) && !json_is_string (replaces))
    return "replaces must be a text or null";
  if (gs_sim_json_text (body, "supervisor") != NULL
      && (gs_sim_json_text (body, "reason") == NULL || *gs_sim_json_text (body, "reason") == '\0'))
    return "a supervisor must give a reason";
  return NULL;
}

GsSimReply *
gs_sim_hall_report_outcome (
  GsSimHall *self, const char *id, const char *claim_id, const char *desk, json_t *body)
{
  json_t *stored = g_hash_table_lookup (self->claims, claim_id);
  const char *mistake = check_outcome_body (body);
  const char *serial = gs_sim_json_text (body, "serial");
  gint64 at = gs_sim_json_time (body, "at");
  g_autoptr (GsSimClaim) claim = NULL;
  GsSimOutcomeVerdict verdict;

  if (stored == NULL || g_strcmp0 (gs_sim_json_text (stored, "crossing"), id) != 0)
    return gs_sim_hall_not_found ("There is no such claim.");
  if (mistake != NULL)
    return gs_sim_reply_problem ("invalid-body", mistake, NULL);
  claim = gs_sim_claim_from_json (stored);
  verdict = gs_sim_rules_outcome (claim, desk, gs_sim_json_text (body, "supervisor"),
                                  gs_sim_json_text (body, "outcome"), serial,
                                  gs_sim_json_text (body, "replaces"), at);
  if (verdict == GS_SIM_OUTCOME_REPLAY)
    return gs_sim_reply_new (200, describe_outcome (claim));
  if (verdict != GS_SIM_OUTCOME_ACCEPT)
    return refuse_outcome (claim, verdict);
  if (!g_str_equal (claim->serial, serial) && g_hash_table_contains (self->serials, serial))
    return gs_sim_reply_problem ("serial-used", NULL, NULL);

  take_outcome (claim, body, at);
  gs_sim_hall_begin (self);
  gs_sim_hall_store_claim (self, claim);
  gs_sim_hall_publish_outcome (self, claim);
  stored = describe_outcome (claim);
  gs_sim_hall_note_truth (self, "outcome", stored);
  gs_sim_hall_commit (self);
  if (self->device != NULL && g_str_equal (claim->outcome, "issued"))
    gs_sim_gates_stamped (self->device, id);
  return gs_sim_reply_new (200, stored);
}
