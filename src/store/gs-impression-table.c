/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-impression-table.h"

/* In the order of read_row() and bind_row(). */
#define COLUMNS                                                                                    \
  "serial, stamp, crossing, replaces, desk, officer, taken_at, confirmed_at, void_at, "            \
  "void_cause, void_officer, void_second, device, code"

GsImpressionRow *
gs_impression_row_new (void)
{
  return g_new0 (GsImpressionRow, 1);
}

void
gs_impression_row_free (GsImpressionRow *self)
{
  if (self == NULL)
    return;
  g_free (self->serial);
  g_free (self->stamp);
  g_free (self->crossing);
  g_free (self->replaces);
  g_free (self->desk);
  g_free (self->officer);
  g_free (self->void_cause);
  g_free (self->void_officer);
  g_free (self->void_second);
  g_free (self->device);
  g_free (self->code);
  g_free (self);
}

static gpointer
read_row (GsStatement *statement)
{
  GsImpressionRow *row = gs_impression_row_new ();

  row->serial = gs_statement_dup_text (statement, 0);
  row->stamp = gs_statement_dup_text (statement, 1);
  row->crossing = gs_statement_dup_text (statement, 2);
  row->replaces = gs_statement_dup_text (statement, 3);
  row->desk = gs_statement_dup_text (statement, 4);
  row->officer = gs_statement_dup_text (statement, 5);
  row->taken_at_utc_ms = gs_statement_get_int (statement, 6);
  row->confirmed_at_utc_ms = gs_statement_get_int (statement, 7);
  row->void_at_utc_ms = gs_statement_get_int (statement, 8);
  row->void_cause = gs_statement_dup_text (statement, 9);
  row->void_officer = gs_statement_dup_text (statement, 10);
  row->void_second = gs_statement_dup_text (statement, 11);
  row->device = gs_statement_dup_text (statement, 12);
  row->code = gs_statement_dup_text (statement, 13);
  return row;
}

static void
bind_row (GsStatement *statement, const GsImpressionRow *row)
{
  gs_statement_bind_text (statement, 1, row->serial);
  gs_statement_bind_text (statement, 2, row->stamp);
  gs_statement_bind_text (statement, 3, row->crossing);
  gs_statement_bind_text (statement, 4, row->replaces);
  gs_statement_bind_text (statement, 5, row->desk);
  gs_statement_bind_text (statement, 6, row->officer);
  gs_statement_bind_int (statement, 7, row->taken_at_utc_ms);
  gs_statement_bind_int (statement, 8, row->confirmed_at_utc_ms);
  gs_statement_bind_int (statement, 9, row->void_at_utc_ms);
  gs_statement_bind_text (statement, 10, row->void_cause);
  gs_statement_bind_text (statement, 11, row->void_officer);
  gs_statement_bind_text (statement, 12, row->void_second);
  gs_statement_bind_text (statement, 13, row->device);
  gs_statement_bind_text (statement, 14, row->code);
}

static gboolean
need_one (GsStatement *statement, GError **error)
{
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "The impression is void or is none");
  return FALSE;
}

gboolean
gs_serial_counter_take (GsDatabase *db, const char *prefix, gint64 *number, GError **error)
{
  gboolean row;
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO serial_counter (prefix, last_number) VALUES ($1, 1) ON CONFLICT (prefix)"
    " DO UPDATE SET last_number = serial_counter.last_number + 1 RETURNING last_number",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, prefix);
  if (!gs_statement_step (statement, &row, error))
    return FALSE;
  *number = row ? gs_statement_get_int (statement, 0) : 0;
  gs_statement_reset (statement);
  return TRUE;
}

gboolean
gs_serial_counter_peek (GsDatabase *db, const char *prefix, gint64 *number, GError **error)
{
  gboolean row;
  GsStatement *statement =
    gs_database_statement (db, "SELECT last_number FROM serial_counter WHERE prefix = $1", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, prefix);
  if (!gs_statement_step (statement, &row, error))
    return FALSE;
  *number = row ? gs_statement_get_int (statement, 0) + 1 : 1;
  gs_statement_reset (statement);
  return TRUE;
}

