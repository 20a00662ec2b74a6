/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

/* The checklist of the stamp sheet: each condition with sign, statement and evidence. Main
 * thread. */
GtkWidget *gs_stamp_conditions_new (void);
void gs_stamp_conditions_update (GtkWidget *list, GsStation *station, GsStampIssue *issue);
