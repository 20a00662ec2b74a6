/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-crossing.h"
#include "gs-database.h"

G_BEGIN_DECLS

/* The folded state of a crossing as the station last knew it, for lists and searches; no personal
 * field. What a word means is the model's business, the store keeps it as it comes. */
typedef struct
{
  char *crossing;
  char *gate;
  char *direction;
  char *state;
  char *outcome; /* NULL while undecided */
  char *reasons; /* codes joined by ',', "" for none */
  char *party;
  char *flight;
  char *document_digest;
  char *serial; /* of a stamp that stands, NULL */
  gint64 started_at_utc_ms;
  gint64 referred_at_utc_ms; /* 0 when it was not referred; likewise below */
  gint64 admitted_at_utc_ms;
  gint64 resolved_at_utc_ms;
  gint64 closed_at_utc_ms; /* of the window */
  char *closed_cause;
  gint64 last_event_id; /* the last event folded in */
  gboolean live;        /* open or within its window: folded again at start */
} GsCrossingRow;

GsCrossingRow *gs_crossing_row_new (void);

/* The row of a folded crossing; live says whether it is still open or within its window. Any
 * thread. */
GsCrossingRow *gs_crossing_row_new_from (const GsCrossing *crossing, gboolean live);
void gs_crossing_row_free (GsCrossingRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsCrossingRow, gs_crossing_row_free)

/* What a page of the history shows. NULL or 0 means no restriction. */
typedef struct
{
  char *gate;
  char *reason; /* one code */
  char *outcome;
  char *issuing_state; /* with document_number: searches the identity table */
  char *document_number;
  gint64 from_utc_ms;
  gint64 to_utc_ms; /* exclusive */
} GsHistoryFilter;

void gs_history_filter_free (GsHistoryFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHistoryFilter, gs_history_filter_free)

/* Worker thread. */

/* Inserts or replaces; a row folded from fewer events never replaces a newer one. */
gboolean gs_crossing_table_put (GsDatabase *db, const GsCrossingRow *row, GError **error);
GsCrossingRow *gs_crossing_table_get (GsDatabase *db, const char *crossing, GError **error);

/* The limit rows that began before (key_utc_ms, key_crossing), newest first; pages go on with the
 * last row's key. A first page begins with G_MAXINT64 and "". GPtrArray of GsCrossingRow. */
GPtrArray *gs_crossing_table_page (GsDatabase *db,
                                   const GsHistoryFilter *filter,
                                   gint64 key_utc_ms,
                                   const char *key_crossing,
                                   guint limit,
                                   GError **error);

/* Number of rows that the filter lets through. */
gboolean gs_crossing_table_count (GsDatabase *db,
                                  const GsHistoryFilter *filter,
                                  gint64 *count,
                                  GError **error);

G_END_DECLS
