/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gateside-document verify: passive authentication of files that were read from a chip. */

#include "gateside-document.h"

#include "gs-passive-authentication.h"
#include "gs-revocation.h"
#include "gs-time.h"
#include "gs-trust-material.h"
#include "gs-trust-store.h"

#include <stdio.h>
#include <string.h>

/* More problems than these are counted only. */
#define PROBLEMS_SHOWN 20

typedef struct
{
  const char *sod;
  const char *groups[GS_N_DATA_GROUPS + 1];
  const char *common;
  const char *store;
  GPtrArray *anchors;
  GPtrArray *crls;
  gint64 now_utc_ms;
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

static gboolean
take_once (const char **place, const char *value)
{
  if (*place != NULL)
    return FALSE;
  *place = value;
  return TRUE;
}

/* One option with a value; FALSE when it is none, or its value is wrong. */
static gboolean
take_option (Options *options, int argc, char **argv, int *at)
{
  const char *value;

  if (gs_document_take_value (argc, argv, at, "--sod", &value))
    return take_once (&options->sod, value);
  if (gs_document_take_value (argc, argv, at, "--dg", &value))
    return take_group (options, value);
  if (gs_document_take_value (argc, argv, at, "--com", &value))
    return take_once (&options->common, value);
  if (gs_document_take_value (argc, argv, at, "--store", &value))
    return take_once (&options->store, value);
  if (gs_document_take_value (argc, argv, at, "--time", &value))
    return gs_time_parse_rfc3339 (value, -1, &options->now_utc_ms);
  if (gs_document_take_value (argc, argv, at, "--anchors", &value))
    {
      g_ptr_array_add (options->anchors, (gpointer) value);
      /* "--anchors A B" is the same as "--anchors A --anchors B". */
      while (*at + 1 < argc && argv[*at + 1][0] != '-')
        g_ptr_array_add (options->anchors, argv[++*at]);
      return TRUE;
    }
  if (gs_document_take_value (argc, argv, at, "--crl", &value))
    {
      g_ptr_array_add (options->crls, (gpointer) value);
      return TRUE;
    }
  return FALSE;
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

/* FALSE when a path cannot be opened. One that holds nothing of use is a problem, not an end: what
 * the other paths hold may do. */
static gboolean
read_paths (GsTrustMaterial *material, GPtrArray *paths)
{
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (gs_trust_material_read_path (material, paths->pdata[i], &error))
        continue;
      if (error->domain == G_FILE_ERROR)
        {
          gs_document_complain (error->message, NULL);
          return FALSE;
        }
      g_ptr_array_add (gs_trust_material_get_problems (material), g_strdup (error->message));
    }
  return TRUE;
}

static int
print_verdict (const Options *options, GsVerdict *verdict)
{
  g_autofree char *text = options->as_json ? gs_verdict_to_json (verdict)
                                           : gs_verdict_to_text (verdict, options->with_evidence);

  fputs (text, stdout);
  if (options->as_json)
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

static void
add_problems (GsVerdict *verdict, GPtrArray *problems)
{
  for (guint i = 0; i < problems->len && i < PROBLEMS_SHOWN; i++)
    gs_verdict_warn (verdict, "%s", (const char *) problems->pdata[i]);
  if (problems->len > PROBLEMS_SHOWN)
    gs_verdict_warn (verdict, "%u more entries could not be used.", problems->len - PROBLEMS_SHOWN);
}

/* Opens the store, whose anchors and lists join those of the paths. */
static gboolean
join_store (const Options *options, GsAnchorSet *anchors, GPtrArray *lists)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsTrustStore) store = NULL;

  if (options->store == NULL)
    return TRUE;
  store = gs_trust_store_open (options->store, &error);
  if (store == NULL)
    {
      gs_document_complain (error->message, NULL);
      return FALSE;
    }
  gs_trust_store_add_anchors (store, anchors);
  for (guint i = 0; i < gs_trust_store_get_revocation_lists (store)->len; i++)
    g_ptr_array_add (
      lists, gs_revocation_list_ref (gs_trust_store_get_revocation_lists (store)->pdata[i]));
  return TRUE;
}

static gpointer
ref_list (gconstpointer list, gpointer user_data)
{
  return gs_revocation_list_ref ((GsRevocationList *) list);
}

static int
verify (const Options *options, GsPassiveInput *input)
{
  g_autoptr (GsTrustMaterial) material = gs_trust_material_new (NULL, NULL);
  g_autoptr (GsTrustMaterial) crls = gs_trust_material_new (NULL, NULL);
  GPtrArray *lists = gs_trust_material_get_revocation_lists (material);
  g_autoptr (GsAnchorSet) anchors = NULL;
  g_autoptr (GPtrArray) signers = NULL;
  g_autoptr (GsVerdict) verdict = NULL;

  if (!read_files (options, input) || !read_paths (material, options->anchors)
      || !read_paths (crls, options->crls))
    return EXIT_USAGE;
  /* A certificate that stands beside a revocation list is no anchor for that. */
  g_ptr_array_extend (lists, gs_trust_material_get_revocation_lists (crls), ref_list, NULL);
  anchors = gs_trust_material_make_anchors (material, &signers);
  if (!join_store (options, anchors, lists))
    return EXIT_USAGE;
  input->anchors = anchors;
  input->signers = signers;
  input->revocation_lists = lists;
  input->now_utc_ms = options->now_utc_ms;
  verdict = gs_passive_authentication_run (input);
  add_problems (verdict, gs_trust_material_get_problems (material));
  add_problems (verdict, gs_trust_material_get_problems (crls));
  return print_verdict (options, verdict);
}

static void
clear_input (GsPassiveInput *input)
{
  g_clear_pointer (&input->security_object, g_bytes_unref);
  g_clear_pointer (&input->common, g_bytes_unref);
  for (guint i = 0; i <= GS_N_DATA_GROUPS; i++)
    g_clear_pointer (&input->data_groups[i], g_bytes_unref);
}

int
gs_document_run_verify (int argc, char **argv)
{
  g_autoptr (GPtrArray) anchors = g_ptr_array_new ();
  g_autoptr (GPtrArray) crls = g_ptr_array_new ();
  Options options = { .anchors = anchors, .crls = crls, .now_utc_ms = g_get_real_time () / 1000 };
  GsPassiveInput input = { 0 };
  int status;

  for (int i = 0; i < argc; i++)
    {
      int at = i;

      if (strcmp (argv[i], "--json") == 0)
        options.as_json = TRUE;
      else if (strcmp (argv[i], "--evidence") == 0)
        options.with_evidence = TRUE;
      else if (!take_option (&options, argc, argv, &i))
        return gs_document_wrong_usage (argv[at][0] == '-' ? "unknown option, or its value is wrong"
                                                           : "unexpected argument",
                                        argv[at]);
    }
  if (options.sod == NULL || (anchors->len == 0 && options.store == NULL))
    return gs_document_wrong_usage (
      options.sod == NULL ? "--sod is missing" : "--anchors is missing", NULL);
  status = verify (&options, &input);
  clear_input (&input);
  return status;
}
