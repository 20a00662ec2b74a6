/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-ingest-private.h"

gboolean
gs_ingest_batch_load (GsIngestBatch *batch, const char *epoch, GError **error)
{
  gboolean row;
  GsStatement *statement = gs_database_statement (
    batch->db,
    "SELECT p.epoch_number, p.cursor_id, p.highest_id, p.n_events, p.n_recorded,"
    " (SELECT COALESCE(MAX(position), 0) FROM event)"
    " FROM feed AS f JOIN epoch AS p ON p.epoch_number = f.epoch_number"
    " WHERE f.feed = 1 AND p.epoch = $1",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, epoch);
  if (!gs_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_EPOCH,
                   "Events of an epoch that is not the current one");
      return FALSE;
    }
  batch->epoch_number = gs_statement_get_int (statement, 0);
  batch->cursor = gs_statement_get_int (statement, 1);
  batch->highest = gs_statement_get_int (statement, 2);
  batch->n_events = gs_statement_get_int (statement, 3);
  batch->n_recorded = gs_statement_get_int (statement, 4);
  batch->position = gs_statement_get_int (statement, 5);
  gs_statement_reset (statement);
  return TRUE;
}

void
gs_ingest_batch_pass (GsIngestBatch *batch, gint64 first, gint64 last)
{
  batch->highest = MAX (batch->highest, last);
  if (first <= batch->cursor + 1)
    batch->cursor = MAX (batch->cursor, last);
}

static gboolean
ask (GsIngestBatch *batch, const char *sql, gint64 *answer, gboolean *found, GError **error)
{
  GsStatement *statement = gs_database_statement (batch->db, sql, error);
  gboolean row;

  *found = FALSE;
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_int (statement, 1, batch->epoch_number);
  gs_statement_bind_int (statement, 2, batch->cursor);
  if (!gs_statement_step (statement, &row, error))
    return FALSE;
  if (row && !gs_statement_is_null (statement, 0))
    {
      *found = TRUE;
      *answer = gs_statement_get_int (statement, 0);
    }
  gs_statement_reset (statement);
  return TRUE;
}

