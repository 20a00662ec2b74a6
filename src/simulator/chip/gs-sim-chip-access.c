/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-private.h"

#include "gs-sim-chip-curve.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <string.h>

#define CA_PREFIX_LENGTH                                                                           \
  9 /* 0.4.0.127.0.7.2.2.3 in bytes: 04 00 7f 00 07 02 02 03, and one arc                          \
     */

/* ---- BAC (Doc 9303-11, 4.3) ---- */

guint16
gs_sim_chip_get_challenge (GsSimChip *self, const GsSimCommand *command, GByteArray *answer)
{
  if (command->expected == 0)
    return 0x6700;
  if (!self->passport->bac)
    return 0x6d00;
  gs_sim_random_fill (self->random, self->challenge, sizeof self->challenge);
  self->challenged = TRUE;
  g_byte_array_append (answer, self->challenge, sizeof self->challenge);
  return 0x9000;
}

guint16
gs_sim_chip_mutual_authenticate (GsSimChip *self, const GsSimCommand *command, GByteArray *answer)
{
  static const guint8 zeros[8] = { 0 };
  g_autoptr (GByteArray) padded = g_byte_array_new ();
  guint8 encryption[32], mac[32], plain[32], mine[32], sum[GS_SIM_MAC_LENGTH], secret[16];
  gboolean challenged = self->challenged;

  self->challenged = FALSE;
  if (command->length != 40)
    return 0x6700;
  if (!self->passport->bac || !challenged)
    return 0x6985;
  gs_sim_derive_key (GS_SIM_CIPHER_3DES, self->passport->secret, 16, 1, encryption);
  gs_sim_derive_key (GS_SIM_CIPHER_3DES, self->passport->secret, 16, 2, mac);
  g_byte_array_append (padded, command->data, 32);
  gs_sim_pad (padded, 8);
  gs_sim_mac (GS_SIM_CIPHER_3DES, mac, padded->data, padded->len, sum);
  gs_sim_decrypt (GS_SIM_CIPHER_3DES, encryption, zeros, command->data, 32, plain);
  if (CRYPTO_memcmp (sum, command->data + 32, sizeof sum) != 0
      || CRYPTO_memcmp (plain + 8, self->challenge, 8) != 0)
    return 0x6300;

  memcpy (mine, self->challenge, 8);
  memcpy (mine + 8, plain, 8);
  gs_sim_random_fill (self->random, mine + 16, 16);
  for (guint i = 0; i < 16; i++)
    secret[i] = plain[16 + i] ^ mine[16 + i];
  gs_sim_session_derive (&self->next, GS_SIM_CIPHER_3DES, secret, sizeof secret);
  memcpy (self->next.counter, self->challenge + 4, 4);
  memcpy (self->next.counter + 4, plain + 4, 4);
  self->has_next = TRUE;
  self->next_stage = "bac";

  gs_sim_encrypt (GS_SIM_CIPHER_3DES, encryption, zeros, mine, sizeof mine, mine);
  g_byte_array_set_size (padded, 0);
  g_byte_array_append (padded, mine, sizeof mine);
  gs_sim_pad (padded, 8);
  gs_sim_mac (GS_SIM_CIPHER_3DES, mac, padded->data, padded->len, sum);
  if (self->fault->bad_token)
    sum[0] ^= 0x01;
  g_byte_array_append (answer, mine, sizeof mine);
  g_byte_array_append (answer, sum, sizeof sum);
  return 0x9000;
}

/* ---- chip authentication (Doc 9303-11, 6.2) ---- */

static EVP_PKEY *
ca_key (GsSimChip *self)
{
  EVP_PKEY *key = self->passport->ca_key;

  if (!self->fault->cloned || key == NULL)
    return key;
  if (self->other_ca == NULL)
    {
      EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey (NULL, key, NULL);

      EVP_PKEY_keygen_init (context);
      EVP_PKEY_generate (context, &self->other_ca);
      EVP_PKEY_CTX_free (context);
    }
  return self->other_ca;
}

static guint16
authenticate_chip (GsSimChip *self, const guint8 *peer, gsize length)
{
  EVP_PKEY *key = ca_key (self);
  g_autoptr (GBytes) shared = NULL;

  if (key == NULL || self->passport->ca == 0)
    return 0x6a88;
  shared = gs_sim_key_agree (key, peer, length);
  ERR_clear_error ();
  if (shared == NULL)
    return 0x6300;
  gs_sim_session_derive (&self->next, self->passport->ca, g_bytes_get_data (shared, NULL),
                         g_bytes_get_size (shared));
  self->has_next = TRUE;
  self->next_stage = "chip-authentication";
  return 0x9000;
}

