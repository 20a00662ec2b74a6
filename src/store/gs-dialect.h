/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* Everything in SQL that differs between database systems, in one place: SQLite now, PostgreSQL
 * later. All other SQL text of the store runs on both. Worker thread. */

/* "Gate", written as application_id into each file. */
#define GS_DIALECT_APPLICATION_ID 0x47617465

/* Splices the fragments into a schema text: {int}, {bytes}, {strict}. Transfer full. */
char *gs_dialect_expand (const char *schema);

/* Settings of the connection: WAL, FULL, foreign keys, secure_delete. */
gboolean gs_dialect_configure (GsDatabase *db, GError **error);

/* Fails with GS_STORE_ERROR_CORRUPT when the file is damaged or another program's. */
gboolean gs_dialect_check (GsDatabase *db, GError **error);

gboolean gs_dialect_get_version (GsDatabase *db, gint64 *version, GError **error);
gboolean gs_dialect_set_version (GsDatabase *db, gint64 version, GError **error);

/* Makes the table refuse UPDATE and DELETE. */
gboolean gs_dialect_make_append_only (GsDatabase *db, const char *table, GError **error);

/* Writes the log into the database and cuts it to nothing. */
gboolean gs_dialect_truncate_log (GsDatabase *db, GError **error);

const char *gs_dialect_begin (gboolean write);

G_END_DECLS
