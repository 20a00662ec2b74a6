/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-population.h"
#include "gs-sim-looks.h"
#include "gs-sim-scanner.h"
#include "gs-sim-service.h"

#include <gio/gio.h>

/* The plain loopback port by which scripts drive the simulator. No part of the contract. */
typedef struct _GsSimControl GsSimControl;

/* What only the program can do. */
typedef struct
{
  void (*quit) (gpointer user_data);
  void (*restart) (double seconds, gpointer user_data);
  void (*set_load) (double events_per_second, gpointer user_data);
  gboolean (*new_epoch) (gpointer user_data);
  gboolean (*lose_claims) (gpointer user_data);
  gpointer user_data;
} GsSimControlActions;

/* Everything outlives the control. looks: NULL when the hall has no cameras. Transfer full; NULL
 * with the socket's error. */
GsSimControl *gs_sim_control_new (GsSimHall *hall,
                                  GsSimService *service,
                                  GsSimFaults *faults,
                                  GsPopulation *population,
                                  GsSimScanners *scanners,
                                  GsSimLooks *looks,
                                  const GsSimControlActions *actions,
                                  guint port,
                                  GError **error);
void gs_sim_control_free (GsSimControl *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimControl, gs_sim_control_free)

guint gs_sim_control_get_port (GsSimControl *self);

/* Sets or does a fault by its published name, as the --fault option does. FALSE when there is none
 * of that name. */
gboolean gs_sim_control_set_fault (GsSimFaults *faults,
                                   GsSimService *service,
                                   const GsSimControlActions *actions,
                                   const char *name,
                                   gboolean on,
                                   double seconds,
                                   guint count);
