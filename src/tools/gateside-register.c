/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The register of stamps on the command line: beside the station, in the database that it uses. */

#include "gateside-register.h"

#include "gs-build-config.h"
#include "gs-local-accounts.h"
#include "gs-sign-in.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const char usage[] =
  "Usage: gateside-register list DATABASE [--json]\n"
  "       gateside-register enter DATABASE --stamp NAME [--code CODE] [--printer URI] --as "
  "ACCOUNT\n"
  "       gateside-register hand-out DATABASE --desk DESK --stamp NAME --as RECEIVER --with GIVER\n"
  "       gateside-register return DATABASE --stamp NAME --as GIVER --with RECEIVER\n"
  "       gateside-register rotate DATABASE --stamp NAME [--code CODE] --as SUPERVISOR\n"
  "       gateside-register lost|stolen|retire DATABASE --stamp NAME --as ACCOUNT\n"
  "       gateside-register reconcile --config FILE --as ACCOUNT [--with ACCOUNT] [--day DAY]\n"
  "                         [--counted N] [--reason WORD] [--time-zone ZONE] [--dry-run] [--json]\n"
  "       gateside-register report DATABASE --desk DESK [--from DAY] [--to DAY] --pdf FILE|--csv "
  "FILE\n"
  "       gateside-register --help | --version\n"
  "\n"
  "DATABASE is --database FILE, or --config FILE with the desk's key file, which names the desk, "
  "too.\n"
  "\n"
  "Commands:\n"
  "  list        print stamp, state, code, since when, holder and desk of every stamp\n"
  "  enter       a new stamp; its code is random without --code\n"
  "  hand-out    to the officer --as, from the officer --with; one of them is a supervisor\n"
  "  return      from its holder --as (or a supervisor) to another officer --with\n"
  "  rotate      give it a new code\n"
  "  lost, stolen, retire    it prints no more, at once and for ever\n"
  "  reconcile   close the day: issued + void + test against the printers' counters\n"
  "  report      the reconciliations and holdings of some days; the export is in the record\n"
  "\n"
  "The password of --as is the first line of standard input, that of --with the second.\n"
  "Reasons: counter-reset, printer-exchanged, service, first, restored, not-found.\n"
  "Exit status: 0 done, 1 not done, 64 wrong usage.\n";

int
register_fail_usage (const char *message)
{
  fprintf (stderr, "gateside-register: %s\nTry 'gateside-register --help'.\n", message);
  return EXIT_USAGE;
}

int
register_fail (const char *what, const GError *error)
{
  fprintf (stderr, "gateside-register: %s: %s\n", what, error->message);
  return EXIT_NOT_DONE;
}

/* --- who -------------------------------------------------------------------------------------- */

/* One line without its end; no echo on a terminal. */
static gboolean
read_password (const char *name, char *buffer, int size)
{
  struct termios old, quiet;
  gboolean terminal = isatty (STDIN_FILENO) && tcgetattr (STDIN_FILENO, &old) == 0;
  gboolean got;

  if (terminal)
    {
      quiet = old;
      quiet.c_lflag &= (tcflag_t) ~ECHO;
      fprintf (stderr, "Password of %s: ", name);
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
    }
  got = fgets (buffer, size, stdin) != NULL;
  if (terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &old);
      fputc ('\n', stderr);
    }
  if (got)
    buffer[strcspn (buffer, "\r\n")] = '\0';
  return got;
}

typedef struct
{
  GsSession *session;
  gboolean over;
} SignIn;

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SignIn *wait = user_data;

  wait->session = gs_sign_in_finish (GS_SIGN_IN (source), result, NULL);
  wait->over = TRUE;
}

GsSession *
register_sign_in (GsStore *store, const char *name)
{
  g_autoptr (GsLocalAccounts) accounts =
    gs_local_accounts_new (GS_ACCOUNT_STORE (store), NULL, NULL);
  char password[512] = "";
  SignIn wait = { NULL, FALSE };

  setvbuf (stdin, NULL, _IONBF, 0);
  if (read_password (name, password, sizeof password))
    {
      gs_sign_in_async (GS_SIGN_IN (accounts), GS_SIGN_IN_SECOND_OFFICER, name, password, NULL,
                        on_signed_in, &wait);
      while (!wait.over)
        g_main_context_iteration (NULL, TRUE);
    }
  explicit_bzero (password, sizeof password);
  if (wait.session == NULL)
    fprintf (stderr, "gateside-register: %s was not signed in\n", name);
  return wait.session;
}

/* --- the command ------------------------------------------------------------------------------ */

