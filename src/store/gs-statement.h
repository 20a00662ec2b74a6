/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A prepared statement of a GsDatabase. Parameters are numbered by their name: number 2 is $2,
 * wherever it stands in the text. Texts and blobs are copied when bound. Worker thread. */
typedef struct _GsStatement GsStatement;

void gs_statement_bind_int (GsStatement *self, int parameter, gint64 value);
/* NULL binds NULL. */
void gs_statement_bind_text (GsStatement *self, int parameter, const char *text);
void gs_statement_bind_bytes (GsStatement *self, int parameter, gconstpointer data, gsize length);
void gs_statement_bind_blob (GsStatement *self, int parameter, GBytes *bytes);

/* Steps once. TRUE with *row saying whether there is a row; FALSE with a GS_STORE_ERROR. Reset by
 * itself after the last row and after an error. */
gboolean gs_statement_step (GsStatement *self, gboolean *row, GError **error);

/* Runs a statement whose rows nobody wants. */
gboolean gs_statement_run (GsStatement *self, GError **error);

/* Rows that the last run inserted, changed or deleted. */
gint64 gs_statement_changes (GsStatement *self);

/* Ends reading before the last row. */
void gs_statement_reset (GsStatement *self);

/* Columns of the row, from 0. */
gboolean gs_statement_is_null (GsStatement *self, int column);
gint64 gs_statement_get_int (GsStatement *self, int column);
char *gs_statement_dup_text (GsStatement *self, int column);       /* NULL for NULL */
const char *gs_statement_get_text (GsStatement *self, int column); /* until the next step */
GBytes *gs_statement_dup_blob (GsStatement *self, int column);     /* NULL for NULL */

/* Makes a row's struct of the statement's current row. */
typedef gpointer (*GsRowFunc) (GsStatement *statement);

/* Reads all rows: transfer full, with row_free as the array's free function. NULL on error. */
GPtrArray *gs_statement_collect (GsStatement *self,
                                 GsRowFunc read_row,
                                 GDestroyNotify row_free,
                                 GError **error);

/* Reads at most one row: *row is NULL when there is none. */
gboolean gs_statement_fetch (GsStatement *self, GsRowFunc read_row, gpointer *row, GError **error);

G_END_DECLS
