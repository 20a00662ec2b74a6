/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-chip-cipher.h"

#include "gs-emrtd-error.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MAC, EVP_MAC_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MAC_CTX, EVP_MAC_CTX_free)

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_CRYPTO, "OpenSSL could not %s", what);
  return FALSE;
}

const char *
gs_chip_cipher_to_string (GsChipCipher cipher)
{
  switch (cipher)
    {
    case GS_CHIP_CIPHER_3DES:
      return "3DES";
    case GS_CHIP_CIPHER_AES_128:
      return "AES-128";
    case GS_CHIP_CIPHER_AES_192:
      return "AES-192";
    case GS_CHIP_CIPHER_AES_256:
      return "AES-256";
    default:
      return "none";
    }
}

gsize
gs_chip_cipher_key_length (GsChipCipher cipher)
{
  if (cipher == GS_CHIP_CIPHER_AES_256)
    return 32;
  return cipher == GS_CHIP_CIPHER_AES_192 ? 24 : 16;
}

gsize
gs_chip_cipher_block_length (GsChipCipher cipher)
{
  return cipher == GS_CHIP_CIPHER_3DES ? 8 : 16;
}

static void
set_parity (guint8 *key, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      guint8 bits = key[i] & 0xFE;
      key[i] = bits | !(__builtin_popcount (bits) & 1);
    }
}

gboolean
gs_chip_cipher_derive_key (GsChipCipher cipher,
                           const guint8 *secret,
                           gsize length,
                           GsChipKeyUse use,
                           guint8 key[GS_CHIP_KEY_MAX],
                           GError **error)
{
  const guint8 counter[4] = { 0, 0, 0, (guint8) use };
  const EVP_MD *md = cipher >= GS_CHIP_CIPHER_AES_192 ? EVP_sha256 () : EVP_sha1 ();
  guint8 digest[EVP_MAX_MD_SIZE];
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  gboolean ok = context != NULL && EVP_DigestInit_ex (context, md, NULL) == 1
                && EVP_DigestUpdate (context, secret, length) == 1
                && EVP_DigestUpdate (context, counter, sizeof counter) == 1
                && EVP_DigestFinal_ex (context, digest, NULL) == 1;

  EVP_MD_CTX_free (context);
  if (!ok)
    return fail (error, "derive a key");
  memset (key, 0, GS_CHIP_KEY_MAX);
  memcpy (key, digest, gs_chip_cipher_key_length (cipher));
  OPENSSL_cleanse (digest, sizeof digest);
  if (cipher == GS_CHIP_CIPHER_3DES)
    set_parity (key, 16);
  return TRUE;
}

static const EVP_CIPHER *
evp_cipher (GsChipCipher cipher)
{
  switch (cipher)
    {
    case GS_CHIP_CIPHER_AES_128:
      return EVP_aes_128_cbc ();
    case GS_CHIP_CIPHER_AES_192:
      return EVP_aes_192_cbc ();
    case GS_CHIP_CIPHER_AES_256:
      return EVP_aes_256_cbc ();
    default:
      return EVP_des_ede3_cbc ();
    }
}

/* key as EVP wants it for this cipher. */
static gboolean
run_cbc (const EVP_CIPHER *type,
         const guint8 *key,
         const guint8 *iv,
         const guint8 *in,
         gsize length,
         guint8 *out,
         gboolean encrypt,
         GError **error)
{
  static const guint8 zeroes[GS_CHIP_BLOCK_MAX];
  g_autoptr (EVP_CIPHER_CTX) context = EVP_CIPHER_CTX_new ();
  int written = 0;

  if (length == 0)
    return TRUE;
  if (context == NULL || length > G_MAXINT
      || EVP_CipherInit_ex (context, type, NULL, key, iv != NULL ? iv : zeroes, encrypt) != 1
      || EVP_CIPHER_CTX_set_padding (context, 0) != 1
      || EVP_CipherUpdate (context, out, &written, in, (int) length) != 1
      || (gsize) written != length)
    return fail (error, encrypt ? "encrypt" : "decrypt");
  return TRUE;
}

