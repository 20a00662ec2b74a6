/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-feed-item.h"
#include "gs-hall-access.h"
#include "gs-hall-status.h"

G_BEGIN_DECLS

/* The gate feed: a thread of its own with its own main context that keeps the hall's events coming,
 * by catch-up pages and then by the live stream, and reconnects for ever. All rules of the hall
 * contract, "Rules a client must keep", are kept here; what is stored is the sink's business.
 *
 * Everything but the sink is called in the main context that was the thread default when the client
 * was made. */
#define GS_TYPE_FEED_CLIENT (gs_feed_client_get_type ())
G_DECLARE_FINAL_TYPE (GsFeedClient, gs_feed_client, GS, FEED_CLIENT, GObject)

typedef enum
{
  GS_FEED_STATE_STOPPED = 1,
  GS_FEED_STATE_CONNECTING,
  GS_FEED_STATE_CATCHING_UP,
  GS_FEED_STATE_LIVE,
  GS_FEED_STATE_DISCONNECTED
} GsFeedState;

typedef struct
{
  GsFeedState state;
  gint64 since_utc_ms; /* the workstation's wall clock */
  gint64 since_monotonic_us;
  gint64 behind; /* CATCHING_UP: events still to come; else 0 */
  /* DISCONNECTED, and CONNECTING after it: */
  gint64 lost_since_monotonic_us; /* when the feed was last live or bytes last came; 0 when never */
  int error_code;                 /* GsHallError; 0 when the hall ended the stream by itself */
  char *reason;                   /* for the log and JSON lines; NULL when live */
  gint64 next_try_monotonic_us;   /* 0 when not waiting */
  guint attempts;                 /* since the last byte */
} GsFeedStatus;

/* Takes a batch (GPtrArray of GsFeedItem, at most 100 and at most 20 ms old) on the feed thread, in
 * order. cursor: the cursor after the batch, to be committed with it. Returns when the batch is
 * safe: until then nothing more is read, and TCP holds the hall back. FALSE: it could not be kept
 * (disk full); the client then reports DISCONNECTED, drops the connection and delivers the same
 * again from its old cursor after a while. The sink must not iterate the feed thread's own context
 * nor wait for the maker's thread; to wait for an asynchronous function it pushes a context of its
 * own as thread default and iterates that. */
typedef gboolean (*GsFeedSinkFunc) (GPtrArray *items, gint64 cursor, gpointer user_data);

/* The new state; status lasts until the function returns. */
typedef void (*GsFeedStateFunc) (GsFeedClient *client,
                                 const GsFeedStatus *status,
                                 gpointer user_data);

/* Every answer of GET /v1/status, for the hall's clock and the gates' first states. */
typedef void (*GsFeedHallFunc) (GsFeedClient *client,
                                const GsHallStatus *status,
                                gpointer user_data);

/* The sink is called on the feed thread; state and hall (may be NULL) in the maker's context. */
GsFeedClient *gs_feed_client_new (GsHallAccess *access,
                                  GsFeedSinkFunc sink,
                                  GsFeedStateFunc state,
                                  GsFeedHallFunc hall,
                                  gpointer user_data);

/* Starts the thread. cursor: the last id that is stored, 0 for none; epoch: the one it belongs to.
 * On a first start epoch is NULL: the feed begins with the hall's oldest event, or behind cursor
 * when that is not 0, and a RESET item tells the epoch. Call once. */
void gs_feed_client_start (GsFeedClient *self, gint64 cursor, const char *epoch);

/* Ends the thread and waits for it: at most for the sink to return. No function is called after it.
 * Called by dispose. */
void gs_feed_client_stop (GsFeedClient *self);

/* Ends a back-off wait now. */
void gs_feed_client_try_now (GsFeedClient *self);

/* From the next connection on, use this access (a renewed certificate); cuts the present one only
 * when reconnect is TRUE. */
void gs_feed_client_set_access (GsFeedClient *self, GsHallAccess *access, gboolean reconnect);

/* The state last told to the state function. Borrowed; maker's thread. */
const GsFeedStatus *gs_feed_client_get_status (GsFeedClient *self);

/* When the last byte of the stream came (monotonic microseconds), 0 when none has. Any thread. */
gint64 gs_feed_client_last_byte_monotonic_us (GsFeedClient *self);

/* TRUE while LIVE and the last byte is at most 6 s old: only then the local view is evidence. Any
 * thread. */
gboolean gs_feed_client_is_fresh (GsFeedClient *self);

const char *gs_feed_state_to_word (GsFeedState state);

G_END_DECLS
