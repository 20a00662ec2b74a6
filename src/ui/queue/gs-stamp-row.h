/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* A line of the Stamps list: who, where and when admitted, and how long the window stays open. Main
 * thread. */
#define GS_TYPE_STAMP_ROW (gs_stamp_row_get_type ())
G_DECLARE_FINAL_TYPE (GsStampRow, gs_stamp_row, GS, STAMP_ROW, GtkBox)

GtkWidget *gs_stamp_row_new (GsStation *station, GsCase *item);

G_END_DECLS
