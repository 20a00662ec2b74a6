/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-database-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gs-dialect.h"
#include "gs-schema.h"

/* Another process (a tool) may hold the database this long before a job gives up. */
#define BUSY_TIMEOUT_MS 5000

/* The system's error of the last failed call on the log: by the time SQLite has tidied up, errno
 * itself is that of something else. */
static int
get_log_errno (GsDatabase *self)
{
  sqlite3_file *log = NULL;
  int number = 0;

  if (sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) != SQLITE_OK
      || log == NULL || log->pMethods == NULL)
    return 0;
  log->pMethods->xFileControl (log, SQLITE_FCNTL_LAST_ERRNO, &number);
  return number;
}

static gboolean
means_full (int number)
{
  return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

static GsStoreError
get_io_code (GsDatabase *self)
{
  int file = 0, system = sqlite3_system_errno (self->handle), log = get_log_errno (self);

  sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_LAST_ERRNO, &file);
  if (means_full (system) || means_full (log) || means_full (file))
    return GS_STORE_ERROR_FULL;
  if (system == EROFS || log == EROFS || file == EROFS)
    return GS_STORE_ERROR_READ_ONLY;
  return GS_STORE_ERROR_IO;
}

static GsStoreError
get_code (GsDatabase *self)
{
  switch (sqlite3_extended_errcode (self->handle) & 0xff)
    {
    case SQLITE_FULL:
      return GS_STORE_ERROR_FULL;
    case SQLITE_READONLY:
      return GS_STORE_ERROR_READ_ONLY;
    case SQLITE_IOERR:
      return get_io_code (self);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return GS_STORE_ERROR_BUSY;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return GS_STORE_ERROR_CANNOT_OPEN;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return GS_STORE_ERROR_CORRUPT;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
      return GS_STORE_ERROR_CONSTRAINT;
    default:
      return GS_STORE_ERROR_FAILED;
    }
}

/* The library's own text stays in the debug log: a message may end before an officer's eyes. */
void
gs_database_set_error (GsDatabase *self, const char *what, GError **error)
{
  g_debug ("SQLite: %s", sqlite3_errmsg (self->handle));
  g_set_error (error, GS_STORE_ERROR, get_code (self), "The database could not %s (code %d)", what,
               sqlite3_extended_errcode (self->handle));
}

/* Makes the file with mode 0600 before SQLite can make it with another; the log and its index take
 * over the file's mode. */
static gboolean
prepare_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  int saved;
  gboolean read_only;

  if (fd < 0)
    {
      saved = errno;
      read_only = saved == EROFS || (saved == EACCES && access (path, R_OK) == 0);
      g_set_error (error, GS_STORE_ERROR,
                   read_only         ? GS_STORE_ERROR_READ_ONLY
                   : saved == ENOSPC ? GS_STORE_ERROR_FULL
                                     : GS_STORE_ERROR_CANNOT_OPEN,
                   "The database file cannot be opened: %s", g_strerror (saved));
      return FALSE;
    }
  if (fchmod (fd, 0600) != 0)
    g_debug ("fchmod: %s", g_strerror (errno));
  close (fd);
  return TRUE;
}

GsDatabase *
gs_database_open (const char *path, GError **error)
{
  g_autoptr (GsDatabase) self = g_new0 (GsDatabase, 1);

  g_return_val_if_fail (path != NULL, NULL);

  if (strcmp (path, ":memory:") != 0 && !prepare_file (path, error))
    return NULL;
  self->statements =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) gs_statement_free);
  if (sqlite3_open_v2 (path, &self->handle,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL)
      != SQLITE_OK)
    {
      gs_database_set_error (self, "be opened", error);
      return NULL;
    }
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (sqlite3_db_readonly (self->handle, "main") == 1)
    {
      g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_READ_ONLY,
                   "The database file cannot be written");
      return NULL;
    }
  if (!gs_dialect_check (self, error) || !gs_schema_refuse_newer (self, error)
      || !gs_dialect_configure (self, error) || !gs_schema_migrate (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
gs_database_close (GsDatabase *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close (self->handle);
  g_free (self);
}

GsStatement *
gs_database_statement (GsDatabase *self, const char *sql, GError **error)
{
  GsStatement *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    {
      statement = gs_statement_new (self, sql, error);
      if (statement == NULL)
        return NULL;
      g_hash_table_insert (self->statements, g_strdup (sql), statement);
    }
  gs_statement_clear (statement);
  return statement;
}

gboolean
gs_database_execute (GsDatabase *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  gs_database_set_error (self, "run a command", error);
  return FALSE;
}

gboolean
gs_database_get_int (GsDatabase *self, const char *sql, gint64 *value, GError **error)
{
  GsStatement *statement = gs_database_statement (self, sql, error);
  gboolean row;

  *value = 0;
  if (statement == NULL || !gs_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    *value = gs_statement_get_int (statement, 0);
  gs_statement_reset (statement);
  return TRUE;
}

gboolean
gs_database_begin (GsDatabase *self, gboolean write, GError **error)
{
  if (!gs_database_execute (self, gs_dialect_begin (write), error))
    return FALSE;
  self->writing = write;
  return TRUE;
}

gboolean
gs_database_commit (GsDatabase *self, GError **error)
{
  if (!gs_database_execute (self, "COMMIT", error))
    {
      gs_database_rollback (self);
      return FALSE;
    }
  self->writing = FALSE;
  return TRUE;
}

/* Some errors roll back by themselves; a second ROLLBACK would fail. */
void
gs_database_rollback (GsDatabase *self)
{
  self->writing = FALSE;
  if (sqlite3_get_autocommit (self->handle) == 0)
    gs_database_execute (self, "ROLLBACK", NULL);
}

gboolean
gs_database_truncate_log (GsDatabase *self, GError **error)
{
  return gs_dialect_truncate_log (self, error);
}
