/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

/* The sheet's last page: stamped, void, or why there is no stamp and the ways on. Emits "slip" and
 * "again" when those buttons are pressed. Main thread. */
#define GS_TYPE_STAMP_END (gs_stamp_end_get_type ())
G_DECLARE_FINAL_TYPE (GsStampEnd, gs_stamp_end, GS, STAMP_END, GtkBox)

GtkWidget *gs_stamp_end_new (GsStation *station);
void gs_stamp_end_update (GsStampEnd *self, GsStampIssue *issue);
