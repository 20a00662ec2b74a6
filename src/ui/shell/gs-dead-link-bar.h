/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The bar across the window while the hall cannot be heard: how long, what follows from it, when
 * the next try is. Its button is the action "win.try-link". Main thread. */
#define GS_TYPE_DEAD_LINK_BAR (gs_dead_link_bar_get_type ())
G_DECLARE_FINAL_TYPE (GsDeadLinkBar, gs_dead_link_bar, GS, DEAD_LINK_BAR, GtkWidget)

GtkWidget *gs_dead_link_bar_new (void);

/* On a screen with little room for its text the sentence stands below the title. */
void gs_dead_link_bar_set_cramped (GsDeadLinkBar *self, gboolean cramped);

/* title "No link to the hall for 0:14", NULL takes the bar away; sentence and next may be NULL. */
void gs_dead_link_bar_update (GsDeadLinkBar *self,
                              const char *title,
                              const char *sentence,
                              const char *next);
