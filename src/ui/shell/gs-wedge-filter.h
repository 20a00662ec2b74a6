/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Stands before every key of the windows it is attached to and tells a reader that types from a
 * person: a scan, its first character and its last Enter included, reaches no key binding, button
 * or field; what a person types goes on after 40 ms. One filter serves the main window and its
 * sheets, because a reader types wherever the focus is. Main thread.
 *
 * Signal "scan" (GBytes *text): see gs_wedge_new(). */
#define GS_TYPE_WEDGE_FILTER (gs_wedge_filter_get_type ())
G_DECLARE_FINAL_TYPE (GsWedgeFilter, gs_wedge_filter, GS, WEDGE_FILTER, GObject)

GsWedgeFilter *gs_wedge_filter_new (void);

/* Attach after every other controller of the window, so that the filter comes first. */
void gs_wedge_filter_attach (GsWedgeFilter *self, GtkWindow *window);

/* TRUE while a scan is arriving and 300 ms after it: a touched button should not act either. */
gboolean gs_wedge_filter_is_dead (GsWedgeFilter *self);

G_END_DECLS
