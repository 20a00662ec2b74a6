/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-local-accounts.h"

#include <string.h>

#include "gs-auth-error.h"
#include "gs-password.h"

/* Accounts in memory, and what was written of each attempt. */
#define TEST_TYPE_ACCOUNTS (test_accounts_get_type ())
G_DECLARE_FINAL_TYPE (TestAccounts, test_accounts, TEST, ACCOUNTS, GObject)

struct _TestAccounts
{
  GObject parent_instance;

  GPtrArray *accounts;
  GString *causes; /* first letter of each attempt's cause */
  gboolean broken; /* attempts cannot be written */
};

static void account_store_init (GsAccountStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestAccounts,
                               test_accounts,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_ACCOUNT_STORE, account_store_init))

static void
find_async (GsAccountStore *store,
            const char *name,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  TestAccounts *self = TEST_ACCOUNTS (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GsAccount *found = NULL;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      const GsAccount *account = g_ptr_array_index (self->accounts, i);

      if (g_str_equal (account->name, name))
        found = gs_account_copy (account);
    }
  g_task_return_pointer (task, found, (GDestroyNotify) gs_account_free);
}

static GsAccount *
find_finish (GsAccountStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
write_attempt_async (GsAccountStore *store,
                     const GsSignInAttempt *attempt,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  TestAccounts *self = TEST_ACCOUNTS (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->broken)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
      return;
    }
  g_string_append_c (self->causes, attempt->cause[0]);
  for (guint i = 0; i < self->accounts->len; i++)
    {
      GsAccount *account = g_ptr_array_index (self->accounts, i);

      if (g_strcmp0 (account->id, attempt->account_id) == 0)
        {
          account->failures = attempt->failures;
          account->locked_until_utc_ms = attempt->locked_until_utc_ms;
        }
    }
  g_task_return_boolean (task, TRUE);
}

static gboolean
write_attempt_finish (GsAccountStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
account_store_init (GsAccountStoreInterface *iface)
{
  iface->find_async = find_async;
  iface->find_finish = find_finish;
  iface->write_attempt_async = write_attempt_async;
  iface->write_attempt_finish = write_attempt_finish;
}

static void
test_accounts_finalize (GObject *object)
{
  TestAccounts *self = TEST_ACCOUNTS (object);

  g_ptr_array_unref (self->accounts);
  g_string_free (self->causes, TRUE);
  G_OBJECT_CLASS (test_accounts_parent_class)->finalize (object);
}

static void
test_accounts_class_init (TestAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_accounts_finalize;
}

static void
test_accounts_init (TestAccounts *self)
{
  self->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_account_free);
  self->causes = g_string_new (NULL);
}

typedef struct
{
  TestAccounts *accounts;
  GsLocalAccounts *sign_in;
  gint64 now_utc_ms;
} Fixture;

static gint64
get_now (gpointer data)
{
  return ((Fixture *) data)->now_utc_ms;
}

static char *hash; /* of "correct horse"; made once, because it costs time on purpose */

static void
add (Fixture *fixture, const char *name, const char *label, GsRole role)
{
  GsAccount *account = gs_account_new ();

  account->id = g_strconcat ("id-", name, NULL);
  account->name = g_strdup (name);
  account->label = g_strdup (label);
  account->role = role;
  account->hash = g_strdup (hash);
  g_ptr_array_add (fixture->accounts->accounts, account);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->now_utc_ms = 1000000;
  fixture->accounts = g_object_new (TEST_TYPE_ACCOUNTS, NULL);
  fixture->sign_in = gs_local_accounts_new (GS_ACCOUNT_STORE (fixture->accounts), get_now, fixture);
  add (fixture, "kato", "Kato", GS_ROLE_OFFICER);
  add (fixture, "sato", NULL, GS_ROLE_SUPERVISOR);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->sign_in);
  g_object_unref (fixture->accounts);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GsSession *
wait_for (Fixture *fixture, GAsyncResult **result, GError **error)
{
  GsSession *session;

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  session = gs_sign_in_finish (GS_SIGN_IN (fixture->sign_in), *result, error);
  g_clear_object (result);
  return session;
}

static GsSession *
sign_in (Fixture *fixture, const char *name, const char *password, GError **error)
{
  GAsyncResult *result = NULL;

  gs_sign_in_async (GS_SIGN_IN (fixture->sign_in), GS_SIGN_IN_SESSION, name, password, NULL,
                    on_done, &result);
  return wait_for (fixture, &result, error);
}

static void
assert_denied (Fixture *fixture, const char *name, const char *password)
{
  static char *first_message;
  g_autoptr (GError) error = NULL;

  g_assert_null (sign_in (fixture, name, password, &error));
  g_assert_error (error, GS_AUTH_ERROR, GS_AUTH_ERROR_DENIED);
  /* One text for every failure. */
  if (first_message == NULL)
    first_message = g_strdup (error->message);
  g_assert_cmpstr (error->message, ==, first_message);
}

