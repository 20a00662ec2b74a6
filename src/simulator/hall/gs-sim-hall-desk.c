/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-hall-private.h"

#include "gs-sim-json.h"
#include "gs-sim-rules.h"
#include "gs-time.h"
#include "gs-uuid.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

json_t *
gs_sim_hall_describe_gates (GsSimHall *self)
{
  json_t *gates = json_array ();

  for (guint i = 0; i < self->gates->len; i++)
    {
      GsSimGate *gate = g_ptr_array_index (self->gates, i);

      g_autofree char *camera =
        self->cameras == NULL ? NULL : g_strconcat (self->cameras, gate->id, NULL);

      json_array_append_new (gates, json_pack ("{s:s, s:s, s:s, s:o, s:s?, s:s?}", "id", gate->id,
                                               "name", gate->name, "state", gate->state, "since",
                                               gs_sim_json_new_time (gate->since_utc_ms), "reason",
                                               gate->reason, "camera", camera));
    }
  return gates;
}

void
gs_sim_hall_set_cameras (GsSimHall *self, const char *base)
{
  g_free (self->cameras);
  self->cameras = g_strdup (base);
}

GStrv
gs_sim_hall_get_watchers (GsSimHall *self, const char *gate)
{
  g_autoptr (GStrvBuilder) desks = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer desk, value;

  g_hash_table_iter_init (&iter, self->presences);
  while (g_hash_table_iter_next (&iter, &desk, &value))
    {
      GsSimPresence *presence = value;

      if (presence->officer != NULL
          && gs_sim_hall_now_utc_ms (self) - presence->seen_utc_ms < GS_SIM_UNWATCHED_MS
          && g_strv_contains ((const char *const *) presence->gates, gate))
        g_strv_builder_add (desks, desk);
    }
  return g_strv_builder_end (desks);
}

GsSimReply *
gs_sim_hall_snapshot (GsSimHall *self)
{
  json_t *list = json_array ();

  for (GList *link = self->order.head; link != NULL; link = link->next)
    if (gs_sim_crossing_is_open (link->data))
      json_array_append_new (list, gs_sim_crossing_to_json (link->data, 0));
  return gs_sim_reply_new (
    200, json_pack ("{s:s, s:I, s:o}", "epoch", gs_sim_log_get_epoch (self->log), "as_of_event",
                    (json_int_t) gs_sim_log_get_newest (self->log), "crossings", list));
}

GsSimReply *
gs_sim_hall_lookup (GsSimHall *self, const char *state, const char *number)
{
  json_t *list = json_array ();

  for (GList *link = self->order.tail; link != NULL; link = link->prev)
    {
      GsSimCrossing *crossing = link->data;

      if (g_strcmp0 (gs_sim_json_text (crossing->traveller, "issuing_state"), state) != 0
          || g_strcmp0 (gs_sim_json_text (crossing->traveller, "document_number"), number) != 0)
        continue;
      if (!crossing->traveller_shown)
        {
          crossing->traveller_shown = TRUE;
          gs_sim_hall_add_record (
            self, json_pack ("{s:s, s:s}", "record", "read", "crossing", crossing->id));
        }
      json_array_append_new (list, gs_sim_crossing_to_json (crossing, 0));
    }
  return gs_sim_reply_new (200, json_pack ("{s:I, s:o}", "as_of_event",
                                           (json_int_t) gs_sim_log_get_newest (self->log),
                                           "crossings", list));
}

GsSimReply *
gs_sim_hall_show_crossing (GsSimHall *self, const char *id)
{
  GsSimCrossing *crossing = gs_sim_hall_get_crossing (self, id);
  GsSimReply *reply;

  if (crossing == NULL)
    return gs_sim_hall_not_found ("There is no such crossing.");
  reply =
    gs_sim_reply_new (200, gs_sim_crossing_to_json (crossing, gs_sim_log_get_newest (self->log)));
  reply->version = crossing->version;
  return reply;
}

GBytes *
gs_sim_hall_load_evidence (GsSimHall *self,
                           const char *id,
                           const char *name,
                           const char **content_type)
{
  return self->device == NULL ? NULL
                              : gs_sim_gates_load_evidence (self->device, id, name, content_type);
}

