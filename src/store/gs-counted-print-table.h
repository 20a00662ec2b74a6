/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-counted-print.h"
#include "gs-database.h"

G_BEGIN_DECLS

/* Test prints and VOID imprints. Worker thread. */

/* Writes it down, BEGUN, before it is sent. */
gboolean gs_counted_print_table_add (GsDatabase *db, const GsCountedPrint *print, GError **error);
/* What became of it; CONFLICT when it has ended, or is none. */
gboolean gs_counted_print_table_end (
  GsDatabase *db, const char *id, GsCountedPrintState state, gint64 at_utc_ms, GError **error);
/* Those of the desk that are in no reconciliation yet, oldest first. GPtrArray of GsCountedPrint.
 */
GPtrArray *gs_counted_print_table_list_new (GsDatabase *db, const char *desk, GError **error);
gboolean gs_counted_print_table_reconcile (GsDatabase *db,
                                           const char *desk,
                                           const char *reconciliation,
                                           GError **error);

G_END_DECLS
