/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateside-feed-check.h"

#include "gateside-feed.h"
#include "gs-cloud-event.h"
#include "gs-hall-crossing.h"
#include "gs-hall-page.h"
#include "gs-uuid.h"

#include <stdio.h>
#include <string.h>

#define STREAM_TYPE "text/event-stream"
#define PAGE_TYPE "application/cloudevents-batch+json"
#define HEARTBEAT_US (2 * G_USEC_PER_SEC)
#define TOLERANCE_US (G_USEC_PER_SEC / 2)

static const char *const want_json[] = { "Accept", "application/json", NULL };
static const char *const want_page[] = { "Accept", PAGE_TYPE, NULL };

static char *
say (const GError *error)
{
  return g_strdup (error != NULL ? error->message : "no answer");
}

/* ---- who may speak, and the status ---- */

static void
check_stranger (Check *check)
{
  g_autoptr (GsHallAccess) stranger = gs_hall_access_copy_stranger (check->access);
  g_autoptr (SoupSession) session = gs_hall_access_make_session (stranger, 0, NULL);
  g_autoptr (GError) error = NULL;
  Check other = *check;
  g_autoptr (GsHallAnswer) answer = NULL;

  if (g_str_has_prefix (gs_hall_access_get_url (check->access), "http:"))
    {
      check_skip (check, "tls-client-certificate", "the hall is spoken to without TLS");
      return;
    }
  other.access = stranger;
  other.session = session;
  answer = check_send (&other, "GET", "/v1/status", NULL, want_json, &error);
  check_rule (check, "tls-client-certificate",
              (answer == NULL && g_error_matches (error, GS_HALL_ERROR, GS_HALL_ERROR_REFUSED))
                || (answer != NULL && (answer->status == 401 || answer->status == 403)),
              g_strdup ("a stranger without a certificate is answered"));
}

static gboolean
check_status (Check *check)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallAnswer) answer =
    check_send (check, "GET", "/v1/status", NULL, want_json, &error);

  if (!check_rule (check, "reachable", answer != NULL, say (error)))
    return FALSE;
  if (!check_rule (check, "status-answers",
                   gs_hall_answer_check (answer, 200, 200, "application/json", &error),
                   say (error)))
    return FALSE;
  check->status = gs_hall_status_parse (answer->body, &error);
  if (!check_rule (check, "status-members", check->status != NULL, say (error)))
    return FALSE;
  check_rule (check, "status-event-range",
              check->status->oldest_event >= 1
                && check->status->oldest_event <= check->status->newest_event + 1,
              g_strdup_printf ("oldest %" G_GINT64_FORMAT ", newest %" G_GINT64_FORMAT,
                               check->status->oldest_event, check->status->newest_event));
  check_rule (check, "clock-synchronised",
              check->status->synchronised && check->status->clock_error_ms >= 0
                && check->status->clock_error_ms <= 2000,
              g_strdup ("the hall's clock is not synchronised within 2 s"));
  check_rule (check, "epoch-header", g_strcmp0 (answer->epoch, check->status->epoch) == 0,
              g_strdup ("the answer lacks the epoch in Gateside-Epoch"));
  return TRUE;
}

/* ---- pages ---- */

/* Asks for a page; NULL when it is none, and then the rule has failed. */
static GPtrArray *
get_page (Check *check, const char *rule, gint64 after, guint limit)
{
  g_autofree char *path =
    g_strdup_printf ("/v1/events?after=%" G_GINT64_FORMAT "&limit=%u", after, limit);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallAnswer) answer = check_send (check, "GET", path, NULL, want_page, &error);
  GPtrArray *items = NULL;

  if (answer != NULL && gs_hall_answer_check (answer, 200, 200, PAGE_TYPE, &error))
    items = gs_hall_page_parse (answer->body, after, &error);
  if (items == NULL)
    check_rule (check, rule, FALSE, say (error));
  return items;
}

/* The first item that breaks the order or is no event, said in words; NULL when all are right. */
static char *
find_fault (GPtrArray *items, gint64 after)
{
  for (guint i = 0; i < items->len; i++)
    {
      const GsFeedItem *item = items->pdata[i];

      if (item->kind != GS_FEED_ITEM_EVENT)
        return g_strdup_printf ("event %" G_GINT64_FORMAT ": %s: %s", item->id, item->reason,
                                item->error);
      if (item->id != after + 1)
        return g_strdup_printf ("event %" G_GINT64_FORMAT " follows %" G_GINT64_FORMAT, item->id,
                                after);
      after = item->id;
    }
  return NULL;
}

