/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateside-feed-check.h"

#include "gs-cloud-event.h"
#include "gs-sse-parser.h"

#include <stdio.h>
#include <string.h>

#define TIMEOUT_MS 10000
#define ANSWER_LIMIT (64 * 1024 * 1024)

static void
print_rule (Check *check, const char *rule, const char *result, const char *detail)
{
  if (check->as_json)
    {
      json_t *json = json_object ();
      g_autofree char *text = NULL;

      gs_json_set_text (json, "rule", rule);
      gs_json_set_text (json, "result", result);
      gs_json_set_text (json, "detail", detail);
      text = gs_json_write (json);
      puts (text);
    }
  else
    printf ("%-8s %s%s%s\n", result, rule, detail != NULL ? ": " : "",
            detail != NULL ? detail : "");
  fflush (stdout);
}

gboolean
check_rule (Check *check, const char *rule, gboolean holds, char *detail)
{
  g_autofree char *owned = detail;

  if (holds)
    check->passed++;
  else
    check->failed++;
  print_rule (check, rule, holds ? "pass" : "fail", holds ? NULL : owned);
  return holds;
}

void
check_skip (Check *check, const char *rule, const char *why)
{
  check->skipped++;
  print_rule (check, rule, "skipped", why);
}

/* ---- one request ---- */

typedef struct
{
  GMainLoop *loop;
  GsHallAnswer *answer;
  GError *error;
} Wait;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->answer = gs_hall_fetch_finish (result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
set_headers (SoupMessage *message, const char *const *headers)
{
  SoupMessageHeaders *to = soup_message_get_request_headers (message);

  for (; headers != NULL && headers[0] != NULL; headers += 2)
    soup_message_headers_replace (to, headers[0], headers[1]);
}

GsHallAnswer *
check_send (Check *check,
            const char *method,
            const char *path,
            const char *body,
            const char *const *headers,
            GError **error)
{
  g_autoptr (SoupMessage) message = gs_hall_access_make_message (check->access, method, path);
  Wait wait = { g_main_loop_new (NULL, FALSE), NULL, NULL };

  set_headers (message, headers);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  gs_hall_fetch_async (check->session, message, ANSWER_LIMIT, TIMEOUT_MS, NULL, on_answer, &wait);
  g_main_loop_run (wait.loop);
  g_main_loop_unref (wait.loop);
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);
  return wait.answer;
}

json_t *
check_load (GsHallAnswer *answer)
{
  g_autofree char *why = NULL;
  gsize len;
  const char *bytes;

  if (answer == NULL)
    return NULL;
  bytes = g_bytes_get_data (answer->body, &len);
  return gs_json_load (bytes != NULL ? bytes : "", len, GS_JSON_DEPTH_LIMIT + 1, &why);
}

gboolean
check_is_problem (guint status, const char *content_type, GBytes *body, guint wanted, char **detail)
{
  g_autofree char *why = NULL;
  gsize len = 0;
  const char *bytes = body != NULL ? g_bytes_get_data (body, &len) : NULL;
  g_autoptr (json_t) json = NULL;

  if (status != wanted)
    {
      *detail = g_strdup_printf ("status %u instead of %u", status, wanted);
      return FALSE;
    }
  if (g_strcmp0 (content_type, "application/problem+json") != 0)
    {
      *detail = g_strdup_printf ("content type %s instead of application/problem+json",
                                 content_type != NULL ? content_type : "missing");
      return FALSE;
    }
  json = gs_json_load (bytes != NULL ? bytes : "", len, GS_JSON_DEPTH_LIMIT, &why);
  if (gs_json_text (json, "type") == NULL || gs_json_text (json, "title") == NULL
      || gs_json_integer (json, "status", 0) != status)
    {
      *detail = g_strdup ("the problem lacks type, title or the status");
      return FALSE;
    }
  return TRUE;
}

/* ---- the live stream ---- */

typedef struct
{
  Stream *seen;
  GMainLoop *loop;
  GCancellable *cancellable;
  GInputStream *input;
  GsSseParser *parser;
  guint count;
  guint events;
  gint64 last_us;
} Look;

