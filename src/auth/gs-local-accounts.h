/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-account-store.h"
#include "gs-sign-in.h"

G_BEGIN_DECLS

/* Sign-in with accounts of this desk: argon2id, checked in a thread of its own, one attempt after
 * the other. After three wrong passwords an account is locked for 5 s, doubled by each further one
 * up to 15 minutes; a good one clears the count. An unknown name costs the same time as a known
 * one. */
#define GS_TYPE_LOCAL_ACCOUNTS (gs_local_accounts_get_type ())
G_DECLARE_FINAL_TYPE (GsLocalAccounts, gs_local_accounts, GS, LOCAL_ACCOUNTS, GObject)

/* The wall clock in ms for the lock-out; tests hand in their own. */
typedef gint64 (*GsUtcFunc) (gpointer user_data);

/* Keeps a reference on the store. now NULL means the system's clock. */
GsLocalAccounts *gs_local_accounts_new (GsAccountStore *store, GsUtcFunc now, gpointer user_data);

/* Length of the lock after that many wrong passwords in a row, in ms; 0 under three. Pure. */
gint64 gs_local_accounts_lock_ms (gint64 failures);

G_END_DECLS
