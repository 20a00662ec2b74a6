/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gateside-document mrz: one machine readable zone from standard input. */

#include "gateside-document.h"

#include "gs-mrz.h"

#include <glib.h>
#include <jansson.h>

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static json_t *
fields_to_json (const GsMrz *mrz)
{
  const char sex[] = { mrz->sex, '\0' };
  json_t *fields = json_pack (
    "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "document_code", mrz->document_code,
    "issuing_state", mrz->issuing_state, "primary_identifier", mrz->primary_identifier,
    "secondary_identifier", mrz->secondary_identifier, "document_number", mrz->document_number,
    "nationality", mrz->nationality, "birth_date", mrz->birth_date_mrz, "sex", sex, "expiry_date",
    mrz->expiry_date_mrz, "optional_data", mrz->optional_data);

  if (mrz->type == GS_MRZ_TYPE_TD1)
    json_object_set_new (fields, "optional_data_2", json_string (mrz->optional_data_2));
  return fields;
}

static json_t *
checks_to_json (const GsMrz *mrz)
{
  json_t *checks = json_object ();

  for (int i = 0; i < GS_MRZ_N_CHECKS; i++)
    json_object_set_new (checks, gs_mrz_check_to_string (i),
                         mrz->checks[i] == GS_MRZ_CHECK_ABSENT
                           ? json_null ()
                           : json_boolean (mrz->checks[i] == GS_MRZ_CHECK_RIGHT));
  return checks;
}

/* Lines and columns count from 1, as people do. */
static json_t *
repairs_to_json (const GsMrz *mrz)
{
  json_t *repairs = json_array ();

  for (unsigned i = 0; i < mrz->n_repairs; i++)
    {
      const GsMrzRepair *repair = &mrz->repairs[i];
      const char read[] = { repair->read, '\0' }, used[] = { repair->used, '\0' };

      json_array_append_new (repairs, json_pack ("{s:s, s:i, s:i, s:s, s:s}", "field",
                                                 repair->field, "line", repair->line + 1, "column",
                                                 repair->column + 1, "read", read, "used", used));
    }
  return repairs;
}

static void
print_json (const GsMrz *mrz)
{
  json_t *root = json_pack ("{s:s, s:b, s:o, s:o, s:o}", "type", gs_mrz_type_to_string (mrz->type),
                            "valid", mrz->valid, "fields", fields_to_json (mrz), "checks",
                            checks_to_json (mrz), "repaired", repairs_to_json (mrz));
  char *text = json_dumps (root, JSON_COMPACT);

  puts (text);
  free (text);
  json_decref (root);
}

static const char *
format_sentence (GsMrzFormat format)
{
  switch (format)
    {
    case GS_MRZ_FORMAT_DOCUMENT_CODE:
      return "The document code does not belong to this type of document.";
    case GS_MRZ_FORMAT_ISSUING_STATE:
      return "The issuing state is no three-letter code.";
    case GS_MRZ_FORMAT_NAME:
      return "The name is not written as a name.";
    case GS_MRZ_FORMAT_DOCUMENT_NUMBER:
      return "The document number is not written as a document number.";
    case GS_MRZ_FORMAT_NATIONALITY:
      return "The nationality is no three-letter code.";
    case GS_MRZ_FORMAT_BIRTH_DATE:
      return "The date of birth is no date.";
    case GS_MRZ_FORMAT_SEX:
      return "The sex is neither M nor F nor a filler.";
    case GS_MRZ_FORMAT_EXPIRY_DATE:
      return "The date of expiry is no date.";
    case GS_MRZ_FORMAT_UNREADABLE:
    default:
      return "A character was not readable.";
    }
}

static void
print_text (const GsMrz *mrz)
{
  static const char *const results[] = { "none", "wrong", "right" };
  char name[GS_MRZ_NAME_SIZE];

  gs_mrz_format_name (mrz, name, sizeof name);
  printf ("%s: %s\n", gs_mrz_type_to_string (mrz->type), mrz->valid ? "valid" : "not valid");
  printf ("Document:        %s %s %s\n", mrz->document_code, mrz->issuing_state,
          mrz->document_number);
  printf ("Name:            %s%s\n", name, mrz->name_may_be_truncated ? " (may be cut)" : "");
  printf ("Nationality:     %s\n", mrz->nationality);
  printf ("Born (YYMMDD):   %s\n", mrz->birth_date_mrz);
  printf ("Sex:             %c\n", mrz->sex);
  printf ("Expiry (YYMMDD): %s\n", mrz->expiry_date_mrz);
  printf ("Optional data:   %s%s%s\n", mrz->optional_data,
          mrz->optional_data_2[0] != '\0' ? " / " : "", mrz->optional_data_2);
  for (int i = 0; i < GS_MRZ_N_CHECKS; i++)
    printf ("Check digit of %s: %s\n", gs_mrz_check_to_string (i), results[mrz->checks[i]]);
  for (unsigned bit = 1; bit <= GS_MRZ_FORMAT_UNREADABLE; bit <<= 1)
    if ((mrz->format_errors & bit) != 0)
      printf ("%s\n", format_sentence (bit));
  for (unsigned i = 0; i < mrz->n_repairs; i++)
    printf ("Repaired in %s: %c was read, %c was used (line %d, column %d).\n",
            mrz->repairs[i].field, mrz->repairs[i].read, mrz->repairs[i].used,
            mrz->repairs[i].line + 1, mrz->repairs[i].column + 1);
}

/* All of standard input, or one byte more than a zone may be; -1 and errno on failure. */
static gssize
read_input (guint8 *buffer, gsize size)
{
  gsize len = 0;

  while (len < size)
    {
      gssize n = read (STDIN_FILENO, buffer + len, size - len);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      len += n;
    }
  return len;
}

static GsMrzDate
today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  GsMrzDate date = { 0 };

  g_date_time_get_ymd (now, &date.year, &date.month, &date.day);
  return date;
}

int
gs_document_read_mrz (GsMrz *mrz)
{
  guint8 input[GS_MRZ_MAX_INPUT + 1];
  gssize len = read_input (input, sizeof input);
  GsMrzDate date = today ();
  GsMrzStatus status;

  if (len < 0)
    {
      gs_document_complain ("standard input", g_strerror (errno));
      return EXIT_INPUT_OUTPUT;
    }
  status = gs_mrz_read (input, len, &date, mrz);
  if (status == GS_MRZ_OK)
    return EXIT_VALID;
  gs_document_complain (gs_mrz_status_to_string (status), NULL);
  return EXIT_NOT_MRZ;
}

int
gs_document_run_mrz (gboolean as_json)
{
  GsMrz mrz;
  int status = gs_document_read_mrz (&mrz);

  if (status != EXIT_VALID)
    return status;
  if (as_json)
    print_json (&mrz);
  else
    print_text (&mrz);
  return gs_document_finish (mrz.valid ? EXIT_VALID : EXIT_NOT_VALID);
}
