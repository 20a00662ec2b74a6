/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-crossing-table.h"
#include "gs-identity-table.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* Taking the hall's events in. The store keeps every event's bytes exactly: the range that
 * identifies the traveller is cut out and kept in the identity table alone, with the place where it
 * belongs.
 *
 * The cursor is the highest id up to which every id is an event, in quarantine, or in a gap row.
 * It never passes a hole, whatever order the items come in: a client that restarts after the cursor
 * is given what is missing. It is committed in the same transaction as the items.
 *
 * Ingest is the one change that takes no record entry: at 1,000 events a second entries would say
 * nothing that the cursor does not. Instead the store itself writes an entry "feed.ingest" (epoch,
 * first and last id, counts) in the batch that has a quarantined event or a gap, and in the batch
 * that completes each 1,000 events since the last such entry. */

typedef enum
{
  GS_INGEST_EVENT = 1,
  GS_INGEST_QUARANTINE, /* the client could not read it; raw is kept 24 h */
  GS_INGEST_GAP,        /* the hall lacks id to last_id */
} GsIngestKind;

typedef struct
{
  GsIngestKind kind;
  gint64 id;            /* the event's number; -1 in quarantine when it could not be read */
  gint64 last_id;       /* of a gap, otherwise unused */
  char *type;           /* "crossing.referred", NULL in quarantine */
  char *crossing;       /* UUID, NULL when the event is no crossing's */
  char *gate;           /* the gate of the event, NULL when it names none */
  gint64 time_utc_ms;   /* the event's time; of quarantine and gap the time of arrival */
  GBytes *raw;          /* the event's bytes as they came */
  gsize identity_start; /* the range of raw that identifies the traveller; length 0: none */
  gsize identity_length;
  GsTraveller *traveller; /* the fields of that range, or NULL */
  char *reason;           /* of quarantine: a code ("not-json", "unknown-type", …) */
} GsIngestItem;

GsIngestItem *gs_ingest_item_new (GsIngestKind kind, gint64 id);
void gs_ingest_item_free (GsIngestItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsIngestItem, gs_ingest_item_free)

/* What became of an item. */
typedef enum
{
  GS_INGEST_NEW = 1,     /* stored now: show it */
  GS_INGEST_DUPLICATE,   /* the same id with the same bytes was here */
  GS_INGEST_QUARANTINED, /* went to quarantine: the same id was here with other bytes, or it has a
                            flaw */
} GsIngestVerdict;

typedef struct
{
  gint64 cursor;     /* resume after this id */
  gint64 hole_first; /* ids from here to hole_last are missing though later ones are here; */
  gint64 hole_last;  /* 0 and 0 when nothing is missing */
  GArray *verdicts;  /* of GsIngestVerdict, one an item, in the items' order */
  guint n_new;
  guint n_quarantined;
} GsIngestResult;

void gs_ingest_result_free (GsIngestResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsIngestResult, gs_ingest_result_free)

/* Begins or continues an epoch of the hall. A new one starts with its cursor at after (0: from the
 * first event; on a first start the hall's oldest_event - 1); for a known one after is ignored,
 * unless anew is TRUE: the hall counts from after again although it names the same epoch (it was
 * restored, the client's reset "ahead"), and its ids are others than before. The result is the
 * cursor to resume after, -1 on error. Writes the entry "feed.epoch" when it is new. */
void gs_store_begin_epoch_async (GsStore *self,
                                 const char *epoch,
                                 gint64 after,
                                 gboolean anew,
                                 gint64 at_utc_ms,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gint64 gs_store_begin_epoch_finish (GsStore *self, GAsyncResult *result, GError **error);

/* Stores a batch (10 to 100 items are a good size, 10,000 at most) in one transaction. Takes a
 * reference on items (of GsIngestItem, free function set) and on crossings (of GsCrossingRow, the
 * folded state after this batch, or NULL); neither may be changed afterwards. GS_STORE_ERROR_EPOCH
 * when epoch is not the one begun last. Transfer full. */
void gs_store_ingest_async (GsStore *self,
                            const char *epoch,
                            GPtrArray *items,
                            GPtrArray *crossings,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GsIngestResult *gs_store_ingest_finish (GsStore *self, GAsyncResult *result, GError **error);

/* The same, waiting for the worker: for the feed's thread, tools and tests, never the window's. */
gint64 gs_store_begin_epoch (
  GsStore *self, const char *epoch, gint64 after, gboolean anew, gint64 at_utc_ms, GError **error);
GsIngestResult *gs_store_ingest (
  GsStore *self, const char *epoch, GPtrArray *items, GPtrArray *crossings, GError **error);

/* The same work inside a transaction of somebody's own: for tests and benchmarks. Worker thread. */
GsIngestResult *gs_ingest_run (
  GsDatabase *db, const char *epoch, GPtrArray *items, GPtrArray *crossings, GError **error);

G_END_DECLS
