/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be done with a gate, beside its tile: closing or reopening it, and looking
 * through its camera. It leaves its parent when it is closed. Main thread.
 *
 * Signals: "command" (const char *gate, gboolean close), "look" (const char *gate). */
#define GS_TYPE_GATE_POPOVER (gs_gate_popover_get_type ())
G_DECLARE_FINAL_TYPE (GsGatePopover, gs_gate_popover, GS, GATE_POPOVER, GtkPopover)

/* gate: its id, copied. closed: how it is now. */
GtkWidget *gs_gate_popover_new (const char *gate, gboolean closed);
/* reason: why its camera cannot be looked through; NULL when it can. */
void gs_gate_popover_set_look (GsGatePopover *self, const char *reason);

G_END_DECLS
