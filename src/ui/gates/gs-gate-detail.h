/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-case.h"

/* A tile's second line: why the gate is as it is, and since when.
 *
 * gate: as the hall tells it; its reason may be the referral's own code, so while the gate is in
 * state referred the reason is never shown. occupant: the case there, NULL when not known; its code
 * is shown only when it is an open case that is neither blind nor shielded. since: "0:12", already
 * in words. Returns: transfer full. */
char *gs_gate_detail (const GsGate *gate, GsCase *occupant, const char *since);
