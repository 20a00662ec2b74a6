/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-local-accounts.h"

#include <sodium.h>
#include <string.h>

#include "gs-auth-error.h"
#include "gs-password.h"
#include "gs-uuid.h"
#include "gs-worker.h"

#define FREE_FAILURES 3
#define FIRST_LOCK_MS 5000
#define LONGEST_LOCK_MS (15 * 60 * 1000)

struct _GsLocalAccounts
{
  GObject parent_instance;

  GsAccountStore *store;
  GsWorker *worker;
  GsUtcFunc now;
  gpointer now_data;
  GQueue waiting; /* of GTask; the first one is being worked on */
};

static void sign_in_init (GsSignInInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsLocalAccounts,
                               gs_local_accounts,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_SIGN_IN, sign_in_init))

/* One sign-in on its way: find the account, check the password in the worker, write the attempt,
 * answer. Attempts run one after the other, so that no two of them read the same count of
 * failures. */
typedef struct
{
  GsSignInPurpose purpose;
  char *name;
  char *password;     /* sodium_malloc */
  GsAccount *account; /* NULL when there is none of that name */
  gboolean fits;
  gboolean succeeded;
} Attempt;

static void begin (GTask *task);

static void
forget_password (Attempt *attempt)
{
  if (attempt->password != NULL)
    sodium_free (attempt->password);
  attempt->password = NULL;
}

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  forget_password (attempt);
  g_free (attempt->name);
  g_clear_pointer (&attempt->account, gs_account_free);
  g_free (attempt);
}

static gint64
system_now (gpointer user_data)
{
  return g_get_real_time () / 1000;
}

/* Ends the sign-in that is being worked on and begins the next one. */
static void
end (GTask *task, GError *error, GsSession *session)
{
  GsLocalAccounts *self = g_task_get_source_object (task);
  GTask *next;

  g_queue_pop_head (&self->waiting);
  next = g_queue_peek_head (&self->waiting);
  if (next != NULL)
    begin (next);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, session, g_object_unref);
  g_object_unref (task);
}

static void
end_unavailable (GTask *task, GError *cause)
{
  GError *error = g_error_new (GS_AUTH_ERROR, GS_AUTH_ERROR_UNAVAILABLE,
                               "The accounts cannot be used: %s", cause->message);

  g_error_free (cause);
  end (task, error, NULL);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GsLocalAccounts *self = g_task_get_source_object (task);
  Attempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;

  if (!gs_account_store_write_attempt_finish (GS_ACCOUNT_STORE (source), result, &error))
    end_unavailable (task, error);
  else if (!attempt->succeeded)
    end (task, g_error_new (GS_AUTH_ERROR, GS_AUTH_ERROR_DENIED, "Sign-in was denied"), NULL);
  else
    end (task, NULL,
         gs_session_new (attempt->account->id, gs_account_get_display_name (attempt->account),
                         attempt->account->role, self->now (self->now_data)));
}

static const char *
judge (const Attempt *attempt, gint64 now_utc_ms)
{
  if (attempt->account == NULL)
    return "unknown";
  if (attempt->account->disabled)
    return "disabled";
  if (attempt->account->locked_until_utc_ms > now_utc_ms)
    return "locked";
  return attempt->fits ? "ok" : "password";
}

/* A wrong password counts; an attempt at a locked or disabled account is written down and changes
 * nothing, or else anybody could keep an officer out for ever. */
static void
write_down (GTask *task)
{
  GsLocalAccounts *self = g_task_get_source_object (task);
  Attempt *attempt = g_task_get_task_data (task);
  g_autofree char *id = gs_uuid_new ();
  GsSignInAttempt row = { 0 };

  row.attempt_id = id;
  row.at_utc_ms = self->now (self->now_data);
  row.cause = judge (attempt, row.at_utc_ms);
  row.purpose = attempt->purpose == GS_SIGN_IN_SECOND_OFFICER ? "second-officer" : "sign-in";
  attempt->succeeded = row.succeeded = g_str_equal (row.cause, "ok");
  if (attempt->account != NULL)
    {
      row.account_id = attempt->account->id;
      row.failures = attempt->account->failures;
      row.locked_until_utc_ms = attempt->account->locked_until_utc_ms;
      if (row.succeeded)
        row.failures = row.locked_until_utc_ms = 0;
      else if (g_str_equal (row.cause, "password"))
        {
          gint64 lock_ms = gs_local_accounts_lock_ms (++row.failures);

          row.locked_until_utc_ms = lock_ms > 0 ? row.at_utc_ms + lock_ms : 0;
        }
    }
  gs_account_store_write_attempt_async (self->store, &row, NULL, on_written, task);
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;

  attempt->fits = g_task_propagate_boolean (G_TASK (result), &error);
  forget_password (attempt);
  if (error != NULL)
    end_unavailable (task, error);
  else
    write_down (task);
}

