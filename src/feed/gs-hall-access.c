/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-hall-access.h"

#include "gs-build-config.h"
#include "gs-hall-token.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct GsHallAccess
{
  gatomicrefcount ref_count;

  char *url;
  GUri *base;
  char *base_path;  /* without a closing slash */
  GString *anchors; /* PEM of all CA files; NULL when none was given */
  GTlsCertificate *certificate;
  GTlsInteraction *interaction; /* tells a token's PIN; or NULL */
};

/* How far a message's connection came, for gs_hall_access_explain(). */
typedef struct
{
  gboolean handshaken;
  gboolean too_old;
  gboolean answered;
} Progress;

static gboolean
is_loopback (const char *host)
{
  return g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "::1") == 0
         || g_strcmp0 (host, "localhost") == 0;
}

GsHallAccess *
gs_hall_access_new (const char *url, GError **error)
{
  g_autoptr (GUri) base = NULL;
  GsHallAccess *self;
  const char *path;
  gsize len;

  g_return_val_if_fail (url != NULL, NULL);

  base = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  if (base == NULL || g_uri_get_host (base) == NULL || *g_uri_get_host (base) == '\0'
      || g_uri_get_query (base) != NULL || g_uri_get_fragment (base) != NULL
      || g_uri_get_userinfo (base) != NULL)
    {
      g_set_error (error, GS_HALL_ERROR, GS_HALL_ERROR_CREDENTIALS,
                   "\"%s\" is not the address of a hall", url);
      return NULL;
    }
  if (g_strcmp0 (g_uri_get_scheme (base), "https") != 0
      && !(g_strcmp0 (g_uri_get_scheme (base), "http") == 0 && is_loopback (g_uri_get_host (base))))
    {
      g_set_error (error, GS_HALL_ERROR, GS_HALL_ERROR_CREDENTIALS, "\"%s\" is not https", url);
      return NULL;
    }

  self = g_new0 (GsHallAccess, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->url = g_strdup (url);
  path = g_uri_get_path (base);
  len = strlen (path);
  while (len > 0 && path[len - 1] == '/')
    len--;
  self->base_path = g_strndup (path, len);
  self->base = g_steal_pointer (&base);
  return self;
}

GsHallAccess *
gs_hall_access_ref (GsHallAccess *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
gs_hall_access_unref (GsHallAccess *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->url);
  g_uri_unref (self->base);
  g_free (self->base_path);
  if (self->anchors != NULL)
    g_string_free (self->anchors, TRUE);
  g_clear_object (&self->certificate);
  g_clear_object (&self->interaction);
  g_free (self);
}

/* Puts our sentence before a library's. */
static gboolean
fail_credentials (GError **error, GError *cause, const char *what, const char *name)
{
  g_set_error (error, GS_HALL_ERROR, GS_HALL_ERROR_CREDENTIALS, "%s %s: %s", what, name,
               cause != NULL ? cause->message : "nothing there");
  g_clear_error (&cause);
  return FALSE;
}

gboolean
gs_hall_access_add_ca_file (GsHallAccess *self, const char *path, GError **error)
{
  GError *cause = NULL;
  GList *certificates = g_tls_certificate_list_new_from_file (path, &cause);

  if (certificates == NULL)
    return fail_credentials (error, cause, "The CA file", path);
  if (self->anchors == NULL)
    self->anchors = g_string_new (NULL);
  for (GList *l = certificates; l != NULL; l = l->next)
    {
      g_autofree char *pem = NULL;

      g_object_get (l->data, "certificate-pem", &pem, NULL);
      g_string_append_printf (self->anchors, "%s\n", pem);
    }
  g_list_free_full (certificates, g_object_unref);
  return TRUE;
}

gboolean
gs_hall_access_set_certificate_files (GsHallAccess *self,
                                      const char *cert_path,
                                      const char *key_path,
                                      GError **error)
{
  GError *cause = NULL;
  GTlsCertificate *certificate =
    g_tls_certificate_new_from_files (cert_path, key_path != NULL ? key_path : cert_path, &cause);

  if (certificate == NULL)
    return fail_credentials (error, cause, "The desk's certificate", cert_path);
  g_clear_object (&self->certificate);
  g_clear_object (&self->interaction);
  self->certificate = certificate;
  return TRUE;
}

gboolean
gs_hall_access_set_certificate_token (
  GsHallAccess *self, const char *cert_uri, const char *key_uri, const char *pin, GError **error)
{
  GError *cause = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_pkcs11_uris (cert_uri, key_uri, &cause);

  if (certificate == NULL)
    return fail_credentials (error, cause, "The desk's certificate on a token:", "PKCS#11");
  g_clear_object (&self->certificate);
  g_clear_object (&self->interaction);
  self->certificate = certificate;
  self->interaction = gs_hall_token_new (pin, key_uri != NULL ? key_uri : cert_uri);
  return TRUE;
}

gboolean
gs_hall_access_set_certificate (GsHallAccess *self,
                                const char *cert,
                                const char *key,
                                GError **error)
{
  if (g_str_has_prefix (cert, "pkcs11:"))
    return gs_hall_access_set_certificate_token (self, cert, key, NULL, error);
  return gs_hall_access_set_certificate_files (self, cert, key, error);
}

gint64
gs_hall_access_certificate_ends_utc_ms (GsHallAccess *self)
{
  g_autoptr (GDateTime) end = NULL;

  if (self->certificate == NULL)
    return GS_TIME_UNKNOWN;
  end = g_tls_certificate_get_not_valid_after (self->certificate);
  return end != NULL ? g_date_time_to_unix (end) * 1000 : GS_TIME_UNKNOWN;
}

const char *
gs_hall_access_get_url (GsHallAccess *self)
{
  return self->url;
}

char *
gs_hall_access_dup_desk (GsHallAccess *self)
{
  g_autofree char *subject = NULL;
  g_auto (GStrv) parts = NULL;

  if (self->certificate == NULL)
    return NULL;
  subject = g_tls_certificate_get_subject_name (self->certificate);
  parts = g_strsplit (subject != NULL ? subject : "", ",", -1);
  for (char **part = parts; *part != NULL; part++)
    if (g_str_has_prefix (g_strstrip (*part), "CN="))
      return g_strdup (*part + strlen ("CN="));
  return NULL;
}

GsHallAccess *
gs_hall_access_copy_stranger (GsHallAccess *self)
{
  GsHallAccess *copy = gs_hall_access_new (self->url, NULL);

  if (self->anchors != NULL)
    copy->anchors = g_string_new_len (self->anchors->str, (gssize) self->anchors->len);
  return copy;
}

static void
close_anchors (gpointer fd)
{
  close (GPOINTER_TO_INT (fd));
}

/* The file database takes one file by an absolute path (a relative one warns and trusts nobody):
 * all anchors together go into a file in memory that has such a path. It is read again for every
 * connection, so it lives as long as the database. */
static GTlsDatabase *
make_database (GsHallAccess *self, GError **error)
{
  g_autofree char *path = NULL;
  GTlsDatabase *database;
  int fd = memfd_create ("gateside-anchors", MFD_CLOEXEC);

  if (fd < 0 || write (fd, self->anchors->str, self->anchors->len) != (gssize) self->anchors->len)
    {
      g_set_error (error, GS_HALL_ERROR, GS_HALL_ERROR_CREDENTIALS,
                   "The CA certificates cannot be kept: %s", g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  path = g_strdup_printf ("/proc/self/fd/%d", fd);
  database = g_tls_file_database_new (path, error);
  if (database == NULL)
    close (fd);
  else
    g_object_set_data_full (G_OBJECT (database), "gs-anchors", GINT_TO_POINTER (fd), close_anchors);
  return database;
}

SoupSession *
gs_hall_access_make_session (GsHallAccess *self, guint timeout_s, GError **error)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options (
    "timeout", timeout_s, "idle-timeout", 30, "user-agent", "Gateside/" GS_VERSION,
    "accept-language-auto", FALSE, "proxy-resolver", NULL, NULL);

  /* Bytes are wanted as the hall sent them. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  if (self->anchors != NULL)
    {
      g_autoptr (GTlsDatabase) database = make_database (self, error);

      if (database == NULL)
        return NULL;
      soup_session_set_tls_database (session, database);
    }
  return g_steal_pointer (&session);
}

/* At once and below TLS: closing a TLS connection takes a thread of its own, and the request could
 * be written before it ran. */
static void
shut_down (GIOStream *connection)
{
  g_autoptr (GIOStream) below = NULL;

  g_object_get (connection, "base-io-stream", &below, NULL);
  if (G_IS_SOCKET_CONNECTION (below))
    g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (below)), TRUE, TRUE,
                       NULL);
}

static void
on_network_event (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer user_data)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  Progress *progress = user_data;

  if (!G_IS_TLS_CONNECTION (connection))
    return;
  /* One connection for the stream, where TCP itself holds the hall back. */
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);
  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKED)
    return;
  progress->handshaken = TRUE;
  if (g_tls_connection_get_protocol_version (G_TLS_CONNECTION (connection))
      < G_TLS_PROTOCOL_VERSION_TLS_1_3)
    {
      /* Before anything is sent: the request would fail on the closed connection. */
      progress->too_old = TRUE;
      shut_down (connection);
      g_io_stream_close_async (connection, G_PRIORITY_HIGH, NULL, NULL, NULL);
    }
}