static gboolean
pass_events (GsIngestBatch *batch, GError **error)
{
  gboolean row;
  GsStatement *statement = gs_database_statement (
    batch->db,
    "SELECT event_id FROM event WHERE epoch_number = $1 AND event_id > $2 ORDER BY event_id",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_int (statement, 1, batch->epoch_number);
  gs_statement_bind_int (statement, 2, batch->cursor);
  for (;;)
    {
      if (!gs_statement_step (statement, &row, error))
        return FALSE;
      if (!row || gs_statement_get_int (statement, 0) != batch->cursor + 1)
        break;
      batch->cursor++;
    }
  gs_statement_reset (statement);
  return TRUE;
}

/* Events, quarantine and gaps take turns in moving the cursor until none can. */
static gboolean
pass_all (GsIngestBatch *batch, GError **error)
{
  gint64 before, answer;
  gboolean found;

  do
    {
      before = batch->cursor;
      if (!pass_events (batch, error)
          || !ask (batch,
                   "SELECT MAX(event_id) FROM quarantine"
                   " WHERE epoch_number = $1 AND event_id = CAST($2 AS BIGINT) + 1",
                   &answer, &found, error))
        return FALSE;
      if (found)
        batch->cursor = answer;
      if (!ask (batch,
                "SELECT MAX(last_id) FROM gap WHERE epoch_number = $1"
                " AND first_id <= CAST($2 AS BIGINT) + 1 AND last_id > CAST($2 AS BIGINT)",
                &answer, &found, error))
        return FALSE;
      if (found)
        batch->cursor = answer;
    }
  while (batch->cursor != before);
  return TRUE;
}

gboolean
gs_ingest_batch_advance (GsIngestBatch *batch, GError **error)
{
  gint64 next;
  gboolean found;

  if (batch->highest > batch->cursor && !pass_all (batch, error))
    return FALSE;
  batch->result->cursor = batch->cursor;
  if (batch->highest <= batch->cursor)
    return TRUE;
  if (!ask (batch,
            "SELECT MIN(next_id) FROM ("
            " SELECT MIN(event_id) AS next_id FROM event WHERE epoch_number = $1 AND event_id > $2"
            " UNION ALL SELECT MIN(event_id) FROM quarantine"
            " WHERE epoch_number = $1 AND event_id > $2"
            " UNION ALL SELECT MIN(first_id) FROM gap WHERE epoch_number = $1 AND first_id > $2"
            ") AS n",
            &next, &found, error))
    return FALSE;
  batch->result->hole_first = batch->cursor + 1;
  batch->result->hole_last = found ? next - 1 : batch->highest;
  return TRUE;
}

gboolean
gs_ingest_batch_save (GsIngestBatch *batch, GError **error)
{
  GsStatement *statement = gs_database_statement (
    batch->db,
    "UPDATE epoch SET cursor_id = $2, highest_id = $3, n_events = $4, n_recorded = $5"
    " WHERE epoch_number = $1",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_int (statement, 1, batch->epoch_number);
  gs_statement_bind_int (statement, 2, batch->cursor);
  gs_statement_bind_int (statement, 3, batch->highest);
  gs_statement_bind_int (statement, 4, batch->n_events);
  gs_statement_bind_int (statement, 5, batch->n_recorded);
  return gs_statement_run (statement, error);
}

static gboolean
make_current (GsDatabase *db, gint64 epoch_number, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "INSERT INTO feed (feed, epoch_number) VALUES (1, $1)"
                           " ON CONFLICT (feed) DO UPDATE SET epoch_number = excluded.epoch_number",
                           error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_int (statement, 1, epoch_number);
  return gs_statement_run (statement, error);
}

/* The newest generation of the epoch: *row is FALSE when it is not known. */
static gboolean
find_epoch (GsDatabase *db,
            const char *epoch,
            gint64 *number,
            gint64 *generation,
            gint64 *cursor,
            gboolean *row,
            GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT epoch_number, generation, cursor_id FROM epoch WHERE epoch = $1"
                           " ORDER BY generation DESC LIMIT 1",
                           error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, epoch);
  if (!gs_statement_step (statement, row, error))
    return FALSE;
  *number = *row ? gs_statement_get_int (statement, 0) : 0;
  *generation = *row ? gs_statement_get_int (statement, 1) : 0;
  *cursor = *row ? gs_statement_get_int (statement, 2) : 0;
  gs_statement_reset (statement);
  return TRUE;
}

static gboolean
insert_epoch (GsDatabase *db,
              const char *epoch,
              gint64 number,
              gint64 generation,
              gint64 cursor,
              gint64 at_utc_ms,
              GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO epoch (epoch_number, epoch, generation, begun_at, cursor_id, highest_id, n_events,"
    " n_recorded) VALUES ($1, $2, $3, $4, $5, $5, 0, 0)",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_int (statement, 1, number);
  gs_statement_bind_text (statement, 2, epoch);
  gs_statement_bind_int (statement, 3, generation);
  gs_statement_bind_int (statement, 4, at_utc_ms);
  gs_statement_bind_int (statement, 5, cursor);
  return gs_statement_run (statement, error);
}

gboolean
gs_ingest_begin_epoch (GsDatabase *db,
                       const char *epoch,
                       gint64 after,
                       gboolean anew,
                       gint64 at_utc_ms,
                       gint64 *cursor,
                       gboolean *is_new,
                       GError **error)
{
  gint64 number, generation;
  gboolean known;

  if (!find_epoch (db, epoch, &number, &generation, cursor, &known, error))
    return FALSE;
  *is_new = anew || !known;
  if (*is_new)
    {
      *cursor = MAX (after, 0);
      if (!gs_database_get_int (db, "SELECT COALESCE(MAX(epoch_number), 0) + 1 FROM epoch", &number,
                                error)
          || !insert_epoch (db, epoch, number, generation + 1, *cursor, at_utc_ms, error))
        return FALSE;
    }
  return make_current (db, number, error);
}
