/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-passive-authentication.h"

#include "gs-country-code.h"
#include "gs-passive-authentication-private.h"
#include "gs-time.h"
#include "gs-tlv.h"

#include <string.h>

#define TAG_COMMON 0x60
#define TAG_TAG_LIST 0x5c
#define TAG_DG1 0x61
#define TAG_MRZ 0x5f1f

GsVerdict *
gs_passive_add (GsVerdict *parent, const char *name, const char *statement)
{
  GsVerdict *child = gs_verdict_new (name, statement);

  gs_verdict_add (parent, child);
  return child;
}

char *
gs_passive_format_time (gint64 utc_ms)
{
  char *text = gs_time_format_rfc3339 (utc_ms);

  return text != NULL ? text : g_strdup ("unknown");
}

static void
add_prefixed (GsVerdict *verdict, const char *prefix, const char *key, char *value, GBytes *data)
{
  g_autofree char *name = g_strdup_printf ("%s%s%s", prefix, key[0] != '\0' ? "_" : "", key);
  g_autofree char *owned = value;

  gs_verdict_add_evidence_data (verdict, name, owned, data);
}

void
gs_passive_describe (GsVerdict *verdict, const char *prefix, GsCertificate *certificate)
{
  add_prefixed (verdict, prefix, "", gs_certificate_describe_subject (certificate),
                gs_certificate_get_der (certificate));
  add_prefixed (verdict, prefix, "issuer", gs_certificate_describe_issuer (certificate), NULL);
  add_prefixed (verdict, prefix, "serial", gs_certificate_describe_serial (certificate), NULL);
  add_prefixed (verdict, prefix, "sha256", g_strdup (gs_certificate_get_fingerprint (certificate)),
                NULL);
  add_prefixed (verdict, prefix, "not_before",
                gs_passive_format_time (gs_certificate_get_not_before_utc_ms (certificate)), NULL);
  add_prefixed (verdict, prefix, "not_after",
                gs_passive_format_time (gs_certificate_get_not_after_utc_ms (certificate)), NULL);
  add_prefixed (verdict, prefix, "key", gs_certificate_describe_key (certificate), NULL);
  if (gs_certificate_has_explicit_curve (certificate))
    add_prefixed (verdict, prefix, "curve", g_strdup ("written out, and the same as the named one"),
                  NULL);
}

static char *
format_hex (GBytes *bytes)
{
  GString *text = g_string_new (NULL);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%02x", data[i]);
  return g_string_free (text, FALSE);
}

static void
check_readable (GsPassiveRun *run, GsVerdict *parent)
{
  GsVerdict *verdict =
    gs_passive_add (parent, "security-object-readable", "Security object readable");
  g_autoptr (GError) error = NULL;

  gs_verdict_add_evidence_data (verdict, "file", "EF.SOD", run->input->security_object);
  run->object = gs_security_object_new (run->input->security_object, &error);
  if (run->object != NULL)
    run->content_was_read = gs_security_object_read_content (run->object, &error);
  if (!run->content_was_read)
    {
      gs_verdict_add_evidence (verdict, "error", "malformed");
      gs_verdict_add_evidence (verdict, "detail", error->message);
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C03",
                      run->object != NULL
                        ? "The signed content is no list of the chip's data groups."
                        : "The security object is not readable as signed data.");
      return;
    }
  if (!gs_security_object_has_wrapper (run->object))
    gs_verdict_warn (verdict, "wrapper-missing", "The file lacks the tag of a security object.");
  gs_verdict_add_evidence (verdict, "version",
                           gs_security_object_get_version (run->object) == 0 ? "0" : "1");
  gs_verdict_add_evidence (verdict, "lds_version",
                           gs_security_object_get_lds_version (run->object));
  gs_verdict_add_evidence (verdict, "unicode_version",
                           gs_security_object_get_unicode_version (run->object));
  gs_verdict_add_evidence (verdict, "hash_algorithm",
                           gs_algorithm_describe_hash (gs_security_object_get_hash (run->object)));
  gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                  "The security object is signed data with the hashes of the data groups.");
}

