/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-feed-link.h"

#include "gs-cloud-event.h"
#include "gs-feed-order.h"
#include "gs-hall-fetch.h"
#include "gs-hall-page.h"
#include "gs-hall-problem.h"
#include "gs-sse-parser.h"
#include "gs-time.h"

#include <string.h>

#define READ_SIZE (64 * 1024)
#define PAGE_LIMIT 1000
#define PAGE_BYTES (16 * 1024 * 1024)
#define ANSWER_TIMEOUT_MS 10000
#define DEAD_US (6 * G_USEC_PER_SEC)
#define BATCH_US (10 * 1000) /* between two hand-overs to the sink */
#define RETRY_DEFAULT_MS 1000
#define RETRY_LEAST_MS 100
#define RETRY_MOST_MS 30000

struct GsFeedLink
{
  gatomicrefcount ref_count;
  GsFeedLinkFuncs funcs;
  GsHallAccess *access;
  SoupSession *session;
  gboolean session_outdated; /* of an access that was replaced */
  GCancellable *connection;  /* of everything under way for this connection; NULL when waiting */
  gboolean closed;

  GsFeedOrder *order;
  char *epoch;
  gint64 newest; /* the hall's newest event when last told */
  guint page_limit;

  GInputStream *stream;
  GsSseParser *parser;
  gboolean reading;

  GSource *batch_timer;
  gint64 flushed_us; /* when the last hand-over began */
  GSource *dead_timer;
  GSource *retry_timer;
  gint64 retry_ms;

  GsFeedStatus status;
  gint64 last_byte_us;
};

static void connect_now (GsFeedLink *self);
static void fetch_page (GsFeedLink *self);
static void fetch_hole (GsFeedLink *self);
static void open_stream (GsFeedLink *self);
static void read_stream (GsFeedLink *self);

static GsFeedLink *
link_ref (GsFeedLink *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/* ---- state ---- */

static void
set_state (GsFeedLink *self, GsFeedState state, gint64 behind)
{
  GsFeedStatus *status = &self->status;

  if (status->state != state)
    {
      status->since_monotonic_us = g_get_monotonic_time ();
      status->since_utc_ms = g_get_real_time () / 1000;
    }
  else if (state != GS_FEED_STATE_DISCONNECTED && status->behind == behind)
    return;
  if (state == GS_FEED_STATE_LIVE)
    {
      status->error_code = 0;
      g_clear_pointer (&status->reason, g_free);
      status->lost_since_monotonic_us = 0;
    }
  if (state != GS_FEED_STATE_DISCONNECTED)
    status->next_try_monotonic_us = 0;
  status->state = state;
  status->behind = behind;
  self->funcs.state (status, self->funcs.user_data);
}

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_source_unref (*source);
  *source = NULL;
}

static gboolean
dispatch_timer (GSource *source, GSourceFunc func, gpointer data)
{
  g_source_set_ready_time (source, -1);
  return func (data);
}

/* A source that runs once each time its ready time is set. A GTimeoutSource would set its own time
 * again after each run. */
static GSource *
make_timer (GsFeedLink *self, GSourceFunc func)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_timer };
  GSource *source = g_source_new (&funcs, sizeof (GSource));

  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
drop_connection (GsFeedLink *self)
{
  if (self->connection != NULL)
    g_cancellable_cancel (self->connection);
  g_clear_object (&self->connection);
  g_clear_object (&self->stream);
  self->reading = FALSE;
  g_source_set_ready_time (self->dead_timer, -1);
  g_source_set_ready_time (self->batch_timer, -1);
}

/* Back-off: the hall's retry value, doubled per attempt, at most 30 s, and up to a quarter more, so
 * that many desks do not come back in the same moment. */
static gint64
next_delay_ms (GsFeedLink *self)
{
  gint64 delay = self->retry_ms;

  for (guint i = 0; i < self->status.attempts && delay < RETRY_MOST_MS; i++)
    delay *= 2;
  delay = MIN (delay, RETRY_MOST_MS);
  return delay + (gint64) (delay * 0.25 * g_random_double ());
}

/* Hands over what is whole and goes back to what the sink has accepted. */
static void
rewind_order (GsFeedLink *self)
{
  gs_feed_order_flush (self->order);
  gs_feed_order_rewind (self->order);
  g_free (self->epoch);
  self->epoch = g_strdup (gs_feed_order_get_epoch (self->order));
}

/* Everything that ends a connection ends here. error: taken over; NULL when the hall ended the
 * stream by itself. */
