/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-claim-table.h"

/* In the order of read_row() and bind_row(). */
#define COLUMNS                                                                                    \
  "crossing, stamp, hall_claim, desk, officer, printer, state, requested_at, "                     \
  "granted_at, start_before, window_closes_at, refusal"

GsClaimRow *
gs_claim_row_new (void)
{
  return g_new0 (GsClaimRow, 1);
}

void
gs_claim_row_free (GsClaimRow *self)
{
  if (self == NULL)
    return;
  g_free (self->crossing);
  g_free (self->stamp);
  g_free (self->hall_claim);
  g_free (self->desk);
  g_free (self->officer);
  g_free (self->printer);
  g_free (self->refusal);
  g_free (self);
}

static gpointer
read_row (GsStatement *statement)
{
  GsClaimRow *row = gs_claim_row_new ();

  row->crossing = gs_statement_dup_text (statement, 0);
  row->stamp = gs_statement_dup_text (statement, 1);
  row->hall_claim = gs_statement_dup_text (statement, 2);
  row->desk = gs_statement_dup_text (statement, 3);
  row->officer = gs_statement_dup_text (statement, 4);
  row->printer = gs_statement_dup_text (statement, 5);
  row->state = (GsClaimState) gs_statement_get_int (statement, 6);
  row->requested_at_utc_ms = gs_statement_get_int (statement, 7);
  row->granted_at_utc_ms = gs_statement_get_int (statement, 8);
  row->start_before_utc_ms = gs_statement_get_int (statement, 9);
  row->window_closes_at_utc_ms = gs_statement_get_int (statement, 10);
  row->refusal = gs_statement_dup_text (statement, 11);
  return row;
}

static void
bind_row (GsStatement *statement, const GsClaimRow *row)
{
  gs_statement_bind_text (statement, 1, row->crossing);
  gs_statement_bind_text (statement, 2, row->stamp);
  gs_statement_bind_text (statement, 3, row->hall_claim);
  gs_statement_bind_text (statement, 4, row->desk);
  gs_statement_bind_text (statement, 5, row->officer);
  gs_statement_bind_text (statement, 6, row->printer);
  gs_statement_bind_int (statement, 7, row->state);
  gs_statement_bind_int (statement, 8, row->requested_at_utc_ms);
  gs_statement_bind_int (statement, 9, row->granted_at_utc_ms);
  gs_statement_bind_int (statement, 10, row->start_before_utc_ms);
  gs_statement_bind_int (statement, 11, row->window_closes_at_utc_ms);
  gs_statement_bind_text (statement, 12, row->refusal);
}

static gboolean
need_one (GsStatement *statement, GError **error)
{
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "The crossing's claim is another's");
  return FALSE;
}

/* A released claim may be taken over; any other keeps the row, and nothing is returned. */
gboolean
gs_claim_table_claim (GsDatabase *db, const GsClaimRow *row, gboolean *won, GError **error)
{
  GsClaimRow fresh = { 0 };
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO stamp_claim (" COLUMNS
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    " ON CONFLICT (crossing) DO UPDATE SET stamp = excluded.stamp, hall_claim = NULL,"
    " desk = excluded.desk, officer = excluded.officer, printer = excluded.printer,"
    " state = excluded.state, requested_at = excluded.requested_at, granted_at = 0,"
    " start_before = 0, window_closes_at = 0, refusal = NULL"
    " WHERE stamp_claim.state = 5 RETURNING crossing",
    error);

  if (statement == NULL)
    return FALSE;
  fresh.crossing = row->crossing;
  fresh.stamp = row->stamp;
  fresh.desk = row->desk;
  fresh.officer = row->officer;
  fresh.printer = row->printer;
  fresh.state = row->state;
  fresh.requested_at_utc_ms = row->requested_at_utc_ms;
  bind_row (statement, &fresh);
  if (!gs_statement_step (statement, won, error))
    return FALSE;
  gs_statement_reset (statement);
  return TRUE;
}

gboolean
gs_claim_table_update (GsDatabase *db, const GsClaimRow *row, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "UPDATE stamp_claim SET hall_claim = $3, desk = $4, officer = $5, printer = $6, state = $7,"
    " granted_at = $8, start_before = $9, window_closes_at = $10, refusal = $11"
    " WHERE crossing = $1 AND stamp = $2 AND state <> 5",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, row->crossing);
  gs_statement_bind_text (statement, 2, row->stamp);
  gs_statement_bind_text (statement, 3, row->hall_claim);
  gs_statement_bind_text (statement, 4, row->desk);
  gs_statement_bind_text (statement, 5, row->officer);
  gs_statement_bind_text (statement, 6, row->printer);
  gs_statement_bind_int (statement, 7, row->state);
  gs_statement_bind_int (statement, 8, row->granted_at_utc_ms);
  gs_statement_bind_int (statement, 9, row->start_before_utc_ms);
  gs_statement_bind_int (statement, 10, row->window_closes_at_utc_ms);
  gs_statement_bind_text (statement, 11, row->refusal);
  return need_one (statement, error);
}

GsClaimRow *
gs_claim_table_get (GsDatabase *db, const char *crossing, GError **error)
{
  gpointer row = NULL;
  GsStatement *statement =
    gs_database_statement (db, "SELECT " COLUMNS " FROM stamp_claim WHERE crossing = $1", error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, crossing);
  gs_statement_fetch (statement, read_row, &row, error);
  return row;
}

GPtrArray *
gs_claim_table_list_open (GsDatabase *db, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "SELECT " COLUMNS " FROM stamp_claim WHERE state IN (1, 2, 4) ORDER BY requested_at",
    error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_claim_row_free, error);
}
