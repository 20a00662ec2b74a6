/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-hall-client.h"

#include "gs-hall-fetch.h"
#include "gs-hall-page.h"
#include "gs-json-read.h"
#include "gs-time.h"
#include "gs-uuid.h"

#include <string.h>

#define TIMEOUT_MS 10000
#define ANSWER_LIMIT (16 * 1024 * 1024)
#define EVIDENCE_LIMIT (8 * 1024 * 1024)
#define JSON_TYPE "application/json"
#define PAGE_TYPE "application/cloudevents-batch+json"

struct _GsHallClient
{
  GObject parent_instance;

  GsHallAccess *access;
  SoupSession *session;
  GsHallStatusFunc status_func;
  gpointer status_data;
};

/* Turns an answer into the task's result; called once, with the task's reference to drop. */
typedef void (*AnswerFunc) (GsHallClient *self, GsHallAnswer *answer, GTask *task);

typedef struct
{
  AnswerFunc func;
  gint64 after; /* of a page */
} Call;

static void gs_hall_client_hall_init (GsHallInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsHallClient,
                               gs_hall_client,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_HALL, gs_hall_client_hall_init))

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GsHallClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GsHallAnswer) answer = gs_hall_fetch_finish (result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    call->func (self, answer, task);
}

/* Makes the message of a request; body (NULL: none) is JSON. */
static SoupMessage *
make_message (
  GsHallClient *self, const char *method, const char *path, const char *accept, const char *body)
{
  SoupMessage *message = gs_hall_access_make_message (self->access, method, path);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", accept);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, JSON_TYPE, bytes);
    }
  return message;
}

static void
send_limited (GsHallClient *self, SoupMessage *message, gsize limit, AnswerFunc func, GTask *task)
{
  Call *call = g_new0 (Call, 1);

  call->func = func;
  g_task_set_task_data (task, call, g_free);
  gs_hall_fetch_async (self->session, message, limit, TIMEOUT_MS, g_task_get_cancellable (task),
                       on_answer, task);
}

static void
send_call (GsHallClient *self, SoupMessage *message, AnswerFunc func, GTask *task)
{
  send_limited (self, message, ANSWER_LIMIT, func, task);
}

/* An id goes into a path escaped, whatever it holds. */
static char *
make_path (const char *before, const char *id, const char *after)
{
  g_autofree char *escaped = g_uri_escape_string (id != NULL ? id : "", NULL, FALSE);

  return g_strconcat (before, escaped, after, NULL);
}

static json_t *
load (GsHallAnswer *answer, GError **error)
{
  g_autofree char *why = NULL;
  gsize len;
  const char *bytes = g_bytes_get_data (answer->body, &len);
  json_t *json = gs_json_load (bytes != NULL ? bytes : "", len, GS_JSON_DEPTH_LIMIT, &why);

  if (json_is_object (json))
    return json;
  g_set_error (error, GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL, "The hall's answer is %s",
               why != NULL ? why : "no JSON object");
  json_decref (json);
  return NULL;
}

/* ---- status, pages, crossings ---- */

