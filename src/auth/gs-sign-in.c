/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sign-in.h"

G_DEFINE_INTERFACE (GsSignIn, gs_sign_in, G_TYPE_OBJECT)

static void
gs_sign_in_default_init (GsSignInInterface *iface)
{
}

void
gs_sign_in_async (GsSignIn *self,
                  GsSignInPurpose purpose,
                  const char *name,
                  const char *password,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_return_if_fail (GS_IS_SIGN_IN (self) && name != NULL && password != NULL);
  GS_SIGN_IN_GET_IFACE (self)->sign_in_async (self, purpose, name, password, cancellable, callback,
                                              user_data);
}

GsSession *
gs_sign_in_finish (GsSignIn *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (GS_IS_SIGN_IN (self), NULL);
  return GS_SIGN_IN_GET_IFACE (self)->sign_in_finish (self, result, error);
}
