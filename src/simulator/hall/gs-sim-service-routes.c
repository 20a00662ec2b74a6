/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-service-private.h"

#include "gs-build-config.h"
#include "gs-sim-json.h"
#include "gs-time.h"
#include "gs-uuid.h"

#include <string.h>

#define LOST_CLOCK_MS 3000

typedef GsSimReply *(*Handler) (GsSimRequest *request);

/* NULL when the body is there and its desk is the certificate's. */
static GsSimReply *
check_desk (GsSimRequest *request)
{
  const char *desk = gs_sim_json_text (request->body, "desk");

  if (request->body == NULL)
    return gs_sim_reply_problem ("invalid-body", "The request needs a JSON body.", NULL);
  if (desk == NULL)
    return gs_sim_reply_problem ("invalid-body", "desk must be a text", NULL);
  if (!g_str_equal (desk, request->desk))
    return gs_sim_reply_problem ("wrong-desk", NULL, json_pack ("{s:s}", "desk", request->desk));
  return NULL;
}

static GsSimReply *
handle_status (GsSimRequest *request)
{
  GsSimHall *hall = request->service->hall;
  const GsSimHallConfig *config = gs_sim_hall_get_config (hall);
  GsSimLog *log = gs_sim_hall_get_log (hall);
  gboolean lost = gs_sim_faults_has_lost_clock (request->service->faults);
  gboolean arrival = g_str_equal (config->direction, "arrival");
  gint64 now = gs_sim_hall_now_utc_ms (hall) + (lost ? LOST_CLOCK_MS : 0);

  return gs_sim_reply_new (
    200,
    json_pack ("{s:s, s:s, s:s, s:s, s:o, s:s, s:I, s:I, s:{s:b, s:b, s:i}, s:o, s:{s:b, s:f}, "
               "s:{s:s, s:s}}",
               "hall", config->name, "direction", config->direction, "port", config->port,
               "time_zone", config->time_zone, "gates", gs_sim_hall_describe_gates (hall), "epoch",
               gs_sim_log_get_epoch (log), "oldest_event", (json_int_t) gs_sim_log_get_oldest (log),
               "newest_event", (json_int_t) gs_sim_log_get_newest (log), "closing_events",
               "customs", config->closing_events && arrival, "boarded",
               config->closing_events && !arrival, "usual_delay_seconds", 4, "server_time",
               gs_sim_json_new_time (now), "clock", "synchronised", !lost, "error_seconds",
               lost ? 5.0 : 0.003, "versions", "hall", GS_VERSION, "contract", "1"));
}

static GsSimReply *
handle_snapshot (GsSimRequest *request)
{
  const char *state = request->query ? g_hash_table_lookup (request->query, "state") : NULL;

  if (g_strcmp0 (state, "open") != 0)
    return gs_sim_reply_problem ("invalid-query", "state must be open.", NULL);
  return gs_sim_hall_snapshot (request->service->hall);
}

static GsSimReply *
handle_lookup (GsSimRequest *request)
{
  const char *state = gs_sim_json_text (request->body, "issuing_state");
  const char *number = gs_sim_json_text (request->body, "document_number");

  if (state == NULL || number == NULL)
    return gs_sim_reply_problem ("invalid-body", "issuing_state and document_number must be texts",
                                 NULL);
  return gs_sim_hall_lookup (request->service->hall, state, number);
}

static GsSimReply *
handle_crossing (GsSimRequest *request)
{
  return gs_sim_hall_show_crossing (request->service->hall, request->part[0]);
}

static GsSimReply *
handle_evidence (GsSimRequest *request)
{
  static const char *const names[] = { "gate-face", "chip-face", "ef-com", "ef-sod", "dg1",
                                       "dg2",       "dg11",      "dg14",   "dg15",   NULL };
  GsSimHall *hall = request->service->hall;
  const char *type = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (gs_sim_hall_get_crossing (hall, request->part[0]) == NULL)
    return gs_sim_reply_problem ("not-found", "There is no such crossing.", NULL);
  if (!g_strv_contains (names, request->part[1]))
    return gs_sim_reply_problem ("not-found", "There is no evidence of that name.", NULL);
  bytes = gs_sim_hall_load_evidence (hall, request->part[0], request->part[1], &type);
  if (bytes == NULL)
    return gs_sim_reply_problem ("no-evidence", NULL, NULL);
  gs_sim_request_answer_bytes (request, 200, type, bytes);
  return NULL;
}

static GsSimReply *
handle_put_lease (GsSimRequest *request)
{
  const char *officer = gs_sim_json_text (request->body, "officer");
  GsSimReply *problem = check_desk (request);

  if (problem != NULL)
    return problem;
  if (officer == NULL || *officer == '\0')
    return gs_sim_reply_problem ("invalid-body", "officer must be a text", NULL);
  return gs_sim_hall_lease (request->service->hall, request->part[0], request->desk, officer);
}

static GsSimReply *
handle_delete_lease (GsSimRequest *request)
{
  GsSimReply *problem = request->body == NULL ? NULL : check_desk (request);

  if (problem != NULL)
    return problem;
  return gs_sim_hall_end_lease (request->service->hall, request->part[0], request->desk);
}

static GsSimReply *
handle_decision (GsSimRequest *request)
{
  GsSimReply *problem = check_desk (request);

  if (problem != NULL)
    return problem;
  return gs_sim_hall_decide (request->service->hall, request->part[0], request->desk,
                             gs_sim_request_get_header (request, "Idempotency-Key"),
                             gs_sim_request_get_header (request, "If-Match"), request->body);
}

