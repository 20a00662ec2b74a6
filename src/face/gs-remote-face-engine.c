/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-remote-face-engine.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <libsoup/soup.h>
#include <math.h>
#include <string.h>

#include "gs-build-config.h"
#include "gs-face-answer.h"
#include "gs-face-error.h"
#include "gs-uuid.h"
#include "gs-worker.h"

#define JPEG_QUALITY "92"

struct _GsRemoteFaceEngine
{
  GObject parent;
  char *url;
  char *name; /* "remote (HOST)" */
  SoupSession *session;
  GTlsCertificate *certificate;
  GsWorker *worker; /* encodes pictures */
  guint timeout_ms;
  GsFaceErrorRates rates; /* as the last answer had them */
};

static void engine_iface_init (GsFaceEngineInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsRemoteFaceEngine,
                               gs_remote_face_engine,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_FACE_ENGINE, engine_iface_init))

/* One question, from the pictures to the answer. */
typedef struct
{
  GsPixels *reference;
  GsPixels *probe;
  GBytes *reference_jpeg;
  GBytes *probe_jpeg;
  char *request;
  SoupMessage *message;
  GByteArray *body;
  GCancellable *stop; /* ends the transfer: the time is over, or the caller cancelled */
  gulong cancel_id;
  guint timer;
  gboolean is_over; /* in time */
  gint64 began_us;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_clear_pointer (&self->reference, gs_pixels_free);
  g_clear_pointer (&self->probe, gs_pixels_free);
  g_clear_pointer (&self->reference_jpeg, g_bytes_unref);
  g_clear_pointer (&self->probe_jpeg, g_bytes_unref);
  g_free (self->request);
  g_clear_object (&self->message);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_object (&self->stop);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_free (self);
}

/* Ends the task, once. */
static void
finish (GTask *task, GsFaceComparison *answer)
{
  Question *question = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_clear_handle_id (&question->timer, g_source_remove);
  if (question->cancel_id != 0)
    g_cancellable_disconnect (cancellable, question->cancel_id);
  question->cancel_id = 0;
  answer->duration_us = g_get_monotonic_time () - question->began_us;
  /* A cancelled task returns the error in place of this. */
  g_task_return_pointer (task, answer, (GDestroyNotify) gs_face_comparison_free);
  g_object_unref (task);
}

static void
finish_undecided (GTask *task, GsFaceCause cause)
{
  GsRemoteFaceEngine *self = g_task_get_source_object (task);
  const Question *question = g_task_get_task_data (task);

  finish (task, gs_face_comparison_new_undecided (
                  self->name, NULL, question->is_over ? GS_FACE_CAUSE_TIME_OUT : cause));
}

static void
understand (GTask *task)
{
  GsRemoteFaceEngine *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  GsFaceErrorRates rates;
  g_autoptr (GError) error = NULL;
  GsFaceComparison *answer = gs_face_answer_parse (
    (const char *) question->body->data, question->body->len, question->request, &rates, &error);

  if (answer == NULL)
    {
      g_message ("%s", error->message);
      finish_undecided (task, GS_FACE_CAUSE_ANSWER);
      return;
    }
  self->rates = rates;
  finish (task, answer);
}

static void read_more (GTask *task, GInputStream *stream);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    {
      g_message ("the remote face engine's answer was not to be read: %s", error->message);
      finish_undecided (task, GS_FACE_CAUSE_UNREACHABLE);
      return;
    }
  gsize length = g_bytes_get_size (bytes);
  if (length == 0)
    {
      goffset promised = soup_message_headers_get_content_length (
        soup_message_get_response_headers (question->message));

      /* A connection that closes midway looks like the end. */
      if (promised > (goffset) question->body->len)
        finish_undecided (task, GS_FACE_CAUSE_UNREACHABLE);
      else
        understand (task);
      return;
    }
  if (question->body->len + length > GS_FACE_ANSWER_MAX_BYTES)
    {
      g_message ("the remote face engine's answer is too long");
      finish_undecided (task, GS_FACE_CAUSE_ANSWER);
      return;
    }
  g_byte_array_append (question->body, g_bytes_get_data (bytes, NULL), (guint) length);
  read_more (task, G_INPUT_STREAM (source));
}

