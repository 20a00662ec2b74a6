/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-desk-document.h"

#include "gs-document-verdict.h"
#include "gs-lds.h"
#include "gs-referral-reason.h"

#include <string.h>

struct _GsDeskDocument
{
  gatomicrefcount references;
  GsChipReading *reading;
  GsVerdict *verdict;
  GsDocumentHeadline headline;
  gint64 read_utc_ms;
  GsPixels *picture; /* NULL: none that can be shown; why stands in the verdict */
  char *own_name;
  GPtrArray *findings; /* static strings, NULL at the end */
  gboolean failed;
};

/* --- headline --------------------------------------------------------------------------------- */

static GsCheckResult
result_of (const GsVerdict *verdict, const char *name)
{
  const GsVerdict *node = gs_verdict_find (verdict, name);

  return node != NULL ? gs_verdict_get_result (node) : GS_CHECK_RESULT_NOT_CHECKED;
}

/* The first of these that failed names the whole: what a forger did comes before what time did. */
static const struct
{
  const char *check;
  GsDocumentHeadline headline;
} failures[] = {
  { "not-a-copy", GS_DOCUMENT_COPY },
  { "chip-data-unaltered", GS_DOCUMENT_ALTERED },
  { "signer-trusted", GS_DOCUMENT_SIGNER_REFUSED },
  { "signed-by-issuer", GS_DOCUMENT_SIGNATURE_WRONG },
  { "certificate-not-revoked", GS_DOCUMENT_SIGNER_REVOKED },
  { "issuer-agrees", GS_DOCUMENT_ISSUER_DIFFERS },
  { "printed-data-match", GS_DOCUMENT_PAGE_DIFFERS },
  { "same-as-at-gate", GS_DOCUMENT_GATE_DIFFERS },
  { "certificate-in-period", GS_DOCUMENT_SIGNER_PERIOD },
  { "chip-files-agree", GS_DOCUMENT_FILES_DIFFER },
  { "algorithms-strong", GS_DOCUMENT_SIGNATURE_WRONG },
  { "chip-opened", GS_DOCUMENT_NOT_OPENED },
  { "not-expired", GS_DOCUMENT_EXPIRED },
  { "mrz-well-formed", GS_DOCUMENT_ZONE_WRONG },
};

static GsDocumentHeadline
judge_headline (const GsVerdict *verdict, GsAnchorSet *anchors)
{
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    if (result_of (verdict, failures[i].check) == GS_CHECK_RESULT_FAILED)
      return failures[i].headline;
  if (gs_verdict_get_result (verdict) == GS_CHECK_RESULT_FAILED)
    return GS_DOCUMENT_SIGNATURE_WRONG;
  if (result_of (verdict, "chip-opened") == GS_CHECK_RESULT_ABORTED)
    return GS_DOCUMENT_INCOMPLETE;
  if (result_of (verdict, "signer-trusted") == GS_CHECK_RESULT_UNDETERMINED)
    return anchors == NULL || gs_anchor_set_get_size (anchors) == 0 ? GS_DOCUMENT_NO_AUTHORITY
                                                                    : GS_DOCUMENT_SIGNER_UNKNOWN;
  if (result_of (verdict, "passive-authentication") != GS_CHECK_RESULT_SUCCESSFUL)
    return GS_DOCUMENT_UNDETERMINED;
  return result_of (verdict, "not-a-copy") == GS_CHECK_RESULT_SUCCESSFUL ? GS_DOCUMENT_GENUINE
                                                                         : GS_DOCUMENT_UNALTERED;
}

const char *
gs_document_headline_to_word (GsDocumentHeadline headline)
{
  switch (headline)
    {
    case GS_DOCUMENT_GENUINE:
      return "genuine";
    case GS_DOCUMENT_UNALTERED:
      return "unaltered";
    case GS_DOCUMENT_COPY:
      return "copy";
    case GS_DOCUMENT_ALTERED:
      return "altered";
    case GS_DOCUMENT_SIGNATURE_WRONG:
      return "signature-wrong";
    case GS_DOCUMENT_SIGNER_REFUSED:
      return "signer-refused";
    case GS_DOCUMENT_SIGNER_REVOKED:
      return "signer-revoked";
    case GS_DOCUMENT_SIGNER_PERIOD:
      return "signer-period";
    case GS_DOCUMENT_ISSUER_DIFFERS:
      return "issuer-differs";
    case GS_DOCUMENT_FILES_DIFFER:
      return "files-differ";
    case GS_DOCUMENT_PAGE_DIFFERS:
      return "page-differs";
    case GS_DOCUMENT_GATE_DIFFERS:
      return "gate-differs";
    case GS_DOCUMENT_NOT_OPENED:
      return "not-opened";
    case GS_DOCUMENT_EXPIRED:
      return "expired";
    case GS_DOCUMENT_ZONE_WRONG:
      return "zone-wrong";
    case GS_DOCUMENT_INCOMPLETE:
      return "incomplete";
    case GS_DOCUMENT_SIGNER_UNKNOWN:
      return "signer-unknown";
    case GS_DOCUMENT_NO_AUTHORITY:
      return "no-authority";
    case GS_DOCUMENT_UNDETERMINED:
      return "undetermined";
    }
  return "undetermined";
}

