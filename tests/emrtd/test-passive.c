/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Passive authentication of the documents that make-documents.py wrote with the openssl command
 * line. usage: test-passive FOLDER */

#include "gs-passive-authentication.h"
#include "gs-time.h"
#include "gs-trust-material.h"

#include <string.h>

#define NOW "2026-11-01T00:00:00Z"

static const char *folder;

/* What is to come out: the whole, and one node that tells this case from others. */
typedef struct
{
  const char *label;
  GsCheckResult whole;
  const char *node;
  GsCheckResult result;
  const char *code;
} Case;

#define GOOD GS_CHECK_RESULT_SUCCESSFUL
#define BAD GS_CHECK_RESULT_FAILED
#define OPEN GS_CHECK_RESULT_UNDETERMINED
#define NOT GS_CHECK_RESULT_NOT_CHECKED

static const Case cases[] = {
  { "good-rsa", GOOD, "signer-trusted", GOOD, NULL },
  { "good-rsa-pss", GOOD, "signature-right", GOOD, NULL },
  { "good-p256", GOOD, "signature-right", GOOD, NULL },
  { "good-p384", GOOD, "signature-right", GOOD, NULL },
  { "good-p521", GOOD, "signature-right", GOOD, NULL },
  { "good-brainpool256", GOOD, "signer-trusted", GOOD, NULL },
  { "good-brainpool384", GOOD, "signer-trusted", GOOD, NULL },
  { "good-brainpool512", GOOD, "signer-trusted", GOOD, NULL },
  { "good-p256-explicit", GOOD, "signer-trusted", GOOD, NULL },
  /* 1 the file */
  { "indefinite", GOOD, "security-object-readable", GOOD, NULL },
  { "padded", GOOD, "security-object-readable", GOOD, NULL },
  { "garbage", BAD, "security-object-readable", BAD, "C03" },
  { "empty", BAD, "security-object-readable", BAD, "C03" },
  { "zero-signers", BAD, "signature-right", BAD, "C03" },
  { "two-signers", GOOD, "one-signer", GOOD, NULL },
  { "two-signers-one-wrong", BAD, "signature-right", BAD, "C03" },
  { "unwrapped", GOOD, "security-object-readable", GOOD, NULL },
  /* 2 the signer's certificate */
  { "reordered-issuer", GOOD, "signature-right", GOOD, NULL },
  { "only-certificate", GOOD, "signature-right", GOOD, NULL },
  { "by-key-id", GOOD, "signature-right", GOOD, NULL },
  { "no-certificate", BAD, "signer-trusted", BAD, "C04" },
  { "certificate-elsewhere", GOOD, "signature-right", GOOD, NULL },
  /* 3, 4 signature and attributes */
  { "wrong-signature", BAD, "signature-right", BAD, "C03" },
  { "wrong-content", BAD, "signature-right", BAD, "C03" },
  { "no-attributes", BAD, "signature-right", BAD, "C03" },
  { "flipped-type", BAD, "content-type-right", BAD, "C03" },
  { "swapped-type", BAD, "signature-right", BAD, "C03" },
  { "id-data", GOOD, "content-type-right", GOOD, "C11" },
  { "other-type", BAD, "content-type-right", BAD, "C03" },
  { "by-openssl", GOOD, "signature-right", GOOD, NULL },
  /* 5 data groups */
  { "version-1", GOOD, "security-object-readable", GOOD, NULL },
  { "version-2", BAD, "security-object-readable", BAD, "C03" },
  { "unsorted", GOOD, "data-group-14", GOOD, NULL },
  { "twice", BAD, "security-object-readable", BAD, "C03" },
  { "tampered", BAD, "data-group-2", BAD, "C09" },
  { "not-read", GOOD, "data-group-14", NOT, NULL },
  { "none-read", GOOD, "chip-data-unaltered", NOT, NULL },
  { "not-signed", BAD, "data-group-11", BAD, "C09" },
  { "hash-sha1", OPEN, "hash-algorithm", OPEN, NULL },
  { "hash-sha224", GOOD, "data-group-2", GOOD, NULL },
  { "hash-sha384", GOOD, "data-group-2", GOOD, NULL },
  { "hash-sha512", GOOD, "data-group-2", GOOD, NULL },
  /* 6 the chain */
  { "no-anchor", OPEN, "signer-trusted", OPEN, "C04" },
  { "no-anchor-at-all", OPEN, "signer-trusted", OPEN, "C04" },
  { "other-anchor", BAD, "signer-trusted", BAD, "C04" },
  { "many-anchors", GOOD, "signer-trusted", GOOD, NULL },
  { "wrong-key-id", GOOD, "signer-trusted", GOOD, NULL },
  { "no-key-id", GOOD, "signer-trusted", GOOD, NULL },
  { "unnamed-curve-signer", BAD, "signer-trusted", BAD, "C04" },
  { "unnamed-curve-authority", BAD, "signer-trusted", BAD, "C04" },
  { "signed-by-list-signer", BAD, "signer-trusted", BAD, "C04" },
  { "signed-by-signer", BAD, "signer-trusted", BAD, "C04" },
  /* 8 time and revocation */
  { "signer-expired-since", GOOD, "signer-in-period", GOOD, NULL },
  { "signed-after-expiry", BAD, "signer-in-period", BAD, "C05" },
  { "signed-before-signer", BAD, "signer-in-period", BAD, "C05" },
  { "signed-in-future", BAD, "signer-in-period", BAD, "C05" },
  { "no-signing-time", GOOD, "signer-in-period", GOOD, NULL },
  { "within-usage", GOOD, "signer-in-period", GOOD, NULL },
  { "after-usage", BAD, "signer-in-period", BAD, "C05" },
  { "authority-expired", BAD, "authority-in-period", BAD, "C05" },
  { "authority-renewed", GOOD, "authority-in-period", GOOD, NULL },
  { "revoked", BAD, "signer-not-revoked", BAD, "C06" },
  { "authority-revoked", BAD, "authority-not-revoked", BAD, "C06" },
  { "not-revoked", GOOD, "signer-not-revoked", GOOD, NULL },
  { "stale-list", GOOD, "signer-not-revoked", GOOD, NULL },
  { "newer-list", BAD, "signer-not-revoked", BAD, "C06" },
  { "namesake-list", BAD, "signer-not-revoked", BAD, "C06" },
  { "namesake-list-revokes", BAD, "signer-not-revoked", BAD, "C06" },
  { "forged-list", OPEN, "signer-not-revoked", OPEN, "C06" },
  { "other-list", GOOD, "signer-not-revoked", NOT, NULL },
  /* 9 weak algorithms */
  { "weak-sha1", OPEN, "signature-algorithm", OPEN, NULL },
  { "weak-signature", OPEN, "signature-algorithm", OPEN, NULL },
  { "weak-rsa", OPEN, "signer-key", OPEN, NULL },
  { "weak-p224", OPEN, "authority-key", OPEN, NULL },
  /* 10 country */
  { "wrong-country", BAD, "issuer-agrees", BAD, "C10" },
  { "right-country", GOOD, "issuer-agrees", GOOD, NULL },
  { "no-country", OPEN, "issuer-agrees", OPEN, "C10" },
};

