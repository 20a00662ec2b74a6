/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-hall-crossing.h"

#include "gs-cloud-event-data.h"
#include "gs-hall-error.h"
#include "gs-json-read.h"
#include "gs-time.h"
#include "gs-referral-reason.h"
#include "gs-uuid.h"

#include <math.h>

void
gs_hall_crossing_free (GsHallCrossing *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->crossing, gs_crossing_free);
  g_free (self->window_state);
  g_free (self->window_cause);
  g_free (self);
}

void
gs_hall_crossings_free (GsHallCrossings *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->crossings, g_ptr_array_unref);
  g_free (self);
}

static void
take_text (json_t *json, const char *name, char **field)
{
  const char *text = gs_json_text (json, name);

  if (text == NULL)
    return;
  g_free (*field);
  *field = g_strdup (text);
}

/* The hall's words are finer than ours: everything decided otherwise has ended. */
static gboolean
read_state (GsCrossing *crossing, const char *word)
{
  if (g_strcmp0 (word, "in-gate") == 0 || g_strcmp0 (word, "started") == 0)
    crossing->state = GS_CROSSING_STATE_STARTED;
  else if (g_strcmp0 (word, "referred") == 0)
    crossing->state = GS_CROSSING_STATE_REFERRED;
  else if (g_strcmp0 (word, "admitted") == 0)
    crossing->state = GS_CROSSING_STATE_ADMITTED;
  else if (word != NULL)
    crossing->state = GS_CROSSING_STATE_ENDED;
  return word != NULL;
}

static gboolean
read_checks (GsCrossing *crossing, json_t *json)
{
  g_autoptr (GPtrArray) checks = gs_cloud_event_read_checks (json_object_get (json, "checks"));

  if (checks == NULL)
    return gs_json_is_absent (json, "checks");
  for (guint i = 0; i < checks->len; i++)
    gs_crossing_take_check (crossing, gs_check_copy (checks->pdata[i]));
  return TRUE;
}

static void
read_face (GsCrossing *crossing, json_t *face)
{
  if (!json_is_object (face))
    return;
  crossing->face_attempts = (int) CLAMP (gs_json_integer (face, "attempt", 0), 0, G_MAXINT);
  crossing->face_score = gs_json_number (face, "score", NAN);
  crossing->face_threshold = gs_json_number (face, "threshold", NAN);
}

static void
read_document (GsCrossing *crossing, json_t *json)
{
  json_t *document = json_object_get (json, "document");

  take_text (document, "document_digest", &crossing->document_digest);
  take_text (document, "issuing_state", &crossing->issuing_state);
  take_text (document, "document_type", &crossing->document_type);
  crossing->traveller = gs_cloud_event_read_traveller (json_object_get (json, "traveller"));
}

static void
read_progress (GsCrossing *crossing, json_t *json)
{
  json_t *flight = json_object_get (json, "flight");
  json_t *admitted = json_object_get (json, "admitted");
  json_t *decision = json_object_get (json, "decision");
  json_t *lease = json_object_get (json, "lease");

  take_text (flight, "flight", &crossing->flight);
  crossing->boarding_closes_utc_ms = gs_json_time (flight, "boarding_closes_at");
  crossing->started_utc_ms = gs_json_time (json, "started_at");
  crossing->referred_utc_ms = gs_json_time (json, "referred_at");
  crossing->admitted_utc_ms = gs_json_time (admitted, "at");
  crossing->admitted_by_officer = g_strcmp0 (gs_json_text (admitted, "by"), "officer") == 0;
  if (gs_outcome_from_word (gs_json_text (decision, "outcome"), &crossing->outcome))
    {
      take_text (decision, "officer", &crossing->outcome_officer);
      take_text (decision, "desk", &crossing->outcome_desk);
      crossing->outcome_utc_ms = gs_json_time (decision, "at");
    }
  take_text (lease, "desk", &crossing->taken_desk);
  take_text (lease, "officer", &crossing->taken_officer);
  crossing->taken_until_utc_ms = gs_json_time (lease, "until");
}

static void
read_stamps (GsCrossing *crossing, json_t *stamps)
{
  json_t *stamp;
  size_t i;

  json_array_foreach (stamps, i, stamp)
  {
    if (g_strcmp0 (gs_json_text (stamp, "state"), "void") == 0)
      {
        crossing->stamps_voided++;
        continue;
      }
    take_text (stamp, "serial", &crossing->stamp_serial);
    take_text (stamp, "desk", &crossing->stamp_desk);
    crossing->stamped_utc_ms = gs_json_time (stamp, "at");
  }
}

