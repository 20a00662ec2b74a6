/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-gates.h"

G_DEFINE_INTERFACE (GsSimGates, gs_sim_gates, G_TYPE_OBJECT)

static void
gs_sim_gates_default_init (GsSimGatesInterface *iface)
{
}

gboolean
gs_sim_gates_call_forward (GsSimGates *self, const char *crossing, const char *desk)
{
  return GS_SIM_GATES_GET_IFACE (self)->call_forward (self, crossing, desk);
}

void
gs_sim_gates_command (GsSimGates *self, const char *gate, const char *command, const char *reason)
{
  GS_SIM_GATES_GET_IFACE (self)->command (self, gate, command, reason);
}

GBytes *
gs_sim_gates_load_evidence (GsSimGates *self,
                            const char *crossing,
                            const char *name,
                            const char **content_type)
{
  return GS_SIM_GATES_GET_IFACE (self)->load_evidence (self, crossing, name, content_type);
}

void
gs_sim_gates_decided (GsSimGates *self, const char *crossing, const char *outcome)
{
  GS_SIM_GATES_GET_IFACE (self)->decided (self, crossing, outcome);
}

void
gs_sim_gates_stamped (GsSimGates *self, const char *crossing)
{
  GS_SIM_GATES_GET_IFACE (self)->stamped (self, crossing);
}
