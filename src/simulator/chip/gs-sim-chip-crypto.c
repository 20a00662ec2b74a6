/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-crypto.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <string.h>

static const struct
{
  const char *name;
  gsize block;
  gsize key;
} ciphers[] = {
  [GS_SIM_CIPHER_3DES] = { "DES-EDE-CBC", 8, 16 },
  [GS_SIM_CIPHER_AES128] = { "AES-128-CBC", 16, 16 },
  [GS_SIM_CIPHER_AES192] = { "AES-192-CBC", 16, 24 },
  [GS_SIM_CIPHER_AES256] = { "AES-256-CBC", 16, 32 },
};

gsize
gs_sim_cipher_block (GsSimCipher cipher)
{
  return ciphers[cipher].block;
}

gsize
gs_sim_cipher_key (GsSimCipher cipher)
{
  return ciphers[cipher].key;
}

void
gs_sim_derive_key (
  GsSimCipher cipher, const guint8 *secret, gsize length, guint32 counter, guint8 key[32])
{
  guint32 number = GUINT32_TO_BE (counter);
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint8 hash[SHA256_DIGEST_LENGTH];

  g_byte_array_append (data, secret, (guint) length);
  g_byte_array_append (data, (const guint8 *) &number, 4);
  if (cipher <= GS_SIM_CIPHER_AES128)
    SHA1 (data->data, data->len, hash);
  else
    SHA256 (data->data, data->len, hash);
  memcpy (key, hash, ciphers[cipher].key);
  OPENSSL_cleanse (data->data, data->len);
}

static void
run_cipher (GsSimCipher cipher,
            const guint8 *key,
            const guint8 *iv,
            const guint8 *in,
            gsize length,
            guint8 *out,
            int encrypt)
{
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  EVP_CIPHER *method = EVP_CIPHER_fetch (NULL, ciphers[cipher].name, NULL);
  int written = 0;

  EVP_CipherInit_ex2 (context, method, key, iv, encrypt, NULL);
  EVP_CIPHER_CTX_set_padding (context, 0);
  EVP_CipherUpdate (context, out, &written, in, (int) length);
  EVP_CIPHER_free (method);
  EVP_CIPHER_CTX_free (context);
}

void
gs_sim_encrypt (GsSimCipher cipher,
                const guint8 *key,
                const guint8 *iv,
                const guint8 *in,
                gsize length,
                guint8 *out)
{
  run_cipher (cipher, key, iv, in, length, out, 1);
}

void
gs_sim_decrypt (GsSimCipher cipher,
                const guint8 *key,
                const guint8 *iv,
                const guint8 *in,
                gsize length,
                guint8 *out)
{
  run_cipher (cipher, key, iv, in, length, out, 0);
}

/* All blocks but the last under single DES, the last under both halves of the key. Two-key triple
 * DES with the same half twice is single DES. */
static void
retail_mac (const guint8 *key, const guint8 *data, gsize length, guint8 mac[GS_SIM_MAC_LENGTH])
{
  guint8 single[16], iv[8] = { 0 };
  gsize first = length - 8;

  memcpy (single, key, 8);
  memcpy (single + 8, key, 8);
  if (first > 0)
    {
      g_autofree guint8 *chained = g_malloc (first);

      gs_sim_encrypt (GS_SIM_CIPHER_3DES, single, iv, data, first, chained);
      memcpy (iv, chained + first - 8, 8);
    }
  gs_sim_encrypt (GS_SIM_CIPHER_3DES, key, iv, data + first, 8, mac);
}

void
gs_sim_mac (GsSimCipher cipher,
            const guint8 *key,
            const guint8 *data,
            gsize length,
            guint8 mac[GS_SIM_MAC_LENGTH])
{
  EVP_MAC *method;
  EVP_MAC_CTX *context;
  OSSL_PARAM parameters[2];
  guint8 whole[16];
  gsize written = 0;

  if (cipher == GS_SIM_CIPHER_3DES)
    {
      retail_mac (key, data, length, mac);
      return;
    }
  method = EVP_MAC_fetch (NULL, "CMAC", NULL);
  context = EVP_MAC_CTX_new (method);
  parameters[0] =
    OSSL_PARAM_construct_utf8_string (OSSL_MAC_PARAM_CIPHER, (char *) ciphers[cipher].name, 0);
  parameters[1] = OSSL_PARAM_construct_end ();
  EVP_MAC_init (context, key, ciphers[cipher].key, parameters);
  EVP_MAC_update (context, data, length);
  EVP_MAC_final (context, whole, &written, sizeof whole);
  memcpy (mac, whole, GS_SIM_MAC_LENGTH);
  EVP_MAC_CTX_free (context);
  EVP_MAC_free (method);
}

void
gs_sim_pad (GByteArray *data, gsize block)
{
  static const guint8 zeros[16] = { 0 }, mark = 0x80;

  g_byte_array_append (data, &mark, 1);
  if (data->len % block != 0)
    g_byte_array_append (data, zeros, (guint) (block - data->len % block));
}

gssize
gs_sim_unpad (const guint8 *data, gsize length)
{
  while (length > 0 && data[length - 1] == 0)
    length--;
  return length > 0 && data[length - 1] == 0x80 ? (gssize) length - 1 : -1;
}

void
gs_sim_mrz_secret (const char *line_2, guint8 secret[20])
{
  guint8 text[24];

  memcpy (text, line_2, 10);
  memcpy (text + 10, line_2 + 13, 7);
  memcpy (text + 17, line_2 + 21, 7);
  SHA1 (text, sizeof text, secret);
}

void
gs_sim_random_fill (const GsSimRandomSource *source, guint8 *bytes, gsize length)
{
  if (source != NULL && source->fill != NULL)
    source->fill (source->user_data, bytes, length);
  else if (RAND_bytes (bytes, (int) length) != 1)
    g_error ("no random bytes");
}
