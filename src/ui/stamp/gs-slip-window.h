/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* Shows the travel record slip of a crossing in the traveller's language, to be printed or saved as
 * PDF. Nothing of it is kept. Main thread; the page is drawn in a thread of its own. */
#define GS_TYPE_SLIP_WINDOW (gs_slip_window_get_type ())
G_DECLARE_FINAL_TYPE (GsSlipWindow, gs_slip_window, GS, SLIP_WINDOW, AdwWindow)

void gs_slip_window_present (GtkWindow *parent, GsStation *station, GsCase *item);

/* The same for the notice of a refusal on that ground of the policy. */
void gs_slip_window_present_refusal (GtkWindow *parent,
                                     GsStation *station,
                                     GsCase *item,
                                     const GsRefusalGround *ground);

G_END_DECLS
