/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signatures made by OpenSSL's raw operations, after ISO/IEC 9796-2 scheme 1 and BSI TR-03111. */
#include "gs-active-authentication.h"
#include "gs-emrtd-error.h"
#include "gs-replay-transport.h"
#include "gs-tlv.h"

#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

static const guint8 challenge[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };

static GBytes *
make_dg15 (EVP_PKEY *key)
{
  guint8 *der = NULL;
  int length = i2d_PUBKEY (key, &der);
  GByteArray *file = g_byte_array_new ();

  g_assert_cmpint (length, >, 0);
  gs_tlv_append (file, 0x6F, der, (gsize) length);
  OPENSSL_free (der);
  return g_byte_array_free_to_bytes (file);
}

/* 6A | M1 | H (M1 | challenge) | trailer, to the private power. */
static void
sign_rsa (EVP_PKEY *key, const EVP_MD *md, guint16 trailer, guint8 *signature, gsize size)
{
  guint8 message[512];
  gsize n_trailer = trailer > 0xFF ? 2 : 1;
  gsize hash = (gsize) EVP_MD_get_size (md);
  gsize recovered = size - 1 - hash - n_trailer;
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  size_t written = size;

  message[0] = 0x6A;
  memset (message + 1, 0x5A, recovered);
  EVP_DigestInit_ex (context, md, NULL);
  EVP_DigestUpdate (context, message + 1, recovered);
  EVP_DigestUpdate (context, challenge, sizeof challenge);
  EVP_DigestFinal_ex (context, message + 1 + recovered, NULL);
  EVP_MD_CTX_free (context);
  if (n_trailer == 2)
    message[size - 2] = (guint8) (trailer >> 8);
  message[size - 1] = (guint8) trailer;

  EVP_PKEY_CTX *power = EVP_PKEY_CTX_new (key, NULL);
  g_assert_cmpint (EVP_PKEY_decrypt_init (power), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set_rsa_padding (power, RSA_NO_PADDING), ==, 1);
  g_assert_cmpint (EVP_PKEY_decrypt (power, signature, &written, message, size), ==, 1);
  EVP_PKEY_CTX_free (power);
}

static void
test_rsa (void)
{
  static const struct
  {
    guint bits;
    const EVP_MD *(*md) (void);
    guint16 trailer;
  } cases[] = { { 1024, EVP_sha1, 0xBC },     { 1024, EVP_sha1, 0x33CC },
                { 1280, EVP_sha224, 0x38CC }, { 2048, EVP_sha256, 0x34CC },
                { 2048, EVP_sha384, 0x36CC }, { 2048, EVP_sha512, 0x35CC } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EVP_PKEY *key = EVP_RSA_gen (cases[i].bits);
      gsize size = cases[i].bits / 8;
      guint8 signature[256];
      g_autoptr (GBytes) dg15 = make_dg15 (key);
      g_autoptr (GError) error = NULL;

      sign_rsa (key, cases[i].md (), cases[i].trailer, signature, size);
      g_assert_true (
        gs_active_authentication_verify (dg15, NULL, challenge, signature, size, &error));
      g_assert_no_error (error);

      const guint8 other[8] = { 1, 2, 3, 4, 5, 6, 7, 9 };
      g_assert_false (gs_active_authentication_verify (dg15, NULL, other, signature, size, &error));
      g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SIGNATURE);
      g_clear_error (&error);
      signature[size / 2] ^= 1;
      g_assert_false (
        gs_active_authentication_verify (dg15, NULL, challenge, signature, size, &error));
      g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SIGNATURE);
      g_clear_error (&error);
      g_assert_false (
        gs_active_authentication_verify (dg15, NULL, challenge, signature, size - 1, &error));
      g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SIGNATURE);
      EVP_PKEY_free (key);
    }
}

