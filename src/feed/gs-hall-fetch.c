/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-hall-fetch.h"

#include "gs-hall-access.h"
#include "gs-hall-problem.h"

#include <string.h>

#define READ_SIZE (64 * 1024)

typedef struct
{
  SoupMessage *message;
  gsize limit;
  GCancellable *cancellable; /* ours: ended by the caller's or by the timer */
  GCancellable *outer;
  gulong outer_handler;
  GSource *timer;
  gboolean timed_out;
  GError *failure; /* while a probe finds out what it was */
  GInputStream *stream;
  GByteArray *body;
  gint64 sent_monotonic_us;
  gint64 received_monotonic_us;
} Fetch;

void
gs_hall_answer_free (GsHallAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->content_type);
  g_free (self->epoch);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  if (fetch->timer != NULL)
    g_source_destroy (fetch->timer);
  g_clear_pointer (&fetch->timer, g_source_unref);
  if (fetch->outer != NULL)
    g_cancellable_disconnect (fetch->outer, fetch->outer_handler);
  g_clear_object (&fetch->outer);
  g_clear_object (&fetch->cancellable);
  g_signal_handlers_disconnect_by_data (fetch->message, fetch);
  g_clear_object (&fetch->message);
  g_clear_object (&fetch->stream);
  g_clear_error (&fetch->failure);
  g_byte_array_unref (fetch->body);
  g_free (fetch);
}

static void
on_probe (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;

  if (gs_hall_access_probe_finish (result, &error))
    error = gs_hall_access_explain (fetch->message, g_steal_pointer (&fetch->failure));
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
fail (GTask *task, GError *error)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (gs_hall_access_is_ambiguous (fetch->message, error))
    {
      fetch->failure = error;
      gs_hall_access_probe_async (gs_hall_access_of_message (fetch->message), fetch->cancellable,
                                  on_probe, task);
      return;
    }
  if (fetch->timed_out && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error);
      error =
        g_error_new (GS_HALL_ERROR, GS_HALL_ERROR_UNREACHABLE, "The hall gives no answer in time");
    }
  g_task_return_error (task, gs_hall_access_explain (fetch->message, error));
  g_object_unref (task);
}

static void
succeed (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (fetch->message);
  GsHallAnswer *answer = g_new0 (GsHallAnswer, 1);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  answer->status = soup_message_get_status (fetch->message);
  answer->content_type = g_ascii_strdown (type != NULL ? type : "", -1);
  answer->epoch = g_strdup (soup_message_headers_get_one (headers, "Gateside-Epoch"));
  answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&fetch->body));
  fetch->body = g_byte_array_new ();
  answer->sent_monotonic_us = fetch->sent_monotonic_us;
  answer->received_monotonic_us = fetch->received_monotonic_us;
  g_task_return_pointer (task, answer, (GDestroyNotify) gs_hall_answer_free);
  g_object_unref (task);
}

static void read_more (GTask *task);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    {
      fail (task, error);
      return;
    }
  if (g_bytes_get_size (bytes) == 0)
    {
      succeed (task);
      return;
    }
  if (g_bytes_get_size (bytes) > fetch->limit - fetch->body->len)
    {
      fail (task, g_error_new (GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL,
                               "The hall's answer is longer than %" G_GSIZE_FORMAT " bytes",
                               fetch->limit));
      return;
    }
  g_byte_array_append (fetch->body, g_bytes_get_data (bytes, NULL),
                       (guint) g_bytes_get_size (bytes));
  read_more (task);
}

static void
read_more (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (fetch->stream, READ_SIZE, G_PRIORITY_DEFAULT, fetch->cancellable,
                                   on_read, task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;

  fetch->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (fetch->stream == NULL)
    fail (task, error);
  else
    read_more (task);
}

static gboolean
on_timeout (gpointer user_data)
{
  Fetch *fetch = user_data;

  fetch->timed_out = TRUE;
  g_cancellable_cancel (fetch->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
}

static void
on_starting (SoupMessage *message, gpointer user_data)
{
  ((Fetch *) user_data)->sent_monotonic_us = g_get_monotonic_time ();
}

static void
on_got_headers (SoupMessage *message, gpointer user_data)
{
  ((Fetch *) user_data)->received_monotonic_us = g_get_monotonic_time ();
}

void
gs_hall_fetch_async (SoupSession *session,
                     SoupMessage *message,
                     gsize limit,
                     guint timeout_ms,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->message = g_object_ref (message);
  fetch->limit = limit;
  fetch->body = g_byte_array_new ();
  fetch->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, fetch, fetch_free);
  if (cancellable != NULL)
    {
      fetch->outer = g_object_ref (cancellable);
      fetch->outer_handler =
        g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled),
                               g_object_ref (fetch->cancellable), g_object_unref);
    }
  fetch->timer = g_timeout_source_new (timeout_ms);
  g_source_set_callback (fetch->timer, on_timeout, fetch, NULL);
  g_source_attach (fetch->timer, g_main_context_get_thread_default ());
  g_signal_connect (message, "starting", G_CALLBACK (on_starting), fetch);
  g_signal_connect (message, "got-headers", G_CALLBACK (on_got_headers), fetch);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, fetch->cancellable, on_sent, task);
}

GsHallAnswer *
gs_hall_fetch_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
gs_hall_answer_check (
  GsHallAnswer *self, guint status, guint other_status, const char *content_type, GError **error)
{
  if (self->status != status && self->status != other_status)
    {
      g_propagate_error (error, gs_hall_problem_to_error (self->status, self->content_type,
                                                          self->body, self->epoch));
      return FALSE;
    }
  if (content_type != NULL && g_strcmp0 (self->content_type, content_type) != 0)
    {
      g_set_error (
        error, GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL, "The hall answers with %s instead of %s",
        *self->content_type != '\0' ? self->content_type : "no content type", content_type);
      return FALSE;
    }
  return TRUE;
}
