/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-fake-feed.h"

#include <string.h>

typedef struct
{
  gint64 id;
  char *raw;
} Entry;

struct GsFakeFeed
{
  SoupServer *server;
  char *epoch;
  gint64 oldest;
  GPtrArray *log;     /* Entry, ids growing */
  GPtrArray *streams; /* SoupServerMessage */
  guint stream_status;
  char *stream_type;
  gboolean pages_work;
  guint connects;
  guint pages;
  gint64 last_event_id;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->raw);
  g_free (entry);
}

char *
gs_fake_feed_make_event (gint64 id, const char *crossing)
{
  return g_strdup_printf (
    "{\"specversion\":\"1.0\",\"id\":\"%" G_GINT64_FORMAT "\",\"source\":\"https://hall.test/\","
    "\"type\":\"org.gateside.crossing.started.v1\",\"subject\":\"%s\","
    "\"time\":\"2026-11-23T10:00:00.000Z\",\"datacontenttype\":\"application/json\","
    "\"data\":{\"gate\":\"gate-1\",\"direction\":\"arrival\",\"party\":null}}",
    id, crossing != NULL ? crossing : "6f2c8a52-2f0b-4c1c-9d6e-0a6a5f3c7b11");
}

static void
reply (SoupServerMessage *message, guint status, const char *type, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
}

static void
handle_status (SoupServer *server,
               SoupServerMessage *message,
               const char *path,
               GHashTable *query,
               gpointer user_data)
{
  GsFakeFeed *self = user_data;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.000Z");
  gint64 newest =
    self->log->len > 0 ? ((Entry *) self->log->pdata[self->log->len - 1])->id : self->oldest - 1;
  g_autofree char *body = g_strdup_printf (
    "{\"hall\":\"Test\",\"direction\":\"arrival\",\"port\":\"UTP\",\"time_zone\":\"Asia/Tokyo\","
    "\"gates\":[{\"id\":\"gate-1\",\"name\":\"1\",\"state\":\"free\",\"since\":\"%s\","
    "\"camera\":null}],\"epoch\":\"%s\",\"oldest_event\":%" G_GINT64_FORMAT
    ",\"newest_event\":%" G_GINT64_FORMAT
    ",\"closing_events\":{\"customs\":true,\"boarded\":false,\"usual_delay_seconds\":4},"
    "\"server_time\":\"%s\",\"clock\":{\"synchronised\":true,\"error_seconds\":0.003},"
    "\"versions\":{}}",
    time, self->epoch, self->oldest, newest, time);

  reply (message, 200, "application/json", body);
}

static void
on_stream_finished (SoupServerMessage *message, gpointer user_data)
{
  GsFakeFeed *self = user_data;

  g_ptr_array_remove (self->streams, message);
}

static void
send_text (SoupServerMessage *message, const char *text)
{
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_COPY, text,
                            strlen (text));
  soup_server_message_unpause (message);
}

static char *
frame (const Entry *entry)
{
  return g_strdup_printf ("id: %" G_GINT64_FORMAT "\nevent: crossing.started\ndata: %s\n\n",
                          entry->id, entry->raw);
}

static void
handle_stream (GsFakeFeed *self, SoupServerMessage *message)
{
  const char *last = soup_message_headers_get_one (
    soup_server_message_get_request_headers (message), "Last-Event-ID");
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  self->connects++;
  self->last_event_id = last != NULL ? g_ascii_strtoll (last, NULL, 10) : -1;
  if (self->stream_status != 0)
    {
      reply (message, self->stream_status, "application/problem+json",
             "{\"type\":\"urn:gateside:problem:test\"}");
      return;
    }
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_headers_replace (headers, "Content-Type", self->stream_type);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_ptr_array_add (self->streams, g_object_ref (message));
  g_signal_connect (message, "finished", G_CALLBACK (on_stream_finished), self);
  send_text (message, "retry: 100\n\n");
  for (guint i = 0; i < self->log->len; i++)
    {
      const Entry *entry = self->log->pdata[i];

      if (self->last_event_id >= 0 && entry->id > self->last_event_id)
        {
          g_autofree char *text = frame (entry);

          send_text (message, text);
        }
    }
}

