/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-journal-table.h"

/* In the order of read_row() and bind_row(). */
#define COLUMNS "stamp, number, step, written_at, officer, crossing, detail, final"

GsJournalRow *
gs_journal_row_new (void)
{
  return g_new0 (GsJournalRow, 1);
}

void
gs_journal_row_free (GsJournalRow *self)
{
  if (self == NULL)
    return;
  g_free (self->stamp);
  g_free (self->step);
  g_free (self->officer);
  g_free (self->crossing);
  g_free (self->detail);
  g_free (self);
}

static gpointer
read_row (GsStatement *statement)
{
  GsJournalRow *row = gs_journal_row_new ();

  row->stamp = gs_statement_dup_text (statement, 0);
  row->number = gs_statement_get_int (statement, 1);
  row->step = gs_statement_dup_text (statement, 2);
  row->at_utc_ms = gs_statement_get_int (statement, 3);
  row->officer = gs_statement_dup_text (statement, 4);
  row->crossing = gs_statement_dup_text (statement, 5);
  row->detail = gs_statement_dup_text (statement, 6);
  row->final = gs_statement_get_int (statement, 7) != 0;
  return row;
}

static void
bind_row (GsStatement *statement, const GsJournalRow *row)
{
  gs_statement_bind_text (statement, 1, row->stamp);
  gs_statement_bind_int (statement, 2, row->number);
  gs_statement_bind_text (statement, 3, row->step);
  gs_statement_bind_int (statement, 4, row->at_utc_ms);
  gs_statement_bind_text (statement, 5, row->officer);
  gs_statement_bind_text (statement, 6, row->crossing);
  gs_statement_bind_text (statement, 7, row->detail);
  gs_statement_bind_int (statement, 8, row->final ? 1 : 0);
}

/* The last step of a stamp: *row NULL when it has none. */
static gboolean
get_last (GsDatabase *db, const char *stamp, gpointer *row, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "SELECT " COLUMNS " FROM stamp_journal WHERE stamp = $1 ORDER BY number DESC LIMIT 1",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, stamp);
  return gs_statement_fetch (statement, read_row, row, error);
}

static gboolean
insert (GsDatabase *db, const GsJournalRow *row, gint64 number, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "INSERT INTO stamp_journal (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", error);

  if (statement == NULL)
    return FALSE;
  bind_row (statement, row);
  gs_statement_bind_int (statement, 2, number);
  return gs_statement_run (statement, error);
}

gboolean
gs_journal_table_append (
  GsDatabase *db, const GsJournalRow *row, const char *expected, gint64 *number, GError **error)
{
  g_autoptr (GsJournalRow) last = NULL;
  gpointer found;
  gint64 next;

  if (!get_last (db, row->stamp, &found, error))
    return FALSE;
  last = found;
  if (g_strcmp0 (last != NULL ? last->step : NULL, expected) != 0 || (last != NULL && last->final))
    {
      g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT,
                   "The stamp's last step is %s, not %s", last != NULL ? last->step : "none",
                   expected != NULL ? expected : "none");
      return FALSE;
    }
  next = last != NULL ? last->number + 1 : 1;
  if (!insert (db, row, next, error))
    return FALSE;
  if (number != NULL)
    *number = next;
  return TRUE;
}

GPtrArray *
gs_journal_table_of_stamp (GsDatabase *db, const char *stamp, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "SELECT " COLUMNS " FROM stamp_journal WHERE stamp = $1 ORDER BY number", error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, stamp);
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_journal_row_free, error);
}

GPtrArray *
gs_journal_table_list_unfinished (GsDatabase *db, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT " COLUMNS " FROM stamp_journal"
    " WHERE stamp NOT IN (SELECT stamp FROM stamp_journal WHERE final = 1) ORDER BY stamp, number",
    error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_journal_row_free, error);
}
