/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-check-item.h"

/* The widget of one line or group of a GsCheckTree. */
#define GS_TYPE_CHECK_ROW (gs_check_row_get_type ())
G_DECLARE_FINAL_TYPE (GsCheckRow, gs_check_row, GS, CHECK_ROW, GtkWidget)

GtkWidget *gs_check_row_new (void);

/* Shows the item of the tree's row, or nothing for NULL. */
void gs_check_row_bind (GsCheckRow *self, GtkTreeListRow *row);
