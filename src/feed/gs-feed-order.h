/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-feed-item.h"

G_BEGIN_DECLS

/* Puts the feed in order: no gap that is not named, no duplicate that is not marked, batches for
 * the sink. Pure but for the sink; knows nothing of connections. Internal to this room; one thread.
 */
typedef struct GsFeedOrder GsFeedOrder;

typedef gboolean (*GsFeedOrderFunc) (GPtrArray *items, gint64 cursor, gpointer user_data);

#define GS_FEED_BATCH 100

/* cursor and epoch: what is stored already. */
GsFeedOrder *
gs_feed_order_new (GsFeedOrderFunc sink, gpointer user_data, gint64 cursor, const char *epoch);
void gs_feed_order_free (GsFeedOrder *self);

/* What the sink has accepted. */
gint64 gs_feed_order_get_cursor (GsFeedOrder *self);
const char *gs_feed_order_get_epoch (GsFeedOrder *self);

/* The cursor after everything that is pending. */
gint64 gs_feed_order_get_ahead (GsFeedOrder *self);

/* Appends an item as the next one. item: transfer full. */
void gs_feed_order_push (GsFeedOrder *self, GsFeedItem *item);
void gs_feed_order_push_gap (GsFeedOrder *self, gint64 first, gint64 last);

/* Appends the events of a page (GPtrArray of GsFeedItem) with ids up to last: what the page lacks,
 * the hall lacks, and becomes a gap. */
void gs_feed_order_push_page (GsFeedOrder *self, GPtrArray *items, gint64 last);

/* Adds what the live stream brought. item: transfer full. */
void gs_feed_order_queue (GsFeedOrder *self, GsFeedItem *item);

/* Moves queued items to the pending ones, up to the first jump in the ids. */
void gs_feed_order_drain (GsFeedOrder *self);

/* TRUE when queued items wait behind missing ids. */
gboolean gs_feed_order_get_hole (GsFeedOrder *self, gint64 *first, gint64 *last);

gboolean gs_feed_order_is_empty (GsFeedOrder *self); /* nothing pending */
gboolean gs_feed_order_is_full (GsFeedOrder *self);  /* a whole batch is pending */

/* Gives all pending items to the sink, in batches; FALSE when it refused one. */
gboolean gs_feed_order_flush (GsFeedOrder *self);

/* Forgets everything that the sink has not accepted. */
void gs_feed_order_rewind (GsFeedOrder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsFeedOrder, gs_feed_order_free)

G_END_DECLS
