/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The gates as the hall service sees them. The simulated population implements it; an adapter to
 * real gates could. The other direction is gs_sim_hall_publish () and gs_sim_hall_report_document
 * (). All calls come on the main thread; none may block. */
#define GS_TYPE_SIM_GATES (gs_sim_gates_get_type ())
G_DECLARE_INTERFACE (GsSimGates, gs_sim_gates, GS, SIM_GATES, GObject)

struct _GsSimGatesInterface
{
  GTypeInterface parent_iface;

  gboolean (*call_forward) (GsSimGates *self, const char *crossing, const char *desk);
  void (*command) (GsSimGates *self, const char *gate, const char *command, const char *reason);
  GBytes *(*load_evidence) (GsSimGates *self,
                            const char *crossing,
                            const char *name,
                            const char **content_type);
  void (*decided) (GsSimGates *self, const char *crossing, const char *outcome);
  void (*stamped) (GsSimGates *self, const char *crossing);
};

/* A desk calls the traveller forward; FALSE when the traveller is not in the hall. */
gboolean gs_sim_gates_call_forward (GsSimGates *self, const char *crossing, const char *desk);

/* close, reopen or release-exit; the gate answers with a gate.status event. */
void
gs_sim_gates_command (GsSimGates *self, const char *gate, const char *command, const char *reason);

/* The bytes and media type of an evidence by its name in the contract; NULL when there is none.
 * Transfer full; content_type is static. */
GBytes *gs_sim_gates_load_evidence (GsSimGates *self,
                                    const char *crossing,
                                    const char *name,
                                    const char **content_type);

/* An officer decided, or a stamp was issued: the traveller may go on. */
void gs_sim_gates_decided (GsSimGates *self, const char *crossing, const char *outcome);
void gs_sim_gates_stamped (GsSimGates *self, const char *crossing);

G_END_DECLS
