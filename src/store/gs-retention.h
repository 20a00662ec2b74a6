/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-store.h"

G_BEGIN_DECLS

/* Deletes the personal data of a crossing, with what this desk found on its document and what came
 * of its face's verification, and empties the write-ahead log, so that it stands in no file of the
 * database; writes the entry "identity.delete". */
void gs_store_forget_async (GsStore *self,
                            const char *crossing,
                            const char *officer,
                            gint64 at_utc_ms,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean gs_store_forget_finish (GsStore *self, GAsyncResult *result, GError **error);

/* Crossings that one purge deletes at most, so that ingest never waits long behind it: call again
 * while the result is this number. */
#define GS_STORE_PURGE_LIMIT 1000

typedef struct
{
  gint64 identity_before_utc_ms;
  gint64 case_before_utc_ms;
  gint64 quarantine_before_utc_ms;
} GsRetentionLimits;

/* What the clock removes, and then the write-ahead log: the identity of a clean crossing that is no
 * longer live, unless a stamp of it is still open, or was kept before identity_before; that of a
 * case kept before case_before, unless the case is open; what came of a face's verification before
 * case_before, and what was found on a document, with the identity of its crossing or when it was
 * judged before case_before, both unless the case is open; quarantine that arrived before
 * quarantine_before. A decision that is still to be sent keeps its crossing's. The result is the
 * number of crossings whose identity was deleted, -1 on error. Writes the entry "retention.run". */
void gs_store_purge_async (GsStore *self,
                           const GsRetentionLimits *limits,
                           gint64 at_utc_ms,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gint64 gs_store_purge_finish (GsStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
