/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-account-table.h"
#include "gs-store-private.h"

/* The store as what sign-in needs. */

static gpointer
find (GsDatabase *db, gpointer data, GError **error)
{
  return gs_account_table_find (db, data, error);
}

static void
find_async (GsAccountStore *store,
            const char *name,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  gs_store_query_async (GS_STORE (store), find, g_strdup (name), g_free,
                        (GDestroyNotify) gs_account_free, cancellable, callback, user_data);
}

static GsAccount *
find_finish (GsAccountStore *store, GAsyncResult *result, GError **error)
{
  return gs_store_query_finish (GS_STORE (store), result, error);
}

static gpointer
write_attempt (GsDatabase *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER (gs_account_table_write_attempt (db, data, error));
}

static void
write_attempt_async (GsAccountStore *store,
                     const GsSignInAttempt *attempt,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GsSignInAttempt *copy = g_new0 (GsSignInAttempt, 1);
  g_autofree char *detail = g_strdup_printf (
    "%s purpose=%s", attempt->succeeded ? "succeeded" : "denied", attempt->purpose);
  GsRecordEntry entry = { 0 };

  *copy = *attempt;
  copy->attempt_id = g_strdup (attempt->attempt_id);
  copy->account_id = g_strdup (attempt->account_id);
  entry.kind = "sign-in";
  entry.at_utc_ms = attempt->at_utc_ms;
  entry.officer = attempt->succeeded ? attempt->account_id : NULL;
  entry.subject = attempt->account_id;
  entry.detail = detail;
  gs_store_transact_async (GS_STORE (store), &entry, write_attempt, copy,
                           (GDestroyNotify) gs_sign_in_attempt_free, NULL, cancellable, callback,
                           user_data);
}

static gboolean
write_attempt_finish (GsAccountStore *store, GAsyncResult *result, GError **error)
{
  return gs_store_transact_finish (GS_STORE (store), result, error) != NULL;
}

void
gs_store_account_store_init (gpointer data)
{
  GsAccountStoreInterface *iface = data;

  iface->find_async = find_async;
  iface->find_finish = find_finish;
  iface->write_attempt_async = write_attempt_async;
  iface->write_attempt_finish = write_attempt_finish;
}
