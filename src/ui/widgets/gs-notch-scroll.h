/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* In GTK before 4.10.1 two notches of a wheel within one frame make a long list run away to its
 * end. From now on the notches over this scrolled window are summed and applied once a frame. Call
 * it once for each long list. Main thread. */
void gs_notch_scroll_attach (GtkScrolledWindow *scroller);
