/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-crossing.h"

#include "gs-sim-json.h"
#include "gs-time.h"

#include <string.h>

static const char *const state_names[] = {
  [GS_SIM_STATE_IN_GATE] = "in-gate",
  [GS_SIM_STATE_REFERRED] = "referred",
  [GS_SIM_STATE_SECOND_LINE] = "second-line",
  [GS_SIM_STATE_ADMITTED] = "admitted",
  [GS_SIM_STATE_LEFT] = "left",
  [GS_SIM_STATE_HANDED_OVER] = "handed-over",
  [GS_SIM_STATE_REFUSED] = "refused",
  [GS_SIM_STATE_BACK_TO_GATE] = "back-to-gate",
  [GS_SIM_STATE_CANCELLED] = "cancelled",
};

/* What the contract calls the states: everything decided otherwise is "ended", with its outcome. */
static const char *const public_names[] = {
  [GS_SIM_STATE_IN_GATE] = "started",   [GS_SIM_STATE_REFERRED] = "referred",
  [GS_SIM_STATE_SECOND_LINE] = "ended", [GS_SIM_STATE_ADMITTED] = "admitted",
  [GS_SIM_STATE_LEFT] = "ended",        [GS_SIM_STATE_HANDED_OVER] = "ended",
  [GS_SIM_STATE_REFUSED] = "ended",     [GS_SIM_STATE_BACK_TO_GATE] = "ended",
  [GS_SIM_STATE_CANCELLED] = "ended",
};

static const char *const window_names[] = {
  [GS_SIM_WINDOW_NOT_OPEN] = "not-open",
  [GS_SIM_WINDOW_OPEN] = "open",
  [GS_SIM_WINDOW_CLOSED] = "closed",
};

GsSimCrossing *
gs_sim_crossing_new (const char *id)
{
  GsSimCrossing *self = g_new0 (GsSimCrossing, 1);

  self->id = g_strdup (id);
  self->state = GS_SIM_STATE_IN_GATE;
  self->window = GS_SIM_WINDOW_NOT_OPEN;
  self->opened_at_utc_ms = GS_TIME_UNKNOWN;
  self->closes_at_utc_ms = GS_TIME_UNKNOWN;
  self->started_at_utc_ms = GS_TIME_UNKNOWN;
  self->referred_at_utc_ms = GS_TIME_UNKNOWN;
  self->lease_until_utc_ms = GS_TIME_UNKNOWN;
  self->reasons = json_array ();
  self->checks = json_array ();
  self->stamps = json_array ();
  return self;
}

void
gs_sim_crossing_free (GsSimCrossing *self)
{
  g_free (self->id);
  g_free (self->cause);
  g_free (self->direction);
  g_free (self->gate);
  g_free (self->party);
  g_free (self->fault);
  g_free (self->outcome);
  g_free (self->lease_desk);
  g_free (self->lease_officer);
  json_decref (self->document);
  json_decref (self->reasons);
  json_decref (self->checks);
  json_decref (self->face);
  json_decref (self->flight);
  json_decref (self->admitted);
  json_decref (self->stamps);
  json_decref (self->decision);
  json_decref (self->traveller);
  g_clear_pointer (&self->claim, gs_sim_claim_free);
  g_free (self);
}

static void
set_text (char **field, json_t *data, const char *member)
{
  const char *text = gs_sim_json_text (data, member);

  if (text != NULL)
    {
      g_free (*field);
      *field = g_strdup (text);
    }
}

static void
set_json (json_t **field, json_t *value)
{
  json_decref (*field);
  *field = value;
}

static void
end_lease (GsSimCrossing *self)
{
  g_clear_pointer (&self->lease_desk, g_free);
  g_clear_pointer (&self->lease_officer, g_free);
  self->lease_until_utc_ms = GS_TIME_UNKNOWN;
}

static void
close_window (GsSimCrossing *self, const char *cause, gint64 at_utc_ms)
{
  if (self->window == GS_SIM_WINDOW_CLOSED)
    return;
  self->window = GS_SIM_WINDOW_CLOSED;
  self->closes_at_utc_ms = at_utc_ms;
  g_free (self->cause);
  self->cause = g_strdup (cause);
}

static gint64
event_time (json_t *data, gint64 at_utc_ms)
{
  gint64 at = gs_sim_json_time (data, "at");

  return at == GS_TIME_UNKNOWN ? at_utc_ms : at;
}