static void
read_more (GTask *task, GInputStream *stream)
{
  Question *question = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (stream, 8192, G_PRIORITY_DEFAULT, question->stop, on_read, task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream =
    soup_session_send_finish (SOUP_SESSION (source), result, &error);
  guint status = soup_message_get_status (question->message);

  if (stream == NULL || status != SOUP_STATUS_OK)
    {
      if (!question->is_over)
        g_message ("the remote face engine cannot be asked: %s",
                   error != NULL ? error->message : soup_status_get_phrase (status));
      finish_undecided (task, GS_FACE_CAUSE_UNREACHABLE);
      return;
    }
  SoupMessageHeaders *headers = soup_message_get_response_headers (question->message);
  if (g_strcmp0 (soup_message_headers_get_content_type (headers, NULL), "application/json") != 0
      || soup_message_headers_get_content_length (headers) > GS_FACE_ANSWER_MAX_BYTES)
    {
      g_message ("the remote face engine's answer is no JSON of a sane size");
      finish_undecided (task, GS_FACE_CAUSE_ANSWER);
      return;
    }
  read_more (task, stream);
}

static gboolean
on_request_certificate (SoupMessage *message, GTlsClientConnection *tls, gpointer user_data)
{
  GsRemoteFaceEngine *self = user_data;

  (void) tls;
  soup_message_set_tls_client_certificate (message, self->certificate);
  return TRUE;
}

/* The parts as docs/face-engine.md has them. */
static SoupMessage *
make_message (GsRemoteFaceEngine *self, const Question *question)
{
  g_autoptr (SoupMultipart) parts = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
  g_autofree char *head =
    g_strdup_printf ("{\"protocol\":1,\"request\":\"%s\"}", question->request);
  g_autoptr (GBytes) head_bytes = g_bytes_new (head, strlen (head));

  soup_multipart_append_form_file (parts, "request", NULL, "application/json", head_bytes);
  soup_multipart_append_form_file (parts, "reference", "reference.jpg", "image/jpeg",
                                   question->reference_jpeg);
  soup_multipart_append_form_file (parts, "probe", "probe.jpg", "image/jpeg", question->probe_jpeg);
  SoupMessage *message = soup_message_new_from_multipart (self->url, parts);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "application/json");
  g_signal_connect_object (message, "request-certificate", G_CALLBACK (on_request_certificate),
                           self, 0);
  return message;
}

static void
on_encoded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GsRemoteFaceEngine *self = GS_REMOTE_FACE_ENGINE (source);
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      finish_undecided (task, GS_FACE_CAUSE_UNREACHABLE);
      return;
    }
  question->message = make_message (self, question);
  soup_session_send_async (self->session, question->message, G_PRIORITY_DEFAULT, question->stop,
                           on_sent, task);
}

static GBytes *
encode (const GsPixels *picture, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf =
    gdk_pixbuf_new_from_bytes (picture->rgb, GDK_COLORSPACE_RGB, FALSE, 8, (int) picture->width,
                               (int) picture->height, (int) (3 * picture->width));
  char *bytes;
  gsize length;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &length, "jpeg", error, "quality", JPEG_QUALITY,
                                  NULL))
    return NULL;
  return g_bytes_new_take (bytes, length);
}

static void
encode_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Question *question = data;
  GError *error = NULL;

  (void) source;
  (void) cancellable;
  question->reference_jpeg = encode (question->reference, &error);
  if (question->reference_jpeg != NULL)
    question->probe_jpeg = encode (question->probe, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
on_time_out (gpointer user_data)
{
  Question *question = g_task_get_task_data (user_data);

  question->timer = 0;
  question->is_over = TRUE;
  g_cancellable_cancel (question->stop);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  (void) cancellable;
  g_cancellable_cancel (user_data);
}

static void
verify_async (GsFaceEngine *engine,
              const GsPixels *reference,
              GsFaceProbe *probe,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GsRemoteFaceEngine *self = GS_REMOTE_FACE_ENGINE (engine);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  g_task_set_source_tag (task, verify_async);
  *question = (Question){ .reference = gs_pixels_copy (reference),
                          .probe = gs_pixels_copy (gs_face_probe_get_best (probe)),
                          .request = gs_uuid_new (),
                          .body = g_byte_array_new (),
                          .stop = g_cancellable_new (),
                          .began_us = g_get_monotonic_time () };
  g_task_set_task_data (task, question, question_free);
  question->timer = g_timeout_add (self->timeout_ms, on_time_out, task);
  if (cancellable != NULL)
    question->cancel_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                                 g_object_ref (question->stop), g_object_unref);
  /* Not cancellable: the pictures' owner is the other task. */
  g_autoptr (GTask) encoding = g_task_new (self, NULL, on_encoded, task);
  g_task_set_task_data (encoding, question, NULL);
  gs_worker_push (self->worker, encoding, encode_in_worker);
}

