/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-bac.h"

#include "gs-emrtd-error.h"

#include <openssl/crypto.h>
#include <string.h>

#define RANDOM_LENGTH 8
#define KEY_LENGTH 16
#define TOKEN_LENGTH 32                                    /* both randoms and a key */
#define MESSAGE_LENGTH (TOKEN_LENGTH + GS_CHIP_MAC_LENGTH) /* and its code: 0x28 */

typedef struct
{
  guint8 encryption_key[GS_CHIP_KEY_MAX];
  guint8 mac_key[GS_CHIP_KEY_MAX];
  guint8 chip_random[RANDOM_LENGTH];
  guint8 own_random[RANDOM_LENGTH];
  guint8 own_key[KEY_LENGTH];
} Exchange;

static gboolean
get_challenge (GsChipChannel *channel, guint8 *out, GError **error)
{
  g_auto (GsApduResponse) response = { 0 };
  const GsApduCommand command = { .ins = 0x84, .expected = RANDOM_LENGTH };

  if (!gs_chip_channel_demand (channel, &command, "ask for a challenge", &response, error))
    return FALSE;
  if (g_bytes_get_size (response.data) != RANDOM_LENGTH)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                   "the challenge has %" G_GSIZE_FORMAT " bytes", g_bytes_get_size (response.data));
      return FALSE;
    }
  memcpy (out, g_bytes_get_data (response.data, NULL), RANDOM_LENGTH);
  return TRUE;
}

/* E_IFD and M_IFD. */
static gboolean
make_message (const Exchange *exchange, guint8 message[MESSAGE_LENGTH], GError **error)
{
  memcpy (message, exchange->own_random, RANDOM_LENGTH);
  memcpy (message + RANDOM_LENGTH, exchange->chip_random, RANDOM_LENGTH);
  memcpy (message + 2 * RANDOM_LENGTH, exchange->own_key, KEY_LENGTH);
  return gs_chip_cipher_encrypt (GS_CHIP_CIPHER_3DES, exchange->encryption_key, NULL, message,
                                 TOKEN_LENGTH, message, error)
         && gs_chip_cipher_mac (GS_CHIP_CIPHER_3DES, exchange->mac_key, message, TOKEN_LENGTH,
                                message + TOKEN_LENGTH, error);
}

static gboolean
open_answer (const Exchange *exchange, GBytes *answer, guint8 chip_key[KEY_LENGTH], GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (answer, &size);
  guint8 mac[GS_CHIP_MAC_LENGTH];
  guint8 token[TOKEN_LENGTH];

  if (size != MESSAGE_LENGTH)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                   "the chip's authentication has %" G_GSIZE_FORMAT " bytes", size);
      return FALSE;
    }
  if (!gs_chip_cipher_mac (GS_CHIP_CIPHER_3DES, exchange->mac_key, bytes, TOKEN_LENGTH, mac, error)
      || !gs_chip_cipher_decrypt (GS_CHIP_CIPHER_3DES, exchange->encryption_key, NULL, bytes,
                                  TOKEN_LENGTH, token, error))
    return FALSE;
  gboolean ok = CRYPTO_memcmp (mac, bytes + TOKEN_LENGTH, sizeof mac) == 0
                && CRYPTO_memcmp (token, exchange->chip_random, RANDOM_LENGTH) == 0
                && CRYPTO_memcmp (token + RANDOM_LENGTH, exchange->own_random, RANDOM_LENGTH) == 0;
  if (ok)
    memcpy (chip_key, token + 2 * RANDOM_LENGTH, KEY_LENGTH);
  else
    g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_ACCESS,
                         "the chip could not prove that it knows the MRZ");
  OPENSSL_cleanse (token, sizeof token);
  return ok;
}

/* Session keys from both halves; the counter from the ends of both randoms (section 9.8.6.3). */
static gboolean
set_up (GsChipChannel *channel, Exchange *exchange, const guint8 *chip_key, GError **error)
{
  guint8 seed[KEY_LENGTH];
  guint8 counter[GS_CHIP_BLOCK_MAX] = { 0 };
  guint8 encryption[GS_CHIP_KEY_MAX], mac[GS_CHIP_KEY_MAX];

  for (gsize i = 0; i < KEY_LENGTH; i++)
    seed[i] = exchange->own_key[i] ^ chip_key[i];
  memcpy (counter, exchange->chip_random + 4, 4);
  memcpy (counter + 4, exchange->own_random + 4, 4);
  gboolean ok = gs_chip_cipher_derive_key (GS_CHIP_CIPHER_3DES, seed, sizeof seed,
                                           GS_CHIP_KEY_ENCRYPTION, encryption, error)
                && gs_chip_cipher_derive_key (GS_CHIP_CIPHER_3DES, seed, sizeof seed,
                                              GS_CHIP_KEY_MAC, mac, error);
  if (ok)
    gs_chip_channel_set_secure (
      channel, gs_secure_messaging_new (GS_CHIP_CIPHER_3DES, encryption, mac, counter));
  OPENSSL_cleanse (seed, sizeof seed);
  OPENSSL_cleanse (encryption, sizeof encryption);
  OPENSSL_cleanse (mac, sizeof mac);
  return ok;
}

static gboolean
authenticate (GsChipChannel *channel, Exchange *exchange, GError **error)
{
  const GsRandomSource *random = gs_chip_channel_get_random (channel);
  guint8 message[MESSAGE_LENGTH];
  guint8 chip_key[KEY_LENGTH];
  g_auto (GsApduResponse) response = { 0 };
  const GsApduCommand command = {
    .ins = 0x82, .data = message, .length = sizeof message, .expected = MESSAGE_LENGTH
  };

  if (!get_challenge (channel, exchange->chip_random, error)
      || !gs_random_source_fill (random, exchange->own_random, RANDOM_LENGTH, error)
      || !gs_random_source_fill (random, exchange->own_key, KEY_LENGTH, error)
      || !make_message (exchange, message, error)
      || !gs_chip_channel_send (channel, &command, &response, error))
    return FALSE;
  if (response.status != GS_APDU_OK)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_ACCESS,
                   "the chip refused the MRZ with %04X", response.status);
      return FALSE;
    }
  gboolean ok = open_answer (exchange, response.data, chip_key, error)
                && set_up (channel, exchange, chip_key, error);
  OPENSSL_cleanse (chip_key, sizeof chip_key);
  return ok;
}

gboolean
gs_bac_perform (GsChipChannel *channel, const GsAccessKey *key, GError **error)
{
  Exchange exchange = { 0 };

  if (key->kind != GS_ACCESS_KEY_MRZ)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED,
                           "basic access control needs the MRZ");
      return FALSE;
    }
  gs_chip_channel_set_secure (channel, NULL);
  /* The seed is the first half of the hash (section 4.3.2). */
  gboolean ok = gs_chip_cipher_derive_key (GS_CHIP_CIPHER_3DES, key->secret, KEY_LENGTH,
                                           GS_CHIP_KEY_ENCRYPTION, exchange.encryption_key, error)
                && gs_chip_cipher_derive_key (GS_CHIP_CIPHER_3DES, key->secret, KEY_LENGTH,
                                              GS_CHIP_KEY_MAC, exchange.mac_key, error)
                && authenticate (channel, &exchange, error);
  OPENSSL_cleanse (&exchange, sizeof exchange);
  return ok;
}
