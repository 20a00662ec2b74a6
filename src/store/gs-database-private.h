/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "gs-database.h"

/* What only gs-database.c, gs-statement.c and gs-dialect.c know: that the database is SQLite. */

struct _GsDatabase
{
  sqlite3 *handle;
  GHashTable *statements; /* char * → GsStatement */
  gboolean writing;       /* inside a transaction that may write */
};

GsStatement *gs_statement_new (GsDatabase *db, const char *sql, GError **error);
void gs_statement_free (GsStatement *self);

/* Resets and sets every parameter to NULL. */
void gs_statement_clear (GsStatement *self);

/* Sets *error by the handle's last error code; what says in our own words what was being done. */
void gs_database_set_error (GsDatabase *self, const char *what, GError **error);