gboolean
gs_impression_table_add (GsDatabase *db, const GsImpressionRow *row, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "INSERT INTO impression (" COLUMNS
                           ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
                           " $14)",
                           error);

  if (statement == NULL)
    return FALSE;
  bind_row (statement, row);
  return gs_statement_run (statement, error);
}

gboolean
gs_impression_table_confirm (GsDatabase *db, const char *serial, gint64 at_utc_ms, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "UPDATE impression SET confirmed_at = $2 WHERE serial = $1 AND void_at = 0", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, serial);
  gs_statement_bind_int (statement, 2, at_utc_ms);
  return need_one (statement, error);
}

gboolean
gs_impression_table_void (GsDatabase *db,
                          const char *serial,
                          gint64 at_utc_ms,
                          const char *cause,
                          const char *officer,
                          const char *second,
                          GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "UPDATE impression SET void_at = $2, void_cause = $3, void_officer = $4, void_second = $5"
    " WHERE serial = $1 AND void_at = 0",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, serial);
  gs_statement_bind_int (statement, 2, at_utc_ms);
  gs_statement_bind_text (statement, 3, cause);
  gs_statement_bind_text (statement, 4, officer);
  gs_statement_bind_text (statement, 5, second);
  return need_one (statement, error);
}

GsImpressionRow *
gs_impression_table_get (GsDatabase *db, const char *serial, GError **error)
{
  gpointer row = NULL;
  GsStatement *statement =
    gs_database_statement (db, "SELECT " COLUMNS " FROM impression WHERE serial = $1", error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, serial);
  gs_statement_fetch (statement, read_row, &row, error);
  return row;
}

GPtrArray *
gs_impression_table_of_crossing (GsDatabase *db, const char *crossing, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "SELECT " COLUMNS " FROM impression WHERE crossing = $1 ORDER BY taken_at, serial", error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, crossing);
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_impression_row_free, error);
}

GPtrArray *
gs_impression_table_list (GsDatabase *db, gint64 from_utc_ms, gint64 to_utc_ms, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT " COLUMNS " FROM impression WHERE taken_at >= $1 AND taken_at < $2"
    " ORDER BY taken_at, serial",
    error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_int (statement, 1, from_utc_ms);
  gs_statement_bind_int (statement, 2, to_utc_ms);
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_impression_row_free, error);
}

GPtrArray *
gs_impression_table_list_new (GsDatabase *db, const char *desk, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT " COLUMNS " FROM impression"
                           " WHERE desk = $1 AND reconciliation IS NULL ORDER BY taken_at, serial",
                           error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, desk);
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_impression_row_free, error);
}

gboolean
gs_impression_table_reconcile (GsDatabase *db,
                               const char *desk,
                               const char *reconciliation,
                               GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "UPDATE impression SET reconciliation = $2 WHERE desk = $1 AND reconciliation IS NULL"
    " AND (confirmed_at <> 0 OR void_at <> 0)",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, desk);
  gs_statement_bind_text (statement, 2, reconciliation);
  return gs_statement_run (statement, error);
}

/* --- serials ---------------------------------------------------------------------------------- */

static gpointer
read_counter (GsStatement *statement)
{
  GsSerialCounter *counter = g_new0 (GsSerialCounter, 1);

  counter->prefix = gs_statement_dup_text (statement, 0);
  counter->seen = gs_statement_get_int (statement, 1);
  counter->last = gs_statement_get_int (statement, 2);
  return counter;
}

void
gs_serial_counter_free (GsSerialCounter *self)
{
  if (self == NULL)
    return;
  g_free (self->prefix);
  g_free (self);
}

GPtrArray *
gs_serial_counter_list_unseen (GsDatabase *db, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT prefix, seen, last_number FROM serial_counter WHERE seen < last_number ORDER BY prefix",
    error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_counter, (GDestroyNotify) gs_serial_counter_free,
                               error);
}

gboolean
gs_serial_counter_see (GsDatabase *db, const char *prefix, gint64 number, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db, "UPDATE serial_counter SET seen = $2 WHERE prefix = $1", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, prefix);
  gs_statement_bind_int (statement, 2, number);
  return gs_statement_run (statement, error);
}
