/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gateside-document verify: passive authentication of files that were read from a chip. */

#include "gateside-document-belief.h"
#include "gateside-document.h"

#include "gs-passive-authentication.h"

#include <string.h>

typedef struct
{
  const char *sod;
  const char *groups[GS_N_DATA_GROUPS + 1];
  const char *common;
  GsDocumentBelief belief;
  gboolean with_evidence;
  gboolean as_json;
} Options;

/* "N=FILE". */
static gboolean
take_group (Options *options, const char *value)
{
  char *end;
  guint64 number = g_ascii_isdigit (value[0]) ? g_ascii_strtoull (value, &end, 10) : 0;

  if (number < 1 || number > GS_N_DATA_GROUPS || *end != '=' || end[1] == '\0'
      || options->groups[number] != NULL)
    return FALSE;
  options->groups[number] = end + 1;
  return TRUE;
}

/* One option with a value; FALSE when it is none, or its value is wrong. */
static gboolean
take_option (Options *options, int argc, char **argv, int *at)
{
  const char *value;

  if (gs_document_take_value (argc, argv, at, "--sod", &value))
    return gs_document_take_once (&options->sod, value);
  if (gs_document_take_value (argc, argv, at, "--dg", &value))
    return take_group (options, value);
  if (gs_document_take_value (argc, argv, at, "--com", &value))
    return gs_document_take_once (&options->common, value);
  return gs_document_belief_take (&options->belief, argc, argv, at);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  if (g_file_get_contents (path, &data, &size, &error))
    return g_bytes_new_take (data, size);
  gs_document_complain (error->message, NULL);
  return NULL;
}

static gboolean
read_files (const Options *options, GsPassiveInput *input)
{
  input->security_object = read_file (options->sod);
  if (input->security_object == NULL)
    return FALSE;
  if (options->common != NULL && (input->common = read_file (options->common)) == NULL)
    return FALSE;
  for (guint i = 1; i <= GS_N_DATA_GROUPS; i++)
    if (options->groups[i] != NULL
        && (input->data_groups[i] = read_file (options->groups[i])) == NULL)
      return FALSE;
  return TRUE;
}

static int
verify (Options *options, GsPassiveInput *input)
{
  GsDocumentBelief *belief = &options->belief;
  g_autoptr (GsVerdict) verdict = NULL;

  if (!read_files (options, input) || !gs_document_belief_load (belief))
    return EXIT_USAGE;
  input->anchors = belief->anchors;
  input->signers = belief->signers;
  input->revocation_lists = belief->revocation_lists;
  input->now_utc_ms = belief->now_utc_ms;
  verdict = gs_passive_authentication_run (input);
  gs_document_belief_warn (belief, verdict);
  g_autofree char *text = options->as_json ? gs_verdict_to_json (verdict)
                                           : gs_verdict_to_text (verdict, options->with_evidence);
  return gs_document_print_verdict (verdict, text, options->as_json);
}

static void
clear_input (GsPassiveInput *input)
{
  g_clear_pointer (&input->security_object, g_bytes_unref);
  g_clear_pointer (&input->common, g_bytes_unref);
  for (guint i = 0; i <= GS_N_DATA_GROUPS; i++)
    g_clear_pointer (&input->data_groups[i], g_bytes_unref);
}

static int
take_words (Options *options, int argc, char **argv)
{
  for (int i = 0; i < argc; i++)
    {
      int at = i;

      if (strcmp (argv[i], "--json") == 0)
        options->as_json = TRUE;
      else if (strcmp (argv[i], "--evidence") == 0)
        options->with_evidence = TRUE;
      else if (!take_option (options, argc, argv, &i))
        return gs_document_wrong_usage (argv[at][0] == '-' ? "unknown option, or its value is wrong"
                                                           : "unexpected argument",
                                        argv[at]);
    }
  if (options->sod == NULL)
    return gs_document_wrong_usage ("--sod is missing", NULL);
  if (!gs_document_belief_has_anchors (&options->belief))
    return gs_document_wrong_usage ("--anchors is missing", NULL);
  return EXIT_VALID;
}

int
gs_document_run_verify (int argc, char **argv)
{
  Options options = { 0 };
  GsPassiveInput input = { 0 };
  int status;

  gs_document_belief_init (&options.belief);
  status = take_words (&options, argc, argv);
  if (status == EXIT_VALID)
    status = verify (&options, &input);
  clear_input (&input);
  gs_document_belief_clear (&options.belief);
  return status;
}
