/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-conflict-table.h"

/* In the order of read_row() and bind_row(). */
#define COLUMNS                                                                                    \
  "conflict, kind, stamp, crossing, serial, outcome, found_at, other_serial, other_desk, "         \
  "other_at, cause, signed_at, signed_by, signed_as"

GsConflictRow *
gs_conflict_row_new (void)
{
  return g_new0 (GsConflictRow, 1);
}

GsConflictRow *
gs_conflict_row_copy (const GsConflictRow *self)
{
  GsConflictRow *copy = g_memdup2 (self, sizeof *self);

  copy->conflict = g_strdup (self->conflict);
  copy->kind = g_strdup (self->kind);
  copy->stamp = g_strdup (self->stamp);
  copy->crossing = g_strdup (self->crossing);
  copy->serial = g_strdup (self->serial);
  copy->outcome = g_strdup (self->outcome);
  copy->other_serial = g_strdup (self->other_serial);
  copy->other_desk = g_strdup (self->other_desk);
  copy->cause = g_strdup (self->cause);
  copy->signed_by = g_strdup (self->signed_by);
  copy->signed_as = g_strdup (self->signed_as);
  return copy;
}

void
gs_conflict_row_free (GsConflictRow *self)
{
  if (self == NULL)
    return;
  g_free (self->conflict);
  g_free (self->kind);
  g_free (self->stamp);
  g_free (self->crossing);
  g_free (self->serial);
  g_free (self->outcome);
  g_free (self->other_serial);
  g_free (self->other_desk);
  g_free (self->cause);
  g_free (self->signed_by);
  g_free (self->signed_as);
  g_free (self);
}

static gpointer
read_row (GsStatement *statement)
{
  GsConflictRow *row = gs_conflict_row_new ();

  row->conflict = gs_statement_dup_text (statement, 0);
  row->kind = gs_statement_dup_text (statement, 1);
  row->stamp = gs_statement_dup_text (statement, 2);
  row->crossing = gs_statement_dup_text (statement, 3);
  row->serial = gs_statement_dup_text (statement, 4);
  row->outcome = gs_statement_dup_text (statement, 5);
  row->found_at_utc_ms = gs_statement_get_int (statement, 6);
  row->other_serial = gs_statement_dup_text (statement, 7);
  row->other_desk = gs_statement_dup_text (statement, 8);
  row->other_at_utc_ms = gs_statement_get_int (statement, 9);
  row->cause = gs_statement_dup_text (statement, 10);
  row->signed_at_utc_ms = gs_statement_get_int (statement, 11);
  row->signed_by = gs_statement_dup_text (statement, 12);
  row->signed_as = gs_statement_dup_text (statement, 13);
  return row;
}

static void
bind_row (GsStatement *statement, const GsConflictRow *row)
{
  gs_statement_bind_text (statement, 1, row->conflict);
  gs_statement_bind_text (statement, 2, row->kind);
  gs_statement_bind_text (statement, 3, row->stamp);
  gs_statement_bind_text (statement, 4, row->crossing);
  gs_statement_bind_text (statement, 5, row->serial);
  gs_statement_bind_text (statement, 6, row->outcome);
  gs_statement_bind_int (statement, 7, row->found_at_utc_ms);
  gs_statement_bind_text (statement, 8, row->other_serial);
  gs_statement_bind_text (statement, 9, row->other_desk);
  gs_statement_bind_int (statement, 10, row->other_at_utc_ms);
  gs_statement_bind_text (statement, 11, row->cause);
}

gboolean
gs_conflict_table_add (GsDatabase *db, const GsConflictRow *row, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "INSERT INTO stamp_conflict (" COLUMNS ", sequence)"
                           " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, NULL, NULL,"
                           " (SELECT COALESCE(MAX(sequence), 0) + 1 FROM stamp_conflict))",
                           error);

  if (statement == NULL)
    return FALSE;
  bind_row (statement, row);
  return gs_statement_run (statement, error);
}

gboolean
gs_conflict_table_sign (GsDatabase *db,
                        const char *conflict,
                        gint64 at_utc_ms,
                        const char *supervisor,
                        const char *finding,
                        GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "UPDATE stamp_conflict SET signed_at = $2, signed_by = $3, signed_as = $4"
    " WHERE conflict = $1 AND signed_at = 0",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, conflict);
  gs_statement_bind_int (statement, 2, at_utc_ms);
  gs_statement_bind_text (statement, 3, supervisor);
  gs_statement_bind_text (statement, 4, finding);
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error_literal (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT,
                       "The conflict is signed for already, or is none");
  return FALSE;
}

GPtrArray *
gs_conflict_table_list_open (GsDatabase *db, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "SELECT " COLUMNS " FROM stamp_conflict WHERE signed_at = 0 ORDER BY sequence", error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_conflict_row_free, error);
}

GPtrArray *
gs_conflict_table_list (GsDatabase *db, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db, "SELECT " COLUMNS " FROM stamp_conflict ORDER BY sequence", error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_conflict_row_free, error);
}
