/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* The crossing's own history, a line a step: when it began, was referred, decided, stamped. Main
 * thread. */
#define GS_TYPE_CASE_HISTORY (gs_case_history_get_type ())
G_DECLARE_FINAL_TYPE (GsCaseHistory, gs_case_history, GS, CASE_HISTORY, GtkBox)

/* How many lines stay in view, the newest; the others scroll. 0: all of them. */
void gs_case_history_set_room (GsCaseHistory *self, guint lines);

void gs_case_history_update (GsCaseHistory *self, GsStation *station, GsCase *item);

G_END_DECLS
