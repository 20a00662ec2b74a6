/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-referral-mix.h"

/* E03 (below the minimum age) has no share: nobody among the drawn faces looks like a child. */
static const GsReferralMix mix[] = {
  { "B01", 18.0, "face-match" },
  { "B02", 2.0, "reference-readable" },
  { "B03", 9.0, "face-match" },
  { "B04", 9.0, "face-quality" },
  { "B05", 1.0, "no-attack-found" },
  { "B06", 4.0, "single-face" },
  { "B07", 0.5, "face-match" },
  { "D01", 8.0, "document-placed" },
  { "D02", 1.0, "model-known" },
  { "D03", 4.0, "mrz-well-formed" },
  { "D04", 2.0, "mrz-infrared" },
  { "D05", 0.5, "ultraviolet-pattern" },
  { "D06", 2.0, "not-expired" },
  { "D07", 0.2, "not-specimen" },
  { "D08", 2.0, "document-undamaged" },
  { "C01", 8.0, "chip-opened" },
  { "C02", 3.0, "chip-opened" },
  { "C03", 0.5, "signed-by-issuer" },
  { "C04", 1.5, "signer-trusted" },
  { "C05", 1.0, "certificate-in-period" },
  { "C06", 0.2, "certificate-not-revoked" },
  { "C07", 0.4, "chip-authentication" },
  { "C08", 0.3, "chip-files-agree" },
  { "C09", 0.3, "chip-data-unaltered" },
  { "C10", 0.2, "issuer-agrees" },
  { "C11", 1.0, "chip-data-unaltered" },
  { "X01", 0.5, "printed-data-match" },
  { "X02", 0.4, "printed-face-match" },
  { "X03", 0.8, "visa-agrees" },
  { "X04", 0.8, "printed-data-match" },
  { "X05", 0.2, "digital-seal" },
  { "W01", 0.4, "not-lost-or-stolen" },
  { "W02", 0.4, "no-alert" },
  { "W03", 1.0, "no-entry-ban" },
  { "W04", 2.0, "no-alert" },
  { "W05", 2.0, "no-directive" },
  { "W06", 3.0, "no-alert" },
  { "E01", 2.0, NULL },
  { "E02", 2.0, NULL },
  { "E03", 0.0, NULL },
  { "E04", 4.0, NULL },
  { "E05", 2.0, NULL },
  { "E06", 3.0, NULL },
  { "G01", 1.2, NULL },
  { "G02", 0.1, NULL },
  { "G03", 0.2, NULL },
  { "G04", 1.0, NULL },
  { "G05", 1.0, NULL },
  { "G06", 2.0, NULL },
  { "G07", 0.05, NULL },
  { "O01", 0.8, NULL },
  { "O02", 0.5, NULL },
  { "O03", 0.3, NULL },
  { "O04", 4.0, NULL },
  { NULL, 0.0, NULL },
};

const GsReferralMix *
gs_referral_mix_get (void)
{
  return mix;
}

const GsReferralMix *
gs_referral_mix_find (const char *code)
{
  for (const GsReferralMix *row = mix; row->code != NULL; row++)
    if (g_strcmp0 (row->code, code) == 0)
      return row;
  return NULL;
}

const char *
gs_referral_mix_pick (GRand *random)
{
  double total = 0.0, left;

  for (const GsReferralMix *row = mix; row->code != NULL; row++)
    total += row->share;
  left = g_rand_double (random) * total;
  for (const GsReferralMix *row = mix; row->code != NULL; row++)
    {
      left -= row->share;
      if (left < 0.0 && row->share > 0.0)
        return row->code;
    }
  return "B01";
}
