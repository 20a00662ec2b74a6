/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-document-verdict.h"

#include "gs-chip-copy.h"
#include "gs-emrtd-error.h"
#include "gs-face-image.h"
#include "gs-lds.h"
#include "gs-passive-authentication.h"
#include "gs-security-object.h"

#include <string.h>

/* One run, with what several checks need. */
typedef struct
{
  const GsDocumentInput *input;
  GsVerdict *root;
  gboolean has_dg1;
  GsMrz dg1;
} Run;

static GsVerdict *
add (GsVerdict *parent, const char *name, const char *statement)
{
  GsVerdict *child = gs_verdict_new (name, statement);

  gs_verdict_add (parent, child);
  return child;
}

static void
check_zone (Run *run)
{
  const GsMrz *mrz = run->input->optical;
  GsVerdict *verdict;

  if (mrz == NULL)
    return;
  verdict = add (run->root, "mrz-well-formed", NULL);
  for (guint i = 0; i < GS_MRZ_N_CHECKS; i++)
    if (mrz->checks[i] != GS_MRZ_CHECK_ABSENT)
      gs_verdict_add_evidence (verdict, gs_mrz_check_to_string (i),
                               mrz->checks[i] == GS_MRZ_CHECK_RIGHT ? "right" : "wrong");
  if (mrz->valid)
    gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                    "Every check digit and format rule of the printed MRZ holds.");
  else
    gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "D03",
                    "A check digit or a format rule of the printed MRZ does not hold.");
}

/* What access control came to, and why it ended. */
static void
explain_access (GsVerdict *verdict, const GError *error)
{
  gs_verdict_add_evidence (verdict, "detail", error->message);
  if (g_error_matches (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_ACCESS))
    {
      gs_verdict_add_evidence (verdict, "error", "access-refused");
      gs_verdict_set (
        verdict, GS_CHECK_RESULT_FAILED, "C02",
        "The chip does not open with this MRZ: it was misread, or the chip belongs to "
        "another document.");
      return;
    }
  gs_verdict_add_evidence (
    verdict, "error",
    g_error_matches (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD)  ? "chip-gone"
    : g_error_matches (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_READER) ? "reader-gone"
    : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)      ? "cancelled"
    : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)      ? "silent"
                                                                     : "conversation-broke");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gs_verdict_set (verdict, GS_CHECK_RESULT_ABORTED, "C01", "The reading was cancelled.");
  else if (g_error_matches (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_READER))
    gs_verdict_set (verdict, GS_CHECK_RESULT_ABORTED, "C01",
                    "The reader went away while the chip was read.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    gs_verdict_set (verdict, GS_CHECK_RESULT_ABORTED, "C01",
                    "The chip did not come to an end in time.");
  else if (g_error_matches (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD))
    gs_verdict_set (verdict, GS_CHECK_RESULT_ABORTED, "C01",
                    "The chip was taken away or fell silent while it was read.");
  else
    gs_verdict_set (verdict, GS_CHECK_RESULT_ABORTED, "C01",
                    "The conversation with the chip broke.");
}

static void
describe_files (GsVerdict *verdict, const GsChipReading *reading)
{
  for (guint i = 0; i < GS_CHIP_N_FILES; i++)
    {
      const char *name = gs_chip_file_to_string ((GsChipFile) i);
      if (reading->files[i] != NULL)
        {
          g_autofree char *size =
            g_strdup_printf ("%" G_GSIZE_FORMAT " bytes", g_bytes_get_size (reading->files[i]));
          gs_verdict_add_evidence_data (verdict, name, size, reading->files[i]);
        }
      else if (reading->errors[i] != NULL
               && !g_error_matches (reading->errors[i], GS_EMRTD_ERROR, GS_EMRTD_ERROR_NOT_FOUND))
        gs_verdict_add_evidence (verdict, name, reading->errors[i]->message);
    }
}

/* The first file that was asked for, that the chip does not give, and that the security object
 * has a hash of; NULL when there is none. */
static const char *
find_withheld (const GsChipReading *reading)
{
  GBytes *file = reading->files[GS_CHIP_FILE_SOD];
  g_autoptr (GsSecurityObject) object = NULL;

  if (file == NULL || (object = gs_security_object_new (file, NULL)) == NULL
      || !gs_security_object_read_content (object, NULL))
    return NULL;
  for (guint i = GS_CHIP_FILE_DG1; i <= GS_CHIP_FILE_DG16; i++)
    if (reading->errors[i] != NULL
        && gs_security_object_get_group_hash (object, gs_chip_file_get_group (i)) != NULL)
      return gs_chip_file_to_string (i);
  return NULL;
}

