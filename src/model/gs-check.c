/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-check.h"

#include "gs-words.h"

static const GsWord result_words[] = {
  { GS_CHECK_RESULT_SUCCESSFUL, "successful" },
  { GS_CHECK_RESULT_FAILED, "failed" },
  { GS_CHECK_RESULT_UNDETERMINED, "undetermined" },
  { GS_CHECK_RESULT_NOT_SUPPORTED, "not-supported" },
  { GS_CHECK_RESULT_ABORTED, "aborted" },
  { 0, NULL },
};

static const GsWord group_words[] = {
  { GS_CHECK_GROUP_DOCUMENT, "document" },
  { GS_CHECK_GROUP_CHIP, "chip" },
  { GS_CHECK_GROUP_FACE, "face" },
  { GS_CHECK_GROUP_CROSS_CHECK, "cross-check" },
  { GS_CHECK_GROUP_BACKGROUND, "background" },
  { 0, NULL },
};

static const GsCheckName names[] = {
  { "not-expired", GS_CHECK_GROUP_DOCUMENT, "Not expired" },
  { "not-specimen", GS_CHECK_GROUP_DOCUMENT, "Not a specimen" },
  { "mrz-well-formed", GS_CHECK_GROUP_DOCUMENT, "MRZ well formed" },
  { "mrz-infrared", GS_CHECK_GROUP_DOCUMENT, "MRZ readable in infrared" },
  { "ultraviolet-pattern", GS_CHECK_GROUP_DOCUMENT, "Ultraviolet pattern right" },
  { "model-known", GS_CHECK_GROUP_DOCUMENT, "Document model known" },
  { "document-undamaged", GS_CHECK_GROUP_DOCUMENT, "Document undamaged" },
  { "document-placed", GS_CHECK_GROUP_DOCUMENT, "Document well placed" },
  { "chip-opened", GS_CHECK_GROUP_CHIP, "Chip opened" },
  { "signed-by-issuer", GS_CHECK_GROUP_CHIP, "Signed by the issuer" },
  { "signer-trusted", GS_CHECK_GROUP_CHIP, "Signer trusted" },
  { "certificate-in-period", GS_CHECK_GROUP_CHIP, "Certificate in its period" },
  { "certificate-not-revoked", GS_CHECK_GROUP_CHIP, "Certificate not revoked" },
  { "chip-data-unaltered", GS_CHECK_GROUP_CHIP, "Chip data unaltered" },
  { "chip-files-agree", GS_CHECK_GROUP_CHIP, "EF.SOD and EF.COM agree" },
  { "issuer-agrees", GS_CHECK_GROUP_CHIP, "Issuing state agrees with the signer" },
  { "chip-authentication", GS_CHECK_GROUP_CHIP, "Not a copy (chip authentication)" },
  { "active-authentication", GS_CHECK_GROUP_CHIP, "Not a copy (active authentication)" },
  { "face-match", GS_CHECK_GROUP_FACE, "Match with the chip picture" },
  { "no-attack-found", GS_CHECK_GROUP_FACE, "No attack found" },
  { "single-face", GS_CHECK_GROUP_FACE, "One face in view" },
  { "face-quality", GS_CHECK_GROUP_FACE, "Live picture good enough" },
  { "reference-readable", GS_CHECK_GROUP_FACE, "Chip picture readable" },
  { "officer-same-as-chip", GS_CHECK_GROUP_FACE, "Same person as in the chip, by the officer" },
  { "officer-same-as-gate", GS_CHECK_GROUP_FACE, "Same person as at the gate, by the officer" },
  { "desk-face-match", GS_CHECK_GROUP_FACE, "Match at the desk with the chip picture" },
  { "desk-gate-face-match", GS_CHECK_GROUP_FACE, "Match at the desk with the gate picture" },
  { "desk-no-attack-seen", GS_CHECK_GROUP_FACE, "No attack seen by the officer" },
  { "printed-data-match", GS_CHECK_GROUP_CROSS_CHECK, "Printed data match the chip" },
  { "printed-face-match", GS_CHECK_GROUP_CROSS_CHECK, "Printed face matches the chip" },
  { "same-as-at-gate", GS_CHECK_GROUP_CROSS_CHECK, "Same document as at the gate" },
  { "visa-agrees", GS_CHECK_GROUP_CROSS_CHECK, "Visa or permit agrees" },
  { "digital-seal", GS_CHECK_GROUP_CROSS_CHECK, "Digital seal good" },
  { "not-lost-or-stolen", GS_CHECK_GROUP_BACKGROUND, "Not reported lost or stolen" },
  { "no-alert", GS_CHECK_GROUP_BACKGROUND, "No alert on the person" },
  { "no-entry-ban", GS_CHECK_GROUP_BACKGROUND, "No entry ban on file" },
  { "no-directive", GS_CHECK_GROUP_BACKGROUND, "No directive for an officer" },
  { NULL, 0, NULL },
};

