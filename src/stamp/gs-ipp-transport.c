/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-ipp-transport.h"

#include "gs-ipp-codec.h"

#include <libsoup/soup.h>
#include <string.h>

#define DEFAULT_PORT 631
/* Under the 30 s after which PAPPL closes an idle connection. */
#define IDLE_TIMEOUT_S 20
#define CONNECTIONS_MAX 8
#define READ_SIZE 16384

struct _GsIppTransport
{
  GObject parent_instance;
  SoupSession *session;
  GUri *https;
  char *pins_path; /* NULL when the pins are brought */
  GList *pins;     /* GTlsCertificate */
  GTlsCertificate *refused;
};

G_DEFINE_FINAL_TYPE (GsIppTransport, gs_ipp_transport, G_TYPE_OBJECT)

/* One request under way; the task's data. */
typedef struct
{
  GsIppTransport *transport; /* held by the task */
  SoupMessage *message;
  GInputStream *body;
  GByteArray *answer;
  GList *pins;         /* those of the beginning */
  GCancellable *inner; /* ended by the caller, by the time limit, or by us */
  GCancellable *outer;
  gulong outer_handler;
  guint timeout_source;
  gboolean begun; /* bytes of the request may have left */
  gboolean timed_out;
  gboolean untrusted;
  gint64 header_size;
  gint64 document_size;
  gint64 sent;
  GsPrintProgressFunc progress;
  gpointer progress_data;
  GDestroyNotify progress_destroy;
} Call;

static void
free_pins (GList *pins)
{
  g_list_free_full (pins, g_object_unref);
}

static gpointer
copy_pin (gconstpointer pin, gpointer unused)
{
  return g_object_ref ((gpointer) pin);
}

static void
call_stop_watching (Call *call)
{
  g_clear_handle_id (&call->timeout_source, g_source_remove);
  if (call->outer_handler != 0)
    g_cancellable_disconnect (call->outer, call->outer_handler);
  call->outer_handler = 0;
}

static void
call_free (gpointer data)
{
  Call *call = data;

  call_stop_watching (call);
  g_signal_handlers_disconnect_by_data (call->message, call);
  g_clear_object (&call->message);
  g_clear_object (&call->body);
  g_clear_object (&call->inner);
  g_clear_object (&call->outer);
  g_byte_array_unref (call->answer);
  free_pins (call->pins);
  if (call->progress_destroy != NULL)
    call->progress_destroy (call->progress_data);
  g_free (call);
}

static gboolean
is_pinned (GList *pins, GTlsCertificate *certificate)
{
  if (certificate == NULL)
    return FALSE;
  for (GList *l = pins; l != NULL; l = l->next)
    if (g_tls_certificate_is_same (l->data, certificate))
      return TRUE;
  return FALSE;
}

/* Runs before the first byte of the request is written, also on a connection that was made before.
 */
static void
on_starting (SoupMessage *message, Call *call)
{
  GTlsCertificate *certificate = soup_message_get_tls_peer_certificate (message);

  if (!is_pinned (call->pins, certificate))
    {
      call->untrusted = TRUE;
      g_set_object (&call->transport->refused, certificate);
      g_cancellable_cancel (call->inner);
      return;
    }
  g_clear_object (&call->transport->refused);
  call->begun = TRUE;
}

static void
on_restarted (SoupMessage *message, Call *call)
{
  if (call->begun)
    g_cancellable_cancel (call->inner);
}

/* GIO judges no dates where it knows no authority. */
static gboolean
is_in_time (GTlsCertificate *certificate)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) begin = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) end = g_tls_certificate_get_not_valid_after (certificate);

  return begin != NULL && end != NULL && g_date_time_compare (begin, now) <= 0
         && g_date_time_compare (now, end) <= 0;
}

static gboolean
on_bad_certificate (SoupMessage *message,
                    GTlsCertificate *certificate,
                    GTlsCertificateFlags errors,
                    Call *call)
{
  /* No authority vouches for a printer, so that its issuer is never known, and need not be. Dates
   * and the host's name count for a pinned one too. */
  if (errors == G_TLS_CERTIFICATE_UNKNOWN_CA && is_pinned (call->pins, certificate)
      && is_in_time (certificate))
    return TRUE;
  call->untrusted = TRUE;
  g_set_object (&call->transport->refused, certificate);
  return FALSE;
}

static void
on_wrote_body (SoupMessage *message, guint size, Call *call)
{
  call->sent += size;
  if (call->progress != NULL && call->sent > call->header_size)
    call->progress (MIN (call->sent - call->header_size, call->document_size), call->document_size,
                    call->progress_data);
}

static gboolean
on_timeout (gpointer data)
{
  Call *call = data;

  call->timeout_source = 0;
  call->timed_out = TRUE;
  g_cancellable_cancel (call->inner);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
}

