/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-cameras.h"

#include "gs-sim-camera-private.h"
#include "gs-utopia-people.h"

#include <string.h>

/* A server and its place in the thread's main loop. */
typedef struct
{
  GstRTSPServer *server;
  GSource *source;
} Server;

struct _GsSimCameras
{
  guint64 seed;
  GsSimWardrobe *wardrobe;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GPtrArray *cameras; /* GsSimCamera; not changed while a gate server runs */
  GPtrArray *servers; /* Server */
};

/* ---- life ---- */

static gpointer
run (gpointer user_data)
{
  GsSimCameras *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static GstRTSPFilterResult
drop_client (GstRTSPServer *server, GstRTSPClient *client, gpointer user_data)
{
  return GST_RTSP_FILTER_REMOVE;
}

static void
server_free (gpointer data)
{
  Server *self = data;

  g_source_destroy (self->source);
  g_source_unref (self->source);
  gst_rtsp_server_client_filter (self->server, drop_client, NULL);
  g_object_unref (self->server);
  g_free (self);
}

static gboolean
has_part (const char *element, const char *package, GError **error)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (element);

  if (factory == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 "GStreamer's element %s is missing (Debian package %s)", element, package);
  return factory != NULL;
}

GsSimCameras *
gs_sim_cameras_new (const char *portraits, guint64 seed, GError **error)
{
  GsSimCameras *self;

  if (!gst_init_check (NULL, NULL, error)
      || !has_part ("appsrc", "gstreamer1.0-plugins-base", error)
      || !has_part ("h264parse", "gstreamer1.0-plugins-bad", error)
      || !has_part ("rtph264pay", "gstreamer1.0-plugins-good", error)
      || (!has_part ("x264enc", "gstreamer1.0-plugins-ugly", NULL)
          && !has_part ("openh264enc", "gstreamer1.0-plugins-bad", error)))
    return NULL;
  self = g_new0 (GsSimCameras, 1);
  self->seed = seed;
  self->wardrobe = gs_sim_wardrobe_new (portraits);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->cameras = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_sim_camera_unref);
  self->servers = g_ptr_array_new_with_free_func (server_free);
  self->thread = g_thread_new ("sim-cameras", run, self);
  return self;
}

static gboolean
quit (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

void
gs_sim_cameras_free (GsSimCameras *self)
{
  GSource *source = g_idle_source_new ();

  g_ptr_array_unref (self->servers);
  for (guint i = 0; i < self->cameras->len; i++)
    gs_sim_camera_end (g_ptr_array_index (self->cameras, i));
  g_source_set_callback (source, quit, self->loop, NULL);
  g_source_attach (source, self->context);
  g_source_unref (source);
  g_thread_join (self->thread);
  gst_rtsp_thread_pool_cleanup ();
  g_ptr_array_unref (self->cameras);
  gs_sim_wardrobe_free (self->wardrobe);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self);
}

/* ---- servers ---- */

static GsSimCamera *
find_camera (GsSimCameras *self, const char *place)
{
  for (guint i = 0; i < self->cameras->len; i++)
    {
      GsSimCamera *camera = g_ptr_array_index (self->cameras, i);

      if (g_strcmp0 (camera->place, place) == 0)
        return camera;
    }
  return NULL;
}

static void
mount (GstRTSPServer *server, GsSimCamera *camera)
{
  GstRTSPMountPoints *mounts = gst_rtsp_server_get_mount_points (server);

  gst_rtsp_mount_points_add_factory (mounts, camera->mount, gs_sim_camera_make_factory (camera));
  g_object_unref (mounts);
}

static GsSimCamera *
add_camera (GsSimCameras *self, GstRTSPServer *server, const char *place, const char *path)
{
  GsSimCamera *camera = gs_sim_camera_new (place, path, self->context, self->wardrobe, self->seed);

  g_ptr_array_add (self->cameras, camera);
  mount (server, camera);
  /* A script may take the camera away and bring it back. */
  g_object_set_data (G_OBJECT (server), place, camera);
  return camera;
}

static GstRTSPFilterResult
drop_session (GstRTSPClient *client, GstRTSPSession *session, gpointer user_data)
{
  return GST_RTSP_FILTER_REMOVE;
}

/* The server keeps a session for a minute after its connection broke, and would draw that long. */
static void
on_client_closed (GstRTSPClient *client, gpointer user_data)
{
  gst_rtsp_client_session_filter (client, drop_session, NULL);
}

static void
on_client (GstRTSPServer *server, GstRTSPClient *client, gpointer user_data)
{
  g_signal_connect (client, "closed", G_CALLBACK (on_client_closed), NULL);
}

static guint
listen (GsSimCameras *self, GstRTSPServer *server, guint port, GError **error)
{
  g_autofree char *service = g_strdup_printf ("%u", port);
  Server *kept;
  GSource *source;

  g_signal_connect (server, "client-connected", G_CALLBACK (on_client), NULL);
  gst_rtsp_server_set_address (server, "127.0.0.1");
  gst_rtsp_server_set_service (server, service);
  source = gst_rtsp_server_create_source (server, NULL, error);
  if (source == NULL)
    return 0;
  g_source_attach (source, self->context);
  kept = g_new0 (Server, 1);
  kept->server = g_object_ref (server);
  kept->source = source;
  g_ptr_array_add (self->servers, kept);
  return (guint) gst_rtsp_server_get_bound_port (server);
}

guint
gs_sim_cameras_add_desk (GsSimCameras *self, const char *desk, guint port, GError **error)
{
  g_autoptr (GstRTSPServer) server = gst_rtsp_server_new ();

  add_camera (self, server, desk, "/desk");
  return listen (self, server, port, error);
}

