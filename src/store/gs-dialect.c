/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-dialect.h"

#include "gs-database-private.h"

#include <string.h>

/* secure_delete overwrites what is deleted with zeros. The log's size limit returns the space of a
 * burst. */
static const char settings[] = "PRAGMA journal_mode = WAL;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA cell_size_check = ON;"
                               "PRAGMA journal_size_limit = 67108864;"
                               "PRAGMA cache_size = -16384;"
                               "PRAGMA temp_store = MEMORY;";

char *
gs_dialect_expand (const char *schema)
{
  GString *text = g_string_new (schema);

  g_string_replace (text, "{int}", "INTEGER", 0);
  g_string_replace (text, "{bytes}", "BLOB", 0);
  g_string_replace (text, "{strict}", "STRICT", 0);
  return g_string_free (text, FALSE);
}

gboolean
gs_dialect_configure (GsDatabase *db, GError **error)
{
  return gs_database_execute (db, settings, error);
}

gboolean
gs_dialect_check (GsDatabase *db, GError **error)
{
  gint64 application = 0, tables = 0;
  GsStatement *statement;
  gboolean row, sound;

  if (!gs_database_get_int (db, "PRAGMA application_id", &application, error)
      || !gs_database_get_int (db, "SELECT COUNT(*) FROM sqlite_schema", &tables, error))
    return FALSE;
  if (tables > 0 && application != GS_DIALECT_APPLICATION_ID)
    {
      g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CORRUPT,
                   "The file is a database of another program");
      return FALSE;
    }
  statement = gs_database_statement (db, "PRAGMA quick_check(1)", error);
  if (statement == NULL || !gs_statement_step (statement, &row, error))
    return FALSE;
  sound = row && g_strcmp0 (gs_statement_get_text (statement, 0), "ok") == 0;
  gs_statement_reset (statement);
  if (!sound)
    g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CORRUPT, "The database is damaged");
  return sound;
}

gboolean
gs_dialect_get_version (GsDatabase *db, gint64 *version, GError **error)
{
  return gs_database_get_int (db, "PRAGMA user_version", version, error);
}

gboolean
gs_dialect_set_version (GsDatabase *db, gint64 version, GError **error)
{
  g_autofree char *sql =
    g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %" G_GINT64_FORMAT,
                     GS_DIALECT_APPLICATION_ID, version);

  return gs_database_execute (db, sql, error);
}

gboolean
gs_dialect_make_append_only (GsDatabase *db, const char *table, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("CREATE TRIGGER %s_no_update BEFORE UPDATE ON %s "
                                          "BEGIN SELECT RAISE (ABORT, 'append-only'); END;"
                                          "CREATE TRIGGER %s_no_delete BEFORE DELETE ON %s "
                                          "BEGIN SELECT RAISE (ABORT, 'append-only'); END;",
                                          table, table, table, table);

  return gs_database_execute (db, sql, error);
}

gboolean
gs_dialect_truncate_log (GsDatabase *db, GError **error)
{
  int code = sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  gs_database_set_error (db, "cut its log", error);
  return FALSE;
}

const char *
gs_dialect_begin (gboolean write)
{
  return write ? "BEGIN IMMEDIATE" : "BEGIN";
}