static void
answer_status (GsHallClient *self, GsHallAnswer *answer, GTask *task)
{
  GError *error = NULL;
  GsHallStatus *status = NULL;

  if (gs_hall_answer_check (answer, 200, 200, JSON_TYPE, &error))
    status = gs_hall_status_parse (answer->body, &error);
  if (status == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  status->sent_monotonic_us = answer->sent_monotonic_us;
  status->received_monotonic_us = answer->received_monotonic_us;
  if (self->status_func != NULL)
    self->status_func (self, status, self->status_data);
  g_task_return_pointer (task, status, (GDestroyNotify) gs_hall_status_free);
}

static void
get_status (GsHall *hall, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autoptr (SoupMessage) message = make_message (self, "GET", "/v1/status", JSON_TYPE, NULL);

  send_call (self, message, answer_status, task);
}

static void
answer_page (GsHallClient *self, GsHallAnswer *answer, GTask *task)
{
  GError *error = NULL;
  GPtrArray *items = NULL;
  GsHallPage *page;

  if (gs_hall_answer_check (answer, 200, 200, PAGE_TYPE, &error))
    items =
      gs_hall_page_parse (answer->body, ((Call *) g_task_get_task_data (task))->after, &error);
  if (items == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  page = g_new0 (GsHallPage, 1);
  page->items = items;
  g_task_return_pointer (task, page, (GDestroyNotify) gs_hall_page_free);
}

static void
get_events_page (GsHall *hall, gint64 after, guint limit, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autofree char *path = g_strdup_printf ("/v1/events?after=%" G_GINT64_FORMAT "&limit=%u", after,
                                           CLAMP (limit, 1, 1000));
  g_autoptr (SoupMessage) message = make_message (self, "GET", path, PAGE_TYPE, NULL);

  send_call (self, message, answer_page, task);
  ((Call *) g_task_get_task_data (task))->after = after;
}

static void
answer_crossings (GsHallClient *self, GsHallAnswer *answer, GTask *task)
{
  GError *error = NULL;
  GsHallCrossings *crossings = NULL;

  if (gs_hall_answer_check (answer, 200, 200, JSON_TYPE, &error))
    crossings = gs_hall_crossings_parse (answer->body, &error);
  if (crossings == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, crossings, (GDestroyNotify) gs_hall_crossings_free);
}

static void
get_open_crossings (GsHall *hall, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autoptr (SoupMessage) message =
    make_message (self, "GET", "/v1/crossings?state=open", JSON_TYPE, NULL);

  send_call (self, message, answer_crossings, task);
}

static void
lookup (GsHall *hall, const char *issuing_state, const char *number, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  json_t *json = json_object ();
  g_autofree char *body = NULL;
  g_autoptr (SoupMessage) message = NULL;

  gs_json_set_text (json, "issuing_state", issuing_state);
  gs_json_set_text (json, "document_number", number);
  body = gs_json_write (json);
  message = make_message (self, "POST", "/v1/crossings/lookup", JSON_TYPE, body);
  send_call (self, message, answer_crossings, task);
}

static void
answer_crossing (GsHallClient *self, GsHallAnswer *answer, GTask *task)
{
  GError *error = NULL;
  GsHallCrossing *crossing = NULL;

  if (gs_hall_answer_check (answer, 200, 200, JSON_TYPE, &error))
    crossing = gs_hall_crossing_parse (answer->body, &error);
  if (crossing == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, crossing, (GDestroyNotify) gs_hall_crossing_free);
}

static void
get_crossing (GsHall *hall, const char *crossing, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autofree char *path = make_path ("/v1/crossings/", crossing, NULL);
  g_autoptr (SoupMessage) message = make_message (self, "GET", path, JSON_TYPE, NULL);

  send_call (self, message, answer_crossing, task);
}

static void
answer_evidence (GsHallClient *self, GsHallAnswer *answer, GTask *task)
{
  GError *error = NULL;
  GsHallEvidence *evidence;

  if (!gs_hall_answer_check (answer, 200, 200, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  evidence = g_new0 (GsHallEvidence, 1);
  evidence->bytes = g_bytes_ref (answer->body);
  evidence->content_type = g_strdup (answer->content_type);
  g_task_return_pointer (task, evidence, (GDestroyNotify) gs_hall_evidence_free);
}

static void
get_evidence (GsHall *hall, const char *crossing, const char *name, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autofree char *before = make_path ("/v1/crossings/", crossing, "/evidence/");
  g_autofree char *path = make_path (before, name, NULL);
  g_autoptr (SoupMessage) message = make_message (self, "GET", path, "*/*", NULL);

  send_limited (self, message, EVIDENCE_LIMIT, answer_evidence, task);
}

/* ---- leases, decisions ---- */

static char *
lease_body (const char *desk, const char *officer)
{
  json_t *json = json_object ();

  gs_json_set_text (json, "desk", desk);
  gs_json_set_text (json, "officer", officer);
  return gs_json_write (json);
}

static void
answer_lease (GsHallClient *self, GsHallAnswer *answer, GTask *task)
{
  GError *error = NULL;
  g_autoptr (json_t) json = NULL;
  GsHallLease *lease;

  if (gs_hall_answer_check (answer, 200, 201, JSON_TYPE, &error))
    json = load (answer, &error);
  if (json != NULL && gs_json_time (json, "until") == GS_TIME_UNKNOWN)
    error = g_error_new (GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL, "The lease has no end");
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  lease = g_new0 (GsHallLease, 1);
  lease->desk = g_strdup (gs_json_text (json, "desk"));
  lease->officer = g_strdup (gs_json_text (json, "officer"));
  lease->until_utc_ms = gs_json_time (json, "until");
  g_task_return_pointer (task, lease, (GDestroyNotify) gs_hall_lease_free);
}

/* An answer of which only success matters. */
static void
answer_done (GsHallClient *self, GsHallAnswer *answer, GTask *task)
{
  GError *error = NULL;

  if (answer->status != 201 && answer->status != 202
      && !gs_hall_answer_check (answer, 200, 204, NULL, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
put_lease (GsHall *hall, const char *crossing, const char *desk, const char *officer, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autofree char *path = make_path ("/v1/crossings/", crossing, "/lease");
  g_autofree char *body = lease_body (desk, officer);
  g_autoptr (SoupMessage) message = make_message (self, "PUT", path, JSON_TYPE, body);

  send_call (self, message, answer_lease, task);
}

static void
delete_lease (
  GsHall *hall, const char *crossing, const char *desk, const char *officer, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autofree char *path = make_path ("/v1/crossings/", crossing, "/lease");
  g_autofree char *body = lease_body (desk, officer);
  g_autoptr (SoupMessage) message = make_message (self, "DELETE", path, JSON_TYPE, body);

  send_call (self, message, answer_done, task);
}

static void
answer_receipt (GsHallClient *self, GsHallAnswer *answer, GTask *task)
{
  GError *error = NULL;
  g_autoptr (json_t) json = NULL;
  GsHallReceipt *receipt;

  if (gs_hall_answer_check (answer, 201, 200, JSON_TYPE, &error))
    json = load (answer, &error);
  if (json == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  receipt = g_new0 (GsHallReceipt, 1);
  receipt->replayed = answer->status == 200;
  receipt->version = gs_json_integer (json, "version", 0);
  g_task_return_pointer (task, receipt, (GDestroyNotify) gs_hall_receipt_free);
}

static void
set_key (SoupMessage *message, const char *key)
{
  soup_message_headers_replace (soup_message_get_request_headers (message), "Idempotency-Key",
                                key != NULL ? key : "");
}

static void
post_decision (GsHall *hall, const GsHallDecision *decision, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autofree char *path = make_path ("/v1/crossings/", decision->crossing, "/decisions");
  g_autofree char *body = gs_hall_decision_to_json (decision);
  g_autofree char *match = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", decision->version);
  g_autoptr (SoupMessage) message = make_message (self, "POST", path, JSON_TYPE, body);

  set_key (message, decision->key);
  soup_message_headers_replace (soup_message_get_request_headers (message), "If-Match", match);
  send_call (self, message, answer_receipt, task);
}

/* ---- stamps ---- */

static void
answer_claim (GsHallClient *self, GsHallAnswer *answer, GTask *task)
{
  GError *error = NULL;
  g_autoptr (json_t) json = NULL;
  g_autoptr (GsHallClaim) claim = g_new0 (GsHallClaim, 1);

  if (gs_hall_answer_check (answer, 201, 200, JSON_TYPE, &error))
    json = load (answer, &error);
  if (json == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  claim->claim = g_strdup (gs_json_text (json, "claim"));
  claim->granted_at_utc_ms = gs_json_time (json, "granted_at");
  claim->start_before_utc_ms = gs_json_time (json, "start_before");
  claim->window_closes_at_utc_ms = gs_json_time (json, "window_closes_at");
  claim->replayed = answer->status == 200;
  /* A grant without its end would be a grant for ever. */
  if (!gs_uuid_is_valid (claim->claim) || claim->start_before_utc_ms == GS_TIME_UNKNOWN)
    g_task_return_new_error (task, GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL,
                             "The claim has no id or no end");
  else
    g_task_return_pointer (task, g_steal_pointer (&claim), (GDestroyNotify) gs_hall_claim_free);
}

static void
post_stamp_claim (GsHall *hall, const GsHallStampRequest *request, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autofree char *path = make_path ("/v1/crossings/", request->crossing, "/stamp-claims");
  g_autofree char *body = gs_hall_stamp_request_to_json (request);
  g_autoptr (SoupMessage) message = make_message (self, "POST", path, JSON_TYPE, body);

  set_key (message, request->stamp);
  send_call (self, message, answer_claim, task);
}

static void
put_claim_outcome (GsHall *hall, const GsHallClaimReport *report, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autofree char *before = make_path ("/v1/crossings/", report->crossing, "/stamp-claims/");
  g_autofree char *path = make_path (before, report->claim, NULL);
  g_autofree char *body = gs_hall_claim_report_to_json (report);
  g_autoptr (SoupMessage) message = make_message (self, "PUT", path, JSON_TYPE, body);

  send_call (self, message, answer_done, task);
}

/* Reads a list of the hall into an array of structs. */
typedef GPtrArray *(*ParseFunc) (GBytes *body, GError **error);

static void
return_list (GsHallAnswer *answer, ParseFunc parse, GTask *task)
{
  GError *error = NULL;
  GPtrArray *list = NULL;

  if (gs_hall_answer_check (answer, 200, 200, JSON_TYPE, &error))
    list = parse (answer->body, &error);
  if (list == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
}

static void
answer_open_claims (GsHallClient *self, GsHallAnswer *answer, GTask *task)
{
  return_list (answer, gs_hall_open_claims_parse, task);
}

static void
get_open_claims (GsHall *hall, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autoptr (SoupMessage) message =
    make_message (self, "GET", "/v1/stamp-claims?state=open", JSON_TYPE, NULL);

  send_call (self, message, answer_open_claims, task);
}

static void
answer_serials (GsHallClient *self, GsHallAnswer *answer, GTask *task)
{
  return_list (answer, gs_hall_serials_parse, task);
}

static void
get_serials (GsHall *hall, const char *desk, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autofree char *path = make_path ("/v1/desks/", desk, "/serials");
  g_autoptr (SoupMessage) message = make_message (self, "GET", path, JSON_TYPE, NULL);

  send_call (self, message, answer_serials, task);
}

static void
answer_unclaimed (GsHallClient *self, GsHallAnswer *answer, GTask *task)
{
  GError *error = NULL;
  GsHallUnclaimedAnswer *found = NULL;

  if (gs_hall_answer_check (answer, 201, 200, JSON_TYPE, &error))
    found = gs_hall_unclaimed_answer_parse (answer->body, &error);
  if (found == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, found, (GDestroyNotify) gs_hall_unclaimed_answer_free);
}

static void
post_unclaimed (GsHall *hall, const GsHallUnclaimed *stamp, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autofree char *body = gs_hall_unclaimed_to_json (stamp);
  g_autoptr (SoupMessage) message =
    make_message (self, "POST", "/v1/unclaimed-stamps", JSON_TYPE, body);

  set_key (message, stamp->key);
  send_call (self, message, answer_unclaimed, task);
}

/* ---- desks and gates ---- */

static void
put_presence (GsHall *hall, const GsHallPresence *presence, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autofree char *path = make_path ("/v1/desks/", presence->desk, "/presence");
  g_autofree char *body = gs_hall_presence_to_json (presence);
  g_autoptr (SoupMessage) message = make_message (self, "PUT", path, JSON_TYPE, body);

  send_call (self, message, answer_done, task);
}

static void
post_desk_call (GsHall *hall, const char *crossing, const char *desk, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  json_t *json = json_object ();
  g_autofree char *body = NULL;
  g_autoptr (SoupMessage) message = NULL;

  gs_json_set_text (json, "crossing", crossing);
  gs_json_set_text (json, "desk", desk);
  body = gs_json_write (json);
  message = make_message (self, "POST", "/v1/desk-calls", JSON_TYPE, body);
  send_call (self, message, answer_done, task);
}

static void
post_gate_command (GsHall *hall, const GsHallGateCommand *command, GTask *task)
{
  GsHallClient *self = GS_HALL_CLIENT (hall);
  g_autofree char *path = make_path ("/v1/gates/", command->gate, "/commands");
  g_autofree char *body = gs_hall_gate_command_to_json (command);
  g_autoptr (SoupMessage) message = make_message (self, "POST", path, JSON_TYPE, body);

  set_key (message, command->key);
  send_call (self, message, answer_receipt, task);
}

static void
gs_hall_client_hall_init (GsHallInterface *iface)
{
  iface->get_status = get_status;
  iface->get_events_page = get_events_page;
  iface->get_open_crossings = get_open_crossings;
  iface->lookup = lookup;
  iface->get_crossing = get_crossing;
  iface->get_evidence = get_evidence;
  iface->put_lease = put_lease;
  iface->delete_lease = delete_lease;
  iface->post_decision = post_decision;
  iface->post_stamp_claim = post_stamp_claim;
  iface->put_claim_outcome = put_claim_outcome;
  iface->get_open_claims = get_open_claims;
  iface->get_serials = get_serials;
  iface->post_unclaimed = post_unclaimed;
  iface->put_presence = put_presence;
  iface->post_desk_call = post_desk_call;
  iface->post_gate_command = post_gate_command;
}

static void
gs_hall_client_dispose (GObject *object)
{
  GsHallClient *self = GS_HALL_CLIENT (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->access, gs_hall_access_unref);
  G_OBJECT_CLASS (gs_hall_client_parent_class)->dispose (object);
}

static void
gs_hall_client_class_init (GsHallClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_hall_client_dispose;
}

static void
gs_hall_client_init (GsHallClient *self)
{
}

GsHallClient *
gs_hall_client_new (GsHallAccess *access, GError **error)
{
  g_autoptr (GsHallClient) self = g_object_new (GS_TYPE_HALL_CLIENT, NULL);

  if (!gs_hall_client_set_access (self, access, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
gs_hall_client_set_status_func (GsHallClient *self, GsHallStatusFunc func, gpointer user_data)
{
  g_return_if_fail (GS_IS_HALL_CLIENT (self));
  self->status_func = func;
  self->status_data = user_data;
}

gboolean
gs_hall_client_set_access (GsHallClient *self, GsHallAccess *access, GError **error)
{
  SoupSession *session;

  g_return_val_if_fail (GS_IS_HALL_CLIENT (self), FALSE);

  session = gs_hall_access_make_session (access, 0, error);
  if (session == NULL)
    return FALSE;
  g_clear_object (&self->session);
  self->session = session;
  gs_hall_access_ref (access);
  g_clear_pointer (&self->access, gs_hall_access_unref);
  self->access = access;
  return TRUE;
}