/* What went wrong, in our own terms; takes nothing. */
static GError *
call_explain (Call *call, const GError *error)
{
  int code = call->begun ? GS_PRINTER_ERROR_GONE : GS_PRINTER_ERROR_UNREACHABLE;

  if (g_cancellable_is_cancelled (call->outer))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The request was cancelled");
  if (call->untrusted || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return g_error_new (GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNTRUSTED,
                        "The printer's certificate is not the enrolled one: %s", error->message);
  if (call->timed_out)
    return g_error_new (GS_PRINTER_ERROR, code, "The printer did not answer in time");
  return g_error_new (GS_PRINTER_ERROR, code, "%s: %s",
                      call->begun ? "The connection to the printer broke"
                                  : "The printer cannot be reached",
                      error->message);
}

static void
call_fail (GTask *task, const GError *error)
{
  Call *call = g_task_get_task_data (task);

  call_stop_watching (call);
  g_task_return_error (task, call_explain (call, error));
}

static void read_more (GTask *task);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize len;
  const guint8 *data;

  if (bytes == NULL)
    {
      call_fail (task, error);
      return;
    }
  data = g_bytes_get_data (bytes, &len);
  if (call->answer->len + len > GS_IPP_ANSWER_MAX)
    {
      call_stop_watching (call);
      g_cancellable_cancel (call->inner);
      g_task_return_new_error (task, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL,
                               "The printer's answer is larger than %d bytes", GS_IPP_ANSWER_MAX);
      return;
    }
  if (len == 0)
    {
      call_stop_watching (call);
      g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&call->answer)),
                             (GDestroyNotify) g_bytes_unref);
      call->answer = g_byte_array_new ();
      return;
    }
  g_byte_array_append (call->answer, data, (guint) len);
  read_more (g_steal_pointer (&task));
}

/* Takes the task's reference. */
static void
read_more (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (call->body, READ_SIZE, G_PRIORITY_DEFAULT, call->inner, on_read,
                                   task);
}

static gboolean
http_is_ipp (Call *call, GError **error)
{
  guint status = soup_message_get_status (call->message);
  const char *type =
    soup_message_headers_get_content_type (soup_message_get_response_headers (call->message), NULL);

  if (status >= 400 && status < 500)
    {
      g_set_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_REFUSED,
                   "The printer refused the request (HTTP %u)", status);
      return FALSE;
    }
  if (status != SOUP_STATUS_OK || g_strcmp0 (type, "application/ipp") != 0)
    {
      g_set_error (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL,
                   "The printer answered HTTP %u and no IPP", status);
      return FALSE;
    }
  return TRUE;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Call *call = g_task_get_task_data (task);

  call->body = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (call->body == NULL)
    {
      call_fail (task, error);
      return;
    }
  if (!http_is_ipp (call, &error))
    {
      call_stop_watching (call);
      g_cancellable_cancel (call->inner);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  read_more (g_steal_pointer (&task));
}

static void
message_set_body (SoupMessage *message, GBytes *request, GBytes *document)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (request);
  gint64 size = (gint64) g_bytes_get_size (request);

  if (document != NULL)
    {
      g_memory_input_stream_add_bytes (G_MEMORY_INPUT_STREAM (stream), document);
      size += (gint64) g_bytes_get_size (document);
    }
  soup_message_set_request_body (message, "application/ipp", stream, size);
}

static Call *
call_new (GsIppTransport *self, GBytes *request, GBytes *document, gboolean once)
{
  Call *call = g_new0 (Call, 1);
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE;

  call->transport = self;
  call->message = soup_message_new_from_uri (SOUP_METHOD_POST, self->https);
  call->answer = g_byte_array_new ();
  call->inner = g_cancellable_new ();
  call->pins = g_list_copy_deep (self->pins, copy_pin, NULL);
  call->header_size = (gint64) g_bytes_get_size (request);
  call->document_size = document != NULL ? (gint64) g_bytes_get_size (document) : 0;
  if (once)
    flags |= SOUP_MESSAGE_NEW_CONNECTION;
  soup_message_set_flags (call->message, flags);
  message_set_body (call->message, request, document);
  g_signal_connect (call->message, "starting", G_CALLBACK (on_starting), call);
  g_signal_connect (call->message, "accept-certificate", G_CALLBACK (on_bad_certificate), call);
  if (once)
    g_signal_connect (call->message, "restarted", G_CALLBACK (on_restarted), call);
  g_signal_connect (call->message, "wrote-body-data", G_CALLBACK (on_wrote_body), call);
  return call;
}