static GBytes *
read_bytes (const char *label, const char *name)
{
  g_autofree char *path = g_build_filename (folder, label, name, NULL);
  char *data;
  gsize size;

  return g_file_get_contents (path, &data, &size, NULL) ? g_bytes_new_take (data, size) : NULL;
}

static void
read_folder (GsTrustMaterial *material, const char *label, const char *name)
{
  g_autofree char *path = g_build_filename (folder, label, name, NULL);

  /* A folder may be empty. */
  gs_trust_material_read_path (material, path, NULL);
  g_assert_cmpuint (gs_trust_material_get_problems (material)->len, ==, 0);
}

/* common: EF.COM or NULL; missing: data groups that the chip does not have. */
static GsVerdict *
run_full (const char *label, const char *now, GBytes *common, guint32 missing)
{
  g_autoptr (GsTrustMaterial) material = gs_trust_material_new (NULL, NULL);
  g_autoptr (GsAnchorSet) anchors = NULL;
  g_autoptr (GPtrArray) signers = NULL;
  GsPassiveInput input = { .common = common, .missing_groups = missing };
  GsVerdict *verdict;

  read_folder (material, label, "anchors");
  read_folder (material, label, "crls");
  anchors = gs_trust_material_make_anchors (material, &signers);
  input.security_object = read_bytes (label, "sod");
  g_assert_nonnull (input.security_object);
  for (guint i = 1; i <= GS_N_DATA_GROUPS; i++)
    {
      g_autofree char *name = g_strdup_printf ("dg%u", i);

      input.data_groups[i] = read_bytes (label, name);
    }
  input.anchors = anchors;
  input.signers = signers;
  input.revocation_lists = gs_trust_material_get_revocation_lists (material);
  g_assert_true (gs_time_parse_rfc3339 (now, -1, &input.now_utc_ms));
  verdict = gs_passive_authentication_run (&input);
  g_bytes_unref (input.security_object);
  for (guint i = 1; i <= GS_N_DATA_GROUPS; i++)
    g_clear_pointer (&input.data_groups[i], g_bytes_unref);
  return verdict;
}

static GsVerdict *
run_with (const char *label, const char *now, GBytes *common)
{
  return run_full (label, now, common, 0);
}

