/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* The crossings opened here for a stamp that is neither confirmed nor declined, each with its
 * window. Hidden while there is none. Main thread. */
#define GS_TYPE_STAMP_LIST_VIEW (gs_stamp_list_view_get_type ())
G_DECLARE_FINAL_TYPE (GsStampListView, gs_stamp_list_view, GS, STAMP_LIST_VIEW, GtkBox)

/* Once, before it is shown: what it shows. */
void gs_stamp_list_view_set_station (GsStampListView *self, GsStation *station);

G_END_DECLS
