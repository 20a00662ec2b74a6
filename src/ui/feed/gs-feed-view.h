/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* The live feed: newest at the top. It stands still while paused or while the pointer is over it,
 * and says how many lines are new. Main thread. */
#define GS_TYPE_FEED_VIEW (gs_feed_view_get_type ())
G_DECLARE_FINAL_TYPE (GsFeedView, gs_feed_view, GS, FEED_VIEW, GtkBox)

/* Once, before it is shown: what it shows. */
void gs_feed_view_set_station (GsFeedView *self, GsStation *station);

void gs_feed_view_set_paused (GsFeedView *self, gboolean paused);
gboolean gs_feed_view_get_paused (GsFeedView *self);

G_END_DECLS
