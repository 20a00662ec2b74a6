/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be done with a gate, beside its tile: closing or reopening it. It leaves its parent when
 * it is closed. Main thread.
 *
 * Signal "command" (const char *gate, gboolean close). */
#define GS_TYPE_GATE_POPOVER (gs_gate_popover_get_type ())
G_DECLARE_FINAL_TYPE (GsGatePopover, gs_gate_popover, GS, GATE_POPOVER, GtkPopover)

/* gate: its id, copied. closed: how it is now. */
GtkWidget *gs_gate_popover_new (const char *gate, gboolean closed);

G_END_DECLS
