/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-station.h"
#include "gs-window.h"

/* The page of administrators, for whom the desk's own page is hidden, and of supervisors and
 * auditors, who look at it. Main thread. */

/* Adds the page, hidden. Call it after the desk's page ("desk") was added. */
void gs_administration_attach (GsWindow *window, GsStation *station);
/* After another session: shows and hides pages by its role. */
void gs_administration_update (GsWindow *window, GsStation *station);
