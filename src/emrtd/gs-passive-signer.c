/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of passive authentication that asks about the signer: chain, period, revocation,
 * algorithms. */

#include "gs-passive-authentication-private.h"
#include "gs-revocation.h"
#include "gs-time.h"

#include <openssl/x509v3.h>

/* ICAO Doc 9303-12, table 6: id-icao-cscaMasterListSigningKey. */
#define PURPOSE_MASTER_LIST "2.23.136.1.1.3"

#define MS_PER_DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

static void
not_checked_without_signer (GsVerdict *verdict)
{
  gs_verdict_set (verdict, GS_CHECK_RESULT_NOT_CHECKED, NULL,
                  "Not checked: the signer's certificate is not known.");
}

/* The links from the anchor to older ones, as evidence only: an anchor needs none. */
static void
describe_links (GsPassiveRun *run, GsVerdict *verdict)
{
  GsCertificate *authority = gs_anchor_get_certificate (run->chain.anchor);
  GsAnchor *older = NULL;

  if (gs_certificate_is_self_signed (authority))
    return;
  if (gs_csca_chain_verify_link (authority, run->input->anchors, &older))
    gs_passive_describe (verdict, "linked_from", gs_anchor_get_certificate (older));
  else
    gs_verdict_add_evidence (verdict, "link", "the older key is not among the anchors");
}

void
gs_passive_check_trust (GsPassiveRun *run)
{
  GsVerdict *verdict = gs_passive_add (run->root, "signer-trusted", NULL);
  g_autoptr (GError) error = NULL;
  const char *country;

  if (run->signer == NULL && run->object != NULL
      && gs_signed_data_get_n_signers (gs_security_object_get_signed_data (run->object)) > 0)
    {
      gs_verdict_add_evidence (verdict, "error", "no-signer-certificate");
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C04",
                      "The signer's certificate is not in the security object and not known.");
      return;
    }
  if (run->signer == NULL)
    {
      not_checked_without_signer (verdict);
      return;
    }
  country = gs_certificate_get_country (run->signer);
  gs_passive_describe (verdict, "signer", run->signer);
  if (gs_certificate_get_key (run->signer, &error) == NULL)
    {
      gs_verdict_add_evidence (verdict, "error", "key-not-accepted");
      gs_verdict_add_evidence (verdict, "detail", error->message);
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C04",
                      "The signer's key is unreadable, or its curve is none that has a name.");
      return;
    }
  if (gs_certificate_has_purpose (run->signer, PURPOSE_MASTER_LIST))
    {
      gs_verdict_add_evidence (verdict, "error", "other-purpose");
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C04",
                      "The signer's certificate is for signing master lists, not documents.");
      return;
    }
  if ((X509_get_key_usage (gs_certificate_get_x509 (run->signer)) & KU_DIGITAL_SIGNATURE) == 0)
    gs_verdict_warn (verdict, "signer-usage",
                     "The signer's certificate is not made for signatures.");
  gs_csca_chain_search (run->signer, run->input->anchors, run->issued_utc_ms, &run->chain);
  switch (run->chain.state)
    {
    case GS_CHAIN_TRUSTED:
      gs_passive_describe (verdict, "authority", gs_anchor_get_certificate (run->chain.anchor));
      gs_verdict_add_evidence (verdict, "authority_source",
                               gs_anchor_get_source (run->chain.anchor));
      gs_verdict_add_evidence (verdict, "found_by",
                               run->chain.by_key_id ? "key identifier" : "trying every key");
      describe_links (run, verdict);
      gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                      "The signer's certificate is signed by a trusted authority of %s.", country);
      return;
    case GS_CHAIN_NOT_VERIFIED:
      gs_verdict_add_evidence (verdict, "error", "chain-not-verified");
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C04",
                      "The signer claims to be of %s, but none of its %u trusted authorities has "
                      "signed the certificate.",
                      country, run->chain.n_of_country);
      return;
    case GS_CHAIN_NO_ANCHOR:
      gs_verdict_add_evidence (verdict, "error", "no-anchor");
      gs_verdict_set (
        verdict, GS_CHECK_RESULT_UNDETERMINED, "C04",
        "No trusted authority of %s is known, so nobody can say whether the signer is "
        "one of its.",
        country[0] != '\0' ? country : "a signer without a country");
      return;
    }
}

