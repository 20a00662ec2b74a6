/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-store.h"

G_BEGIN_DECLS

/* Deletes the personal data of a crossing and empties the write-ahead log, so that it stands in no
 * file of the database; writes the entry "identity.delete". */
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

/* What the clock removes: identities of crossings that began before identity_before and are
 * neither live nor an open case, identities of crossings without a row that arrived before it, and
 * quarantine before quarantine_before; then empties the log. The result is the number of crossings
 * whose identity was deleted, -1 on error. Writes the entry "retention.run". */
void gs_store_purge_async (GsStore *self,
                           gint64 identity_before_utc_ms,
                           gint64 quarantine_before_utc_ms,
                           gint64 at_utc_ms,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gint64 gs_store_purge_finish (GsStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
