/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-event.h"

G_BEGIN_DECLS

/* One line of the live feed. Immutable. */
#define GS_TYPE_FEED_ENTRY (gs_feed_entry_get_type ())
G_DECLARE_FINAL_TYPE (GsFeedEntry, gs_feed_entry, GS, FEED_ENTRY, GObject)

/* The event; NULL for a line about the feed itself (gap, quarantine). Borrowed. */
const GsEvent *gs_feed_entry_get_event (GsFeedEntry *self);
/* How long the traveller was in the gate, for an admission; -1 when not known. */
gint64 gs_feed_entry_get_gate_ms (GsFeedEntry *self);
/* The referral's code is hidden: face-only. */
gboolean gs_feed_entry_is_blind (GsFeedEntry *self);
/* First and last missing id of a gap; 0 when the line is no gap. */
void gs_feed_entry_get_gap (GsFeedEntry *self, gint64 *first, gint64 *last);
gboolean gs_feed_entry_is_quarantine (GsFeedEntry *self);
/* A case that left the queue on the hall's word alone, its events being lost: TRUE, and *outcome is
 * the hall's, or 0 when the hall no longer knows the crossing. */
gboolean gs_feed_entry_get_left (GsFeedEntry *self, GsOutcome *outcome);
gint64 gs_feed_entry_get_time_utc_ms (GsFeedEntry *self);
/* The gate's id, NULL when it names none. Borrowed. */
const char *gs_feed_entry_get_gate (GsFeedEntry *self);

/* The newest events that an officer wants to see, at most 500: a GListModel of GsFeedEntry, oldest
 * first. Gate states, faces and background results are in the strip and on the card, not here. */
#define GS_TYPE_FEED_LOG (gs_feed_log_get_type ())
G_DECLARE_FINAL_TYPE (GsFeedLog, gs_feed_log, GS, FEED_LOG, GObject)

GsFeedLog *gs_feed_log_new (void);
/* gate: where the event's crossing is; gate_ms: see above. Appended at the end of the turn. */
void gs_feed_log_add_event (GsFeedLog *self, GsEvent *event, const char *gate, gint64 gate_ms);
void gs_feed_log_add_gap (GsFeedLog *self, gint64 first, gint64 last, gint64 at_utc_ms);
void gs_feed_log_add_quarantine (GsFeedLog *self, gint64 at_utc_ms);
/* outcome 0: the hall no longer knows the crossing. */
void gs_feed_log_add_left (GsFeedLog *self, const char *gate, GsOutcome outcome, gint64 at_utc_ms);
/* Appends what was collected, as one change. */
void gs_feed_log_flush (GsFeedLog *self);

G_END_DECLS
