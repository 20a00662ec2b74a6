/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-feed-view.h"
#include "gs-inspection-view.h"
#include "gs-station.h"

G_BEGIN_DECLS

/* The Desk page: gates strip above; queue and stamps at the left, the card, the feed at the right.
 * Under 1500 pixels the feed is behind a toggle. Main thread.
 *
 * Property feed-shown (boolean), read and write, notified: the feed on a narrow screen. */
#define GS_TYPE_DESK_PAGE (gs_desk_page_get_type ())
G_DECLARE_FINAL_TYPE (GsDeskPage, gs_desk_page, GS, DESK_PAGE, GtkBox)

GtkWidget *gs_desk_page_new (GsStation *station);

GsInspectionView *gs_desk_page_get_inspection (GsDeskPage *self);
GsFeedView *gs_desk_page_get_feed (GsDeskPage *self);
/* F6: shows or hides the feed on a narrow screen. */
void gs_desk_page_toggle_feed (GsDeskPage *self);

G_END_DECLS
