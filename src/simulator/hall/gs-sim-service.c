/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-service-private.h"

#include "gs-sim-json.h"
#include "gs-sim-pki.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define TICK_MS 250
#define LONGEST_BODY 65536

const char *
gs_sim_request_get_header (GsSimRequest *request, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (request->message),
                                       name);
}

static void
request_free (GsSimRequest *request)
{
  g_object_unref (request->message);
  g_free (request->desk);
  g_clear_pointer (&request->query, g_hash_table_unref);
  json_decref (request->body);
  g_free (request);
}

void
gs_sim_request_answer_bytes (GsSimRequest *request,
                             guint status,
                             const char *content_type,
                             GBytes *bytes)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  SoupMessageBody *body = soup_server_message_get_response_body (request->message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (
    headers, "Gateside-Epoch", gs_sim_log_get_epoch (gs_sim_hall_get_log (request->service->hall)));
  soup_server_message_set_status (request->message, status, NULL);
  if (bytes != NULL)
    {
      soup_message_headers_set_content_type (headers, content_type, NULL);
      soup_message_body_append_bytes (body, bytes);
    }
  if (request->service->traffic != NULL)
    gs_sim_traffic_record (request->service->traffic, request->message, request->desk, status,
                           content_type, bytes);
}

void
gs_sim_request_answer (GsSimRequest *request, GsSimReply *reply)
{
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  if (reply->version > 0)
    {
      g_autofree char *tag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", reply->version);

      soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                    "ETag", tag);
    }
  if (reply->body != NULL)
    {
      text = gs_sim_json_print (reply->body);
      bytes = g_bytes_new_take (text, strlen (text));
    }
  gs_sim_request_answer_bytes (request, reply->status,
                               reply->problem ? "application/problem+json" : "application/json",
                               bytes);
  gs_sim_reply_free (reply);
}

/* "desk-3" from "CN=desk-3,O=…"; NULL when there is none. */
static char *
read_desk (GTlsCertificate *certificate)
{
  g_autofree char *subject = NULL;
  g_auto (GStrv) parts = NULL;

  if (certificate == NULL)
    return NULL;
  subject = g_tls_certificate_get_subject_name (certificate);
  if (subject == NULL)
    return NULL;
  parts = g_strsplit (subject, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (g_str_has_prefix (g_strstrip (parts[i]), "CN="))
      return g_strdup (parts[i] + 3);
  return NULL;
}

/* The desk of a message. libsoup tells the certificate only with a connection's first message, so
 * the connection remembers it. Transfer full. */
static char *
find_desk (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  char *desk = read_desk (soup_server_message_get_tls_peer_certificate (message));

  if (socket == NULL)
    return desk;
  if (desk == NULL)
    return g_strdup (g_object_get_data (G_OBJECT (socket), "gs-desk"));
  g_object_set_data_full (G_OBJECT (socket), "gs-desk", g_strdup (desk), g_free);
  return desk;
}

/* Reads the body into request->body. NULL, or the problem. */
static GsSimReply *
read_body (GsSimRequest *request)
{
  SoupMessageBody *message_body = soup_server_message_get_request_body (request->message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (message_body);
  const char *type = gs_sim_request_get_header (request, "Content-Type");
  g_autofree char *message = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (length == 0)
    return NULL;
  if (length > LONGEST_BODY)
    return gs_sim_reply_problem ("too-large", NULL, NULL);
  if (type == NULL || !g_str_has_prefix (type, "application/json"))
    return gs_sim_reply_problem ("unsupported-media-type", NULL, NULL);
  request->body = gs_sim_json_parse (data, length, &message);
  if (request->body == NULL)
    return gs_sim_reply_problem ("invalid-body", message, NULL);
  if (!json_is_object (request->body))
    return gs_sim_reply_problem ("invalid-body", "The body must be an object.", NULL);
  return NULL;
}

static GsSimReply *
check_request (GsSimRequest *request)
{
  const char *epoch = gs_sim_request_get_header (request, "Gateside-Epoch");
  const char *own = gs_sim_log_get_epoch (gs_sim_hall_get_log (request->service->hall));

  if (request->desk == NULL)
    return gs_sim_reply_problem ("wrong-desk", "The certificate has no common name.", NULL);
  if (gs_sim_faults_is_refusing (request->service->faults))
    return gs_sim_reply_problem ("unavailable", NULL, NULL);
  if (epoch != NULL && !g_str_equal (epoch, own))
    return gs_sim_reply_problem ("other-epoch", NULL, json_pack ("{s:s}", "epoch", own));
  return read_body (request);
}

static void
answer_request (GsSimRequest *request)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (request->message));
  GsSimReply *problem = check_request (request);

  if (problem != NULL)
    gs_sim_request_answer (request, problem);
  else
    gs_sim_service_route (request, soup_server_message_get_method (request->message), path);
}

static gboolean
answer_late (gpointer user_data)
{
  GsSimRequest *request = user_data;

  if (request->service->server != NULL)
    answer_request (request);
  soup_server_message_unpause (request->message);
  request_free (request);
  return G_SOURCE_REMOVE;
}

