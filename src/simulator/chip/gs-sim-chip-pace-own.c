/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-pace.h"

#include "gs-sim-chip-curve.h"

#include <openssl/asn1.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <string.h>

/* Generic mapping on a curve, and the chip's proof over the mapping key (Doc 9303-11, 4.4.3.5.3):
 * with SK the chip's static key and sk its mapping key, sk / SK modulo the order. */

#define NONCE 16

typedef struct
{
  GsSimCipher cipher;
  const GsSimRandomSource *random;
  EC_GROUP *group;
  char *oid;
  EVP_PKEY *chip_key;
  guint8 password[32];
  guint8 nonce[NONCE];
  BIGNUM *mapping;
  EC_POINT *generator; /* the mapped one */
  GsSimSession session;
  GByteArray *mine, *theirs; /* ephemeral public keys */
} Own;

static GByteArray *
own_nonce (gpointer engine)
{
  static const guint8 zeros[16] = { 0 };
  Own *self = engine;
  GByteArray *out = g_byte_array_new ();

  gs_sim_random_fill (self->random, self->nonce, NONCE);
  g_byte_array_set_size (out, NONCE);
  gs_sim_encrypt (self->cipher, self->password, zeros, self->nonce, NONCE, out->data);
  return out;
}

static GByteArray *
write_point (Own *self, const EC_POINT *point)
{
  guint8 bytes[GS_SIM_POINT_MAX];
  gsize length = gs_sim_curve_write (self->group, point, bytes);
  GByteArray *out = g_byte_array_new ();

  return g_byte_array_append (out, bytes, (guint) length);
}

static GByteArray *
own_map (gpointer engine, const guint8 *in, gsize length)
{
  Own *self = engine;
  g_autoptr (EC_POINT) peer = gs_sim_curve_read (self->group, in, length);
  g_autoptr (EC_POINT) shared = EC_POINT_new (self->group), public = EC_POINT_new (self->group);
  g_autoptr (BIGNUM) s = BN_bin2bn (self->nonce, NONCE, NULL);

  if (peer == NULL)
    return NULL;
  self->mapping = gs_sim_curve_random (self->group, self->random);
  self->generator = EC_POINT_new (self->group);
  if (EC_POINT_mul (self->group, shared, NULL, peer, self->mapping, NULL) != 1
      || EC_POINT_mul (self->group, self->generator, s, NULL, NULL, NULL) != 1
      || EC_POINT_add (self->group, self->generator, self->generator, shared, NULL) != 1
      || EC_POINT_mul (self->group, public, self->mapping, NULL, NULL, NULL) != 1)
    return NULL;
  return write_point (self, public);
}

static GByteArray *
own_agree (gpointer engine, const guint8 *in, gsize length)
{
  Own *self = engine;
  g_autoptr (EC_POINT) peer = gs_sim_curve_read (self->group, in, length);
  g_autoptr (EC_POINT) shared = EC_POINT_new (self->group), public = EC_POINT_new (self->group);
  g_autoptr (BIGNUM) secret = gs_sim_curve_random (self->group, self->random);
  guint8 bytes[GS_SIM_POINT_MAX];
  gsize used;

  if (peer == NULL || EC_POINT_mul (self->group, public, NULL, self->generator, secret, NULL) != 1
      || EC_POINT_mul (self->group, shared, NULL, peer, secret, NULL) != 1
      || EC_POINT_cmp (self->group, public, peer, NULL) == 0)
    return NULL;
  used = gs_sim_curve_first (self->group, shared, bytes);
  if (used == 0)
    return NULL;
  gs_sim_session_derive (&self->session, self->cipher, bytes, used);
  self->theirs = g_byte_array_append (g_byte_array_new (), in, (guint) length);
  self->mine = write_point (self, public);
  return g_byte_array_ref (self->mine);
}

/* The checksum over the other side's key (Doc 9303-11, 4.4.3.4). */
static void
make_token (Own *self, GByteArray *key, guint8 token[GS_SIM_MAC_LENGTH])
{
  g_autoptr (GByteArray) inner = g_byte_array_new (), whole = g_byte_array_new ();
  ASN1_OBJECT *object = OBJ_txt2obj (self->oid, 1);

  gs_sim_put_object (inner, 0x06, OBJ_get0_data (object), OBJ_length (object));
  gs_sim_put_object (inner, 0x86, key->data, key->len);
  gs_sim_put_object (whole, 0x7f49, inner->data, inner->len);
  if (self->cipher == GS_SIM_CIPHER_3DES)
    gs_sim_pad (whole, 8);
  gs_sim_mac (self->cipher, self->session.mac, whole->data, whole->len, token);
  ASN1_OBJECT_free (object);
}

