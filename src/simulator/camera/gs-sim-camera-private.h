/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/rtsp-server/rtsp-server.h>

#include "gs-sim-picture.h"

/* One camera: what it sees now, and the stream of whoever looks. Counted: a stream that ends late
 * keeps it. */
typedef struct
{
  gatomicrefcount count;
  char *place;           /* desk or gate */
  char *mount;           /* "/desk" */
  GMainContext *context; /* of the thread that draws */
  GsSimPicture *picture; /* that thread */
  GMutex lock;           /* the rest */
  GsSimSight sight;
  GsSimTrouble at_first; /* passes by itself */
  gint64 at_first_until_us;
  GStrv watchers;     /* of a gate */
  GstElement *source; /* of the stream that runs, or NULL */
  GSource *clock;
} GsSimCamera;

/* wardrobe is not owned. */
GsSimCamera *gs_sim_camera_new (const char *place,
                                const char *mount,
                                GMainContext *context,
                                GsSimWardrobe *wardrobe,
                                guint64 seed);
GsSimCamera *gs_sim_camera_ref (GsSimCamera *self);
void gs_sim_camera_unref (GsSimCamera *self);

/* What is served; transfer full. */
GstRTSPMediaFactory *gs_sim_camera_make_factory (GsSimCamera *self);
/* Draws no more. Any thread. */
void gs_sim_camera_end (GsSimCamera *self);

/* Lets in desks with a certificate, each to the gates that it watches. is_watcher is called in the
 * server's threads. */
typedef gboolean (*GsSimGuardFunc) (const char *path, const char *desk, gpointer user_data);
GstRTSPAuth *gs_sim_guard_new (const char *ca,
                               const char *certificate,
                               const char *key,
                               GsSimGuardFunc is_watcher,
                               gpointer user_data,
                               GError **error);
