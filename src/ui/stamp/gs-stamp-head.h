/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

/* The sheet's head: whose stamp, for which document, and direction, port and time of the crossing.
 * Main thread. */
GtkWidget *gs_stamp_head_new (GsStation *station, GsCase *item);
