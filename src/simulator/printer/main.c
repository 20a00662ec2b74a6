/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gateside-stamp-printer: a stamp printer that is not there. IPP over TLS on loopback by PAPPL,
 * pages as pictures, and a log of what really got on paper. */
#include "gs-build-config.h"
#include "gs-sim-driver.h"
#include "gs-sim-web.h"

#include <cups/cups.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <gio/gio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define EXIT_USAGE 64
#define DEFAULT_PORT 8631
#define PRINTER_NAME "Stamp"
/* How long running pages may take to end after SIGTERM. */
#define END_US (300 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  int port;
  char *name;
  char *spool;
  char *ground_truth;
  char *cert;
  char *key;
  char *port_file;
  char *log_level;
  char **faults;
  gboolean stay;
  gboolean version;
} Options;

typedef struct
{
  pappl_system_t *system;
  GsSimMachine machine;
  char *state_path;
  GMutex memory;   /* around writing the state */
  gboolean closed; /* written for the last time; under memory */
  gint changed;    /* something happened that a restart must remember */
  gint ending;
} Program;

static gboolean
parse_options (int *argc, char ***argv, Options *options)
{
  GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &options->port,
      "Port on localhost (8631); 0 takes a free one", "N" },
    { "name", 'n', 0, G_OPTION_ARG_STRING, &options->name,
      "What the printer calls itself on its first start (Stamp); several may run side by side, "
      "each "
      "with a port and a spool of its own",
      "NAME" },
    { "spool", 's', 0, G_OPTION_ARG_FILENAME, &options->spool,
      "Folder of the printed pages and of the printer's memory", "DIR" },
    { "ground-truth", 'g', 0, G_OPTION_ARG_FILENAME, &options->ground_truth,
      "Log of what got on paper, a JSON line a page (DIR/ground-truth.jsonl)", "FILE" },
    { "cert", 0, 0, G_OPTION_ARG_FILENAME, &options->cert,
      "PEM certificate for localhost (made in DIR/tls when absent)", "FILE" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &options->key, "PEM private key of it", "FILE" },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &options->port_file,
      "Written when it listens: a line 'printer PORT'", "FILE" },
    { "fault", 'f', 0, G_OPTION_ARG_STRING_ARRAY, &options->faults,
      "jam[=LINE], media-empty, supply-low, offline, slow=MS, head-failure=LINE, power-cut=LINE; "
      "may be given several times",
      "NAME" },
    { "log-level", 0, 0, G_OPTION_ARG_STRING, &options->log_level,
      "debug, info, warn, error (warn), to standard error", "LEVEL" },
    { "stay", 0, 0, G_OPTION_ARG_NONE, &options->stay, "Do not end with the parent process", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Show the version", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a simulated stamp printer");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  if (options->version)
    return TRUE;
  if (*argc != 1 || options->spool == NULL || (options->cert == NULL) != (options->key == NULL)
      || options->port < 0 || options->port > 65535)
    {
      g_printerr ("--spool DIR is needed, --cert and --key go together; see --help\n");
      return FALSE;
    }
  return TRUE;
}

static pappl_loglevel_t
log_level_of (const char *name)
{
  if (g_strcmp0 (name, "debug") == 0)
    return PAPPL_LOGLEVEL_DEBUG;
  if (g_strcmp0 (name, "info") == 0)
    return PAPPL_LOGLEVEL_INFO;
  if (g_strcmp0 (name, "error") == 0)
    return PAPPL_LOGLEVEL_ERROR;
  return PAPPL_LOGLEVEL_WARN;
}

static gboolean
copy_file (const char *from, const char *dir, const char *name, GError **error)
{
  g_autofree char *to = g_build_filename (dir, name, NULL);
  g_autofree char *contents = NULL;
  gsize len = 0;

  return g_file_get_contents (from, &contents, &len, error)
         && g_file_set_contents_full (to, contents, (gssize) len, G_FILE_SET_CONTENTS_CONSISTENT,
                                      0600, error);
}