static void
check_pages (Check *check)
{
  gint64 oldest = check->status->oldest_event, newest = check->status->newest_event;
  gint64 count = newest - oldest + 1;
  g_autoptr (GPtrArray) two = get_page (check, "page-limit", oldest - 1, 2);
  g_autoptr (GPtrArray) many = get_page (check, "page-events", oldest - 1, 1000);
  g_autoptr (GPtrArray) last = get_page (check, "page-end", newest, 10);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallAnswer) greedy = NULL;
  g_autoptr (json_t) greedy_json = NULL;
  char *fault;

  if (two != NULL)
    check_rule (check, "page-limit", two->len == (guint) MIN (count, 2),
                g_strdup_printf ("%u events with limit=2", two->len));
  if (many != NULL)
    {
      fault = find_fault (many, oldest - 1);
      check_rule (check, "page-events", fault == NULL, fault);
      check_rule (check, "page-oldest",
                  count == 0 || (many->len > 0 && ((GsFeedItem *) many->pdata[0])->id == oldest),
                  g_strdup ("the first page does not begin with oldest_event"));
    }
  if (last != NULL)
    {
      fault = find_fault (last, newest);
      check_rule (check, "page-end", fault == NULL, fault);
    }
  greedy = check_send (check, "GET", "/v1/events?after=0&limit=1001", NULL, want_page, &error);
  greedy_json = check_load (greedy);
  check_rule (check, "page-limit-1000",
              greedy != NULL
                && (greedy->status >= 400
                    || (json_is_array (greedy_json) && json_array_size (greedy_json) <= 1000)),
              g_strdup ("more than 1,000 events in a page"));
}

/* ---- the live stream ---- */

static const StreamItem *
first_event (const Stream *stream)
{
  for (guint i = 0; i < stream->items->len; i++)
    if (!((StreamItem *) stream->items->pdata[i])->comment)
      return stream->items->pdata[i];
  return NULL;
}

/* The stream's frame: its id is the event's id, its event is the type in short. */
static char *
find_frame_fault (const Stream *stream)
{
  for (guint i = 0; i < stream->items->len; i++)
    {
      const StreamItem *item = stream->items->pdata[i];
      g_autoptr (GsFeedItem) parsed = NULL;
      gint64 id;

      if (item->comment)
        continue;
      id = item->id != NULL ? gs_cloud_event_parse_id (item->id, strlen (item->id)) : -1;
      parsed = gs_cloud_event_parse (item->raw, -1);
      if (parsed->kind != GS_FEED_ITEM_EVENT)
        return g_strdup_printf ("%s: %s", parsed->reason, parsed->error);
      if (parsed->id != id)
        return g_strdup_printf ("event %" G_GINT64_FORMAT " has the stream id %s", parsed->id,
                                item->id != NULL ? item->id : "none");
      if (g_strcmp0 (item->type, gs_event_type_to_word (parsed->event->type)) != 0)
        return g_strdup_printf ("event %" G_GINT64_FORMAT " is called %s", parsed->id, item->type);
    }
  return NULL;
}

static void
check_resume (Check *check)
{
  gint64 after = MAX (check->status->newest_event - 10, check->status->oldest_event - 1);
  guint count = (guint) (check->status->newest_event - after);
  g_autofree char *last_id = g_strdup_printf ("%" G_GINT64_FORMAT, after);
  g_autoptr (GPtrArray) page = NULL;
  Stream *stream;
  const StreamItem *first;
  char *fault;

  if (count == 0)
    {
      check_skip (check, "stream-resume", "the hall has no event yet");
      return;
    }
  stream = check_watch (check, last_id, check->status->epoch, 3000, count);
  check_rule (check, "stream-answers",
              stream->status == 200 && g_strcmp0 (stream->content_type, STREAM_TYPE) == 0,
              g_strdup_printf ("status %u, content type %s", stream->status,
                               stream->content_type != NULL ? stream->content_type : "none"));
  fault = find_frame_fault (stream);
  check_rule (check, "stream-frames", fault == NULL, fault);
  first = first_event (stream);
  page = get_page (check, "stream-resume", after, 1);
  if (page != NULL)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, after + 1);

      check_rule (check, "stream-resume", first != NULL && g_strcmp0 (first->id, id) == 0,
                  g_strdup_printf ("the stream after %" G_GINT64_FORMAT " begins with %s", after,
                                   first != NULL ? first->id : "nothing"));
      check_rule (check, "same-bytes",
                  first != NULL && page->len == 1
                    && g_bytes_equal (first->raw, ((GsFeedItem *) page->pdata[0])->raw),
                  g_strdup ("the page and the stream give other bytes for the same event"));
    }
  check_stream_free (stream);
}

static void
check_heartbeat (Check *check)
{
  Stream *stream;

  if (check->quick)
    {
      check_skip (check, "stream-heartbeat", "left out by --quick");
      return;
    }
  stream = check_watch (check, NULL, NULL, 5500, 0);
  check_rule (check, "stream-heartbeat",
              stream->status == 200 && stream->error == NULL && stream->items->len > 0
                && stream->silence_us <= HEARTBEAT_US + TOLERANCE_US,
              g_strdup_printf ("%.1f s without a byte", (double) stream->silence_us / 1e6));
  check_stream_free (stream);
}

/* A stream that must be refused with a problem. */
static void
check_refused_stream (
  Check *check, const char *rule, const char *last_id, const char *epoch, guint status)
{
  Stream *stream = check_watch (check, last_id, epoch, 3000, 0);
  char *detail = NULL;
  gboolean right =
    check_is_problem (stream->status, stream->content_type, stream->body, status, &detail);

  check_rule (check, rule, right, detail);
  check_stream_free (stream);
}

