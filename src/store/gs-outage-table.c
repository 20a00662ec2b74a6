/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-outage-table.h"

/* In the order of read_row(). */
#define COLUMNS "outage, opened_at, until_at, closed_at, closed_cause, officer, supervisor, reason"

GsOutageRow *
gs_outage_row_new (void)
{
  return g_new0 (GsOutageRow, 1);
}

void
gs_outage_row_free (GsOutageRow *self)
{
  if (self == NULL)
    return;
  g_free (self->outage);
  g_free (self->closed_cause);
  g_free (self->officer);
  g_free (self->supervisor);
  g_free (self->reason);
  g_free (self);
}

static gpointer
read_row (GsStatement *statement)
{
  GsOutageRow *row = gs_outage_row_new ();

  row->outage = gs_statement_dup_text (statement, 0);
  row->opened_at_utc_ms = gs_statement_get_int (statement, 1);
  row->until_utc_ms = gs_statement_get_int (statement, 2);
  row->closed_at_utc_ms = gs_statement_get_int (statement, 3);
  row->closed_cause = gs_statement_dup_text (statement, 4);
  row->officer = gs_statement_dup_text (statement, 5);
  row->supervisor = gs_statement_dup_text (statement, 6);
  row->reason = gs_statement_dup_text (statement, 7);
  return row;
}

gboolean
gs_outage_table_open (GsDatabase *db, const GsOutageRow *row, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "INSERT INTO outage (" COLUMNS ") SELECT $1, $2, $3, 0, NULL, $4, $5, $6"
                           " WHERE NOT EXISTS (SELECT 1 FROM outage WHERE closed_at = 0)",
                           error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, row->outage);
  gs_statement_bind_int (statement, 2, row->opened_at_utc_ms);
  gs_statement_bind_int (statement, 3, row->until_utc_ms);
  gs_statement_bind_text (statement, 4, row->officer);
  gs_statement_bind_text (statement, 5, row->supervisor);
  gs_statement_bind_text (statement, 6, row->reason);
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error_literal (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "An outage is open already");
  return FALSE;
}

gboolean
gs_outage_table_close (
  GsDatabase *db, const char *outage, gint64 at_utc_ms, const char *cause, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "UPDATE outage SET closed_at = $2, closed_cause = $3 WHERE outage = $1 AND closed_at = 0",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, outage);
  gs_statement_bind_int (statement, 2, at_utc_ms);
  gs_statement_bind_text (statement, 3, cause);
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error_literal (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "The outage is not open");
  return FALSE;
}

GsOutageRow *
gs_outage_table_get_open (GsDatabase *db, GError **error)
{
  gpointer row = NULL;
  GsStatement *statement =
    gs_database_statement (db, "SELECT " COLUMNS " FROM outage WHERE closed_at = 0", error);

  if (statement == NULL)
    return NULL;
  gs_statement_fetch (statement, read_row, &row, error);
  return row;
}

GsOutageRow *
gs_outage_table_get (GsDatabase *db, const char *outage, GError **error)
{
  gpointer row = NULL;
  GsStatement *statement =
    gs_database_statement (db, "SELECT " COLUMNS " FROM outage WHERE outage = $1", error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, outage);
  gs_statement_fetch (statement, read_row, &row, error);
  return row;
}