/* ---- leases ---- */

static GsSimReply *
refuse_lease (const GsSimCrossing *crossing)
{
  return gs_sim_reply_problem ("leased", NULL,
                               json_pack ("{s:s, s:s?, s:o}", "desk", crossing->lease_desk,
                                          "officer", crossing->lease_officer, "until",
                                          gs_sim_json_new_time (crossing->lease_until_utc_ms)));
}

GsSimReply *
gs_sim_hall_lease (GsSimHall *self, const char *id, const char *desk, const char *officer)
{
  GsSimCrossing *crossing = gs_sim_hall_get_crossing (self, id);
  gint64 now = gs_sim_hall_now_utc_ms (self);
  gint64 until = now + GS_SIM_LEASE_MS;
  json_t *data, *answer;

  if (crossing == NULL)
    return gs_sim_hall_not_found ("There is no such crossing.");
  if (!gs_sim_rules_lease (crossing, desk, now))
    return refuse_lease (crossing);
  data = json_pack ("{s:s, s:s, s:o}", "desk", desk, "officer", officer, "until",
                    gs_sim_json_new_time (until));
  if (g_strcmp0 (crossing->lease_desk, desk) == 0
      && g_strcmp0 (crossing->lease_officer, officer) == 0)
    {
      crossing->lease_until_utc_ms = until;
      json_object_set_new (data, "crossing", json_string (id));
      return gs_sim_reply_new (200, data);
    }
  answer = json_copy (data);
  json_object_set_new (answer, "crossing", json_string (id));
  gs_sim_hall_publish (self, "crossing.taken", id, data, now);
  return gs_sim_reply_new (200, answer);
}

static void
publish_released (GsSimHall *self, GsSimCrossing *crossing, gint64 now)
{
  json_t *data =
    json_pack ("{s:s, s:s?, s:o}", "desk", crossing->lease_desk, "officer", crossing->lease_officer,
               "until", gs_sim_json_new_time (MIN (now, crossing->lease_until_utc_ms)));

  gs_sim_hall_publish (self, "crossing.released", crossing->id, data, now);
}

GsSimReply *
gs_sim_hall_end_lease (GsSimHall *self, const char *id, const char *desk)
{
  GsSimCrossing *crossing = gs_sim_hall_get_crossing (self, id);
  gint64 now = gs_sim_hall_now_utc_ms (self);

  if (crossing == NULL)
    return gs_sim_hall_not_found ("There is no such crossing.");
  if (crossing->lease_desk == NULL)
    return gs_sim_reply_new (204, NULL);
  if (!g_str_equal (crossing->lease_desk, desk))
    return refuse_lease (crossing);
  publish_released (self, crossing, now);
  return gs_sim_reply_new (204, NULL);
}

/* ---- decisions ---- */

static gboolean
is_text_array (json_t *array)
{
  json_t *value;
  size_t i;

  if (!json_is_array (array))
    return FALSE;
  json_array_foreach (array, i, value) if (!json_is_string (value)) return FALSE;
  return TRUE;
}

static gboolean
is_text_or_null (json_t *value)
{
  return value == NULL || json_is_null (value) || json_is_string (value);
}

static gboolean
is_evidence (json_t *array)
{
  json_t *value;
  size_t i;

  if (array == NULL)
    return TRUE;
  if (!json_is_array (array))
    return FALSE;
  json_array_foreach (
    array, i, value) if (gs_sim_json_text (value, "check") == NULL
                         || gs_sim_json_text (value, "result") == NULL
                         || !is_text_or_null (json_object_get (value, "code"))) return FALSE;
  return TRUE;
}

