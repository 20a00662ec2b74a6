/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-check.h"
#include "gs-database.h"

G_BEGIN_DECLS

/* What this desk found on the document of a crossing, the newest reading: results and codes, never
 * a file of the chip nor anything of its holder. */
typedef struct
{
  char *crossing;
  gint64 judged_at_utc_ms;
  char *verdict;     /* "genuine", "altered", …: the whole in one word */
  gboolean opens;    /* it makes an open case of a crossing that nobody referred */
  char *codes;       /* referral reasons joined by ',' */
  GPtrArray *checks; /* GsCheck, without detail */
  gboolean closed;   /* when read: its case is closed */
} GsDocumentRow;

GsDocumentRow *gs_document_row_new (void);
void gs_document_row_free (GsDocumentRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsDocumentRow, gs_document_row_free)

/* Worker thread. */

/* In the place of what was found there before. */
gboolean gs_document_table_put (GsDatabase *db, const GsDocumentRow *row, GError **error);

/* Judged since that time, or of a case that is not closed; by time. GPtrArray of GsDocumentRow. */
GPtrArray *gs_document_table_list_recent (GsDatabase *db, gint64 since_utc_ms, GError **error);

gboolean gs_document_table_delete (GsDatabase *db, const char *crossing, GError **error);

/* Those judged before that time, unless the case is open or a decision on it is still to be sent.
 */
gboolean gs_document_table_purge (GsDatabase *db, gint64 before_utc_ms, GError **error);

G_END_DECLS
