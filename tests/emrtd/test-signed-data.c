/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-emrtd-error.h"
#include "gs-signed-data.h"

#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

static X509 *
make_certificate (EVP_PKEY *key)
{
  X509 *certificate = X509_new ();
  X509_NAME *name = X509_get_subject_name (certificate);

  X509_set_version (certificate, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (certificate), 7);
  X509_NAME_add_entry_by_txt (name, "C", MBSTRING_ASC, (const guint8 *) "UT", -1, -1, 0);
  X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_ASC, (const guint8 *) "SPECIMEN", -1, -1, 0);
  X509_set_issuer_name (certificate, name);
  X509_gmtime_adj (X509_getm_notBefore (certificate), -3600);
  X509_gmtime_adj (X509_getm_notAfter (certificate), 3600);
  X509_set_pubkey (certificate, key);
  g_assert_cmpint (X509_sign (certificate, key, EVP_sha256 ()), >, 0);
  return certificate;
}

static GBytes *
make_message (guint n_signers)
{
  const unsigned int flags = CMS_BINARY | CMS_PARTIAL;
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *certificate = make_certificate (key);
  BIO *content = BIO_new_mem_buf ("SPECIMEN", -1);
  CMS_ContentInfo *cms = CMS_sign (NULL, NULL, NULL, content, flags);
  unsigned char *der = NULL;

  for (guint i = 0; i < n_signers; i++)
    g_assert_nonnull (CMS_add1_signer (cms, certificate, key, EVP_sha256 (),
                                       CMS_BINARY | (i > 0 ? CMS_NOCERTS : 0)));
  g_assert_cmpint (CMS_final (cms, content, NULL, CMS_BINARY), ==, 1);
  int length = i2d_CMS_ContentInfo (cms, &der);
  GBytes *bytes = g_bytes_new (der, (gsize) length);

  OPENSSL_free (der);
  CMS_ContentInfo_free (cms);
  BIO_free (content);
  X509_free (certificate);
  EVP_PKEY_free (key);
  return bytes;
}

static void
test_few_signers (void)
{
  for (guint n = 1; n <= 3; n++)
    {
      g_autoptr (GBytes) message = make_message (n);
      g_autoptr (GError) error = NULL;
      gsize size;
      const guint8 *bytes = g_bytes_get_data (message, &size);
      g_autoptr (GsSignedData) data = gs_signed_data_new (bytes, size, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (gs_signed_data_get_n_signers (data), ==, n);
      g_assert_cmpint (gs_signed_data_verify (data, NULL), ==, GS_SIGNATURE_GOOD);
    }
}

/* Each signature costs up to milliseconds to check, and a file has room for two thousand. */
static void
test_many_signers (void)
{
  g_autoptr (GBytes) message = make_message (100);
  g_autoptr (GError) error = NULL;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (message, &size);

  g_assert_null (gs_signed_data_new (bytes, size, &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/emrtd/signed-data/few-signers", test_few_signers);
  g_test_add_func ("/emrtd/signed-data/too-many-signers", test_many_signers);
  return g_test_run ();
}
