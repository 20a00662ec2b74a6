/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-hall-problem.h"

#include "gs-json-read.h"
#include "gs-words.h"

#include <string.h>

/* Names of the contract; a later part of the table never hides an earlier one. */
static const GsWord type_codes[] = {
  { GS_HALL_ERROR_ALREADY_STAMPED, "already-stamped" },
  { GS_HALL_ERROR_CLAIMED_ELSEWHERE, "claimed-elsewhere" },
  { GS_HALL_ERROR_IN_DOUBT, "in-doubt" },
  { GS_HALL_ERROR_OPEN_CASE, "open-case" },
  { GS_HALL_ERROR_WINDOW_CLOSED, "window-closed" },
  { GS_HALL_ERROR_NOT_ADMITTED, "not-admitted" },
  { GS_HALL_ERROR_CANCELLED, "cancelled" },
  { GS_HALL_ERROR_ALREADY_DECIDED, "already-decided" },
  { GS_HALL_ERROR_LEASE_HELD, "leased" },
  { GS_HALL_ERROR_KEY_REUSED, "idempotency-key-reused" },
  { GS_HALL_ERROR_VERSION, "version-changed" },
  { GS_HALL_ERROR_VERSION, "version-required" },
  { GS_HALL_ERROR_NOT_IN_HALL, "not-in-hall" },
  { GS_HALL_ERROR_EPOCH, "other-epoch" },
  { GS_HALL_ERROR_EPOCH, "ahead-of-hall" },
  { GS_HALL_ERROR_GONE, "events-gone" },
  { GS_HALL_ERROR_SERIAL_USED, "serial-used" },
  { GS_HALL_ERROR_CONFLICT, "not-your-claim" },
  { GS_HALL_ERROR_CONFLICT, "wrong-desk" },
  { 0, NULL },
};

static GsHallError
code_of_status (guint status)
{
  switch (status)
    {
    case 401:
    case 403:
      return GS_HALL_ERROR_REFUSED;
    case 404:
      return GS_HALL_ERROR_NOT_FOUND;
    case 409:
      return GS_HALL_ERROR_CONFLICT;
    case 410:
      return GS_HALL_ERROR_GONE;
    case 412:
    case 428:
      return GS_HALL_ERROR_VERSION;
    case 429:
    case 503:
      return GS_HALL_ERROR_BUSY;
    default:
      break;
    }
  if (status >= 500)
    return GS_HALL_ERROR_SERVER;
  if (status >= 400)
    return GS_HALL_ERROR_INVALID;
  return GS_HALL_ERROR_PROTOCOL;
}

/* "already-stamped" of "urn:gateside:problem:already-stamped" or ".../problems/already-stamped". */
static char *
last_part (const char *type)
{
  const char *part = type;

  if (type == NULL || strlen (type) > 200)
    return NULL;
  for (const char *at = type; *at != '\0'; at++)
    if (strchr ("/:#", *at) != NULL)
      part = at + 1;
  return *part != '\0' ? g_strdup (part) : NULL;
}

static void
take_first_text (json_t *json, const char *name, char **field)
{
  if (*field == NULL)
    *field = g_strdup (gs_json_text (json, name));
}

static void
take_first_time (json_t *json, const char *name, gint64 *field)
{
  if (*field == GS_TIME_UNKNOWN)
    *field = gs_json_time (json, name);
}

/* The contract's members stand beside the type; a standing decision is an object of its own. */
static void
read_members (GsHallProblem *problem, json_t *json)
{
  take_first_text (json, "desk", &problem->desk);
  take_first_text (json, "officer", &problem->officer);
  take_first_text (json, "serial", &problem->serial);
  take_first_text (json, "cause", &problem->cause);
  take_first_time (json, "at", &problem->at_utc_ms);
  take_first_time (json, "since", &problem->since_utc_ms);
  take_first_time (json, "until", &problem->until_utc_ms);
  if (problem->outcome == 0)
    gs_outcome_from_word (gs_json_text (json, "outcome"), &problem->outcome);
  if (problem->version == 0)
    problem->version = gs_json_integer (json, "version", 0);
}

static void
read_problem (GsHallProblem *problem, json_t *json)
{
  problem->type = last_part (gs_json_text (json, "type"));
  problem->title = g_strdup (gs_json_text (json, "title"));
  problem->detail = g_strdup (gs_json_text (json, "detail"));
  read_members (problem, json);
  read_members (problem, json_object_get (json, "decision"));
  if (gs_json_text (json, "epoch") != NULL)
    {
      g_free (problem->epoch);
      problem->epoch = g_strdup (gs_json_text (json, "epoch"));
    }
  problem->oldest_event = gs_json_integer (json, "oldest_event", -1);
  problem->newest_event = gs_json_integer (json, "newest_event", -1);
}

GError *
gs_hall_problem_to_error (guint status, const char *content_type, GBytes *body, const char *epoch)
{
  GsHallProblem *problem = gs_hall_problem_new ();
  GsHallError code = code_of_status (status);
  int named;

  problem->status = status;
  problem->epoch = g_strdup (epoch);
  if (body != NULL && g_strcmp0 (content_type, "application/problem+json") == 0)
    {
      g_autofree char *why = NULL;
      gsize len;
      const char *bytes = g_bytes_get_data (body, &len);
      g_autoptr (json_t) json =
        gs_json_load (bytes != NULL ? bytes : "", len, GS_JSON_DEPTH_LIMIT, &why);

      if (json_is_object (json))
        read_problem (problem, json);
    }
  /* A name of the contract says more than the status; never turns a failure into a success. */
  if (gs_words_from_word (type_codes, problem->type, &named))
    code = (GsHallError) named;
  return gs_hall_error_new_with_problem (code, problem);
}