/* libcups serves DIR/tls/localhost.crt and .key to whoever connects on loopback. */
static gboolean
set_credentials (const Options *options, GError **error)
{
  g_autofree char *dir = g_build_filename (options->spool, "tls", NULL);

  if (g_mkdir_with_parents (dir, 0700) != 0)
    {
      int saved = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", dir,
                   g_strerror (saved));
      return FALSE;
    }
  if (options->cert != NULL
      && (!copy_file (options->cert, dir, "localhost.crt", error)
          || !copy_file (options->key, dir, "localhost.key", error)))
    return FALSE;
  if (options->cert == NULL)
    {
      g_autofree char *made = g_build_filename (dir, "localhost.crt", NULL);

      if (!g_file_test (made, G_FILE_TEST_EXISTS)
          && !cupsMakeServerCredentials (dir, "localhost", 0, NULL, time (NULL) + 3650 * 86400L))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "No certificate could be made: %s",
                       cupsLastErrorString ());
          return FALSE;
        }
    }
  cupsSetServerCredentials (dir, "localhost", 0);
  return TRUE;
}

static void
on_event (pappl_system_t *system,
          pappl_printer_t *printer,
          pappl_job_t *job,
          pappl_event_t event,
          void *data)
{
  g_atomic_int_set (&((Program *) data)->changed, TRUE);
}

/* Writes what the printer remembers, whole or not at all. After the last time nothing is written
 * any more: what closing down does to the jobs (PAPPL calls them cancelled) is not what they were.
 * So a job that still waits for its document is held in the file, and PAPPL, which finds no
 * document when it loads it, always calls it aborted. */
static void
remember (Program *program, gboolean last)
{
  g_autofree char *path = g_strconcat (program->state_path, ".new", NULL);

  g_mutex_lock (&program->memory);
  if (!program->closed && papplSystemSaveState (program->system, path)
      && g_rename (path, program->state_path) != 0)
    g_printerr ("%s: %s\n", program->state_path, g_strerror (errno));
  program->closed = program->closed || last;
  g_mutex_unlock (&program->memory);
}

/* A printer remembers its jobs and its counter: writes them soon after each change, so that a power
 * cut loses little. */
static gpointer
save_thread (gpointer data)
{
  Program *program = data;

  while (!g_atomic_int_get (&program->ending))
    {
      g_usleep (100 * G_TIME_SPAN_MILLISECOND);
      if (g_atomic_int_compare_and_exchange (&program->changed, TRUE, FALSE))
        remember (program, FALSE);
    }
  return NULL;
}

/* PAPPL's own choice of a port knows only 8000 and what follows. */
static int
free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static void
close_out (pappl_printer_t *printer, void *data)
{
  papplPrinterCancelAllJobs (printer);
}

/* PAPPL waits up to a minute for its jobs after SIGTERM. Here the page under the head ends as it
 * is, is logged, and the program ends. */
static gpointer
signal_thread (gpointer data)
{
  Program *program = data;
  sigset_t signals;
  int received;

  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGHUP);
  sigwait (&signals, &received);
  g_atomic_int_set (&program->ending, TRUE);
  gs_sim_faults_end (program->machine.faults);
  remember (program, TRUE);
  papplSystemIteratePrinters (program->system, close_out, program);
  g_usleep (END_US);
  _exit (0);
}

static void
block_signals (void)
{
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGHUP);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  signal (SIGPIPE, SIG_IGN);
}

static void
hide_printer (pappl_printer_t *printer, void *data)
{
  Program *program = data;

  papplPrinterSetDNSSDName (printer, NULL);
  papplPrinterSetMaxActiveJobs (printer, 16);
  papplPrinterSetMaxCompletedJobs (printer, 1000);
  gs_sim_driver_refresh (printer, &program->machine);
}

/* PAPPL 1.3 writes a job that waits for its document without a format, and on loading stops at such
 * a line and forgets every job after it. Gives these lines a format. */
static void
mend_state (const char *path)
{
  g_autofree char *contents = NULL;
  g_autoptr (GString) mended = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &contents, NULL, NULL))
    return;
  lines = g_strsplit (contents, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_string_append (mended, *line);
      if (g_str_has_prefix (*line, "Job ") && strstr (*line, " format=\"") == NULL)
        g_string_append (mended, " format=\"application/octet-stream\"");
      if (line[1] != NULL)
        g_string_append_c (mended, '\n');
    }
  if (!g_file_set_contents (path, mended->str, (gssize) mended->len, NULL))
    g_printerr ("%s cannot be written\n", path);
}