static GsSimReply *
handle_claim (GsSimRequest *request)
{
  GsSimReply *problem = check_desk (request);

  if (problem != NULL)
    return problem;
  return gs_sim_hall_claim (request->service->hall, request->part[0], request->desk,
                            gs_sim_request_get_header (request, "Idempotency-Key"), request->body);
}

static GsSimReply *
handle_outcome (GsSimRequest *request)
{
  GsSimReply *problem = NULL;

  if (request->body == NULL)
    return gs_sim_reply_problem ("invalid-body", "The request needs a JSON body.", NULL);
  if (json_object_get (request->body, "desk") != NULL)
    problem = check_desk (request);
  if (problem != NULL)
    return problem;
  return gs_sim_hall_report_outcome (request->service->hall, request->part[0], request->part[1],
                                     request->desk, request->body);
}

static GsSimReply *
handle_open_claims (GsSimRequest *request)
{
  const char *state = request->query ? g_hash_table_lookup (request->query, "state") : NULL;

  if (g_strcmp0 (state, "open") != 0)
    return gs_sim_reply_problem ("invalid-query", "state must be open.", NULL);
  return gs_sim_hall_list_open_claims (request->service->hall);
}

static GsSimReply *
handle_unclaimed (GsSimRequest *request)
{
  GsSimReply *problem = check_desk (request);

  if (problem != NULL)
    return problem;
  return gs_sim_hall_take_unclaimed (request->service->hall, request->desk,
                                     gs_sim_request_get_header (request, "Idempotency-Key"),
                                     request->body);
}

static GsSimReply *
handle_serials (GsSimRequest *request)
{
  if (!g_str_equal (request->part[0], request->desk))
    return gs_sim_reply_problem ("wrong-desk", NULL, json_pack ("{s:s}", "desk", request->desk));
  return gs_sim_hall_show_serials (request->service->hall, request->desk);
}

static GsSimReply *
handle_presence (GsSimRequest *request)
{
  if (request->body == NULL)
    return gs_sim_reply_problem ("invalid-body", "The request needs a JSON body.", NULL);
  if (!g_str_equal (request->part[0], request->desk))
    return gs_sim_reply_problem ("wrong-desk", NULL, json_pack ("{s:s}", "desk", request->desk));
  return gs_sim_hall_presence (request->service->hall, request->desk, request->body);
}

static GsSimReply *
handle_desk_call (GsSimRequest *request)
{
  GsSimReply *problem = check_desk (request);

  if (problem != NULL)
    return problem;
  return gs_sim_hall_call_desk (request->service->hall, request->desk, request->body);
}

static GsSimReply *
handle_command (GsSimRequest *request)
{
  if (request->body == NULL)
    return gs_sim_reply_problem ("invalid-body", "The request needs a JSON body.", NULL);
  return gs_sim_hall_command_gate (request->service->hall, request->part[0], request->desk,
                                   gs_sim_request_get_header (request, "Idempotency-Key"),
                                   request->body);
}

static GsSimReply *
handle_events (GsSimRequest *request)
{
  gs_sim_service_handle_events (request);
  return NULL;
}

/* A star is one segment. */
static const struct
{
  const char *method;
  const char *path;
  Handler handler;
} routes[] = {
  { "GET", "/v1/status", handle_status },
  { "GET", "/v1/events", handle_events },
  { "GET", "/v1/crossings", handle_snapshot },
  { "POST", "/v1/crossings/lookup", handle_lookup },
  { "GET", "/v1/crossings/*", handle_crossing },
  { "GET", "/v1/crossings/*/evidence/*", handle_evidence },
  { "PUT", "/v1/crossings/*/lease", handle_put_lease },
  { "DELETE", "/v1/crossings/*/lease", handle_delete_lease },
  { "POST", "/v1/crossings/*/decisions", handle_decision },
  { "POST", "/v1/crossings/*/stamp-claims", handle_claim },
  { "PUT", "/v1/crossings/*/stamp-claims/*", handle_outcome },
  { "GET", "/v1/stamp-claims", handle_open_claims },
  { "POST", "/v1/unclaimed-stamps", handle_unclaimed },
  { "GET", "/v1/desks/*/serials", handle_serials },
  { "PUT", "/v1/desks/*/presence", handle_presence },
  { "POST", "/v1/desk-calls", handle_desk_call },
  { "POST", "/v1/gates/*/commands", handle_command },
};

/* Matches the segments and keeps what the stars stand for. */
static gboolean
match (const char *pattern, char **segments, const char *part[2])
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  guint stars = 0;

  if (g_strv_length (wanted) != g_strv_length (segments))
    return FALSE;
  for (guint i = 0; wanted[i] != NULL; i++)
    {
      if (!g_str_equal (wanted[i], "*"))
        {
          if (!g_str_equal (wanted[i], segments[i]))
            return FALSE;
        }
      else if (*segments[i] == '\0' || stars == 2)
        return FALSE;
      else
        part[stars++] = segments[i];
    }
  return TRUE;
}

void
gs_sim_service_route (GsSimRequest *request, const char *method, const char *path)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  g_autoptr (GString) allowed = g_string_new (NULL);
  GsSimReply *reply = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (!match (routes[i].path, segments, request->part))
        continue;
      if (g_str_equal (routes[i].method, method))
        {
          reply = routes[i].handler (request);
          if (reply != NULL)
            gs_sim_request_answer (request, reply);
          return;
        }
      g_string_append_printf (allowed, "%s%s", allowed->len > 0 ? ", " : "", routes[i].method);
    }
  if (allowed->len == 0)
    reply = gs_sim_reply_problem ("not-found", NULL, NULL);
  else
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                    "Allow", allowed->str);
      reply = gs_sim_reply_problem ("method-not-allowed", NULL, NULL);
    }
  gs_sim_request_answer (request, reply);
}
