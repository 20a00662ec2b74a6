/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-certificate.h"

#include "gs-ipp-transport.h"
#include "gs-printer-error.h"
#include "gs-time.h"

#include <string.h>

#define FETCH_TIMEOUT_S 10
#define TYPED_LEAST 8

GsPrinterCertificate *
gs_printer_certificate_ref (GsPrinterCertificate *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
certificate_clear (gpointer data)
{
  GsPrinterCertificate *self = data;

  g_free (self->subject);
  g_free (self->issuer);
  g_strfreev (self->names);
  g_free (self->fingerprint);
  g_free (self->pem);
}

void
gs_printer_certificate_unref (GsPrinterCertificate *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, certificate_clear);
}

/* --- what it says ----------------------------------------------------------------------------- */

/* A text of the certificate for the screen: valid, without control characters, never NULL. Takes
 * text. */
static char *
clean (char *text)
{
  g_autofree char *taken = text;
  char *valid = g_utf8_make_valid (taken != NULL ? taken : "", -1);

  for (char *c = valid; *c != '\0'; c++)
    if ((guchar) *c < 0x20 || *c == 0x7f)
      *c = ' ';
  return valid;
}

static gint64
time_of (GDateTime *time)
{
  g_autoptr (GDateTime) taken = time;

  return taken != NULL ? g_date_time_to_unix (taken) * 1000 : GS_TIME_UNKNOWN;
}

static char **
dup_names (GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray) hosts = g_tls_certificate_get_dns_names (certificate);
  g_autoptr (GPtrArray) addresses = g_tls_certificate_get_ip_addresses (certificate);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; hosts != NULL && i < hosts->len; i++)
    {
      gsize len;
      const char *host = g_bytes_get_data (g_ptr_array_index (hosts, i), &len);

      g_ptr_array_add (names, clean (g_strndup (host, len)));
    }
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    g_ptr_array_add (names, g_inet_address_to_string (g_ptr_array_index (addresses, i)));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

GsPrinterCertificate *
gs_printer_certificate_new (GTlsCertificate *certificate)
{
  GsPrinterCertificate *self = g_atomic_rc_box_new0 (GsPrinterCertificate);
  g_autoptr (GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, "certificate-pem", &self->pem, NULL);
  self->subject = clean (g_tls_certificate_get_subject_name (certificate));
  self->issuer = clean (g_tls_certificate_get_issuer_name (certificate));
  self->names = dup_names (certificate);
  self->not_before_utc_ms = time_of (g_tls_certificate_get_not_valid_before (certificate));
  self->not_after_utc_ms = time_of (g_tls_certificate_get_not_valid_after (certificate));
  self->fingerprint = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  return self;
}

GsPrinterCertificate *
gs_printer_certificate_new_from_pem (const char *pem, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_pem (pem, -1, error);

  return certificate != NULL ? gs_printer_certificate_new (certificate) : NULL;
}

GTlsCertificate *
gs_printer_certificate_dup_tls (const GsPrinterCertificate *self)
{
  return g_tls_certificate_new_from_pem (self->pem, -1, NULL);
}

/* --- judging ---------------------------------------------------------------------------------- */

GsCertificateFlaw
gs_printer_certificate_judge (const GsPrinterCertificate *self, const char *uri, gint64 now_utc_ms)
{
  g_autoptr (GTlsCertificate) certificate = gs_printer_certificate_dup_tls (self);
  g_autoptr (GUri) parsed = gs_ipp_transport_parse_uri (uri, NULL);
  g_autoptr (GSocketConnectable) host = NULL;

  if (self->not_after_utc_ms != GS_TIME_UNKNOWN && now_utc_ms > self->not_after_utc_ms)
    return GS_CERTIFICATE_FLAW_ENDED;
  if (self->not_before_utc_ms != GS_TIME_UNKNOWN && now_utc_ms < self->not_before_utc_ms)
    return GS_CERTIFICATE_FLAW_NOT_BEGUN;
  if (certificate == NULL || parsed == NULL)
    return GS_CERTIFICATE_FLAW_OTHER_HOST;
  host = g_network_address_new (g_uri_get_host (parsed), (guint16) g_uri_get_port (parsed));
  return (g_tls_certificate_verify (certificate, host, NULL) & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0
           ? GS_CERTIFICATE_FLAW_OTHER_HOST
           : GS_CERTIFICATE_FLAW_NONE;
}

gboolean
gs_printer_certificate_is_typed (const GsPrinterCertificate *self, const char *typed)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *c = typed; *c != '\0'; c++)
    if (g_ascii_isxdigit (*c))
      g_string_append_c (digits, g_ascii_tolower (*c));
    else if (!g_ascii_isspace (*c) && *c != ':')
      return FALSE;
  return digits->len >= TYPED_LEAST && g_str_has_suffix (self->fingerprint, digits->str);
}