static void
handle_page (GsFakeFeed *self, SoupServerMessage *message, GHashTable *query)
{
  gint64 after = g_ascii_strtoll (g_hash_table_lookup (query, "after"), NULL, 10);
  const char *limit_text = g_hash_table_lookup (query, "limit");
  guint limit = limit_text != NULL ? (guint) g_ascii_strtoull (limit_text, NULL, 10) : 1000;
  g_autoptr (GString) body = g_string_new ("[");
  guint count = 0;

  self->pages++;
  if (!self->pages_work)
    {
      reply (message, 503, "application/problem+json",
             "{\"type\":\"urn:gateside:problem:unavailable\"}");
      return;
    }
  for (guint i = 0; i < self->log->len && count < limit; i++)
    {
      const Entry *entry = self->log->pdata[i];

      if (entry->id <= after)
        continue;
      g_string_append_printf (body, "%s%s", count++ > 0 ? "," : "", entry->raw);
    }
  g_string_append (body, "]");
  reply (message, 200, "application/cloudevents-batch+json", body->str);
}

static void
handle_events (SoupServer *server,
               SoupServerMessage *message,
               const char *path,
               GHashTable *query,
               gpointer user_data)
{
  if (query != NULL && g_hash_table_contains (query, "after"))
    handle_page (user_data, message, query);
  else
    handle_stream (user_data, message);
}

GsFakeFeed *
gs_fake_feed_new (void)
{
  GsFakeFeed *self = g_new0 (GsFakeFeed, 1);
  g_autoptr (GError) error = NULL;

  self->epoch = g_strdup ("0d9a2f5e-8a43-4f0e-9d51-3e2b1c0a9f77");
  self->oldest = 1;
  self->log = g_ptr_array_new_with_free_func (entry_free);
  self->streams = g_ptr_array_new_with_free_func (g_object_unref);
  self->stream_type = g_strdup ("text/event-stream");
  self->pages_work = TRUE;
  self->last_event_id = -1;
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, "/v1/status", handle_status, self, NULL);
  soup_server_add_handler (self->server, "/v1/events", handle_events, self, NULL);
  if (!soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    g_error ("The fake hall cannot listen: %s", error->message);
  return self;
}

void
gs_fake_feed_free (GsFakeFeed *self)
{
  for (guint i = 0; i < self->streams->len; i++)
    g_signal_handlers_disconnect_by_data (self->streams->pdata[i], self);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_ptr_array_unref (self->streams);
  g_ptr_array_unref (self->log);
  g_free (self->stream_type);
  g_free (self->epoch);
  g_free (self);
}

char *
gs_fake_feed_get_url (GsFakeFeed *self)
{
  GSList *uris = soup_server_get_uris (self->server);
  char *url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return url;
}

void
gs_fake_feed_set_epoch (GsFakeFeed *self, const char *epoch)
{
  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  g_ptr_array_set_size (self->log, 0);
}

void
gs_fake_feed_set_oldest (GsFakeFeed *self, gint64 oldest)
{
  self->oldest = oldest;
}

void
gs_fake_feed_set_stream_status (GsFakeFeed *self, guint status)
{
  self->stream_status = status;
}

void
gs_fake_feed_set_stream_type (GsFakeFeed *self, const char *content_type)
{
  g_free (self->stream_type);
  self->stream_type = g_strdup (content_type);
}

void
gs_fake_feed_set_pages (GsFakeFeed *self, gboolean work)
{
  self->pages_work = work;
}

void
gs_fake_feed_add (GsFakeFeed *self, gint64 id, const char *raw, gboolean live)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->id = id;
  entry->raw = raw != NULL ? g_strdup (raw) : gs_fake_feed_make_event (id, NULL);
  g_ptr_array_add (self->log, entry);
  if (live)
    {
      g_autofree char *text = frame (entry);

      gs_fake_feed_send (self, text);
    }
}

void
gs_fake_feed_send (GsFakeFeed *self, const char *bytes)
{
  for (guint i = 0; i < self->streams->len; i++)
    send_text (self->streams->pdata[i], bytes);
}

void
gs_fake_feed_end_streams (GsFakeFeed *self)
{
  for (guint i = 0; i < self->streams->len; i++)
    {
      soup_message_body_complete (soup_server_message_get_response_body (self->streams->pdata[i]));
      soup_server_message_unpause (self->streams->pdata[i]);
    }
}

void
gs_fake_feed_cut_streams (GsFakeFeed *self)
{
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->streams->len; i++)
    g_ptr_array_add (streams, g_object_ref (self->streams->pdata[i]));
  for (guint i = 0; i < streams->len; i++)
    g_socket_close (soup_server_message_get_socket (streams->pdata[i]), NULL);
}

guint
gs_fake_feed_count_streams (GsFakeFeed *self)
{
  return self->streams->len;
}

guint
gs_fake_feed_count_connects (GsFakeFeed *self)
{
  return self->connects;
}

guint
gs_fake_feed_count_pages (GsFakeFeed *self)
{
  return self->pages;
}

gint64
gs_fake_feed_get_last_event_id (GsFakeFeed *self)
{
  return self->last_event_id;
}
