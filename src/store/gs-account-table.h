/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-account-store.h"
#include "gs-database.h"

G_BEGIN_DECLS

/* Worker thread. */

/* GS_STORE_ERROR_CONSTRAINT when the name is taken. */
gboolean gs_account_table_add (GsDatabase *db, const GsAccount *account, GError **error);

/* NULL without error when there is none. Transfer full. */
GsAccount *gs_account_table_find (GsDatabase *db, const char *name, GError **error);
GsAccount *gs_account_table_get (GsDatabase *db, const char *id, GError **error);

/* By name. GPtrArray of GsAccount. */
GPtrArray *gs_account_table_list (GsDatabase *db, GError **error);

/* CONFLICT when there is no such account. */
gboolean
gs_account_table_set_disabled (GsDatabase *db, const char *name, gboolean disabled, GError **error);

/* The attempt and the account's new failures and lock. */
gboolean
gs_account_table_write_attempt (GsDatabase *db, const GsSignInAttempt *attempt, GError **error);

G_END_DECLS