static void
handle (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer user_data)
{
  GsSimService *self = user_data;
  GsSimRequest *request = g_new0 (GsSimRequest, 1);
  guint delay_ms = gs_sim_faults_get_delay_ms (self->faults);

  request->service = self;
  request->message = g_object_ref (message);
  request->desk = find_desk (message);
  request->query = query == NULL ? NULL : g_hash_table_ref (query);
  if (delay_ms == 0)
    {
      answer_request (request);
      request_free (request);
      return;
    }
  soup_server_message_pause (message);
  g_timeout_add (delay_ms, answer_late, request);
}

/* ---- life ---- */

/* GLib leaves every client certificate to the server's word, with what the check against the CA
 * found: nothing wrong is the only good answer. GLib does not look at the certificate's usage. */
static gboolean
on_accept_certificate (SoupServerMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  return errors == G_TLS_CERTIFICATE_NO_FLAGS && gs_sim_pki_is_client (certificate);
}

static void
on_request_started (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), NULL);
}

static void
on_events (GsSimHall *hall, gpointer user_data)
{
  GsSimService *self = user_data;
  GsSimLog *log = gs_sim_hall_get_log (hall);
  gint64 newest = gs_sim_log_get_newest (log);

  if (self->marked_id > newest)
    self->marked_id = 0;
  while (self->marked_id < newest)
    gs_sim_faults_mark (self->faults, ++self->marked_id);
  if (gs_sim_faults_take_skip (self->faults))
    gs_sim_log_skip_id (log);
  gs_sim_service_flush_streams (self);
}

static gboolean
on_timer (gpointer user_data)
{
  GsSimService *self = user_data;

  gs_sim_hall_tick (self->hall);
  gs_sim_service_flush_streams (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
load_tls (GsSimService *self, const GsSimServiceConfig *config, GError **error)
{
  /* GTlsFileDatabase trusts nobody when its path is relative. */
  g_autofree char *ca_path = g_canonicalize_filename (config->ca_path, NULL);

  self->certificate =
    g_tls_certificate_new_from_files (config->certificate_path, config->key_path, error);
  if (self->certificate == NULL)
    return FALSE;
  self->authorities = g_tls_file_database_new (ca_path, error);
  return self->authorities != NULL;
}

GsSimService *
gs_sim_service_new (GsSimHall *hall,
                    GsSimFaults *faults,
                    GsSimTraffic *traffic,
                    const GsSimServiceConfig *config,
                    GError **error)
{
  g_autoptr (GsSimService) self = g_new0 (GsSimService, 1);

  self->hall = hall;
  self->faults = faults;
  self->traffic = traffic;
  self->port = config->port;
  self->streams = g_ptr_array_new_with_free_func (gs_sim_service_stream_free);
  self->marked_id = gs_sim_log_get_newest (gs_sim_hall_get_log (hall));
  if (!load_tls (self, config, error) || !gs_sim_service_listen (self, error))
    return NULL;
  gs_sim_hall_set_listener (hall, on_events, self);
  self->timer = g_timeout_add (TICK_MS, on_timer, self);
  return g_steal_pointer (&self);
}

void
gs_sim_service_free (GsSimService *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  gs_sim_hall_set_listener (self->hall, NULL, NULL);
  gs_sim_service_close (self);
  g_ptr_array_unref (self->streams);
  g_clear_object (&self->certificate);
  g_clear_object (&self->authorities);
  g_free (self);
}

guint
gs_sim_service_get_port (GsSimService *self)
{
  return self->port;
}

guint
gs_sim_service_count_streams (GsSimService *self)
{
  return self->streams->len;
}

static gboolean
is_own_connection (GsSimService *self, int fd)
{
  struct sockaddr_in here = { 0 };
  struct sockaddr_storage there;
  socklen_t here_length = sizeof here, there_length = sizeof there;

  return getsockname (fd, (struct sockaddr *) &here, &here_length) == 0
         && here.sin_family == AF_INET && ntohs (here.sin_port) == self->port
         && getpeername (fd, (struct sockaddr *) &there, &there_length) == 0;
}

/* Closing a connection waits for its handshake, however long the other side is silent: with no more
 * to read, a handshake ends at once. What was written still goes out. */
static void
end_handshakes (GsSimService *self)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      int fd = atoi (name);

      if (is_own_connection (self, fd))
        shutdown (fd, SHUT_RD);
    }
}

void
gs_sim_service_close (GsSimService *self)
{
  gs_sim_service_cut (self, FALSE);
  if (self->server == NULL)
    return;
  end_handshakes (self);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

gboolean
gs_sim_service_listen (GsSimService *self, GError **error)
{
  GSList *uris;

  self->server = soup_server_new ("tls-certificate", self->certificate, "tls-database",
                                  self->authorities, "tls-auth-mode", G_TLS_AUTHENTICATION_REQUIRED,
                                  "server-header", "gateside-hall ", NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (on_request_started), NULL);
  soup_server_add_handler (self->server, NULL, handle, self, NULL);
  if (!soup_server_listen_local (self->server, self->port,
                                 SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    {
      g_clear_object (&self->server);
      return FALSE;
    }
  uris = soup_server_get_uris (self->server);
  if (uris != NULL)
    self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}