static void
lose_connection (GsFeedLink *self, GError *error)
{
  GsFeedStatus *status = &self->status;
  gint64 now = g_get_monotonic_time ();

  drop_connection (self);
  rewind_order (self);
  if (status->lost_since_monotonic_us == 0)
    status->lost_since_monotonic_us = self->last_byte_us != 0 ? self->last_byte_us : now;
  g_free (status->reason);
  status->reason = g_strdup (error != NULL ? error->message : "The hall ended the stream");
  status->error_code = error != NULL && error->domain == GS_HALL_ERROR ? error->code : 0;
  status->next_try_monotonic_us = now + next_delay_ms (self) * 1000;
  status->attempts++;
  g_source_set_ready_time (self->retry_timer, status->next_try_monotonic_us);
  set_state (self, GS_FEED_STATE_DISCONNECTED, 0);
  g_clear_error (&error);
}

/* The sink has refused a batch. */
static void
lose_by_sink (GsFeedLink *self)
{
  lose_connection (self,
                   g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The events could not be stored"));
}

/* TRUE when an answer belongs to a connection that was dropped meanwhile; drops it. */
static gboolean
is_stale (GsFeedLink *self, GError **error)
{
  if (!self->closed && self->connection != NULL
      && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  g_clear_error (error);
  return TRUE;
}

static SoupMessage *
make_message (GsFeedLink *self, const char *path, const char *accept)
{
  SoupMessage *message = gs_hall_access_make_message (self->access, "GET", path);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "Accept", accept);
  if (self->epoch != NULL)
    soup_message_headers_replace (headers, "Gateside-Epoch", self->epoch);
  return message;
}

/* ---- status ---- */

static void
push_reset (GsFeedLink *self, GsFeedReset reset, gint64 cursor)
{
  GsFeedItem *item = gs_feed_item_new (GS_FEED_ITEM_RESET, cursor);

  item->reset = reset;
  item->epoch = g_strdup (self->epoch);
  gs_feed_order_push (self->order, item);
}

/* Brings our count in line with the hall's: first start, new epoch, ahead, or gone. */
static void
align (GsFeedLink *self, const GsHallStatus *status)
{
  gint64 cursor = gs_feed_order_get_cursor (self->order);
  gboolean first = self->epoch == NULL;

  if (first || g_strcmp0 (self->epoch, status->epoch) != 0)
    {
      g_free (self->epoch);
      self->epoch = g_strdup (status->epoch);
      if (!first || cursor == 0)
        cursor = MAX (status->oldest_event - 1, 0);
      push_reset (self, first ? GS_FEED_RESET_FIRST : GS_FEED_RESET_EPOCH, cursor);
    }
  if (cursor > status->newest_event)
    push_reset (self, GS_FEED_RESET_AHEAD, status->newest_event);
  else if (cursor < status->oldest_event - 1)
    {
      push_reset (self, GS_FEED_RESET_GONE, cursor);
      gs_feed_order_push_gap (self->order, cursor + 1, status->oldest_event - 1);
    }
}

static void
on_status (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GsFeedLink *self = user_data;
  GError *error = NULL;
  g_autoptr (GsHallAnswer) answer = gs_hall_fetch_finish (result, &error);
  g_autoptr (GsHallStatus) status = NULL;

  if (is_stale (self, &error))
    goto out;
  if (answer != NULL && gs_hall_answer_check (answer, 200, 200, "application/json", &error))
    status = gs_hall_status_parse (answer->body, &error);
  if (status == NULL)
    {
      lose_connection (self, error);
      goto out;
    }
  status->sent_monotonic_us = answer->sent_monotonic_us;
  status->received_monotonic_us = answer->received_monotonic_us;
  self->funcs.hall (status, self->funcs.user_data);
  self->newest = status->newest_event;
  align (self, status);
  if (!gs_feed_order_flush (self->order))
    lose_by_sink (self);
  else if (self->newest > gs_feed_order_get_cursor (self->order))
    fetch_page (self);
  else
    open_stream (self);
out:
  gs_feed_link_unref (self);
}

static void
connect_now (GsFeedLink *self)
{
  g_autoptr (SoupMessage) message = NULL;
  GError *error = NULL;

  g_source_set_ready_time (self->retry_timer, -1);
  drop_connection (self);
  self->connection = g_cancellable_new ();
  set_state (self, GS_FEED_STATE_CONNECTING, 0);
  if (self->session_outdated)
    g_clear_object (&self->session);
  self->session_outdated = FALSE;
  if (self->session == NULL)
    self->session = gs_hall_access_make_session (self->access, 0, &error);
  if (self->session == NULL)
    {
      lose_connection (self, error);
      return;
    }
  message = gs_hall_access_make_message (self->access, "GET", "/v1/status");
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "application/json");
  gs_hall_fetch_async (self->session, message, PAGE_BYTES, ANSWER_TIMEOUT_MS, self->connection,
                       on_status, link_ref (self));
}