static const char *
check_decision_body (json_t *body)
{
  static const char *const outcomes[] = { "admitted",    "second-line", "back-to-gate", "left",
                                          "handed-over", "refused",     "withdrawn",    NULL };
  const char *outcome = gs_sim_json_text (body, "outcome");
  const char *officer = gs_sim_json_text (body, "officer");

  if (outcome == NULL || !g_strv_contains (outcomes, outcome))
    return "outcome is none of the published ones";
  if (officer == NULL || *officer == '\0')
    return "officer must be a text";
  if (gs_sim_json_time (body, "at") == GS_TIME_UNKNOWN)
    return "at must be an RFC 3339 time";
  if (!is_text_array (json_object_get (body, "reasons")))
    return "reasons must be an array of texts";
  if (!is_text_or_null (json_object_get (body, "second_officer")))
    return "second_officer must be a text or null";
  if (!is_text_or_null (json_object_get (body, "note")))
    return "note must be a text or null";
  if (!is_text_or_null (json_object_get (body, "gate")))
    return "gate must be a text or null";
  if (!is_evidence (json_object_get (body, "evidence")))
    return "evidence must be an array of {check, result, code}";
  return NULL;
}

static GsSimReply *
refuse_decision (const GsSimCrossing *crossing, GsSimDecisionVerdict verdict)
{
  json_t *standing = json_pack ("{s:O?, s:I}", "decision", crossing->decision, "version",
                                (json_int_t) crossing->version);

  if (crossing->decision != NULL)
    json_object_update_missing_new (
      standing, json_pack ("{s:O?, s:O?, s:O?, s:O?}", "outcome",
                           json_object_get (crossing->decision, "outcome"), "officer",
                           json_object_get (crossing->decision, "officer"), "desk",
                           json_object_get (crossing->decision, "desk"), "at",
                           json_object_get (crossing->decision, "at")));
  switch (verdict)
    {
    case GS_SIM_DECISION_ALREADY_DECIDED:
      return gs_sim_reply_problem ("already-decided", NULL, standing);
    case GS_SIM_DECISION_NOT_OWN:
      return gs_sim_reply_problem ("not-own-decision", NULL, standing);
    case GS_SIM_DECISION_NOTHING_TO_WITHDRAW:
      return gs_sim_reply_problem ("nothing-to-withdraw", NULL, standing);
    case GS_SIM_DECISION_STAMPED:
      json_object_set_new (standing, "serial", json_string (crossing->claim->serial));
      json_object_set_new (standing, "desk", json_string (crossing->claim->desk));
      json_object_set_new (standing, "at",
                           gs_sim_json_new_time (crossing->claim->outcome_at_utc_ms));
      return gs_sim_reply_problem ("already-stamped", NULL, standing);
    case GS_SIM_DECISION_LEASED:
      json_decref (standing);
      return refuse_lease (crossing);
    case GS_SIM_DECISION_NOT_REFERRED:
    case GS_SIM_DECISION_ACCEPT:
    default:
      return gs_sim_reply_problem ("not-referred", NULL, standing);
    }
}

/* Reads "7", W/"7" or 7. -1 when it is no version. */
static gint64
read_version (const char *if_match)
{
  g_autofree char *text = g_strdup (if_match);
  char *start = g_strstrip (text), *end = NULL;
  gint64 version;

  if (g_str_has_prefix (start, "W/"))
    start += 2;
  if (*start == '"')
    {
      start++;
      end = strchr (start, '"');
      if (end == NULL)
        return -1;
      *end = '\0';
    }
  version = g_ascii_strtoll (start, &end, 10);
  return end == start || *end != '\0' ? -1 : version;
}

