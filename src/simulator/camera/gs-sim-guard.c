/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-camera-private.h"

#include <string.h>

/* Who may look into a gate: GStreamer's authentication asks this for every connection and every
 * request. */
typedef struct
{
  GstRTSPAuth parent;

  GsSimGuardFunc is_watcher;
  gpointer user_data;
} GsSimGuard;

typedef GstRTSPAuthClass GsSimGuardClass;

GType gs_sim_guard_get_type (void);

G_DEFINE_TYPE (GsSimGuard, gs_sim_guard, GST_TYPE_RTSP_AUTH)

/* "desk-3" out of the peer's certificate; NULL when there is none. */
static char *
read_desk (GstRTSPContext *context)
{
  GTlsConnection *tls = gst_rtsp_connection_get_tls (context->conn, NULL);
  GTlsCertificate *peer = tls == NULL ? NULL : g_tls_connection_get_peer_certificate (tls);
  g_autofree char *subject = peer == NULL ? NULL : g_tls_certificate_get_subject_name (peer);
  g_auto (GStrv) parts = subject == NULL ? NULL : g_strsplit (subject, ",", -1);

  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    if (g_str_has_prefix (g_strstrip (parts[i]), "CN="))
      return g_strdup (parts[i] + 3);
  return NULL;
}

static gboolean
refuse (GstRTSPContext *context, GstRTSPStatusCode code)
{
  gst_rtsp_message_init_response (context->response, code, gst_rtsp_status_as_text (code),
                                  context->request);
  gst_rtsp_client_send_message (context->client, context->session, context->response);
  return FALSE;
}

static gboolean
gs_sim_guard_check (GstRTSPAuth *auth, GstRTSPContext *context, const gchar *check)
{
  GsSimGuard *self = (GsSimGuard *) auth;
  g_autofree char *desk = NULL;

  if (strcmp (check, GST_RTSP_AUTH_CHECK_CONNECT) == 0)
    return GST_RTSP_AUTH_CLASS (gs_sim_guard_parent_class)->check (auth, context, check);
  if (strcmp (check, GST_RTSP_AUTH_CHECK_TRANSPORT_CLIENT_SETTINGS) == 0)
    return FALSE;
  if (strcmp (check, GST_RTSP_AUTH_CHECK_URL) != 0)
    return TRUE;
  desk = read_desk (context);
  return desk != NULL && context->uri != NULL
             && self->is_watcher (context->uri->abspath, desk, self->user_data)
           ? TRUE
           : refuse (context, GST_RTSP_STS_FORBIDDEN);
}

static gboolean
gs_sim_guard_accept_certificate (GstRTSPAuth *auth,
                                 GTlsConnection *connection,
                                 GTlsCertificate *peer,
                                 GTlsCertificateFlags errors)
{
  return errors == G_TLS_CERTIFICATE_NO_FLAGS;
}

static void
gs_sim_guard_class_init (GsSimGuardClass *klass)
{
  klass->check = gs_sim_guard_check;
  klass->accept_certificate = gs_sim_guard_accept_certificate;
}

static void
gs_sim_guard_init (GsSimGuard *self)
{
}

GstRTSPAuth *
gs_sim_guard_new (const char *ca,
                  const char *certificate,
                  const char *key,
                  GsSimGuardFunc is_watcher,
                  gpointer user_data,
                  GError **error)
{
  g_autoptr (GTlsCertificate) own = g_tls_certificate_new_from_files (certificate, key, error);
  g_autoptr (GTlsDatabase) anchors = own == NULL ? NULL : g_tls_file_database_new (ca, error);
  GsSimGuard *self;

  if (anchors == NULL)
    return NULL;
  self = g_object_new (gs_sim_guard_get_type (), NULL);
  self->is_watcher = is_watcher;
  self->user_data = user_data;
  gst_rtsp_auth_set_tls_certificate (GST_RTSP_AUTH (self), own);
  gst_rtsp_auth_set_tls_database (GST_RTSP_AUTH (self), anchors);
  gst_rtsp_auth_set_tls_authentication_mode (GST_RTSP_AUTH (self), G_TLS_AUTHENTICATION_REQUIRED);
  return GST_RTSP_AUTH (self);
}
