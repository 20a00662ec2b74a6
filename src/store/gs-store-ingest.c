/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-ingest-private.h"
#include "gs-record-table.h"
#include "gs-store-private.h"

/* The store's jobs of the feed. */

typedef struct
{
  char *epoch;
  gint64 after;
  gboolean anew;
  gint64 at_utc_ms;
  GPtrArray *items;
  GPtrArray *crossings;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->epoch);
  g_clear_pointer (&request->items, g_ptr_array_unref);
  g_clear_pointer (&request->crossings, g_ptr_array_unref);
  g_free (request);
}

static gpointer
begin_epoch (GsDatabase *db, gpointer data, GError **error)
{
  Request *request = data;
  g_autofree gint64 *cursor = g_new0 (gint64, 1);
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { 0 };
  gboolean is_new;

  if (!gs_ingest_begin_epoch (db, request->epoch, request->after, request->anew, request->at_utc_ms,
                              cursor, &is_new, error))
    return NULL;
  if (is_new)
    {
      detail = g_strdup_printf ("cursor=%" G_GINT64_FORMAT, *cursor);
      entry.kind = "feed.epoch";
      entry.at_utc_ms = request->at_utc_ms;
      entry.subject = request->epoch;
      entry.detail = detail;
      if (!gs_record_table_append (db, &entry, error))
        return NULL;
    }
  return g_steal_pointer (&cursor);
}

void
gs_store_begin_epoch_async (GsStore *self,
                            const char *epoch,
                            gint64 after,
                            gboolean anew,
                            gint64 at_utc_ms,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Request *request;

  g_return_if_fail (GS_IS_STORE (self) && epoch != NULL);

  request = g_new0 (Request, 1);
  request->epoch = g_strdup (epoch);
  request->after = after;
  request->anew = anew;
  request->at_utc_ms = at_utc_ms;
  gs_store_push (self, GS_STORE_JOB_INGEST, NULL, begin_epoch, request, request_free, g_free,
                 cancellable, callback, user_data);
}

gint64
gs_store_begin_epoch_finish (GsStore *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *cursor = gs_store_query_finish (self, result, error);

  return cursor != NULL ? *cursor : -1;
}

static gpointer
ingest (GsDatabase *db, gpointer data, GError **error)
{
  Request *request = data;

  return gs_ingest_run (db, request->epoch, request->items, request->crossings, error);
}

void
gs_store_ingest_async (GsStore *self,
                       const char *epoch,
                       GPtrArray *items,
                       GPtrArray *crossings,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Request *request;

  g_return_if_fail (GS_IS_STORE (self) && epoch != NULL && items != NULL);

  request = g_new0 (Request, 1);
  request->epoch = g_strdup (epoch);
  request->items = g_ptr_array_ref (items);
  request->crossings = crossings != NULL ? g_ptr_array_ref (crossings) : NULL;
  gs_store_push (self, GS_STORE_JOB_INGEST, NULL, ingest, request, request_free,
                 (GDestroyNotify) gs_ingest_result_free, cancellable, callback, user_data);
}

GsIngestResult *
gs_store_ingest_finish (GsStore *self, GAsyncResult *result, GError **error)
{
  return gs_store_query_finish (self, result, error);
}