static json_t *
record_decision (GsSimHall *self, GsSimCrossing *crossing, const char *desk, json_t *body)
{
  gint64 now = gs_sim_hall_now_utc_ms (self);
  const char *outcome = gs_sim_json_text (body, "outcome");
  const char *officer = gs_sim_json_text (body, "officer");
  const char *gate = gs_sim_json_text (body, "gate");
  g_autofree char *id = gs_uuid_new ();
  json_t *answer;
  gint64 event;

  event = gs_sim_hall_publish (
    self, "crossing.resolved", crossing->id,
    json_pack ("{s:s, s:s, s:s}", "outcome", outcome, "officer", officer, "desk", desk), now);
  if (g_str_equal (outcome, "admitted"))
    event = gs_sim_hall_publish (self, "crossing.admitted", crossing->id,
                                 json_pack ("{s:o, s:s?, s:s}", "at", gs_sim_json_new_time (now),
                                            "gate", gate ? gate : crossing->gate, "by", "officer"),
                                 now);
  answer = json_pack ("{s:s, s:s, s:s, s:s, s:s, s:O, s:o, s:I, s:I}", "decision", id, "crossing",
                      crossing->id, "outcome", outcome, "officer", officer, "desk", desk, "at",
                      json_object_get (body, "at"), "recorded_at", gs_sim_json_new_time (now),
                      "version", (json_int_t) crossing->version, "event", (json_int_t) event);
  json_decref (crossing->decision);
  crossing->decision = json_incref (answer);
  gs_sim_hall_add_record (self, json_pack ("{s:s, s:s, s:O}", "record", "decision", "crossing",
                                           crossing->id, "decision", answer));
  return answer;
}

/* A desk may find what the gate did not: a copied chip, an altered page. Its decision refers
 * whoever the gate admitted, when it names its reasons and a check that failed, and the stamp's
 * window is open. */
static gboolean
finds_something (const GsSimCrossing *crossing, json_t *body)
{
  json_t *value;
  size_t i;

  if (crossing->state != GS_SIM_STATE_ADMITTED || crossing->window != GS_SIM_WINDOW_OPEN
      || crossing->claim != NULL || json_array_size (json_object_get (body, "reasons")) == 0)
    return FALSE;
  json_array_foreach (json_object_get (body, "evidence"), i,
                      value) if (g_strcmp0 (gs_sim_json_text (value, "result"), "failed")
                                 == 0) return TRUE;
  return FALSE;
}

static void
refer_by_desk (GsSimHall *self, GsSimCrossing *crossing, json_t *body)
{
  json_t *data = json_pack ("{s:s, s:O, s:n, s:s?, s:O?}", "gate", crossing->gate, "reasons",
                            json_object_get (body, "reasons"), "fault", "party", crossing->party,
                            "traveller", crossing->traveller);

  gs_sim_hall_publish (self, "crossing.referred", crossing->id, data,
                       gs_sim_hall_now_utc_ms (self));
}

static GsSimReply *
check_version (const GsSimCrossing *crossing, const char *if_match)
{
  json_t *extra = json_pack ("{s:I}", "version", (json_int_t) crossing->version);

  if (if_match == NULL)
    return gs_sim_reply_problem ("version-required", NULL, extra);
  if (read_version (if_match) != crossing->version)
    return gs_sim_reply_problem ("version-changed", NULL, extra);
  json_decref (extra);
  return NULL;
}

GsSimReply *
gs_sim_hall_decide (GsSimHall *self,
                    const char *id,
                    const char *desk,
                    const char *key,
                    const char *if_match,
                    json_t *body)
{
  g_autofree char *path = g_strdup_printf ("decisions/%s", id);
  GsSimCrossing *crossing = gs_sim_hall_get_crossing (self, id);
  g_autofree char *outcome = NULL;
  GsSimDecisionVerdict verdict;
  GsSimReply *reply;
  const char *mistake;
  gboolean refer;
  json_t *answer;

  if (crossing == NULL)
    return gs_sim_hall_not_found ("There is no such crossing.");
  reply = gs_sim_hall_check_key (self, key, path, body);
  if (reply != NULL)
    return reply;
  mistake = check_decision_body (body);
  if (mistake != NULL)
    return gs_sim_reply_problem ("invalid-body", mistake, NULL);
  outcome = g_strdup (gs_sim_json_text (body, "outcome"));
  verdict = gs_sim_rules_decision (crossing, outcome, gs_sim_json_text (body, "officer"), desk,
                                   gs_sim_hall_now_utc_ms (self));
  refer = verdict == GS_SIM_DECISION_NOT_REFERRED && finds_something (crossing, body);
  if (verdict != GS_SIM_DECISION_ACCEPT && !refer)
    return refuse_decision (crossing, verdict);
  reply = check_version (crossing, if_match);
  if (reply != NULL)
    return reply;

  gs_sim_hall_begin (self);
  if (refer)
    refer_by_desk (self, crossing, body);
  answer = record_decision (self, crossing, desk, body);
  gs_sim_hall_store_key (self, key, path, body, answer);
  gs_sim_hall_note_truth (self, "decision", answer);
  gs_sim_hall_commit (self);
  if (self->device != NULL)
    gs_sim_gates_decided (self->device, id, outcome);
  return gs_sim_reply_new (201, answer);
}

