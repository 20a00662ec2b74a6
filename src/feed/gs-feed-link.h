/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-feed-client.h"

/* The working part of the feed client: connects, catches up, streams, reconnects, all in the thread
 * and main context in which it was made (which must be the thread default). Internal to this room.
 */
typedef struct GsFeedLink GsFeedLink;

/* Called on the link's thread; the structs last until the function returns. */
typedef struct
{
  gboolean (*sink) (GPtrArray *items, gint64 cursor, gpointer user_data);
  void (*state) (const GsFeedStatus *status, gpointer user_data);
  void (*hall) (const GsHallStatus *status, gpointer user_data);
  void (*byte) (gint64 monotonic_us, gpointer user_data); /* bytes of the stream came */
  gpointer user_data;
} GsFeedLinkFuncs;

GsFeedLink *gs_feed_link_new (GsHallAccess *access,
                              const GsFeedLinkFuncs *funcs,
                              gint64 cursor,
                              const char *epoch);

/* Begins; never ends by itself. */
void gs_feed_link_start (GsFeedLink *self);

void gs_feed_link_try_now (GsFeedLink *self);
void gs_feed_link_set_access (GsFeedLink *self, GsHallAccess *access, gboolean reconnect);

/* Cuts the connection, delivers nothing more, and lets go; freed when the last answer has come. */
void gs_feed_link_close (GsFeedLink *self);

/* TRUE while requests of a closed link still have to come back. */
gboolean gs_feed_link_is_busy (GsFeedLink *self);

void gs_feed_link_unref (GsFeedLink *self);