/* --- fetching --------------------------------------------------------------------------------- */

typedef struct
{
  GTlsCertificate *shown;
  guint timeout;
  GCancellable *inner;
  GCancellable *outer;
  gulong outer_handler;
  gboolean timed_out;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_clear_handle_id (&fetch->timeout, g_source_remove);
  if (fetch->outer_handler != 0)
    g_cancellable_disconnect (fetch->outer, fetch->outer_handler);
  g_clear_object (&fetch->shown);
  g_clear_object (&fetch->inner);
  g_clear_object (&fetch->outer);
  g_free (fetch);
}

/* Looks, and refuses: the handshake ends here, before anything could be said. */
static gboolean
on_shown (GTlsConnection *connection,
          GTlsCertificate *certificate,
          GTlsCertificateFlags errors,
          gpointer data)
{
  Fetch *fetch = g_task_get_task_data (data);

  g_set_object (&fetch->shown, certificate);
  return FALSE;
}

static void
end (GTask *task, const GError *error)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (fetch->outer_handler != 0)
    g_cancellable_disconnect (fetch->outer, fetch->outer_handler);
  fetch->outer_handler = 0;
  g_clear_handle_id (&fetch->timeout, g_source_remove);
  if (fetch->outer != NULL && g_cancellable_is_cancelled (fetch->outer))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The request was cancelled");
  else if (fetch->shown != NULL)
    g_task_return_pointer (task, gs_printer_certificate_new (fetch->shown),
                           (GDestroyNotify) gs_printer_certificate_unref);
  else if (fetch->timed_out)
    g_task_return_new_error (task, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNREACHABLE,
                             "The printer did not answer in time");
  else if (error != NULL && error->domain == G_TLS_ERROR)
    g_task_return_new_error (task, GS_PRINTER_ERROR, GS_PRINTER_ERROR_PROTOCOL,
                             "The printer shows no certificate: %s", error->message);
  else
    g_task_return_new_error (task, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNREACHABLE,
                             "The printer cannot be reached: %s",
                             error != NULL ? error->message : "no handshake");
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error);
  g_signal_handlers_disconnect_by_func (source, on_shown, task);
  end (task, error);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GSocketConnectable *host = g_object_get_data (G_OBJECT (task), "host");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) plain =
    g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  g_autoptr (GIOStream) tls = NULL;

  if (plain != NULL)
    tls = g_tls_client_connection_new (G_IO_STREAM (plain), host, &error);
  if (tls == NULL)
    {
      end (task, error);
      return;
    }
  /* No authority at all, so that the certificate is always shown to on_shown(). */
  g_tls_connection_set_database (G_TLS_CONNECTION (tls), NULL);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (on_shown), task);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, fetch->inner,
                                    on_handshake, g_object_ref (task));
}

static gboolean
on_timeout (gpointer data)
{
  Fetch *fetch = data;

  fetch->timeout = 0;
  fetch->timed_out = TRUE;
  g_cancellable_cancel (fetch->inner);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
}

void
gs_printer_certificate_fetch_async (const char *uri,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GUri) parsed = NULL;
  g_autoptr (GError) error = NULL;
  GSocketConnectable *host;
  Fetch *fetch;

  g_return_if_fail (uri != NULL);

  g_task_set_source_tag (task, gs_printer_certificate_fetch_async);
  parsed = gs_ipp_transport_parse_uri (uri, &error);
  if (parsed == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  fetch = g_new0 (Fetch, 1);
  fetch->inner = g_cancellable_new ();
  g_task_set_task_data (task, fetch, fetch_free);
  if (cancellable != NULL)
    {
      fetch->outer = g_object_ref (cancellable);
      fetch->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled),
                                                    g_object_ref (fetch->inner), g_object_unref);
    }
  fetch->timeout = g_timeout_add_seconds (FETCH_TIMEOUT_S, on_timeout, fetch);
  host = g_network_address_new (g_uri_get_host (parsed), (guint16) g_uri_get_port (parsed));
  g_object_set_data_full (G_OBJECT (task), "host", host, g_object_unref);
  g_socket_client_set_proxy_resolver (client, NULL);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_async (client, host, fetch->inner, on_connected, g_object_ref (task));
}

GsPrinterCertificate *
gs_printer_certificate_fetch_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gs_printer_certificate_fetch_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
