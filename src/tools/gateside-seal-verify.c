/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gateside-seal verify and decode: what a seal says, and whether it is genuine. */

#include "gateside-seal.h"

#include "gs-seal-profile.h"
#include "gs-seal-verdict.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
tell_place (GsVerdict *verdict, const GsSealInputData *input)
{
  g_autofree char *found = NULL;
  g_autofree char *number = NULL;
  g_autofree char *others = NULL;
  g_autofree char *corners = NULL;
  const GsSealFound *one;
  guint n_seals = gs_seal_input_count (input);

  if (input->reading == NULL || input->index < 0)
    return;
  one = g_ptr_array_index (input->reading->found, (guint) input->index);
  found = g_strdup_printf ("%u", n_seals);
  number = g_strdup_printf ("%u", gs_seal_input_number (input));
  others = g_strdup_printf ("%u", input->reading->found->len - n_seals);
  corners = g_strdup_printf ("%.0f,%.0f %.0f,%.0f %.0f,%.0f %.0f,%.0f", one->x[0], one->y[0],
                             one->x[1], one->y[1], one->x[2], one->y[2], one->x[3], one->y[3]);
  gs_verdict_add_evidence (verdict, "seals_found", found);
  gs_verdict_add_evidence (verdict, "seal_number", number);
  gs_verdict_add_evidence (verdict, "other_symbols", others);
  gs_verdict_add_evidence (verdict, "corners", corners);
  if (n_seals > 1)
    gs_verdict_warn (
      verdict, "several-seals",
      "There are %u seals on the picture; this is number %s. --seal chooses another.", n_seals,
      number);
}

int
gs_seal_run_verify (const GsSealOptions *options, const GsSealInputData *input)
{
  g_auto (GStrv) document =
    options->document != NULL ? g_strsplit (options->document, ":", 2) : NULL;
  GsSealInput judged = { .bytes = input->bytes,
                         .unreadable = input->error,
                         .ring = options->ring,
                         .today = options->today,
                         .state = document != NULL ? document[0] : NULL,
                         .number = document != NULL ? document[1] : NULL };
  g_autoptr (GsVerdict) verdict = gs_seal_verdict_run (&judged);
  g_autofree char *text = NULL;

  tell_place (verdict, input);
  text = options->as_json ? gs_verdict_to_json (verdict)
                          : gs_verdict_to_text (verdict, options->with_evidence);
  fputs (text, stdout);
  if (options->as_json)
    putchar ('\n');
  switch (gs_verdict_get_result (verdict))
    {
    case GS_CHECK_RESULT_SUCCESSFUL:
      return gs_seal_finish (EXIT_GENUINE);
    case GS_CHECK_RESULT_FAILED:
      return gs_seal_finish (EXIT_NOT_GENUINE);
    case GS_CHECK_RESULT_UNDETERMINED:
    case GS_CHECK_RESULT_NOT_SUPPORTED:
    case GS_CHECK_RESULT_ABORTED:
    case GS_CHECK_RESULT_NOT_CHECKED:
      break;
    }
  return gs_seal_finish (EXIT_UNREADABLE);
}

static void
set_text (json_t *object, const char *name, const char *value)
{
  json_object_set_new (object, name, value != NULL ? json_string (value) : json_null ());
}

static json_t *
header_to_json (const GsSeal *seal)
{
  const GsSealHeader *header = gs_seal_get_header (seal);
  g_autofree char *issued = gs_seal_date_format (&header->issued);
  g_autofree char *signed_on = gs_seal_date_format (&header->signed_on);
  g_autofree char *kind = g_strdup_printf ("%02x%02x", header->feature, header->category);
  g_autofree char *signature = gs_seal_bytes_to_hex (gs_seal_get_signature (seal));
  json_t *object = json_object ();

  json_object_set_new (object, "version", json_integer (header->version));
  set_text (object, "country", header->country);
  set_text (object, "signer", header->signer);
  set_text (object, "certificate_reference", header->reference);
  set_text (object, "issued", issued);
  set_text (object, "signed", signed_on);
  set_text (object, "kind", kind);
  set_text (object, "profile", gs_seal_profile_get_name (seal));
  set_text (object, "signature", signature);
  return object;
}

static json_t *
to_json (const GsSeal *seal, GPtrArray *fields)
{
  json_t *object = header_to_json (seal);
  json_t *names = json_object ();
  json_t *messages = json_array ();

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const GsSealField *field = fields->pdata[i];

      set_text (names, field->name, field->value);
    }
  for (guint i = 0; i < gs_seal_get_n_messages (seal); i++)
    {
      const GsSealMessage *message = gs_seal_get_message (seal, i);
      g_autofree char *hex = gs_seal_bytes_to_hex (message->value);

      json_array_append_new (messages,
                             json_pack ("{s:i, s:s}", "tag", (int) message->tag, "value", hex));
    }
  json_object_set_new (object, "fields", names);
  json_object_set_new (object, "messages", messages);
  return object;
}

static void
print_text (json_t *object)
{
  const char *key;
  json_t *value;

  json_object_foreach (object, key, value)
  {
    if (json_is_string (value))
      printf ("%s: %s\n", key, json_string_value (value));
    else if (json_is_integer (value))
      printf ("%s: %" JSON_INTEGER_FORMAT "\n", key, json_integer_value (value));
    else if (json_is_object (value))
      print_text (value);
  }
}

int
gs_seal_run_decode (const GsSealOptions *options, const GsSealInputData *input)
{
  g_autoptr (GError) error = input->error != NULL ? g_error_copy (input->error) : NULL;
  g_autoptr (GsSeal) seal = input->bytes != NULL ? gs_seal_new (input->bytes, &error) : NULL;
  g_autoptr (GPtrArray) fields = NULL;
  json_t *object;

  if (seal == NULL)
    {
      fprintf (stderr, "gateside-seal: %s\n", error->message);
      return EXIT_UNREADABLE;
    }
  fields = gs_seal_profile_dup_fields (seal, &error);
  if (fields == NULL)
    fprintf (stderr, "gateside-seal: %s\n", error->message);
  object = to_json (seal, fields);
  if (options->as_json)
    {
      char *text = json_dumps (object, JSON_COMPACT);

      puts (text);
      free (text);
    }
  else
    print_text (object);
  json_decref (object);
  return gs_seal_finish (fields != NULL ? EXIT_GENUINE : EXIT_NOT_GENUINE);
}
