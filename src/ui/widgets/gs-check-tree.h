/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-check-item.h"

/* Groups of checks that fold. Emits "opened" (name) when a line that has a name is activated. Main
 * thread. */
#define GS_TYPE_CHECK_TREE (gs_check_tree_get_type ())
G_DECLARE_FINAL_TYPE (GsCheckTree, gs_check_tree, GS, CHECK_TREE, GtkWidget)

GtkWidget *gs_check_tree_new (void);

/* A model of GsCheckItem groups; each opens as it says, or none when folded (narrow screens). */
void gs_check_tree_set_groups (GsCheckTree *self, GListModel *groups);
void gs_check_tree_set_folded (GsCheckTree *self, gboolean folded);
