/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seals that others made: GATESIDE_REAL_DATA names the folder of the five public test seals of
 * Utopia. All are read, verify, and do not with any bit turned. */
#include "gs-seal-error.h"
#include "gs-seal-profile.h"
#include "gs-seal-verdict.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string.h>

/* What the seals say, seal after seal as in the file: profile, issued, signed, then the fields. */
static const char *const known[][12] = {
  { "Residence Permit", "4", "residence-permit", "mrz",
    "ATD<<RESIDORCE<<ROLAND<<<<<<<<<<<<<<6525845096USA7008038M2201018<<<<<<06", "passport-number",
    "UFO001979" },
  { "Arrival attestation", "4", "arrival-attestation", "mrz",
    "MED<<MANNSENS<<MANNY<<<<<<<<<<<<<<<<6525845096USA7008038M2201018<<<<<<06",
    "registration-number", "ABC123456DEF" },
  { "Arrival attestation (v3)", "3", "arrival-attestation", "mrz",
    "MED<<MANNSENS<<MANNY<<<<<<<<<<<<<<<<6525845096USA7008038M2201018<<<<<<06",
    "registration-number", "ABC123456DEF" },
  { "Social insurance card", "3", "social-insurance-card", "insurance-number", "65170839J003",
    "surname", "Perschweiß", "given-names", "Oscar", "birth-name", "Jâcobénidicturius" },
  { "Supplement sheet", "4", "supplement-sheet", "mrz",
    "ATD<<RESIDORCE<<ROLAND<<<<<<<<<<<<<<6525845096USA7008038M2201018<<<<<<06", "sheet-number",
    "PA0000005" },
};

typedef struct
{
  GStrv lines;
  GsSealRing *ring;
} Public;

static gboolean
open_public (Public *data)
{
  const char *root = g_getenv ("GATESIDE_REAL_DATA");
  g_autofree char *table = root != NULL ? g_build_filename (root, "vds", "seals.tsv", NULL) : NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (table == NULL || !g_file_get_contents (table, &text, NULL, NULL))
    {
      g_test_skip ("GATESIDE_REAL_DATA does not name the public test seals");
      return FALSE;
    }
  g_autofree char *key = g_build_filename (root, "vds", "UTTS5B.pub.pem", NULL);
  data->ring = gs_seal_ring_new ();
  gs_seal_ring_add_path (data->ring, key, &error);
  g_assert_no_error (error);
  data->lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpuint (g_strv_length (data->lines), ==, 1 + G_N_ELEMENTS (known));
  return TRUE;
}

static void
close_public (Public *data)
{
  g_strfreev (data->lines);
  gs_seal_ring_unref (data->ring);
}

static GBytes *
bytes_of (const char *line)
{
  GBytes *bytes = gs_seal_bytes_from_hex (strchr (line, '\t') + 1, NULL);

  g_assert_nonnull (bytes);
  return bytes;
}

static GsCheckResult
judge (GBytes *bytes, GsSealRing *ring)
{
  GsSealInput input = { .bytes = bytes, .ring = ring, .today = { 2026, 11, 23 } };
  g_autoptr (GsVerdict) verdict = gs_seal_verdict_run (&input);

  return gs_verdict_get_result (verdict);
}

static void
test_public_fields (void)
{
  Public data;

  if (!open_public (&data))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = bytes_of (data.lines[i + 1]);
      g_autoptr (GsSeal) seal = gs_seal_new (bytes, &error);
      const GsSealHeader *header;
      guint n = 0;

      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (data.lines[i + 1], known[i][0]));
      header = gs_seal_get_header (seal);
      g_autofree char *issued = gs_seal_date_format (&header->issued);
      g_autofree char *signed_on = gs_seal_date_format (&header->signed_on);
      g_assert_cmpuint (header->version, ==, g_ascii_strtoull (known[i][1], NULL, 10));
      g_assert_cmpstr (header->country, ==, "UTO");
      g_assert_cmpstr (header->signer, ==, "UTTS");
      g_assert_cmpstr (header->reference, ==, "5B");
      g_assert_cmpstr (issued, ==, "2020-01-01");
      g_assert_cmpstr (signed_on, ==, "2025-12-07");
      g_assert_cmpstr (gs_seal_profile_get_name (seal), ==, known[i][2]);
      g_autoptr (GPtrArray) fields = gs_seal_profile_dup_fields (seal, &error);
      g_assert_no_error (error);
      for (; known[i][3 + 2 * n] != NULL; n++)
        {
          const GsSealField *field = g_ptr_array_index (fields, n);

          g_assert_cmpstr (field->name, ==, known[i][3 + 2 * n]);
          g_assert_cmpstr (field->value, ==, known[i][4 + 2 * n]);
        }
      g_assert_cmpuint (fields->len, ==, n);
    }
  close_public (&data);
}