static gboolean
find_act (const char *command, GsRegisterAct *act)
{
  static const struct
  {
    const char *word;
    GsRegisterAct act;
  } acts[] = {
    { "enter", GS_REGISTER_ENTER },      { "hand-out", GS_REGISTER_HAND_OUT },
    { "return", GS_REGISTER_TAKE_BACK }, { "rotate", GS_REGISTER_ROTATE },
    { "lost", GS_REGISTER_LOST },        { "stolen", GS_REGISTER_STOLEN },
    { "retire", GS_REGISTER_RETIRE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (command, acts[i].word))
      {
        *act = acts[i].act;
        return TRUE;
      }
  return FALSE;
}

static const char *
check_change (GsRegisterAct act, const RegisterOptions *options)
{
  gboolean two = gs_register_needs_second (act);

  if (!gs_stamp_device_id_is_valid (options->stamp))
    return "--stamp needs 1 to 16 of A-Z, 0-9 and '-', which neither begins nor ends it";
  if (options->code != NULL && !gs_stamp_device_id_is_valid (options->code))
    return "--code needs 1 to 16 of A-Z, 0-9 and '-', which neither begins nor ends it";
  if (options->code != NULL && act != GS_REGISTER_ENTER && act != GS_REGISTER_ROTATE)
    return "--code belongs to enter and rotate";
  if (options->printer != NULL && act != GS_REGISTER_ENTER)
    return "--printer belongs to enter";
  if (options->as == NULL)
    return "--as is missing";
  if (two != (options->with != NULL))
    return two ? "--with is missing: two people hand a stamp over" : "one account is enough";
  if (act == GS_REGISTER_HAND_OUT && options->desk == NULL)
    return "--desk is missing";
  return NULL;
}

static const char *
check (const char *command, const RegisterOptions *options, GsRegisterAct *act)
{
  *act = 0;
  if (find_act (command, act))
    return check_change (*act, options);
  if (g_str_equal (command, "list"))
    return NULL;
  if (g_str_equal (command, "reconcile"))
    return options->loaded == NULL ? "reconcile needs --config"
           : options->as == NULL   ? "--as is missing"
                                   : NULL;
  if (g_str_equal (command, "report"))
    return options->desk == NULL                              ? "--desk is missing"
           : (options->pdf != NULL) == (options->csv != NULL) ? "one of --pdf and --csv is needed"
                                                              : NULL;
  return "unknown command";
}

static gboolean
load_config (RegisterOptions *options)
{
  g_autoptr (GPtrArray) mistakes = NULL;

  options->loaded = gs_config_load (options->config, &mistakes);
  for (guint i = 0; i < mistakes->len; i++)
    {
      const GsConfigMistake *mistake = g_ptr_array_index (mistakes, i);

      fprintf (stderr, "%s:%u: %s\n", options->config, mistake->line, mistake->sentence);
    }
  if (options->loaded == NULL)
    return FALSE;
  options->database = g_strdup (options->loaded->database);
  if (options->desk == NULL)
    options->desk = g_strdup (options->loaded->desk_id);
  return TRUE;
}

static int
run (const char *command, RegisterOptions *options)
{
  GsRegisterAct act;
  const char *mistake;
  g_autoptr (GsStore) store = NULL;
  g_autoptr (GError) error = NULL;
  int code;

  if ((options->database != NULL) == (options->config != NULL))
    return register_fail_usage ("one of --database and --config is needed");
  if (options->config != NULL && !load_config (options))
    return EXIT_NOT_DONE;
  mistake = check (command, options, &act);
  if (mistake != NULL)
    return register_fail_usage (mistake);
  if (!g_file_test (options->database, G_FILE_TEST_EXISTS))
    {
      fprintf (stderr, "gateside-register: there is no such database\n");
      return EXIT_NOT_DONE;
    }
  store = gs_store_open (options->database, &error);
  if (store == NULL)
    return register_fail ("the database cannot be used", error);
  if (act != 0)
    code = register_change (store, act, options);
  else if (g_str_equal (command, "list"))
    code = register_list (store, options);
  else
    code = g_str_equal (command, "report") ? register_report (store, options)
                                           : register_reconcile (store, options);
  gs_store_close (store);
  return code;
}

static void
options_clear (RegisterOptions *options)
{
  char **const texts[] = { &options->database, &options->config,  &options->desk,   &options->stamp,
                           &options->code,     &options->printer, &options->as,     &options->with,
                           &options->day,      &options->zone,    &options->reason, &options->from,
                           &options->to,       &options->pdf,     &options->csv };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_clear_pointer (&options->loaded, gs_config_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RegisterOptions, options_clear)

int
main (int argc, char **argv)
{
  g_auto (RegisterOptions) options = { .counted = -1 };
  gboolean version = FALSE, help = FALSE;
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &options.database, NULL, NULL },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &options.config, NULL, NULL },
    { "desk", 0, 0, G_OPTION_ARG_STRING, &options.desk, NULL, NULL },
    { "stamp", 0, 0, G_OPTION_ARG_STRING, &options.stamp, NULL, NULL },
    { "code", 0, 0, G_OPTION_ARG_STRING, &options.code, NULL, NULL },
    { "printer", 0, 0, G_OPTION_ARG_STRING, &options.printer, NULL, NULL },
    { "as", 0, 0, G_OPTION_ARG_STRING, &options.as, NULL, NULL },
    { "with", 0, 0, G_OPTION_ARG_STRING, &options.with, NULL, NULL },
    { "day", 0, 0, G_OPTION_ARG_STRING, &options.day, NULL, NULL },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &options.zone, NULL, NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, NULL, NULL },
    { "counted", 0, 0, G_OPTION_ARG_INT, &options.counted, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, NULL, NULL },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, NULL, NULL },
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &options.pdf, NULL, NULL },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &options.csv, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, NULL, NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.look, NULL, NULL },
    { "help", 0, 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return register_fail_usage (error->message);
  if (help)
    {
      fputs (usage, stdout);
      return EXIT_DONE;
    }
  if (version)
    {
      puts ("gateside-register " GS_VERSION);
      return EXIT_DONE;
    }
  if (argc != 2)
    return register_fail_usage (argc < 2 ? "a command is missing" : "one command is enough");
  return run (argv[1], &options);
}