static void
check_content_type (GsPassiveRun *run, GsVerdict *parent)
{
  GsVerdict *verdict = gs_passive_add (parent, "content-type-right", "Content of the right type");
  const char *type =
    gs_signed_data_get_content_type (gs_security_object_get_signed_data (run->object));

  gs_verdict_add_evidence (verdict, "content_type", type);
  if (strcmp (type, GS_CONTENT_TYPE_SECURITY_OBJECT) == 0)
    gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                    "The signed content is of the type of a security object.");
  else if (strcmp (type, GS_CONTENT_TYPE_DATA) == 0)
    {
      gs_verdict_add_evidence (verdict, "note", "id-data");
      gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, "C11",
                      "The signed content is of the general type that one state is known to use.");
    }
  else
    {
      gs_verdict_add_evidence (verdict, "error", "content-type-wrong");
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C03",
                      "The signed content is of another type than a security object (%s).", type);
    }
}

static const char *
describe_match (GsSignerMatch match)
{
  switch (match)
    {
    case GS_SIGNER_MATCH_IDENTIFIER:
      return "signer identifier";
    case GS_SIGNER_MATCH_SERIAL:
      return "serial number; the issuer is written in another way";
    case GS_SIGNER_MATCH_ONLY:
      break;
    }
  return "the only certificate; the signer identifier fits none";
}

static const char *
explain_signature (GsSignatureState state)
{
  switch (state)
    {
    case GS_SIGNATURE_GOOD:
      return "The signature fits the hashes of the data groups.";
    case GS_SIGNATURE_NO_SIGNER:
      return "Nobody has signed the security object.";
    case GS_SIGNATURE_NO_CERTIFICATE:
      return "The certificate of the signer is not in the security object and not known.";
    case GS_SIGNATURE_KEY_NOT_ACCEPTED:
      return "The signer's key is unreadable, or its curve is none that has a name.";
    case GS_SIGNATURE_NO_ATTRIBUTES:
      return "The signature has no signed attributes.";
    case GS_SIGNATURE_CONTENT_TYPE_DIFFERS:
      return "The signed type of the content is another than the one that it is given out as.";
    case GS_SIGNATURE_WRONG:
      break;
    }
  return "The signature of the security object is wrong: it was altered, or somebody else signed "
         "it.";
}

static void
check_signature (GsPassiveRun *run, GsVerdict *parent)
{
  GsVerdict *verdict = gs_passive_add (parent, "signature-right", "Signature right");
  GsSignedData *data = gs_security_object_get_signed_data (run->object);
  GsSignatureState state = gs_signed_data_verify (data, run->input->signers);
  g_autofree char *algorithm = gs_signed_data_describe_algorithm (data);

  run->signer = gs_signed_data_find_signer (data, run->input->signers, &run->match);
  gs_verdict_add_evidence (verdict, "algorithm", algorithm);
  if (run->signer != NULL)
    gs_verdict_add_evidence (verdict, "signer_found_by", describe_match (run->match));
  gs_verdict_add_evidence (verdict, "error",
                           state != GS_SIGNATURE_GOOD ? gs_signature_state_to_word (state) : NULL);
  switch (state)
    {
    case GS_SIGNATURE_GOOD:
      gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL, "%s", explain_signature (state));
      break;
    case GS_SIGNATURE_NO_CERTIFICATE:
      gs_verdict_set (verdict, GS_CHECK_RESULT_UNDETERMINED, "C04", "%s",
                      explain_signature (state));
      break;
    case GS_SIGNATURE_KEY_NOT_ACCEPTED:
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C04", "%s", explain_signature (state));
      break;
    case GS_SIGNATURE_NO_SIGNER:
    case GS_SIGNATURE_NO_ATTRIBUTES:
    case GS_SIGNATURE_CONTENT_TYPE_DIFFERS:
    case GS_SIGNATURE_WRONG:
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C03", "%s", explain_signature (state));
      break;
    }
}

/* Zero is the signature's finding. */
static void
check_number (GsPassiveRun *run, GsVerdict *parent)
{
  GsVerdict *verdict = gs_passive_add (parent, "one-signer", "Signed once");
  guint n_signers = gs_signed_data_get_n_signers (gs_security_object_get_signed_data (run->object));

  if (n_signers == 1)
    gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL, "There is one signature.");
  else if (n_signers == 0)
    gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C03",
                    "Nobody has signed the security object.");
  else
    {
      /* ICAO wants one; more is odd, but no fault of the data (Doc 9303-10 section 4.6.2). */
      gs_verdict_add_evidence (verdict, "note", "several-signers");
      gs_verdict_warn (verdict, "several-signers",
                       "There are %u signatures where one belongs; all of them were checked, the "
                       "chain only of the first.",
                       n_signers);
      gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL, "Every signature was checked.");
    }
}