static void
test_public_genuine (void)
{
  Public data;

  if (!open_public (&data))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GBytes) bytes = bytes_of (data.lines[i + 1]);

      g_assert_cmpint (judge (bytes, data.ring), ==, GS_CHECK_RESULT_SUCCESSFUL);
    }
  close_public (&data);
}

/* Every bit of every seal, turned alone; and every seal cut short anywhere. */
static void
test_public_altered (void)
{
  Public data;
  guint n_failed = 0;
  guint n_all = 0;

  if (!open_public (&data))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GBytes) bytes = bytes_of (data.lines[i + 1]);
      gsize size;
      const guint8 *good = g_bytes_get_data (bytes, &size);

      for (gsize bit = 0; bit < 8 * size; bit++)
        {
          g_autofree guint8 *copy = g_memdup2 (good, size);

          copy[bit / 8] ^= (guint8) (1 << bit % 8);
          g_autoptr (GBytes) altered = g_bytes_new (copy, size);
          GsCheckResult result = judge (altered, data.ring);
          g_assert_true (result == GS_CHECK_RESULT_FAILED
                         || result == GS_CHECK_RESULT_UNDETERMINED);
          n_failed += result == GS_CHECK_RESULT_FAILED;
          n_all++;
        }
      for (gsize length = 0; length < size; length++)
        {
          g_autoptr (GBytes) cut = g_bytes_new (good, length);

          g_assert_cmpint (judge (cut, data.ring), !=, GS_CHECK_RESULT_SUCCESSFUL);
        }
    }
  /* All but those that are no seal any more: magic and version. */
  g_assert_cmpuint (n_all - n_failed, <=, 5 * 16);
  g_test_message ("%u of %u altered seals failed, the rest was unreadable", n_failed, n_all);
  close_public (&data);
}

/* --- made here -------------------------------------------------------------------------------- */

static GBytes *
make (const GsSealHeader *header, guint8 tag, gsize length, guint8 fill)
{
  g_autofree guint8 *value = g_malloc (length + 1);
  g_autoptr (GBytes) bytes = NULL;
  const GsSealMessage message = { tag, bytes };
  GsSealMessage messages[1] = { message };
  g_autoptr (GBytes) signature = NULL;
  guint8 zeros[64] = { 1 };

  memset (value, fill, length);
  bytes = g_bytes_new (value, length);
  messages[0].value = bytes;
  g_autoptr (GBytes) encoded = gs_seal_encode (header, messages, 1, NULL);
  if (encoded == NULL)
    return NULL;
  signature = g_bytes_new (zeros, sizeof zeros);
  return gs_seal_append_signature (encoded, signature);
}

static const GsSealHeader specimen = { .version = 4,
                                       .country = "UTO",
                                       .signer = "UTGS",
                                       .reference = (char *) "1A",
                                       .issued = { 2026, 11, 23 },
                                       .signed_on = { 2026, 12, 31 },
                                       .feature = 0xe0,
                                       .category = 0x10 };

static void
test_round_trip (void)
{
  static const char *const references[] = { "1", "1A", "ABC", "ABCDE", "0123456789ABCDEF0123" };

  for (guint turn = 0; turn < 2000; turn++)
    {
      GsSealHeader header = specimen;
      gsize length = (gsize) g_test_rand_int_range (0, 255);
      guint8 tag = (guint8) g_test_rand_int_range (1, 255);
      g_autoptr (GError) error = NULL;

      header.version = turn % 2 == 0 ? 3 : 4;
      header.reference = (char *) references[turn % (header.version == 3 ? 4 : 5)];
      header.issued.year = turn % 7 == 0 ? 0 : header.issued.year;
      g_autoptr (GBytes) bytes = make (&header, tag, length, (guint8) turn);
      g_autoptr (GsSeal) seal = gs_seal_new (bytes, &error);
      g_assert_no_error (error);
      const GsSealHeader *read = gs_seal_get_header (seal);
      g_assert_cmpuint (read->version, ==, header.version);
      g_assert_cmpstr (read->signer, ==, "UTGS");
      g_assert_true (gs_seal_reference_equal (read->reference, header.reference));
      g_assert_cmpint (gs_seal_date_compare (&read->signed_on, &header.signed_on), ==, 0);
      g_assert_true (read->issued.year == header.issued.year);
      g_assert_cmpuint (g_bytes_get_size (gs_seal_find_message (seal, tag)), ==, length);
    }
}

