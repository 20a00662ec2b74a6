/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-counted-print-table.h"

#include "gs-time.h"

static gpointer
read_row (GsStatement *statement)
{
  GsCountedPrint *print = gs_counted_print_new ();

  print->id = gs_statement_dup_text (statement, 0);
  print->kind = GS_COUNTED_PRINT_TEST;
  gs_counted_print_kind_from_word (gs_statement_get_text (statement, 1), &print->kind);
  gs_counted_print_state_from_word (gs_statement_get_text (statement, 2), &print->state);
  print->desk = gs_statement_dup_text (statement, 3);
  print->printer = gs_statement_dup_text (statement, 4);
  print->officer = gs_statement_dup_text (statement, 5);
  print->serial = gs_statement_dup_text (statement, 6);
  print->taken_utc_ms = gs_statement_get_int (statement, 7);
  if (print->state != GS_COUNTED_PRINT_BEGUN)
    print->ended_utc_ms = gs_statement_get_int (statement, 8);
  return print;
}

gboolean
gs_counted_print_table_add (GsDatabase *db, const GsCountedPrint *print, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO counted_print (print, kind, state, desk, printer, officer, serial, taken_at,"
    " ended_at) VALUES ($1, $2, 'begun', $3, $4, $5, $6, $7, 0)",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, print->id);
  gs_statement_bind_text (statement, 2, gs_counted_print_kind_to_word (print->kind));
  gs_statement_bind_text (statement, 3, print->desk);
  gs_statement_bind_text (statement, 4, print->printer);
  gs_statement_bind_text (statement, 5, print->officer);
  gs_statement_bind_text (statement, 6, print->serial);
  gs_statement_bind_int (statement, 7, print->taken_utc_ms);
  return gs_statement_run (statement, error);
}

gboolean
gs_counted_print_table_end (
  GsDatabase *db, const char *id, GsCountedPrintState state, gint64 at_utc_ms, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "UPDATE counted_print SET state = $2, ended_at = $3 WHERE print = $1 AND state = 'begun'",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, id);
  gs_statement_bind_text (statement, 2, gs_counted_print_state_to_word (state));
  gs_statement_bind_int (statement, 3, at_utc_ms);
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "The print has ended or is none");
  return FALSE;
}

GPtrArray *
gs_counted_print_table_list_new (GsDatabase *db, const char *desk, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT print, kind, state, desk, printer, officer, serial, taken_at,"
                           " ended_at FROM counted_print"
                           " WHERE desk = $1 AND reconciliation IS NULL ORDER BY taken_at, print",
                           error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, desk);
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_counted_print_free, error);
}

gboolean
gs_counted_print_table_reconcile (GsDatabase *db,
                                  const char *desk,
                                  const char *reconciliation,
                                  GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "UPDATE counted_print SET reconciliation = $2 WHERE desk = $1 AND reconciliation IS NULL",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, desk);
  gs_statement_bind_text (statement, 2, reconciliation);
  return gs_statement_run (statement, error);
}