static GByteArray *
own_finish (gpointer engine, const guint8 *token, gsize length)
{
  Own *self = engine;
  guint8 expected[GS_SIM_MAC_LENGTH];

  if (self->mine == NULL)
    return NULL;
  make_token (self, self->mine, expected);
  if (length != sizeof expected || CRYPTO_memcmp (expected, token, length) != 0)
    return NULL;
  make_token (self, self->theirs, expected);
  return g_byte_array_append (g_byte_array_new (), expected, sizeof expected);
}

static GByteArray *
own_proof (gpointer engine)
{
  static const guint8 zeros[16] = { 0 };
  Own *self = engine;
  const BIGNUM *order = EC_GROUP_get0_order (self->group);
  int length = BN_num_bytes (order);
  BN_CTX *numbers = BN_CTX_new ();
  g_autoptr (BIGNUM) proof = BN_new ();
  BIGNUM *secret = NULL;
  GByteArray *out = g_byte_array_new ();
  guint8 iv[16];

  if (EVP_PKEY_get_bn_param (self->chip_key, OSSL_PKEY_PARAM_PRIV_KEY, &secret) == 1
      && BN_mod_inverse (proof, secret, order, numbers) != NULL)
    BN_mod_mul (proof, proof, self->mapping, order, numbers);
  BN_clear_free (secret);
  BN_CTX_free (numbers);
  g_byte_array_set_size (out, (guint) length);
  BN_bn2binpad (proof, out->data, length);
  gs_sim_pad (out, gs_sim_cipher_block (self->cipher));
  /* The vector is the encryption of -1: no counter has that value. */
  memset (iv, 0xff, sizeof iv);
  gs_sim_encrypt (self->cipher, self->session.encryption, zeros, iv, 16, iv);
  gs_sim_encrypt (self->cipher, self->session.encryption, iv, out->data, out->len, out->data);
  return out;
}

static void
own_start_session (gpointer engine, GsSimSession *session)
{
  *session = ((Own *) engine)->session;
}

static void
own_free (gpointer engine)
{
  Own *self = engine;

  EC_GROUP_free (self->group);
  EC_POINT_free (self->generator);
  BN_clear_free (self->mapping);
  EVP_PKEY_free (self->chip_key);
  g_clear_pointer (&self->mine, g_byte_array_unref);
  g_clear_pointer (&self->theirs, g_byte_array_unref);
  g_free (self->oid);
  OPENSSL_cleanse (self, sizeof *self);
  g_free (self);
}

const GsSimPaceMaker gs_sim_pace_own = {
  .nonce = own_nonce,
  .map = own_map,
  .agree = own_agree,
  .finish = own_finish,
  .proof = own_proof,
  .start_session = own_start_session,
  .free = own_free,
};

gpointer
gs_sim_pace_own_new (const GsSimPaceOffer *offer,
                     const guint8 *secret,
                     gsize secret_length,
                     EVP_PKEY *chip_key,
                     const GsSimRandomSource *random)
{
  EC_GROUP *group = gs_sim_curve_new (offer->parameter_id);
  Own *self;

  /* The chip's key must lie on the same curve; the last data object has no meaning for 3DES. */
  if (group == NULL || chip_key == NULL || !EVP_PKEY_is_a (chip_key, "EC")
      || offer->cipher == GS_SIM_CIPHER_3DES
      || EVP_PKEY_get_bits (chip_key) != EC_GROUP_order_bits (group))
    {
      EC_GROUP_free (group);
      return NULL;
    }
  self = g_new0 (Own, 1);
  self->group = group;
  self->cipher = offer->cipher;
  self->oid = g_strdup (offer->oid);
  self->random = random;
  EVP_PKEY_up_ref (chip_key);
  self->chip_key = chip_key;
  gs_sim_derive_key (self->cipher, secret, secret_length, 3, self->password);
  return self;
}