/* ---- catch-up pages ---- */

/* A page that cannot be cut into events is asked for in smaller pieces, and the one event that
 * breaks it is kept as it came: nothing that the hall sends may stop the feed. */
static void
take_broken_page (GsFeedLink *self, GBytes *body)
{
  gint64 next = gs_feed_order_get_ahead (self->order) + 1;
  g_autoptr (GBytes) raw = NULL;

  if (self->page_limit > 1)
    {
      self->page_limit = MAX (self->page_limit / 8, 1);
      return;
    }
  raw = body != NULL
          ? g_bytes_new_from_bytes (body, 0, MIN (g_bytes_get_size (body), GS_CLOUD_EVENT_LIMIT))
          : g_bytes_new_static ("", 0);
  gs_feed_order_push (self->order, gs_cloud_event_quarantine (raw, next, GS_FEED_BAD_JSON,
                                                              "the page is no JSON array"));
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GsFeedLink *self = user_data;
  GError *error = NULL;
  g_autoptr (GsHallAnswer) answer = gs_hall_fetch_finish (result, &error);
  g_autoptr (GPtrArray) items = NULL;
  gint64 before = gs_feed_order_get_ahead (self->order);

  if (is_stale (self, &error))
    goto out;
  if (answer == NULL
      || !gs_hall_answer_check (answer, 200, 200, "application/cloudevents-batch+json", &error))
    {
      lose_connection (self, error);
      goto out;
    }
  items = gs_hall_page_parse (answer->body, before, NULL);
  if (items == NULL)
    take_broken_page (self, answer->body);
  else
    {
      self->page_limit = MIN (self->page_limit * 2, PAGE_LIMIT);
      gs_feed_order_push_page (self->order, items, G_MAXINT64);
    }
  if (!gs_feed_order_flush (self->order))
    lose_by_sink (self);
  else if (items != NULL
           && (items->len == 0 || gs_feed_order_get_ahead (self->order) == before
               || gs_feed_order_get_ahead (self->order) >= self->newest))
    open_stream (self);
  else
    fetch_page (self);
out:
  gs_feed_link_unref (self);
}

static void
fetch_page (GsFeedLink *self)
{
  gint64 after = gs_feed_order_get_ahead (self->order);
  g_autofree char *path =
    g_strdup_printf ("/v1/events?after=%" G_GINT64_FORMAT "&limit=%u", after, self->page_limit);
  g_autoptr (SoupMessage) message = make_message (self, path, "application/cloudevents-batch+json");

  set_state (self, GS_FEED_STATE_CATCHING_UP, MAX (self->newest - after, 1));
  gs_hall_fetch_async (self->session, message, PAGE_BYTES, ANSWER_TIMEOUT_MS, self->connection,
                       on_page, link_ref (self));
}

/* ---- a hole in the live stream ---- */

/* The first event after a pause goes on at once; what follows it closely waits for its turn, so
 * that a burst is stored by the dozen and a single event is not held back. */
static void
go_on (GsFeedLink *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 due = self->flushed_us + BATCH_US;
  gint64 first, last;

  if (gs_feed_order_is_full (self->order) || (now >= due && !gs_feed_order_is_empty (self->order)))
    {
      self->flushed_us = now;
      if (!gs_feed_order_flush (self->order))
        {
          lose_by_sink (self);
          return;
        }
    }
  g_source_set_ready_time (self->batch_timer, gs_feed_order_is_empty (self->order) ? -1 : due);
  if (gs_feed_order_get_hole (self->order, &first, &last))
    fetch_hole (self);
  else
    read_stream (self);
}