/* ---- presence, calls, commands ---- */

static void
watch_gate (GsSimHall *self, GsSimGate *gate, gint64 now)
{
  gboolean unwatched =
    g_str_equal (gate->state, "closed") && g_strcmp0 (gate->reason, "unwatched") == 0;

  gate->watched_utc_ms = now;
  if (unwatched && self->config.reopen_watched && self->device != NULL)
    gs_sim_gates_command (self->device, gate->id, "reopen", "watched");
}

GsSimReply *
gs_sim_hall_presence (GsSimHall *self, const char *desk, json_t *body)
{
  gint64 now = gs_sim_hall_now_utc_ms (self);
  json_t *gates = json_object_get (body, "gates");
  GsSimPresence *presence;
  GStrvBuilder *builder;
  json_t *value;
  size_t i;

  if (!is_text_or_null (json_object_get (body, "officer")))
    return gs_sim_reply_problem ("invalid-body", "officer must be a text or null", NULL);
  if (!json_is_boolean (json_object_get (body, "locked")))
    return gs_sim_reply_problem ("invalid-body", "locked must be true or false", NULL);
  if (!is_text_array (gates))
    return gs_sim_reply_problem ("invalid-body", "gates must be an array of texts", NULL);
  json_array_foreach (
    gates, i,
    value) if (gs_sim_hall_find_gate (self, json_string_value (value))
               == NULL) return gs_sim_reply_problem ("invalid-body",
                                                     "gates names a gate that the hall lacks",
                                                     NULL);

  presence = g_new0 (GsSimPresence, 1);
  presence->officer = g_strdup (gs_sim_json_text (body, "officer"));
  presence->locked = json_is_true (json_object_get (body, "locked"));
  presence->seen_utc_ms = now;
  builder = g_strv_builder_new ();
  json_array_foreach (gates, i, value)
  {
    g_strv_builder_add (builder, json_string_value (value));
    if (presence->officer != NULL)
      watch_gate (self, gs_sim_hall_find_gate (self, json_string_value (value)), now);
  }
  presence->gates = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  g_hash_table_replace (self->presences, g_strdup (desk), presence);
  return gs_sim_reply_new (204, NULL);
}

GsSimReply *
gs_sim_hall_call_desk (GsSimHall *self, const char *desk, json_t *body)
{
  const char *id = gs_sim_json_text (body, "crossing");
  GsSimCrossing *crossing;

  if (id == NULL)
    return gs_sim_reply_problem ("invalid-body", "crossing must be a text", NULL);
  crossing = gs_sim_hall_get_crossing (self, id);
  if (crossing == NULL)
    return gs_sim_hall_not_found ("There is no such crossing.");
  if (self->device == NULL || !gs_sim_gates_call_forward (self->device, id, desk))
    return gs_sim_reply_problem ("not-in-hall", NULL, NULL);
  return gs_sim_reply_new (202, json_pack ("{s:s, s:s}", "crossing", id, "desk", desk));
}

