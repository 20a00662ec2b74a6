/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <pappl/pappl.h>

G_BEGIN_DECLS

/* What is wrong with the simulated printer just now. Set by options and by the web resource, read
 * by the driver's threads; every function is for any thread. */

typedef enum
{
  GS_SIM_FAULT_JAM = 1,      /* holds at a line until cleared; nothing of the page is lost */
  GS_SIM_FAULT_MEDIA_EMPTY,  /* holds before the page until cleared */
  GS_SIM_FAULT_SUPPLY_LOW,   /* says that the ink is low, prints all the same */
  GS_SIM_FAULT_OFFLINE,      /* says that the device is offline, holds before the page */
  GS_SIM_FAULT_SLOW,         /* value: milliseconds a line */
  GS_SIM_FAULT_HEAD_FAILURE, /* from line value on nothing comes out; the printer does not notice */
  GS_SIM_FAULT_POWER_CUT,    /* the program ends at line value, without a word to anybody */
  GS_SIM_FAULT_COUNT,
} GsSimFault;

typedef struct _GsSimFaults GsSimFaults;

/* What the print of one line meets. */
typedef enum
{
  GS_SIM_LINE_PRINTED = 1,
  GS_SIM_LINE_BLANK,     /* taken, and not on paper */
  GS_SIM_LINE_CANCELLED, /* the job was cancelled or the printer is ending */
  GS_SIM_LINE_POWER_CUT,
} GsSimLine;

GsSimFaults *gs_sim_faults_new (void);
void gs_sim_faults_free (GsSimFaults *self);

/* "jam", "jam=300", "slow=5", …; "clear" ends every fault. FALSE for an unknown name or a number
 * that is none. */
gboolean gs_sim_faults_set (GsSimFaults *self, const char *text);

/* The reasons that the printer gives now. */
pappl_preason_t gs_sim_faults_get_reasons (GsSimFaults *self);

/* TRUE while a fault holds that stops the printer. */
gboolean gs_sim_faults_is_stopping (GsSimFaults *self);

gboolean gs_sim_faults_is_set (GsSimFaults *self, GsSimFault fault);

/* {"jam": 0, …}: the faults that are set with their values. Transfer full. */
char *gs_sim_faults_to_json (GsSimFaults *self);

/* Waits as the faults demand before line y of a page of job; line 0 is the page's beginning. */
GsSimLine gs_sim_faults_meet_line (GsSimFaults *self, pappl_job_t *job, unsigned y);

/* Every wait ends with GS_SIM_LINE_CANCELLED from now on. */
void gs_sim_faults_end (GsSimFaults *self);

G_END_DECLS
