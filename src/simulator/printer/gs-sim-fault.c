/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-fault.h"

#include <string.h>

/* How often a held page looks if its job was cancelled. */
#define LOOK_US (50 * G_TIME_SPAN_MILLISECOND)

static const char *const names[GS_SIM_FAULT_COUNT] = { NULL,           "jam",      "media-empty",
                                                       "supply-low",   "offline",  "slow",
                                                       "head-failure", "power-cut" };

struct _GsSimFaults
{
  GMutex mutex;
  GCond cond;
  gboolean set[GS_SIM_FAULT_COUNT];
  unsigned value[GS_SIM_FAULT_COUNT];
  gboolean ending;
};

GsSimFaults *
gs_sim_faults_new (void)
{
  GsSimFaults *self = g_new0 (GsSimFaults, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  return self;
}

void
gs_sim_faults_free (GsSimFaults *self)
{
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

static GsSimFault
fault_named (const char *name, size_t len)
{
  for (int i = 1; i < GS_SIM_FAULT_COUNT; i++)
    if (strlen (names[i]) == len && strncmp (names[i], name, len) == 0)
      return (GsSimFault) i;
  return GS_SIM_FAULT_COUNT;
}

gboolean
gs_sim_faults_set (GsSimFaults *self, const char *text)
{
  const char *equals = strchr (text, '=');
  size_t len = equals != NULL ? (size_t) (equals - text) : strlen (text);
  gboolean clear = strcmp (text, "clear") == 0;
  GsSimFault fault = clear ? GS_SIM_FAULT_COUNT : fault_named (text, len);
  guint64 value = 0;

  if (!clear && fault == GS_SIM_FAULT_COUNT)
    return FALSE;
  if (equals != NULL && !g_ascii_string_to_unsigned (equals + 1, 10, 0, 100000, &value, NULL))
    return FALSE;
  g_mutex_lock (&self->mutex);
  if (clear)
    memset (self->set, 0, sizeof self->set);
  else
    {
      self->set[fault] = TRUE;
      self->value[fault] = (unsigned) value;
    }
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

pappl_preason_t
gs_sim_faults_get_reasons (GsSimFaults *self)
{
  pappl_preason_t reasons = PAPPL_PREASON_NONE;

  g_mutex_lock (&self->mutex);
  if (self->set[GS_SIM_FAULT_JAM])
    reasons |= PAPPL_PREASON_MEDIA_JAM;
  if (self->set[GS_SIM_FAULT_MEDIA_EMPTY])
    reasons |= PAPPL_PREASON_MEDIA_EMPTY;
  if (self->set[GS_SIM_FAULT_SUPPLY_LOW])
    reasons |= PAPPL_PREASON_MARKER_SUPPLY_LOW;
  if (self->set[GS_SIM_FAULT_OFFLINE])
    reasons |= PAPPL_PREASON_OFFLINE;
  g_mutex_unlock (&self->mutex);
  return reasons;
}

static gboolean
stops_locked (GsSimFaults *self)
{
  return self->set[GS_SIM_FAULT_JAM] || self->set[GS_SIM_FAULT_MEDIA_EMPTY]
         || self->set[GS_SIM_FAULT_OFFLINE];
}

gboolean
gs_sim_faults_is_stopping (GsSimFaults *self)
{
  gboolean stops;

  g_mutex_lock (&self->mutex);
  stops = stops_locked (self);
  g_mutex_unlock (&self->mutex);
  return stops;
}

gboolean
gs_sim_faults_is_set (GsSimFaults *self, GsSimFault fault)
{
  gboolean set;

  g_mutex_lock (&self->mutex);
  set = self->set[fault];
  g_mutex_unlock (&self->mutex);
  return set;
}

char *
gs_sim_faults_to_json (GsSimFaults *self)
{
  GString *json = g_string_new ("{");

  g_mutex_lock (&self->mutex);
  for (int i = 1; i < GS_SIM_FAULT_COUNT; i++)
    if (self->set[i])
      g_string_append_printf (json, "%s\"%s\": %u", json->len > 1 ? ", " : "", names[i],
                              self->value[i]);
  g_mutex_unlock (&self->mutex);
  g_string_append (json, "}\n");
  return g_string_free (json, FALSE);
}

static gboolean
holds_locked (GsSimFaults *self, unsigned y)
{
  if (self->set[GS_SIM_FAULT_JAM] && y >= self->value[GS_SIM_FAULT_JAM])
    return TRUE;
  return y == 0 && (self->set[GS_SIM_FAULT_MEDIA_EMPTY] || self->set[GS_SIM_FAULT_OFFLINE]);
}

/* Waits for the time or for an end; TRUE when the job goes on. */
static gboolean
wait_locked (GsSimFaults *self, pappl_job_t *job, gint64 until_monotonic_us)
{
  g_cond_wait_until (&self->cond, &self->mutex, until_monotonic_us);
  return !self->ending && !papplJobIsCanceled (job);
}

GsSimLine
gs_sim_faults_meet_line (GsSimFaults *self, pappl_job_t *job, unsigned y)
{
  GsSimLine line = GS_SIM_LINE_PRINTED;
  gboolean goes_on;

  g_mutex_lock (&self->mutex);
  goes_on = !self->ending && !papplJobIsCanceled (job);
  while (goes_on && holds_locked (self, y))
    goes_on = wait_locked (self, job, g_get_monotonic_time () + LOOK_US);
  if (goes_on && self->set[GS_SIM_FAULT_SLOW] && self->value[GS_SIM_FAULT_SLOW] > 0)
    goes_on = wait_locked (self, job,
                           g_get_monotonic_time ()
                             + self->value[GS_SIM_FAULT_SLOW] * G_TIME_SPAN_MILLISECOND);
  if (!goes_on)
    line = GS_SIM_LINE_CANCELLED;
  else if (self->set[GS_SIM_FAULT_POWER_CUT] && y >= self->value[GS_SIM_FAULT_POWER_CUT])
    line = GS_SIM_LINE_POWER_CUT;
  else if (self->set[GS_SIM_FAULT_HEAD_FAILURE] && y >= self->value[GS_SIM_FAULT_HEAD_FAILURE])
    line = GS_SIM_LINE_BLANK;
  g_mutex_unlock (&self->mutex);
  return line;
}

void
gs_sim_faults_end (GsSimFaults *self)
{
  g_mutex_lock (&self->mutex);
  self->ending = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}
