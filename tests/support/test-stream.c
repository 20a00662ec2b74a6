/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An RTSP server of a launch line, for tests of whoever looks at it.
 *
 * usage: test-stream [--port N] [--cert FILE --key FILE [--ca FILE]] [--garbage] LAUNCH
 *
 * Serves rtsp://127.0.0.1:PORT/desk (rtsps with --cert; with --ca only to those who have a
 * certificate of it) and prints "port PORT" when it listens. LAUNCH ends in a payloader named pay0.
 * --garbage damages every packet. Ends with its parent.
 */
#include <gio/gio.h>
#include <gst/rtsp-server/rtsp-server.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>

static int port;
static char *certificate, *key, *ca;
static gboolean garbage;
static const GOptionEntry entries[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &port, "Port; 0 takes a free one", "N" },
  { "cert", 0, 0, G_OPTION_ARG_FILENAME, &certificate, "PEM", "FILE" },
  { "key", 0, 0, G_OPTION_ARG_FILENAME, &key, "PEM", "FILE" },
  { "ca", 0, 0, G_OPTION_ARG_FILENAME, &ca, "PEM", "FILE" },
  { "garbage", 0, 0, G_OPTION_ARG_NONE, &garbage, "Damage every packet", NULL },
  { NULL },
};

static GstPadProbeReturn
damage (GstPad *pad, GstPadProbeInfo *probe, gpointer user_data)
{
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (probe));
  GstMapInfo map;

  GST_PAD_PROBE_INFO_DATA (probe) = buffer;
  if (gst_buffer_map (buffer, &map, GST_MAP_READWRITE))
    {
      /* What follows RTP's header (12 bytes) and the unit's type stays a packet. */
      for (gsize i = 16; i < map.size; i++)
        map.data[i] = (guint8) (map.data[i] * 31 + i * 7 + 13);
      gst_buffer_unmap (buffer, &map);
    }
  return GST_PAD_PROBE_OK;
}

static gboolean
damage_one (GstBuffer **buffer, guint number, gpointer user_data)
{
  GstPadProbeInfo one = { .data = *buffer };

  damage (NULL, &one, NULL);
  *buffer = one.data;
  return TRUE;
}

static GstPadProbeReturn
on_packets (GstPad *pad, GstPadProbeInfo *probe, gpointer user_data)
{
  GstBufferList *list;

  if (GST_PAD_PROBE_INFO_TYPE (probe) & GST_PAD_PROBE_TYPE_BUFFER)
    return damage (pad, probe, NULL);
  list = gst_buffer_list_make_writable (GST_PAD_PROBE_INFO_BUFFER_LIST (probe));
  GST_PAD_PROBE_INFO_DATA (probe) = list;
  gst_buffer_list_foreach (list, damage_one, NULL);
  return GST_PAD_PROBE_OK;
}

static void
on_media (GstRTSPMediaFactory *factory, GstRTSPMedia *media, gpointer user_data)
{
  g_autoptr (GstElement) bin = gst_rtsp_media_get_element (media);
  g_autoptr (GstElement) payloader = gst_bin_get_by_name (GST_BIN (bin), "pay0");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (payloader, "src");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, on_packets,
                     NULL, NULL);
}

static gboolean
accept_client (GstRTSPAuth *auth,
               GTlsConnection *tls,
               GTlsCertificate *peer,
               GTlsCertificateFlags errors,
               gpointer user_data)
{
  return errors == 0;
}

static void
set_up_tls (GstRTSPServer *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) own = g_tls_certificate_new_from_files (certificate, key, &error);
  g_autoptr (GTlsDatabase) anchors = NULL;
  g_autoptr (GstRTSPAuth) auth = gst_rtsp_auth_new ();
  g_autoptr (GstRTSPToken) token =
    gst_rtsp_token_new (GST_RTSP_TOKEN_MEDIA_FACTORY_ROLE, G_TYPE_STRING, "anybody", NULL);

  if (own == NULL)
    g_error ("%s", error->message);
  gst_rtsp_auth_set_tls_certificate (auth, own);
  gst_rtsp_auth_set_default_token (auth, token);
  if (ca != NULL)
    {
      anchors = g_tls_file_database_new (ca, NULL);
      gst_rtsp_auth_set_tls_database (auth, anchors);
      gst_rtsp_auth_set_tls_authentication_mode (auth, G_TLS_AUTHENTICATION_REQUIRED);
      g_signal_connect (auth, "accept-certificate", G_CALLBACK (accept_client), NULL);
    }
  gst_rtsp_server_set_auth (server, auth);
}

static void
add_stream (GstRTSPServer *server, const char *launch)
{
  GstRTSPMountPoints *mounts = gst_rtsp_server_get_mount_points (server);
  GstRTSPMediaFactory *factory = gst_rtsp_media_factory_new ();
  g_autofree char *line = g_strdup_printf ("( %s )", launch);

  gst_rtsp_media_factory_set_launch (factory, line);
  gst_rtsp_media_factory_set_shared (factory, TRUE);
  if (certificate != NULL)
    gst_rtsp_media_factory_add_role (factory, "anybody", GST_RTSP_PERM_MEDIA_FACTORY_ACCESS,
                                     G_TYPE_BOOLEAN, TRUE, GST_RTSP_PERM_MEDIA_FACTORY_CONSTRUCT,
                                     G_TYPE_BOOLEAN, TRUE, NULL);
  if (garbage)
    g_signal_connect (factory, "media-configure", G_CALLBACK (on_media), NULL);
  gst_rtsp_mount_points_add_factory (mounts, "/desk", factory);
  g_object_unref (mounts);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("LAUNCH");
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (GstRTSPServer) server = NULL;
  g_autofree char *service = NULL;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    return 64;
  gst_init (NULL, NULL);
  loop = g_main_loop_new (NULL, FALSE);
  server = gst_rtsp_server_new ();
  service = g_strdup_printf ("%d", port);
  gst_rtsp_server_set_address (server, "127.0.0.1");
  gst_rtsp_server_set_service (server, service);
  if (certificate != NULL)
    set_up_tls (server);
  add_stream (server, argv[1]);
  if (gst_rtsp_server_attach (server, NULL) == 0)
    return 1;
  printf ("port %d\n", gst_rtsp_server_get_bound_port (server));
  fflush (stdout);
  g_main_loop_run (loop);
  return 0;
}