/* A check seen again replaces its earlier result, so that the list shows each check once. */
static void
merge_checks (GsSimCrossing *self, json_t *checks)
{
  json_t *check, *old;
  size_t i, j;

  json_array_foreach (checks, i, check)
  {
    const char *name = gs_sim_json_text (check, "check");

    json_array_foreach (self->checks, j,
                        old) if (name != NULL
                                 && g_strcmp0 (name, gs_sim_json_text (old, "check")) == 0)
    {
      json_array_remove (self->checks, j);
      break;
    }
    json_array_append (self->checks, check);
  }
}

static void
apply_face (GsSimCrossing *self, json_t *data)
{
  g_autoptr (json_t) checks =
    json_pack ("[{s:s, s:O?, s:n, s:n}, {s:s, s:O?, s:n, s:n}]", "check", "face-match", "result",
               json_object_get (data, "match"), "code", "detail", "check", "no-attack-found",
               "result", json_object_get (data, "attack"), "code", "detail");

  set_json (&self->face, json_deep_copy (data));
  merge_checks (self, checks);
}

static void
apply_admitted (GsSimCrossing *self, json_t *data, gint64 at_utc_ms)
{
  self->state = GS_SIM_STATE_ADMITTED;
  set_json (&self->admitted, json_deep_copy (data));
  if (self->window == GS_SIM_WINDOW_CLOSED)
    return;
  self->window = GS_SIM_WINDOW_OPEN;
  self->opened_at_utc_ms = event_time (data, at_utc_ms);
  self->closes_at_utc_ms = gs_sim_json_time (self->flight, "boarding_closes_at");
}

static void
apply_referred (GsSimCrossing *self, json_t *data, gint64 at_utc_ms)
{
  json_t *code, *old;
  size_t i, j;

  self->state = GS_SIM_STATE_REFERRED;
  self->referred_at_utc_ms = at_utc_ms;
  g_clear_pointer (&self->outcome, g_free);
  self->traveller_shown = TRUE;
  set_text (&self->gate, data, "gate");
  set_text (&self->party, data, "party");
  set_text (&self->fault, data, "fault");
  json_array_foreach (json_object_get (data, "reasons"), i, code)
  {
    gboolean known = FALSE;

    json_array_foreach (self->reasons, j, old) known = known || json_equal (old, code);
    if (!known)
      json_array_append (self->reasons, code);
  }
}

static void
apply_resolved (GsSimCrossing *self, json_t *data)
{
  const char *outcome = gs_sim_json_text (data, "outcome");

  end_lease (self);
  g_free (self->outcome);
  self->outcome = g_strdup (outcome);
  if (g_strcmp0 (outcome, "withdrawn") == 0)
    {
      self->state = GS_SIM_STATE_REFERRED;
      if (self->window == GS_SIM_WINDOW_OPEN)
        self->window = GS_SIM_WINDOW_NOT_OPEN;
      set_json (&self->admitted, NULL);
      return;
    }
  for (int state = GS_SIM_STATE_SECOND_LINE; state <= GS_SIM_STATE_BACK_TO_GATE; state++)
    if (g_strcmp0 (outcome, state_names[state]) == 0 && state != GS_SIM_STATE_ADMITTED)
      self->state = (GsSimState) state;
}

static void
apply_flight (GsSimCrossing *self, json_t *data)
{
  set_json (&self->flight, json_deep_copy (data));
  if (self->window == GS_SIM_WINDOW_OPEN)
    self->closes_at_utc_ms = gs_sim_json_time (data, "boarding_closes_at");
}

static void
apply_stamp (GsSimCrossing *self, json_t *data, gboolean voided)
{
  const char *serial = gs_sim_json_text (data, "serial");
  json_t *stamp;
  size_t i;

  json_array_foreach (self->stamps, i,
                      stamp) if (g_strcmp0 (serial, gs_sim_json_text (stamp, "serial")) == 0)
  {
    json_object_set_new (stamp, "state", json_string (voided ? "void" : "issued"));
    return;
  }
  stamp = json_deep_copy (data);
  json_object_set_new (stamp, "state", json_string (voided ? "void" : "issued"));
  json_array_append_new (self->stamps, stamp);
}

static void
apply_document (GsSimCrossing *self, json_t *data)
{
  set_json (&self->document, json_pack ("{s:O?, s:O?, s:O?}", "document_digest",
                                        json_object_get (data, "document_digest"), "issuing_state",
                                        json_object_get (data, "issuing_state"), "document_type",
                                        json_object_get (data, "document_type")));
  if (json_is_object (json_object_get (data, "traveller")))
    self->traveller_shown = TRUE;
  merge_checks (self, json_object_get (data, "checks"));
}

