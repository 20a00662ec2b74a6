/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-control.h"
#include "gs-sim-chip-link.h"

#include "gs-build-config.h"

#include <arpa/inet.h>
#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_USAGE 64
#define VPCD_PORT 35963

static struct
{
  char *vpcd, *control, *passport, *log, *port_file;
  char **faults;
  int gap_ms;
  gboolean input, list, version;
} opt = { .gap_ms = 1000 };

static const GOptionEntry entries[] = {
  { "vpcd", 0, 0, G_OPTION_ARG_STRING, &opt.vpcd,
    "Where vpcd listens, a numeric address (127.0.0.1:35963)", "HOST:PORT" },
  { "passport", 'p', 0, G_OPTION_ARG_FILENAME, &opt.passport, "Lay this passport on the reader",
    "DIR" },
  { "fault", 'f', 0, G_OPTION_ARG_STRING_ARRAY, &opt.faults,
    "How the chip misbehaves; repeatable, with --passport", "NAME[=VALUE]" },
  { "control", 'c', 0, G_OPTION_ARG_FILENAME, &opt.control,
    "Take commands on a UNIX socket or at HOST:PORT (port 0: a free one)", "PATH|HOST:PORT" },
  { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &opt.port_file,
    "Write the control port here once it listens", "FILE" },
  { "stdin", 'i', 0, G_OPTION_ARG_NONE, &opt.input, "Take commands on standard input", NULL },
  { "log", 'l', 0, G_OPTION_ARG_FILENAME, &opt.log, "Write what happened: one line a command",
    "FILE" },
  { "gap", 0, 0, G_OPTION_ARG_INT, &opt.gap_ms,
    "Milliseconds that the reader is empty between two passports (1000)", "MS" },
  { "list-faults", 0, 0, G_OPTION_ARG_NONE, &opt.list, "Print the faults", NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &opt.version, "Print the version", NULL },
  { NULL },
};

static GsSimChipFault fault;

static gboolean
stop (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* NULL, or what is wrong with the command line. HOST receives the address. */
static const char *
read_options (char **host, guint16 *port)
{
  g_auto (GStrv) parts = g_strsplit (opt.vpcd ? opt.vpcd : "127.0.0.1:35963", ":", 2);
  struct in_addr address;
  guint64 number;
  char *wrong = NULL;

  if (g_strv_length (parts) != 2 || inet_pton (AF_INET, parts[0], &address) != 1
      || !g_ascii_string_to_unsigned (parts[1], 10, 1, 65535, &number, NULL))
    return "--vpcd takes a numeric address and a port";
  if (opt.gap_ms < 0 || opt.gap_ms > 60000)
    return "--gap takes 0 to 60000";
  if (opt.passport == NULL && opt.control == NULL && !opt.input)
    return "--passport, --control or --stdin is needed";
  if (opt.faults != NULL && opt.passport == NULL)
    return "--fault goes with --passport";
  for (char **word = opt.faults; word != NULL && *word != NULL; word++)
    if (!gs_sim_chip_fault_add (&fault, *word, &wrong))
      {
        g_free (wrong);
        return "there is no such fault; see --list-faults";
      }
  *host = g_strdup (parts[0]);
  *port = (guint16) number;
  return NULL;
}

static gboolean
start (GsSimChipLink *link, GsSimChipControl *control, GError **error)
{
  guint16 port = 0;

  if (opt.control != NULL && !gs_sim_chip_control_listen (control, opt.control, &port, error))
    return FALSE;
  if (opt.port_file != NULL)
    {
      g_autofree char *text = g_strdup_printf ("control %u\n", port);

      if (!g_file_set_contents (opt.port_file, text, -1, error))
        return FALSE;
    }
  if (opt.input)
    gs_sim_chip_control_read_input (control);
  return opt.passport == NULL || gs_sim_chip_link_lay (link, opt.passport, error);
}

static int
run (const char *host, guint16 port)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  FILE *log = opt.log ? fopen (opt.log, "we") : NULL;
  GsSimChipLink *link;
  GsSimChipControl *control;
  gboolean started;

  if (opt.log != NULL && log == NULL)
    {
      g_printerr ("gateside-chip: %s cannot be written\n", opt.log);
      return EXIT_FAILURE;
    }
  link = gs_sim_chip_link_new (host, port, (guint) opt.gap_ms, &fault, NULL, log);
  control = gs_sim_chip_control_new (link, &fault, loop);
  g_unix_signal_add (SIGTERM, stop, loop);
  g_unix_signal_add (SIGINT, stop, loop);
  started = start (link, control, &error);
  if (started)
    {
      g_print ("listening\n");
      fflush (stdout);
      g_main_loop_run (loop);
    }
  else
    g_printerr ("gateside-chip: %s\n", error->message);
  gs_sim_chip_control_free (control);
  gs_sim_chip_link_free (link);
  gs_sim_chip_fault_clear (&fault);
  if (log != NULL)
    fclose (log);
  return started ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;
  const char *wrong;
  guint16 port = VPCD_PORT;

  g_option_context_set_summary (context,
                                "The chip of a specimen passport, on the virtual reader of vpcd.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1)
    {
      g_printerr ("gateside-chip: %s\n", error ? error->message : "unexpected argument");
      return EXIT_USAGE;
    }
  if (opt.version)
    {
      g_print ("gateside-chip " GS_VERSION "\n");
      return EXIT_SUCCESS;
    }
  if (opt.list)
    {
      g_print ("%s", gs_sim_chip_fault_help ());
      return EXIT_SUCCESS;
    }
  if ((wrong = read_options (&host, &port)))
    {
      g_printerr ("gateside-chip: %s\n", wrong);
      return EXIT_USAGE;
    }
  return run (host, port);
}
