/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-scanner.h"
#include "gs-station.h"
#include "gs-window.h"

G_BEGIN_DECLS

/* Parts of the window's top bar that follow from the station alone. Main thread. */

/* The link to the hall, with the bar across the window while it is dead or refused. */
void gs_desk_status_show_link (GsWindow *window, GsStation *station);
/* The muted sound, and the call for the supervisor with its running time. */
void gs_desk_status_show_shift (GsWindow *window, GsStation *station);
/* What the open call is about, as a sentence: who left without a decision; NULL when nobody did.
 * Transfer full. */
char *gs_desk_status_dup_left (GsStation *station);
/* How the stamp printer stands, with its ink; nothing at a desk without one. */
void gs_desk_status_show_printer (GsWindow *window, GsStation *station);
/* Hall and direction, desk and port. */
void gs_desk_status_show_place (GsWindow *window, GsStation *station);
/* Chip reader and MRZ reader in one: whichever cannot be used is named. scanner may be NULL. */
void gs_desk_status_show_reader (GsWindow *window, GsStation *station, GsScanner *scanner);
/* The desk camera in a word, and behind it its name, what is wrong and what to do. */
void gs_desk_status_show_camera (GsWindow *window, GsStation *station);

G_END_DECLS