static void
apply_taken (GsSimCrossing *self, json_t *data)
{
  end_lease (self);
  self->lease_desk = g_strdup (gs_sim_json_text (data, "desk"));
  self->lease_officer = g_strdup (gs_sim_json_text (data, "officer"));
  self->lease_until_utc_ms = gs_sim_json_time (data, "until");
}

static void
apply_started (GsSimCrossing *self, json_t *data, gint64 at_utc_ms)
{
  set_text (&self->gate, data, "gate");
  set_text (&self->direction, data, "direction");
  set_text (&self->party, data, "party");
  self->started_at_utc_ms = at_utc_ms;
}

void
gs_sim_crossing_apply (GsSimCrossing *self, const char *type, json_t *data, gint64 at_utc_ms)
{
  self->version++;
  if (g_str_equal (type, "crossing.started"))
    apply_started (self, data, at_utc_ms);
  else if (g_str_equal (type, "crossing.document"))
    apply_document (self, data);
  else if (g_str_equal (type, "crossing.face"))
    apply_face (self, data);
  else if (g_str_equal (type, "crossing.background"))
    merge_checks (self, json_object_get (data, "checks"));
  else if (g_str_equal (type, "crossing.flight"))
    apply_flight (self, data);
  else if (g_str_equal (type, "crossing.admitted"))
    apply_admitted (self, data, at_utc_ms);
  else if (g_str_equal (type, "crossing.referred"))
    apply_referred (self, data, at_utc_ms);
  else if (g_str_equal (type, "crossing.taken"))
    apply_taken (self, data);
  else if (g_str_equal (type, "crossing.released"))
    end_lease (self);
  else if (g_str_equal (type, "crossing.resolved"))
    apply_resolved (self, data);
  else if (g_str_equal (type, "crossing.customs"))
    close_window (self, "customs", event_time (data, at_utc_ms));
  else if (g_str_equal (type, "crossing.boarded"))
    close_window (
      self, g_strcmp0 (gs_sim_json_text (data, "cause"), "closed") == 0 ? "closed" : "boarded",
      event_time (data, at_utc_ms));
  else if (g_str_equal (type, "crossing.stamped"))
    apply_stamp (self, data, FALSE);
  else if (g_str_equal (type, "crossing.stamp-voided"))
    apply_stamp (self, data, TRUE);
  else if (g_str_equal (type, "crossing.cancelled"))
    {
      self->state = GS_SIM_STATE_CANCELLED;
      self->window = GS_SIM_WINDOW_OPEN;
      close_window (self, "cancelled", event_time (data, at_utc_ms));
    }
}

gboolean
gs_sim_crossing_is_open (const GsSimCrossing *self)
{
  return self->state == GS_SIM_STATE_IN_GATE || self->state == GS_SIM_STATE_REFERRED
         || self->state == GS_SIM_STATE_SECOND_LINE
         || (self->state == GS_SIM_STATE_ADMITTED && self->window == GS_SIM_WINDOW_OPEN);
}

static json_t *
lease_to_json (const GsSimCrossing *self)
{
  if (self->lease_desk == NULL)
    return json_null ();
  return json_pack ("{s:s, s:s?, s:o}", "desk", self->lease_desk, "officer", self->lease_officer,
                    "until", gs_sim_json_new_time (self->lease_until_utc_ms));
}

static json_t *
claim_summary (const GsSimClaim *claim)
{
  if (claim == NULL)
    return json_null ();
  return json_pack ("{s:s, s:s, s:o, s:s, s:s?}", "claim", claim->id, "desk", claim->desk, "since",
                    gs_sim_json_new_time (claim->granted_at_utc_ms), "serial", claim->serial,
                    "outcome", claim->outcome);
}

