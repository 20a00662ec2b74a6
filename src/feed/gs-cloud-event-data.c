/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-cloud-event-data.h"

#include "gs-json-read.h"
#include "gs-time.h"

#include <math.h>

typedef const char *(*FillFunc) (GsEvent *event, json_t *data);

static gboolean
take_text (json_t *data, const char *name, char **field)
{
  const char *text = gs_json_text (data, name);

  if (text == NULL || *text == '\0')
    return FALSE;
  *field = g_strdup (text);
  return TRUE;
}

/* TRUE when the member is a text, null or missing. */
static gboolean
take_text_or_null (json_t *data, const char *name, char **field)
{
  if (gs_json_is_absent (data, name))
    return TRUE;
  *field = g_strdup (gs_json_text (data, name));
  return *field != NULL;
}

static gboolean
take_time (json_t *data, const char *name, gint64 *utc_ms)
{
  *utc_ms = gs_json_time (data, name);
  return *utc_ms != GS_TIME_UNKNOWN;
}

static gboolean
take_result_or_null (json_t *data, const char *name, GsCheckResult *result)
{
  if (gs_json_is_absent (data, name))
    return TRUE;
  return gs_check_result_from_word (gs_json_text (data, name), result)
         && *result != GS_CHECK_RESULT_NOT_CHECKED;
}

GsTraveller *
gs_cloud_event_read_traveller (json_t *object)
{
  g_autoptr (GsTraveller) traveller = gs_traveller_new ();
  const struct
  {
    const char *name;
    char **field;
  } members[] = {
    { "document_code", &traveller->document_code },
    { "issuing_state", &traveller->issuing_state },
    { "primary_identifier", &traveller->primary_identifier },
    { "secondary_identifier", &traveller->secondary_identifier },
    { "document_number", &traveller->document_number },
    { "nationality", &traveller->nationality },
    { "birth_date", &traveller->birth_date },
    { "sex", &traveller->sex },
    { "expiry_date", &traveller->expiry_date },
    { "name_own_script", &traveller->name_own_script },
    { "language", &traveller->language },
  };

  if (!json_is_object (object))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (gs_json_text (object, members[i].name) != NULL)
      gs_traveller_set (members[i].field, gs_json_text (object, members[i].name));
  if (traveller->document_number == NULL && traveller->primary_identifier == NULL
      && traveller->birth_date == NULL)
    return NULL;
  return g_steal_pointer (&traveller);
}

GPtrArray *
gs_cloud_event_read_checks (json_t *array)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
  json_t *entry;
  size_t i;

  if (!json_is_array (array))
    return NULL;
  json_array_foreach (array, i, entry)
  {
    const char *name = gs_json_text (entry, "check");
    GsCheckResult result;

    if (name == NULL || *name == '\0'
        || !gs_check_result_from_word (gs_json_text (entry, "result"), &result)
        || result == GS_CHECK_RESULT_NOT_CHECKED)
      return NULL;
    g_ptr_array_add (checks, gs_check_new (name, result, gs_json_text (entry, "code"),
                                           gs_json_text (entry, "detail")));
  }
  return g_steal_pointer (&checks);
}

static const char *
fill_gate_status (GsEvent *event, json_t *data)
{
  event->gate = g_strdup (event->subject);
  if (!gs_gate_state_from_word (gs_json_text (data, "state"), &event->gate_state))
    return "data.state is not a gate's state";
  if (!take_time (data, "since", &event->at_utc_ms))
    return "data.since is missing";
  if (!take_text_or_null (data, "reason", &event->reason))
    return "data.reason is no text";
  return NULL;
}

static const char *
fill_started (GsEvent *event, json_t *data)
{
  if (!take_text (data, "gate", &event->gate))
    return "data.gate is missing";
  if (!gs_direction_from_word (gs_json_text (data, "direction"), &event->direction))
    return "data.direction is neither arrival nor departure";
  if (!take_text_or_null (data, "party", &event->party))
    return "data.party is no text";
  return NULL;
}

static const char *
fill_document (GsEvent *event, json_t *data)
{
  if (!take_text_or_null (data, "document_digest", &event->document_digest)
      || !take_text_or_null (data, "issuing_state", &event->issuing_state)
      || !take_text_or_null (data, "document_type", &event->document_type))
    return "a member of data is no text";
  event->checks = gs_cloud_event_read_checks (json_object_get (data, "checks"));
  if (event->checks == NULL)
    return "data.checks is missing or has a wrong entry";
  if (!gs_json_is_absent (data, "traveller"))
    event->traveller = gs_cloud_event_read_traveller (json_object_get (data, "traveller"));
  else
    event->traveller = gs_cloud_event_read_traveller (data);
  return NULL;
}

static const char *
fill_face (GsEvent *event, json_t *data)
{
  event->attempt = (int) CLAMP (gs_json_integer (data, "attempt", 0), 0, G_MAXINT);
  event->score = gs_json_number (data, "score", NAN);
  event->threshold = gs_json_number (data, "threshold", NAN);
  if (!take_result_or_null (data, "match", &event->match))
    return "data.match is not a result";
  if (!take_result_or_null (data, "attack", &event->attack))
    return "data.attack is not a result";
  if (event->match == 0 && event->attack == 0)
    return "data has neither match nor attack";
  return NULL;
}

static const char *
fill_background (GsEvent *event, json_t *data)
{
  event->checks = gs_cloud_event_read_checks (json_object_get (data, "checks"));
  return event->checks == NULL ? "data.checks is missing or has a wrong entry" : NULL;
}