GsDocumentHeadline
gs_document_headline_from_word (const char *word)
{
  for (int i = GS_DOCUMENT_GENUINE; i <= GS_DOCUMENT_UNDETERMINED; i++)
    if (g_strcmp0 (word, gs_document_headline_to_word (i)) == 0)
      return i;
  return 0;
}

/* --- findings --------------------------------------------------------------------------------- */

static void
add_finding (GsDeskDocument *self, const char *code)
{
  for (guint i = 0; i < self->findings->len; i++)
    if (g_str_equal (g_ptr_array_index (self->findings, i), code))
      return;
  g_ptr_array_add (self->findings, (gpointer) g_intern_string (code));
}

/* A leaf speaks for itself; what stands above it has only its words. */
static void
collect (GsDeskDocument *self, const GsVerdict *node)
{
  guint n = gs_verdict_get_n_children (node);
  GsCheckResult result = gs_verdict_get_result (node);
  const char *code = gs_verdict_get_code (node);

  for (guint i = 0; i < n; i++)
    collect (self, gs_verdict_get_child (node, i));
  if (code == NULL || result != GS_CHECK_RESULT_FAILED)
    return;
  self->failed = TRUE;
  add_finding (self, code);
}

/* A check that was successful in spite of something: a known defect of production (C11). */
static void
collect_notes (GsDeskDocument *self, const GsVerdict *node)
{
  for (guint i = 0; i < gs_verdict_get_n_children (node); i++)
    collect_notes (self, gs_verdict_get_child (node, i));
  if (gs_verdict_get_result (node) == GS_CHECK_RESULT_SUCCESSFUL
      && gs_verdict_get_code (node) != NULL)
    add_finding (self, gs_verdict_get_code (node));
}

static void
find_findings (GsDeskDocument *self)
{
  self->findings = g_ptr_array_new ();
  collect (self, self->verdict);
  /* What broke off says nothing beside what failed, and what the officer stopped says nothing. */
  if (!self->failed && gs_verdict_get_result (self->verdict) == GS_CHECK_RESULT_ABORTED
      && !g_error_matches (self->reading->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    add_finding (self, "C01");
  /* After what is worse: the first finding may head the card. */
  collect_notes (self, self->verdict);
  g_ptr_array_add (self->findings, NULL);
}

const char *const *
gs_desk_document_get_findings (GsDeskDocument *self, gboolean *failed)
{
  if (failed != NULL)
    *failed = self->failed;
  return (const char *const *) self->findings->pdata;
}

gboolean
gs_desk_document_is_finding (const char *code)
{
  const char *const others[] = { "X01", "D03", "D06", NULL };
  const GsReferralReason *reason = gs_referral_reason_find (code);

  return reason != NULL
         && (reason->group == GS_REASON_GROUP_CHIP || g_strv_contains (others, code));
}

/* What the chip's picture is fit for says nothing of a face at the gate. */
static gboolean
is_of_document (const GsVerdict *node)
{
  const GsCheckName *row = gs_check_name_find (gs_verdict_get_name (node));

  return row != NULL && row->group != GS_CHECK_GROUP_FACE
         && gs_verdict_get_result (node) != GS_CHECK_RESULT_NOT_CHECKED;
}

static void
add_checks (GPtrArray *checks, const GsVerdict *node)
{
  GsCheckResult result = gs_verdict_get_result (node);

  if (is_of_document (node))
    g_ptr_array_add (
      checks, gs_check_new (
                gs_verdict_get_name (node), result,
                result == GS_CHECK_RESULT_SUCCESSFUL ? NULL : gs_verdict_get_code (node), NULL));
  for (guint i = 0; i < gs_verdict_get_n_children (node); i++)
    add_checks (checks, gs_verdict_get_child (node, i));
}

GPtrArray *
gs_desk_document_dup_checks (GsDeskDocument *self)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);

  add_checks (checks, self->verdict);
  return checks;
}

/* --- making ----------------------------------------------------------------------------------- */

static void
take_text (char *field, gsize size, const char *value)
{
  if (*field == '\0')
    g_strlcpy (field, value, size);
}

