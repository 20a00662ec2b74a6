/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-sim-picture.h"

G_BEGIN_DECLS

/* The cameras of the hall as RTSP servers: one for each desk (rtsp://127.0.0.1:PORT/desk), and one
 * for all gates (rtsps://localhost:PORT/gates/ID), which asks for a desk's certificate and shows a
 * gate only to a desk that watches it. H.264, 1280 × 720, 30 pictures a second. Nothing is drawn
 * and coded while nobody looks.
 *
 * Main thread; pictures and clients have threads of their own. */
typedef struct _GsSimCameras GsSimCameras;

/* portraits: cache of gateside-portraits, or NULL. NULL with GIOError when GStreamer lacks a part,
 * which the message names. */
GsSimCameras *gs_sim_cameras_new (const char *portraits, guint64 seed, GError **error);
/* Clients are cut off. */
void gs_sim_cameras_free (GsSimCameras *self);

/* port 0 takes a free one. Returns the port, 0 with the socket's error. */
guint gs_sim_cameras_add_desk (GsSimCameras *self, const char *desk, guint port, GError **error);
/* gates: their ids. */
guint gs_sim_cameras_add_gates (GsSimCameras *self,
                                const char *const *gates,
                                const char *ca,
                                const char *certificate,
                                const char *key,
                                guint port,
                                GError **error);

gboolean gs_sim_cameras_has_desk (GsSimCameras *self, const char *desk);

/* Who stands at the desk, or is in the gate; NULL for nobody. at_first: a trouble that passes by
 * itself after seconds, or NONE. The same person again changes nothing. */
void gs_sim_cameras_stand (GsSimCameras *self,
                           const char *place,
                           const GsUtopiaWho *who,
                           GsSimTrouble at_first,
                           double seconds);

/* A script's trouble; it stays until NONE. other: NULL lets somebody be chosen. FALSE when the desk
 * or gate has no camera. */
gboolean gs_sim_cameras_set_trouble (GsSimCameras *self,
                                     const char *place,
                                     GsSimTrouble trouble,
                                     const GsUtopiaWho *other);

/* Which desks may look into the gate. */
void gs_sim_cameras_set_watchers (GsSimCameras *self, const char *gate, const char *const *desks);

/* How many cameras somebody looks into now. */
guint gs_sim_cameras_count_looks (GsSimCameras *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimCameras, gs_sim_cameras_free)

G_END_DECLS
