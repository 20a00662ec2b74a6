/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The desk's local accounts on the command line, in the database that the desk uses. */

#include "gs-account-table.h"
#include "gs-build-config.h"
#include "gs-password.h"
#include "gs-store.h"
#include "gs-time.h"
#include "gs-uuid.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define EXIT_DONE 0
#define EXIT_NOT_DONE 1
#define EXIT_USAGE 64

static const char usage[] =
  "Usage: gateside-accounts add --database FILE --name NAME --role ROLE [--label TEXT]\n"
  "       gateside-accounts list --database FILE\n"
  "       gateside-accounts disable --database FILE --name NAME\n"
  "       gateside-accounts enable --database FILE --name NAME\n"
  "       gateside-accounts --help | --version\n"
  "\n"
  "Commands:\n"
  "  add        make an account; its password is the first line of standard input\n"
  "  list       print name, role, state and label of every account\n"
  "  disable    keep an account from signing in\n"
  "  enable     let it sign in again\n"
  "\n"
  "Roles: officer, supervisor, administrator, auditor.\n"
  "Exit status: 0 done, 1 not done, 64 wrong usage.\n";

typedef struct
{
  char *database;
  char *name;
  char *role;
  char *label;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->database);
  g_free (options->name);
  g_free (options->role);
  g_free (options->label);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
fail_usage (const char *message)
{
  fprintf (stderr, "gateside-accounts: %s\nTry 'gateside-accounts --help'.\n", message);
  return EXIT_USAGE;
}

static int
fail (const char *what, const GError *error)
{
  fprintf (stderr, "gateside-accounts: %s: %s\n", what, error->message);
  return EXIT_NOT_DONE;
}

/* Reads one line without its end into a buffer that the caller cleanses. No echo on a terminal. */
static gboolean
read_password (char *buffer, gsize size)
{
  struct termios old, quiet;
  gboolean terminal = isatty (STDIN_FILENO) && tcgetattr (STDIN_FILENO, &old) == 0;
  gboolean got;

  if (terminal)
    {
      quiet = old;
      quiet.c_lflag &= (tcflag_t) ~ECHO;
      fputs ("Password: ", stderr);
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
    }
  got = fgets (buffer, (int) size, stdin) != NULL;
  if (terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &old);
      fputc ('\n', stderr);
    }
  if (got)
    buffer[strcspn (buffer, "\r\n")] = '\0';
  return got;
}

static gpointer
add_account (GsDatabase *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER (gs_account_table_add (db, data, error));
}

static char *
read_and_hash (GError **error)
{
  char password[512];
  char *hash = NULL;

  setvbuf (stdin, NULL, _IONBF, 0);
  if (read_password (password, sizeof password))
    hash = gs_password_hash (password, error);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "No password on standard input");
  explicit_bzero (password, sizeof password);
  return hash;
}

static int
run_add (GsStore *store, const Options *options, GsRole role)
{
  g_autoptr (GsAccount) account = gs_account_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = g_strdup_printf ("role=%s", gs_role_to_word (role));
  GsRecordEntry entry = { 0 };

  account->hash = read_and_hash (&error);
  if (account->hash == NULL)
    return fail ("no account was made", error);
  account->id = gs_uuid_new ();
  account->name = g_strdup (options->name);
  account->label = g_strdup (options->label);
  account->role = role;
  account->created_at_utc_ms = g_get_real_time () / 1000;
  entry.kind = "account.add";
  entry.at_utc_ms = account->created_at_utc_ms;
  entry.subject = account->id;
  entry.detail = detail;
  gs_store_transact (store, &entry, add_account, account, &error);
  if (g_error_matches (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT))
    {
      fprintf (stderr, "gateside-accounts: there is an account named %s already\n", options->name);
      return EXIT_NOT_DONE;
    }
  return error == NULL ? EXIT_DONE : fail ("no account was made", error);
}

static gpointer
list_accounts (GsDatabase *db, gpointer data, GError **error)
{
  return gs_account_table_list (db, error);
}