static void
check_signed (GsPassiveRun *run)
{
  GsVerdict *verdict = gs_passive_add (run->root, "signed-by-issuer", NULL);

  run->signed_by_issuer = verdict;
  check_readable (run, verdict);
  if (run->object == NULL)
    return;
  check_content_type (run, verdict);
  check_number (run, verdict);
  check_signature (run, verdict);
  if (run->signer == NULL)
    return;
  run->issued_utc_ms =
    gs_signed_data_get_signing_time_utc_ms (gs_security_object_get_signed_data (run->object));
  run->has_signing_time = run->issued_utc_ms != GS_TIME_UNKNOWN;
  if (!run->has_signing_time)
    run->issued_utc_ms = gs_certificate_get_not_before_utc_ms (run->signer);
}

static void
check_group (GsPassiveRun *run, GsVerdict *parent, guint number)
{
  GBytes *expected = gs_security_object_get_group_hash (run->object, number);
  GBytes *file = run->input->data_groups[number];
  g_autofree char *name = g_strdup_printf ("data-group-%u", number);
  g_autofree char *statement = g_strdup_printf ("Data group %u unaltered", number);
  g_autofree char *expected_text = expected != NULL ? format_hex (expected) : NULL;
  g_autofree char *found_text = NULL;
  g_autoptr (GBytes) found = NULL;
  GsVerdict *verdict;

  if (expected == NULL && file == NULL)
    return;
  verdict = gs_passive_add (parent, name, statement);
  gs_verdict_add_evidence (verdict, "hash_algorithm",
                           gs_algorithm_describe_hash (gs_security_object_get_hash (run->object)));
  gs_verdict_add_evidence (verdict, "hash_signed", expected_text);
  if (file == NULL && (run->input->missing_groups & (1u << number)) != 0)
    {
      gs_verdict_add_evidence (verdict, "error", "missing");
      gs_verdict_set (verdict, GS_CHECK_RESULT_UNDETERMINED, NULL,
                      "Data group %u is signed, but the chip does not have it.", number);
      return;
    }
  if (file == NULL && (run->input->unread_groups & (1u << number)) != 0)
    {
      gs_verdict_add_evidence (verdict, "error", "not-given");
      gs_verdict_set (verdict, GS_CHECK_RESULT_UNDETERMINED, NULL,
                      "Data group %u is signed, but the chip did not give it.", number);
      return;
    }
  if (file == NULL)
    {
      gs_verdict_set (verdict, GS_CHECK_RESULT_NOT_CHECKED, NULL,
                      "Data group %u was not checked: it was not read.", number);
      return;
    }
  found = gs_security_object_hash_file (run->object, file, NULL);
  found_text = found != NULL ? format_hex (found) : NULL;
  gs_verdict_add_evidence (verdict, "hash_read", found_text);
  if (expected == NULL)
    {
      gs_verdict_add_evidence (verdict, "error", "not-signed");
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C09",
                      "Data group %u is on the chip, but the issuer has not signed it.", number);
    }
  else if (found != NULL && g_bytes_equal (found, expected))
    gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                    "Data group %u is as the issuer signed it.", number);
  else
    {
      gs_verdict_add_evidence (verdict, "error", "hash-differs");
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C09",
                      "Data group %u was altered: its hash is not the signed one.", number);
    }
}

static void
check_groups (GsPassiveRun *run)
{
  GsVerdict *verdict = gs_passive_add (run->root, "chip-data-unaltered", NULL);

  if (!run->content_was_read)
    {
      gs_verdict_set (verdict, GS_CHECK_RESULT_NOT_CHECKED, NULL,
                      "Not checked: the signed hashes are not readable.");
      return;
    }
  for (guint number = 1; number <= GS_N_DATA_GROUPS; number++)
    check_group (run, verdict, number);
}

/* The tags of EF.COM in the order of the data groups, ICAO Doc 9303-10 table 38. */
static gboolean
read_common (GBytes *common, gboolean present[GS_N_DATA_GROUPS + 1])
{
  static const guint8 tags[] = { 0,    0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68,
                                 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70 };
  gsize size;
  const guint8 *data = g_bytes_get_data (common, &size);
  GsTlvReader reader = { 0 };
  GsTlv element;

  if (!gs_tlv_read_only (data, size, TRUE, &element, NULL) || element.tag != TAG_COMMON)
    return FALSE;
  gs_tlv_reader_enter (&reader, &reader, &element);
  if (!gs_tlv_find (&reader, TAG_TAG_LIST, &element))
    return FALSE;
  for (gsize i = 0; i < element.length; i++)
    for (guint number = 1; number <= GS_N_DATA_GROUPS; number++)
      if (element.value[i] == tags[number])
        present[number] = TRUE;
  return TRUE;
}