static void
on_got_headers (SoupMessage *message, gpointer user_data)
{
  ((Progress *) user_data)->answered = TRUE;
}

static gboolean
on_request_certificate (SoupMessage *message, GTlsClientConnection *tls, gpointer user_data)
{
  GsHallAccess *self = user_data;

  if (self->certificate == NULL)
    return FALSE;
  soup_message_set_tls_client_certificate (message, self->certificate);
  return TRUE;
}

/* libsoup asks for certificate and PIN by the message; an interaction of the session would keep it
 * from asking for the certificate. */
static gboolean
on_request_password (SoupMessage *message, GTlsPassword *password, gpointer user_data)
{
  GsHallAccess *self = user_data;

  if (self->interaction == NULL
      || !gs_hall_token_fill (GS_HALL_TOKEN (self->interaction), password))
    return FALSE;
  soup_message_tls_client_certificate_password_request_complete (message);
  return TRUE;
}

SoupMessage *
gs_hall_access_make_message (GsHallAccess *self, const char *method, const char *path)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *query = NULL;
  const char *mark;
  SoupMessage *message;
  Progress *progress = g_new0 (Progress, 1);

  mark = strchr (path, '?');
  whole = g_strdup_printf ("%s%.*s", self->base_path,
                           (int) (mark != NULL ? mark - path : (gssize) strlen (path)), path);
  query = mark != NULL ? g_strdup (mark + 1) : NULL;
  uri = g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (self->base), NULL,
                     g_uri_get_host (self->base), g_uri_get_port (self->base), whole, query, NULL);
  message = soup_message_new_from_uri (method, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  g_object_set_data_full (G_OBJECT (message), "gs-progress", progress, g_free);
  g_object_set_data_full (G_OBJECT (message), "gs-access", gs_hall_access_ref (self),
                          (GDestroyNotify) gs_hall_access_unref);
  g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), progress);
  g_signal_connect (message, "got-headers", G_CALLBACK (on_got_headers), progress);
  g_signal_connect (message, "request-certificate", G_CALLBACK (on_request_certificate), self);
  g_signal_connect (message, "request-certificate-password", G_CALLBACK (on_request_password),
                    self);
  return message;
}

