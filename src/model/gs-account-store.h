/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-account.h"

G_BEGIN_DECLS

/* One attempt to sign in, as it is written down. It never holds what was typed: a password typed
 * into the name's field must not be kept. */
typedef struct
{
  char *attempt_id; /* UUID */
  gint64 at_utc_ms;
  char *account_id; /* NULL when the name is no account's */
  gboolean succeeded;
  const char *cause;          /* static: "password", "unknown", "disabled", "locked", "ok" */
  const char *purpose;        /* static: "sign-in", "second-officer" */
  gint64 failures;            /* the account's count after this attempt */
  gint64 locked_until_utc_ms; /* the account's lock after this attempt, 0 for none */
} GsSignInAttempt;

void gs_sign_in_attempt_free (GsSignInAttempt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSignInAttempt, gs_sign_in_attempt_free)

/* Where accounts are kept: what sign-in needs of a store without knowing it. GsStore is one; tests
 * have one in memory. Main thread; answers come on the caller's main context. */
#define GS_TYPE_ACCOUNT_STORE (gs_account_store_get_type ())
G_DECLARE_INTERFACE (GsAccountStore, gs_account_store, GS, ACCOUNT_STORE, GObject)

struct _GsAccountStoreInterface
{
  GTypeInterface parent_iface;

  void (*find_async) (GsAccountStore *self,
                      const char *name,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  GsAccount *(*find_finish) (GsAccountStore *self, GAsyncResult *result, GError **error);
  void (*write_attempt_async) (GsAccountStore *self,
                               const GsSignInAttempt *attempt,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
  gboolean (*write_attempt_finish) (GsAccountStore *self, GAsyncResult *result, GError **error);
};

/* The account of that name. Transfer full; NULL without error when there is none. */
void gs_account_store_find_async (GsAccountStore *self,
                                  const char *name,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GsAccount *
gs_account_store_find_finish (GsAccountStore *self, GAsyncResult *result, GError **error);

/* Writes the attempt and the account's new failures and lock in one transaction. The attempt is
 * copied. Nobody is signed in whose attempt could not be written. */
void gs_account_store_write_attempt_async (GsAccountStore *self,
                                           const GsSignInAttempt *attempt,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean
gs_account_store_write_attempt_finish (GsAccountStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