static void
expect_malformed (const char *hex)
{
  g_autoptr (GBytes) bytes = gs_seal_bytes_from_hex (hex, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (gs_seal_new (bytes, &error));
  g_assert_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_MALFORMED);
}

/* The header of the specimen, then each thing that a seal may not have. */
static void
test_malformed (void)
{
  static const char header[] = "dc03d9c5d9cbc3693a190000000000004710";
  static const char *const rests[] = {
    "",                   /* no signature */
    "0101",               /* a message longer than what is there */
    "010155",             /* no signature behind a message */
    "ff00",               /* an empty signature */
    "ff020102ff020102",   /* something behind it */
    "010102010103ff0101", /* a tag twice */
    "000101ff0101",       /* the tag 0 */
    "01810155ff0101",     /* a length longer than it need be */
    "018055ff0101",       /* a length without an end */
    "0183000001ff0101",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rests); i++)
    {
      g_autofree char *hex = g_strconcat (header, rests[i], NULL);

      expect_malformed (hex);
    }
  /* 31 February. */
  expect_malformed ("dc03d9c5d9cbc3693a19"
                    "231b5a"
                    "000000"
                    "4710ff0101");
}

static void
test_dates (void)
{
  guint n_days = 0;

  for (guint number = 1; number < 0xffffff; number += 1)
    {
      const guint8 bytes[] = { (guint8) (number >> 16), (guint8) (number >> 8), (guint8) number };
      GsSealDate date;
      guint8 again[3];

      if (!gs_seal_date_decode (bytes, &date))
        continue;
      n_days++;
      g_assert_true (gs_seal_date_encode (&date, again));
      g_assert_cmpmem (bytes, 3, again, 3);
    }
  /* Years 1 to 9999 of the calendar, every day of them. */
  g_assert_cmpuint (n_days, ==, 9999 * 365 + 9999 / 4 - 9999 / 100 + 9999 / 400);
}

/* --- certificates ----------------------------------------------------------------------------- */

typedef struct
{
  EVP_PKEY *key;
  GsSealRing *ring;
} Signer;

static void
open_signer (Signer *self, const char *country, const char *name, long serial, long days)
{
  X509 *x509 = X509_new ();
  X509_NAME *subject = X509_get_subject_name (x509);
  g_autoptr (GError) error = NULL;

  self->key = EVP_EC_gen ("brainpoolP256r1");
  self->ring = gs_seal_ring_new ();
  X509_set_version (x509, 2);
  X509_NAME_add_entry_by_txt (subject, "C", MBSTRING_ASC, (const guint8 *) country, -1, -1, 0);
  X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_ASC, (const guint8 *) name, -1, -1, 0);
  X509_set_issuer_name (x509, subject);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), serial);
  ASN1_TIME_set_string (X509_getm_notBefore (x509), "20260101000000Z");
  X509_time_adj_ex (X509_getm_notAfter (x509), (int) days, 0, &(time_t){ 1767225600 });
  X509_set_pubkey (x509, self->key);
  X509_sign (x509, self->key, EVP_sha256 ());
  g_autoptr (GsSealKey) key = gs_seal_key_new_certificate (x509, "specimen.pem", &error);
  g_assert_no_error (error);
  gs_seal_ring_add (self->ring, key);
  gs_seal_ring_add (self->ring, key);
  g_assert_cmpuint (gs_seal_ring_get_size (self->ring), ==, 1);
  X509_free (x509);
}

static void
close_signer (Signer *self)
{
  EVP_PKEY_free (self->key);
  gs_seal_ring_unref (self->ring);
}

/* A seal of an unknown kind, signed with that key, as the one that is signed on that day. */
static GBytes *
make_signed (const GsSealHeader *header, EVP_PKEY *key)
{
  g_autoptr (GBytes) value = g_bytes_new_static ("hello", 5);
  const GsSealMessage message = { 1, value };
  g_autoptr (GBytes) encoded = gs_seal_encode (header, &message, 1, NULL);
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  guint8 der[80];
  gsize length = sizeof der;
  gsize size;
  const guint8 *data = g_bytes_get_data (encoded, &size);

  EVP_DigestSignInit (context, NULL, EVP_sha256 (), NULL, key);
  g_assert_cmpint (EVP_DigestSign (context, der, &length, data, size), ==, 1);
  EVP_MD_CTX_free (context);
  const guint8 *at = der;
  ECDSA_SIG *signature = d2i_ECDSA_SIG (NULL, &at, (long) length);
  guint8 plain[64];
  BN_bn2binpad (ECDSA_SIG_get0_r (signature), plain, 32);
  BN_bn2binpad (ECDSA_SIG_get0_s (signature), plain + 32, 32);
  ECDSA_SIG_free (signature);
  g_autoptr (GBytes) bytes = g_bytes_new (plain, sizeof plain);
  return gs_seal_append_signature (encoded, bytes);
}