GsSimReply *
gs_sim_hall_command_gate (
  GsSimHall *self, const char *gate_id, const char *desk, const char *key, json_t *body)
{
  static const char *const commands[] = { "close", "reopen", "release-exit", NULL };
  g_autofree char *path = g_strdup_printf ("commands/%s", gate_id);
  GsSimGate *gate = gs_sim_hall_find_gate (self, gate_id);
  const char *command = gs_sim_json_text (body, "command");
  const char *officer = gs_sim_json_text (body, "officer");
  GsSimReply *reply;
  json_t *answer;

  if (gate == NULL)
    return gs_sim_hall_not_found ("There is no such gate.");
  reply = gs_sim_hall_check_key (self, key, path, body);
  if (reply != NULL)
    return reply;
  if (command == NULL || !g_strv_contains (commands, command))
    return gs_sim_reply_problem ("invalid-body", "command must be close, reopen or release-exit",
                                 NULL);
  if (officer == NULL || *officer == '\0')
    return gs_sim_reply_problem ("invalid-body", "officer must be a text", NULL);
  if (!is_text_or_null (json_object_get (body, "reason"))
      || !is_text_or_null (json_object_get (body, "crossing")))
    return gs_sim_reply_problem ("invalid-body", "reason and crossing must be texts or null", NULL);

  gs_sim_hall_begin (self);
  gate->watched_utc_ms = g_str_equal (command, "reopen") ? GS_TIME_UNKNOWN : gate->watched_utc_ms;
  if (self->device != NULL)
    gs_sim_gates_command (self->device, gate_id, command, gs_sim_json_text (body, "reason"));
  answer = json_pack ("{s:s, s:s, s:s, s:s}", "gate", gate_id, "command", command, "state",
                      gate->state, "desk", desk);
  gs_sim_hall_store_key (self, key, path, body, answer);
  gs_sim_hall_note_truth (self, "command", answer);
  gs_sim_hall_commit (self);
  return gs_sim_reply_new (201, answer);
}

/* ---- time passing ---- */

static void
close_unwatched (GsSimHall *self, GsSimGate *gate, gint64 now)
{
  if (gate->watched_utc_ms == GS_TIME_UNKNOWN || now - gate->watched_utc_ms < GS_SIM_UNWATCHED_MS)
    return;
  gate->watched_utc_ms = GS_TIME_UNKNOWN;
  if (!g_str_equal (gate->state, "closed") && self->device != NULL)
    gs_sim_gates_command (self->device, gate->id, "close", "unwatched");
}

void
gs_sim_hall_tick (GsSimHall *self)
{
  gint64 now = gs_sim_hall_now_utc_ms (self);

  for (GList *link = self->order.head; link != NULL; link = link->next)
    {
      GsSimCrossing *crossing = link->data;

      if (crossing->lease_desk != NULL && crossing->lease_until_utc_ms <= now)
        publish_released (self, crossing, now);
    }
  for (guint i = 0; i < self->gates->len; i++)
    close_unwatched (self, g_ptr_array_index (self->gates, i), now);
  gs_sim_hall_forget (self);
}

json_t *
gs_sim_hall_describe (GsSimHall *self)
{
  json_t *presences = json_object (), *claims = json_array (), *leases = json_array ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->presences);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      GsSimPresence *presence = value;
      json_t *gates = json_array ();

      for (guint i = 0; presence->gates[i] != NULL; i++)
        json_array_append_new (gates, json_string (presence->gates[i]));
      json_object_set_new (presences, name,
                           json_pack ("{s:s?, s:b, s:o, s:o}", "officer", presence->officer,
                                      "locked", presence->locked, "seen",
                                      gs_sim_json_new_time (presence->seen_utc_ms), "gates",
                                      gates));
    }
  g_hash_table_iter_init (&iter, self->claims);
  while (g_hash_table_iter_next (&iter, &name, &value))
    json_array_append (claims, value);
  for (GList *link = self->order.head; link != NULL; link = link->next)
    {
      GsSimCrossing *crossing = link->data;

      if (crossing->lease_desk != NULL)
        json_array_append_new (leases,
                               json_pack ("{s:s, s:s, s:o}", "crossing", crossing->id, "desk",
                                          crossing->lease_desk, "until",
                                          gs_sim_json_new_time (crossing->lease_until_utc_ms)));
    }
  return json_pack (
    "{s:s, s:I, s:I, s:o, s:o, s:o, s:o}", "epoch", gs_sim_log_get_epoch (self->log),
    "oldest_event", (json_int_t) gs_sim_log_get_oldest (self->log), "newest_event",
    (json_int_t) gs_sim_log_get_newest (self->log), "gates", gs_sim_hall_describe_gates (self),
    "presence", presences, "claims", claims, "leases", leases);
}
