/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads and checks travel documents on the command line, with the code that the desk uses. */

#include "gateside-document.h"

#include "gs-build-config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char usage[] =
  "Usage: gateside-document mrz [--json]\n"
  "       gateside-document verify --sod FILE [--dg N=FILE]... --anchors PATH... [OPTION]...\n"
  "       gateside-document read [--reader NAME] [--wait SECONDS] KEY [OPTION]...\n"
  "       gateside-document read --list-readers\n"
  "       gateside-document trust import --store FILE PATH... [OPTION]...\n"
  "       gateside-document trust list --store FILE [OPTION]...\n"
  "       gateside-document trust remove --store FILE --reason REASON FINGERPRINT...\n"
  "       gateside-document --help | --version\n"
  "\n"
  "Commands:\n"
  "  mrz        read one machine readable zone from standard input and check it\n"
  "  verify     check the files of a chip: who signed them, and whether they were altered\n"
  "  read       read and check the chip that lies on a reader\n"
  "  trust      import, list and remove the certificates of signing authorities\n"
  "\n"
  "Options of verify:\n"
  "  --sod FILE           the security object, EF.SOD\n"
  "  --dg N=FILE          data group N (1 to 16); may be repeated\n"
  "  --com FILE           EF.COM\n"
  "  --anchors PATH       trusted certificates: master list, PEM, DER, LDIF or a folder; may be\n"
  "                       repeated\n"
  "  --store FILE         trusted certificates and revocation lists of a trust store\n"
  "  --crl PATH           revocation lists; may be repeated\n"
  "  --time TIME          the present time (RFC 3339) instead of the clock's\n"
  "  --evidence           print the evidence behind each check too\n"
  "  --json               print one line of JSON instead of text\n"
  "\n"
  "Options of read, besides --anchors, --store, --crl, --time, --evidence and --json:\n"
  "  --reader NAME        the reader, or how its name begins; else the first\n"
  "  --list-readers       print the names of the readers and end\n"
  "  --wait SECONDS       how long to wait for service, reader and chip; else one second\n"
  "  --mrz                KEY: the machine readable zone on standard input\n"
  "  --document-number NUMBER --birth-date YYMMDD --expiry-date YYMMDD\n"
  "                       KEY: these three of it\n"
  "  --can DIGITS         KEY: the card access number\n"
  "  --no-pace            open the chip with BAC\n"
  "  --out DIR            write the chip's files there, for this user alone; DIR must be empty\n"
  "  --quiet              no progress on standard error\n"
  "\n"
  "Options of trust:\n"
  "  --store FILE                  the trust store\n"
  "  --confirm-signer FINGERPRINT  who signed what is imported, as SHA-256; may be repeated\n"
  "  --dry-run                     show what an import would change, and change nothing\n"
  "  --country CC, --source NAME   list only these\n"
  "  --reason REASON               why it is removed: withdrawn (by its authority), key-lost,\n"
  "                                mistake, order (of the agency)\n"
  "  --json                        print one line of JSON instead of text\n"
  "\n"
  "Exit status of mrz: 0 valid, 1 not valid, 2 no machine readable zone, 64 wrong usage.\n"
  "Exit status of verify and read: 0 every check that could be made was successful, 1 a check\n"
  "failed, 2 undetermined, or there was no chip to read, 64 wrong usage.\n"
  "Exit status of trust: 0 done, 1 failed, 2 something was refused or must be confirmed, 64 wrong\n"
  "usage.\n";

int
gs_document_wrong_usage (const char *what, const char *which)
{
  fprintf (stderr, "gateside-document: %s%s%s\n\n%s", what, which != NULL ? ": " : "",
           which != NULL ? which : "", usage);
  return EXIT_USAGE;
}

void
gs_document_complain (const char *what, const char *why)
{
  fprintf (stderr, "gateside-document: %s%s%s\n", what, why != NULL ? ": " : "",
           why != NULL ? why : "");
}

int
gs_document_finish (int status)
{
  if (fflush (stdout) == 0)
    return status;
  gs_document_complain ("standard output", g_strerror (errno));
  return EXIT_INPUT_OUTPUT;
}

int
gs_document_print_verdict (const GsVerdict *verdict, const char *text, gboolean as_json)
{
  fputs (text, stdout);
  if (as_json)
    putchar ('\n');
  switch (gs_verdict_get_result (verdict))
    {
    case GS_CHECK_RESULT_SUCCESSFUL:
      return gs_document_finish (EXIT_VALID);
    case GS_CHECK_RESULT_FAILED:
      return gs_document_finish (EXIT_NOT_VALID);
    case GS_CHECK_RESULT_UNDETERMINED:
    case GS_CHECK_RESULT_NOT_SUPPORTED:
    case GS_CHECK_RESULT_ABORTED:
    case GS_CHECK_RESULT_NOT_CHECKED:
      break;
    }
  return gs_document_finish (EXIT_UNDETERMINED);
}

gboolean
gs_document_take_value (int argc, char **argv, int *at, const char *name, const char **value)
{
  gsize length = strlen (name);

  if (strncmp (argv[*at], name, length) != 0)
    return FALSE;
  if (argv[*at][length] == '=')
    *value = argv[*at] + length + 1;
  else if (argv[*at][length] == '\0' && *at + 1 < argc)
    *value = argv[++*at];
  else
    return FALSE;
  return **value != '\0';
}

gboolean
gs_document_take_once (const char **place, const char *value)
{
  if (*place != NULL)
    return FALSE;
  *place = value;
  return TRUE;
}

static int
run_mrz (int argc, char **argv)
{
  gboolean as_json = FALSE;

  for (int i = 0; i < argc; i++)
    {
      if (strcmp (argv[i], "--json") != 0)
        return gs_document_wrong_usage (
          argv[i][0] == '-' ? "unknown option" : "unexpected argument", argv[i]);
      as_json = TRUE;
    }
  return gs_document_run_mrz (as_json);
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      if (strcmp (argv[i], "--help") == 0)
        {
          fputs (usage, stdout);
          return gs_document_finish (0);
        }
      if (strcmp (argv[i], "--version") == 0)
        {
          puts ("gateside-document " GS_VERSION);
          return gs_document_finish (0);
        }
    }
  if (argc < 2)
    return gs_document_wrong_usage ("a command is missing", NULL);
  if (strcmp (argv[1], "mrz") == 0)
    return run_mrz (argc - 2, argv + 2);
  if (strcmp (argv[1], "verify") == 0)
    return gs_document_run_verify (argc - 2, argv + 2);
  if (strcmp (argv[1], "read") == 0)
    return gs_document_run_read (argc - 2, argv + 2);
  if (strcmp (argv[1], "trust") == 0)
    return gs_document_run_trust (argc - 2, argv + 2);
  return gs_document_wrong_usage (argv[1][0] == '-' ? "unknown option" : "unknown command",
                                  argv[1]);
}
