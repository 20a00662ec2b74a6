/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* The sheet's last page: stamped, void, or why there is no stamp, what that means, and the ways on.
 * Emits "slip" and "again" when those buttons are pressed. Main thread. */
#define GS_TYPE_STAMP_END (gs_stamp_end_get_type ())
G_DECLARE_FINAL_TYPE (GsStampEnd, gs_stamp_end, GS, STAMP_END, GtkBox)

void gs_stamp_end_update (GsStampEnd *self, GsStation *station, GsStampIssue *issue);

G_END_DECLS