static void
on_hole (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GsFeedLink *self = user_data;
  GError *error = NULL;
  g_autoptr (GsHallAnswer) answer = gs_hall_fetch_finish (result, &error);
  g_autoptr (GPtrArray) items = NULL;
  gint64 first, last;

  if (is_stale (self, &error))
    goto out;
  if (answer != NULL
      && gs_hall_answer_check (answer, 200, 200, "application/cloudevents-batch+json", &error))
    items = gs_hall_page_parse (answer->body, gs_feed_order_get_ahead (self->order), &error);
  if (items == NULL)
    {
      /* Connecting anew pages from the last stored event, which knows what to do. */
      lose_connection (self, error);
      goto out;
    }
  if (gs_feed_order_get_hole (self->order, &first, &last))
    {
      gs_feed_order_push_page (self->order, items, last);
      /* A page shorter than what was asked for says that the hall has no more. */
      if (gs_feed_order_get_ahead (self->order) < last
          && items->len < MIN (last - first + 1, PAGE_LIMIT))
        gs_feed_order_push_gap (self->order, gs_feed_order_get_ahead (self->order) + 1, last);
      /* A full page without any progress would be asked for for ever. */
      if (gs_feed_order_get_ahead (self->order) < first)
        gs_feed_order_push_gap (self->order, first, last);
      gs_feed_order_drain (self->order);
    }
  go_on (self);
out:
  gs_feed_link_unref (self);
}

static void
fetch_hole (GsFeedLink *self)
{
  gint64 first = 0, last = 0;
  g_autofree char *path = NULL;
  g_autoptr (SoupMessage) message = NULL;

  gs_feed_order_get_hole (self->order, &first, &last);
  path = g_strdup_printf ("/v1/events?after=%" G_GINT64_FORMAT "&limit=%d", first - 1,
                          (int) MIN (last - first + 1, PAGE_LIMIT));
  message = make_message (self, path, "application/cloudevents-batch+json");
  gs_hall_fetch_async (self->session, message, PAGE_BYTES, ANSWER_TIMEOUT_MS, self->connection,
                       on_hole, link_ref (self));
}

/* ---- the stream ---- */

static void
on_sse_item (const GsSseItem *sse, void *user_data)
{
  GsFeedLink *self = user_data;
  g_autoptr (GBytes) raw = NULL;
  gint64 id;

  if (sse->kind == GS_SSE_RETRY)
    {
      self->retry_ms = CLAMP (sse->retry_ms, RETRY_LEAST_MS, RETRY_MOST_MS);
      return;
    }
  if (sse->kind == GS_SSE_COMMENT)
    return;
  id = sse->own_id ? gs_cloud_event_parse_id (sse->id, sse->id_len) : -1;
  raw = g_bytes_new (sse->data, sse->data_len);
  if (sse->kind == GS_SSE_TOO_LONG)
    gs_feed_order_queue (
      self->order, gs_cloud_event_quarantine (raw, id, GS_FEED_BAD_TOO_LONG, "longer than 1 MiB"));
  else
    gs_feed_order_queue (self->order, gs_cloud_event_parse (raw, id));
}

static void
note_bytes (GsFeedLink *self)
{
  self->last_byte_us = g_get_monotonic_time ();
  self->status.attempts = 0;
  self->funcs.byte (self->last_byte_us, self->funcs.user_data);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GsFeedLink *self = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (is_stale (self, &error) || G_INPUT_STREAM (source) != self->stream)
    {
      g_clear_error (&error);
      goto out;
    }
  self->reading = FALSE;
  g_source_set_ready_time (self->dead_timer, -1);
  if (bytes == NULL)
    {
      g_prefix_error (&error, "The stream was cut: ");
      lose_connection (self, error);
    }
  else if (g_bytes_get_size (bytes) == 0)
    lose_connection (self, NULL);
  else
    {
      note_bytes (self);
      gs_sse_parser_feed (self->parser, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      gs_feed_order_drain (self->order);
      go_on (self);
    }
out:
  gs_feed_link_unref (self);
}

static void
read_stream (GsFeedLink *self)
{
  if (self->reading || self->stream == NULL)
    return;
  self->reading = TRUE;
  g_source_set_ready_time (self->dead_timer, g_get_monotonic_time () + DEAD_US);
  g_input_stream_read_bytes_async (self->stream, READ_SIZE, G_PRIORITY_DEFAULT, self->connection,
                                   on_read, link_ref (self));
}

static void
on_stream (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GsFeedLink *self = user_data;
  GError *error = NULL;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GInputStream) stream =
    soup_session_send_finish (SOUP_SESSION (source), result, &error);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *type;

  if (is_stale (self, &error))
    goto out;
  g_source_set_ready_time (self->dead_timer, -1);
  if (stream == NULL)
    {
      lose_connection (self, gs_hall_access_explain (message, error));
      goto out;
    }
  type = soup_message_headers_get_content_type (headers, NULL);
  if (soup_message_get_status (message) != SOUP_STATUS_OK)
    lose_connection (
      self, gs_hall_problem_to_error (soup_message_get_status (message), NULL, NULL,
                                      soup_message_headers_get_one (headers, "Gateside-Epoch")));
  else if (type == NULL || g_ascii_strcasecmp (type, "text/event-stream") != 0)
    lose_connection (self, g_error_new (GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL,
                                        "The stream is no text/event-stream"));
  else
    {
      self->stream = g_steal_pointer (&stream);
      gs_sse_parser_reset (self->parser);
      self->last_byte_us = g_get_monotonic_time ();
      self->funcs.byte (self->last_byte_us, self->funcs.user_data);
      set_state (self, GS_FEED_STATE_LIVE, 0);
      read_stream (self);
    }
out:
  gs_feed_link_unref (self);
}

