/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-feed-table.h"

void
gs_feed_position_free (GsFeedPosition *self)
{
  if (self == NULL)
    return;
  g_free (self->epoch);
  g_free (self);
}

void
gs_gap_row_free (GsGapRow *self)
{
  if (self == NULL)
    return;
  g_free (self->epoch);
  g_free (self);
}

void
gs_quarantine_row_free (GsQuarantineRow *self)
{
  if (self == NULL)
    return;
  g_free (self->quarantine_id);
  g_free (self->epoch);
  g_free (self->crossing);
  g_free (self->reason);
  g_bytes_unref (self->raw);
  g_free (self);
}

static gpointer
read_position (GsStatement *statement)
{
  GsFeedPosition *position = g_new0 (GsFeedPosition, 1);

  position->epoch = gs_statement_dup_text (statement, 0);
  position->cursor = gs_statement_get_int (statement, 1);
  position->n_events = gs_statement_get_int (statement, 2);
  return position;
}

GsFeedPosition *
gs_feed_table_get (GsDatabase *db, GError **error)
{
  gpointer position = NULL;
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT p.epoch, p.cursor_id, p.n_events FROM feed AS f"
                           " JOIN epoch AS p ON p.epoch_number = f.epoch_number WHERE f.feed = 1",
                           error);

  if (statement == NULL || !gs_statement_fetch (statement, read_position, &position, error))
    return NULL;
  return position != NULL ? position : g_new0 (GsFeedPosition, 1);
}

static gpointer
read_gap (GsStatement *statement)
{
  GsGapRow *row = g_new0 (GsGapRow, 1);

  row->epoch = gs_statement_dup_text (statement, 0);
  row->first_id = gs_statement_get_int (statement, 1);
  row->last_id = gs_statement_get_int (statement, 2);
  row->found_at_utc_ms = gs_statement_get_int (statement, 3);
  return row;
}

GPtrArray *
gs_feed_table_list_gaps (GsDatabase *db, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT p.epoch, g.first_id, g.last_id, g.found_at FROM gap AS g"
    " JOIN epoch AS p ON p.epoch_number = g.epoch_number ORDER BY g.epoch_number, g.first_id",
    error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_gap, (GDestroyNotify) gs_gap_row_free, error);
}

static gpointer
read_quarantine (GsStatement *statement)
{
  GsQuarantineRow *row = g_new0 (GsQuarantineRow, 1);

  row->quarantine_id = gs_statement_dup_text (statement, 0);
  row->epoch = gs_statement_dup_text (statement, 1);
  row->id = gs_statement_is_null (statement, 2) ? -1 : gs_statement_get_int (statement, 2);
  row->crossing = gs_statement_dup_text (statement, 3);
  row->reason = gs_statement_dup_text (statement, 4);
  row->arrived_at_utc_ms = gs_statement_get_int (statement, 5);
  row->raw = gs_statement_dup_blob (statement, 6);
  return row;
}

GPtrArray *
gs_quarantine_table_list (GsDatabase *db, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT q.quarantine, p.epoch, q.event_id, q.crossing, q.reason, q.arrived_at, q.raw"
    " FROM quarantine AS q JOIN epoch AS p ON p.epoch_number = q.epoch_number"
    " ORDER BY q.arrived_at, q.event_id",
    error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_quarantine, (GDestroyNotify) gs_quarantine_row_free,
                               error);
}

gboolean
gs_quarantine_table_count (GsDatabase *db, gint64 *count, GError **error)
{
  return gs_database_get_int (db, "SELECT COUNT(*) FROM quarantine", count, error);
}

gboolean
gs_quarantine_table_purge (GsDatabase *db, gint64 before_utc_ms, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db, "DELETE FROM quarantine WHERE arrived_at < $1", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_int (statement, 1, before_utc_ms);
  return gs_statement_run (statement, error);
}
