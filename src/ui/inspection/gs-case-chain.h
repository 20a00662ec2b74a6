/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-reason-chain.h"
#include "gs-station.h"

/* Says in the chain why the case is here, what shows it, what to do next, and what may be said to
 * the traveller. shielded: a priority 1 case that is not being read. Main thread. */
void
gs_case_chain_update (GsReasonChain *chain, GsStation *station, GsCase *item, gboolean shielded);
