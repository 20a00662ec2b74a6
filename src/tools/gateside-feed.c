/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Follows a hall's gate feed, or checks a hall against the contract, with the code that the desk
 * uses. */

#include "gateside-feed.h"

#include "gs-build-config.h"
#include "gs-cloud-event.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  char *url;
  char **ca;
  char *cert;
  char *key;
  gint64 after;
  char *after_text;
  char *desk;
  gboolean json;
  gboolean quick;
  gboolean version;
  char **rest;
} Options;

static const char summary[] =
  "Commands:\n"
  "  follow     print the live feed, one line of JSON for each event and each change of state\n"
  "  check      run the whole contract against a hall and name each rule with pass or fail\n"
  "\n"
  "Exit status of follow: 0 ended by SIGINT or SIGTERM, 1 refused by the hall.\n"
  "Exit status of check: 0 every rule holds, 1 a rule is broken or the hall cannot be reached.\n"
  "64 wrong usage.";

static int
wrong_usage (const char *what)
{
  fprintf (stderr, "gateside-feed: %s\nTry \"gateside-feed --help\".\n", what);
  return FEED_EXIT_USAGE;
}

static gboolean
parse (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "url", 0, 0, G_OPTION_ARG_STRING, &options->url, "The hall, https://HOST:PORT", "URL" },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->ca,
      "Trust the certificates in this PEM file (may be repeated)", "FILE" },
    { "cert", 0, 0, G_OPTION_ARG_STRING, &options->cert,
      "The desk's certificate: a PEM file or a pkcs11: URI", "FILE" },
    { "key", 0, 0, G_OPTION_ARG_STRING, &options->key,
      "Its private key: a PEM file or a pkcs11: URI (default: beside the certificate)", "FILE" },
    { "after", 0, 0, G_OPTION_ARG_STRING, &options->after_text,
      "follow: begin behind this event (default: with the hall's oldest)", "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, "Print lines of JSON (follow always does)",
      NULL },
    { "desk", 0, 0, G_OPTION_ARG_STRING, &options->desk,
      "check: the desk that the certificate names; also tries leases and presence", "ID" },
    { "quick", 0, 0, G_OPTION_ARG_NONE, &options->quick,
      "check: leave out the rules that take longer than a second", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->rest, NULL, NULL },
    { 0 },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("follow|check --url URL");

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

static GsHallAccess *
make_access (const Options *options, GError **error)
{
  g_autoptr (GsHallAccess) access = gs_hall_access_new (options->url, error);

  if (access == NULL)
    return NULL;
  for (char **file = options->ca; file != NULL && *file != NULL; file++)
    if (!gs_hall_access_add_ca_file (access, *file, error))
      return NULL;
  if (options->cert != NULL
      && !gs_hall_access_set_certificate (access, options->cert, options->key, error))
    return NULL;
  return g_steal_pointer (&access);
}

static int
run (const Options *options)
{
  const char *command;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallAccess) access = NULL;
  gint64 after = -1;

  if (options->rest == NULL || options->rest[0] == NULL)
    return wrong_usage ("a command is missing");
  if (options->rest[1] != NULL)
    return wrong_usage ("too many arguments");
  command = options->rest[0];
  if (strcmp (command, "follow") != 0 && strcmp (command, "check") != 0)
    return wrong_usage ("unknown command");
  if (options->url == NULL)
    return wrong_usage ("--url is missing");
  if (options->key != NULL && options->cert == NULL)
    return wrong_usage ("--key needs --cert");
  if (options->after_text != NULL)
    {
      after = strcmp (options->after_text, "0") == 0
                ? 0
                : gs_cloud_event_parse_id (options->after_text, strlen (options->after_text));
      if (after < 0)
        return wrong_usage ("--after takes the number of an event");
    }
  access = make_access (options, &error);
  if (access == NULL)
    return wrong_usage (error->message);
  if (strcmp (command, "follow") == 0)
    return feed_follow (access, after);
  return feed_check (access, options->desk, options->json, options->quick);
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  g_autoptr (GError) error = NULL;
  int status;

  if (!parse (&argc, &argv, &options, &error))
    return wrong_usage (error->message);
  if (options.version)
    {
      puts ("gateside-feed " GS_VERSION);
      status = FEED_EXIT_OK;
    }
  else
    status = run (&options);
  g_free (options.url);
  g_strfreev (options.ca);
  g_free (options.cert);
  g_free (options.key);
  g_free (options.after_text);
  g_free (options.desk);
  g_strfreev (options.rest);
  return status;
}