json_t *
gs_sim_crossing_to_json (const GsSimCrossing *self, gint64 as_of_event)
{
  json_t *json = json_pack (
    "{s:s, s:I, s:s, s:s?, s:s?, s:s?, s:s?, s:o, s:O?, s:O?}", "id", self->id, "version",
    (json_int_t) self->version, "state", public_names[self->state], "direction", self->direction,
    "gate", self->gate, "party", self->party, "fault", self->fault, "started_at",
    gs_sim_json_new_time (self->started_at_utc_ms), "document", self->document, "traveller",
    self->traveller_shown ? self->traveller : NULL);

  json_object_set_new (json, "window",
                       json_pack ("{s:s, s:o, s:o, s:s?}", "state", window_names[self->window],
                                  "opened_at", gs_sim_json_new_time (self->opened_at_utc_ms),
                                  "closes_at", gs_sim_json_new_time (self->closes_at_utc_ms),
                                  "cause", self->cause));
  json_object_set_new (json, "referred_at", gs_sim_json_new_time (self->referred_at_utc_ms));
  json_object_set_new (json, "outcome", gs_sim_json_new_text (self->outcome));
  json_object_set_new (json, "reasons", json_deep_copy (self->reasons));
  json_object_set_new (json, "checks", json_deep_copy (self->checks));
  json_object_set_new (json, "stamps", json_deep_copy (self->stamps));
  json_object_set_new (json, "face", self->face ? json_incref (self->face) : json_null ());
  json_object_set_new (json, "flight", self->flight ? json_incref (self->flight) : json_null ());
  json_object_set_new (json, "admitted",
                       self->admitted ? json_incref (self->admitted) : json_null ());
  json_object_set_new (json, "decision",
                       self->decision ? json_incref (self->decision) : json_null ());
  json_object_set_new (json, "lease", lease_to_json (self));
  json_object_set_new (json, "claim", claim_summary (self->claim));
  if (as_of_event > 0)
    json_object_set_new (json, "as_of_event", json_integer (as_of_event));
  return json;
}

json_t *
gs_sim_crossing_to_record (const GsSimCrossing *self)
{
  json_t *record = gs_sim_crossing_to_json (self, 0);

  json_object_set_new (record, "traveller",
                       self->traveller ? json_incref (self->traveller) : json_null ());
  json_object_set_new (record, "fine_state", json_string (state_names[self->state]));
  json_object_set_new (record, "traveller_shown", json_boolean (self->traveller_shown));
  json_object_set_new (record, "claim",
                       self->claim ? gs_sim_claim_to_json (self->claim) : json_null ());
  return record;
}

static json_t *
take_member (json_t *record, const char *member)
{
  json_t *value = json_object_get (record, member);

  return value == NULL || json_is_null (value) ? NULL : json_incref (value);
}

static int
find_name (const char *const *names, gsize count, const char *name)
{
  for (gsize i = 1; i < count; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return (int) i;
  return 1;
}

GsSimCrossing *
gs_sim_crossing_from_record (json_t *record)
{
  const char *id = gs_sim_json_text (record, "id");
  json_t *window = json_object_get (record, "window");
  json_t *lease = json_object_get (record, "lease");
  json_t *claim = json_object_get (record, "claim");
  GsSimCrossing *self;

  if (id == NULL)
    return NULL;
  self = gs_sim_crossing_new (id);
  self->version = json_integer_value (json_object_get (record, "version"));
  self->state = (GsSimState) find_name (state_names, G_N_ELEMENTS (state_names),
                                        gs_sim_json_text (record, "fine_state"));
  set_text (&self->outcome, record, "outcome");
  self->window = (GsSimWindow) find_name (window_names, G_N_ELEMENTS (window_names),
                                          gs_sim_json_text (window, "state"));
  self->opened_at_utc_ms = gs_sim_json_time (window, "opened_at");
  self->closes_at_utc_ms = gs_sim_json_time (window, "closes_at");
  set_text (&self->cause, window, "cause");
  set_text (&self->direction, record, "direction");
  set_text (&self->gate, record, "gate");
  set_text (&self->party, record, "party");
  set_text (&self->fault, record, "fault");
  self->started_at_utc_ms = gs_sim_json_time (record, "started_at");
  self->referred_at_utc_ms = gs_sim_json_time (record, "referred_at");
  self->document = take_member (record, "document");
  self->face = take_member (record, "face");
  self->flight = take_member (record, "flight");
  self->admitted = take_member (record, "admitted");
  self->decision = take_member (record, "decision");
  self->traveller = take_member (record, "traveller");
  set_json (&self->reasons, json_deep_copy (json_object_get (record, "reasons")));
  set_json (&self->checks, json_deep_copy (json_object_get (record, "checks")));
  set_json (&self->stamps, json_deep_copy (json_object_get (record, "stamps")));
  self->traveller_shown = json_is_true (json_object_get (record, "traveller_shown"));
  if (json_is_object (lease))
    apply_taken (self, lease);
  if (json_is_object (claim))
    self->claim = gs_sim_claim_from_json (claim);
  return self;
}
