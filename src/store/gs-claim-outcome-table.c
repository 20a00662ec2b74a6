/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-claim-outcome-table.h"

/* In the order of read_row() and bind_row(). */
#define COLUMNS                                                                                    \
  "report, crossing, hall_claim, stamp, outcome, serial, replaces, happened_at, state, "           \
  "attempts, answer_status"

GsClaimOutcomeRow *
gs_claim_outcome_row_new (void)
{
  return g_new0 (GsClaimOutcomeRow, 1);
}

void
gs_claim_outcome_row_free (GsClaimOutcomeRow *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->crossing);
  g_free (self->hall_claim);
  g_free (self->stamp);
  g_free (self->outcome);
  g_free (self->serial);
  g_free (self->replaces);
  g_free (self);
}

static gpointer
read_row (GsStatement *statement)
{
  GsClaimOutcomeRow *row = gs_claim_outcome_row_new ();

  row->key = gs_statement_dup_text (statement, 0);
  row->crossing = gs_statement_dup_text (statement, 1);
  row->hall_claim = gs_statement_dup_text (statement, 2);
  row->stamp = gs_statement_dup_text (statement, 3);
  row->outcome = gs_statement_dup_text (statement, 4);
  row->serial = gs_statement_dup_text (statement, 5);
  row->replaces = gs_statement_dup_text (statement, 6);
  row->at_utc_ms = gs_statement_get_int (statement, 7);
  row->state = (GsClaimOutcomeState) gs_statement_get_int (statement, 8);
  row->attempts = gs_statement_get_int (statement, 9);
  row->answer_status = gs_statement_get_int (statement, 10);
  return row;
}

static void
bind_row (GsStatement *statement, const GsClaimOutcomeRow *row)
{
  gs_statement_bind_text (statement, 1, row->key);
  gs_statement_bind_text (statement, 2, row->crossing);
  gs_statement_bind_text (statement, 3, row->hall_claim);
  gs_statement_bind_text (statement, 4, row->stamp);
  gs_statement_bind_text (statement, 5, row->outcome);
  gs_statement_bind_text (statement, 6, row->serial);
  gs_statement_bind_text (statement, 7, row->replaces);
  gs_statement_bind_int (statement, 8, row->at_utc_ms);
  gs_statement_bind_int (statement, 9, row->state);
  gs_statement_bind_int (statement, 10, row->attempts);
  gs_statement_bind_int (statement, 11, row->answer_status);
}

static gboolean
need_one (GsStatement *statement, GError **error)
{
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "The outcome is no longer pending");
  return FALSE;
}

gboolean
gs_claim_outcome_table_add (GsDatabase *db, const GsClaimOutcomeRow *row, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "INSERT INTO claim_outcome (" COLUMNS ", sequence)"
                           " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
                           " (SELECT COALESCE(MAX(sequence), 0) + 1 FROM claim_outcome))",
                           error);

  if (statement == NULL)
    return FALSE;
  bind_row (statement, row);
  return gs_statement_run (statement, error);
}

gboolean
gs_claim_outcome_table_settle (
  GsDatabase *db, const char *key, GsClaimOutcomeState state, gint64 answer_status, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "UPDATE claim_outcome SET state = $2, answer_status = $3 WHERE report = $1 AND state = 1",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, key);
  gs_statement_bind_int (statement, 2, state);
  gs_statement_bind_int (statement, 3, answer_status);
  return need_one (statement, error);
}

gboolean
gs_claim_outcome_table_count_attempt (GsDatabase *db, const char *key, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "UPDATE claim_outcome SET attempts = attempts + 1 WHERE report = $1 AND state = 1", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, key);
  return need_one (statement, error);
}

GPtrArray *
gs_claim_outcome_table_list_pending (GsDatabase *db, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "SELECT " COLUMNS " FROM claim_outcome WHERE state = 1 ORDER BY sequence", error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_claim_outcome_row_free,
                               error);
}