/* Which of our codes a failed send is. */
static GsHallError
classify (SoupMessage *message, const Progress *progress, const GError *error)
{
  if (progress != NULL && progress->too_old)
    return GS_HALL_ERROR_UNTRUSTED;
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return soup_message_get_tls_peer_certificate_errors (message) != 0 ? GS_HALL_ERROR_UNTRUSTED
                                                                       : GS_HALL_ERROR_REFUSED;
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_CERTIFICATE_REQUIRED))
    return GS_HALL_ERROR_REFUSED;
  if (soup_message_get_tls_peer_certificate_errors (message) != 0)
    return GS_HALL_ERROR_UNTRUSTED;
  /* TLS 1.3: the handshake was over before the hall looked at our certificate. */
  if (progress != NULL && progress->handshaken && !progress->answered
      && error->domain == G_TLS_ERROR && !g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF))
    return GS_HALL_ERROR_REFUSED;
  if (error->domain == G_TLS_ERROR && !g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF))
    return GS_HALL_ERROR_UNTRUSTED;
  return GS_HALL_ERROR_UNREACHABLE;
}

GError *
gs_hall_access_explain (SoupMessage *message, GError *error)
{
  const Progress *progress = g_object_get_data (G_OBJECT (message), "gs-progress");
  const char *what;
  GsHallError code;
  GError *ours;

  if (error->domain == GS_HALL_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;
  code = classify (message, progress, error);
  if (code == GS_HALL_ERROR_REFUSED)
    what = "The hall refuses this desk's certificate";
  else if (code == GS_HALL_ERROR_UNTRUSTED)
    what = progress != NULL && progress->too_old ? "The hall does not speak TLS 1.3"
                                                 : "The hall's certificate is not trusted";
  else
    what = "The hall does not answer";
  ours = g_error_new (GS_HALL_ERROR, (int) code, "%s (%s)", what, error->message);
  g_error_free (error);
  return ours;
}

GsHallAccess *
gs_hall_access_of_message (SoupMessage *message)
{
  return g_object_get_data (G_OBJECT (message), "gs-access");
}

gboolean
gs_hall_access_is_ambiguous (SoupMessage *message, const GError *error)
{
  const Progress *progress = g_object_get_data (G_OBJECT (message), "gs-progress");

  return progress->handshaken && !progress->answered && !progress->too_old
         && error->domain != GS_HALL_ERROR
         && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         && classify (message, progress, error) == GS_HALL_ERROR_UNREACHABLE;
}

/* ---- the probe ---- */

#define PROBE_S 3

static void
unref_access (gpointer data, GClosure *closure)
{
  gs_hall_access_unref (data);
}

static void
on_probe_event (GSocketClient *client,
                GSocketClientEvent event,
                GSocketConnectable *connectable,
                GIOStream *connection,
                gpointer user_data)
{
  GsHallAccess *self = user_data;
  g_autoptr (GTlsDatabase) database = NULL;

  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKING)
    return;
  if (self->anchors != NULL)
    database = make_database (self, NULL);
  if (database != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (connection), database);
  if (self->certificate != NULL)
    g_tls_connection_set_certificate (G_TLS_CONNECTION (connection), self->certificate);
  if (self->interaction != NULL)
    g_tls_connection_set_interaction (G_TLS_CONNECTION (connection), self->interaction);
}

