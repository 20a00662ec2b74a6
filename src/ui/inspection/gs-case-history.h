/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

/* The crossing's own history, a line a step: when it began, was referred, decided, stamped. Main
 * thread. */
GtkWidget *gs_case_history_new (void);
void gs_case_history_update (GtkWidget *history, GsStation *station, GsCase *item);
