/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A station on the rail of the reason chain: ring with a number or an icon, and the rail down to
 * the next one. Presentation only. */
#define GS_TYPE_CHAIN_MARK (gs_chain_mark_get_type ())
G_DECLARE_FINAL_TYPE (GsChainMark, gs_chain_mark, GS, CHAIN_MARK, GtkWidget)

GtkWidget *gs_chain_mark_new (const char *number, const char *icon_name, gboolean last);
void gs_chain_mark_set_icon (GsChainMark *self, const char *icon_name);