static void
check_opened (Run *run)
{
  const GsChipReading *reading = run->input->reading;
  GsVerdict *verdict = add (run->root, "chip-opened", NULL);
  const char *withheld = find_withheld (reading);

  if (reading->access != GS_CHIP_ACCESS_UNKNOWN)
    gs_verdict_add_evidence (verdict, "access", gs_chip_access_to_string (reading->access));
  if (reading->cipher != 0)
    gs_verdict_add_evidence (verdict, "cipher", gs_chip_cipher_to_string (reading->cipher));
  gs_verdict_add_evidence (verdict, "protocol", reading->protocol);
  describe_files (verdict, reading);
  if (reading->pace_error != NULL)
    {
      gs_verdict_add_evidence (verdict, "pace_error", reading->pace_error->message);
      gs_verdict_warn (verdict, "pace-failed",
                       "The chip offers PACE, but it did not succeed; BAC did.");
    }
  if (reading->error != NULL)
    explain_access (verdict, reading->error);
  else if (reading->files[GS_CHIP_FILE_SOD] == NULL || reading->files[GS_CHIP_FILE_DG1] == NULL)
    gs_verdict_set (verdict, GS_CHECK_RESULT_ABORTED, "C01",
                    "The chip opened, but did not give the files that every passport has.");
  else if (withheld != NULL)
    {
      gs_verdict_add_evidence (verdict, "error", "file-withheld");
      gs_verdict_set (verdict, GS_CHECK_RESULT_UNDETERMINED, NULL,
                      "The chip opened, but does not give %s, which the issuer signed.", withheld);
    }
  else
    gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL, "The chip opened and was read.");
}

/* What was asked for and did not come. */
static void
tell_groups (const GsChipReading *reading, GsPassiveInput *input)
{
  for (guint i = 1; i <= GS_N_DATA_GROUPS; i++)
    {
      guint file = GS_CHIP_FILE_DG1 + i - 1;

      input->data_groups[i] = reading->files[file];
      if (reading->files[file] != NULL || reading->errors[file] == NULL)
        continue;
      if (g_error_matches (reading->errors[file], GS_EMRTD_ERROR, GS_EMRTD_ERROR_NOT_FOUND))
        input->missing_groups |= 1u << i;
      else
        input->unread_groups |= 1u << i;
    }
}

static void
check_passively (Run *run)
{
  const GsChipReading *reading = run->input->reading;
  GsPassiveInput input = { .security_object = reading->files[GS_CHIP_FILE_SOD],
                           .common = reading->files[GS_CHIP_FILE_COM],
                           .anchors = run->input->anchors,
                           .signers = run->input->signers,
                           .revocation_lists = run->input->revocation_lists,
                           .now_utc_ms = run->input->now_utc_ms };
  g_autoptr (GsAnchorSet) nobody = NULL;

  if (input.security_object == NULL)
    {
      GsVerdict *verdict =
        add (run->root, "passive-authentication", "Data of the issuer, unaltered");
      gs_verdict_set (
        verdict, reading->error != NULL ? GS_CHECK_RESULT_ABORTED : GS_CHECK_RESULT_UNDETERMINED,
        "C01",
        "The chip's security object was not read, so its data cannot be "
        "checked.");
      return;
    }
  if (input.anchors == NULL)
    input.anchors = nobody = gs_anchor_set_new ();
  tell_groups (reading, &input);
  gs_verdict_add (run->root, gs_passive_authentication_run (&input));
}

/* Names of what differs, for evidence and sentence; "" when nothing does. */
static void
compare_text (GString *differing, const char *name, const char *one, const char *other)
{
  if (g_strcmp0 (one, other) != 0)
    g_string_append_printf (differing, "%s%s", differing->len > 0 ? ", " : "", name);
}

static char *
compare_zones (const GsMrz *one, const GsMrz *other, gboolean whole)
{
  GString *differing = g_string_new (NULL);

  compare_text (differing, "issuing state", one->issuing_state, other->issuing_state);
  compare_text (differing, "document number", one->document_number, other->document_number);
  compare_text (differing, "birth date", one->birth_date_mrz, other->birth_date_mrz);
  compare_text (differing, "expiry date", one->expiry_date_mrz, other->expiry_date_mrz);
  compare_text (differing, "nationality", one->nationality, other->nationality);
  compare_text (differing, "name", one->primary_identifier, other->primary_identifier);
  compare_text (differing, "given names", one->secondary_identifier, other->secondary_identifier);
  if (one->sex != other->sex)
    g_string_append_printf (differing, "%ssex", differing->len > 0 ? ", " : "");
  if (whole && differing->len == 0)
    for (guint i = 0; i < MIN (one->lines.n_lines, other->lines.n_lines); i++)
      if (strcmp (one->lines.line[i], other->lines.line[i]) != 0 && differing->len == 0)
        g_string_append (differing, "optional data or check digits");
  return g_string_free (differing, FALSE);
}

static void
check_against (Run *run,
               const GsMrz *other,
               const char *name,
               const char *statement,
               const char *what,
               gboolean whole)
{
  GsVerdict *verdict;

  if (other == NULL)
    return;
  verdict = add (run->root, name, statement);
  if (!run->has_dg1)
    {
      gs_verdict_set (verdict, GS_CHECK_RESULT_ABORTED, "C01",
                      "DG1 was not read, so the chip cannot be compared with %s.", what);
      return;
    }
  g_autofree char *differing = compare_zones (&run->dg1, other, whole);
  if (differing[0] == '\0')
    {
      gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL, "The chip says the same as %s.",
                      what);
      return;
    }
  gs_verdict_add_evidence (verdict, "differs", differing);
  gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "X01", "The chip differs from %s in: %s.", what,
                  differing);
}

