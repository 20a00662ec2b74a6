/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-database-private.h"

/* Numbers run from 1; more parameters than this are a programmer's error. */
#define MAX_PARAMETERS 32

struct _GsStatement
{
  GsDatabase *db;
  sqlite3_stmt *handle;
  int places[MAX_PARAMETERS + 1];
  gint64 changes;
};

/* SQLite numbers $1, $2, … by first appearance, PostgreSQL by the number: the name decides here. */
GsStatement *
gs_statement_new (GsDatabase *db, const char *sql, GError **error)
{
  GsStatement *self = g_new0 (GsStatement, 1);

  self->db = db;
  if (sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &self->handle, NULL)
      != SQLITE_OK)
    {
      gs_database_set_error (db, "prepare a statement", error);
      g_free (self);
      return NULL;
    }
  for (int i = 1; i <= MAX_PARAMETERS; i++)
    {
      char name[8];

      g_snprintf (name, sizeof name, "$%d", i);
      self->places[i] = sqlite3_bind_parameter_index (self->handle, name);
    }
  return self;
}

void
gs_statement_free (GsStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

void
gs_statement_clear (GsStatement *self)
{
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
}

static int
get_place (GsStatement *self, int parameter)
{
  g_return_val_if_fail (parameter >= 1 && parameter <= MAX_PARAMETERS, 0);
  g_return_val_if_fail (self->places[parameter] > 0, 0);
  return self->places[parameter];
}

void
gs_statement_bind_int (GsStatement *self, int parameter, gint64 value)
{
  sqlite3_bind_int64 (self->handle, get_place (self, parameter), value);
}

void
gs_statement_bind_text (GsStatement *self, int parameter, const char *text)
{
  sqlite3_bind_text (self->handle, get_place (self, parameter), text, -1, SQLITE_TRANSIENT);
}

void
gs_statement_bind_bytes (GsStatement *self, int parameter, gconstpointer data, gsize length)
{
  sqlite3_bind_blob64 (self->handle, get_place (self, parameter), length > 0 ? data : "", length,
                       SQLITE_TRANSIENT);
}

void
gs_statement_bind_blob (GsStatement *self, int parameter, GBytes *bytes)
{
  gsize length;
  gconstpointer data;

  if (bytes == NULL)
    return;
  data = g_bytes_get_data (bytes, &length);
  gs_statement_bind_bytes (self, parameter, data, length);
}

gboolean
gs_statement_step (GsStatement *self, gboolean *row, GError **error)
{
  int code;

  *row = FALSE;
  if (!self->db->writing && !sqlite3_stmt_readonly (self->handle))
    {
      g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_FAILED,
                   "A change was tried outside of a transaction that may write");
      return FALSE;
    }
  code = sqlite3_step (self->handle);
  if (code == SQLITE_ROW)
    {
      *row = TRUE;
      return TRUE;
    }
  if (code != SQLITE_DONE)
    {
      gs_database_set_error (self->db, "run a statement", error);
      sqlite3_reset (self->handle);
      return FALSE;
    }
  self->changes = sqlite3_changes64 (self->db->handle);
  sqlite3_reset (self->handle);
  return TRUE;
}

gboolean
gs_statement_run (GsStatement *self, GError **error)
{
  gboolean row;

  do
    if (!gs_statement_step (self, &row, error))
      return FALSE;
  while (row);
  return TRUE;
}

gint64
gs_statement_changes (GsStatement *self)
{
  return self->changes;
}

void
gs_statement_reset (GsStatement *self)
{
  sqlite3_reset (self->handle);
}

gboolean
gs_statement_is_null (GsStatement *self, int column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

gint64
gs_statement_get_int (GsStatement *self, int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

const char *
gs_statement_get_text (GsStatement *self, int column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

char *
gs_statement_dup_text (GsStatement *self, int column)
{
  const char *text = gs_statement_get_text (self, column);

  /* A damaged file may hold anything. */
  return text == NULL || g_utf8_validate (text, -1, NULL) ? g_strdup (text)
                                                          : g_utf8_make_valid (text, -1);
}

GBytes *
gs_statement_dup_blob (GsStatement *self, int column)
{
  const void *data;

  if (gs_statement_is_null (self, column))
    return NULL;
  data = sqlite3_column_blob (self->handle, column);
  return g_bytes_new (data, (gsize) sqlite3_column_bytes (self->handle, column));
}

GPtrArray *
gs_statement_collect (GsStatement *self,
                      GsRowFunc read_row,
                      GDestroyNotify row_free,
                      GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  gboolean row;

  for (;;)
    {
      if (!gs_statement_step (self, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, read_row (self));
    }
}

gboolean
gs_statement_fetch (GsStatement *self, GsRowFunc read_row, gpointer *row, GError **error)
{
  gboolean found;

  *row = NULL;
  if (!gs_statement_step (self, &found, error))
    return FALSE;
  if (found)
    *row = read_row (self);
  gs_statement_reset (self);
  return TRUE;
}
