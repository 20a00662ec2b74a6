/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-decision-table.h"

/* In the order of read_row() and bind_row(). */
#define COLUMNS                                                                                    \
  "decision, crossing, outcome, officer, second_officer, version_seen, body, "                     \
  "decided_at, due_at, state, attempts, answered_at, answer_status, answer_code"

GsDecisionRow *
gs_decision_row_new (void)
{
  return g_new0 (GsDecisionRow, 1);
}

void
gs_decision_row_free (GsDecisionRow *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->crossing);
  g_free (self->outcome);
  g_free (self->officer);
  g_free (self->second_officer);
  g_free (self->match);
  g_free (self->answer_code);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static gpointer
read_row (GsStatement *statement)
{
  GsDecisionRow *row = gs_decision_row_new ();

  row->key = gs_statement_dup_text (statement, 0);
  row->crossing = gs_statement_dup_text (statement, 1);
  row->outcome = gs_statement_dup_text (statement, 2);
  row->officer = gs_statement_dup_text (statement, 3);
  row->second_officer = gs_statement_dup_text (statement, 4);
  row->match = gs_statement_dup_text (statement, 5);
  row->body = gs_statement_dup_blob (statement, 6);
  row->decided_at_utc_ms = gs_statement_get_int (statement, 7);
  row->due_at_utc_ms = gs_statement_get_int (statement, 8);
  row->state = (GsDecisionState) gs_statement_get_int (statement, 9);
  row->attempts = gs_statement_get_int (statement, 10);
  row->answered_at_utc_ms = gs_statement_get_int (statement, 11);
  row->answer_status = gs_statement_get_int (statement, 12);
  row->answer_code = gs_statement_dup_text (statement, 13);
  return row;
}

static void
bind_row (GsStatement *statement, const GsDecisionRow *row)
{
  gs_statement_bind_text (statement, 1, row->key);
  gs_statement_bind_text (statement, 2, row->crossing);
  gs_statement_bind_text (statement, 3, row->outcome);
  gs_statement_bind_text (statement, 4, row->officer);
  gs_statement_bind_text (statement, 5, row->second_officer);
  gs_statement_bind_text (statement, 6, row->match);
  gs_statement_bind_blob (statement, 7, row->body);
  gs_statement_bind_int (statement, 8, row->decided_at_utc_ms);
  gs_statement_bind_int (statement, 9, row->due_at_utc_ms);
  gs_statement_bind_int (statement, 10, row->state);
  gs_statement_bind_int (statement, 11, row->attempts);
  gs_statement_bind_int (statement, 12, row->answered_at_utc_ms);
  gs_statement_bind_int (statement, 13, row->answer_status);
  gs_statement_bind_text (statement, 14, row->answer_code);
}

static gboolean
need_one (GsStatement *statement, GError **error)
{
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "The decision is no longer pending");
  return FALSE;
}

gboolean
gs_decision_table_add (GsDatabase *db, const GsDecisionRow *row, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "INSERT INTO decision (" COLUMNS
                           ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                           error);

  if (statement == NULL)
    return FALSE;
  bind_row (statement, row);
  return gs_statement_run (statement, error);
}

gboolean
gs_decision_table_undo (GsDatabase *db, const char *key, gint64 at_utc_ms, GError **error)
{
  return gs_decision_table_settle (db, key, GS_DECISION_UNDONE, at_utc_ms, 0, NULL, error);
}

gboolean
gs_decision_table_settle (GsDatabase *db,
                          const char *key,
                          GsDecisionState state,
                          gint64 at_utc_ms,
                          gint64 answer_status,
                          const char *answer_code,
                          GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "UPDATE decision SET state = $2, answered_at = $3, answer_status = $4, answer_code = $5"
    " WHERE decision = $1 AND state = 1",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, key);
  gs_statement_bind_int (statement, 2, state);
  gs_statement_bind_int (statement, 3, at_utc_ms);
  gs_statement_bind_int (statement, 4, answer_status);
  gs_statement_bind_text (statement, 5, answer_code);
  return need_one (statement, error);
}

gboolean
gs_decision_table_count_attempt (GsDatabase *db, const char *key, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "UPDATE decision SET attempts = attempts + 1 WHERE decision = $1 AND state = 1", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, key);
  return need_one (statement, error);
}

GPtrArray *
gs_decision_table_list_pending (GsDatabase *db, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "SELECT " COLUMNS " FROM decision WHERE state = 1 ORDER BY due_at, decision", error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_decision_row_free, error);
}

GPtrArray *
gs_decision_table_of_crossing (GsDatabase *db, const char *crossing, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "SELECT " COLUMNS " FROM decision WHERE crossing = $1 ORDER BY decided_at, decision",
    error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, crossing);
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_decision_row_free, error);
}
