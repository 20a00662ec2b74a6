/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-referral-reason.h"

#define UNKNOWN_PRIORITY 2

static const GsReferralReason reasons[] = {
  { "B01", GS_REASON_GROUP_BIOMETRIC, GS_CHECK_RESULT_FAILED, 2, "face match below threshold",
    "TR-03121 CMP-FI-VER" },
  { "B02", GS_REASON_GROUP_BIOMETRIC, GS_CHECK_RESULT_UNDETERMINED, 3,
    "no readable reference face (DG2)", "TR-03121-3 2.5.1.1" },
  { "B03", GS_REASON_GROUP_BIOMETRIC, GS_CHECK_RESULT_ABORTED, 4, "face capture timed out",
    "TR-03121 ACQ-FI-USV" },
  { "B04", GS_REASON_GROUP_BIOMETRIC, GS_CHECK_RESULT_UNDETERMINED, 4,
    "live image quality insufficient", "TR-03121 QA-FI-PRE" },
  { "B05", GS_REASON_GROUP_BIOMETRIC, GS_CHECK_RESULT_FAILED, 1, "presentation attack suspected",
    "TR-03121 PAD-FI-APP" },
  { "B06", GS_REASON_GROUP_BIOMETRIC, GS_CHECK_RESULT_UNDETERMINED, 2, "more than one face in view",
    "TR-03121 UI-FI-BSJ" },
  { "B07", GS_REASON_GROUP_BIOMETRIC, GS_CHECK_RESULT_FAILED, 2, "fingerprint fallback failed",
    "TR-03121 CMP-FP-VER" },
  { "D01", GS_REASON_GROUP_DOCUMENT, GS_CHECK_RESULT_ABORTED, 4,
    "document not detected or badly placed", "TR-03135-1 5.5.2" },
  { "D02", GS_REASON_GROUP_DOCUMENT, GS_CHECK_RESULT_UNDETERMINED, 3, "document model unknown",
    "TR-03135-1 5.5.3" },
  { "D03", GS_REASON_GROUP_DOCUMENT, GS_CHECK_RESULT_FAILED, 3, "MRZ check digit or format wrong",
    "TR-03135-1 5.5.4.1.1" },
  { "D04", GS_REASON_GROUP_DOCUMENT, GS_CHECK_RESULT_FAILED, 3,
    "MRZ not readable in infrared or wrong font", "TR-03135-1 5.5.4.1.2" },
  { "D05", GS_REASON_GROUP_DOCUMENT, GS_CHECK_RESULT_FAILED, 2,
    "ultraviolet or spectral pattern wrong", "TR-03135-1 5.5.4.2" },
  { "D06", GS_REASON_GROUP_DOCUMENT, GS_CHECK_RESULT_FAILED, 3, "document expired",
    "TR-03135-1 5.7.1" },
  { "D07", GS_REASON_GROUP_DOCUMENT, GS_CHECK_RESULT_FAILED, 2, "specimen document",
    "TR-03135-1 5.8.1.1" },
  { "D08", GS_REASON_GROUP_DOCUMENT, GS_CHECK_RESULT_ABORTED, 4, "page or chip damaged",
    "TR-03135-1 3.5.2" },
  { "C01", GS_REASON_GROUP_CHIP, GS_CHECK_RESULT_ABORTED, 4, "chip not found or removed too early",
    "TR-03135-1 5.6.3" },
  { "C02", GS_REASON_GROUP_CHIP, GS_CHECK_RESULT_FAILED, 3, "access control failed (BAC or PACE)",
    "TR-03135-1 5.6.3.1" },
  { "C03", GS_REASON_GROUP_CHIP, GS_CHECK_RESULT_FAILED, 2,
    "security object signature or hash wrong", "TR-03135-1 5.6.4.2.2" },
  { "C04", GS_REASON_GROUP_CHIP, GS_CHECK_RESULT_FAILED, 2,
    "document signer certificate not trusted", "TR-03135-1 5.6.4.3.3" },
  { "C05", GS_REASON_GROUP_CHIP, GS_CHECK_RESULT_FAILED, 3,
    "certificate outside its validity period", "TR-03135-1 5.6.4.3.4" },
  { "C06", GS_REASON_GROUP_CHIP, GS_CHECK_RESULT_FAILED, 2, "document signer certificate revoked",
    "TR-03135-1 5.6.4.3.5" },
  { "C07", GS_REASON_GROUP_CHIP, GS_CHECK_RESULT_FAILED, 2,
    "chip not genuine (active or chip authentication)", "TR-03135-1 5.6.4.1" },
  { "C08", GS_REASON_GROUP_CHIP, GS_CHECK_RESULT_FAILED, 3, "EF.SOD and EF.COM disagree",
    "TR-03135-1 5.6.4.4.1" },
  { "C09", GS_REASON_GROUP_CHIP, GS_CHECK_RESULT_FAILED, 2, "data group hash wrong",
    "TR-03135-1 5.6.4.4.2" },
  { "C10", GS_REASON_GROUP_CHIP, GS_CHECK_RESULT_FAILED, 2,
    "issuing state differs from the signer's", "TR-03135-1 5.6.4.5" },
  { "C11", GS_REASON_GROUP_CHIP, GS_CHECK_RESULT_UNDETERMINED, 4, "known production defect",
    "TR-03135-1 5.8.2" },
  { "X01", GS_REASON_GROUP_CROSS_CHECK, GS_CHECK_RESULT_FAILED, 2,
    "optical MRZ differs from the chip", "TR-03135-1 5.7.2" },
  { "X02", GS_REASON_GROUP_CROSS_CHECK, GS_CHECK_RESULT_FAILED, 2,
    "printed face differs from the chip", "TR-03135-1 5.7.6" },
  { "X03", GS_REASON_GROUP_CROSS_CHECK, GS_CHECK_RESULT_FAILED, 3,
    "passport and visa or permit disagree", "TR-03135-1 5.7.4" },
  { "X04", GS_REASON_GROUP_CROSS_CHECK, GS_CHECK_RESULT_FAILED, 3, "MRZ and printed data disagree",
    "TR-03135-1 5.7.5" },
  { "X05", GS_REASON_GROUP_CROSS_CHECK, GS_CHECK_RESULT_FAILED, 3, "digital seal check failed",
    "TR-03135-1 5.9" },
  { "W01", GS_REASON_GROUP_BACKGROUND, GS_CHECK_RESULT_FAILED, 1,
    "document reported lost or stolen", "Schengen Borders Code 8(2)(a)" },
  { "W02", GS_REASON_GROUP_BACKGROUND, GS_CHECK_RESULT_FAILED, 1, "alert on the person",
    "Schengen Borders Code 8(2)(b)" },
  { "W03", GS_REASON_GROUP_BACKGROUND, GS_CHECK_RESULT_FAILED, 2,
    "entry ban, refusal or overstay on file", "Schengen Borders Code" },
  { "W04", GS_REASON_GROUP_BACKGROUND, GS_CHECK_RESULT_ABORTED, 4, "background system unreachable",
    "TR-03135 background check" },
  { "W05", GS_REASON_GROUP_BACKGROUND, GS_CHECK_RESULT_UNDETERMINED, 3,
    "agency directive: an officer must process", "operational" },
  { "W06", GS_REASON_GROUP_BACKGROUND, GS_CHECK_RESULT_UNDETERMINED, 3,
    "name-alike or stale record suspected", "operational" },
  { "E01", GS_REASON_GROUP_ELIGIBILITY, GS_CHECK_RESULT_NOT_SUPPORTED, 3, "no chip in the document",
    "Japan ISA gate conditions" },
  { "E02", GS_REASON_GROUP_ELIGIBILITY, GS_CHECK_RESULT_NOT_SUPPORTED, 4,
    "below the gate's minimum height (135 cm)", "Japan ISA gate conditions" },
  { "E03", GS_REASON_GROUP_ELIGIBILITY, GS_CHECK_RESULT_NOT_SUPPORTED, 4,
    "below the gate's minimum age", "operational" },
  { "E04", GS_REASON_GROUP_ELIGIBILITY, GS_CHECK_RESULT_NOT_SUPPORTED, 3,
    "residence status not eligible (not Temporary Visitor, or not departing)",
    "Japan ISA gate conditions" },
  { "E05", GS_REASON_GROUP_ELIGIBILITY, GS_CHECK_RESULT_NOT_SUPPORTED, 3,
    "nationality or visa class not eligible", "Schengen Borders Code 8b" },
  { "E06", GS_REASON_GROUP_ELIGIBILITY, GS_CHECK_RESULT_NOT_SUPPORTED, 4,
    "cannot operate the gate alone, asks for help", "Japan ISA gate conditions" },
  { "G01", GS_REASON_GROUP_GATE, GS_CHECK_RESULT_FAILED, 1,
    "tailgating: more than one person in the gate", "ABC practice" },
  { "G02", GS_REASON_GROUP_GATE, GS_CHECK_RESULT_FAILED, 1, "same document used twice",
    "ABC practice" },
  { "G03", GS_REASON_GROUP_GATE, GS_CHECK_RESULT_FAILED, 1,
    "door forced, stuck open or walked the wrong way", "ABC practice" },
  { "G04", GS_REASON_GROUP_GATE, GS_CHECK_RESULT_UNDETERMINED, 2, "object left in the gate",
    "ABC practice" },
  { "G05", GS_REASON_GROUP_GATE, GS_CHECK_RESULT_UNDETERMINED, 3, "document left in the reader",
    "ABC practice" },
  { "G06", GS_REASON_GROUP_GATE, GS_CHECK_RESULT_ABORTED, 4, "gate fault, or the traveller gave up",
    "ABC practice" },
  { "G07", GS_REASON_GROUP_GATE, GS_CHECK_RESULT_UNDETERMINED, 1, "emergency release",
    "ABC practice" },
  { "O01", GS_REASON_GROUP_OFFICER, GS_CHECK_RESULT_UNDETERMINED, 2,
    "pulled by an officer (behaviour)", "Frontex operator role" },
  { "O02", GS_REASON_GROUP_OFFICER, GS_CHECK_RESULT_UNDETERMINED, 1,
    "safeguarding: child or vulnerable person", "safeguarding practice" },
  { "O03", GS_REASON_GROUP_OFFICER, GS_CHECK_RESULT_UNDETERMINED, 2, "exit opened by hand",
    "ABC practice" },
  { "O04", GS_REASON_GROUP_OFFICER, GS_CHECK_RESULT_UNDETERMINED, 4, "random quality sample",
    "ABC practice" },
  { NULL, 0, 0, 0, NULL, NULL },
};

