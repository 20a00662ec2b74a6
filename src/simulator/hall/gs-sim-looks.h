/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-population.h"
#include "gs-sim-cameras.h"
#include "gs-sim-hall.h"

#include <jansson.h>

/* Joins hall, population and cameras: who steps up is seen by the desk's camera, who is in a gate
 * by the gate's, and a desk may look into the gates that it watches. Main thread. */
typedef struct _GsSimLooks GsSimLooks;

/* hall and population are not owned. portraits may be NULL. NULL with GIOError when GStreamer lacks
 * a part. */
GsSimLooks *gs_sim_looks_new (
  GsSimHall *hall, GsPopulation *population, const char *portraits, guint64 seed, GError **error);
void gs_sim_looks_free (GsSimLooks *self);

/* wish: "DESK=PORT"; port 0 takes a free one. FALSE with the socket's error, or
 * G_IO_ERROR_INVALID_ARGUMENT. */
gboolean gs_sim_looks_add_desk (GsSimLooks *self, const char *wish, GError **error);
/* The cameras of all gates; their URLs stand in the hall's status from then on. */
gboolean gs_sim_looks_add_gates (GsSimLooks *self,
                                 const char *ca,
                                 const char *certificate,
                                 const char *key,
                                 guint port,
                                 GError **error);
/* Appends a line "camera-DESK PORT" for each desk and "gate-cameras PORT". */
void gs_sim_looks_announce (GsSimLooks *self, GString *text);

/* Tells the gates' cameras who is there and who may look; called a few times a second. */
void gs_sim_looks_step (GsSimLooks *self);

/* POST /control/camera. The answer, or NULL with a message in *problem (transfer full). */
json_t *gs_sim_looks_script (GsSimLooks *self, json_t *wish, char **problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimLooks, gs_sim_looks_free)
