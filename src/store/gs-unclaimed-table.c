/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-unclaimed-table.h"

/* In the order of read_row() and bind_row(). */
#define COLUMNS                                                                                    \
  "stamp, report, outage, crossing, serial, officer, supervisor, reason, printer, outcome, "       \
  "replaces, happened_at, state"

GsUnclaimedRow *
gs_unclaimed_row_new (void)
{
  return g_new0 (GsUnclaimedRow, 1);
}

GsUnclaimedRow *
gs_unclaimed_row_copy (const GsUnclaimedRow *self)
{
  GsUnclaimedRow *copy = g_memdup2 (self, sizeof *self);

  copy->stamp = g_strdup (self->stamp);
  copy->report = g_strdup (self->report);
  copy->outage = g_strdup (self->outage);
  copy->crossing = g_strdup (self->crossing);
  copy->serial = g_strdup (self->serial);
  copy->officer = g_strdup (self->officer);
  copy->supervisor = g_strdup (self->supervisor);
  copy->reason = g_strdup (self->reason);
  copy->printer = g_strdup (self->printer);
  copy->outcome = g_strdup (self->outcome);
  copy->replaces = g_strdup (self->replaces);
  return copy;
}

void
gs_unclaimed_row_free (GsUnclaimedRow *self)
{
  if (self == NULL)
    return;
  g_free (self->stamp);
  g_free (self->report);
  g_free (self->outage);
  g_free (self->crossing);
  g_free (self->serial);
  g_free (self->officer);
  g_free (self->supervisor);
  g_free (self->reason);
  g_free (self->printer);
  g_free (self->outcome);
  g_free (self->replaces);
  g_free (self);
}

static gpointer
read_row (GsStatement *statement)
{
  GsUnclaimedRow *row = gs_unclaimed_row_new ();

  row->stamp = gs_statement_dup_text (statement, 0);
  row->report = gs_statement_dup_text (statement, 1);
  row->outage = gs_statement_dup_text (statement, 2);
  row->crossing = gs_statement_dup_text (statement, 3);
  row->serial = gs_statement_dup_text (statement, 4);
  row->officer = gs_statement_dup_text (statement, 5);
  row->supervisor = gs_statement_dup_text (statement, 6);
  row->reason = gs_statement_dup_text (statement, 7);
  row->printer = gs_statement_dup_text (statement, 8);
  row->outcome = gs_statement_dup_text (statement, 9);
  row->replaces = gs_statement_dup_text (statement, 10);
  row->at_utc_ms = gs_statement_get_int (statement, 11);
  row->state = (GsUnclaimedState) gs_statement_get_int (statement, 12);
  return row;
}

static void
bind_row (GsStatement *statement, const GsUnclaimedRow *row)
{
  gs_statement_bind_text (statement, 1, row->stamp);
  gs_statement_bind_text (statement, 2, row->report);
  gs_statement_bind_text (statement, 3, row->outage);
  gs_statement_bind_text (statement, 4, row->crossing);
  gs_statement_bind_text (statement, 5, row->serial);
  gs_statement_bind_text (statement, 6, row->officer);
  gs_statement_bind_text (statement, 7, row->supervisor);
  gs_statement_bind_text (statement, 8, row->reason);
  gs_statement_bind_text (statement, 9, row->printer);
  gs_statement_bind_text (statement, 10, row->outcome);
  gs_statement_bind_text (statement, 11, row->replaces);
  gs_statement_bind_int (statement, 12, row->at_utc_ms);
  gs_statement_bind_int (statement, 13, GS_UNCLAIMED_PENDING);
}

gboolean
gs_unclaimed_table_put (GsDatabase *db, const GsUnclaimedRow *row, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO unclaimed_stamp (" COLUMNS ", sequence)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
    " (SELECT COALESCE(MAX(sequence), 0) + 1 FROM unclaimed_stamp))"
    " ON CONFLICT (stamp) DO UPDATE SET report = excluded.report, outcome = excluded.outcome,"
    " happened_at = excluded.happened_at, state = excluded.state, sequence = excluded.sequence",
    error);

  if (statement == NULL)
    return FALSE;
  bind_row (statement, row);
  return gs_statement_run (statement, error);
}

gboolean
gs_unclaimed_table_settle (
  GsDatabase *db, const char *stamp, const char *report, GsUnclaimedState state, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "UPDATE unclaimed_stamp SET state = $3 WHERE stamp = $1 AND report = $2 AND state = 1",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, stamp);
  gs_statement_bind_text (statement, 2, report);
  gs_statement_bind_int (statement, 3, state);
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error_literal (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT,
                       "The stamp's report is no longer this one");
  return FALSE;
}

GPtrArray *
gs_unclaimed_table_list_pending (GsDatabase *db, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "SELECT " COLUMNS " FROM unclaimed_stamp WHERE state = 1 ORDER BY sequence", error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_unclaimed_row_free, error);
}

gboolean
gs_unclaimed_table_count (GsDatabase *db, const char *outage, gint64 *number, GError **error)
{
  gboolean row;
  GsStatement *statement =
    gs_database_statement (db, "SELECT COUNT(*) FROM unclaimed_stamp WHERE outage = $1", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, outage);
  if (!gs_statement_step (statement, &row, error))
    return FALSE;
  *number = row ? gs_statement_get_int (statement, 0) : 0;
  gs_statement_reset (statement);
  return TRUE;
}