static int
run_list (GsStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = gs_store_query (store, list_accounts, NULL, &error);

  if (accounts == NULL)
    return fail ("the accounts cannot be read", error);
  for (guint i = 0; i < accounts->len; i++)
    {
      const GsAccount *account = g_ptr_array_index (accounts, i);

      printf ("%s\t%s\t%s\t%s\n", account->name, gs_role_to_word (account->role),
              account->disabled ? "disabled" : "enabled",
              account->label != NULL ? account->label : "");
    }
  return EXIT_DONE;
}

typedef struct
{
  const char *name;
  gboolean disabled;
} Change;

static gpointer
set_disabled (GsDatabase *db, gpointer data, GError **error)
{
  const Change *change = data;

  return GINT_TO_POINTER (
    gs_account_table_set_disabled (db, change->name, change->disabled, error));
}

static gpointer
find_account (GsDatabase *db, gpointer data, GError **error)
{
  return gs_account_table_find (db, data, error);
}

static int
run_set_disabled (GsStore *store, const Options *options, gboolean disabled)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsAccount) account = gs_store_query (store, find_account, options->name, &error);
  Change change = { options->name, disabled };
  GsRecordEntry entry = { 0 };

  if (error != NULL)
    return fail ("the accounts cannot be read", error);
  if (account == NULL)
    {
      fprintf (stderr, "gateside-accounts: there is no account named %s\n", options->name);
      return EXIT_NOT_DONE;
    }
  entry.kind = disabled ? "account.disable" : "account.enable";
  entry.at_utc_ms = g_get_real_time () / 1000;
  entry.subject = account->id;
  gs_store_transact (store, &entry, set_disabled, &change, &error);
  return error == NULL ? EXIT_DONE : fail ("nothing was changed", error);
}

static int
run (const char *command, const Options *options)
{
  gboolean add = g_str_equal (command, "add");
  gboolean list = g_str_equal (command, "list");
  gboolean disable = g_str_equal (command, "disable");
  GsRole role = GS_ROLE_OFFICER;
  g_autoptr (GsStore) store = NULL;
  g_autoptr (GError) error = NULL;
  int code;

  if (!add && !list && !disable && !g_str_equal (command, "enable"))
    return fail_usage ("unknown command");
  if (options->database == NULL)
    return fail_usage ("--database is missing");
  if (!list && !gs_account_name_is_valid (options->name))
    return fail_usage ("--name needs 1 to 64 of a-z, 0-9, '.', '-' and '_'");
  if (add && !gs_role_from_word (options->role, &role))
    return fail_usage ("--role is officer, supervisor, administrator or auditor");
  if (!add && (options->role != NULL || options->label != NULL))
    return fail_usage ("--role and --label belong to add");
  if (options->label != NULL && !g_utf8_validate (options->label, -1, NULL))
    return fail_usage ("--label is not UTF-8");
  if (!add && !g_file_test (options->database, G_FILE_TEST_EXISTS))
    {
      fprintf (stderr, "gateside-accounts: there is no such database\n");
      return EXIT_NOT_DONE;
    }
  store = gs_store_open (options->database, &error);
  if (store == NULL)
    return fail ("the database cannot be used", error);
  if (add)
    code = run_add (store, options, role);
  else
    code = list ? run_list (store) : run_set_disabled (store, options, disable);
  gs_store_close (store);
  return code;
}

int
main (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  gboolean version = FALSE, help = FALSE;
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &options.database, NULL, NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, NULL, NULL },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role, NULL, NULL },
    { "label", 0, 0, G_OPTION_ARG_STRING, &options.label, NULL, NULL },
    { "help", 0, 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return fail_usage (error->message);
  if (help)
    {
      fputs (usage, stdout);
      return EXIT_DONE;
    }
  if (version)
    {
      puts ("gateside-accounts " GS_VERSION);
      return EXIT_DONE;
    }
  if (argc != 2)
    return fail_usage (argc < 2 ? "a command is missing" : "one command is enough");
  return run (argv[1], &options);
}
