/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-store-load.h"

#include "gs-identity-table.h"

static void
unref_rows (GPtrArray *rows)
{
  if (rows != NULL)
    g_ptr_array_unref (rows);
}

void
gs_store_snapshot_free (GsStoreSnapshot *self)
{
  if (self == NULL)
    return;
  gs_feed_position_free (self->feed);
  unref_rows (self->events);
  unref_rows (self->cases);
  unref_rows (self->documents);
  unref_rows (self->decisions);
  unref_rows (self->outcomes);
  unref_rows (self->claims);
  unref_rows (self->journal);
  unref_rows (self->pins);
  unref_rows (self->faces);
  g_clear_pointer (&self->travellers, g_hash_table_unref);
  g_free (self);
}

static gboolean
load_travellers (GsDatabase *db, GsStoreSnapshot *snapshot, GError **error)
{
  snapshot->travellers =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) gs_traveller_free);
  for (guint i = 0; i < snapshot->journal->len; i++)
    {
      const GsJournalRow *row = g_ptr_array_index (snapshot->journal, i);
      g_autoptr (GError) local = NULL;
      GsTraveller *traveller;

      if (g_hash_table_contains (snapshot->travellers, row->crossing))
        continue;
      traveller = gs_identity_table_get (db, row->crossing, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (traveller != NULL)
        g_hash_table_insert (snapshot->travellers, g_strdup (row->crossing), traveller);
    }
  return TRUE;
}

gpointer
gs_store_load_run (GsDatabase *db, gpointer since_utc_ms, GError **error)
{
  g_autoptr (GsStoreSnapshot) snapshot = g_new0 (GsStoreSnapshot, 1);

  if ((snapshot->feed = gs_feed_table_get (db, error)) == NULL
      || (snapshot->events = gs_event_table_load (db, *(gint64 *) since_utc_ms, error)) == NULL
      || (snapshot->cases = gs_case_table_list_recent (db, *(gint64 *) since_utc_ms, error)) == NULL
      || (snapshot->documents = gs_document_table_list_recent (db, *(gint64 *) since_utc_ms, error))
           == NULL
      || (snapshot->decisions = gs_decision_table_list_pending (db, error)) == NULL
      || (snapshot->outcomes = gs_claim_outcome_table_list_pending (db, error)) == NULL
      || (snapshot->claims = gs_claim_table_list_open (db, error)) == NULL
      || (snapshot->journal = gs_journal_table_list_unfinished (db, error)) == NULL
      || !load_travellers (db, snapshot, error)
      || (snapshot->pins = gs_printer_pin_table_list (db, error)) == NULL
      || (snapshot->faces =
            gs_face_verification_table_list (db, *(gint64 *) since_utc_ms, G_MAXINT64, error))
           == NULL
      || !gs_database_get_int (db, "SELECT COUNT(*) FROM account", &snapshot->n_accounts, error)
      || !gs_quarantine_table_count (db, &snapshot->n_quarantined, error)
      || !gs_database_get_int (db, "SELECT COALESCE(MAX(found_at), 0) FROM gap",
                               &snapshot->last_gap_utc_ms, error))
    return NULL;
  return g_steal_pointer (&snapshot);
}

void
gs_store_load_async (GsStore *self,
                     gint64 since_utc_ms,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  gs_store_query_async (self, gs_store_load_run, g_memdup2 (&since_utc_ms, sizeof since_utc_ms),
                        g_free, (GDestroyNotify) gs_store_snapshot_free, cancellable, callback,
                        user_data);
}

GsStoreSnapshot *
gs_store_load_finish (GsStore *self, GAsyncResult *result, GError **error)
{
  return gs_store_query_finish (self, result, error);
}
