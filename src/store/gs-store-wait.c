/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-ingest.h"
#include "gs-store-private.h"

/* The waiting forms, on a main context of their own: nothing else of the caller's runs meanwhile.
 */

typedef struct
{
  GMainContext *context;
  GAsyncResult *result;
} Wait;

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Wait *) data)->result = g_object_ref (result);
}

static void
wait_begin (Wait *wait)
{
  wait->context = g_main_context_new ();
  wait->result = NULL;
  g_main_context_push_thread_default (wait->context);
}

static void
wait_end (Wait *wait)
{
  while (wait->result == NULL)
    g_main_context_iteration (wait->context, TRUE);
  g_main_context_pop_thread_default (wait->context);
}

static void
wait_clear (Wait *wait)
{
  g_clear_object (&wait->result);
  g_main_context_unref (wait->context);
}

GsStore *
gs_store_open (const char *path, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  Wait wait;
  GsStore *store;

  g_return_val_if_fail (path != NULL, NULL);

  wait_begin (&wait);
  gs_store_open_in_context (path, context, NULL, on_done, &wait);
  wait_end (&wait);
  store = gs_store_open_finish (wait.result, error);
  wait_clear (&wait);
  return store;
}

gpointer
gs_store_transact (
  GsStore *self, const GsRecordEntry *entry, GsStoreFunc func, gpointer data, GError **error)
{
  Wait wait;
  gpointer result;

  wait_begin (&wait);
  gs_store_transact_async (self, entry, func, data, NULL, NULL, NULL, on_done, &wait);
  wait_end (&wait);
  result = gs_store_transact_finish (self, wait.result, error);
  wait_clear (&wait);
  return result;
}

gpointer
gs_store_query (GsStore *self, GsStoreFunc func, gpointer data, GError **error)
{
  Wait wait;
  gpointer result;

  wait_begin (&wait);
  gs_store_query_async (self, func, data, NULL, NULL, NULL, on_done, &wait);
  wait_end (&wait);
  result = gs_store_query_finish (self, wait.result, error);
  wait_clear (&wait);
  return result;
}

gint64
gs_store_begin_epoch (
  GsStore *self, const char *epoch, gint64 after, gboolean anew, gint64 at_utc_ms, GError **error)
{
  Wait wait;
  gint64 cursor;

  wait_begin (&wait);
  gs_store_begin_epoch_async (self, epoch, after, anew, at_utc_ms, NULL, on_done, &wait);
  wait_end (&wait);
  cursor = gs_store_begin_epoch_finish (self, wait.result, error);
  wait_clear (&wait);
  return cursor;
}

GsIngestResult *
gs_store_ingest (
  GsStore *self, const char *epoch, GPtrArray *items, GPtrArray *crossings, GError **error)
{
  Wait wait;
  GsIngestResult *result;

  wait_begin (&wait);
  gs_store_ingest_async (self, epoch, items, crossings, NULL, on_done, &wait);
  wait_end (&wait);
  result = gs_store_ingest_finish (self, wait.result, error);
  wait_clear (&wait);
  return result;
}