static gboolean
is_within (gint64 time_utc_ms, gint64 from_utc_ms, gint64 to_utc_ms)
{
  return (from_utc_ms == GS_TIME_UNKNOWN || time_utc_ms >= from_utc_ms)
         && (to_utc_ms == GS_TIME_UNKNOWN || time_utc_ms <= to_utc_ms);
}

static void
check_signer_period (GsPassiveRun *run, GsVerdict *parent)
{
  GsVerdict *verdict =
    gs_passive_add (parent, "signer-in-period", "Signed within the signer's period");
  gint64 from_utc_ms = gs_certificate_get_not_before_utc_ms (run->signer);
  gint64 to_utc_ms = gs_certificate_get_not_after_utc_ms (run->signer);
  gint64 now_utc_ms = run->input->now_utc_ms;
  g_autofree char *issued = gs_passive_format_time (run->issued_utc_ms);
  g_autofree char *from = gs_passive_format_time (from_utc_ms);
  g_autofree char *to = gs_passive_format_time (to_utc_ms);

  gs_verdict_add_evidence (verdict, "issued_at", issued);
  gs_verdict_add_evidence (verdict, "issued_at_from",
                           run->has_signing_time ? "signing time" : "beginning of the certificate");
  gs_verdict_add_evidence (verdict, "not_before", from);
  gs_verdict_add_evidence (verdict, "not_after", to);
  if (from_utc_ms == GS_TIME_UNKNOWN || to_utc_ms == GS_TIME_UNKNOWN)
    gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C05",
                    "The signer's certificate has no readable period.");
  else if (!is_within (run->issued_utc_ms, from_utc_ms, to_utc_ms))
    gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C05",
                    "The data were signed at %s, outside the period of the signer's certificate "
                    "(%s to %s).",
                    issued, from, to);
  else if (!is_within (run->issued_utc_ms, gs_certificate_get_usage_from_utc_ms (run->signer),
                       gs_certificate_get_usage_to_utc_ms (run->signer)))
    gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C05",
                    "The data were signed at %s, when the signer's key was not in use.", issued);
  else if (run->issued_utc_ms > now_utc_ms + MS_PER_DAY)
    gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C05",
                    "The data were signed at %s, which is in the future.", issued);
  else if (to_utc_ms < now_utc_ms)
    {
      gs_verdict_add_evidence (verdict, "signer_expired_since", to);
      gs_verdict_set (
        verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL,
        "The signer's certificate was valid when the data were signed; it has expired "
        "since (%s).",
        to);
    }
  else
    gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                    "The signer's certificate was valid when the data were signed.");
}

