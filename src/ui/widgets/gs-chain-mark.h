/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A station on the rail of the reason chain: ring with a number or an icon, and the rail down to
 * the next one. Presentation only.
 *
 * Write-only properties: number (string) and last (boolean) when it is made, icon-name (string)
 * instead of the number. */
#define GS_TYPE_CHAIN_MARK (gs_chain_mark_get_type ())
G_DECLARE_FINAL_TYPE (GsChainMark, gs_chain_mark, GS, CHAIN_MARK, GtkWidget)

void gs_chain_mark_set_icon (GsChainMark *self, const char *icon_name);
