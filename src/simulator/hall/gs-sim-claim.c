/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-claim.h"

#include "gs-sim-json.h"
#include "gs-time.h"

void
gs_sim_claim_free (GsSimClaim *self)
{
  g_free (self->id);
  g_free (self->crossing);
  g_free (self->stamp);
  g_free (self->serial);
  g_free (self->desk);
  g_free (self->officer);
  g_free (self->printer);
  g_free (self->outcome);
  g_free (self->replaces);
  g_free (self->supervisor);
  g_free (self->reason);
  g_free (self);
}

json_t *
gs_sim_claim_to_json (const GsSimClaim *self)
{
  return json_pack (
    "{s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:o, s:o, s:o, s:o, s:i, s:s?, s:s?}",
    "claim", self->id, "crossing", self->crossing, "stamp", self->stamp, "serial", self->serial,
    "desk", self->desk, "officer", self->officer, "printer", self->printer, "outcome",
    self->outcome, "replaces", self->replaces, "granted_at",
    gs_sim_json_new_time (self->granted_at_utc_ms), "start_before",
    gs_sim_json_new_time (self->start_before_utc_ms), "at",
    gs_sim_json_new_time (self->outcome_at_utc_ms), "replace_until",
    gs_sim_json_new_time (self->replace_until_utc_ms), "replacements", (int) self->replacements,
    "supervisor", self->supervisor, "reason", self->reason);
}

GsSimClaim *
gs_sim_claim_from_json (json_t *json)
{
  g_autoptr (GsSimClaim) self = g_new0 (GsSimClaim, 1);

  self->id = g_strdup (gs_sim_json_text (json, "claim"));
  self->crossing = g_strdup (gs_sim_json_text (json, "crossing"));
  self->stamp = g_strdup (gs_sim_json_text (json, "stamp"));
  self->serial = g_strdup (gs_sim_json_text (json, "serial"));
  self->desk = g_strdup (gs_sim_json_text (json, "desk"));
  self->officer = g_strdup (gs_sim_json_text (json, "officer"));
  self->printer = g_strdup (gs_sim_json_text (json, "printer"));
  self->outcome = g_strdup (gs_sim_json_text (json, "outcome"));
  self->replaces = g_strdup (gs_sim_json_text (json, "replaces"));
  self->supervisor = g_strdup (gs_sim_json_text (json, "supervisor"));
  self->reason = g_strdup (gs_sim_json_text (json, "reason"));
  self->granted_at_utc_ms = gs_sim_json_time (json, "granted_at");
  self->start_before_utc_ms = gs_sim_json_time (json, "start_before");
  self->outcome_at_utc_ms = gs_sim_json_time (json, "at");
  self->replace_until_utc_ms = gs_sim_json_time (json, "replace_until");
  self->replacements = (guint) json_integer_value (json_object_get (json, "replacements"));
  if (self->id == NULL || self->crossing == NULL || self->stamp == NULL || self->serial == NULL
      || self->desk == NULL)
    return NULL;
  return g_steal_pointer (&self);
}
