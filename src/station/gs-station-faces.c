/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-station-private.h"

#include "gs-face-verification-table.h"

/* Faces verified at this desk, for a page of error rates. */

typedef struct
{
  gint64 from_utc_ms;
  gint64 to_utc_ms;
} Span;

static gpointer
list_in_store (GsDatabase *db, gpointer data, GError **error)
{
  const Span *span = data;

  return gs_face_verification_table_list (db, span->from_utc_ms, span->to_utc_ms, error);
}

void
gs_station_list_faces_async (GsStation *self,
                             gint64 from_utc_ms,
                             gint64 to_utc_ms,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Span *span;

  g_return_if_fail (GS_IS_STATION (self));

  span = g_new (Span, 1);
  *span = (Span){ from_utc_ms, to_utc_ms };
  gs_store_query_async (self->store, list_in_store, span, g_free,
                        (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
gs_station_list_faces_finish (GsStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return gs_store_query_finish (self->store, result, error);
}
