/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-service-private.h"

#include <string.h>

#define HEARTBEAT_US (2 * G_USEC_PER_SEC)
#define LONGEST_CHUNK 65536
#define LONGEST_PAGE 1000
#define DEFAULT_PAGE 500

/* One live stream. A chunk is appended only when the one before is written, so that a slow reader
 * costs nothing but its own delay. */
typedef struct
{
  GsSimService *service;
  SoupServerMessage *message;
  gint64 next_id;
  gint64 sent_monotonic_us;
  gboolean writing;
  gboolean ended;
  GString *injected;
} GsSimStream;

void
gs_sim_service_stream_free (gpointer data)
{
  GsSimStream *stream = data;

  g_signal_handlers_disconnect_by_data (stream->message, stream);
  g_object_unref (stream->message);
  g_string_free (stream->injected, TRUE);
  g_free (stream);
}

/* ---- what is sent ---- */

/* "crossing.referred" out of the event's own text. */
static void
append_type (GString *chunk, const char *json)
{
  static const char start[] = "\"type\":\"org.gateside.";
  const char *type = strstr (json, start);
  const char *end = type == NULL ? NULL : strstr (type, ".v1\"");

  if (end != NULL)
    g_string_append_len (chunk, type + strlen (start), end - type - (gssize) strlen (start));
}

static void
append_event (GString *chunk, gint64 id, const char *json, gsize length, GsSimDamage damage)
{
  g_string_append_printf (chunk, "id: %" G_GINT64_FORMAT "\nevent: ", id);
  append_type (chunk, json);
  g_string_append (chunk, "\ndata: ");
  if (damage == GS_SIM_DAMAGE_GARBAGE)
    {
      g_string_append_len (chunk, json, (gssize) length / 2);
      g_string_append (chunk, "\x01\x02\xff\xfe}}]{\"\\u00");
    }
  else if (damage == GS_SIM_DAMAGE_BAD_JSON)
    g_string_append (chunk, "{\"specversion\": \"1.0\", \"id\": [}");
  else
    g_string_append_len (chunk, json, (gssize) length);
  g_string_append (chunk, "\n\n");
}

/* Adds the event and what its damage asks for; returns the id to go on with, or id itself when the
 * successor must come first and is not there yet. */
static gint64
append_next (GsSimStream *stream, GString *chunk, gint64 id, gint64 newest)
{
  GsSimLog *log = gs_sim_hall_get_log (stream->service->hall);
  GsSimDamage damage = gs_sim_faults_get_damage (stream->service->faults, id);
  gsize length, other_length;
  g_autofree char *json = gs_sim_log_read (log, id, &length);
  g_autofree char *other = NULL;

  if (json == NULL || damage == GS_SIM_DAMAGE_DROP)
    return id + 1;
  if (damage != GS_SIM_DAMAGE_REORDER)
    {
      append_event (chunk, id, json, length, damage);
      if (damage == GS_SIM_DAMAGE_DUPLICATE)
        append_event (chunk, id, json, length, damage);
      return id + 1;
    }
  if (id >= newest)
    return id;
  other = gs_sim_log_read (log, id + 1, &other_length);
  if (other != NULL)
    append_event (chunk, id + 1, other, other_length, GS_SIM_DAMAGE_NONE);
  append_event (chunk, id, json, length, GS_SIM_DAMAGE_NONE);
  return id + 2;
}

static void
fill_chunk (GsSimStream *stream, GString *chunk)
{
  gint64 newest = gs_sim_log_get_newest (gs_sim_hall_get_log (stream->service->hall));

  if (stream->injected->len > 0)
    {
      g_string_append_len (chunk, stream->injected->str, (gssize) stream->injected->len);
      g_string_truncate (stream->injected, 0);
    }
  while (stream->next_id <= newest && chunk->len < LONGEST_CHUNK)
    {
      gint64 next = append_next (stream, chunk, stream->next_id, newest);

      if (next == stream->next_id)
        break;
      stream->next_id = next;
    }
  if (chunk->len == 0 && g_get_monotonic_time () - stream->sent_monotonic_us >= HEARTBEAT_US)
    g_string_append (chunk, ": hb\n\n");
}

static void
write_chunk (GsSimStream *stream, GString *chunk)
{
  GBytes *bytes = g_string_free_to_bytes (chunk);

  stream->writing = TRUE;
  stream->sent_monotonic_us = g_get_monotonic_time ();
  soup_message_body_append_bytes (soup_server_message_get_response_body (stream->message), bytes);
  soup_server_message_unpause (stream->message);
  g_bytes_unref (bytes);
}

static void
flush_stream (GsSimStream *stream)
{
  GString *chunk;

  if (stream->writing || stream->ended || gs_sim_faults_is_silent (stream->service->faults))
    return;
  chunk = g_string_sized_new (1024);
  fill_chunk (stream, chunk);
  if (chunk->len == 0)
    g_string_free (chunk, TRUE);
  else
    write_chunk (stream, chunk);
}

void
gs_sim_service_flush_streams (GsSimService *self)
{
  for (guint i = self->streams->len; i > 0; i--)
    flush_stream (g_ptr_array_index (self->streams, i - 1));
}

static void
on_wrote_chunk (SoupServerMessage *message, gpointer user_data)
{
  GsSimStream *stream = user_data;

  stream->writing = FALSE;
  flush_stream (stream);
}

static void
on_finished (SoupServerMessage *message, gpointer user_data)
{
  GsSimStream *stream = user_data;

  g_ptr_array_remove_fast (stream->service->streams, stream);
}

