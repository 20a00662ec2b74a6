/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <locale.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "gs-application.h"
#include "gs-build-config.h"
#include "gs-check-config.h"
#include "gs-ui.h"

#define EXIT_USAGE 64

/* A crash must not leave travellers' data in a file. */
static void
forbid_core_dumps (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0);
}

static int
run (const char *path)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GsApplication) application = NULL;
  GsConfig *config;

  if (geteuid () == 0)
    {
      g_printerr ("gateside: does not run as root; use the desk's own account\n");
      return 1;
    }
  config = gs_config_load (path, &mistakes);
  if (config == NULL)
    return gs_check_config (path);
  forbid_core_dumps ();
  gs_ui_init ();
  application = gs_application_new (config);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

int
main (int argc, char **argv)
{
  g_autofree char *config = NULL;
  gboolean check = FALSE, version = FALSE;
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &config,
      "The desk's key file (default: /etc/gateside/desk.conf)", "FILE" },
    { "check-config", 0, 0, G_OPTION_ARG_NONE, &check,
      "Name every mistake in the key file with its line, and end", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Print the version and end", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GS_GETTEXT_PACKAGE, GS_LOCALEDIR);
  bind_textdomain_codeset (GS_GETTEXT_PACKAGE, "UTF-8");
  textdomain (GS_GETTEXT_PACKAGE);

  g_option_context_set_summary (context,
                                "The station of the officer behind automated border gates");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 1)
    {
      g_printerr ("gateside: %s\nTry --help.\n",
                  error != NULL ? error->message : "no arguments are expected");
      return EXIT_USAGE;
    }
  if (version)
    {
      g_print ("gateside %s\n", GS_VERSION);
      return 0;
    }
  if (config == NULL)
    config = g_strdup ("/etc/gateside/desk.conf");
  return check ? gs_check_config (config) : run (config);
}