const GsReferralReason *
gs_referral_reasons (void)
{
  return reasons;
}

const GsReferralReason *
gs_referral_reason_find (const char *code)
{
  for (const GsReferralReason *reason = reasons; reason->code != NULL; reason++)
    if (g_strcmp0 (reason->code, code) == 0)
      return reason;
  return NULL;
}

static gboolean
is_one_of (const char *code, const char *const *codes)
{
  return code != NULL && g_strv_contains (codes, code);
}

gboolean
gs_referral_reason_is_blind (const char *code)
{
  const char *const blind[] = { "B01", "B02", "B03", "B04", "B06", "O04", NULL };

  return is_one_of (code, blind);
}

gboolean
gs_referral_reasons_are_blind (char **codes)
{
  if (codes == NULL || codes[0] == NULL)
    return FALSE;
  for (; *codes != NULL; codes++)
    if (!gs_referral_reason_is_blind (*codes))
      return FALSE;
  return TRUE;
}

gboolean
gs_referral_reason_is_second_line (const char *code)
{
  const char *const second_line[] = { "D05", "D07", "C03", "C04", "C06", "C07",
                                      "C09", "C10", "X01", "X02", "W03", NULL };

  return is_one_of (code, second_line);
}

gboolean
gs_referral_reason_is_door (const char *code)
{
  const char *const doors[] = { "O03", "G01", "G03", "G07", NULL };

  return is_one_of (code, doors);
}

int
gs_referral_reasons_priority (char **codes)
{
  int best = 5;

  if (codes == NULL || codes[0] == NULL)
    return UNKNOWN_PRIORITY;
  for (; *codes != NULL; codes++)
    {
      const GsReferralReason *reason = gs_referral_reason_find (*codes);
      int priority = reason != NULL ? reason->priority : UNKNOWN_PRIORITY;

      /* A face-only case and a random sample must look alike until the officer has judged. */
      if (gs_referral_reason_is_blind (*codes))
        priority = UNKNOWN_PRIORITY;
      best = MIN (best, priority);
    }
  return best;
}