void
gs_sim_service_inject (GsSimService *self, const char *text)
{
  for (guint i = 0; i < self->streams->len; i++)
    g_string_append (((GsSimStream *) g_ptr_array_index (self->streams, i))->injected, text);
  gs_sim_service_flush_streams (self);
}

void
gs_sim_service_cut (GsSimService *self, gboolean clean)
{
  for (guint i = self->streams->len; i > 0; i--)
    {
      GsSimStream *stream = g_ptr_array_index (self->streams, i - 1);
      GSocket *socket = soup_server_message_get_socket (stream->message);

      stream->ended = TRUE;
      if (clean)
        soup_message_body_complete (soup_server_message_get_response_body (stream->message));
      else
        {
          if (socket != NULL)
            g_socket_shutdown (socket, TRUE, TRUE, NULL);
          /* The server notices only when it writes. */
          soup_message_body_append (soup_server_message_get_response_body (stream->message),
                                    SOUP_MEMORY_STATIC, ":\n", 2);
        }
      soup_server_message_unpause (stream->message);
    }
}

/* ---- the resource ---- */

/* A number out of text; FALSE when it is none from 0 up. */
static gboolean
read_number (const char *text, gint64 *value)
{
  return text != NULL && *text != '\0'
         && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, (guint64 *) value, NULL);
}

/* NULL when events after id can be given. */
static GsSimReply *
check_cursor (GsSimRequest *request, gint64 after)
{
  GsSimLog *log = gs_sim_hall_get_log (request->service->hall);
  json_t *extra = json_pack ("{s:s, s:I, s:I}", "epoch", gs_sim_log_get_epoch (log), "oldest_event",
                             (json_int_t) gs_sim_log_get_oldest (log), "newest_event",
                             (json_int_t) gs_sim_log_get_newest (log));

  if (after > gs_sim_log_get_newest (log))
    return gs_sim_reply_problem ("ahead-of-hall", NULL, extra);
  if (after < gs_sim_log_get_oldest (log) - 1)
    return gs_sim_reply_problem ("events-gone", NULL, extra);
  json_decref (extra);
  return NULL;
}

static void
answer_page (GsSimRequest *request)
{
  GsSimLog *log = gs_sim_hall_get_log (request->service->hall);
  const char *limit_text = g_hash_table_lookup (request->query, "limit");
  g_autoptr (GBytes) bytes = NULL;
  gint64 after, limit = DEFAULT_PAGE, count = 0;
  GsSimReply *problem;
  GString *page;

  if (!read_number (g_hash_table_lookup (request->query, "after"), &after)
      || (limit_text != NULL && !read_number (limit_text, &limit)) || limit < 1
      || limit > LONGEST_PAGE)
    {
      gs_sim_request_answer (
        request, gs_sim_reply_problem ("invalid-query",
                                       "after is a number from 0 up, limit 1 to 1000.", NULL));
      return;
    }
  problem = check_cursor (request, after);
  if (problem != NULL)
    {
      gs_sim_request_answer (request, problem);
      return;
    }
  page = g_string_new ("[");
  for (gint64 id = after + 1; id <= gs_sim_log_get_newest (log) && count < limit; id++)
    {
      gsize length;
      g_autofree char *json = gs_sim_log_read (log, id, &length);

      if (json == NULL)
        continue;
      if (count++ > 0)
        g_string_append_c (page, ',');
      g_string_append_len (page, json, (gssize) length);
    }
  g_string_append_c (page, ']');
  bytes = g_string_free_to_bytes (page);
  gs_sim_request_answer_bytes (request, 200, "application/cloudevents-batch+json", bytes);
}

static void
start_stream (GsSimRequest *request, gint64 next_id)
{
  GsSimService *self = request->service;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  SoupMessageBody *body = soup_server_message_get_response_body (request->message);
  GsSimStream *stream = g_new0 (GsSimStream, 1);

  stream->service = self;
  stream->message = g_object_ref (request->message);
  stream->next_id = next_id;
  stream->injected = g_string_new (NULL);
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_headers_set_content_type (headers, "text/event-stream", NULL);
  gs_sim_request_answer_bytes (request, 200, "text/event-stream", NULL);
  g_signal_connect (request->message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), stream);
  g_signal_connect (request->message, "finished", G_CALLBACK (on_finished), stream);
  g_ptr_array_add (self->streams, stream);
  stream->writing = TRUE;
  stream->sent_monotonic_us = g_get_monotonic_time ();
  soup_message_body_append (body, SOUP_MEMORY_STATIC, "retry: 1000\n\n", 13);
}

static gboolean
accepts (const char *accept, const char *type)
{
  return accept == NULL || strstr (accept, type) != NULL || strstr (accept, "*/*") != NULL;
}

void
gs_sim_service_handle_events (GsSimRequest *request)
{
  GsSimLog *log = gs_sim_hall_get_log (request->service->hall);
  const char *accept = gs_sim_request_get_header (request, "Accept");
  const char *last = gs_sim_request_get_header (request, "Last-Event-ID");
  gboolean page = request->query != NULL && g_hash_table_contains (request->query, "after");
  GsSimReply *problem = NULL;
  gint64 after = gs_sim_log_get_newest (log);

  if (!accepts (accept, page ? "application/cloudevents-batch+json" : "text/event-stream"))
    problem = gs_sim_reply_problem ("not-acceptable", NULL, NULL);
  else if (!page && last != NULL && !read_number (last, &after))
    problem = gs_sim_reply_problem ("invalid-query", "Last-Event-ID is a number from 0 up.", NULL);
  else if (!page)
    problem = check_cursor (request, after);

  if (problem != NULL)
    gs_sim_request_answer (request, problem);
  else if (page)
    answer_page (request);
  else
    start_stream (request, after + 1);
}
