/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-judgement-table.h"

/* In the order of read_row() and bind_row(). */
#define COLUMNS                                                                                    \
  "judgement, crossing, officer, method, pair, verdict, judged_at, document_source, "              \
  "document_read_at, verification, by_second"

GsJudgementRow *
gs_judgement_row_new (void)
{
  return g_new0 (GsJudgementRow, 1);
}

void
gs_judgement_row_free (GsJudgementRow *self)
{
  if (self == NULL)
    return;
  g_free (self->judgement);
  g_free (self->crossing);
  g_free (self->officer);
  g_free (self->method);
  g_free (self->pair);
  g_free (self->document_source);
  g_free (self->verification);
  g_free (self);
}

static gpointer
read_row (GsStatement *statement)
{
  GsJudgementRow *row = gs_judgement_row_new ();

  row->judgement = gs_statement_dup_text (statement, 0);
  row->crossing = gs_statement_dup_text (statement, 1);
  row->officer = gs_statement_dup_text (statement, 2);
  row->method = gs_statement_dup_text (statement, 3);
  row->pair = gs_statement_dup_text (statement, 4);
  row->verdict = (GsJudgement) gs_statement_get_int (statement, 5);
  row->judged_at_utc_ms = gs_statement_get_int (statement, 6);
  row->document_source = gs_statement_dup_text (statement, 7);
  row->document_read_at_utc_ms = gs_statement_get_int (statement, 8);
  row->verification = gs_statement_dup_text (statement, 9);
  row->by_second = gs_statement_get_int (statement, 10) != 0;
  return row;
}

static void
bind_row (GsStatement *statement, const GsJudgementRow *row)
{
  gs_statement_bind_text (statement, 1, row->judgement);
  gs_statement_bind_text (statement, 2, row->crossing);
  gs_statement_bind_text (statement, 3, row->officer);
  gs_statement_bind_text (statement, 4, row->method);
  gs_statement_bind_text (statement, 5, row->pair);
  gs_statement_bind_int (statement, 6, row->verdict);
  gs_statement_bind_int (statement, 7, row->judged_at_utc_ms);
  gs_statement_bind_text (statement, 8, row->document_source);
  gs_statement_bind_int (statement, 9, row->document_read_at_utc_ms);
  gs_statement_bind_text (statement, 10, row->verification);
  gs_statement_bind_int (statement, 11, row->by_second);
}

gboolean
gs_judgement_table_add (GsDatabase *db, const GsJudgementRow *row, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "INSERT INTO judgement (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    error);

  if (statement == NULL)
    return FALSE;
  bind_row (statement, row);
  return gs_statement_run (statement, error);
}

GPtrArray *
gs_judgement_table_of_crossing (GsDatabase *db, const char *crossing, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT " COLUMNS " FROM judgement WHERE crossing = $1"
                           " ORDER BY judged_at DESC, judgement",
                           error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, crossing);
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_judgement_row_free, error);
}
