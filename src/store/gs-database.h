/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "gs-statement.h"
#include "gs-store-error.h"

G_BEGIN_DECLS

/* One connection to the database with its prepared statements. It belongs to the store's worker
 * thread: every function of this header and of the gs-*-table.h headers is called there, inside a
 * GsStoreFunc. */
typedef struct _GsDatabase GsDatabase;

/* Opens or makes the file (mode 0600), checks it (quick_check) and brings the schema up to date.
 * ":memory:" is allowed in tests. NULL with a GS_STORE_ERROR. */
GsDatabase *gs_database_open (const char *path, GError **error);
void gs_database_close (GsDatabase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsDatabase, gs_database_close)

/* The prepared statement of that text, reset and with every parameter NULL. Parameters are written
 * $1, $2, …; the text must be a constant, because it is the cache's key. Borrowed: valid until the
 * same text is asked for again. */
GsStatement *gs_database_statement (GsDatabase *self, const char *sql, GError **error);

/* Runs a text of one or more statements without parameters. */
gboolean gs_database_execute (GsDatabase *self, const char *sql, GError **error);

/* The single integer that a query without parameters gives; *value is 0 when it gives no row. */
gboolean gs_database_get_int (GsDatabase *self, const char *sql, gint64 *value, GError **error);

gboolean gs_database_begin (GsDatabase *self, gboolean write, GError **error);
gboolean gs_database_commit (GsDatabase *self, GError **error);
void gs_database_rollback (GsDatabase *self);

/* Cuts the write-ahead log to nothing, so that what was deleted is in no file. Outside of a
 * transaction. */
gboolean gs_database_truncate_log (GsDatabase *self, GError **error);

G_END_DECLS
