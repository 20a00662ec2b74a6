/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"
#include "gs-window.h"

/* The page "Stamps": who holds which stamp, today's numbers, and the reconciliations. An officer
 * sees what is in the own hand or could be. Main thread. */
#define GS_TYPE_STAMPS_PAGE (gs_stamps_page_get_type ())
G_DECLARE_FINAL_TYPE (GsStampsPage, gs_stamps_page, GS, STAMPS_PAGE, GtkBox)

GtkWidget *gs_stamps_page_new (GsStation *station);

/* Adds the page to the window as "stamps", hidden. */
void gs_stamps_page_attach (GsWindow *window, GsStation *station);
/* After another session: shows and hides it. */
void gs_stamps_page_update (GsWindow *window, GsStation *station);
/* Shows it, or leaves it. */
void gs_stamps_page_toggle (GsWindow *window, GsStation *station);
/* Tells an officer after sign-in that there is no stamp in the hand, or that its code must be
 * changed soon. */
void gs_stamps_page_tell (GsWindow *window, GsStation *station);
