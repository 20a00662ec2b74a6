/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-transport.h"

/* The simulated chip without a reader and its daemon between: takes the place of vpcd, to which the
 * chip's program connects. Starts that program and ends it. One thread. */
#define GS_TYPE_VPCD_TRANSPORT (gs_vpcd_transport_get_type ())
G_DECLARE_FINAL_TYPE (GsVpcdTransport, gs_vpcd_transport, GS, VPCD_TRANSPORT, GObject)

/* Starts program with a passport's folder and one fault (or NULL), waits for it, powers the chip.
 * Fails the test when that does not come to be. */
GsVpcdTransport *
gs_vpcd_transport_new (const char *program, const char *passport, const char *fault);

/* How many commands went there. */
guint gs_vpcd_transport_get_n_commands (GsVpcdTransport *self);
