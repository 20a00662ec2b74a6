/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-chip-copy.h"

#include "gs-csca-chain.h"
#include "gs-emrtd-error.h"
#include "gs-revocation.h"
#include "gs-security-infos.h"
#include "gs-security-object.h"
#include "gs-signed-data.h"
#include "gs-time.h"

/* ICAO Doc 9303-12, table 6: id-icao-cscaMasterListSigningKey. */
#define PURPOSE_MASTER_LIST "2.23.136.1.1.3"

static GsVerdict *
add (GsVerdict *parent, const char *name)
{
  GsVerdict *child = gs_verdict_new (name, NULL);

  gs_verdict_add (parent, child);
  return child;
}

/* TRUE when the security object has a hash for this group, so that the chip must have it. */
static gboolean
is_announced (const GsChipReading *reading, guint group)
{
  GBytes *file = reading->files[GS_CHIP_FILE_SOD];
  g_autoptr (GsSecurityObject) object = NULL;

  if (file == NULL)
    return FALSE;
  object = gs_security_object_new (file, NULL);
  return object != NULL && gs_security_object_read_content (object, NULL)
         && gs_security_object_get_group_hash (object, group) != NULL;
}

/* What one protocol of the chip came to. file: the group that holds its key. */
static void
judge_protocol (GsVerdict *verdict,
                const GsChipReading *reading,
                GsChipFile file,
                GsCheckResult result,
                const GError *error)
{
  if (error != NULL)
    gs_verdict_add_evidence (verdict, "detail", error->message);
  gs_verdict_add_evidence (verdict, "key_file", gs_chip_file_to_string (file));
  switch (result)
    {
    case GS_CHECK_RESULT_SUCCESSFUL:
      gs_verdict_set (verdict, result, NULL, "The chip proved that it holds its private key.");
      return;
    case GS_CHECK_RESULT_FAILED:
      gs_verdict_add_evidence (verdict, "error", "proof-wrong");
      gs_verdict_set (
        verdict, result, "C07",
        "The chip does not hold the private key of its own public key: it is a copy.");
      return;
    case GS_CHECK_RESULT_ABORTED:
      gs_verdict_add_evidence (verdict, "error", "conversation-broke");
      gs_verdict_set (verdict, result, "C01", "The chip did not come to prove its key.");
      return;
    case GS_CHECK_RESULT_NOT_SUPPORTED:
      gs_verdict_set (verdict, result, NULL,
                      "The chip has no key for this, or one that is not "
                      "known.");
      return;
    default:
      break;
    }
  if (reading->files[file] == NULL && is_announced (reading, gs_chip_file_get_group (file)))
    {
      gs_verdict_add_evidence (verdict, "error", "key-withheld");
      gs_verdict_set (
        verdict, reading->error != NULL ? GS_CHECK_RESULT_ABORTED : GS_CHECK_RESULT_UNDETERMINED,
        "C07",
        "The issuer gave this chip a key to prove itself with, but the chip "
        "does not give %s.",
        gs_chip_file_to_string (file));
    }
  else if (reading->files[file] == NULL && reading->error == NULL)
    gs_verdict_set (verdict, GS_CHECK_RESULT_NOT_SUPPORTED, NULL,
                    "The issuer gave this chip no such key.");
  else
    gs_verdict_set (verdict, GS_CHECK_RESULT_NOT_CHECKED, NULL, "Not asked of the chip.");
}

/* The state that signed the chip's data; NULL when EF.SOD does not carry the certificate. */
static char *
get_country_of_data (const GsChipReading *reading)
{
  GBytes *file = reading->files[GS_CHIP_FILE_SOD];
  g_autoptr (GsSecurityObject) object = file != NULL ? gs_security_object_new (file, NULL) : NULL;
  g_autoptr (GsCertificate) signer = NULL;

  if (object != NULL)
    signer = gs_signed_data_find_signer (gs_security_object_get_signed_data (object), NULL, NULL);
  return signer != NULL ? g_strdup (gs_certificate_get_country (signer)) : NULL;
}

/* Why the signer of EF.CardSecurity cannot be relied on, as that of EF.SOD would be asked; NULL
 * when nothing speaks against it. */
static const char *
find_fault_with_signer (GsCertificate *signer,
                        gint64 issued_utc_ms,
                        const GsChipReading *reading,
                        GsAnchorSet *anchors,
                        GPtrArray *revocation_lists,
                        gint64 now_utc_ms)
{
  g_autofree char *country = get_country_of_data (reading);
  GsRevocation revocation;
  GsCscaChain chain;

  if (anchors == NULL || gs_certificate_has_purpose (signer, PURPOSE_MASTER_LIST))
    return "The signer of EF.CardSecurity is not trusted.";
  gs_csca_chain_search (signer, anchors, issued_utc_ms, &chain);
  if (chain.state != GS_CHAIN_TRUSTED)
    return "The signer of EF.CardSecurity is not trusted.";
  if (country != NULL && !g_str_equal (country, gs_certificate_get_country (signer)))
    return "EF.CardSecurity is signed by another state than the chip's data.";
  if (issued_utc_ms < gs_certificate_get_not_before_utc_ms (signer)
      || issued_utc_ms > gs_certificate_get_not_after_utc_ms (signer))
    return "EF.CardSecurity is signed outside the period of its signer.";
  gs_revocation_check (signer, gs_anchor_get_certificate (chain.anchor), anchors, revocation_lists,
                       now_utc_ms, &revocation);
  if (revocation.state == GS_REVOCATION_REVOKED)
    return "The signer of EF.CardSecurity is revoked.";
  return NULL;
}