static void
on_probe_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  /* Silence until the timeout is the good answer: the hall waits for a request. Some servers send
   * no alert and just hang up on a certificate that they do not take. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || (bytes != NULL && g_bytes_get_size (bytes) > 0))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, GS_HALL_ERROR, GS_HALL_ERROR_REFUSED,
                             "The hall refuses this desk's certificate (%s)",
                             error != NULL ? error->message : "it hangs up after the handshake");
}

static void
on_probe_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GSocketConnection *connection =
    g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, NULL);

  if (connection == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  /* The task keeps the connection for its read. */
  g_task_set_task_data (task, connection, g_object_unref);
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)), 1,
                                   G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_probe_read,
                                   g_object_ref (task));
}

void
gs_hall_access_probe_async (GsHallAccess *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address = g_network_address_new (
    g_uri_get_host (self->base),
    (guint16) (g_uri_get_port (self->base) > 0 ? g_uri_get_port (self->base) : 443));
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, PROBE_S);
  g_socket_client_set_tls (client, TRUE);
  g_signal_connect_data (client, "event", G_CALLBACK (on_probe_event), gs_hall_access_ref (self),
                         unref_access, 0);
  g_socket_client_connect_async (client, address, cancellable, on_probe_connected, task);
}

gboolean
gs_hall_access_probe_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
