/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-document-table.h"

GsDocumentRow *
gs_document_row_new (void)
{
  GsDocumentRow *self = g_new0 (GsDocumentRow, 1);

  self->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
  return self;
}

void
gs_document_row_free (GsDocumentRow *self)
{
  if (self == NULL)
    return;
  g_free (self->crossing);
  g_free (self->verdict);
  g_free (self->codes);
  g_ptr_array_unref (self->checks);
  g_free (self);
}

/* --- writing ---------------------------------------------------------------------------------- */

static gboolean
run_for (GsDatabase *db, const char *sql, const char *crossing, GError **error)
{
  GsStatement *statement = gs_database_statement (db, sql, error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, crossing);
  return gs_statement_run (statement, error);
}

gboolean
gs_document_table_delete (GsDatabase *db, const char *crossing, GError **error)
{
  return run_for (db, "DELETE FROM desk_check WHERE crossing = $1", crossing, error)
         && run_for (db, "DELETE FROM desk_document WHERE crossing = $1", crossing, error);
}

static gboolean
add_check (GsDatabase *db, const char *crossing, guint place, const GsCheck *check, GError **error)
{
  const char *result = gs_check_result_to_word (check->result);
  GsStatement *statement;

  /* What nobody checked is no result. */
  if (result == NULL)
    return TRUE;
  statement = gs_database_statement (
    db, "INSERT INTO desk_check (crossing, place, name, result, code) VALUES ($1, $2, $3, $4, $5)",
    error);
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, crossing);
  gs_statement_bind_int (statement, 2, place);
  gs_statement_bind_text (statement, 3, check->name);
  gs_statement_bind_text (statement, 4, result);
  gs_statement_bind_text (statement, 5, check->code);
  return gs_statement_run (statement, error);
}

gboolean
gs_document_table_put (GsDatabase *db, const GsDocumentRow *row, GError **error)
{
  GsStatement *statement;

  if (!gs_document_table_delete (db, row->crossing, error))
    return FALSE;
  statement =
    gs_database_statement (db,
                           "INSERT INTO desk_document (crossing, judged_at, verdict, opens, codes)"
                           " VALUES ($1, $2, $3, $4, $5)",
                           error);
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, row->crossing);
  gs_statement_bind_int (statement, 2, row->judged_at_utc_ms);
  gs_statement_bind_text (statement, 3, row->verdict);
  gs_statement_bind_int (statement, 4, row->opens);
  gs_statement_bind_text (statement, 5, row->codes);
  if (!gs_statement_run (statement, error))
    return FALSE;
  for (guint i = 0; i < row->checks->len; i++)
    if (!add_check (db, row->crossing, i, g_ptr_array_index (row->checks, i), error))
      return FALSE;
  return TRUE;
}

/* The sub-query twice, since the rows of the one are found by those of the other. */
#define OVER                                                                                       \
  "judged_at < $1"                                                                                 \
  " AND NOT EXISTS (SELECT 1 FROM desk_case AS c WHERE c.crossing = desk_document.crossing"        \
  " AND c.state <> 3)"                                                                             \
  " AND NOT EXISTS (SELECT 1 FROM decision AS o WHERE o.crossing = desk_document.crossing"         \
  " AND o.state = 1)"

static gboolean
run_before (GsDatabase *db, const char *sql, gint64 before_utc_ms, GError **error)
{
  GsStatement *statement = gs_database_statement (db, sql, error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_int (statement, 1, before_utc_ms);
  return gs_statement_run (statement, error);
}

gboolean
gs_document_table_purge (GsDatabase *db, gint64 before_utc_ms, GError **error)
{
  return run_before (db,
                     "DELETE FROM desk_check WHERE crossing IN"
                     " (SELECT crossing FROM desk_document WHERE " OVER ")",
                     before_utc_ms, error)
         && run_before (db, "DELETE FROM desk_document WHERE " OVER, before_utc_ms, error);
}

/* --- reading ---------------------------------------------------------------------------------- */

static gpointer
read_row (GsStatement *statement)
{
  GsDocumentRow *row = gs_document_row_new ();

  row->crossing = gs_statement_dup_text (statement, 0);
  row->judged_at_utc_ms = gs_statement_get_int (statement, 1);
  row->verdict = gs_statement_dup_text (statement, 2);
  row->opens = gs_statement_get_int (statement, 3) != 0;
  row->codes = gs_statement_dup_text (statement, 4);
  row->closed = gs_statement_get_int (statement, 5) == 3;
  return row;
}

static gpointer
read_check (GsStatement *statement)
{
  GsCheckResult result;

  /* A word that a later program wrote is none that this one could show. */
  if (!gs_check_result_from_word (gs_statement_get_text (statement, 1), &result))
    result = GS_CHECK_RESULT_NOT_CHECKED;
  return gs_check_new (gs_statement_get_text (statement, 0), result,
                       gs_statement_get_text (statement, 2), NULL);
}

static gboolean
load_checks (GsDatabase *db, GsDocumentRow *row, GError **error)
{
  g_autoptr (GPtrArray) checks = NULL;
  GsStatement *statement = gs_database_statement (
    db, "SELECT name, result, code FROM desk_check WHERE crossing = $1 ORDER BY place", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, row->crossing);
  checks = gs_statement_collect (statement, read_check, (GDestroyNotify) gs_check_free, error);
  if (checks == NULL)
    return FALSE;
  g_ptr_array_unref (row->checks);
  row->checks = g_steal_pointer (&checks);
  return TRUE;
}

GPtrArray *
gs_document_table_list_recent (GsDatabase *db, gint64 since_utc_ms, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT d.crossing, d.judged_at, d.verdict, d.opens, d.codes, COALESCE(c.state, 0)"
    " FROM desk_document AS d LEFT JOIN desk_case AS c ON c.crossing = d.crossing"
    " WHERE d.judged_at >= $1 OR COALESCE(c.state, 3) <> 3 ORDER BY d.judged_at, d.crossing",
    error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_int (statement, 1, since_utc_ms);
  rows = gs_statement_collect (statement, read_row, (GDestroyNotify) gs_document_row_free, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!load_checks (db, g_ptr_array_index (rows, i), error))
      return NULL;
  return g_steal_pointer (&rows);
}