/* ---- MSE ---- */

static guint16
set_pace (GsSimChip *self, const GsSimCommand *command)
{
  const guint8 *oid, *value;
  gsize oid_length, length;
  guint password = 0, parameter_id = 0;

  if (!gs_sim_find_object (command->data, command->length, 0x80, &oid, &oid_length))
    return 0x6a80;
  if (gs_sim_find_object (command->data, command->length, 0x83, &value, &length) && length == 1)
    password = value[0];
  if (gs_sim_find_object (command->data, command->length, 0x84, &value, &length) && length == 1)
    parameter_id = value[0];
  g_clear_pointer (&self->pace, gs_sim_pace_free);
  if (password != 1 && (password != 2 || self->passport->can == NULL))
    return 0x6a88;
  for (guint i = 0; i < self->passport->pace->len; i++)
    {
      const GsSimPaceOffer *offer = g_ptr_array_index (self->passport->pace, i);
      ASN1_OBJECT *object = OBJ_txt2obj (offer->oid, 1);
      gboolean same =
        oid_length == OBJ_length (object) && memcmp (OBJ_get0_data (object), oid, oid_length) == 0;

      ASN1_OBJECT_free (object);
      if (!same || (parameter_id != 0 && parameter_id != offer->parameter_id))
        continue;
      self->pace = gs_sim_pace_new (
        offer, password == 1 ? self->passport->secret : (const guint8 *) self->passport->can,
        password == 1 ? sizeof self->passport->secret : strlen (self->passport->can), ca_key (self),
        self->random);
      return self->pace == NULL ? 0x6a80 : 0x9000;
    }
  return 0x6a80;
}

guint16
gs_sim_chip_manage_environment (GsSimChip *self, const GsSimCommand *command)
{
  const guint8 *value;
  gsize length;

  self->ca_set = FALSE;
  if (command->p1 == 0xc1 && command->p2 == 0xa4)
    return set_pace (self, command);
  if (command->p1 != 0x41 || (command->p2 != 0xa6 && command->p2 != 0xa4))
    return 0x6a86;
  if (!self->protected)
    return 0x6982;
  /* Set KAT: the key itself, for 3DES. */
  if (command->p2 == 0xa6)
    {
      if (!gs_sim_find_object (command->data, command->length, 0x91, &value, &length))
        return 0x6a80;
      return self->passport->ca == GS_SIM_CIPHER_3DES ? authenticate_chip (self, value, length)
                                                      : 0x6a80;
    }
  if (!gs_sim_find_object (command->data, command->length, 0x80, &value, &length)
      || length != CA_PREFIX_LENGTH + 1 || value[length - 1] != self->passport->ca)
    return 0x6a80;
  self->ca_set = TRUE;
  return 0x9000;
}

/* ---- GENERAL AUTHENTICATE ---- */

guint16
gs_sim_chip_general_authenticate (GsSimChip *self, const GsSimCommand *command, GByteArray *answer)
{
  const guint8 *inner, *value;
  gsize length, used;
  guint16 status;
  gboolean done = FALSE;

  if (self->ca_set)
    {
      self->ca_set = FALSE;
      if (!gs_sim_find_object (command->data, command->length, 0x7c, &inner, &length)
          || !gs_sim_find_object (inner, length, 0x80, &value, &used))
        return 0x6a80;
      status = authenticate_chip (self, value, used);
      if (status == 0x9000)
        gs_sim_put_object (answer, 0x7c, NULL, 0);
      return status;
    }
  if (self->pace == NULL)
    return 0x6985;
  status =
    gs_sim_pace_step (self->pace, command->data, command->length, answer, &self->next, &done);
  if (status != 0x9000 || done)
    g_clear_pointer (&self->pace, gs_sim_pace_free);
  if (done)
    {
      self->has_next = TRUE;
      self->next_stage = "pace";
      /* 7C, length, 86, length: the first byte of the token. */
      if (self->fault->bad_token)
        answer->data[4] ^= 0x01;
    }
  return status;
}

/* ---- active authentication (Doc 9303-11, 6.1) ---- */