void
gs_ipp_transport_post_async (GsIppTransport *self,
                             GBytes *request,
                             GBytes *document,
                             gboolean once,
                             guint timeout_ms,
                             GsPrintProgressFunc progress,
                             gpointer progress_data,
                             GDestroyNotify progress_destroy,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Call *call = call_new (self, request, document, once);

  g_task_set_source_tag (task, gs_ipp_transport_post_async);
  call->progress = progress;
  call->progress_data = progress_data;
  call->progress_destroy = progress_destroy;
  g_task_set_task_data (task, call, call_free);
  if (cancellable != NULL)
    {
      call->outer = g_object_ref (cancellable);
      call->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled),
                                                   g_object_ref (call->inner), g_object_unref);
    }
  if (self->pins == NULL)
    {
      call_stop_watching (call);
      g_task_return_new_error (task, GS_PRINTER_ERROR, GS_PRINTER_ERROR_NOT_ENROLLED,
                               "No certificate of the printer was enrolled");
      return;
    }
  if (timeout_ms > 0)
    call->timeout_source = g_timeout_add (timeout_ms, on_timeout, call);
  soup_session_send_async (self->session, call->message, G_PRIORITY_DEFAULT, call->inner, on_sent,
                           g_steal_pointer (&task));
}

GBytes *
gs_ipp_transport_post_finish (GsIppTransport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Takes pins. A connection that stands open is judged by them before it is used again. */
static void
take_pins (GsIppTransport *self, GList *pins)
{
  free_pins (self->pins);
  self->pins = pins;
  g_clear_object (&self->refused);
}

void
gs_ipp_transport_set_pins (GsIppTransport *self, GPtrArray *pins)
{
  GList *list = NULL;

  for (guint i = pins->len; i > 0; i--)
    list = g_list_prepend (list, g_object_ref (g_ptr_array_index (pins, i - 1)));
  take_pins (self, list);
}

GTlsCertificate *
gs_ipp_transport_get_refused (GsIppTransport *self)
{
  return self->refused;
}

gboolean
gs_ipp_transport_reload_pins (GsIppTransport *self, GError **error)
{
  GList *pins = g_tls_certificate_list_new_from_file (self->pins_path, error);

  if (pins == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "No certificate in %s",
                     self->pins_path);
      return FALSE;
    }
  take_pins (self, pins);
  return TRUE;
}

const char *
gs_ipp_transport_get_host (GsIppTransport *self)
{
  return g_uri_get_host (self->https);
}

static void
gs_ipp_transport_finalize (GObject *object)
{
  GsIppTransport *self = GS_IPP_TRANSPORT (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->https, g_uri_unref);
  g_free (self->pins_path);
  free_pins (self->pins);
  g_clear_object (&self->refused);
  G_OBJECT_CLASS (gs_ipp_transport_parent_class)->finalize (object);
}

static void
gs_ipp_transport_class_init (GsIppTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_ipp_transport_finalize;
}

static void
gs_ipp_transport_init (GsIppTransport *self)
{
  self->session = soup_session_new_with_options (
    "timeout", 0, "idle-timeout", IDLE_TIMEOUT_S, "proxy-resolver", NULL, "max-conns",
    CONNECTIONS_MAX, "max-conns-per-host", CONNECTIONS_MAX, "user-agent", "Gateside", NULL);
  /* No authority at all: every certificate is judged in on_bad_certificate(). */
  soup_session_set_tls_database (self->session, NULL);
}

/* The address to post to: the same with https and the default port of IPP. */
static GUri *
https_of (const char *uri, GError **error)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, error);
  const char *host, *path;
  int port;

  if (parsed == NULL)
    return NULL;
  host = g_uri_get_host (parsed);
  path = g_uri_get_path (parsed);
  port = g_uri_get_port (parsed);
  if (g_strcmp0 (g_uri_get_scheme (parsed), "ipps") != 0 || host == NULL || *host == '\0'
      || g_uri_get_userinfo (parsed) != NULL || g_uri_get_query (parsed) != NULL
      || g_uri_get_fragment (parsed) != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "\"%s\" is not of the form ipps://host[:port]/path", uri);
      return NULL;
    }
  return g_uri_build (SOUP_HTTP_URI_FLAGS, "https", NULL, host, port > 0 ? port : DEFAULT_PORT,
                      *path != '\0' ? path : "/", NULL, NULL);
}

GUri *
gs_ipp_transport_parse_uri (const char *uri, GError **error)
{
  GUri *https = https_of (uri, error);

  if (https == NULL && error != NULL && *error != NULL && (*error)->domain == G_URI_ERROR)
    {
      (*error)->domain = G_IO_ERROR;
      (*error)->code = G_IO_ERROR_INVALID_ARGUMENT;
    }
  return https;
}

GsIppTransport *
gs_ipp_transport_new (const char *uri, const char *pins_path, GError **error)
{
  g_autoptr (GsIppTransport) self = NULL;
  g_autoptr (GUri) https = gs_ipp_transport_parse_uri (uri, error);

  if (https == NULL)
    return NULL;
  if (pins_path != NULL && !g_path_is_absolute (pins_path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "\"%s\" is not an absolute path",
                   pins_path);
      return NULL;
    }
  self = g_object_new (GS_TYPE_IPP_TRANSPORT, NULL);
  self->https = g_steal_pointer (&https);
  self->pins_path = g_strdup (pins_path);
  if (pins_path != NULL && !gs_ipp_transport_reload_pins (self, error))
    return NULL;
  return g_steal_pointer (&self);
}
