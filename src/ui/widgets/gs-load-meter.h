/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Cases per ten minutes: figure, curve, and the word "Flood" from 10 until it is down to 5 again
 * (ISA-18.2: more than ten alarms in ten minutes are a flood). Draws itself. Main thread. */
#define GS_TYPE_LOAD_METER (gs_load_meter_get_type ())
G_DECLARE_FINAL_TYPE (GsLoadMeter, gs_load_meter, GS, LOAD_METER, GtkWidget)

#define GS_LOAD_FLOOD_ON 10
#define GS_LOAD_FLOOD_OFF 5

GtkWidget *gs_load_meter_new (void);

/* n values at equal distances, oldest first, each the cases of the ten minutes before it; the last
 * is now. as_of is "14:22:53" while the link is dead, else NULL. */
void gs_load_meter_update (GsLoadMeter *self, const guint *values, gsize n, const char *as_of);

gboolean gs_load_meter_get_flood (GsLoadMeter *self);
