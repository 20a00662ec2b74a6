/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

/* The feed's three resources (status, stream, pages) over plain HTTP on 127.0.0.1, with every fault
 * in the test's hand. Lives in the main context of its maker. */
typedef struct GsFakeFeed GsFakeFeed;

GsFakeFeed *gs_fake_feed_new (void);
void gs_fake_feed_free (GsFakeFeed *self);

/* Transfer full. */
char *gs_fake_feed_get_url (GsFakeFeed *self);

void gs_fake_feed_set_epoch (GsFakeFeed *self, const char *epoch);
void gs_fake_feed_set_oldest (GsFakeFeed *self, gint64 oldest);

/* What /v1/events answers: 0 as it should, else this status. */
void gs_fake_feed_set_stream_status (GsFakeFeed *self, guint status);
void gs_fake_feed_set_stream_type (GsFakeFeed *self, const char *content_type);
/* When FALSE, the pages answer 503. */
void gs_fake_feed_set_pages (GsFakeFeed *self, gboolean work);

/* A valid event with that id; transfer full. */
char *gs_fake_feed_make_event (gint64 id, const char *crossing);

/* Puts an event into the log (and so on the pages); raw NULL makes a valid one. live: also sends it
 * to every stream. */
void gs_fake_feed_add (GsFakeFeed *self, gint64 id, const char *raw, gboolean live);

/* Sends any bytes to every stream. */
void gs_fake_feed_send (GsFakeFeed *self, const char *bytes);

/* Ends every stream as a server does that stops in order, or cuts the connections. */
void gs_fake_feed_end_streams (GsFakeFeed *self);
void gs_fake_feed_cut_streams (GsFakeFeed *self);

guint gs_fake_feed_count_streams (GsFakeFeed *self);
guint gs_fake_feed_count_connects (GsFakeFeed *self); /* streams ever opened or refused */
guint gs_fake_feed_count_pages (GsFakeFeed *self);
/* Last-Event-ID of the last stream request; -1 without. */
gint64 gs_fake_feed_get_last_event_id (GsFakeFeed *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsFakeFeed, gs_fake_feed_free)
