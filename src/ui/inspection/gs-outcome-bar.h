/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

/* The five outcomes of a case, each with its key; a key that is off says every reason why, and the
 * one filled button is the next step. Where nothing but a second officer is missing, that one's key
 * stands here and the stamp's does not. Main thread. */
#define GS_TYPE_OUTCOME_BAR (gs_outcome_bar_get_type ())
G_DECLARE_FINAL_TYPE (GsOutcomeBar, gs_outcome_bar, GS, OUTCOME_BAR, GtkGrid)

/* Must be called once, before the first case is shown. */
void gs_outcome_bar_set_station (GsOutcomeBar *self, GsStation *station);

/* Where five keys do not fit beside each other: three, and two below. */
void gs_outcome_bar_set_two_rows (GsOutcomeBar *self, gboolean two);

/* What the case allows now; again once a second, for windows and the link. */
void gs_outcome_bar_update (GsOutcomeBar *self, GsCase *item);