/* A trailer that names a hash which was not used, or none that is known. */
static void
test_rsa_trailer (void)
{
  static const guint16 trailers[] = { 0xBC, 0x33CC, 0x36CC, 0x99CC, 0xAA };
  EVP_PKEY *key = EVP_RSA_gen (1024);
  g_autoptr (GBytes) dg15 = make_dg15 (key);

  for (gsize i = 0; i < G_N_ELEMENTS (trailers); i++)
    {
      g_autoptr (GError) error = NULL;
      guint8 signature[128];

      sign_rsa (key, EVP_sha256 (), trailers[i], signature, sizeof signature);
      g_assert_false (gs_active_authentication_verify (dg15, NULL, challenge, signature,
                                                       sizeof signature, &error));
      g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SIGNATURE);
    }
  EVP_PKEY_free (key);
}

static gsize
sign_ecdsa (EVP_PKEY *key, const EVP_MD *md, guint8 *signature)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  guint8 der[256];
  size_t length = sizeof der;
  int half = (EVP_PKEY_get_bits (key) + 7) / 8;

  g_assert_cmpint (EVP_DigestSignInit (context, NULL, md, NULL, key), ==, 1);
  g_assert_cmpint (EVP_DigestSign (context, der, &length, challenge, sizeof challenge), ==, 1);
  EVP_MD_CTX_free (context);
  const guint8 *at = der;
  ECDSA_SIG *pair = d2i_ECDSA_SIG (NULL, &at, (long) length);
  BN_bn2binpad (ECDSA_SIG_get0_r (pair), signature, half);
  BN_bn2binpad (ECDSA_SIG_get0_s (pair), signature + half, half);
  ECDSA_SIG_free (pair);
  return 2 * (gsize) half;
}

static void
test_ecdsa (void)
{
  static const struct
  {
    const char *curve;
    const EVP_MD *(*md) (void);
    const char *algorithm;
  } cases[] = { { "P-256", EVP_sha256, NULL },
                { "P-256", EVP_sha1, "0.4.0.127.0.7.1.1.4.1.1" },
                { "brainpoolP384r1", EVP_sha384, "0.4.0.127.0.7.1.1.4.1.4" },
                { "P-521", EVP_sha512, "1.2.840.10045.4.3.4" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EVP_PKEY *key = EVP_EC_gen (cases[i].curve);
      guint8 signature[160];
      g_autoptr (GBytes) dg15 = make_dg15 (key);
      g_autoptr (GError) error = NULL;
      gsize size = sign_ecdsa (key, cases[i].md (), signature);

      g_assert_true (gs_active_authentication_verify (dg15, cases[i].algorithm, challenge,
                                                      signature, size, &error));
      g_assert_no_error (error);
      signature[3] ^= 0x10;
      g_assert_false (gs_active_authentication_verify (dg15, cases[i].algorithm, challenge,
                                                       signature, size, &error));
      g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SIGNATURE);
      g_clear_error (&error);
      g_assert_false (gs_active_authentication_verify (dg15, cases[i].algorithm, challenge,
                                                       signature, 0, &error));
      g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SIGNATURE);
      g_clear_error (&error);
      g_assert_false (
        gs_active_authentication_verify (dg15, "1.2.3", challenge, signature, size, &error));
      g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED);
      EVP_PKEY_free (key);
    }
}

static void
test_bad_keys (void)
{
  static const char *const files[] = { "",           "6F",         "6F00",
                                       "6E0330010A", "6F0330010A", "6F05300306012A" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) dg15 = gs_replay_hex (files[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (
        gs_active_authentication_verify (dg15, NULL, challenge, challenge, 8, &error));
      g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/emrtd/active-authentication/rsa", test_rsa);
  g_test_add_func ("/emrtd/active-authentication/rsa-wrong-trailer", test_rsa_trailer);
  g_test_add_func ("/emrtd/active-authentication/ecdsa", test_ecdsa);
  g_test_add_func ("/emrtd/active-authentication/bad-keys", test_bad_keys);
  return g_test_run ();
}
