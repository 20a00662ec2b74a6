/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tells a reader that types (a keyboard wedge) from a person who types. It knows no toolkit and no
 * clock: the window gives it every key press before anything else sees it, with the press's own
 * time. Main thread only.
 *
 * Every key is held back. When 40 ms pass without another one, what was held is replayed in order
 * and acts as always. A run of at least 6 characters, 3 of them different, with under 30 ms between
 * them is a scan: none of its keys, from the first to the last Enter, is ever replayed. The scan is
 * complete when it holds a zone and 40 ms passed, or after 300 ms without another character. Until
 * 300 ms after its last character every other key is dropped too, so that nothing a reader adds can
 * decide or print.
 *
 * One key that repeats because it is held down is no scan. A person at 12 keys a second has 80 ms
 * between two keys; two rolled keys are replayed together. */
typedef struct _GsWedge GsWedge;

#define GS_WEDGE_BURST_US (30 * 1000)
#define GS_WEDGE_HOLD_US (40 * 1000)
#define GS_WEDGE_DEAD_US (300 * 1000)

/* The character of a key that has none but may stand for '<' under another keyboard layout. */
#define GS_WEDGE_UNKNOWN_CHARACTER 0xfffd

/* Gives back one key that turned out to be a person's. key is what gs_wedge_key() was given;
 * transfer full. */
typedef void (*GsWedgeReplayFunc) (gpointer key, gpointer user_data);

/* A scan is complete: its characters as UTF-8, Enter as "\r", Tab as "\t". For gs_mrz_read(). */
typedef void (*GsWedgeScanFunc) (GBytes *text, gpointer user_data);

/* free_key frees a key that is never replayed; may be NULL. */
GsWedge *gs_wedge_new (GsWedgeReplayFunc replay,
                       GsWedgeScanFunc scan,
                       GDestroyNotify free_key,
                       gpointer user_data);
void gs_wedge_free (GsWedge *self);

/* Takes one key press; the window must not let it go any further. character: its Unicode character,
 * '\r' for both Enters, '\t' for Tab, GS_WEDGE_UNKNOWN_CHARACTER for a dead key or the like, 0 for
 * a key that types nothing (F10, Delete, an accelerator). key: whatever the window needs to replay
 * it; transfer full. time_us: the press's own time, never going back by more than the order of the
 * events does. Presses of Shift and other modifiers alone are not given. May call both callbacks.
 */
void gs_wedge_key (GsWedge *self, gunichar character, gpointer key, gint64 time_us);

/* Lets time pass. Call it at gs_wedge_get_deadline_us() or later, from a source of lower priority
 * than the toolkit's events: a key that waits in the queue must be taken first. May call both
 * callbacks. */
void gs_wedge_tick (GsWedge *self, gint64 now_us);

/* When gs_wedge_tick() has something to do; -1 when it has not. */
gint64 gs_wedge_get_deadline_us (GsWedge *self);

/* TRUE from the moment a scan is known until 300 ms after its last character: a button that is
 * pressed by other means (touch) should not decide or print now either. */
gboolean gs_wedge_is_dead (GsWedge *self, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsWedge, gs_wedge_free)

G_END_DECLS
