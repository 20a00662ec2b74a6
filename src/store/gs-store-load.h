/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-case-table.h"
#include "gs-claim-table.h"
#include "gs-crossing-table.h"
#include "gs-decision-table.h"
#include "gs-document-table.h"
#include "gs-event-table.h"
#include "gs-face-verification-table.h"
#include "gs-feed-table.h"
#include "gs-journal-table.h"
#include "gs-claim-outcome-table.h"
#include "gs-printer-pin-table.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* All that the station needs at start, read in one snapshot. Arrays are never NULL. */
typedef struct
{
  GsFeedPosition *feed;
  GPtrArray *events;    /* of GsEventRow: gs_event_table_load() */
  GPtrArray *cases;     /* of GsCaseRow: not closed, or referred or closed since then */
  GPtrArray *documents; /* of GsDocumentRow: judged since then, or of a case not closed */
  GPtrArray *decisions; /* of GsDecisionRow, pending */
  GPtrArray *outcomes;  /* of GsClaimOutcomeRow, pending */
  GPtrArray *claims;    /* of GsClaimRow, open */
  GPtrArray *journal;   /* of GsJournalRow, of unfinished stamps */
  GPtrArray *pins;      /* of GsPrinterPinRow, believed */
  GPtrArray *faces;     /* of GsFaceVerification, revealed since then */
  /* Whose pages the unfinished stamps are: crossing to GsTraveller, where it is still known. */
  GHashTable *travellers;
  gint64 n_accounts; /* 0: ask to make the first administrator */
  gint64 n_quarantined;
  gint64 last_gap_utc_ms; /* when the newest gap was found; 0 without one */
} GsStoreSnapshot;

void gs_store_snapshot_free (GsStoreSnapshot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsStoreSnapshot, gs_store_snapshot_free)

/* Events older than since are left out even of crossings that are still live. */
void gs_store_load_async (GsStore *self,
                          gint64 since_utc_ms,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
GsStoreSnapshot *gs_store_load_finish (GsStore *self, GAsyncResult *result, GError **error);

/* The work itself, for tools. Worker thread; data points to a gint64, since_utc_ms. A GsStoreFunc.
 */
gpointer gs_store_load_run (GsDatabase *db, gpointer since_utc_ms, GError **error);

G_END_DECLS