/* In a server's thread: "/gates/gate-3", or a stream below it. */
static gboolean
is_watcher (const char *path, const char *desk, gpointer user_data)
{
  GsSimCameras *self = user_data;
  gboolean may = FALSE;

  for (guint i = 0; i < self->cameras->len; i++)
    {
      GsSimCamera *camera = g_ptr_array_index (self->cameras, i);
      gsize length = strlen (camera->mount);

      if (strncmp (path, camera->mount, length) != 0
          || (path[length] != '\0' && path[length] != '/'))
        continue;
      g_mutex_lock (&camera->lock);
      may =
        camera->watchers != NULL && g_strv_contains ((const char *const *) camera->watchers, desk);
      g_mutex_unlock (&camera->lock);
    }
  return may;
}

guint
gs_sim_cameras_add_gates (GsSimCameras *self,
                          const char *const *gates,
                          const char *ca,
                          const char *certificate,
                          const char *key,
                          guint port,
                          GError **error)
{
  g_autoptr (GstRTSPAuth) guard = gs_sim_guard_new (ca, certificate, key, is_watcher, self, error);
  g_autoptr (GstRTSPServer) server = NULL;

  if (guard == NULL)
    return 0;
  server = gst_rtsp_server_new ();
  gst_rtsp_server_set_auth (server, guard);
  for (guint i = 0; gates[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/gates/", gates[i], NULL);

      add_camera (self, server, gates[i], path);
    }
  return listen (self, server, port, error);
}

gboolean
gs_sim_cameras_has_desk (GsSimCameras *self, const char *desk)
{
  return find_camera (self, desk) != NULL;
}

/* ---- what they see ---- */

void
gs_sim_cameras_stand (GsSimCameras *self,
                      const char *place,
                      const GsUtopiaWho *who,
                      GsSimTrouble at_first,
                      double seconds)
{
  GsSimCamera *camera = find_camera (self, place);
  gint64 now_us = g_get_monotonic_time ();

  if (camera == NULL)
    return;
  g_mutex_lock (&camera->lock);
  if (who == NULL)
    camera->sight.is_there = FALSE;
  else if (!camera->sight.is_there || !gs_utopia_who_equal (&camera->sight.who, who))
    {
      camera->sight.is_there = TRUE;
      camera->sight.who = *who;
      camera->sight.since_us = now_us;
      camera->at_first = at_first;
      camera->at_first_until_us = now_us + (gint64) (seconds * G_USEC_PER_SEC);
      if (camera->sight.trouble == GS_SIM_TROUBLE_NONE)
        camera->sight.other = (GsUtopiaWho){ .a = (who->a + 7) % GS_UTOPIA_PEOPLE };
    }
  g_mutex_unlock (&camera->lock);
}

static Server *
find_server (GsSimCameras *self, GsSimCamera *camera)
{
  for (guint i = 0; i < self->servers->len; i++)
    {
      Server *server = g_ptr_array_index (self->servers, i);

      if (g_object_get_data (G_OBJECT (server->server), camera->place) == camera)
        return server;
    }
  return NULL;
}

/* A camera that is gone: its clients are cut, and it answers nobody. */
static void
set_gone (GsSimCameras *self, GsSimCamera *camera, gboolean is_gone)
{
  Server *server = find_server (self, camera);
  GstRTSPMountPoints *mounts;

  if (server == NULL)
    return;
  mounts = gst_rtsp_server_get_mount_points (server->server);
  gst_rtsp_mount_points_remove_factory (mounts, camera->mount);
  g_object_unref (mounts);
  if (is_gone)
    gst_rtsp_server_client_filter (server->server, drop_client, NULL);
  else
    mount (server->server, camera);
}

gboolean
gs_sim_cameras_set_trouble (GsSimCameras *self,
                            const char *place,
                            GsSimTrouble trouble,
                            const GsUtopiaWho *other)
{
  GsSimCamera *camera = find_camera (self, place);
  gboolean was_gone;

  if (camera == NULL)
    return FALSE;
  g_mutex_lock (&camera->lock);
  was_gone = camera->sight.trouble == GS_SIM_TROUBLE_STOP;
  camera->sight.trouble = trouble;
  camera->sight.other =
    other != NULL ? *other : (GsUtopiaWho){ .a = (camera->sight.who.a + 7) % GS_UTOPIA_PEOPLE };
  camera->at_first_until_us = 0;
  g_mutex_unlock (&camera->lock);
  if (was_gone != (trouble == GS_SIM_TROUBLE_STOP))
    set_gone (self, camera, trouble == GS_SIM_TROUBLE_STOP);
  return TRUE;
}

void
gs_sim_cameras_set_watchers (GsSimCameras *self, const char *gate, const char *const *desks)
{
  GsSimCamera *camera = find_camera (self, gate);

  if (camera == NULL)
    return;
  g_mutex_lock (&camera->lock);
  if (camera->watchers == NULL || !g_strv_equal ((const char *const *) camera->watchers, desks))
    {
      g_strfreev (camera->watchers);
      camera->watchers = g_strdupv ((GStrv) desks);
    }
  g_mutex_unlock (&camera->lock);
}

guint
gs_sim_cameras_count_looks (GsSimCameras *self)
{
  guint count = 0;

  for (guint i = 0; i < self->cameras->len; i++)
    {
      GsSimCamera *camera = g_ptr_array_index (self->cameras, i);

      g_mutex_lock (&camera->lock);
      count += camera->source != NULL;
      g_mutex_unlock (&camera->lock);
    }
  return count;
}
