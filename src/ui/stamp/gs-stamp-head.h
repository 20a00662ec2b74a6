/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* The sheet's head: whose stamp, for which document, and direction, port and time of the crossing.
 * Main thread. */
#define GS_TYPE_STAMP_HEAD (gs_stamp_head_get_type ())
G_DECLARE_FINAL_TYPE (GsStampHead, gs_stamp_head, GS, STAMP_HEAD, GtkBox)

void gs_stamp_head_set_case (GsStampHead *self, GsStation *station, GsCase *item);

G_END_DECLS