static void
read_window (GsHallCrossing *self, json_t *window)
{
  take_text (window, "state", &self->window_state);
  take_text (window, "cause", &self->window_cause);
  self->window_closes_utc_ms = gs_json_time (window, "closes_at");
  if (g_strcmp0 (self->window_state, "closed") != 0)
    return;
  /* Closed for a cause that we do not know is closed all the same. */
  if (!gs_close_cause_from_word (self->window_cause, &self->crossing->close_cause)
      || self->crossing->close_cause == GS_CLOSE_CAUSE_NONE)
    self->crossing->close_cause = GS_CLOSE_CAUSE_TIME_LIMIT;
  self->crossing->closed_utc_ms = self->window_closes_utc_ms;
}

static GsHallCrossing *
read_crossing (json_t *json, GError **error)
{
  g_autoptr (GsHallCrossing) self = g_new0 (GsHallCrossing, 1);
  const char *id = gs_json_text (json, "id");
  GsCrossing *crossing;
  const char *missing = NULL;

  if (!gs_uuid_is_valid (id))
    {
      g_set_error (error, GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL, "A crossing lacks its id");
      return NULL;
    }
  crossing = self->crossing = gs_crossing_new (id);
  crossing->version = gs_json_integer (json, "version", 0);
  crossing->as_of_event = gs_json_integer (json, "as_of_event", 0);
  take_text (json, "gate", &crossing->gate);
  take_text (json, "party", &crossing->party);
  take_text (json, "fault", &crossing->fault);
  g_strfreev (crossing->reasons);
  crossing->reasons = gs_json_texts (json, "reasons");
  for (guint i = 0; crossing->reasons != NULL && crossing->reasons[i] != NULL; i++)
    crossing->door = crossing->door || gs_referral_reason_is_door (crossing->reasons[i]);
  if (!read_state (crossing, gs_json_text (json, "state")))
    missing = "state";
  if (!gs_direction_from_word (gs_json_text (json, "direction"), &crossing->direction)
      && !gs_json_is_absent (json, "direction"))
    missing = "direction";
  if (!read_checks (crossing, json))
    missing = "checks";
  read_face (crossing, json_object_get (json, "face"));
  read_document (crossing, json);
  read_progress (crossing, json);
  read_stamps (crossing, json_object_get (json, "stamps"));
  read_window (self, json_object_get (json, "window"));
  if (missing != NULL)
    {
      g_set_error (error, GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL, "Crossing %s has no right \"%s\"",
                   id, missing);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static json_t *
load_object (GBytes *body, unsigned depth_limit, GError **error)
{
  g_autofree char *why = NULL;
  gsize len;
  const char *bytes = g_bytes_get_data (body, &len);
  json_t *json = gs_json_load (bytes != NULL ? bytes : "", len, depth_limit, &why);

  if (json_is_object (json))
    return json;
  g_set_error (error, GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL, "The hall's answer is %s",
               why != NULL ? why : "no JSON object");
  json_decref (json);
  return NULL;
}

GsHallCrossing *
gs_hall_crossing_parse (GBytes *body, GError **error)
{
  g_autoptr (json_t) json = load_object (body, GS_JSON_DEPTH_LIMIT, error);

  return json != NULL ? read_crossing (json, error) : NULL;
}

GsHallCrossings *
gs_hall_crossings_parse (GBytes *body, GError **error)
{
  g_autoptr (json_t) json = load_object (body, GS_JSON_DEPTH_LIMIT, error);
  g_autoptr (GsHallCrossings) self = NULL;
  json_t *list, *entry;
  size_t i;

  if (json == NULL)
    return NULL;
  list = json_object_get (json, "crossings");
  if (!json_is_array (list))
    {
      g_set_error (error, GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL,
                   "The hall's list has no \"crossings\"");
      return NULL;
    }
  self = g_new0 (GsHallCrossings, 1);
  self->crossings = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_hall_crossing_free);
  self->as_of_event = gs_json_integer (json, "as_of_event", -1);
  json_array_foreach (list, i, entry)
  {
    GsHallCrossing *crossing = read_crossing (entry, error);

    if (crossing == NULL)
      return NULL;
    /* The snapshot's number holds for each of its crossings that names none of its own. */
    if (crossing->crossing->as_of_event == 0 && self->as_of_event > 0)
      crossing->crossing->as_of_event = self->as_of_event;
    g_ptr_array_add (self->crossings, crossing);
  }
  return g_steal_pointer (&self);
}
