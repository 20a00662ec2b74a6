/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-account-table.h"

#define COLUMNS "account, name, label, role, hash, disabled, failures, locked_until, created_at"

gboolean
gs_account_table_add (GsDatabase *db, const GsAccount *account, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "INSERT INTO account (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, account->id);
  gs_statement_bind_text (statement, 2, account->name);
  gs_statement_bind_text (statement, 3, account->label);
  gs_statement_bind_text (statement, 4, gs_role_to_word (account->role));
  gs_statement_bind_text (statement, 5, account->hash);
  gs_statement_bind_int (statement, 6, account->disabled ? 1 : 0);
  gs_statement_bind_int (statement, 7, account->failures);
  gs_statement_bind_int (statement, 8, account->locked_until_utc_ms);
  gs_statement_bind_int (statement, 9, account->created_at_utc_ms);
  return gs_statement_run (statement, error);
}

/* A role that is none of the four (a damaged file) becomes the one that may do least. */
static gpointer
read_row (GsStatement *statement)
{
  GsAccount *account = gs_account_new ();

  account->id = gs_statement_dup_text (statement, 0);
  account->name = gs_statement_dup_text (statement, 1);
  account->label = gs_statement_dup_text (statement, 2);
  account->role = GS_ROLE_AUDITOR;
  gs_role_from_word (gs_statement_get_text (statement, 3), &account->role);
  account->hash = gs_statement_dup_text (statement, 4);
  account->disabled = gs_statement_get_int (statement, 5) != 0;
  account->failures = gs_statement_get_int (statement, 6);
  account->locked_until_utc_ms = gs_statement_get_int (statement, 7);
  account->created_at_utc_ms = gs_statement_get_int (statement, 8);
  return account;
}

static GsAccount *
get_one (GsDatabase *db, const char *sql, const char *key, GError **error)
{
  gpointer row = NULL;
  GsStatement *statement = gs_database_statement (db, sql, error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, key);
  gs_statement_fetch (statement, read_row, &row, error);
  return row;
}

GsAccount *
gs_account_table_find (GsDatabase *db, const char *name, GError **error)
{
  return get_one (db, "SELECT " COLUMNS " FROM account WHERE name = $1", name, error);
}

GsAccount *
gs_account_table_get (GsDatabase *db, const char *id, GError **error)
{
  return get_one (db, "SELECT " COLUMNS " FROM account WHERE account = $1", id, error);
}

GPtrArray *
gs_account_table_list (GsDatabase *db, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db, "SELECT " COLUMNS " FROM account ORDER BY name", error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_account_free, error);
}

gboolean
gs_account_table_set_disabled (GsDatabase *db, const char *name, gboolean disabled, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db, "UPDATE account SET disabled = $2 WHERE name = $1", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, name);
  gs_statement_bind_int (statement, 2, disabled ? 1 : 0);
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "There is no such account");
  return FALSE;
}

static gboolean
insert_attempt (GsDatabase *db, const GsSignInAttempt *attempt, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO sign_in_attempt (attempt, attempted_at, account, succeeded, cause, purpose)"
    " VALUES ($1, $2, $3, $4, $5, $6)",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, attempt->attempt_id);
  gs_statement_bind_int (statement, 2, attempt->at_utc_ms);
  gs_statement_bind_text (statement, 3, attempt->account_id);
  gs_statement_bind_int (statement, 4, attempt->succeeded ? 1 : 0);
  gs_statement_bind_text (statement, 5, attempt->cause);
  gs_statement_bind_text (statement, 6, attempt->purpose);
  return gs_statement_run (statement, error);
}

gboolean
gs_account_table_write_attempt (GsDatabase *db, const GsSignInAttempt *attempt, GError **error)
{
  GsStatement *statement;

  if (!insert_attempt (db, attempt, error))
    return FALSE;
  if (attempt->account_id == NULL)
    return TRUE;
  statement = gs_database_statement (
    db, "UPDATE account SET failures = $2, locked_until = $3 WHERE account = $1", error);
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, attempt->account_id);
  gs_statement_bind_int (statement, 2, attempt->failures);
  gs_statement_bind_int (statement, 3, attempt->locked_until_utc_ms);
  return gs_statement_run (statement, error);
}
