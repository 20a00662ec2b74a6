/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

/* Shows the travel record slip of a crossing in the traveller's language, to be printed or saved as
 * PDF. Nothing of it is kept. Main thread; the page is drawn in a thread of its own. */
void gs_slip_window_present (GtkWindow *parent, GsStation *station, GsCase *item);
