/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-account-store.h"
#include "gs-account-table.h"
#include "gs-record-table.h"
#include "gs-test-store.h"

static GsStore *
open_with_account (void)
{
  g_autoptr (GError) error = NULL;
  GsStore *store = gs_store_open (":memory:", &error);

  g_assert_no_error (error);
  return store;
}

static gpointer
add (GsDatabase *db, gpointer name, GError **error)
{
  GsAccount account = { .id = name,
                        .name = name,
                        .label = (char *) "Kato",
                        .role = GS_ROLE_SUPERVISOR,
                        .hash = (char *) "$argon2id$",
                        .created_at_utc_ms = 7 };

  return GINT_TO_POINTER (gs_account_table_add (db, &account, error));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static GsAccount *
find (GsStore *store, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GsAccount *account;

  gs_account_store_find_async (GS_ACCOUNT_STORE (store), name, NULL, on_done, &result);
  wait_for (&result);
  account = gs_account_store_find_finish (GS_ACCOUNT_STORE (store), result, &error);
  g_assert_no_error (error);
  return account;
}

static gboolean
write_attempt (GsStore *store, const GsSignInAttempt *attempt, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gs_account_store_write_attempt_async (GS_ACCOUNT_STORE (store), attempt, NULL, on_done, &result);
  wait_for (&result);
  return gs_account_store_write_attempt_finish (GS_ACCOUNT_STORE (store), result, error);
}

static gpointer
list_record (GsDatabase *db, gpointer data, GError **error)
{
  return gs_record_table_list (db, 0, 100, error);
}

static void
test_attempts (void)
{
  g_autoptr (GsStore) store = open_with_account ();
  g_autoptr (GsAccount) account = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  GsRecordEntry entry = { .kind = "account.add" };
  GsSignInAttempt attempt = { .attempt_id = (char *) "t1",
                              .at_utc_ms = 100,
                              .account_id = (char *) "kato",
                              .cause = "password",
                              .purpose = "sign-in",
                              .failures = 4,
                              .locked_until_utc_ms = 900 };

  gs_store_transact (store, &entry, add, (gpointer) "kato", &error);
  g_assert_no_error (error);
  g_assert_true (write_attempt (store, &attempt, &error));
  account = find (store, "kato");
  g_assert_cmpint (account->failures, ==, 4);
  g_assert_cmpint (account->locked_until_utc_ms, ==, 900);
  g_assert_cmpint (account->role, ==, GS_ROLE_SUPERVISOR);
  g_assert_cmpstr (account->hash, ==, "$argon2id$");
  g_assert_null (find (store, "nobody"));
  /* A name that is no account's. */
  attempt.attempt_id = (char *) "t2";
  attempt.account_id = NULL;
  attempt.cause = "unknown";
  g_assert_true (write_attempt (store, &attempt, &error));
  /* The same attempt twice, and one of an account that does not exist. */
  g_assert_false (write_attempt (store, &attempt, &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  attempt.attempt_id = (char *) "t3";
  attempt.account_id = (char *) "ghost";
  g_assert_false (write_attempt (store, &attempt, &error));
  g_clear_error (&error);
  rows = gs_store_query (store, list_record, NULL, &error);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpstr (((GsRecordRow *) rows->pdata[1])->detail, ==, "denied purpose=sign-in");
  g_assert_cmpstr (((GsRecordRow *) rows->pdata[1])->subject, ==, "kato");
  g_assert_null (((GsRecordRow *) rows->pdata[2])->subject);
}

static void
test_one_name (void)
{
  g_autoptr (GsStore) store = open_with_account ();
  g_autoptr (GError) error = NULL;
  GsRecordEntry entry = { .kind = "account.add" };

  gs_store_transact (store, &entry, add, (gpointer) "kato", &error);
  g_assert_no_error (error);
  gs_store_transact (store, &entry, add, (gpointer) "kato", &error);
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_log_sql ();
  g_test_add_func ("/store/accounts/attempts", test_attempts);
  g_test_add_func ("/store/accounts/one-name", test_one_name);
  return g_test_run ();
}
