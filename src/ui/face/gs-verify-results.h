/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-compare.h"
#include "gs-face-desk.h"
#include "gs-station.h"

/* What both officers, this desk's engine and the gate said of a case, put on the page that compares
 * them. Only for a case that is revealed. Main thread. */
void
gs_verify_results_show (GsFaceCompare *page, GsStation *station, GsCase *item, GsFaceDesk *desk);

/* TRUE when gate and desk decided, and not the same. */
gboolean gs_verify_results_differ (GsCase *item, GsFaceDesk *desk);
