/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pace-mapping.h"

#include "gs-emrtd-error.h"

#include <openssl/crypto.h>
#include <string.h>

#define NONCE_MAX 32
/* The pseudo-random number is this much longer than the prime, to be nearly uniform below it. */
#define EXCESS_BITS 64
#define MAX_BLOCKS 64

/* Everything that encoding a number as a point needs: the curve's equation over its prime. */
typedef struct
{
  BIGNUM *p;
  BIGNUM *a;
  BIGNUM *b;
  BN_CTX *context;
} Field;

static void
field_clear (Field *field)
{
  BN_free (field->p);
  BN_free (field->a);
  BN_free (field->b);
  BN_CTX_free (field->context);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Field, field_clear)

static gpointer
crypto_error (GError **error, const char *what)
{
  g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_CRYPTO, "OpenSSL could not %s", what);
  return NULL;
}

gsize
gs_pace_nonce_length (GsChipCipher cipher)
{
  return cipher >= GS_CHIP_CIPHER_AES_192 ? 32 : 16;
}

EC_POINT *
gs_pace_map_generic (
  const EC_GROUP *curve, const guint8 *nonce, gsize length, const EC_POINT *shared, GError **error)
{
  g_autoptr (BIGNUM) number = BN_bin2bn (nonce, (int) length, NULL);
  g_autoptr (EC_POINT) point = EC_POINT_new (curve);
  g_autoptr (EC_POINT) product = NULL;

  if (number == NULL || point == NULL)
    return crypto_error (error, "take a nonce");
  product = gs_chip_curve_multiply (curve, NULL, number, error);
  if (product == NULL)
    return NULL;
  if (EC_POINT_add (curve, point, product, shared, NULL) != 1
      || EC_POINT_is_at_infinity (curve, point))
    return crypto_error (error, "map a nonce");
  return g_steal_pointer (&point);
}

/* x_1 | x_2 | … with k_0 = E_t(s), x_i = E_k(c_1), k_i = E_k(c_0), each a chain of blocks. */
static gboolean
pseudo_random (GsChipCipher cipher,
               const guint8 *chip_nonce,
               const guint8 *own_nonce,
               gsize length,
               guint8 *out,
               gsize n_blocks,
               GError **error)
{
  static const guint8 short_constants[2][16] = {
    { 0xA6, 0x68, 0x89, 0x2A, 0x7C, 0x41, 0xE3, 0xCA, 0x73, 0x9F, 0x40, 0xB0, 0x57, 0xD8, 0x59,
      0x04 },
    { 0xA4, 0xE1, 0x36, 0xAC, 0x72, 0x5F, 0x73, 0x8B, 0x01, 0xC1, 0xF6, 0x02, 0x17, 0xC1, 0x88,
      0xAD },
  };
  static const guint8 long_constants[2][32] = {
    { 0xD4, 0x63, 0xD6, 0x52, 0x34, 0x12, 0x4E, 0xF7, 0x89, 0x70, 0x54,
      0x98, 0x6D, 0xCA, 0x0A, 0x17, 0x4E, 0x28, 0xDF, 0x75, 0x8C, 0xBA,
      0xA0, 0x3F, 0x24, 0x06, 0x16, 0x41, 0x4D, 0x5A, 0x16, 0x76 },
    { 0x54, 0xBD, 0x72, 0x55, 0xF0, 0xAA, 0xF8, 0x31, 0xBE, 0xC3, 0x42,
      0x3F, 0xCF, 0x39, 0xD6, 0x9B, 0x6C, 0xBF, 0x06, 0x66, 0x77, 0xD0,
      0xFA, 0xAE, 0x5A, 0xAD, 0xD9, 0x9D, 0xF8, 0xE5, 0x35, 0x17 },
  };
  gboolean is_long = length == sizeof long_constants[0];
  const guint8 *c0 = is_long ? long_constants[0] : short_constants[0];
  const guint8 *c1 = is_long ? long_constants[1] : short_constants[1];
  guint8 key[NONCE_MAX];
  gboolean ok = gs_chip_cipher_encrypt (cipher, own_nonce, NULL, chip_nonce, length, key, error);

  for (gsize i = 0; ok && i < n_blocks; i++)
    {
      guint8 next[NONCE_MAX];
      ok = gs_chip_cipher_encrypt (cipher, key, NULL, c1, length, out + i * length, error)
           && gs_chip_cipher_encrypt (cipher, key, NULL, c0, length, next, error);
      memcpy (key, next, length);
      OPENSSL_cleanse (next, sizeof next);
    }
  OPENSSL_cleanse (key, sizeof key);
  return ok;
}

/* x^3 + a x + b */
static gboolean
right_side (const Field *field, const BIGNUM *x, BIGNUM *out)
{
  return BN_mod_sqr (out, x, field->p, field->context) == 1
         && BN_mod_add (out, out, field->a, field->p, field->context) == 1
         && BN_mod_mul (out, out, x, field->p, field->context) == 1
         && BN_mod_add (out, out, field->b, field->p, field->context) == 1;
}

