/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-active-authentication.h"

#include "gs-emrtd-error.h"
#include "gs-tlv.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

#define TAG_DG15 0x6F
#define RSA_MAX_BYTES 512
#define RSA_MIN_BYTES 96
#define ECDSA_MAX_BYTES 144

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ECDSA_SIG, ECDSA_SIG_free)

static gboolean
refuse (GError **error, GsEmrtdError code, const char *what)
{
  g_set_error_literal (error, GS_EMRTD_ERROR, code, what);
  return FALSE;
}

static EVP_PKEY *
read_key (GBytes *dg15, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (dg15, &size);
  GsTlv file;

  if (!gs_tlv_read_only (bytes, size, TRUE, &file, error))
    return NULL;
  const unsigned char *at = file.value;
  EVP_PKEY *key = file.tag == TAG_DG15 ? d2i_PUBKEY (NULL, &at, (long) file.length) : NULL;
  if (key == NULL)
    refuse (error, GS_EMRTD_ERROR_MALFORMED, "DG15 holds no public key that can be read");
  return key;
}

/* The message that the signature holds: signature^e mod n. */
static gboolean
recover (EVP_PKEY *key, const guint8 *signature, gsize length, guint8 *out, GError **error)
{
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new_from_pkey (NULL, key, NULL);
  size_t size = RSA_MAX_BYTES;

  if (context == NULL || EVP_PKEY_encrypt_init (context) != 1
      || EVP_PKEY_CTX_set_rsa_padding (context, RSA_NO_PADDING) != 1
      || EVP_PKEY_encrypt (context, out, &size, signature, length) != 1 || size != length)
    return refuse (error, GS_EMRTD_ERROR_SIGNATURE, "the signature is no number below the modulus");
  return TRUE;
}

/* The hash that the trailer names: BC is SHA-1, xxCC another (ISO/IEC 10118-3). */
static const EVP_MD *
trailer_hash (const guint8 *message, gsize length, gsize *trailer)
{
  *trailer = 1;
  if (message[length - 1] == 0xBC)
    return EVP_sha1 ();
  if (message[length - 1] != 0xCC)
    return NULL;
  *trailer = 2;
  switch (message[length - 2])
    {
    case 0x33:
      return EVP_sha1 ();
    case 0x38:
      return EVP_sha224 ();
    case 0x34:
      return EVP_sha256 ();
    case 0x36:
      return EVP_sha384 ();
    case 0x35:
      return EVP_sha512 ();
    default:
      return NULL;
    }
}

/* Partial recovery (6A …): M1 in the message, the challenge is M2. */
static gboolean
message_fits (const guint8 *message,
              gsize length,
              const guint8 challenge[GS_ACTIVE_CHALLENGE_LENGTH])
{
  gsize trailer, hash;
  const EVP_MD *md = trailer_hash (message, length, &trailer);
  guint8 digest[EVP_MAX_MD_SIZE];
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();

  if (md == NULL || context == NULL || message[0] != 0x6A)
    return FALSE;
  hash = (gsize) EVP_MD_get_size (md);
  if (length < 1 + hash + trailer)
    return FALSE;
  gsize recovered = length - 1 - hash - trailer;
  return EVP_DigestInit_ex (context, md, NULL) == 1
         && EVP_DigestUpdate (context, message + 1, recovered) == 1
         && EVP_DigestUpdate (context, challenge, GS_ACTIVE_CHALLENGE_LENGTH) == 1
         && EVP_DigestFinal_ex (context, digest, NULL) == 1
         && CRYPTO_memcmp (digest, message + 1 + recovered, hash) == 0;
}

/* The key owner may have signed n - s instead of s (ISO/IEC 9796-2 scheme 1); then the message is
 * n minus what comes out. */
static gboolean
complement (EVP_PKEY *key, guint8 *message, gsize length)
{
  BIGNUM *modulus = NULL;
  BIGNUM *number = BN_bin2bn (message, (int) length, NULL);
  gboolean ok = number != NULL && EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_RSA_N, &modulus) == 1
                && BN_sub (number, modulus, number) == 1 && !BN_is_negative (number)
                && BN_bn2binpad (number, message, (int) length) == (int) length;

  BN_free (modulus);
  BN_free (number);
  return ok;
}

static gboolean
verify_rsa (
  EVP_PKEY *key, const guint8 *challenge, const guint8 *signature, gsize length, GError **error)
{
  gsize size = (gsize) EVP_PKEY_get_size (key);
  guint8 message[RSA_MAX_BYTES];

  if (size > RSA_MAX_BYTES || size < RSA_MIN_BYTES)
    return refuse (error, GS_EMRTD_ERROR_UNSUPPORTED, "DG15 holds an RSA key of a strange length");
  if (length != size)
    return refuse (error, GS_EMRTD_ERROR_SIGNATURE, "the signature has not the key's length");
  if (!recover (key, signature, length, message, error))
    return FALSE;
  if (message_fits (message, length, challenge)
      || (complement (key, message, length) && message_fits (message, length, challenge)))
    return TRUE;
  return refuse (error, GS_EMRTD_ERROR_SIGNATURE, "the signature does not fit the challenge");
}

/* The hash that an ECDSA algorithm names (BSI TR-03111 plain signatures and X9.62); without a name
 * the one that is as long as the order, which is what chips without the name use. */