static GsVerdict *
run (const char *label)
{
  g_autofree char *today = gs_time_format_rfc3339 (g_get_real_time () / 1000);

  return run_with (label, g_str_equal (label, "by-openssl") ? today : NOW, NULL);
}

static const char *
get_evidence (GsVerdict *verdict, const char *node, const char *key)
{
  return gs_verdict_find_evidence (gs_verdict_find (verdict, node), key);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GsVerdict) verdict = run (one->label);
  g_autofree char *text = gs_verdict_to_text (verdict, TRUE);
  const GsVerdict *node = gs_verdict_find (verdict, one->node);

  g_test_message ("%s", text);
  g_assert_nonnull (node);
  g_assert_cmpstr (gs_verdict_result_to_word (gs_verdict_get_result (node)), ==,
                   gs_verdict_result_to_word (one->result));
  g_assert_cmpstr (gs_verdict_get_code (node), ==, one->code);
  g_assert_cmpstr (gs_verdict_result_to_word (gs_verdict_get_result (verdict)), ==,
                   gs_verdict_result_to_word (one->whole));
}

/* Every check that failed or is open must say why. */
static void
check_sentences (const GsVerdict *node)
{
  GsCheckResult result = gs_verdict_get_result (node);

  if (gs_verdict_get_n_children (node) == 0)
    g_assert_nonnull (gs_verdict_get_sentence (node));
  if (result == BAD || result == OPEN)
    g_assert_nonnull (gs_verdict_get_sentence (node));
  for (guint i = 0; i < gs_verdict_get_n_children (node); i++)
    check_sentences (gs_verdict_get_child (node, i));
}

static void
test_sentences (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GsVerdict) verdict = run (cases[i].label);

      g_assert_cmpuint (gs_verdict_get_n_children (verdict), ==, 7);
      check_sentences (verdict);
    }
}

/* The reason, not only that it fails: another check would hide that this one is gone. */
static void
test_errors (void)
{
  static const char *const errors[][3] = {
    { "zero-signers", "signature-right", "no-signer" },
    { "no-attributes", "signature-right", "no-signed-attributes" },
    { "swapped-type", "signature-right", "content-type-differs" },
    { "flipped-type", "signature-right", "content-type-differs" },
    { "wrong-signature", "signature-right", "signature-wrong" },
    { "two-signers-one-wrong", "signature-right", "signature-wrong" },
    { "unnamed-curve-signer", "signature-right", "key-not-accepted" },
    { "no-certificate", "signature-right", "no-signer-certificate" },
    { "id-data", "content-type-right", NULL },
    { "tampered", "data-group-2", "hash-differs" },
    { "not-signed", "data-group-11", "not-signed" },
    { "unnamed-curve-signer", "signer-trusted", "key-not-accepted" },
    { "two-signers", "one-signer", NULL },
    { "no-anchor", "signer-trusted", "no-anchor" },
    { "other-anchor", "signer-trusted", "chain-not-verified" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GsVerdict) verdict = run (errors[i][0]);

      g_assert_cmpstr (get_evidence (verdict, errors[i][1], "error"), ==, errors[i][2]);
    }
}

