/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-reply.h"

#include "gs-sim-json.h"

static const struct
{
  const char *name;
  guint status;
  const char *title;
} problems[] = {
  { "ahead-of-hall", 409, "The event is newer than the hall's newest" },
  { "already-decided", 409, "The case is already decided" },
  { "already-stamped", 409, "The crossing is already stamped" },
  { "cancelled", 409, "The crossing was cancelled" },
  { "claim-closed", 409, "The claim already has another outcome" },
  { "claimed-elsewhere", 409, "Another desk or stamp holds the crossing" },
  { "events-gone", 410, "The event is older than the hall keeps" },
  { "idempotency-key-missing", 400, "The request needs an Idempotency-Key" },
  { "idempotency-key-reused", 422, "The key was used with another body" },
  { "in-doubt", 409, "Whether the crossing is stamped is in doubt" },
  { "internal", 500, "The hall failed" },
  { "invalid-body", 400, "The body does not fit the contract" },
  { "invalid-query", 400, "The query does not fit the contract" },
  { "leased", 409, "Another desk holds the case" },
  { "method-not-allowed", 405, "The resource has no such method" },
  { "no-evidence", 404, "The hall does not hold this evidence" },
  { "not-acceptable", 406, "The hall cannot answer in the wanted form" },
  { "not-admitted", 409, "The traveller was not admitted" },
  { "not-found", 404, "There is no such thing here" },
  { "not-in-hall", 409, "The traveller is not in the hall" },
  { "not-own-decision", 409, "Only the officer who decided may withdraw" },
  { "not-referred", 409, "The crossing has no open case" },
  { "not-your-claim", 403, "The claim belongs to another desk" },
  { "nothing-to-withdraw", 409, "There is no decision to withdraw" },
  { "open-case", 409, "The crossing has an open case" },
  { "other-epoch", 409, "The hall is in another epoch" },
  { "replacement-refused", 409, "The void stamp cannot be replaced any more" },
  { "serial-unknown", 409, "The serial is not the claim's" },
  { "serial-used", 409, "The serial was used before" },
  { "too-large", 413, "The body is too large" },
  { "unavailable", 503, "The hall is out of service" },
  { "unsupported-media-type", 415, "The body is not JSON" },
  { "version-changed", 412, "The crossing has changed" },
  { "version-required", 428, "The request needs If-Match" },
  { "window-closed", 409, "The stamp window is closed" },
  { "wrong-desk", 403, "The desk is not the one of the certificate" },
};

void
gs_sim_reply_free (GsSimReply *self)
{
  json_decref (self->body);
  g_free (self);
}

GsSimReply *
gs_sim_reply_new (guint status, json_t *body)
{
  GsSimReply *self = g_new0 (GsSimReply, 1);

  self->status = status;
  self->body = body;
  return self;
}

GsSimReply *
gs_sim_reply_problem (const char *name, const char *detail, json_t *extra)
{
  g_autofree char *type = g_strconcat ("urn:gateside:problem:", name, NULL);
  GsSimReply *self = gs_sim_reply_new (500, json_object ());

  self->problem = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_str_equal (problems[i].name, name))
      {
        self->status = problems[i].status;
        json_object_set_new (self->body, "type", json_string (type));
        json_object_set_new (self->body, "title", json_string (problems[i].title));
        json_object_set_new (self->body, "status", json_integer (self->status));
      }
  g_return_val_if_fail (json_object_size (self->body) > 0, self);
  if (detail != NULL)
    json_object_set_new (self->body, "detail", json_string (detail));
  if (extra != NULL)
    {
      json_object_update_missing (self->body, extra);
      json_decref (extra);
    }
  return self;
}

const char *const *
gs_sim_reply_get_problem_names (void)
{
  static const char *names[G_N_ELEMENTS (problems) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    names[i] = problems[i].name;
  return names;
}