static const EVP_MD *
ecdsa_hash (const char *algorithm, gsize order)
{
  static const struct
  {
    const char *oid;
    const EVP_MD *(*md) (void);
  } hashes[] = {
    { "0.4.0.127.0.7.1.1.4.1.1", EVP_sha1 },   { "0.4.0.127.0.7.1.1.4.1.2", EVP_sha224 },
    { "0.4.0.127.0.7.1.1.4.1.3", EVP_sha256 }, { "0.4.0.127.0.7.1.1.4.1.4", EVP_sha384 },
    { "0.4.0.127.0.7.1.1.4.1.5", EVP_sha512 }, { "1.2.840.10045.4.1", EVP_sha1 },
    { "1.2.840.10045.4.3.1", EVP_sha224 },     { "1.2.840.10045.4.3.2", EVP_sha256 },
    { "1.2.840.10045.4.3.3", EVP_sha384 },     { "1.2.840.10045.4.3.4", EVP_sha512 },
  };

  for (gsize i = 0; algorithm != NULL && i < G_N_ELEMENTS (hashes); i++)
    if (g_str_equal (algorithm, hashes[i].oid))
      return hashes[i].md ();
  if (algorithm != NULL)
    return NULL;
  if (order <= 24)
    return EVP_sha1 ();
  if (order <= 28)
    return EVP_sha224 ();
  if (order <= 40)
    return EVP_sha256 ();
  return order <= 48 ? EVP_sha384 () : EVP_sha512 ();
}

/* r | s becomes the sequence that OpenSSL wants. */
static gboolean
ecdsa_to_der (const guint8 *signature, gsize length, guint8 **der, int *der_length)
{
  int half = (int) length / 2;
  g_autoptr (ECDSA_SIG) pair = ECDSA_SIG_new ();
  BIGNUM *r = BN_bin2bn (signature, half, NULL);
  BIGNUM *s = BN_bin2bn (signature + half, half, NULL);

  if (pair == NULL || r == NULL || s == NULL || ECDSA_SIG_set0 (pair, r, s) != 1)
    {
      BN_free (r);
      BN_free (s);
      return FALSE;
    }
  *der = NULL;
  *der_length = i2d_ECDSA_SIG (pair, der);
  return *der_length > 0;
}

static gboolean
verify_ecdsa (EVP_PKEY *key,
              const char *algorithm,
              const guint8 *challenge,
              const guint8 *signature,
              gsize length,
              GError **error)
{
  const EVP_MD *md = ecdsa_hash (algorithm, ((gsize) EVP_PKEY_get_bits (key) + 7) / 8);
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  guint8 *der = NULL;
  int der_length = 0;

  if (md == NULL)
    return refuse (error, GS_EMRTD_ERROR_UNSUPPORTED, "the signature algorithm is not known");
  if (length < 2 || length % 2 != 0 || length > ECDSA_MAX_BYTES)
    return refuse (error, GS_EMRTD_ERROR_SIGNATURE, "the signature has a wrong length");
  if (context == NULL || !ecdsa_to_der (signature, length, &der, &der_length)
      || EVP_DigestVerifyInit (context, NULL, md, NULL, key) != 1)
    {
      OPENSSL_free (der);
      return refuse (error, GS_EMRTD_ERROR_CRYPTO, "OpenSSL could not use the key of DG15");
    }
  int fits =
    EVP_DigestVerify (context, der, (gsize) der_length, challenge, GS_ACTIVE_CHALLENGE_LENGTH);
  OPENSSL_free (der);
  if (fits == 1)
    return TRUE;
  return refuse (error, GS_EMRTD_ERROR_SIGNATURE, "the signature does not fit the challenge");
}

gboolean
gs_active_authentication_verify (GBytes *dg15,
                                 const char *algorithm,
                                 const guint8 challenge[GS_ACTIVE_CHALLENGE_LENGTH],
                                 const guint8 *signature,
                                 gsize length,
                                 GError **error)
{
  g_autoptr (EVP_PKEY) key = read_key (dg15, error);

  if (key == NULL)
    return FALSE;
  if (EVP_PKEY_is_a (key, "RSA"))
    return verify_rsa (key, challenge, signature, length, error);
  if (EVP_PKEY_is_a (key, "EC"))
    return verify_ecdsa (key, algorithm, challenge, signature, length, error);
  return refuse (error, GS_EMRTD_ERROR_UNSUPPORTED, "DG15 holds a key of another kind");
}

gboolean
gs_active_authentication_perform (GsChipChannel *channel,
                                  GBytes *dg15,
                                  const char *algorithm,
                                  GError **error)
{
  guint8 challenge[GS_ACTIVE_CHALLENGE_LENGTH];
  g_auto (GsApduResponse) response = { 0 };
  g_autoptr (EVP_PKEY) key = read_key (dg15, error);
  gsize size;

  if (key == NULL
      || !gs_random_source_fill (gs_chip_channel_get_random (channel), challenge, sizeof challenge,
                                 error))
    return FALSE;
  /* Under secure messaging a signature of 256 bytes no longer fits a short answer. */
  gboolean is_long = EVP_PKEY_is_a (key, "RSA") && EVP_PKEY_get_size (key) > 223;
  const GsApduCommand command = { .ins = 0x88,
                                  .data = challenge,
                                  .length = sizeof challenge,
                                  .expected = is_long ? GS_APDU_MAX_DATA + 1 : GS_APDU_SHORT_MAX };
  if (!gs_chip_channel_demand (channel, &command, "have a challenge signed", &response, error))
    return FALSE;
  const guint8 *signature = g_bytes_get_data (response.data, &size);
  return gs_active_authentication_verify (dg15, algorithm, challenge, signature, size, error);
}
