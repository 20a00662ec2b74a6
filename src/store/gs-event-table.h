/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* An event as it is kept. raw is whole again while the identity is kept; afterwards the range is
 * missing and identity_removed is TRUE. */
typedef struct
{
  gint64 position; /* order of arrival at this store, rising */
  char *epoch;
  gint64 id;
  char *type;
  char *crossing;
  char *gate;
  gint64 time_utc_ms;
  GBytes *raw;
  gboolean identity_removed;
} GsEventRow;

void gs_event_row_free (GsEventRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsEventRow, gs_event_row_free)

/* Worker thread; arrays are of GsEventRow, transfer full. */

/* Events after a position, at most limit, oldest first: pages over everything (export, follow). */
GPtrArray *gs_event_table_list (GsDatabase *db, gint64 after_position, guint limit, GError **error);

/* All events of a crossing, by id. */
GPtrArray *gs_event_table_of_crossing (GsDatabase *db, const char *crossing, GError **error);

/* The newest limit events, newest first, for the feed's panel. */
GPtrArray *gs_event_table_newest (GsDatabase *db, guint limit, GError **error);

/* What the station needs to fold again at start: events since that time of every crossing whose row
 * is live or that has no row yet, and the last gate.status of each gate, by position. */
GPtrArray *gs_event_table_load (GsDatabase *db, gint64 since_utc_ms, GError **error);

G_END_DECLS