static void
check_refusals (Check *check)
{
  g_autofree char *ahead =
    g_strdup_printf ("%" G_GINT64_FORMAT, check->status->newest_event + 1000000);
  g_autofree char *gone = g_strdup_printf ("%" G_GINT64_FORMAT, check->status->oldest_event - 2);
  g_autofree char *newest = g_strdup_printf ("%" G_GINT64_FORMAT, check->status->newest_event);
  g_autofree char *epoch = gs_uuid_new ();

  check_refused_stream (check, "stream-ahead-409", ahead, check->status->epoch, 409);
  check_refused_stream (check, "stream-epoch-409", newest, epoch, 409);
  if (check->status->oldest_event >= 2)
    check_refused_stream (check, "stream-gone-410", gone, check->status->epoch, 410);
  else
    check_skip (check, "stream-gone-410", "the hall still keeps its first event");
}

/* ---- crossings ---- */

static void
check_snapshot (Check *check)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallAnswer) answer =
    check_send (check, "GET", "/v1/crossings?state=open", NULL, want_json, &error);
  g_autoptr (GsHallCrossings) list = NULL;
  g_autoptr (GsHallAnswer) other = NULL;
  g_autoptr (GsHallCrossing) crossing = NULL;
  g_autofree char *path = NULL;

  if (answer != NULL && gs_hall_answer_check (answer, 200, 200, "application/json", &error))
    list = gs_hall_crossings_parse (answer->body, &error);
  if (!check_rule (check, "snapshot", list != NULL, say (error)))
    return;
  check_rule (check, "snapshot-as-of-event", list->as_of_event >= check->status->newest_event,
              g_strdup ("as_of_event is missing or older than newest_event"));
  if (list->crossings->len == 0)
    {
      check_skip (check, "crossing", "no crossing is open");
      return;
    }
  path = g_strdup_printf ("/v1/crossings/%s",
                          ((GsHallCrossing *) list->crossings->pdata[0])->crossing->id);
  other = check_send (check, "GET", path, NULL, want_json, &error);
  if (other != NULL && gs_hall_answer_check (other, 200, 200, "application/json", &error))
    crossing = gs_hall_crossing_parse (other->body, &error);
  check_rule (check, "crossing",
              crossing != NULL && crossing->crossing->version > 0 && crossing->window_state != NULL
                && crossing->crossing->as_of_event > 0,
              error != NULL ? say (error) : g_strdup ("version, window or as_of_event is missing"));
}

static void
check_unknown (Check *check)
{
  g_autofree char *id = gs_uuid_new ();
  g_autofree char *crossing = g_strdup_printf ("/v1/crossings/%s", id);
  g_autofree char *evidence = g_strdup_printf ("/v1/crossings/%s/evidence/gate-face", id);
  const char *const paths[] = { crossing, evidence, "/v1/no-such-thing" };
  const char *const rules[] = { "unknown-crossing-404", "unknown-evidence-404",
                                "unknown-path-404" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallAnswer) lookup = NULL;
  g_autoptr (json_t) json = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GsHallAnswer) answer = check_send (check, "GET", paths[i], NULL, NULL, NULL);
      char *detail = NULL;
      gboolean right =
        answer != NULL
        && check_is_problem (answer->status, answer->content_type, answer->body, 404, &detail);

      check_rule (check, rules[i], right, detail);
    }
  lookup =
    check_send (check, "POST", "/v1/crossings/lookup",
                "{\"issuing_state\":\"UTO\",\"document_number\":\"ZZZZZZZZ0\"}", want_json, &error);
  json = check_load (lookup);
  check_rule (check, "lookup-nothing",
              lookup != NULL && lookup->status == 200
                && json_is_array (json_object_get (json, "crossings"))
                && json_array_size (json_object_get (json, "crossings")) == 0,
              g_strdup ("a document that nobody has does not give an empty list"));
}

int
feed_check (GsHallAccess *access, const char *desk, gboolean as_json, gboolean quick)
{
  Check check = { .access = access, .as_json = as_json, .quick = quick };
  g_autoptr (GError) error = NULL;

  check.desk = desk != NULL ? g_strdup (desk) : gs_hall_access_dup_desk (access);
  check.session = gs_hall_access_make_session (access, 0, &error);
  if (check.session == NULL)
    {
      fprintf (stderr, "gateside-feed: %s\n", error->message);
      g_free (check.desk);
      return FEED_EXIT_FAILED;
    }
  if (check_status (&check))
    {
      check_stranger (&check);
      check_pages (&check);
      check_resume (&check);
      check_heartbeat (&check);
      check_refusals (&check);
      check_snapshot (&check);
      check_unknown (&check);
      check_desk_rules (&check);
    }
  if (!as_json)
    printf ("%u rules hold, %u do not, %u were not tried.\n", check.passed, check.failed,
            check.skipped);
  g_clear_pointer (&check.status, gs_hall_status_free);
  g_clear_object (&check.session);
  g_free (check.desk);
  return check.failed == 0 ? FEED_EXIT_OK : FEED_EXIT_FAILED;
}