static const char *
fill_flight (GsEvent *event, json_t *data)
{
  if (!take_text (data, "flight", &event->flight))
    return "data.flight is missing";
  if (!gs_json_is_absent (data, "boarding_closes_at")
      && !take_time (data, "boarding_closes_at", &event->boarding_closes_utc_ms))
    return "data.boarding_closes_at is not a time";
  return NULL;
}

static const char *
fill_admitted (GsEvent *event, json_t *data)
{
  if (!take_time (data, "at", &event->at_utc_ms))
    return "data.at is missing";
  if (!take_text (data, "gate", &event->gate))
    return "data.gate is missing";
  if (!take_text (data, "by", &event->by)
      || (g_strcmp0 (event->by, "gate") != 0 && g_strcmp0 (event->by, "officer") != 0))
    return "data.by is neither gate nor officer";
  return NULL;
}

static const char *
fill_referred (GsEvent *event, json_t *data)
{
  json_t *reasons = json_object_get (data, "reasons");

  if (!take_text (data, "gate", &event->gate))
    return "data.gate is missing";
  event->reasons = gs_json_texts (data, "reasons");
  if (event->reasons == NULL || event->reasons[0] == NULL
      || g_strv_length (event->reasons) != json_array_size (reasons))
    return "data.reasons is not a list of codes";
  if (!take_text_or_null (data, "fault", &event->fault)
      || !take_text_or_null (data, "party", &event->party))
    return "a member of data is no text";
  if (!gs_json_is_absent (data, "traveller")
      && !json_is_object (json_object_get (data, "traveller")))
    return "data.traveller is no object";
  event->traveller = gs_cloud_event_read_traveller (json_object_get (data, "traveller"));
  return NULL;
}

static const char *
fill_taken (GsEvent *event, json_t *data)
{
  if (!take_text (data, "desk", &event->desk) || !take_text (data, "officer", &event->officer))
    return "data.desk or data.officer is missing";
  if (!take_time (data, "until", &event->at_utc_ms))
    return "data.until is missing";
  return NULL;
}

static const char *
fill_released (GsEvent *event, json_t *data)
{
  if (!take_text (data, "desk", &event->desk))
    return "data.desk is missing";
  if (!take_text_or_null (data, "officer", &event->officer))
    return "data.officer is no text";
  event->at_utc_ms = gs_json_time (data, "until");
  return NULL;
}

static const char *
fill_resolved (GsEvent *event, json_t *data)
{
  if (!gs_outcome_from_word (gs_json_text (data, "outcome"), &event->outcome))
    return "data.outcome is not an outcome";
  if (!take_text (data, "officer", &event->officer) || !take_text (data, "desk", &event->desk))
    return "data.officer or data.desk is missing";
  return NULL;
}

static const char *
fill_customs (GsEvent *event, json_t *data)
{
  return take_time (data, "at", &event->at_utc_ms) ? NULL : "data.at is missing";
}

static const char *
fill_boarded (GsEvent *event, json_t *data)
{
  if (!take_time (data, "at", &event->at_utc_ms))
    return "data.at is missing";
  if (!take_text_or_null (data, "flight", &event->flight))
    return "data.flight is no text";
  if (!take_text (data, "cause", &event->by)
      || (g_strcmp0 (event->by, "boarded") != 0 && g_strcmp0 (event->by, "closed") != 0))
    return "data.cause is neither boarded nor closed";
  return NULL;
}

static const char *
fill_stamp (GsEvent *event, json_t *data)
{
  if (!take_text (data, "serial", &event->serial) || !take_text (data, "desk", &event->desk))
    return "data.serial or data.desk is missing";
  return take_time (data, "at", &event->at_utc_ms) ? NULL : "data.at is missing";
}

static const char *
fill_cancelled (GsEvent *event, json_t *data)
{
  if (!take_time (data, "at", &event->at_utc_ms))
    return "data.at is missing";
  return take_text_or_null (data, "reason", &event->reason) ? NULL : "data.reason is no text";
}

static const FillFunc fills[] = {
  [GS_EVENT_GATE_STATUS] = fill_gate_status,        [GS_EVENT_CROSSING_STARTED] = fill_started,
  [GS_EVENT_CROSSING_DOCUMENT] = fill_document,     [GS_EVENT_CROSSING_FACE] = fill_face,
  [GS_EVENT_CROSSING_BACKGROUND] = fill_background, [GS_EVENT_CROSSING_FLIGHT] = fill_flight,
  [GS_EVENT_CROSSING_ADMITTED] = fill_admitted,     [GS_EVENT_CROSSING_REFERRED] = fill_referred,
  [GS_EVENT_CROSSING_TAKEN] = fill_taken,           [GS_EVENT_CROSSING_RELEASED] = fill_released,
  [GS_EVENT_CROSSING_RESOLVED] = fill_resolved,     [GS_EVENT_CROSSING_CUSTOMS] = fill_customs,
  [GS_EVENT_CROSSING_BOARDED] = fill_boarded,       [GS_EVENT_CROSSING_STAMPED] = fill_stamp,
  [GS_EVENT_CROSSING_STAMP_VOIDED] = fill_stamp,    [GS_EVENT_CROSSING_CANCELLED] = fill_cancelled,
};

const char *
gs_cloud_event_fill (GsEvent *event, json_t *data)
{
  g_return_val_if_fail (event->type > 0 && event->type < G_N_ELEMENTS (fills), "no such type");

  if (!json_is_object (data))
    return "data is missing";
  return fills[event->type](event, data);
}
