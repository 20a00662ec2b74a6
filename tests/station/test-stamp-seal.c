/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The digital seal of a stamp that is issued: signed before INTENT and printed; or not, and what
 * then. */
#include "gs-test-desk.h"

#include "gs-seal-reader.h"
#include "gs-seal-verdict.h"
#include "gs-sealer.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>

typedef struct
{
  TestDesk desk;
  char *key;
  char *certificate;
  gboolean no_document;
} Fixture;

static void
write_key (Fixture *fixture)
{
  EVP_PKEY *key = EVP_EC_gen ("brainpoolP256r1");
  X509 *x509 = X509_new ();
  X509_NAME *name = X509_get_subject_name (x509);
  FILE *file = fopen (fixture->key, "we");

  g_assert_nonnull (file);
  g_assert_cmpint (PEM_write_PrivateKey (file, key, NULL, NULL, 0, NULL, NULL), ==, 1);
  fclose (file);
  X509_set_version (x509, 2);
  X509_NAME_add_entry_by_txt (name, "C", MBSTRING_ASC, (const guint8 *) "UT", -1, -1, 0);
  X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_ASC, (const guint8 *) "GS", -1, -1, 0);
  X509_set_issuer_name (x509, name);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), 0x1a);
  ASN1_TIME_set_string (X509_getm_notBefore (x509), "20260101000000Z");
  ASN1_TIME_set_string (X509_getm_notAfter (x509), "20301231000000Z");
  X509_set_pubkey (x509, key);
  X509_sign (x509, key, EVP_sha256 ());
  file = fopen (fixture->certificate, "we");
  g_assert_cmpint (PEM_write_X509 (file, x509), ==, 1);
  fclose (file);
  X509_free (x509);
  EVP_PKEY_free (key);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GsConfig *config = &fixture->desk.config;

  test_desk_set_up (&fixture->desk, data);
  fixture->key = g_build_filename (fixture->desk.folder, "seal.key", NULL);
  fixture->certificate = g_build_filename (fixture->desk.folder, "seal.pem", NULL);
  write_key (fixture);
  config->seal_key = fixture->key;
  config->seal_certificate = fixture->certificate;
  config->seal_port = (char *) "AMA";
  config->seal_required = TRUE;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_desk_tear_down (&fixture->desk, data);
  g_free (fixture->key);
  g_free (fixture->certificate);
}

static GsStampIssue *
open_sheet (Fixture *fixture)
{
  GsCase *item = test_desk_admit_ready (&fixture->desk, TEST_CROSSING);
  GsTraveller *traveller = gs_traveller_new ();
  GsStampIssue *issue;

  gs_traveller_set (&traveller->issuing_state, "UTO");
  if (!fixture->no_document)
    gs_traveller_set (&traveller->document_number, "L898902C3");
  gs_case_take_traveller (item, traveller);
  test_desk_start_stamps (&fixture->desk);
  issue = gs_stamp_desk_open (fixture->desk.stamps, item);
  test_until (gs_stamp_issue_can_print (issue) && gs_stamp_issue_get_bitmap (issue) != NULL);
  return issue;
}

/* --- what is on the picture ------------------------------------------------------------------- */

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GsSealReading **reading = user_data;
  g_autoptr (GError) error = NULL;

  *reading = gs_seal_reader_read_finish (result, &error);
  g_assert_no_error (error);
}

static GsSealReading *
read_stamp (GsStampBitmap *bitmap)
{
  guint width = gs_stamp_bitmap_get_width (bitmap);
  guint height = gs_stamp_bitmap_get_height (bitmap);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree char *head = g_strdup_printf ("P5\n%u %u\n255\n", width, height);
  g_autoptr (GBytes) picture = NULL;
  GsSealReading *reading = NULL;

  g_byte_array_append (out, (guint8 *) head, (guint) strlen (head));
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint8 dot = gs_stamp_bitmap_get_ink (bitmap, (int) x, (int) y) ? 0 : 255;

        g_byte_array_append (out, &dot, 1);
      }
  picture = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  gs_seal_reader_read_async (picture, GS_SEAL_READER_PATIENCE_MS, NULL, on_read, &reading);
  test_until (reading != NULL);
  return reading;
}

/* --- tests ------------------------------------------------------------------------------------ */