static GsFaceComparison *
verify_finish (GsFaceEngine *engine, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, engine), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static const char *
get_name (GsFaceEngine *engine)
{
  return GS_REMOTE_FACE_ENGINE (engine)->name;
}

static const char *
get_version (GsFaceEngine *engine)
{
  (void) engine;
  return "protocol 1";
}

static void
describe_errors (GsFaceEngine *engine, GsFaceErrorRates *rates)
{
  *rates = GS_REMOTE_FACE_ENGINE (engine)->rates;
}

static void
engine_iface_init (GsFaceEngineInterface *iface)
{
  iface->verify_async = verify_async;
  iface->verify_finish = verify_finish;
  iface->get_name = get_name;
  iface->get_version = get_version;
  iface->describe_errors = describe_errors;
}

static void
gs_remote_face_engine_finalize (GObject *object)
{
  GsRemoteFaceEngine *self = GS_REMOTE_FACE_ENGINE (object);

  g_free (self->url);
  g_free (self->name);
  g_clear_object (&self->session);
  g_clear_object (&self->certificate);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (gs_remote_face_engine_parent_class)->finalize (object);
}

static void
gs_remote_face_engine_class_init (GsRemoteFaceEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_remote_face_engine_finalize;
}

static void
gs_remote_face_engine_init (GsRemoteFaceEngine *self)
{
  self->rates = (GsFaceErrorRates){ NAN, NAN, NAN, NAN, 0 };
}

static gboolean
fail (GError **error, const char *what, const char *name, const GError *cause)
{
  g_set_error (error, GS_FACE_ERROR, GS_FACE_ERROR_REMOTE, "%s %s%s%s", what, name,
               cause != NULL ? ": " : "", cause != NULL ? cause->message : "");
  return FALSE;
}

static gboolean
set_url (GsRemoteFaceEngine *self, const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0
      || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL)
    return fail (error, "this is no https address of a face engine:", url, NULL);
  self->url = g_strdup (url);
  self->name = g_strdup_printf ("remote (%s)", g_uri_get_host (uri));
  return TRUE;
}

static gboolean
set_trust (GsRemoteFaceEngine *self, const char *ca, GError **error)
{
  g_autoptr (GError) cause = NULL;
  /* A relative path would be taken, and trust nobody. */
  g_autofree char *path = g_canonicalize_filename (ca, NULL);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, &cause);

  if (database == NULL)
    return fail (error, "the face engine's authorities cannot be read:", path, cause);
  self->session = soup_session_new_with_options (
    "tls-database", database, "timeout", 0, "idle-timeout", 30, "max-conns", 2, "proxy-resolver",
    NULL, "user-agent", "Gateside/" GS_VERSION, "accept-language-auto", FALSE, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  return TRUE;
}

static gboolean
set_certificate (GsRemoteFaceEngine *self, const char *certificate, const char *key, GError **error)
{
  g_autoptr (GError) cause = NULL;

  self->certificate =
    g_tls_certificate_new_from_files (certificate, key != NULL ? key : certificate, &cause);
  if (self->certificate == NULL)
    return fail (error, "the desk's certificate for the face engine cannot be read:", certificate,
                 cause);
  return TRUE;
}

GsRemoteFaceEngine *
gs_remote_face_engine_new (const char *url,
                           const char *ca,
                           const char *certificate,
                           const char *key,
                           guint timeout_ms,
                           GError **error)
{
  g_return_val_if_fail (url != NULL && ca != NULL && certificate != NULL && timeout_ms > 0, NULL);
  g_autoptr (GsRemoteFaceEngine) self = g_object_new (GS_TYPE_REMOTE_FACE_ENGINE, NULL);

  self->timeout_ms = timeout_ms;
  if (!set_url (self, url, error) || !set_trust (self, ca, error)
      || !set_certificate (self, certificate, key, error))
    return NULL;
  self->worker = gs_worker_new ("face-encode");
  return g_steal_pointer (&self);
}
