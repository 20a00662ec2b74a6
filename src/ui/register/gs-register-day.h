/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-reconciliation.h"
#include "gs-station.h"

/* Today's numbers, what differs, and closing the day. Main thread. */
#define GS_TYPE_REGISTER_DAY (gs_register_day_get_type ())
G_DECLARE_FINAL_TYPE (GsRegisterDay, gs_register_day, GS, REGISTER_DAY, GtkBox)

void gs_register_day_set_station (GsRegisterDay *self, GsStation *station);
/* Reads the numbers again, and shows them when they have come. */
void gs_register_day_refresh (GsRegisterDay *self);
/* What is shown; may_close: who is signed in may close a day. row is borrowed. For tests. */
void gs_register_day_show (GsRegisterDay *self, const GsReconciliation *row, gboolean may_close);