static gint
compare_dates (const GsMrzDate *one, const GsMrzDate *other)
{
  if (one->year != other->year)
    return one->year < other->year ? -1 : 1;
  if (one->month != other->month)
    return one->month < other->month ? -1 : 1;
  return one->day < other->day ? -1 : one->day > other->day;
}

static void
check_expiry (Run *run)
{
  const GsMrz *mrz = run->has_dg1 ? &run->dg1 : run->input->optical;
  GsVerdict *verdict;

  if (mrz == NULL || run->input->today.year == 0)
    return;
  verdict = add (run->root, "not-expired", NULL);
  if (mrz->expiry_date.year == 0 || mrz->expiry_date.month == 0 || mrz->expiry_date.day == 0)
    {
      gs_verdict_set (verdict, GS_CHECK_RESULT_UNDETERMINED, NULL,
                      "The document does not say when it expires.");
      return;
    }
  g_autofree char *date = g_strdup_printf ("%04d-%02d-%02d", mrz->expiry_date.year,
                                           mrz->expiry_date.month, mrz->expiry_date.day);
  gs_verdict_add_evidence (verdict, "expires", date);
  if (compare_dates (&mrz->expiry_date, &run->input->today) < 0)
    gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "D06", "The document has expired.");
  else
    gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL, "The document has not expired.");
}

/* Why the picture cannot be shown. */
static void
explain_picture (GsVerdict *verdict, const GError *error)
{
  const char *word = "damaged";
  const char *why = "its file is damaged or cut short";

  if (g_error_matches (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT))
    {
      word = "too-large";
      why = "it is larger, or takes longer to decode, than the picture of any passport";
    }
  else if (g_error_matches (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED))
    {
      word = "unknown-kind";
      why = "it is of a kind that passports do not have";
    }
  gs_verdict_add_evidence (verdict, "error", word);
  gs_verdict_add_evidence (verdict, "detail", error->message);
  gs_verdict_set (verdict, GS_CHECK_RESULT_UNDETERMINED, "B02",
                  "The chip's picture cannot be shown: %s.", why);
}

static void
check_face (Run *run)
{
  GBytes *file = run->input->reading->files[GS_CHIP_FILE_DG2];
  g_autoptr (GError) error = NULL;
  g_autoptr (GsFaceRecord) record = NULL;
  g_autoptr (GsPixels) image = NULL;
  GsVerdict *verdict = add (run->root, "reference-readable", NULL);

  if (file == NULL)
    {
      gs_verdict_set (verdict,
                      run->input->reading->error != NULL ? GS_CHECK_RESULT_ABORTED
                                                         : GS_CHECK_RESULT_UNDETERMINED,
                      NULL, "The chip's picture was not read.");
      return;
    }
  record = gs_face_record_parse (file, &error);
  if (record != NULL)
    {
      gs_verdict_add_evidence (verdict, "record",
                               record->kind == GS_FACE_RECORD_19794 ? "ISO/IEC 19794-5"
                                                                    : "ISO/IEC 39794-5");
      gs_verdict_add_evidence (verdict, "coding", gs_face_coding_to_string (record->coding));
      if (!record->type_fits)
        gs_verdict_warn (verdict, "picture-kind-differs",
                         "The record names another coding than its picture has.");
      image = gs_face_image_decode (record->image, &error);
    }
  if (image == NULL)
    {
      explain_picture (verdict, error);
      return;
    }
  g_autofree char *size = g_strdup_printf ("%u × %u", image->width, image->height);
  gs_verdict_add_evidence (verdict, "size", size);
  gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL, "The chip's picture can be shown.");
  if (run->input->picture != NULL)
    *run->input->picture = g_steal_pointer (&image);
}

GsVerdict *
gs_document_verdict_run (const GsDocumentInput *input)
{
  Run run = { .input = input, .root = gs_verdict_new ("document-genuine", "Document genuine") };
  GBytes *dg1 = input->reading->files[GS_CHIP_FILE_DG1];

  run.has_dg1 = dg1 != NULL && gs_lds_dg1_parse (dg1, &input->today, &run.dg1, NULL);
  check_zone (&run);
  check_opened (&run);
  check_passively (&run);
  gs_verdict_add (run.root,
                  gs_chip_copy_judge (input->reading, input->anchors, input->revocation_lists,
                                      input->now_utc_ms,
                                      gs_verdict_find (run.root, "passive-authentication")));
  check_against (&run, input->optical, "printed-data-match", NULL, "the printed MRZ", TRUE);
  check_against (&run, input->gate, "same-as-at-gate", "The document that the gate saw",
                 "what the gate saw", FALSE);
  check_expiry (&run);
  check_face (&run);
  memset (&run.dg1, 0, sizeof run.dg1);
  /* Where something is wrong its own words are the document's. */
  if (gs_verdict_get_result (run.root) == GS_CHECK_RESULT_SUCCESSFUL)
    gs_verdict_set (run.root, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                    "The chip's data are the issuer's and unaltered, and the chip is no copy.");
  return run.root;
}
