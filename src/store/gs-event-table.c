/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-event-table.h"

#include <string.h>

/* The order of columns that read_event() expects. The identity's bytes are NULL when they are
 * gone. */
#define COLUMNS                                                                                    \
  "SELECT e.position, p.epoch, e.event_id, e.type, e.crossing, e.gate, e.event_at, e.raw,"         \
  " e.identity_start, e.identity_length, i.bytes"                                                  \
  " FROM event AS e JOIN epoch AS p ON p.epoch_number = e.epoch_number"                            \
  " LEFT JOIN identity AS i ON i.crossing = COALESCE(e.crossing, '')"                              \
  " AND i.position = e.position AND e.identity_length > 0 "

/* How many events may have arrived out of the order of their times. */
#define ARRIVAL_SLACK 1000

void
gs_event_row_free (GsEventRow *self)
{
  if (self == NULL)
    return;
  g_free (self->epoch);
  g_free (self->type);
  g_free (self->crossing);
  g_free (self->gate);
  g_bytes_unref (self->raw);
  g_free (self);
}

static GBytes *
splice (GBytes *rest, gsize start, GBytes *middle)
{
  gsize rest_length, middle_length;
  const guint8 *rest_data = g_bytes_get_data (rest, &rest_length);
  const guint8 *middle_data = g_bytes_get_data (middle, &middle_length);
  guint8 *whole;

  if (start > rest_length)
    return g_bytes_ref (rest);
  whole = g_malloc (rest_length + middle_length + 1);
  if (start > 0)
    memcpy (whole, rest_data, start);
  if (middle_length > 0)
    memcpy (whole + start, middle_data, middle_length);
  if (rest_length > start)
    memcpy (whole + start + middle_length, rest_data + start, rest_length - start);
  return g_bytes_new_take (whole, rest_length + middle_length);
}

static gpointer
read_event (GsStatement *statement)
{
  GsEventRow *row = g_new0 (GsEventRow, 1);
  g_autoptr (GBytes) rest = gs_statement_dup_blob (statement, 7);
  g_autoptr (GBytes) middle = gs_statement_dup_blob (statement, 10);

  row->position = gs_statement_get_int (statement, 0);
  row->epoch = gs_statement_dup_text (statement, 1);
  row->id = gs_statement_get_int (statement, 2);
  row->type = gs_statement_dup_text (statement, 3);
  row->crossing = gs_statement_dup_text (statement, 4);
  row->gate = gs_statement_dup_text (statement, 5);
  row->time_utc_ms = gs_statement_get_int (statement, 6);
  row->identity_removed = gs_statement_get_int (statement, 9) > 0 && middle == NULL;
  row->raw = middle != NULL ? splice (rest, (gsize) gs_statement_get_int (statement, 8), middle)
                            : g_bytes_ref (rest);
  return row;
}

static GPtrArray *
collect (GsStatement *statement, GError **error)
{
  return gs_statement_collect (statement, read_event, (GDestroyNotify) gs_event_row_free, error);
}

GPtrArray *
gs_event_table_list (GsDatabase *db, gint64 after_position, guint limit, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db, COLUMNS "WHERE e.position > $1 ORDER BY e.position LIMIT $2", error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_int (statement, 1, after_position);
  gs_statement_bind_int (statement, 2, limit);
  return collect (statement, error);
}

GPtrArray *
gs_event_table_of_crossing (GsDatabase *db, const char *crossing, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, COLUMNS "WHERE e.crossing = $1 ORDER BY e.epoch_number, e.event_id", error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, crossing);
  return collect (statement, error);
}

GPtrArray *
gs_event_table_newest (GsDatabase *db, guint limit, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db, COLUMNS "ORDER BY e.position DESC LIMIT $1", error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_int (statement, 1, limit);
  return collect (statement, error);
}

/* The smallest position from which on events are from since or later. Positions are the order of
 * arrival, which is that of time but for seconds: halving finds the place without an index. */
static gboolean
find_position (GsDatabase *db, gint64 since_utc_ms, gint64 *position, GError **error)
{
  gint64 low = 0, high;
  gboolean row;

  if (!gs_database_get_int (db, "SELECT COALESCE(MAX(position), 0) + 1 FROM event", &high, error))
    return FALSE;
  while (low < high)
    {
      gint64 middle = low + (high - low) / 2;
      GsStatement *statement = gs_database_statement (
        db, "SELECT position, event_at FROM event WHERE position >= $1 ORDER BY position LIMIT 1",
        error);

      if (statement == NULL)
        return FALSE;
      gs_statement_bind_int (statement, 1, middle);
      if (!gs_statement_step (statement, &row, error))
        return FALSE;
      if (!row || gs_statement_get_int (statement, 1) >= since_utc_ms)
        high = middle;
      else
        low = gs_statement_get_int (statement, 0) + 1;
      gs_statement_reset (statement);
    }
  *position = MAX (low - ARRIVAL_SLACK, 0);
  return TRUE;
}

GPtrArray *
gs_event_table_load (GsDatabase *db, gint64 since_utc_ms, GError **error)
{
  gint64 position;
  GsStatement *statement;

  if (!find_position (db, since_utc_ms, &position, error))
    return NULL;
  statement = gs_database_statement (
    db,
    COLUMNS
    "WHERE e.position IN ("
    " SELECT l.position FROM event AS l WHERE l.event_at >= $1"
    " AND l.crossing IN (SELECT c.crossing FROM crossing AS c WHERE c.live = 1)"
    " UNION"
    " SELECT n.position FROM event AS n WHERE n.position >= $2 AND n.crossing IS NOT NULL"
    " AND n.event_at >= $1"
    " AND NOT EXISTS (SELECT 1 FROM crossing AS c WHERE c.crossing = n.crossing)"
    " UNION"
    " SELECT MAX(g.position) FROM event AS g WHERE g.crossing IS NULL AND g.gate IS NOT NULL"
    " GROUP BY g.gate)"
    " ORDER BY e.position",
    error);
  if (statement == NULL)
    return NULL;
  gs_statement_bind_int (statement, 1, since_utc_ms);
  gs_statement_bind_int (statement, 2, position);
  return collect (statement, error);
}