static void
assert_admitted (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsSession) session = sign_in (fixture, name, "correct horse", &error);

  g_assert_no_error (error);
  g_assert_nonnull (session);
}

static void
test_session (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsSession) kato = sign_in (fixture, " Kato", "correct horse", &error);
  g_autoptr (GsSession) sato = sign_in (fixture, "sato", "correct horse", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (gs_session_get_officer_id (kato), ==, "id-kato");
  g_assert_cmpstr (gs_session_get_display_name (kato), ==, "Kato");
  g_assert_cmpint (gs_session_get_role (kato), ==, GS_ROLE_OFFICER);
  g_assert_cmpint (gs_session_get_since_utc_ms (kato), ==, 1000000);
  g_assert_cmpstr (gs_session_get_display_name (sato), ==, "sato");
  g_assert_cmpstr (fixture->accounts->causes->str, ==, "oo");
}

static void
test_denied (Fixture *fixture, gconstpointer data)
{
  GsAccount *sato = g_ptr_array_index (fixture->accounts->accounts, 1);

  sato->disabled = TRUE;
  assert_denied (fixture, "kato", "wrong horse");
  assert_denied (fixture, "kato", "");
  assert_denied (fixture, "nobody", "correct horse");
  assert_denied (fixture, "", "correct horse");
  assert_denied (fixture, "sato", "correct horse");
  g_assert_cmpstr (fixture->accounts->causes->str, ==, "ppuud");
}

static void
test_lock_out (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 3; i++)
    assert_denied (fixture, "kato", "wrong horse");
  assert_denied (fixture, "kato", "correct horse"); /* locked: the right one does not help */
  fixture->now_utc_ms += 4999;
  assert_denied (fixture, "kato", "correct horse");
  assert_admitted (fixture, "sato"); /* others are not concerned */
  fixture->now_utc_ms += 1;
  assert_denied (fixture, "kato", "wrong horse"); /* the fourth: 10 s now */
  fixture->now_utc_ms += 9999;
  assert_denied (fixture, "kato", "correct horse");
  fixture->now_utc_ms += 1;
  assert_admitted (fixture, "kato");
  assert_denied (fixture, "kato", "wrong horse"); /* counted from the beginning */
  assert_admitted (fixture, "kato");
  g_assert_cmpstr (fixture->accounts->causes->str, ==,
                   "pppllo"
                   "plopo");
}

static void
test_lock_grows (void)
{
  gint64 last = 0;

  g_assert_cmpint (gs_local_accounts_lock_ms (0), ==, 0);
  g_assert_cmpint (gs_local_accounts_lock_ms (2), ==, 0);
  g_assert_cmpint (gs_local_accounts_lock_ms (3), ==, 5000);
  for (gint64 failures = 3; failures < 11; failures++)
    {
      g_assert_cmpint (gs_local_accounts_lock_ms (failures), >, last);
      last = gs_local_accounts_lock_ms (failures);
    }
  g_assert_cmpint (gs_local_accounts_lock_ms (G_MAXINT64), ==, 15 * 60 * 1000);
}

/* Five attempts at once are five failures, not one: none of them reads an old count. */
static void
test_at_once (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *results[5] = { NULL };
  const GsAccount *kato = g_ptr_array_index (fixture->accounts->accounts, 0);

  for (guint i = 0; i < 5; i++)
    gs_sign_in_async (GS_SIGN_IN (fixture->sign_in), GS_SIGN_IN_SESSION, "kato", "wrong horse",
                      NULL, on_done, &results[i]);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (wait_for (fixture, &results[i], &error));
      g_assert_error (error, GS_AUTH_ERROR, GS_AUTH_ERROR_DENIED);
    }
  g_assert_cmpstr (fixture->accounts->causes->str, ==, "pppll");
  g_assert_cmpint (kato->failures, ==, 3);
}

/* Nobody is signed in whose attempt could not be written. */
static void
test_not_written (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->accounts->broken = TRUE;
  g_assert_null (sign_in (fixture, "kato", "correct horse", &error));
  g_assert_error (error, GS_AUTH_ERROR, GS_AUTH_ERROR_UNAVAILABLE);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/auth/local-accounts/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  hash = gs_password_hash ("correct horse", NULL);
  ADD ("session", test_session);
  ADD ("denied", test_denied);
  ADD ("lock-out", test_lock_out);
  ADD ("at-once", test_at_once);
  ADD ("not-written", test_not_written);
  g_test_add_func ("/auth/local-accounts/lock-grows", test_lock_grows);
  status = g_test_run ();
  g_free (hash);
  return status;
}
