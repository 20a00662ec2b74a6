/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateside-feed-check.h"

#include "gs-hall-crossing.h"
#include "gs-time.h"
#include "gs-uuid.h"

#include <string.h>

/* The rules that need a desk. What they do they undo: a lease is given back, a claim is released
 * with nothing printed; no decision is made and no door moves. */

#define OFFICER "contract-check"

static char *
say (const GError *error)
{
  return g_strdup (error != NULL ? error->message : "no answer");
}

/* Sends and expects a status; the answer's JSON, NULL when it is another status or none. */
static json_t *
expect (Check *check,
        const char *rule,
        const char *method,
        const char *path,
        const char *body,
        const char *const *headers,
        guint status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallAnswer) answer = check_send (check, method, path, body, headers, &error);
  char *detail = NULL;
  gboolean right;
  json_t *json;

  if (answer == NULL)
    {
      check_rule (check, rule, FALSE, say (error));
      return NULL;
    }
  if (status >= 400)
    right = check_is_problem (answer->status, answer->content_type, answer->body, status, &detail);
  else
    {
      right = answer->status == status;
      detail = right ? NULL : g_strdup_printf ("status %u instead of %u", answer->status, status);
    }
  if (!check_rule (check, rule, right, detail))
    return NULL;
  json = check_load (answer);
  return json != NULL ? json : json_null ();
}

static void
expect_only (Check *check,
             const char *rule,
             const char *method,
             const char *path,
             const char *body,
             const char *const *headers,
             guint status)
{
  json_decref (expect (check, rule, method, path, body, headers, status));
}

/* When a crossing came into its present state. */
static gint64
since_utc_ms (const GsHallCrossing *crossing)
{
  gint64 at = crossing->crossing->state == GS_CROSSING_STATE_ADMITTED
                ? crossing->crossing->admitted_utc_ms
                : crossing->crossing->referred_utc_ms;

  return at == GS_TIME_UNKNOWN ? G_MININT64 : at;
}

/* The newest crossing of the snapshot in that state and with that window, because its traveller
 * stays longest: the oldest may pass customs between this question and the next. NULL when there is
 * none. */
static GsHallCrossing *
find_crossing (GsHallCrossings *list, GsCrossingState state, const char *window)
{
  GsHallCrossing *newest = NULL;

  for (guint i = 0; list != NULL && i < list->crossings->len; i++)
    {
      GsHallCrossing *crossing = list->crossings->pdata[i];

      if (crossing->crossing->state == state && crossing->crossing->taken_desk == NULL
          && crossing->crossing->stamp_serial == NULL
          && (window == NULL || g_strcmp0 (crossing->window_state, window) == 0)
          && (newest == NULL || since_utc_ms (crossing) >= since_utc_ms (newest)))
        newest = crossing;
    }
  return newest;
}

static void
check_presence (Check *check)
{
  g_autofree char *path = g_strdup_printf ("/v1/desks/%s/presence", check->desk);

  expect_only (check, "presence", "PUT", path, "{\"officer\":null,\"locked\":true,\"gates\":[]}",
               NULL, 204);
}

static void
check_lease (Check *check, GsHallCrossings *list)
{
  GsHallCrossing *crossing = find_crossing (list, GS_CROSSING_STATE_REFERRED, NULL);
  g_autofree char *path = NULL;
  g_autofree char *body =
    g_strdup_printf ("{\"desk\":\"%s\",\"officer\":\"" OFFICER "\"}", check->desk);
  json_t *json;

  if (crossing == NULL)
    {
      check_skip (check, "lease", "no case waits");
      return;
    }
  path = g_strdup_printf ("/v1/crossings/%s/lease", crossing->crossing->id);
  json = expect (check, "lease-taken", "PUT", path, body, NULL, 200);
  if (json != NULL)
    check_rule (check, "lease-until",
                gs_json_time (json, "until") != GS_TIME_UNKNOWN
                  && g_strcmp0 (gs_json_text (json, "desk"), check->desk) == 0,
                g_strdup ("the lease lacks its desk or its end"));
  json_decref (json);
  expect_only (check, "lease-renewed", "PUT", path, body, NULL, 200);
  expect_only (check, "lease-given-back", "DELETE", path, body, NULL, 204);
}

/* Decisions that must be refused, so that none is made. */
static void
check_decisions (Check *check, GsHallCrossings *list)
{
  GsHallCrossing *waiting = find_crossing (list, GS_CROSSING_STATE_REFERRED, NULL);
  g_autofree char *key = gs_uuid_new ();
  g_autofree char *now = gs_time_format_rfc3339 (g_get_real_time () / 1000);
  g_autofree char *body = g_strdup_printf (
    "{\"outcome\":\"second-line\",\"officer\":\"" OFFICER "\",\"second_officer\":null,"
    "\"desk\":\"%s\",\"at\":\"%s\",\"reasons\":[],\"note\":null,\"gate\":null,\"evidence\":[]}",
    check->desk, now);
  const char *const without_key[] = { "If-Match", "\"1\"", NULL };
  const char *const other_version[] = { "Idempotency-Key", key, "If-Match", "\"999999999\"", NULL };
  g_autofree char *unknown_id = gs_uuid_new ();
  g_autofree char *unknown = g_strdup_printf ("/v1/crossings/%s/decisions", unknown_id);
  g_autofree char *path = NULL;

  expect_only (check, "decision-unknown-404", "POST", unknown, body, other_version, 404);
  if (waiting == NULL)
    {
      check_skip (check, "decision-version-412", "no case waits");
      return;
    }
  path = g_strdup_printf ("/v1/crossings/%s/decisions", waiting->crossing->id);
  expect_only (check, "decision-needs-key-400", "POST", path, body, without_key, 400);
  expect_only (check, "decision-version-412", "POST", path, body, other_version, 412);
}