/* The chip's key in EF.CardSecurity, whose signature must be good and lead to an anchor. */
static gboolean
read_card_security (const GsChipReading *reading,
                    GsAnchorSet *anchors,
                    GPtrArray *revocation_lists,
                    gint64 now_utc_ms,
                    GsSecurityInfos **infos,
                    const char **problem)
{
  GBytes *file = reading->files[GS_CHIP_FILE_CARD_SECURITY];
  gsize size, content_size;

  *problem = "EF.CardSecurity was not read or cannot be read.";
  if (file == NULL)
    return FALSE;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  g_autoptr (GsSignedData) data = gs_signed_data_new (bytes, size, NULL);
  if (data == NULL
      || g_strcmp0 (gs_signed_data_get_content_type (data), GS_CONTENT_TYPE_CARD_SECURITY) != 0)
    return FALSE;
  g_autoptr (GsCertificate) signer = gs_signed_data_find_signer (data, NULL, NULL);
  *problem = "The signature of EF.CardSecurity is wrong.";
  if (signer == NULL || gs_signed_data_verify (data, NULL) != GS_SIGNATURE_GOOD)
    return FALSE;
  gint64 issued_utc_ms = gs_signed_data_get_signing_time_utc_ms (data);
  if (issued_utc_ms == GS_TIME_UNKNOWN)
    issued_utc_ms = gs_certificate_get_not_before_utc_ms (signer);
  *problem =
    find_fault_with_signer (signer, issued_utc_ms, reading, anchors, revocation_lists, now_utc_ms);
  if (*problem != NULL)
    return FALSE;
  const guint8 *content = g_bytes_get_data (gs_signed_data_get_content (data), &content_size);
  *infos = gs_security_infos_parse (content, content_size, NULL);
  *problem = "EF.CardSecurity holds nothing that can be read.";
  return *infos != NULL;
}

static void
judge_mapping (GsVerdict *verdict,
               const GsChipReading *reading,
               GsAnchorSet *anchors,
               GPtrArray *revocation_lists,
               gint64 now_utc_ms)
{
  g_autoptr (GsSecurityInfos) infos = NULL;
  const char *problem = NULL;

  gs_verdict_add_evidence (verdict, "protocol", reading->protocol);
  gs_verdict_add_evidence (verdict, "key_file", "EF.CardSecurity");
  if (!read_card_security (reading, anchors, revocation_lists, now_utc_ms, &infos, &problem))
    {
      gs_verdict_set (verdict, GS_CHECK_RESULT_UNDETERMINED, "C07", "%s", problem);
      return;
    }
  for (guint i = 0; i < infos->chip_keys->len; i++)
    {
      const GsChipAuthenticationKey *key = g_ptr_array_index (infos->chip_keys, i);
      if (gs_pace_proof_verify (&reading->proof, key->public_key, NULL))
        {
          gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                          "The chip proved its private key while it was opened.");
          return;
        }
    }
  gs_verdict_add_evidence (verdict, "error", "proof-wrong");
  gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C07",
                  "The chip does not hold the private key of EF.CardSecurity: it is a copy.");
}

/* What both together say. */
static void
conclude (
  GsVerdict *verdict, const GsVerdict *passive, gboolean proved, gboolean refuted, gboolean tried)
{
  GsCheckResult data =
    passive != NULL ? gs_verdict_get_result (passive) : GS_CHECK_RESULT_NOT_CHECKED;

  if (refuted)
    gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C07",
                    "The chip is a copy: it holds the data, but not the key.");
  else if (proved && data == GS_CHECK_RESULT_SUCCESSFUL)
    gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                    "The chip is the one that the issuer made: it proved its key.");
  else if (proved)
    gs_verdict_set (verdict, GS_CHECK_RESULT_UNDETERMINED, NULL,
                    "The chip holds its key, but nobody can say whether the issuer gave it that "
                    "key.");
  else if (!tried)
    gs_verdict_set (verdict, GS_CHECK_RESULT_UNDETERMINED, NULL,
                    "The chip cannot prove that it is no copy. Its data may be unaltered; look at "
                    "the document itself.");
}

GsVerdict *
gs_chip_copy_judge (const GsChipReading *reading,
                    GsAnchorSet *anchors,
                    GPtrArray *revocation_lists,
                    gint64 now_utc_ms,
                    const GsVerdict *passive)
{
  GsVerdict *verdict = gs_verdict_new ("not-a-copy", "Not a copy");
  GsVerdict *chip = add (verdict, "chip-authentication");
  GsVerdict *active = add (verdict, "active-authentication");

  if (reading->proof.proof != NULL && reading->chip_authentication != GS_CHECK_RESULT_SUCCESSFUL
      && reading->chip_authentication != GS_CHECK_RESULT_FAILED)
    judge_mapping (chip, reading, anchors, revocation_lists, now_utc_ms);
  else
    judge_protocol (chip, reading, GS_CHIP_FILE_DG14, reading->chip_authentication,
                    reading->chip_authentication_error);
  judge_protocol (active, reading, GS_CHIP_FILE_DG15, reading->active_authentication,
                  reading->active_authentication_error);

  GsCheckResult one = gs_verdict_get_result (chip);
  GsCheckResult other = gs_verdict_get_result (active);
  conclude (verdict, passive,
            one == GS_CHECK_RESULT_SUCCESSFUL || other == GS_CHECK_RESULT_SUCCESSFUL,
            one == GS_CHECK_RESULT_FAILED || other == GS_CHECK_RESULT_FAILED,
            one == GS_CHECK_RESULT_ABORTED || other == GS_CHECK_RESULT_ABORTED
              || one == GS_CHECK_RESULT_UNDETERMINED || other == GS_CHECK_RESULT_UNDETERMINED);
  return verdict;
}
