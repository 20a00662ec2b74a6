/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* Where the feed stands. epoch NULL: never connected. */
typedef struct
{
  char *epoch;
  gint64 cursor;
  gint64 n_events; /* of this epoch */
} GsFeedPosition;

void gs_feed_position_free (GsFeedPosition *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsFeedPosition, gs_feed_position_free)

typedef struct
{
  char *epoch;
  gint64 first_id;
  gint64 last_id;
  gint64 found_at_utc_ms;
} GsGapRow;

void gs_gap_row_free (GsGapRow *self);

typedef struct
{
  char *quarantine_id;
  char *epoch;
  gint64 id;      /* -1 when it could not be read */
  char *crossing; /* NULL when it could not be read */
  char *reason;
  gint64 arrived_at_utc_ms;
  GBytes *raw;
} GsQuarantineRow;

void gs_quarantine_row_free (GsQuarantineRow *self);

/* Worker thread; transfer full. */
GsFeedPosition *gs_feed_table_get (GsDatabase *db, GError **error);
GPtrArray *gs_feed_table_list_gaps (GsDatabase *db, GError **error);
GPtrArray *gs_quarantine_table_list (GsDatabase *db, GError **error);
gboolean gs_quarantine_table_count (GsDatabase *db, gint64 *count, GError **error);

/* Deletes what arrived before that time (24 h ago is the rule). */
gboolean gs_quarantine_table_purge (GsDatabase *db, gint64 before_utc_ms, GError **error);

G_END_DECLS
