/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-transport.h"
#include "gs-sim-chip.h"

G_BEGIN_DECLS

/* The simulated chip without a reader between: the chip's code and the reader's, which share
 * nothing, in one process. One thread. */
#define GS_TYPE_UTOPIA_TRANSPORT (gs_utopia_transport_get_type ())
G_DECLARE_FINAL_TYPE (GsUtopiaTransport, gs_utopia_transport, GS, UTOPIA_TRANSPORT, GObject)

/* chip is not owned and outlives it. */
GsChipTransport *gs_utopia_transport_new (GsSimChip *chip);

G_END_DECLS
