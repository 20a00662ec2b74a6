/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-faults.h"

typedef enum
{
  SWITCH_SILENT,
  SWITCH_REFUSE,
  SWITCH_CLOCK,
  SWITCH_SLOW,
  N_SWITCHES,
} Switch;

static const char *const switch_names[N_SWITCHES] = { "stop-sending", "refuse", "lose-clock",
                                                      "slow" };

static const struct
{
  const char *name;
  GsSimDamage damage;
} counters[] = {
  { "garbage", GS_SIM_DAMAGE_GARBAGE },     { "bad-json", GS_SIM_DAMAGE_BAD_JSON },
  { "duplicate", GS_SIM_DAMAGE_DUPLICATE }, { "drop", GS_SIM_DAMAGE_DROP },
  { "reorder", GS_SIM_DAMAGE_REORDER },
};

struct _GsSimFaults
{
  gint64 on_until_us[N_SWITCHES]; /* 0 off */
  double seconds[N_SWITCHES];
  guint pending[G_N_ELEMENTS (counters)];
  guint skips;
  GHashTable *damaged; /* gint64 -> damage */
};

GsSimFaults *
gs_sim_faults_new (void)
{
  GsSimFaults *self = g_new0 (GsSimFaults, 1);

  self->damaged = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
gs_sim_faults_free (GsSimFaults *self)
{
  g_hash_table_unref (self->damaged);
  g_free (self);
}

const char *const *
gs_sim_faults_get_names (void)
{
  static const char *const names[] = { "stop-sending", "cut",         "garbage",    "bad-json",
                                       "duplicate",    "reorder",     "skip-id",    "drop",
                                       "new-epoch",    "restart",     "lose-clock", "slow",
                                       "refuse",       "lose-claims", NULL };

  return names;
}

static void
set_switch (GsSimFaults *self, Switch which, gboolean on, double seconds)
{
  gboolean for_ever = seconds <= 0 || which == SWITCH_SLOW;

  self->seconds[which] = seconds;
  if (!on)
    self->on_until_us[which] = 0;
  else
    self->on_until_us[which] =
      for_ever ? G_MAXINT64
               : g_get_monotonic_time () + (gint64) (seconds * (double) G_USEC_PER_SEC);
}

gboolean
gs_sim_faults_set (GsSimFaults *self, const char *name, gboolean on, double seconds, guint count)
{
  if (g_str_equal (name, "skip-id"))
    {
      self->skips = on ? count : 0;
      return TRUE;
    }
  for (guint i = 0; i < N_SWITCHES; i++)
    if (g_str_equal (name, switch_names[i]))
      {
        set_switch (self, (Switch) i, on, seconds);
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    if (g_str_equal (name, counters[i].name))
      {
        self->pending[i] = on ? count : 0;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_on (GsSimFaults *self, Switch which)
{
  return self->on_until_us[which] > g_get_monotonic_time ();
}

gboolean
gs_sim_faults_is_silent (GsSimFaults *self)
{
  return is_on (self, SWITCH_SILENT);
}

gboolean
gs_sim_faults_is_refusing (GsSimFaults *self)
{
  return is_on (self, SWITCH_REFUSE);
}

gboolean
gs_sim_faults_has_lost_clock (GsSimFaults *self)
{
  return is_on (self, SWITCH_CLOCK);
}

guint
gs_sim_faults_get_delay_ms (GsSimFaults *self)
{
  return is_on (self, SWITCH_SLOW) ? (guint) (self->seconds[SWITCH_SLOW] * 1000.0) : 0;
}

gboolean
gs_sim_faults_take_skip (GsSimFaults *self)
{
  if (self->skips == 0)
    return FALSE;
  self->skips--;
  return TRUE;
}

void
gs_sim_faults_mark (GsSimFaults *self, gint64 id)
{
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    if (self->pending[i] > 0)
      {
        gint64 *copy = g_new (gint64, 1);

        self->pending[i]--;
        *copy = id;
        g_hash_table_replace (self->damaged, copy, GINT_TO_POINTER (counters[i].damage));
        return;
      }
}

GsSimDamage
gs_sim_faults_get_damage (GsSimFaults *self, gint64 id)
{
  return (GsSimDamage) GPOINTER_TO_INT (g_hash_table_lookup (self->damaged, &id));
}
