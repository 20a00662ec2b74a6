/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-account-store.h"

G_DEFINE_INTERFACE (GsAccountStore, gs_account_store, G_TYPE_OBJECT)

static void
gs_account_store_default_init (GsAccountStoreInterface *iface)
{
}

void
gs_sign_in_attempt_free (GsSignInAttempt *self)
{
  if (self == NULL)
    return;
  g_free (self->attempt_id);
  g_free (self->account_id);
  g_free (self);
}

void
gs_account_store_find_async (GsAccountStore *self,
                             const char *name,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (GS_IS_ACCOUNT_STORE (self));
  GS_ACCOUNT_STORE_GET_IFACE (self)->find_async (self, name, cancellable, callback, user_data);
}

GsAccount *
gs_account_store_find_finish (GsAccountStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (GS_IS_ACCOUNT_STORE (self), NULL);
  return GS_ACCOUNT_STORE_GET_IFACE (self)->find_finish (self, result, error);
}

void
gs_account_store_write_attempt_async (GsAccountStore *self,
                                      const GsSignInAttempt *attempt,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_return_if_fail (GS_IS_ACCOUNT_STORE (self));
  GS_ACCOUNT_STORE_GET_IFACE (self)->write_attempt_async (self, attempt, cancellable, callback,
                                                          user_data);
}

gboolean
gs_account_store_write_attempt_finish (GsAccountStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (GS_IS_ACCOUNT_STORE (self), FALSE);
  return GS_ACCOUNT_STORE_GET_IFACE (self)->write_attempt_finish (self, result, error);
}
