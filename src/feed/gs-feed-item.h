/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-event.h"

G_BEGIN_DECLS

/* One entry of the feed's ordered output. The store commits the items of a batch and the cursor
 * after them in one transaction. Immutable once delivered. */

typedef enum
{
  GS_FEED_ITEM_EVENT = 1,  /* id, raw, event */
  GS_FEED_ITEM_QUARANTINE, /* raw, error, perhaps id, perhaps a referral that must be shown */
  GS_FEED_ITEM_GAP,        /* the hall lacks id to last_id (both included) */
  GS_FEED_ITEM_RESET       /* the count begins anew: epoch, reset, and id as the new cursor */
} GsFeedItemKind;

/* Why the count begins anew. Except for FIRST every window is not known until the snapshot has been
 * reloaded, and the officer is told. */
typedef enum
{
  GS_FEED_RESET_FIRST = 1, /* this desk had no epoch yet */
  GS_FEED_RESET_EPOCH,     /* the hall began a new epoch: ids start again */
  GS_FEED_RESET_AHEAD,     /* our cursor is newer than the hall's newest event */
  GS_FEED_RESET_GONE /* the hall no longer keeps what follows our cursor; a GAP item follows */
} GsFeedReset;

/* Why an event is in quarantine. */
#define GS_FEED_BAD_TOO_LONG "too-long" /* over 1 MiB */
#define GS_FEED_BAD_JSON "not-json"     /* or nested deeper than 32 */
#define GS_FEED_BAD_CLOUD_EVENT "not-cloud-event"
#define GS_FEED_BAD_ID "bad-id" /* no decimal id, or not the stream's id */
#define GS_FEED_BAD_TYPE "unknown-type"
#define GS_FEED_BAD_DATA "bad-data" /* a member is missing or wrong */

typedef struct
{
  GsFeedItemKind kind;
  gint64 id;      /* -1 when a quarantined event's id could not be read */
  gint64 last_id; /* GAP: last missing id; else = id */
  gint64 received_utc_ms;
  gboolean repeated; /* id is not newer than the cursor: the same bytes are a duplicate to be
                        dropped, other bytes go to quarantine */

  GBytes *raw;    /* EVENT and QUARANTINE: the bytes as they came */
  GsEvent *event; /* EVENT */

  const char *reason; /* QUARANTINE: one of the GS_FEED_BAD_ codes; static */
  char *error;        /* QUARANTINE: what is wrong, for the log; no personal data */
  /* QUARANTINE of a referral whose crossing can be read: it still enters the queue. */
  char *referral_crossing; /* else NULL */
  char *referral_gate;     /* or NULL */
  char **referral_reasons; /* codes as they came, or NULL */

  GsFeedReset reset; /* RESET */
  char *epoch;       /* RESET */

  gatomicrefcount ref_count;
} GsFeedItem;

/* The cursor after this item, given the one before it: the largest id so far, or a reset's. */
gint64 gs_feed_item_advance (const GsFeedItem *self, gint64 cursor);

GsFeedItem *gs_feed_item_new (GsFeedItemKind kind, gint64 id);
GsFeedItem *gs_feed_item_ref (GsFeedItem *self);
void gs_feed_item_unref (GsFeedItem *self);

const char *gs_feed_reset_to_word (GsFeedReset reset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsFeedItem, gs_feed_item_unref)

G_END_DECLS