static void
check_common (GsPassiveRun *run)
{
  GsVerdict *verdict = gs_passive_add (run->root, "chip-files-agree", NULL);
  gboolean present[GS_N_DATA_GROUPS + 1] = { FALSE };

  if (run->input->common == NULL || !run->content_was_read)
    {
      gs_verdict_set (verdict, GS_CHECK_RESULT_NOT_CHECKED, NULL, "Not checked: %s.",
                      run->content_was_read ? "EF.COM was not read"
                                            : "the signed hashes are not readable");
      return;
    }
  if (!read_common (run->input->common, present))
    {
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C08", "EF.COM is not readable.");
      return;
    }
  for (guint number = 1; number <= GS_N_DATA_GROUPS; number++)
    if (present[number] != (gs_security_object_get_group_hash (run->object, number) != NULL))
      {
        gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C08",
                        present[number] ? "EF.COM names data group %u, which is not signed."
                                        : "Data group %u is signed, but EF.COM does not name it.",
                        number);
        return;
      }
  gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                  "EF.COM names the data groups that are signed.");
}

char *
gs_passive_authentication_read_issuing_state (GBytes *dg1)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (dg1, &size);
  GsTlvReader reader = { 0 };
  GsTlv element;
  gsize length = 3;

  if (!gs_tlv_read_only (data, size, TRUE, &element, NULL) || element.tag != TAG_DG1)
    return NULL;
  gs_tlv_reader_enter (&reader, &reader, &element);
  if (!gs_tlv_find (&reader, TAG_MRZ, &element) || element.length < 5)
    return NULL;
  while (length > 0 && element.value[1 + length] == '<')
    length--;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isupper (element.value[2 + i]))
      return NULL;
  return length > 0 ? g_strndup ((const char *) element.value + 2, length) : NULL;
}

static void
check_issuer (GsPassiveRun *run)
{
  GsVerdict *verdict = gs_passive_add (run->root, "issuer-agrees", NULL);
  GBytes *dg1 = run->input->data_groups[1];
  g_autofree char *state = NULL;
  const char *country;

  if (dg1 == NULL || run->signer == NULL)
    {
      gs_verdict_set (verdict, GS_CHECK_RESULT_NOT_CHECKED, NULL, "Not checked: %s.",
                      dg1 == NULL ? "data group 1 was not read"
                                  : "the signer's certificate is not known");
      return;
    }
  state = gs_passive_authentication_read_issuing_state (dg1);
  country = gs_certificate_get_country (run->signer);
  gs_verdict_add_evidence (verdict, "issuing_state", state);
  gs_verdict_add_evidence (verdict, "signer_country", country);
  if (state == NULL)
    {
      gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C10",
                      "Data group 1 is not readable, so it says no issuing state.");
      return;
    }
  if (g_str_equal (state, "UTO") || g_str_equal (state, "XNQ"))
    gs_verdict_warn (verdict, "specimen-state", "%s is the code of a state of specimens.", state);
  if (gs_country_code_agrees (state, country))
    gs_verdict_set (verdict, GS_CHECK_RESULT_SUCCESSFUL, NULL,
                    "The document is of %s, and so is its signer (%s).", state, country);
  else if (gs_country_code_to_alpha2 (state) == NULL)
    gs_verdict_set (verdict, GS_CHECK_RESULT_UNDETERMINED, "C10",
                    "The document's issuing state %s is no state that is known to sign.", state);
  else
    gs_verdict_set (verdict, GS_CHECK_RESULT_FAILED, "C10",
                    "The document says that %s issued it, but its signer is of %s.", state,
                    country[0] != '\0' ? country : "no country");
}

GsVerdict *
gs_passive_authentication_run (const GsPassiveInput *input)
{
  GsPassiveRun run = { .input = input, .issued_utc_ms = GS_TIME_UNKNOWN };
  g_autofree char *now = gs_passive_format_time (input->now_utc_ms);

  run.root = gs_verdict_new ("passive-authentication", "Data of the issuing state, unaltered");
  gs_verdict_add_evidence (run.root, "checked_for_time", now);
  check_signed (&run);
  gs_passive_check_trust (&run);
  gs_passive_check_period (&run);
  gs_passive_check_revocation (&run);
  gs_passive_check_algorithms (&run);
  check_groups (&run);
  check_common (&run);
  check_issuer (&run);
  g_clear_pointer (&run.object, gs_security_object_free);
  g_clear_pointer (&run.signer, gs_certificate_unref);
  return run.root;
}