static void
check_authority_period (GsPassiveRun *run, GsVerdict *parent)
{
  GsVerdict *verdict =
    gs_passive_add (parent, "authority-in-period", "Issued within the authority's period");
  GsCertificate *authority =
    run->chain.state == GS_CHAIN_TRUSTED ? gs_anchor_get_certificate (run->chain.anchor) : NULL;
  gint64 from_utc_ms, to_utc_ms, began_utc_ms;
  g_autofree char *issued = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (authority == NULL)
    {
      gs_verdict_set (verdict, GS_CHECK_RESULT_NOT_CHECKED, NULL,
                      "Not checked: the signer's authority is not known.");
      return;
    }
  from_utc_ms = gs_certificate_get_not_before_utc_ms (authority);
  to_utc_ms = gs_certificate_get_not_after_utc_ms (authority);
  issued = gs_passive_format_time (run->issued_utc_ms);
  from = gs_passive_format_time (from_utc_ms);
  to = gs_passive_format_time (to_utc_ms);
  gs_verdict_add_evidence (verdict, "not_before", from);
  gs_verdict_add_evidence (verdict, "not_after", to);
  if (from_utc_ms == GS_TIME_UNKNOWN || to_utc_ms == GS_TIME_UNKNOWN
      || !is_within (run->issued_utc_ms, from_utc_ms, to_utc_ms))
    gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C05",
                    "The data were signed at %s, outside the period of the authority's certificate "
                    "(%s to %s).",
                    issued, from, to);
  else
    gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                    "The authority's certificate was valid when the data were signed.");
  began_utc_ms = gs_certificate_get_not_before_utc_ms (run->signer);
  if (!is_within (began_utc_ms, gs_certificate_get_usage_from_utc_ms (authority),
                  gs_certificate_get_usage_to_utc_ms (authority)))
    gs_verdict_warn (verdict, "authority-usage",
                     "The signer's certificate begins when the authority's key was not in "
                     "use for signing.");
}

void
gs_passive_check_period (GsPassiveRun *run)
{
  GsVerdict *verdict = gs_passive_add (run->root, "certificate-in-period", NULL);

  if (run->signer == NULL)
    {
      not_checked_without_signer (verdict);
      return;
    }
  check_signer_period (run, verdict);
  check_authority_period (run, verdict);
}

static void
set_revocation (GsVerdict *verdict, const GsRevocation *answer, const char *country)
{
  g_autofree char *at = gs_passive_format_time (answer->revoked_at_utc_ms);

  switch (answer->state)
    {
    case GS_REVOCATION_NOT_CHECKED:
      gs_verdict_set (verdict, GS_CHECK_RESULT_NOT_CHECKED, NULL,
                      "Not checked: there is no revocation list of this authority of %s.", country);
      return;
    case GS_REVOCATION_LIST_NOT_TRUSTED:
      gs_verdict_add_evidence (verdict, "error", "list-not-trusted");
      gs_verdict_set (verdict, GS_CHECK_RESULT_UNDETERMINED, "C06",
                      "There is a revocation list in the name of the authority, but no trusted key "
                      "has signed it.");
      return;
    case GS_REVOCATION_REVOKED:
      gs_verdict_add_evidence (verdict, "error", "revoked");
      gs_verdict_add_evidence (verdict, "revoked_at", at);
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C06",
                      "The authority has revoked the certificate at %s.", at);
      return;
    case GS_REVOCATION_GOOD:
      gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                      "The certificate is not on the authority's revocation list.");
      return;
    }
}

static void
check_one_revocation (GsPassiveRun *run, GsVerdict *verdict, GsCertificate *certificate)
{
  GsCertificate *authority = gs_anchor_get_certificate (run->chain.anchor);
  GsRevocation answer;

  gs_revocation_check (certificate, authority, run->input->anchors, run->input->revocation_lists,
                       run->input->now_utc_ms, &answer);
  set_revocation (verdict, &answer, gs_certificate_get_country (authority));
  if (answer.list != NULL)
    {
      gint64 next_utc_ms = gs_revocation_list_get_next_update_utc_ms (answer.list);
      g_autofree char *this_update =
        gs_passive_format_time (gs_revocation_list_get_this_update_utc_ms (answer.list));
      g_autofree char *next_update = gs_passive_format_time (next_utc_ms);
      g_autofree char *issuer = gs_revocation_list_describe_issuer (answer.list);

      gs_verdict_add_evidence (verdict, "list_issuer", issuer);
      gs_verdict_add_evidence (verdict, "list_sha256",
                               gs_revocation_list_get_fingerprint (answer.list));
      gs_verdict_add_evidence (verdict, "list_this_update", this_update);
      gs_verdict_add_evidence (verdict, "list_next_update", next_update);
      if (answer.stale)
        gs_verdict_warn (verdict, "list-out-of-date",
                         "The revocation list is out of date since %s.", next_update);
      if (answer.not_yet)
        gs_verdict_warn (verdict, "list-in-future",
                         "The revocation list is dated in the future (%s).", this_update);
    }
}