static gboolean
run (GsChipCipher cipher,
     const guint8 *key,
     const guint8 *iv,
     const guint8 *in,
     gsize length,
     guint8 *out,
     gboolean encrypt,
     GError **error)
{
  guint8 three[24];

  if (length % gs_chip_cipher_block_length (cipher) != 0)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                   "%" G_GSIZE_FORMAT " bytes are no whole blocks", length);
      return FALSE;
    }
  if (cipher != GS_CHIP_CIPHER_3DES)
    return run_cbc (evp_cipher (cipher), key, iv, in, length, out, encrypt, error);
  memcpy (three, key, 16);
  memcpy (three + 16, key, 8);
  gboolean ok = run_cbc (evp_cipher (cipher), three, iv, in, length, out, encrypt, error);
  OPENSSL_cleanse (three, sizeof three);
  return ok;
}

gboolean
gs_chip_cipher_encrypt (GsChipCipher cipher,
                        const guint8 *key,
                        const guint8 *iv,
                        const guint8 *in,
                        gsize length,
                        guint8 *out,
                        GError **error)
{
  return run (cipher, key, iv, in, length, out, TRUE, error);
}

gboolean
gs_chip_cipher_decrypt (GsChipCipher cipher,
                        const guint8 *key,
                        const guint8 *iv,
                        const guint8 *in,
                        gsize length,
                        guint8 *out,
                        GError **error)
{
  return run (cipher, key, iv, in, length, out, FALSE, error);
}

/* Single DES is in OpenSSL's legacy provider only; EDE with three times the same key is the same
 * function and always there. */
static gboolean
run_des (const guint8 key[8],
         const guint8 *in,
         gsize length,
         guint8 *out,
         gboolean encrypt,
         GError **error)
{
  guint8 three[24];

  for (guint i = 0; i < 3; i++)
    memcpy (three + 8 * i, key, 8);
  gboolean ok = run_cbc (EVP_des_ede3_cbc (), three, NULL, in, length, out, encrypt, error);
  OPENSSL_cleanse (three, sizeof three);
  return ok;
}

static gboolean
retail_mac (const guint8 *key,
            const guint8 *data,
            gsize length,
            guint8 mac[GS_CHIP_MAC_LENGTH],
            GError **error)
{
  GByteArray *padded = g_byte_array_sized_new ((guint) length + 8);

  g_byte_array_append (padded, data, (guint) length);
  gs_chip_cipher_pad (GS_CHIP_CIPHER_3DES, padded);
  gboolean ok = run_des (key, padded->data, padded->len, padded->data, TRUE, error)
                && run_des (key + 8, padded->data + padded->len - 8, 8, mac, FALSE, error)
                && run_des (key, mac, 8, mac, TRUE, error);
  g_byte_array_unref (padded);
  return ok;
}

gboolean
gs_chip_cipher_mac (GsChipCipher cipher,
                    const guint8 *key,
                    const guint8 *data,
                    gsize length,
                    guint8 mac[GS_CHIP_MAC_LENGTH],
                    GError **error)
{
  guint8 full[GS_CHIP_BLOCK_MAX];
  gsize written = 0;

  if (cipher == GS_CHIP_CIPHER_3DES)
    return retail_mac (key, data, length, mac, error);

  g_autoptr (EVP_MAC) type = EVP_MAC_fetch (NULL, "CMAC", NULL);
  g_autoptr (EVP_MAC_CTX) context = type != NULL ? EVP_MAC_CTX_new (type) : NULL;
  OSSL_PARAM params[] = {
    OSSL_PARAM_construct_utf8_string (OSSL_MAC_PARAM_CIPHER,
                                      (char *) EVP_CIPHER_get0_name (evp_cipher (cipher)), 0),
    OSSL_PARAM_construct_end (),
  };
  if (context == NULL
      || EVP_MAC_init (context, key, gs_chip_cipher_key_length (cipher), params) != 1
      || EVP_MAC_update (context, data, length) != 1
      || EVP_MAC_final (context, full, &written, sizeof full) != 1 || written != sizeof full)
    return fail (error, "authenticate a message");
  memcpy (mac, full, GS_CHIP_MAC_LENGTH);
  return TRUE;
}

void
gs_chip_cipher_pad (GsChipCipher cipher, GByteArray *data)
{
  static const guint8 padding[GS_CHIP_BLOCK_MAX] = { 0x80 };
  gsize block = gs_chip_cipher_block_length (cipher);

  g_byte_array_append (data, padding, (guint) (block - data->len % block));
}

gboolean
gs_chip_cipher_unpad (const guint8 *data, gsize padded, gsize *length)
{
  gsize at = padded;

  while (at > 0 && data[at - 1] == 0)
    at--;
  if (at == 0 || data[at - 1] != 0x80)
    return FALSE;
  *length = at - 1;
  return TRUE;
}
