/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-counted-print.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* Writes down what a printer counts beside stamps, before and after. Main thread. */

/* Written and in the record ("print.void", "print.test") when the callback comes, which ends with
 * gs_store_transact_finish(): only then is it sent. print is copied. */
void gs_counted_prints_begin_async (GsStore *store,
                                    const GsCountedPrint *print,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* What became of it. When this cannot be written the reconciliation finds it as not known. */
void
gs_counted_prints_end (GsStore *store, const char *id, GsCountedPrintState state, gint64 at_utc_ms);

G_END_DECLS