const char *
gs_check_result_to_word (GsCheckResult result)
{
  return gs_words_to_word (result_words, result);
}

gboolean
gs_check_result_from_word (const char *word, GsCheckResult *result)
{
  int value;

  if (!gs_words_from_word (result_words, word, &value))
    return FALSE;
  *result = (GsCheckResult) value;
  return TRUE;
}

const char *
gs_check_group_to_word (GsCheckGroup group)
{
  return gs_words_to_word (group_words, group);
}

gboolean
gs_check_group_from_word (const char *word, GsCheckGroup *group)
{
  int value;

  if (!gs_words_from_word (group_words, word, &value))
    return FALSE;
  *group = (GsCheckGroup) value;
  return TRUE;
}

const GsCheckName *
gs_check_names (void)
{
  return names;
}

const GsCheckName *
gs_check_name_find (const char *name)
{
  for (const GsCheckName *row = names; row->name != NULL; row++)
    if (g_strcmp0 (row->name, name) == 0)
      return row;
  return NULL;
}

GsCheck *
gs_check_new (const char *name, GsCheckResult result, const char *code, const char *detail)
{
  GsCheck *self = g_new0 (GsCheck, 1);

  self->name = g_strdup (name);
  self->result = result;
  self->code = g_strdup (code);
  self->detail = g_strdup (detail);
  return self;
}

GsCheck *
gs_check_copy (const GsCheck *self)
{
  return gs_check_new (self->name, self->result, self->code, self->detail);
}

void
gs_check_free (GsCheck *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->code);
  g_free (self->detail);
  g_free (self);
}

static int
badness (GsCheckResult result)
{
  switch (result)
    {
    case GS_CHECK_RESULT_FAILED:
      return 5;
    case GS_CHECK_RESULT_ABORTED:
      return 4;
    case GS_CHECK_RESULT_UNDETERMINED:
      return 3;
    case GS_CHECK_RESULT_SUCCESSFUL:
      return 2;
    case GS_CHECK_RESULT_NOT_SUPPORTED:
      return 1;
    case GS_CHECK_RESULT_NOT_CHECKED:
      return 0;
    }
  return 0;
}

GsCheckResult
gs_check_result_worse (GsCheckResult a, GsCheckResult b)
{
  return badness (b) > badness (a) ? b : a;
}

GsCheckResult
gs_checks_group_result (GPtrArray *checks, GsCheckGroup group)
{
  GsCheckResult worst = GS_CHECK_RESULT_NOT_CHECKED;

  for (guint i = 0; checks != NULL && i < checks->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (checks, i);
      const GsCheckName *row = gs_check_name_find (check->name);

      if ((row != NULL ? row->group : GS_CHECK_GROUP_OTHER) == group)
        worst = gs_check_result_worse (worst, check->result);
    }
  return worst;
}