static gboolean
build_system (Program *program, const Options *options, GError **error)
{
  pappl_version_t version = { .name = "gateside-stamp-printer",
                              .sversion = GS_VERSION,
                              .version = { 0, 1, 0, 0 } };

  program->system =
    papplSystemCreate (PAPPL_SOPTIONS_WEB_INTERFACE, "Gateside stamp printer", options->port, NULL,
                       options->spool, "-", log_level_of (options->log_level), NULL, true);
  if (program->system == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "PAPPL did not start in %s",
                   options->spool);
      return FALSE;
    }
  papplSystemSetVersions (program->system, 1, &version);
  papplSystemSetHostName (program->system, "localhost");
  papplSystemSetDNSSDName (program->system, NULL);
  gs_sim_driver_install (program->system, &program->machine);
  gs_sim_web_install (program->system, &program->machine);
  mend_state (program->state_path);
  if (!papplSystemLoadState (program->system, program->state_path)
      || papplSystemGetDefaultPrinterID (program->system) <= 0)
    papplPrinterCreate (program->system, 0, options->name != NULL ? options->name : PRINTER_NAME,
                        GS_SIM_DRIVER_NAME, NULL, GS_SIM_DEVICE_URI);
  papplSystemSetHostName (program->system, "localhost");
  papplSystemSetEventCallback (program->system, on_event, program);
  papplSystemIteratePrinters (program->system, hide_printer, program);
  if (!set_credentials (options, error))
    return FALSE;
  if (!papplSystemAddListeners (program->system, "localhost"))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "Port %d cannot be used",
                   options->port);
      return FALSE;
    }
  return TRUE;
}

static gboolean
set_up (Program *program, const Options *options, GError **error)
{
  g_autofree char *truth = options->ground_truth != NULL
                             ? g_strdup (options->ground_truth)
                             : g_build_filename (options->spool, "ground-truth.jsonl", NULL);

  if (g_mkdir_with_parents (options->spool, 0700) != 0)
    {
      int saved = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", options->spool,
                   g_strerror (saved));
      return FALSE;
    }
  /* libcups keeps files of its own in the home folder; this one is as good, and always there. */
  g_setenv ("HOME", options->spool, TRUE);
  program->state_path = g_build_filename (options->spool, "printer.state", NULL);
  program->machine.paper = gs_sim_paper_new (options->spool, truth, error);
  if (program->machine.paper == NULL)
    return FALSE;
  program->machine.faults = gs_sim_faults_new ();
  for (char **fault = options->faults; fault != NULL && *fault != NULL; fault++)
    if (!gs_sim_faults_set (program->machine.faults, *fault))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "Unknown fault %s", *fault);
        return FALSE;
      }
  return build_system (program, options, error);
}

int
main (int argc, char **argv)
{
  Options options = { .port = DEFAULT_PORT };
  Program program = { 0 };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  if (!parse_options (&argc, &argv, &options))
    return EXIT_USAGE;
  if (options.version)
    {
      g_print ("gateside-stamp-printer %s\n", GS_VERSION);
      return 0;
    }
  if (options.port == 0)
    options.port = free_port ();
  if (!options.stay)
    prctl (PR_SET_PDEATHSIG, SIGTERM);
  block_signals ();
  if (!set_up (&program, &options, &error))
    {
      g_printerr ("gateside-stamp-printer: %s\n", error->message);
      return error->domain == G_OPTION_ERROR ? EXIT_USAGE : 1;
    }
  g_thread_unref (g_thread_new ("signals", signal_thread, &program));
  g_thread_unref (g_thread_new ("memory", save_thread, &program));
  if (options.port_file != NULL)
    {
      g_autofree char *line = g_strdup_printf ("printer %d\n", options.port);

      if (!g_file_set_contents (options.port_file, line, -1, &error))
        g_printerr ("%s\n", error->message);
    }
  setvbuf (stdout, NULL, _IOLBF, 0);
  g_print ("listening on ipps://localhost:%d/ipp/print, pages in %s\n", options.port,
           options.spool);
  papplSystemRun (program.system);
  return 1;
}