/* What the gate did not tell is not compared: it takes the chip's own value. */
static void
fill_gate (GsMrz *gate, const GsMrz *dg1)
{
  take_text (gate->issuing_state, sizeof gate->issuing_state, dg1->issuing_state);
  take_text (gate->document_number, sizeof gate->document_number, dg1->document_number);
  take_text (gate->birth_date_mrz, sizeof gate->birth_date_mrz, dg1->birth_date_mrz);
  take_text (gate->expiry_date_mrz, sizeof gate->expiry_date_mrz, dg1->expiry_date_mrz);
  take_text (gate->nationality, sizeof gate->nationality, dg1->nationality);
  take_text (gate->primary_identifier, sizeof gate->primary_identifier, dg1->primary_identifier);
  take_text (gate->secondary_identifier, sizeof gate->secondary_identifier,
             dg1->secondary_identifier);
  if (gate->sex == '\0')
    gate->sex = dg1->sex;
}

/* Names in these scripts have no comma between their parts. */
static gboolean
is_east_asian (const char *name)
{
  switch (g_unichar_get_script (g_utf8_get_char (name)))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
take_own_name (GsDeskDocument *self)
{
  GBytes *dg11 = self->reading->files[GS_CHIP_FILE_DG11];
  g_autoptr (GsLdsDetails) details = dg11 != NULL ? gs_lds_dg11_parse (dg11, NULL) : NULL;
  g_auto (GStrv) parts = NULL;

  if (details == NULL || details->full_name == NULL || *details->full_name == '\0')
    return;
  parts = g_strsplit (details->full_name, ", ", 2);
  self->own_name =
    is_east_asian (details->full_name) ? g_strjoinv (" ", parts) : g_strdup (details->full_name);
}

GsDeskDocument *
gs_desk_document_new (const GsDeskDocumentInput *input)
{
  GsDeskDocument *self = g_new0 (GsDeskDocument, 1);
  GBytes *dg1_file = input->reading->files[GS_CHIP_FILE_DG1];
  GsMrz gate = { 0 };
  GsMrz dg1 = { 0 };
  GsDocumentInput judged = { .reading = input->reading,
                             .optical = input->optical,
                             .anchors = input->anchors,
                             .revocation_lists = input->revocation_lists,
                             .now_utc_ms = input->now_utc_ms,
                             .today = input->today,
                             .picture = &self->picture };

  g_atomic_ref_count_init (&self->references);
  self->reading = input->reading;
  self->read_utc_ms = input->now_utc_ms;
  if (input->gate != NULL)
    {
      gate = *input->gate;
      if (dg1_file != NULL && gs_lds_dg1_parse (dg1_file, &input->today, &dg1, NULL))
        fill_gate (&gate, &dg1);
      judged.gate = &gate;
    }
  self->verdict = gs_document_verdict_run (&judged);
  explicit_bzero (&gate, sizeof gate);
  explicit_bzero (&dg1, sizeof dg1);
  self->headline = judge_headline (self->verdict, input->anchors);
  find_findings (self);
  take_own_name (self);
  return self;
}

GsDeskDocument *
gs_desk_document_ref (GsDeskDocument *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
gs_desk_document_unref (GsDeskDocument *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  gs_verdict_unref (self->verdict);
  gs_chip_reading_free (self->reading);
  gs_pixels_free (self->picture);
  if (self->own_name != NULL)
    explicit_bzero (self->own_name, strlen (self->own_name));
  g_free (self->own_name);
  g_ptr_array_unref (self->findings);
  g_free (self);
}

const GsVerdict *
gs_desk_document_get_verdict (GsDeskDocument *self)
{
  return self->verdict;
}

GsDocumentHeadline
gs_desk_document_get_headline (GsDeskDocument *self)
{
  return self->headline;
}

const GsChipReading *
gs_desk_document_get_reading (GsDeskDocument *self)
{
  return self->reading;
}

gint64
gs_desk_document_get_read_utc_ms (GsDeskDocument *self)
{
  return self->read_utc_ms;
}

GsPictureState
gs_desk_document_get_picture_state (GsDeskDocument *self)
{
  const GsVerdict *node = gs_verdict_find (self->verdict, "reference-readable");
  const char *error = node != NULL ? gs_verdict_find_evidence (node, "error") : NULL;

  if (self->picture != NULL)
    return GS_PICTURE_SHOWN;
  if (error == NULL)
    return GS_PICTURE_NOT_READ;
  if (g_str_equal (error, "too-large"))
    return GS_PICTURE_TOO_LARGE;
  return g_str_equal (error, "unknown-kind") ? GS_PICTURE_UNKNOWN_KIND : GS_PICTURE_DAMAGED;
}

const GsPixels *
gs_desk_document_get_picture (GsDeskDocument *self)
{
  return self->picture;
}

const char *
gs_desk_document_get_own_name (GsDeskDocument *self)
{
  return self->own_name;
}