static void
test_signed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = open_sheet (fixture);
  g_autoptr (GsSealReading) preview = read_stamp (gs_stamp_issue_get_bitmap (issue));
  g_autoptr (GsSealReading) printed = NULL;
  g_autoptr (GsSealRing) ring = gs_seal_ring_new ();
  g_autoptr (GsSeal) seal = NULL;
  g_autoptr (GsVerdict) verdict = NULL;
  GsSealImprint imprint;

  /* Nothing that is only looked at is signed. */
  g_assert_cmpint (gs_seal_found_choose (preview->found, preview->width, preview->height), ==, -1);
  g_assert_cmpuint (preview->found->len, ==, 1);
  g_assert_true (gs_stamp_issue_print (issue));
  test_until (gs_stamp_issue_get_state (issue) == GS_ISSUE_QUESTION);
  printed = read_stamp (gs_stamp_issue_get_bitmap (issue));
  g_assert_cmpuint (printed->found->len, ==, 1);
  const GsSealFound *found = g_ptr_array_index (printed->found, 0);
  gs_seal_ring_add_path (ring, fixture->certificate, NULL);
  GsSealInput input = {
    .bytes = found->bytes, .ring = ring, .state = "UTO", .number = "L898902C3"
  };
  verdict = gs_seal_verdict_run (&input);
  g_assert_cmpint (gs_verdict_get_result (verdict), ==, GS_CHECK_RESULT_SUCCESSFUL);
  g_assert_nonnull (gs_verdict_find (verdict, "seal-of-document"));
  seal = gs_seal_new (found->bytes, NULL);
  g_assert_true (gs_seal_imprint_read (&imprint, seal, NULL));
  g_assert_cmpstr (imprint.serial, ==, "UTOD3000001");
  g_assert_cmpstr (imprint.port, ==, "AMA");
  g_assert_cmpint (imprint.direction, ==, GS_DIRECTION_ARRIVAL);
}

static void
expect_refusal (Fixture *fixture)
{
  g_autoptr (GsStampIssue) issue = open_sheet (fixture);
  g_autofree char *steps = NULL;

  g_assert_true (gs_stamp_issue_print (issue));
  test_until (gs_stamp_issue_get_state (issue) == GS_ISSUE_FAILED);
  g_assert_cmpint (gs_stamp_issue_get_refusal (issue)->refusal, ==, GS_REFUSAL_SEAL);
  g_assert_cmpint (gs_stamp_issue_get_claim_fate (issue), ==, GS_CLAIM_FATE_RELEASED);
  steps = test_desk_dup_steps (&fixture->desk, gs_stamp_issue_get_stamp_id (issue));
  g_assert_true (g_str_has_prefix (steps, "REQUESTED CLAIMED FAILED"));
  g_assert_cmpuint (gs_fake_stamp_printer_get_calls (fixture->desk.printer, GS_FAKE_CALL_CREATE),
                    ==, 0);
}

/* The key is gone: no stamp, and the claim is given back. */
static void
test_key_gone (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (remove (fixture->key), ==, 0);
  expect_refusal (fixture);
}

static void
test_token_gone (Fixture *fixture, gconstpointer data)
{
  fixture->desk.config.seal_key = (char *) "pkcs11:token=no-such-token;object=stamp?pin-value=1234";
  expect_refusal (fixture);
}

/* A document that nobody knows binds nothing. */
static void
test_no_document (Fixture *fixture, gconstpointer data)
{
  fixture->no_document = TRUE;
  expect_refusal (fixture);
}

/* A sealer that cannot be made at all refuses in the same way. */
static void
test_certificate_gone (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (remove (fixture->certificate), ==, 0);
  expect_refusal (fixture);
}

static void
test_not_required (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = NULL;
  g_autoptr (GsSealReading) printed = NULL;

  g_assert_cmpint (remove (fixture->key), ==, 0);
  fixture->desk.config.seal_required = FALSE;
  issue = open_sheet (fixture);
  g_assert_true (gs_stamp_issue_print (issue));
  test_until (gs_stamp_issue_get_state (issue) == GS_ISSUE_QUESTION);
  printed = read_stamp (gs_stamp_issue_get_bitmap (issue));
  g_assert_cmpuint (printed->found->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* A signer that fails is warned of. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  g_test_add ("/station/stamp-seal/signed", Fixture, NULL, set_up, test_signed, tear_down);
  g_test_add ("/station/stamp-seal/key-gone", Fixture, NULL, set_up, test_key_gone, tear_down);
  g_test_add ("/station/stamp-seal/token-gone", Fixture, NULL, set_up, test_token_gone, tear_down);
  g_test_add ("/station/stamp-seal/no-document", Fixture, NULL, set_up, test_no_document,
              tear_down);
  g_test_add ("/station/stamp-seal/certificate-gone", Fixture, NULL, set_up, test_certificate_gone,
              tear_down);
  g_test_add ("/station/stamp-seal/not-required", Fixture, NULL, set_up, test_not_required,
              tear_down);
  return g_test_run ();
}
