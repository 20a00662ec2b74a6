/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Faults of the live feed and of the service. Counters and switches only; who acts on them is the
 * service. Main thread. */
typedef enum
{
  GS_SIM_DAMAGE_NONE,
  GS_SIM_DAMAGE_GARBAGE,   /* data is cut and filled with noise */
  GS_SIM_DAMAGE_BAD_JSON,  /* data is valid text but no JSON */
  GS_SIM_DAMAGE_DUPLICATE, /* sent twice */
  GS_SIM_DAMAGE_DROP,      /* not sent on the live stream */
  GS_SIM_DAMAGE_REORDER,   /* sent after its successor */
} GsSimDamage;

typedef struct _GsSimFaults GsSimFaults;

GsSimFaults *gs_sim_faults_new (void);
void gs_sim_faults_free (GsSimFaults *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimFaults, gs_sim_faults_free)

/* Sets a fault by its published name: switches are on for seconds (0: until switched off), counted
 * ones hit the next count events. FALSE for a name that is no switch and no counter. */
gboolean
gs_sim_faults_set (GsSimFaults *self, const char *name, gboolean on, double seconds, guint count);

/* All published names, those that the program itself acts on included; NULL-terminated. */
const char *const *gs_sim_faults_get_names (void);

gboolean gs_sim_faults_is_silent (GsSimFaults *self);   /* stop-sending */
gboolean gs_sim_faults_is_refusing (GsSimFaults *self); /* refuse */
gboolean gs_sim_faults_has_lost_clock (GsSimFaults *self);
guint gs_sim_faults_get_delay_ms (GsSimFaults *self); /* slow */

/* Decides the fate of a new event, once for all streams; returns TRUE when skip-id wants its id to
 * be left out. */
gboolean gs_sim_faults_take_skip (GsSimFaults *self);
void gs_sim_faults_mark (GsSimFaults *self, gint64 id);
GsSimDamage gs_sim_faults_get_damage (GsSimFaults *self, gint64 id);
