/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-ingest.h"

/* One batch on its way in and the cursor's arithmetic (gs-ingest-cursor.c). */
typedef struct
{
  GsDatabase *db;
  GsIngestResult *result;
  gint64 now_utc_ms;
  gint64 epoch_number;
  gint64 cursor;
  gint64 highest; /* highest id seen; above the cursor when there is a hole */
  gint64 n_events;
  gint64 n_recorded; /* n_events at the last entry of the record */
  gint64 position;   /* of the last event stored */
  guint n_gaps;
} GsIngestBatch;

/* Reads the epoch's row; GS_STORE_ERROR_EPOCH when it is not the current one. */
gboolean gs_ingest_batch_load (GsIngestBatch *batch, const char *epoch, GError **error);

/* Tells that ids first to last are accounted for. */
void gs_ingest_batch_pass (GsIngestBatch *batch, gint64 first, gint64 last);

/* Moves the cursor over what was there before this batch; finds the hole. */
gboolean gs_ingest_batch_advance (GsIngestBatch *batch, GError **error);

gboolean gs_ingest_batch_save (GsIngestBatch *batch, GError **error);

/* Makes the epoch current, new or known; *is_new tells which. anew makes a new one in any case. */
gboolean gs_ingest_begin_epoch (GsDatabase *db,
                                const char *epoch,
                                gint64 after,
                                gboolean anew,
                                gint64 at_utc_ms,
                                gint64 *cursor,
                                gboolean *is_new,
                                GError **error);
