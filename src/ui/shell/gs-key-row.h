/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-action-table.h"

G_BEGIN_DECLS

/* One line of the list of keys: what an action does, and its key. Main thread. */
#define GS_TYPE_KEY_ROW (gs_key_row_get_type ())
G_DECLARE_FINAL_TYPE (GsKeyRow, gs_key_row, GS, KEY_ROW, GtkBox)

/* entry: of the table of actions. */
GtkWidget *gs_key_row_new (const GsActionEntry *entry);

G_END_DECLS