static void
verify (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Attempt *attempt = data;

  g_task_return_boolean (
    task, gs_password_verify (attempt->account != NULL ? attempt->account->hash : NULL,
                              attempt->password));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GsLocalAccounts *self = g_task_get_source_object (task);
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr (GTask) check = NULL;
  GError *error = NULL;

  attempt->account = gs_account_store_find_finish (GS_ACCOUNT_STORE (source), result, &error);
  if (error != NULL)
    {
      end_unavailable (task, error);
      return;
    }
  /* No reference on self here: the last one must not be dropped in the worker. */
  check = g_task_new (NULL, NULL, on_verified, task);
  g_task_set_task_data (check, attempt, NULL);
  gs_worker_push (self->worker, check, verify);
}

static void
begin (GTask *task)
{
  GsLocalAccounts *self = g_task_get_source_object (task);
  Attempt *attempt = g_task_get_task_data (task);

  gs_account_store_find_async (self->store, attempt->name, NULL, on_found, task);
}

static void
sign_in_async (GsSignIn *sign_in,
               GsSignInPurpose purpose,
               const char *name,
               const char *password,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  GsLocalAccounts *self = GS_LOCAL_ACCOUNTS (sign_in);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Attempt *attempt = g_new0 (Attempt, 1);
  gsize size = strlen (password) + 1;

  attempt->purpose = purpose;
  attempt->name = g_ascii_strdown (name, -1);
  g_strstrip (attempt->name);
  g_task_set_source_tag (task, gs_sign_in_async);
  g_task_set_task_data (task, attempt, attempt_free);
  attempt->password = sodium_init () >= 0 ? sodium_malloc (size) : NULL;
  if (attempt->password == NULL)
    {
      g_task_return_new_error (task, GS_AUTH_ERROR, GS_AUTH_ERROR_HASH,
                               "No locked memory for the password");
      g_object_unref (task);
      return;
    }
  memcpy (attempt->password, password, size);
  g_queue_push_tail (&self->waiting, task);
  if (g_queue_get_length (&self->waiting) == 1)
    begin (task);
}

static GsSession *
sign_in_finish (GsSignIn *sign_in, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, sign_in), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
sign_in_init (GsSignInInterface *iface)
{
  iface->sign_in_async = sign_in_async;
  iface->sign_in_finish = sign_in_finish;
}

static void
gs_local_accounts_dispose (GObject *object)
{
  GsLocalAccounts *self = GS_LOCAL_ACCOUNTS (object);

  g_clear_object (&self->worker);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (gs_local_accounts_parent_class)->dispose (object);
}

static void
gs_local_accounts_class_init (GsLocalAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_local_accounts_dispose;
}

static void
gs_local_accounts_init (GsLocalAccounts *self)
{
  self->worker = gs_worker_new ("sign-in");
  g_queue_init (&self->waiting);
}

GsLocalAccounts *
gs_local_accounts_new (GsAccountStore *store, GsUtcFunc now, gpointer user_data)
{
  GsLocalAccounts *self;

  g_return_val_if_fail (GS_IS_ACCOUNT_STORE (store), NULL);

  self = g_object_new (GS_TYPE_LOCAL_ACCOUNTS, NULL);
  self->store = g_object_ref (store);
  self->now = now != NULL ? now : system_now;
  self->now_data = user_data;
  return self;
}

gint64
gs_local_accounts_lock_ms (gint64 failures)
{
  gint64 lock_ms = FIRST_LOCK_MS;

  if (failures < FREE_FAILURES)
    return 0;
  for (gint64 i = FREE_FAILURES; i < failures && lock_ms < LONGEST_LOCK_MS; i++)
    lock_ms *= 2;
  return MIN (lock_ms, LONGEST_LOCK_MS);
}