/* Which step has which result. */
static void
expect (GBytes *bytes, GsSealRing *ring, GsCheckResult all, const char *step, GsCheckResult result)
{
  GsSealInput input = { .bytes = bytes, .ring = ring, .today = { 2026, 12, 31 } };
  g_autoptr (GsVerdict) verdict = gs_seal_verdict_run (&input);

  g_assert_cmpint (gs_verdict_get_result (verdict), ==, all);
  g_assert_cmpint (gs_verdict_get_result (gs_verdict_find (verdict, step)), ==, result);
}

static void
test_certificate (void)
{
  Signer signer, other, short_lived, wrong_name;
  GsSealHeader header = specimen;

  open_signer (&signer, "UT", "GS", 0x1a, 3650);
  open_signer (&other, "UT", "GS", 0x1b, 3650);
  open_signer (&short_lived, "UT", "GS", 0x1a, 30);
  open_signer (&wrong_name, "UT", "Seal Signer SPECIMEN", 7, 3650);
  g_autoptr (GBytes) good = make_signed (&header, signer.key);
  /* A kind that is not known: the signature counts. */
  expect (good, signer.ring, GS_CHECK_RESULT_SUCCESSFUL, "seal-content",
          GS_CHECK_RESULT_NOT_SUPPORTED);
  expect (good, other.ring, GS_CHECK_RESULT_UNDETERMINED, "seal-signature",
          GS_CHECK_RESULT_NOT_CHECKED);
  expect (good, short_lived.ring, GS_CHECK_RESULT_FAILED, "seal-signature", GS_CHECK_RESULT_FAILED);
  g_autoptr (GBytes) late = make_signed (&header, short_lived.key);
  expect (late, short_lived.ring, GS_CHECK_RESULT_FAILED, "seal-certificate",
          GS_CHECK_RESULT_FAILED);
  g_autoptr (GBytes) nameless = make_signed (&header, wrong_name.key);
  expect (nameless, wrong_name.ring, GS_CHECK_RESULT_SUCCESSFUL, "seal-certificate",
          GS_CHECK_RESULT_SUCCESSFUL);
  header.signed_on.year = 2027;
  g_autoptr (GBytes) tomorrow = make_signed (&header, signer.key);
  expect (tomorrow, signer.ring, GS_CHECK_RESULT_FAILED, "seal-content", GS_CHECK_RESULT_FAILED);
  header.signed_on.year = 0;
  g_autoptr (GBytes) undated = make_signed (&header, signer.key);
  expect (undated, signer.ring, GS_CHECK_RESULT_UNDETERMINED, "seal-certificate",
          GS_CHECK_RESULT_UNDETERMINED);
  close_signer (&signer);
  close_signer (&other);
  close_signer (&short_lived);
  close_signer (&wrong_name);
}

static void
test_nothing_read (void)
{
  g_autoptr (GsSealRing) ring = gs_seal_ring_new ();
  g_autoptr (GError) error =
    g_error_new_literal (GS_SEAL_ERROR, GS_SEAL_ERROR_NO_SYMBOL, "there is no seal on it");
  GsSealInput input = { .unreadable = error, .ring = ring };
  g_autoptr (GsVerdict) verdict = gs_seal_verdict_run (&input);

  g_assert_cmpint (gs_verdict_get_result (verdict), ==, GS_CHECK_RESULT_UNDETERMINED);
  g_assert_cmpstr (gs_verdict_get_sentence (verdict), ==,
                   "No seal was read: there is no seal on it.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seal/public/fields", test_public_fields);
  g_test_add_func ("/seal/public/genuine", test_public_genuine);
  g_test_add_func ("/seal/public/altered", test_public_altered);
  g_test_add_func ("/seal/bytes/round-trip", test_round_trip);
  g_test_add_func ("/seal/bytes/malformed", test_malformed);
  g_test_add_func ("/seal/bytes/dates", test_dates);
  g_test_add_func ("/seal/verdict/certificate", test_certificate);
  g_test_add_func ("/seal/verdict/nothing-read", test_nothing_read);
  return g_test_run ();
}
