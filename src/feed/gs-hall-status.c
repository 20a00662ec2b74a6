/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-hall-status.h"

#include "gs-hall-error.h"
#include "gs-json-read.h"
#include "gs-time.h"
#include "gs-uuid.h"

GsHallStatus *
gs_hall_status_new (void)
{
  GsHallStatus *self = g_new0 (GsHallStatus, 1);

  self->gates = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_gate_free);
  self->server_time_utc_ms = GS_TIME_UNKNOWN;
  self->clock_error_ms = -1;
  self->closing_delay_ms = -1;
  return self;
}

GsHallStatus *
gs_hall_status_copy (const GsHallStatus *self)
{
  GsHallStatus *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->hall = g_strdup (self->hall);
  copy->port = g_strdup (self->port);
  copy->time_zone = g_strdup (self->time_zone);
  copy->epoch = g_strdup (self->epoch);
  copy->gates = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_gate_free);
  for (guint i = 0; i < self->gates->len; i++)
    g_ptr_array_add (copy->gates, gs_gate_copy (self->gates->pdata[i]));
  return copy;
}

void
gs_hall_status_free (GsHallStatus *self)
{
  if (self == NULL)
    return;
  g_free (self->hall);
  g_free (self->port);
  g_free (self->time_zone);
  g_free (self->epoch);
  g_ptr_array_unref (self->gates);
  g_free (self);
}

static const char *
read_gates (GsHallStatus *self, json_t *gates)
{
  json_t *entry;
  size_t i;

  if (!json_is_array (gates))
    return "gates";
  json_array_foreach (gates, i, entry)
  {
    const char *id = gs_json_text (entry, "id"), *name = gs_json_text (entry, "name");
    GsGateState state;
    GsGate *gate;

    if (id == NULL || *id == '\0'
        || !gs_gate_state_from_word (gs_json_text (entry, "state"), &state))
      return "gates";
    gate = gs_gate_new (id, name != NULL ? name : id, state, gs_json_time (entry, "since"));
    gate->reason = g_strdup (gs_json_text (entry, "reason"));
    gate->camera = g_strdup (gs_json_text (entry, "camera"));
    g_ptr_array_add (self->gates, gate);
  }
  return NULL;
}

/* Seconds to milliseconds, rounded up: an error must not look smaller than it is. */
static gint64
seconds_to_ms (double seconds)
{
  return seconds >= 0 && seconds < 1e9 ? (gint64) (seconds * 1000 + 0.999) : -1;
}

/* The name of the first member that is missing or wrong, or NULL. */
static const char *
read_status (GsHallStatus *self, json_t *json)
{
  json_t *closing = json_object_get (json, "closing_events");
  json_t *clock = json_object_get (json, "clock");

  self->hall = g_strdup (gs_json_text (json, "hall"));
  self->port = g_strdup (gs_json_text (json, "port"));
  self->time_zone = g_strdup (gs_json_text (json, "time_zone"));
  self->epoch = g_strdup (gs_json_text (json, "epoch"));
  self->oldest_event = gs_json_integer (json, "oldest_event", -1);
  self->newest_event = gs_json_integer (json, "newest_event", -1);
  self->server_time_utc_ms = gs_json_time (json, "server_time");
  if (self->hall == NULL)
    return "hall";
  if (self->port == NULL)
    return "port";
  if (self->time_zone == NULL)
    return "time_zone";
  if (!gs_direction_from_word (gs_json_text (json, "direction"), &self->direction))
    return "direction";
  if (!gs_uuid_is_valid (self->epoch))
    return "epoch";
  /* A hall without any event may say null. */
  if (gs_json_is_absent (json, "newest_event"))
    self->newest_event = 0;
  if (gs_json_is_absent (json, "oldest_event"))
    self->oldest_event = self->newest_event + 1;
  if (self->oldest_event < 0)
    return "oldest_event";
  if (self->newest_event < 0)
    return "newest_event";
  if (self->server_time_utc_ms == GS_TIME_UNKNOWN)
    return "server_time";
  if (!json_is_object (clock))
    return "clock";
  self->synchronised = json_is_true (json_object_get (clock, "synchronised"));
  self->clock_error_ms = seconds_to_ms (gs_json_number (clock, "error_seconds", -1));
  self->closes_by_customs = json_is_true (json_object_get (closing, "customs"));
  self->closes_by_boarded = json_is_true (json_object_get (closing, "boarded"));
  self->closing_delay_ms = seconds_to_ms (gs_json_number (closing, "usual_delay_seconds", -1));
  return read_gates (self, json_object_get (json, "gates"));
}

GsHallStatus *
gs_hall_status_parse (GBytes *body, GError **error)
{
  g_autoptr (GsHallStatus) self = gs_hall_status_new ();
  g_autoptr (json_t) json = NULL;
  g_autofree char *why = NULL;
  const char *bytes, *member;
  gsize len;

  bytes = g_bytes_get_data (body, &len);
  json = gs_json_load (bytes != NULL ? bytes : "", len, GS_JSON_DEPTH_LIMIT, &why);
  if (json == NULL)
    {
      g_set_error (error, GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL, "The hall's status is %s", why);
      return NULL;
    }
  member = read_status (self, json);
  if (member != NULL)
    {
      g_set_error (error, GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL,
                   "The hall's status lacks a right \"%s\"", member);
      return NULL;
    }
  return g_steal_pointer (&self);
}