void
gs_passive_check_revocation (GsPassiveRun *run)
{
  GsVerdict *verdict = gs_passive_add (run->root, "certificate-not-revoked", NULL);
  GsCertificate *authority;

  if (run->chain.state != GS_CHAIN_TRUSTED)
    {
      gs_verdict_set (verdict, GS_CHECK_RESULT_NOT_CHECKED, NULL,
                      "Not checked: the signer's authority is not known.");
      return;
    }
  authority = gs_anchor_get_certificate (run->chain.anchor);
  check_one_revocation (run, gs_passive_add (verdict, "signer-not-revoked", "Signer not revoked"),
                        run->signer);
  check_one_revocation (
    run, gs_passive_add (verdict, "authority-not-revoked", "Authority not revoked"), authority);
}

static void
grade (GsVerdict *verdict, const char *what, const char *algorithm, GsAlgorithmGrade how_good)
{
  gs_verdict_add_evidence (verdict, "algorithm", algorithm);
  gs_verdict_add_evidence (verdict, "grade", gs_algorithm_grade_to_word (how_good));
  switch (how_good)
    {
    case GS_ALGORITHM_GRADE_STRONG:
      gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL, "%s: %s is strong enough.", what,
                      algorithm);
      return;
    case GS_ALGORITHM_GRADE_WEAK:
      gs_verdict_add_evidence (verdict, "error", "weak-algorithm");
      gs_verdict_set (verdict, GS_CHECK_RESULT_UNDETERMINED, NULL,
                      "%s: %s is weak; with much effort it can be forged.", what, algorithm);
      return;
    case GS_ALGORITHM_GRADE_BROKEN:
      gs_verdict_add_evidence (verdict, "error", "broken-algorithm");
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C03",
                      "%s: %s is broken or not known and proves nothing.", what, algorithm);
      return;
    }
}

void
gs_passive_check_algorithms (GsPassiveRun *run)
{
  GsVerdict *verdict =
    gs_passive_add (run->signed_by_issuer, "algorithms-strong", "Algorithms strong enough");
  GsSignedData *data;
  g_autofree char *signature = NULL;
  g_autofree char *key = NULL;
  g_autofree char *certificate = NULL;

  if (run->object == NULL || run->signer == NULL)
    {
      not_checked_without_signer (verdict);
      return;
    }
  data = gs_security_object_get_signed_data (run->object);
  signature = gs_signed_data_describe_algorithm (data);
  key = gs_certificate_describe_key (run->signer);
  certificate = gs_certificate_describe_signature (run->signer);
  grade (gs_passive_add (verdict, "signature-algorithm", "Strong signature"),
         "The signature of the data", signature, gs_signed_data_grade_algorithm (data));
  grade (gs_passive_add (verdict, "signer-key", "Strong key of the signer"), "The signer's key",
         key, gs_certificate_grade_key (run->signer));
  grade (gs_passive_add (verdict, "certificate-algorithm", "Strong signature of the certificate"),
         "The signature of the signer's certificate", certificate,
         gs_certificate_grade_signature (run->signer));
  if (run->chain.state == GS_CHAIN_TRUSTED)
    {
      GsCertificate *authority = gs_anchor_get_certificate (run->chain.anchor);
      g_autofree char *authority_key = gs_certificate_describe_key (authority);

      grade (gs_passive_add (verdict, "authority-key", "Strong key of the authority"),
             "The authority's key", authority_key, gs_certificate_grade_key (authority));
    }
  if (run->content_was_read)
    grade (gs_passive_add (verdict, "hash-algorithm", "Strong hash of the data groups"),
           "The hash of the data groups",
           gs_algorithm_describe_hash (gs_security_object_get_hash (run->object)),
           gs_algorithm_grade_hash (gs_security_object_get_hash (run->object)));
}
