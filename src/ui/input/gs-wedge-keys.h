/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Takes every key press of the windows that it is attached to before anything else sees it, and
 * gives back those that a person made (see gs-wedge.h for the rules). Nothing of a scan reaches an
 * entry, a button or a key binding. A window that is not attached has no such guard:
 * gs_wedge_keys_attach_all() sees to every one.
 *
 * Signal: "scan" (GBytes *text): a reader typed this; for gs_mrz_read(). */
#define GS_TYPE_WEDGE_KEYS (gs_wedge_keys_get_type ())
G_DECLARE_FINAL_TYPE (GsWedgeKeys, gs_wedge_keys, GS, WEDGE_KEYS, GObject)

GsWedgeKeys *gs_wedge_keys_new (void);

/* When a key was pressed, or for NULL what time it is now; in one count of microseconds. */
typedef gint64 (*GsWedgeTimeFunc) (GdkEvent *press_or_release, gpointer user_data);

/* Under a clock of the caller's. What is due by it is done within 40 ms of real time. */
GsWedgeKeys *gs_wedge_keys_new_with_time (GsWedgeTimeFunc time, gpointer user_data);

/* Guards window until it is destroyed; once is enough. The window's controller keeps a reference to
 * self. */
void gs_wedge_keys_attach (GsWedgeKeys *self, GtkWindow *window);

/* Guards every window that the program has or gets, sheets and dialogs of dialogs too, as long as
 * self lives. Once only. */
void gs_wedge_keys_attach_all (GsWedgeKeys *self);

/* TRUE while a scan runs and until 300 ms after it: what is pressed by touch should not decide or
 * print either. */
gboolean gs_wedge_keys_is_dead (GsWedgeKeys *self);

G_END_DECLS
