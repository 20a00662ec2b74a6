/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-text.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *name;
  const char *statement;
  const char *failed;
  const char *undetermined;
  const char *not_supported;
} Step;

static const Step steps[] = {
  { "seal-readable", N_ ("It can be read"), NULL, N_ ("No seal could be read on this picture."),
    NULL },
  { "seal-intact", N_ ("It is whole"),
    N_ ("It is damaged in a way in which a printed seal cannot become damaged."),
    N_ ("This symbol is no seal that is known here."), NULL },
  { "seal-certificate", N_ ("Its signer is believed"),
    N_ ("The signer’s certificate was not valid when the seal was signed."),
    N_ ("The signer’s certificate is not at this desk. Ask the administrator for it."), NULL },
  { "seal-signature", N_ ("Its signature is good"),
    N_ ("It is not signed by the signer that it names, or it was altered."), NULL, NULL },
  { "seal-content", N_ ("What it says can be"), N_ ("It says what cannot be."), NULL,
    N_ ("Seals of this kind are not known here. What it says was not looked at.") },
  { "seal-of-document", N_ ("Made for the document on the card"),
    N_ ("The stamp was made for another document than the one on the card."), NULL, NULL },
};

typedef struct
{
  const char *key;
  const char *words;
} Name;

static const Name names[] = {
  { "serial", N_ ("Stamp") },
  { "direction", N_ ("Direction") },
  { "transport", N_ ("Transport") },
  { "port", N_ ("Port") },
  { "crossed-on", N_ ("Day of the crossing") },
  { "mrz", N_ ("Machine readable zone") },
  { "passport-number", N_ ("Number of the passport") },
  { "registration-number", N_ ("Number of the registration") },
  { "sheet-number", N_ ("Number of the sheet") },
  { "insurance-number", N_ ("Number of the insurance") },
  { "surname", N_ ("Surname") },
  { "given-names", N_ ("Given names") },
  { "birth-name", N_ ("Name at birth") },
  { "country", N_ ("Issued by") },
  { "signer", N_ ("Signer") },
  { "certificate_reference", N_ ("Number of the certificate") },
  { "signed", N_ ("Signed on") },
};

static const Name values[] = {
  { "arrival", N_ ("arrival") }, { "departure", N_ ("departure") }, { "air", N_ ("by air") },
  { "sea", N_ ("by sea") },      { "land", N_ ("by land") },
};

const char *
gs_seal_text_result (GsCheckResult result)
{
  if (result == GS_CHECK_RESULT_SUCCESSFUL)
    return _ ("The seal is genuine");
  return result == GS_CHECK_RESULT_FAILED ? _ ("The seal is not genuine")
                                          : _ ("It cannot be told whether the seal is genuine");
}

static const Step *
find_step (const GsVerdict *step)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].name, gs_verdict_get_name (step)))
      return &steps[i];
  return NULL;
}

const char *
gs_seal_text_step (const GsVerdict *step)
{
  const Step *known = find_step (step);

  return known != NULL ? _ (known->statement) : NULL;
}

const char *
gs_seal_text_cause (const GsVerdict *step)
{
  const Step *known = find_step (step);
  const char *text = NULL;

  if (known == NULL)
    return NULL;
  switch (gs_verdict_get_result (step))
    {
    case GS_CHECK_RESULT_FAILED:
      text = known->failed;
      /* The child says more. */
      if (gs_verdict_get_n_children (step) > 0)
        return gs_seal_text_cause (gs_verdict_get_child (step, 0));
      break;
    case GS_CHECK_RESULT_UNDETERMINED:
      text = known->undetermined;
      break;
    case GS_CHECK_RESULT_NOT_SUPPORTED:
      text = known->not_supported;
      break;
    case GS_CHECK_RESULT_SUCCESSFUL:
      if (gs_verdict_get_n_warnings (step) > 0
          && g_str_equal (gs_verdict_get_warning_code (step, 0), "bare-key"))
        return _ ("By a bare key: nothing says whose it is, and until when it may be used.");
      break;
    case GS_CHECK_RESULT_ABORTED:
    case GS_CHECK_RESULT_NOT_CHECKED:
      break;
    }
  return text != NULL ? _ (text) : NULL;
}

static const char *
translate_value (const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    if (g_str_equal (values[i].key, value))
      return _ (values[i].words);
  return value;
}

static void
append_fields (GString *out, const GsVerdict *step)
{
  for (guint i = 0; step != NULL && i < gs_verdict_get_n_evidence (step); i++)
    {
      const GsEvidence *line = gs_verdict_get_evidence (step, i);

      for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
        if (g_str_equal (names[k].key, line->key))
          /* Translators: the name of a field, then its value. */
          g_string_append_printf (out, _ ("%s: %s\n"), _ (names[k].words),
                                  translate_value (line->value));
    }
}

char *
gs_seal_text_fields (const GsVerdict *verdict)
{
  GString *out = g_string_new (NULL);

  append_fields (out, gs_verdict_find (verdict, "seal-content"));
  append_fields (out, gs_verdict_find (verdict, "seal-intact"));
  return g_strchomp (g_string_free (out, FALSE));
}