static void
stream_item_free (gpointer data)
{
  StreamItem *item = data;

  g_free (item->id);
  g_free (item->type);
  g_bytes_unref (item->raw);
  g_free (item);
}

void
check_stream_free (Stream *stream)
{
  g_free (stream->content_type);
  g_free (stream->epoch);
  g_clear_pointer (&stream->body, g_bytes_unref);
  g_ptr_array_unref (stream->items);
  g_clear_error (&stream->error);
  g_free (stream);
}

static void
on_item (const GsSseItem *sse, void *user_data)
{
  Look *look = user_data;
  StreamItem *item;

  if (sse->kind == GS_SSE_RETRY)
    return;
  item = g_new0 (StreamItem, 1);
  item->comment = sse->kind == GS_SSE_COMMENT;
  item->id = sse->own_id ? g_strndup (sse->id, sse->id_len) : NULL;
  item->type = g_strndup (sse->type, sse->type_len);
  item->raw = g_bytes_new (sse->data, sse->data_len);
  if (!item->comment)
    look->events++;
  g_ptr_array_add (look->seen->items, item);
}

static void
on_stream_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *look = user_data;
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &look->seen->error);

  look->seen->silence_us = MAX (look->seen->silence_us, now - look->last_us);
  look->last_us = now;
  if (bytes != NULL && look->seen->status == SOUP_STATUS_OK)
    gs_sse_parser_feed (look->parser, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  else if (bytes != NULL && look->seen->body == NULL)
    look->seen->body = g_bytes_ref (bytes);
  if (bytes == NULL || g_bytes_get_size (bytes) == 0
      || (look->count > 0 && look->events >= look->count))
    {
      g_main_loop_quit (look->loop);
      return;
    }
  g_input_stream_read_bytes_async (look->input, 65536, G_PRIORITY_DEFAULT, look->cancellable,
                                   on_stream_read, look);
}

static void
on_stream_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *look = user_data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *type;

  look->input = soup_session_send_finish (SOUP_SESSION (source), result, &look->seen->error);
  if (look->input == NULL)
    {
      g_main_loop_quit (look->loop);
      return;
    }
  type = soup_message_headers_get_content_type (headers, NULL);
  look->seen->status = soup_message_get_status (message);
  look->seen->content_type = g_ascii_strdown (type != NULL ? type : "", -1);
  look->seen->epoch = g_strdup (soup_message_headers_get_one (headers, "Gateside-Epoch"));
  look->last_us = g_get_monotonic_time ();
  g_input_stream_read_bytes_async (look->input, 65536, G_PRIORITY_DEFAULT, look->cancellable,
                                   on_stream_read, look);
}

static gboolean
on_look_over (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

Stream *
check_watch (
  Check *check, const char *last_event_id, const char *epoch, guint milliseconds, guint count)
{
  const char *const headers[] = { "Accept",
                                  "text/event-stream",
                                  last_event_id != NULL ? "Last-Event-ID" : "X-Nothing",
                                  last_event_id != NULL ? last_event_id : "",
                                  epoch != NULL ? "Gateside-Epoch" : "X-Nothing",
                                  epoch != NULL ? epoch : "",
                                  NULL };
  g_autoptr (SoupMessage) message =
    gs_hall_access_make_message (check->access, "GET", "/v1/events");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Stream *seen = g_new0 (Stream, 1);
  Look look = { .seen = seen, .cancellable = cancellable, .count = count };
  g_autoptr (GSource) timer = g_timeout_source_new (milliseconds);

  seen->items = g_ptr_array_new_with_free_func (stream_item_free);
  set_headers (message, headers);
  look.loop = g_main_loop_new (NULL, FALSE);
  look.parser = gs_sse_parser_new (GS_CLOUD_EVENT_LIMIT, on_item, &look);
  g_source_set_callback (timer, on_look_over, cancellable, NULL);
  g_source_attach (timer, NULL);
  soup_session_send_async (check->session, message, G_PRIORITY_DEFAULT, cancellable, on_stream_sent,
                           &look);
  g_main_loop_run (look.loop);
  g_source_destroy (timer);
  if (g_error_matches (seen->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_error (&seen->error);
  g_clear_object (&look.input);
  gs_sse_parser_free (look.parser);
  g_main_loop_unref (look.loop);
  return seen;
}
