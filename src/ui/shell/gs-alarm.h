/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* The one sound of priority 1: when such a case comes, and every ten seconds while one waits that
 * nobody has taken; silent while the shift is muted. Main thread. */
#define GS_TYPE_ALARM (gs_alarm_get_type ())
G_DECLARE_FINAL_TYPE (GsAlarm, gs_alarm, GS, ALARM, GObject)

/* widget: whose display beeps; it must outlive the alarm. */
GsAlarm *gs_alarm_new (GsStation *station, GtkWidget *widget);

G_END_DECLS
