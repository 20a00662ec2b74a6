/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-authority.h"

#include "gs-trust-store.h"

#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <string.h>

#define YEAR_S (365 * 24 * 3600 * G_GINT64_CONSTANT (1))

static void
add_extension (X509 *x509, int nid, const char *value)
{
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, nid, value);

  g_assert_nonnull (extension);
  X509_add_ext (x509, extension, -1);
  X509_EXTENSION_free (extension);
}

static void
add_name (X509_NAME *name, const char *key, const char *value)
{
  g_assert_cmpint (
    X509_NAME_add_entry_by_txt (name, key, MBSTRING_UTF8, (const unsigned char *) value, -1, -1, 0),
    ==, 1);
}

GsCertificate *
gs_test_authority_new (const char *country, const char *name, gint64 from_utc_s, gint64 to_utc_s)
{
  static int serial;
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *x509 = X509_new ();
  GsCertificate *certificate;

  X509_set_version (x509, 2);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), ++serial);
  ASN1_TIME_set (X509_getm_notBefore (x509), (time_t) from_utc_s);
  ASN1_TIME_set (X509_getm_notAfter (x509), (time_t) to_utc_s);
  add_name (X509_get_subject_name (x509), "C", country);
  add_name (X509_get_subject_name (x509), "O", "SPECIMEN");
  add_name (X509_get_subject_name (x509), "CN", name);
  X509_set_issuer_name (x509, X509_get_subject_name (x509));
  X509_set_pubkey (x509, key);
  add_extension (x509, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  g_assert_cmpint (X509_sign (x509, key, EVP_sha256 ()), >, 0);
  certificate = gs_certificate_new_from_x509 (x509);
  g_assert_nonnull (certificate);
  X509_free (x509);
  EVP_PKEY_free (key);
  return certificate;
}

void
gs_test_authority_fill_store (const char *path, guint n, gint64 now_utc_ms)
{
  static const char *const countries[] = { "UT", "QM", "QN", "QO", "QP", "QQ",
                                           "QR", "QS", "QT", "QU", "QV", "QW" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GsTrustStore) store = gs_trust_store_open (path, &error);
  gint64 now_utc_s = now_utc_ms / 1000;

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      const char *country = countries[i % G_N_ELEMENTS (countries)];
      g_autofree char *name = g_strdup_printf ("CSCA %s %u", country, i / 12 + 1);
      gint64 to_utc_s = i == 0       ? now_utc_s + 12 * 24 * 3600 + 60
                        : i % 4 == 3 ? now_utc_s - YEAR_S
                                     : now_utc_s + (i % 9 + 1) * YEAR_S;
      g_autoptr (GsCertificate) certificate =
        gs_test_authority_new (country, name, to_utc_s - 15 * YEAR_S, to_utc_s);

      gs_trust_store_add (store, certificate, "Master list of UT", GS_TRUST_BY_LIST,
                          now_utc_ms - 3600 * 1000);
    }
  gs_trust_store_save (store, &error);
  g_assert_no_error (error);
}

void
gs_test_authority_write_pem (const char *path, GPtrArray *certificates)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < certificates->len; i++)
    {
      GBytes *der = gs_certificate_get_der (certificates->pdata[i]);
      g_autofree char *base64 =
        g_base64_encode (g_bytes_get_data (der, NULL), g_bytes_get_size (der));

      g_string_append (text, "-----BEGIN CERTIFICATE-----\n");
      for (gsize at = 0; base64[at] != '\0'; at += MIN (64, strlen (base64 + at)))
        g_string_append_printf (text, "%.64s\n", base64 + at);
      g_string_append (text, "-----END CERTIFICATE-----\n");
    }
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
}
