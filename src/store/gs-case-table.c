/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-case-table.h"

/* In the order of read_row() and bind_row(). */
#define COLUMNS                                                                                    \
  "crossing, state, priority, reasons, fault, party, referred_at, taken_by, "                      \
  "taken_desk, taken_at, outcome, closed_at, gate, decided_by, decided_desk"

GsCaseRow *
gs_case_row_new (void)
{
  return g_new0 (GsCaseRow, 1);
}

void
gs_case_row_free (GsCaseRow *self)
{
  if (self == NULL)
    return;
  g_free (self->crossing);
  g_free (self->reasons);
  g_free (self->fault);
  g_free (self->party);
  g_free (self->taken_by);
  g_free (self->taken_desk);
  g_free (self->outcome);
  g_free (self->gate);
  g_free (self->decided_by);
  g_free (self->decided_desk);
  g_free (self);
}

static gpointer
read_row (GsStatement *statement)
{
  GsCaseRow *row = gs_case_row_new ();

  row->crossing = gs_statement_dup_text (statement, 0);
  row->state = (GsCaseState) gs_statement_get_int (statement, 1);
  row->priority = (int) gs_statement_get_int (statement, 2);
  row->reasons = gs_statement_dup_text (statement, 3);
  row->fault = gs_statement_dup_text (statement, 4);
  row->party = gs_statement_dup_text (statement, 5);
  row->referred_at_utc_ms = gs_statement_get_int (statement, 6);
  row->taken_by = gs_statement_dup_text (statement, 7);
  row->taken_desk = gs_statement_dup_text (statement, 8);
  row->taken_at_utc_ms = gs_statement_get_int (statement, 9);
  row->outcome = gs_statement_dup_text (statement, 10);
  row->closed_at_utc_ms = gs_statement_get_int (statement, 11);
  row->gate = gs_statement_dup_text (statement, 12);
  row->decided_by = gs_statement_dup_text (statement, 13);
  row->decided_desk = gs_statement_dup_text (statement, 14);
  return row;
}

static void
bind_row (GsStatement *statement, const GsCaseRow *row)
{
  gs_statement_bind_text (statement, 1, row->crossing);
  gs_statement_bind_int (statement, 2, row->state);
  gs_statement_bind_int (statement, 3, row->priority);
  gs_statement_bind_text (statement, 4, row->reasons);
  gs_statement_bind_text (statement, 5, row->fault);
  gs_statement_bind_text (statement, 6, row->party);
  gs_statement_bind_int (statement, 7, row->referred_at_utc_ms);
  gs_statement_bind_text (statement, 8, row->taken_by);
  gs_statement_bind_text (statement, 9, row->taken_desk);
  gs_statement_bind_int (statement, 10, row->taken_at_utc_ms);
  gs_statement_bind_text (statement, 11, row->outcome);
  gs_statement_bind_int (statement, 12, row->closed_at_utc_ms);
  gs_statement_bind_text (statement, 13, row->gate);
  gs_statement_bind_text (statement, 14, row->decided_by);
  gs_statement_bind_text (statement, 15, row->decided_desk);
}

gboolean
gs_case_table_put (GsDatabase *db, const GsCaseRow *row, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO desk_case (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
    " $13, $14, $15)"
    " ON CONFLICT (crossing) DO UPDATE SET state = excluded.state,"
    " priority = excluded.priority, reasons = excluded.reasons, fault = excluded.fault, party = "
    "excluded.party, referred_at = excluded.referred_at,"
    " taken_by = excluded.taken_by, taken_desk = excluded.taken_desk, taken_at = "
    "excluded.taken_at, outcome = excluded.outcome, closed_at = excluded.closed_at,"
    " gate = excluded.gate, decided_by = excluded.decided_by,"
    " decided_desk = excluded.decided_desk",
    error);

  if (statement == NULL)
    return FALSE;
  bind_row (statement, row);
  return gs_statement_run (statement, error);
}

GsCaseRow *
gs_case_table_get (GsDatabase *db, const char *crossing, GError **error)
{
  gpointer row = NULL;
  GsStatement *statement =
    gs_database_statement (db, "SELECT " COLUMNS " FROM desk_case WHERE crossing = $1", error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, crossing);
  gs_statement_fetch (statement, read_row, &row, error);
  return row;
}

GPtrArray *
gs_case_table_list_recent (GsDatabase *db, gint64 since_utc_ms, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT " COLUMNS " FROM desk_case WHERE state <> 3"
                           " OR (state = 3 AND closed_at >= $1) OR referred_at >= $1"
                           " ORDER BY priority, referred_at, crossing",
                           error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_int (statement, 1, since_utc_ms);
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_case_row_free, error);
}