/* x = -b/a (1 + 1/(alpha + alpha^2)) with alpha = -t^2, and alpha itself. */
static gboolean
first_candidate (const Field *field, const BIGNUM *t, BIGNUM *alpha, BIGNUM *x)
{
  BN_CTX_start (field->context);
  BIGNUM *number = BN_CTX_get (field->context);
  gboolean ok = number != NULL && BN_mod_sqr (alpha, t, field->p, field->context) == 1
                && BN_mod_sub (alpha, field->p, alpha, field->p, field->context) == 1
                && BN_mod_sqr (number, alpha, field->p, field->context) == 1
                && BN_mod_add (number, number, alpha, field->p, field->context) == 1
                && BN_mod_inverse (number, number, field->p, field->context) != NULL
                && BN_add_word (number, 1) == 1
                && BN_mod_mul (number, number, field->b, field->p, field->context) == 1
                && BN_mod_inverse (x, field->a, field->p, field->context) != NULL
                && BN_mod_mul (x, x, number, field->p, field->context) == 1
                && BN_mod_sub (x, field->p, x, field->p, field->context) == 1;

  BN_CTX_end (field->context);
  return ok;
}

/* The inverse of the square root of h, if it is a square: h^(p - 1 - (p + 1) / 4). */
static gboolean
inverse_root (const Field *field, const BIGNUM *h, BIGNUM *root, gboolean *is_square)
{
  BN_CTX_start (field->context);
  BIGNUM *exponent = BN_CTX_get (field->context);
  BIGNUM *quarter = BN_CTX_get (field->context);
  gboolean ok = quarter != NULL && BN_copy (quarter, field->p) != NULL
                && BN_add_word (quarter, 1) == 1 && BN_rshift (quarter, quarter, 2) == 1
                && BN_copy (exponent, field->p) != NULL && BN_sub_word (exponent, 1) == 1
                && BN_sub (exponent, exponent, quarter) == 1
                && BN_mod_exp (root, h, exponent, field->p, field->context) == 1
                && BN_mod_sqr (quarter, root, field->p, field->context) == 1
                && BN_mod_mul (quarter, quarter, h, field->p, field->context) == 1;

  *is_square = ok && BN_is_one (quarter);
  BN_CTX_end (field->context);
  return ok;
}

/* The encoding itself, steps 1 to 8 of appendix B.1. */
static gboolean
encode_number (const Field *field, const BIGNUM *t, BIGNUM *x, BIGNUM *y)
{
  gboolean is_square = FALSE;

  BN_CTX_start (field->context);
  BIGNUM *alpha = BN_CTX_get (field->context);
  BIGNUM *h = BN_CTX_get (field->context);
  BIGNUM *root = BN_CTX_get (field->context);
  gboolean ok = root != NULL && first_candidate (field, t, alpha, x) && right_side (field, x, h)
                && inverse_root (field, h, root, &is_square);
  if (ok && is_square)
    ok = BN_mod_mul (y, root, h, field->p, field->context) == 1;
  else if (ok)
    /* The other candidate: x alpha, with y = root t^3 h. */
    ok = BN_mod_mul (x, x, alpha, field->p, field->context) == 1
         && BN_mod_sqr (y, t, field->p, field->context) == 1
         && BN_mod_mul (y, y, t, field->p, field->context) == 1
         && BN_mod_mul (y, y, h, field->p, field->context) == 1
         && BN_mod_mul (y, y, root, field->p, field->context) == 1;
  BN_CTX_end (field->context);
  return ok;
}

static EC_POINT *
encode_point (const EC_GROUP *curve, const guint8 *random, gsize length, GError **error)
{
  g_auto (Field) field = { BN_new (), BN_new (), BN_new (), BN_CTX_new () };
  g_autoptr (BIGNUM) t = BN_bin2bn (random, (int) length, NULL);
  g_autoptr (BIGNUM) x = BN_new ();
  g_autoptr (BIGNUM) y = BN_new ();
  g_autoptr (EC_POINT) point = EC_POINT_new (curve);

  if (field.p == NULL || field.a == NULL || field.b == NULL || field.context == NULL || t == NULL
      || x == NULL || y == NULL || point == NULL
      || EC_GROUP_get_curve (curve, field.p, field.a, field.b, field.context) != 1)
    return crypto_error (error, "read a curve");
  if (BN_mod_word (field.p, 4) != 3)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED,
                           "integrated mapping needs a prime that is 3 modulo 4");
      return NULL;
    }
  if (BN_nnmod (t, t, field.p, field.context) != 1 || !encode_number (&field, t, x, y)
      || EC_POINT_set_affine_coordinates (curve, point, x, y, field.context) != 1)
    return crypto_error (error, "encode a number as a point");
  return g_steal_pointer (&point);
}

EC_POINT *
gs_pace_map_integrated (const EC_GROUP *curve,
                        GsChipCipher cipher,
                        const guint8 *chip_nonce,
                        const guint8 *own_nonce,
                        gsize length,
                        GError **error)
{
  gsize bits = (gsize) EC_GROUP_get_degree (curve) + EXCESS_BITS;
  gsize n_blocks = (bits + 8 * length - 1) / (8 * length);
  guint8 random[MAX_BLOCKS * NONCE_MAX];
  EC_POINT *point = NULL;

  if (length != gs_pace_nonce_length (cipher) || n_blocks > MAX_BLOCKS)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "the nonces have a wrong length");
      return NULL;
    }
  if (pseudo_random (cipher, chip_nonce, own_nonce, length, random, n_blocks, error))
    point = encode_point (curve, random, n_blocks * length, error);
  OPENSSL_cleanse (random, sizeof random);
  return point;
}