static void
release_claim (Check *check, const char *crossing, const char *claim, const char *key)
{
  g_autofree char *path = g_strdup_printf ("/v1/crossings/%s/stamp-claims/%s", crossing, claim);
  g_autofree char *now = gs_time_format_rfc3339 (g_get_real_time () / 1000);
  g_autofree char *body = g_strdup_printf (
    "{\"outcome\":\"released\",\"serial\":\"CHECK-%.8s\",\"at\":\"%s\",\"replaces\":null}", key,
    now);

  expect_only (check, "claim-released", "PUT", path, body, NULL, 200);
  expect_only (check, "claim-outcome-idempotent", "PUT", path, body, NULL, 200);
}

static void
check_claim_of (Check *check, const char *crossing)
{
  g_autofree char *key = gs_uuid_new ();
  g_autofree char *path = g_strdup_printf ("/v1/crossings/%s/stamp-claims", crossing);
  g_autofree char *body = g_strdup_printf (
    "{\"stamp\":\"%s\",\"serial\":\"CHECK-%.8s\",\"desk\":\"%s\",\"officer\":\"" OFFICER "\","
    "\"printer\":\"none\"}",
    key, key, check->desk);
  g_autofree char *other_body = g_strdup_printf (
    "{\"stamp\":\"%s\",\"serial\":\"OTHER-%.8s\",\"desk\":\"%s\",\"officer\":\"" OFFICER "\","
    "\"printer\":\"none\"}",
    key, key, check->desk);
  const char *const headers[] = { "Idempotency-Key", key, NULL };
  g_autoptr (json_t) granted = expect (check, "claim-granted", "POST", path, body, headers, 201);
  g_autoptr (json_t) again = NULL;

  if (granted == NULL)
    return;
  check_rule (check, "claim-members",
              gs_uuid_is_valid (gs_json_text (granted, "claim"))
                && gs_json_time (granted, "granted_at") != GS_TIME_UNKNOWN
                && gs_json_time (granted, "start_before") != GS_TIME_UNKNOWN,
              g_strdup ("claim, granted_at or start_before is missing"));
  again = expect (check, "claim-key-replayed", "POST", path, body, headers, 200);
  if (again != NULL)
    check_rule (check, "claim-same",
                g_strcmp0 (gs_json_text (granted, "claim"), gs_json_text (again, "claim")) == 0,
                g_strdup ("the same key gives another claim"));
  expect_only (check, "claim-key-reused-422", "POST", path, other_body, headers, 422);
  if (gs_json_text (granted, "claim") != NULL)
    release_claim (check, crossing, gs_json_text (granted, "claim"), key);
}

static void
check_claims (Check *check, GsHallCrossings *list)
{
  GsHallCrossing *waiting = find_crossing (list, GS_CROSSING_STATE_REFERRED, NULL);
  GsHallCrossing *admitted = find_crossing (list, GS_CROSSING_STATE_ADMITTED, "open");

  if (waiting != NULL)
    {
      g_autofree char *key = gs_uuid_new ();
      g_autofree char *path =
        g_strdup_printf ("/v1/crossings/%s/stamp-claims", waiting->crossing->id);
      g_autofree char *body = g_strdup_printf (
        "{\"stamp\":\"%s\",\"serial\":\"CHECK-%.8s\",\"desk\":\"%s\",\"officer\":\"" OFFICER "\","
        "\"printer\":\"none\"}",
        key, key, check->desk);
      const char *const headers[] = { "Idempotency-Key", key, NULL };

      expect_only (check, "claim-open-case-409", "POST", path, body, headers, 409);
    }
  else
    check_skip (check, "claim-open-case-409", "no case waits");
  if (admitted != NULL)
    check_claim_of (check, admitted->crossing->id);
  else
    check_skip (check, "claim-granted", "no admitted crossing has an open window");
}

static void
check_commands (Check *check)
{
  g_autofree char *key = gs_uuid_new ();
  g_autofree char *id = gs_uuid_new ();
  const char *const headers[] = { "Idempotency-Key", key, NULL };
  g_autofree char *call =
    g_strdup_printf ("{\"crossing\":\"%s\",\"desk\":\"%s\"}", id, check->desk);
  const char *command =
    "{\"command\":\"close\",\"officer\":\"" OFFICER "\",\"reason\":\"check\",\"crossing\":null}";
  g_autoptr (GsHallAnswer) answer = NULL;

  expect_only (check, "command-unknown-gate-404", "POST", "/v1/gates/no-such-gate/commands",
               command, headers, 404);
  answer = check_send (check, "POST", "/v1/desk-calls", call, NULL, NULL);
  check_rule (check, "desk-call-unknown",
              answer != NULL && (answer->status == 404 || answer->status == 409),
              g_strdup ("a traveller who is not there is called"));
}

void
check_desk_rules (Check *check)
{
  static const char *const headers[] = { "Accept", "application/json", NULL };
  g_autoptr (GsHallAnswer) answer = NULL;
  g_autoptr (GsHallCrossings) list = NULL;

  if (check->desk == NULL)
    {
      check_skip (check, "desk", "no certificate names a desk, and --desk is not given");
      return;
    }
  answer = check_send (check, "GET", "/v1/crossings?state=open", NULL, headers, NULL);
  if (answer != NULL && answer->status == 200)
    list = gs_hall_crossings_parse (answer->body, NULL);
  check_presence (check);
  check_lease (check, list);
  check_decisions (check, list);
  check_claims (check, list);
  check_commands (check);
}