static void
open_stream (GsFeedLink *self)
{
  g_autoptr (SoupMessage) message = make_message (self, "/v1/events", "text/event-stream");
  g_autofree char *after =
    g_strdup_printf ("%" G_GINT64_FORMAT, gs_feed_order_get_cursor (self->order));

  soup_message_headers_replace (soup_message_get_request_headers (message), "Last-Event-ID", after);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Cache-Control",
                                "no-store");
  g_source_set_ready_time (self->dead_timer, g_get_monotonic_time () + DEAD_US);
  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, self->connection, on_stream,
                           link_ref (self));
}

/* ---- timers ---- */

static gboolean
on_batch (gpointer user_data)
{
  GsFeedLink *self = user_data;

  self->flushed_us = g_get_monotonic_time ();
  if (!gs_feed_order_flush (self->order))
    lose_by_sink (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_dead (gpointer user_data)
{
  GsFeedLink *self = user_data;

  lose_connection (
    self, g_error_new (GS_HALL_ERROR, GS_HALL_ERROR_UNREACHABLE, "No byte from the hall for 6 s"));
  return G_SOURCE_CONTINUE;
}

static gboolean
on_retry (gpointer user_data)
{
  connect_now (user_data);
  return G_SOURCE_CONTINUE;
}

/* ---- for the client ---- */

GsFeedLink *
gs_feed_link_new (GsHallAccess *access,
                  const GsFeedLinkFuncs *funcs,
                  gint64 cursor,
                  const char *epoch)
{
  GsFeedLink *self = g_new0 (GsFeedLink, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->access = gs_hall_access_ref (access);
  self->funcs = *funcs;
  self->epoch = g_strdup (epoch);
  self->order = gs_feed_order_new (funcs->sink, funcs->user_data, cursor, epoch);
  self->page_limit = PAGE_LIMIT;
  self->retry_ms = RETRY_DEFAULT_MS;
  self->status.state = GS_FEED_STATE_STOPPED;
  self->parser = gs_sse_parser_new (GS_CLOUD_EVENT_LIMIT, on_sse_item, self);
  if (self->parser == NULL)
    g_error ("No memory for the stream's parser");
  self->batch_timer = make_timer (self, on_batch);
  self->dead_timer = make_timer (self, on_dead);
  self->retry_timer = make_timer (self, on_retry);
  return self;
}

void
gs_feed_link_start (GsFeedLink *self)
{
  connect_now (self);
}

void
gs_feed_link_try_now (GsFeedLink *self)
{
  if (!self->closed && self->status.state == GS_FEED_STATE_DISCONNECTED)
    connect_now (self);
}

void
gs_feed_link_set_access (GsFeedLink *self, GsHallAccess *access, gboolean reconnect)
{
  gs_hall_access_ref (access);
  gs_hall_access_unref (self->access);
  self->access = access;
  self->session_outdated = TRUE;
  if (!reconnect || self->closed)
    return;
  rewind_order (self);
  connect_now (self);
}

void
gs_feed_link_close (GsFeedLink *self)
{
  self->closed = TRUE;
  drop_connection (self);
  clear_source (&self->batch_timer);
  clear_source (&self->dead_timer);
  clear_source (&self->retry_timer);
  g_clear_object (&self->session);
}

gboolean
gs_feed_link_is_busy (GsFeedLink *self)
{
  return g_atomic_int_get (&self->ref_count) > 1;
}

void
gs_feed_link_unref (GsFeedLink *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->stream);
  g_clear_object (&self->session);
  g_clear_object (&self->connection);
  gs_feed_order_free (self->order);
  gs_sse_parser_free (self->parser);
  gs_hall_access_unref (self->access);
  g_free (self->status.reason);
  g_free (self->epoch);
  g_free (self);
}
