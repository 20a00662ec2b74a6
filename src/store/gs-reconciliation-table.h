/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"
#include "gs-reconciliation.h"

G_BEGIN_DECLS

/* Daily reconciliations and the printers' counters between them; only ever appended. Worker thread.
 */

/* Writes it with its differences and counts. number is the caller's; CONSTRAINT when the day has
 * that number already, so that two desks' windows cannot close one day twice. */
gboolean gs_reconciliation_table_add (GsDatabase *db, const GsReconciliation *row, GError **error);

/* The newest of the desk, with differences and counts; NULL without error when there is none. */
GsReconciliation *gs_reconciliation_table_last (GsDatabase *db, const char *desk, GError **error);
/* The newest limit ones, newest first. GPtrArray of GsReconciliation. */
GPtrArray *
gs_reconciliation_table_list (GsDatabase *db, const char *desk, guint limit, GError **error);
/* Of days in [first, last], oldest first. */
GPtrArray *gs_reconciliation_table_of_days (
  GsDatabase *db, const char *desk, const char *first, const char *last, GError **error);
/* How often the day was reconciled. */
gboolean gs_reconciliation_table_count (
  GsDatabase *db, const char *desk, const char *day, gint64 *count, GError **error);

/* The first number of a printer, when the register learns of it: nothing when it has one. counter
 * is -1 for a printer that does not count. *begun (may be NULL) tells whether it was written. */
gboolean gs_printer_count_table_begin (GsDatabase *db,
                                       const char *desk,
                                       const char *printer,
                                       gint64 counter,
                                       gint64 at_utc_ms,
                                       gboolean *begun,
                                       GError **error);
/* What the printer's counter was after the last reconciliation, counts by hand added; -1 when that
 * is not known. */
gboolean gs_printer_count_table_get (
  GsDatabase *db, const char *desk, const char *printer, gint64 *counter, GError **error);
/* When the register learned of the desk's first printer; GS_TIME_UNKNOWN before. */
gboolean
gs_printer_count_table_began (GsDatabase *db, const char *desk, gint64 *at_utc_ms, GError **error);

G_END_DECLS