static void
test_evidence (void)
{
  static const char *const evidence[][4] = {
    { "reordered-issuer", "signature-right", "signer_found_by",
      "serial number; the issuer is written in another way" },
    { "only-certificate", "signature-right", "signer_found_by",
      "the only certificate; the signer identifier fits none" },
    { "many-anchors", "signer-trusted", "found_by", "key identifier" },
    { "wrong-key-id", "signer-trusted", "found_by", "trying every key" },
    { "good-brainpool384", "signer-trusted", "authority_curve",
      "written out, and the same as the named one" },
    { "good-brainpool384", "signer-trusted", "authority_key", "EC brainpoolP384r1" },
    { "good-rsa-pss", "signature-right", "algorithm", "RSA-PSS with SHA-256" },
    { "signer-expired-since", "signer-in-period", "signer_expired_since",
      "2024-01-01T00:00:00.000Z" },
    { "no-signing-time", "signer-in-period", "issued_at", "2020-01-01T00:00:00.000Z" },
    { "good-p256", "signer-in-period", "issued_at", "2020-03-01T12:00:00.000Z" },
    { "id-data", "content-type-right", "note", "id-data" },
    { "version-1", "security-object-readable", "lds_version", "0108" },
    { "version-1", "security-object-readable", "version", "1" },
    { "weak-rsa", "signer-key", "algorithm", "RSA 1024" },
    { "right-country", "issuer-agrees", "issuing_state", "D" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (evidence); i++)
    {
      g_autoptr (GsVerdict) verdict = run (evidence[i][0]);

      g_assert_cmpstr (get_evidence (verdict, evidence[i][1], evidence[i][2]), ==, evidence[i][3]);
    }
}

static void
test_warnings (void)
{
  static const char *const warnings[][2] = {
    { "stale-list", "signer-not-revoked" },
    { "unwrapped", "security-object-readable" },
    { "good-p256", "issuer-agrees" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (warnings); i++)
    {
      g_autoptr (GsVerdict) verdict = run (warnings[i][0]);

      g_assert_cmpuint (gs_verdict_get_n_warnings (gs_verdict_find (verdict, warnings[i][1])), ==,
                        1);
    }
}

/* A list that was good in October is out of date a year later, and not yet there in May. */
static void
test_present_time (void)
{
  g_autoptr (GsVerdict) later = run_with ("not-revoked", "2027-11-01T00:00:00Z", NULL);
  g_autoptr (GsVerdict) sooner = run_with ("not-revoked", "2026-05-01T00:00:00Z", NULL);
  g_autoptr (GsVerdict) before = run_with ("good-p256", "2020-01-01T00:00:00Z", NULL);
  g_autoptr (GsVerdict) much_later = run_with ("good-p256", "2060-01-01T00:00:00Z", NULL);

  g_assert_cmpint (gs_verdict_get_result (later), ==, GOOD);
  g_assert_cmpuint (gs_verdict_get_n_warnings (gs_verdict_find (later, "signer-not-revoked")), ==,
                    1);
  g_assert_cmpuint (gs_verdict_get_n_warnings (gs_verdict_find (sooner, "signer-not-revoked")), ==,
                    1);
  g_assert_cmpint (gs_verdict_get_result (before), ==, BAD);
  /* The chain is judged at the time of issue: nothing expires afterwards. */
  g_assert_cmpint (gs_verdict_get_result (much_later), ==, GOOD);
}

static void
test_common (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    GsCheckResult result;
  } files[] = {
    { "\x60\x05\x5c\x03\x61\x75\x6e", 7, GOOD },
    { "\x60\x04\x5c\x02\x61\x75", 6, BAD },
    { "\x60\x06\x5c\x04\x61\x75\x6e\x63", 8, BAD },
    { "\x60\x04\x5c\x05\x61\x75", 6, BAD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) common = g_bytes_new_static (files[i].bytes, files[i].size);
      g_autoptr (GsVerdict) verdict = run_with ("good-p256", NOW, common);
      const GsVerdict *node = gs_verdict_find (verdict, "chip-files-agree");

      g_assert_cmpint (gs_verdict_get_result (node), ==, files[i].result);
      g_assert_cmpstr (gs_verdict_get_code (node), ==, files[i].result == BAD ? "C08" : NULL);
    }
}

/* Not read is one thing, not there another; what was read after all is not missing. */
static void
test_missing (void)
{
  g_autoptr (GsVerdict) verdict = run_full ("not-read", NOW, NULL, 1u << 14 | 1u << 1);

  g_assert_cmpint (gs_verdict_get_result (gs_verdict_find (verdict, "data-group-14")), ==, OPEN);
  g_assert_cmpint (gs_verdict_get_result (gs_verdict_find (verdict, "data-group-2")), ==, NOT);
  g_assert_cmpint (gs_verdict_get_result (gs_verdict_find (verdict, "data-group-1")), ==, GOOD);
}

/* The security object cut at every byte, and with every byte changed: never good, never a crash. */
static void
test_every_byte (void)
{
  g_autoptr (GBytes) file = read_bytes ("good-p256", "sod");
  g_autoptr (GsAnchorSet) anchors = gs_anchor_set_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  GsPassiveInput input = { .anchors = anchors };

  for (gsize at = 0; at < size; at += 7)
    {
      g_autofree guint8 *changed = g_memdup2 (data, size);
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (file, 0, at);
      g_autoptr (GBytes) other = NULL;
      g_autoptr (GsVerdict) one = NULL;
      g_autoptr (GsVerdict) two = NULL;

      changed[at] ^= 0x41;
      other = g_bytes_new (changed, size);
      input.security_object = cut;
      one = gs_passive_authentication_run (&input);
      g_assert_cmpint (gs_verdict_get_result (one), ==, BAD);
      input.security_object = other;
      two = gs_passive_authentication_run (&input);
      g_assert_cmpint (gs_verdict_get_result (two), !=, GOOD);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = argv[1];
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/emrtd/passive/", cases[i].label, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/emrtd/passive/errors", test_errors);
  g_test_add_func ("/emrtd/passive/evidence", test_evidence);
  g_test_add_func ("/emrtd/passive/warnings", test_warnings);
  g_test_add_func ("/emrtd/passive/sentences", test_sentences);
  g_test_add_func ("/emrtd/passive/present-time", test_present_time);
  g_test_add_func ("/emrtd/passive/common", test_common);
  g_test_add_func ("/emrtd/passive/missing", test_missing);
  g_test_add_func ("/emrtd/passive/every-byte", test_every_byte);
  return g_test_run ();
}