static EVP_PKEY *
aa_key (GsSimChip *self)
{
  EVP_PKEY *key = self->passport->aa_key;
  EVP_PKEY_CTX *context;

  if (!self->fault->cloned || key == NULL)
    return key;
  if (self->other_aa == NULL)
    {
      context = EVP_PKEY_CTX_new_from_pkey (NULL, key, NULL);
      EVP_PKEY_keygen_init (context);
      if (EVP_PKEY_is_a (key, "RSA"))
        EVP_PKEY_CTX_set_rsa_keygen_bits (context, EVP_PKEY_get_bits (key));
      EVP_PKEY_generate (context, &self->other_aa);
      EVP_PKEY_CTX_free (context);
    }
  return self->other_aa;
}

/* ISO/IEC 9796-2, scheme 1, with the part of the message that fits: 6A, random bytes, the hash,
 * BC for SHA-1 or 34CC for SHA-256. Keys below 2048 bits take SHA-1, as chips of their time did. */
static gboolean
sign_rsa (GsSimChip *self, EVP_PKEY *key, const GsSimCommand *command, GByteArray *answer)
{
  gsize size = (gsize) EVP_PKEY_get_size (key);
  gboolean old = size < 256;
  gsize hash = old ? SHA_DIGEST_LENGTH : SHA256_DIGEST_LENGTH, trailer = old ? 1 : 2;
  gsize room = size - 1 - hash - trailer, written = size;
  g_autofree guint8 *block = g_malloc (size), *signature = g_malloc (size);
  g_autoptr (GByteArray) message = g_byte_array_new ();
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey (NULL, key, NULL);
  gboolean done;

  block[0] = 0x6a;
  gs_sim_random_fill (self->random, block + 1, room);
  g_byte_array_append (message, block + 1, (guint) room);
  g_byte_array_append (message, command->data, 8);
  if (old)
    SHA1 (message->data, message->len, block + 1 + room);
  else
    SHA256 (message->data, message->len, block + 1 + room);
  memcpy (block + size - trailer, old ? "\xbc" : "\x34\xcc", trailer);
  done = EVP_PKEY_sign_init (context) == 1
         && EVP_PKEY_CTX_set_rsa_padding (context, RSA_NO_PADDING) == 1
         && EVP_PKEY_sign (context, signature, &written, block, size) == 1;
  EVP_PKEY_CTX_free (context);
  if (done)
    g_byte_array_append (answer, signature, (guint) written);
  return done;
}

/* ECDSA over SHA-256 of the challenge; r and s one after the other (BSI TR-03111, 5.2.1.1). */
static gboolean
sign_ec (EVP_PKEY *key, const GsSimCommand *command, GByteArray *answer)
{
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey (NULL, key, NULL);
  int half = (EVP_PKEY_get_bits (key) + 7) / 8;
  guint8 hash[SHA256_DIGEST_LENGTH], der[160], raw[2 * 66];
  const guint8 *at = der;
  gsize length = sizeof der;
  ECDSA_SIG *signature = NULL;

  SHA256 (command->data, 8, hash);
  if (EVP_PKEY_sign_init (context) == 1
      && EVP_PKEY_sign (context, der, &length, hash, sizeof hash) == 1)
    signature = d2i_ECDSA_SIG (NULL, &at, (long) length);
  EVP_PKEY_CTX_free (context);
  if (signature == NULL)
    return FALSE;
  BN_bn2binpad (ECDSA_SIG_get0_r (signature), raw, half);
  BN_bn2binpad (ECDSA_SIG_get0_s (signature), raw + half, half);
  ECDSA_SIG_free (signature);
  g_byte_array_append (answer, raw, (guint) (2 * half));
  return TRUE;
}

guint16
gs_sim_chip_internal_authenticate (GsSimChip *self, const GsSimCommand *command, GByteArray *answer)
{
  EVP_PKEY *key = aa_key (self);
  gboolean done;

  if (!self->protected)
    return 0x6982;
  if (key == NULL)
    return 0x6d00;
  if (command->length != 8)
    return 0x6700;
  done = EVP_PKEY_is_a (key, "RSA") ? sign_rsa (self, key, command, answer)
                                    : sign_ec (key, command, answer);
  ERR_clear_error ();
  if (!done)
    return 0x6f00;
  /* A long signature needs an extended length. */
  if (!command->extended && answer->len > 223)
    {
      g_byte_array_set_size (answer, 0);
      return 0x6700;
    }
  return 0x9000;
}
