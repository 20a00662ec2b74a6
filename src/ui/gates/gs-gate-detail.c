/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gate-detail.h"

#include "gs-reason-text.h"

static const char *
shown_code (GsCase *occupant)
{
  const GsCrossing *crossing = occupant != NULL ? gs_case_get_crossing (occupant) : NULL;

  if (crossing == NULL || !gs_crossing_is_open_case (crossing) || gs_case_is_blind (occupant)
      || gs_case_is_shielded (occupant) || crossing->reasons == NULL)
    return NULL;
  return crossing->reasons[0];
}

char *
gs_gate_detail (const GsGate *gate, GsCase *occupant, const char *since)
{
  const char *why = NULL;

  if (gate->state == GS_GATE_STATE_REFERRED)
    why = shown_code (occupant);
  else if (gate->reason != NULL && gate->state != GS_GATE_STATE_FREE)
    why = gs_reason_text_gate (gate->reason);
  return why != NULL ? g_strdup_printf ("%s · %s", why, since) : g_strdup (since);
}
