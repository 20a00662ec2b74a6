/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-pace.h"

#include "gs-sim-chip-curve.h"

#include <openssl/asn1.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <string.h>

/* Generic mapping on a curve, and the chip's proof over the mapping key (Doc 9303-11, 4.4.3.5.3):
 * with SK the chip's static key and sk its mapping key, sk / SK modulo the order. And integrated
 * mapping (4.4.3.5.2), which Debian's OpenPACE is built without. */

#define NONCE_MAX 32
#define MAPPING_INTEGRATED 4
#define MAPPING_CHIP 6

typedef struct
{
  guint kind; /* of mapping */
  GsSimCipher cipher;
  const GsSimRandomSource *random;
  EC_GROUP *group;
  char *oid;
  EVP_PKEY *chip_key;
  guint8 password[32];
  guint8 nonce[NONCE_MAX];
  gsize nonce_length;
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

  gs_sim_random_fill (self->random, self->nonce, self->nonce_length);
  g_byte_array_set_size (out, (guint) self->nonce_length);
  gs_sim_encrypt (self->cipher, self->password, zeros, self->nonce, self->nonce_length, out->data);
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

/* The pseudo-random number of both nonces, modulo the field's prime: k = E(t, s), and for each
 * block x = E(k, c1), k = E(k, c0). 64 bits more than the prime has. */
static BIGNUM *
mix_nonces (Own *self, const guint8 *t, const BIGNUM *p, BN_CTX *numbers)
{
  static const guint8 constants[2][2][32] = {
    { { 0xa6, 0x68, 0x89, 0x2a, 0x7c, 0x41, 0xe3, 0xca, 0x73, 0x9f, 0x40, 0xb0, 0x57, 0xd8, 0x59,
        0x04 },
      { 0xa4, 0xe1, 0x36, 0xac, 0x72, 0x5f, 0x73, 0x8b, 0x01, 0xc1, 0xf6, 0x02, 0x17, 0xc1, 0x88,
        0xad } },
    { { 0xd4, 0x63, 0xd6, 0x52, 0x34, 0x12, 0x4e, 0xf7, 0x89, 0x70, 0x54,
        0x98, 0x6d, 0xca, 0x0a, 0x17, 0x4e, 0x28, 0xdf, 0x75, 0x8c, 0xba,
        0xa0, 0x3f, 0x24, 0x06, 0x16, 0x41, 0x4d, 0x5a, 0x16, 0x76 },
      { 0x54, 0xbd, 0x72, 0x55, 0xf0, 0xaa, 0xf8, 0x31, 0xbe, 0xc3, 0x42,
        0x3f, 0xcf, 0x39, 0xd6, 0x9b, 0x6c, 0xbf, 0x06, 0x66, 0x77, 0xd0,
        0xfa, 0xae, 0x5a, 0xad, 0xd9, 0x9d, 0xf8, 0xe5, 0x35, 0x17 } },
  };
  static const guint8 zeros[16] = { 0 };
  const guint8 (*constant)[32] = constants[self->nonce_length == 32];
  int wanted = BN_num_bits (p) + 64;
  g_autoptr (GByteArray) drawn = g_byte_array_new ();
  BIGNUM *number;
  guint8 key[NONCE_MAX], block[NONCE_MAX];

  gs_sim_encrypt (self->cipher, t, zeros, self->nonce, self->nonce_length, key);
  while ((int) drawn->len * 8 < wanted)
    {
      gs_sim_encrypt (self->cipher, key, zeros, constant[1], self->nonce_length, block);
      g_byte_array_append (drawn, block, (guint) self->nonce_length);
      gs_sim_encrypt (self->cipher, key, zeros, constant[0], self->nonce_length, block);
      memcpy (key, block, self->nonce_length);
    }
  number = BN_bin2bn (drawn->data, (int) drawn->len, NULL);
  BN_mod (number, number, p, numbers);
  return number;
}

static void
curve_right_side (
  BIGNUM *out, const BIGNUM *x, const BIGNUM *a, const BIGNUM *b, const BIGNUM *p, BN_CTX *numbers)
{
  BN_mod_sqr (out, x, p, numbers);
  BN_mod_add (out, out, a, p, numbers);
  BN_mod_mul (out, out, x, p, numbers);
  BN_mod_add (out, out, b, p, numbers);
}

/* A point out of a number of the field, for primes that are 3 modulo 4, as all of the standard's
 * are (Doc 9303-11, 4.4.3.3.2). */
static EC_POINT *
encode_point (const EC_GROUP *group, const BIGNUM *t, BN_CTX *numbers)
{
  EC_POINT *point = EC_POINT_new (group);
  g_autoptr (BIGNUM) p = BN_new (), a = BN_new (), b = BN_new (), alpha = BN_new ();
  g_autoptr (BIGNUM) x2 = BN_new (), x3 = BN_new (), h2 = BN_new (), root = BN_new ();
  g_autoptr (BIGNUM) power = BN_new (), u = BN_new (), y = BN_new (), one = BN_new ();

  EC_GROUP_get_curve (group, p, a, b, numbers);
  BN_one (one);
  BN_mod_sqr (alpha, t, p, numbers);
  BN_mod_sub (alpha, p, alpha, p, numbers);
  /* x2 = -b/a (1 + 1/(alpha + alpha^2)), x3 = alpha x2 */
  BN_mod_sqr (x2, alpha, p, numbers);
  BN_mod_add (x2, x2, alpha, p, numbers);
  BN_mod_inverse (x2, x2, p, numbers);
  BN_mod_add (x2, x2, one, p, numbers);
  BN_mod_mul (x2, x2, b, p, numbers);
  BN_mod_inverse (u, a, p, numbers);
  BN_mod_mul (x2, x2, u, p, numbers);
  BN_mod_sub (x2, p, x2, p, numbers);
  BN_mod_mul (x3, alpha, x2, p, numbers);
  curve_right_side (h2, x2, a, b, p, numbers);
  /* root = h2 ^ (p - 1 - (p + 1) / 4): the inverse of its square root, if it has one */
  BN_add (power, p, one);
  BN_rshift (power, power, 2);
  BN_sub (power, p, power);
  BN_sub (power, power, one);
  BN_mod_exp (root, h2, power, p, numbers);
  BN_mod_sqr (y, root, p, numbers);
  BN_mod_mul (y, y, h2, p, numbers);
  if (BN_is_one (y))
    BN_mod_mul (y, root, h2, p, numbers);
  else
    {
      BN_mod_sqr (u, t, p, numbers);
      BN_mod_mul (u, u, t, p, numbers);
      BN_mod_mul (u, u, h2, p, numbers);
      BN_mod_mul (y, root, u, p, numbers);
      BN_copy (x2, x3);
    }
  if (EC_POINT_set_affine_coordinates (group, point, x2, y, numbers) == 1)
    return point;
  EC_POINT_free (point);
  return NULL;
}

/* The terminal sends its nonce, the chip answers with an empty object. */
static GByteArray *
map_integrated (Own *self, const guint8 *in, gsize length)
{
  BN_CTX *numbers = BN_CTX_new ();
  g_autoptr (BIGNUM) p = BN_new (), drawn = NULL;

  if (length >= gs_sim_cipher_key (self->cipher) && length <= NONCE_MAX)
    {
      EC_GROUP_get_curve (self->group, p, NULL, NULL, numbers);
      drawn = mix_nonces (self, in, p, numbers);
      self->generator = encode_point (self->group, drawn, numbers);
    }
  BN_CTX_free (numbers);
  return self->generator != NULL ? g_byte_array_new () : NULL;
}

static GByteArray *
own_map (gpointer engine, const guint8 *in, gsize length)
{
  Own *self = engine;
  g_autoptr (EC_POINT) peer = gs_sim_curve_read (self->group, in, length);
  g_autoptr (EC_POINT) shared = EC_POINT_new (self->group), public = EC_POINT_new (self->group);
  g_autoptr (BIGNUM) s = BN_bin2bn (self->nonce, (int) self->nonce_length, NULL);

  if (self->kind == MAPPING_INTEGRATED)
    return map_integrated (self, in, length);
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
  GByteArray *out;
  guint8 iv[16];

  if (self->kind == MAPPING_INTEGRATED)
    {
      BN_CTX_free (numbers);
      return NULL;
    }
  out = g_byte_array_new ();
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
  if (group == NULL
      || (offer->mapping != MAPPING_INTEGRATED
          && (chip_key == NULL || !EVP_PKEY_is_a (chip_key, "EC")
              || offer->cipher == GS_SIM_CIPHER_3DES
              || EVP_PKEY_get_bits (chip_key) != EC_GROUP_order_bits (group))))
    {
      EC_GROUP_free (group);
      return NULL;
    }
  self = g_new0 (Own, 1);
  self->group = group;
  self->cipher = offer->cipher;
  self->oid = g_strdup (offer->oid);
  self->random = random;
  self->kind = offer->mapping;
  self->nonce_length =
    self->kind == MAPPING_INTEGRATED && offer->cipher >= GS_SIM_CIPHER_AES192 ? 32 : 16;
  if (self->kind == MAPPING_CHIP)
    EVP_PKEY_up_ref (chip_key);
  self->chip_key = self->kind == MAPPING_CHIP ? chip_key : NULL;
  gs_sim_derive_key (self->cipher, secret, secret_length, 3, self->password);
  return self;
}
