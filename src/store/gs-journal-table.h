/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* The steps of issuing a stamp, one row a step, only ever appended. Each is committed before the
 * next action. The words are the stamp room's. */
typedef struct
{
  char *stamp;   /* UUID */
  gint64 number; /* from 1, given by the table */
  char *step;    /* "INTENT", "CREATED", … */
  gint64 at_utc_ms;
  char *officer; /* account id, NULL for the station itself */
  char *crossing;
  char *detail;   /* what recovery needs (job-id, printer, serial), no personal data */
  gboolean final; /* nothing follows: recovery skips this stamp */
} GsJournalRow;

GsJournalRow *gs_journal_row_new (void);
void gs_journal_row_free (GsJournalRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsJournalRow, gs_journal_row_free)

/* Worker thread. */

/* Appends; row->number is ignored and *number (may be NULL) tells the one given. expected is the
 * step that must be the last one now, NULL when the stamp must have none: GS_STORE_ERROR_CONFLICT
 * when it is not, or when a final step was written. */
gboolean gs_journal_table_append (
  GsDatabase *db, const GsJournalRow *row, const char *expected, gint64 *number, GError **error);

/* Steps of a stamp in order. GPtrArray of GsJournalRow. */
GPtrArray *gs_journal_table_of_stamp (GsDatabase *db, const char *stamp, GError **error);

/* All steps of every stamp without a final one, by stamp and number: for recovery. */
GPtrArray *gs_journal_table_list_unfinished (GsDatabase *db, GError **error);

G_END_DECLS
