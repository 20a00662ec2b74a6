/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-curve.h"

#include <openssl/core_names.h>
#include <openssl/objects.h>

static const struct
{
  guint id;
  int nid;
} curves[] = {
  { 8, NID_X9_62_prime192v1 }, { 9, NID_brainpoolP192r1 },   { 10, NID_secp224r1 },
  { 11, NID_brainpoolP224r1 }, { 12, NID_X9_62_prime256v1 }, { 13, NID_brainpoolP256r1 },
  { 14, NID_brainpoolP320r1 }, { 15, NID_secp384r1 },        { 16, NID_brainpoolP384r1 },
  { 17, NID_brainpoolP512r1 }, { 18, NID_secp521r1 },
};

EC_GROUP *
gs_sim_curve_new (guint parameter_id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (curves); i++)
    if (curves[i].id == parameter_id)
      return EC_GROUP_new_by_curve_name (curves[i].nid);
  return NULL;
}

BIGNUM *
gs_sim_curve_random (const EC_GROUP *group, const GsSimRandomSource *random)
{
  const BIGNUM *order = EC_GROUP_get0_order (group);
  int length = BN_num_bytes (order);
  BIGNUM *number = BN_new ();
  guint8 bytes[80];

  do
    {
      gs_sim_random_fill (random, bytes, (gsize) length);
      BN_bin2bn (bytes, length, number);
      /* P-521: seven bits of the first byte do not count. */
      BN_mask_bits (number, BN_num_bits (order));
    }
  while (BN_is_zero (number) || BN_cmp (number, order) >= 0);
  return number;
}

EC_POINT *
gs_sim_curve_read (const EC_GROUP *group, const guint8 *bytes, gsize length)
{
  g_autoptr (EC_POINT) point = EC_POINT_new (group);

  if (length == 0 || EC_POINT_oct2point (group, point, bytes, length, NULL) != 1
      || EC_POINT_is_at_infinity (group, point))
    return NULL;
  return g_steal_pointer (&point);
}

gsize
gs_sim_curve_write (const EC_GROUP *group, const EC_POINT *point, guint8 bytes[GS_SIM_POINT_MAX])
{
  return EC_POINT_point2oct (group, point, POINT_CONVERSION_UNCOMPRESSED, bytes, GS_SIM_POINT_MAX,
                             NULL);
}

gsize
gs_sim_curve_first (const EC_GROUP *group, const EC_POINT *point, guint8 bytes[GS_SIM_POINT_MAX])
{
  g_autoptr (BIGNUM) x = BN_new ();
  int length = (EC_GROUP_get_degree (group) + 7) / 8;

  if (EC_POINT_get_affine_coordinates (group, point, x, NULL, NULL) != 1
      || BN_bn2binpad (x, bytes, length) != length)
    return 0;
  return (gsize) length;
}

static GBytes *
agree_on_curve (EVP_PKEY *key, const guint8 *peer, gsize length)
{
  char name[64];
  gsize used;
  g_autoptr (EC_GROUP) group = NULL;
  g_autoptr (EC_POINT) point = NULL;
  BIGNUM *secret = NULL;
  guint8 bytes[GS_SIM_POINT_MAX];

  if (EVP_PKEY_get_group_name (key, name, sizeof name, &used) != 1
      || (group = EC_GROUP_new_by_curve_name (OBJ_txt2nid (name))) == NULL
      || (point = gs_sim_curve_read (group, peer, length)) == NULL
      || EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_PRIV_KEY, &secret) != 1)
    return NULL;
  used = EC_POINT_mul (group, point, NULL, point, secret, NULL) == 1
           ? gs_sim_curve_first (group, point, bytes)
           : 0;
  BN_clear_free (secret);
  return used == 0 ? NULL : g_bytes_new (bytes, used);
}

static GBytes *
agree_in_field (EVP_PKEY *key, const guint8 *peer, gsize length)
{
  BIGNUM *prime = NULL, *secret = NULL;
  g_autoptr (BIGNUM) other = BN_bin2bn (peer, (int) length, NULL), shared = BN_new ();
  BN_CTX *numbers = BN_CTX_new ();
  GBytes *bytes = NULL;

  if (EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_FFC_P, &prime) == 1
      && EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_PRIV_KEY, &secret) == 1
      && BN_cmp (other, BN_value_one ()) > 0 && BN_cmp (other, prime) < 0
      && BN_mod_exp (shared, other, secret, prime, numbers) == 1)
    {
      int size = BN_num_bytes (prime);
      guint8 *out = g_malloc ((gsize) size);

      BN_bn2binpad (shared, out, size);
      bytes = g_bytes_new_take (out, (gsize) size);
    }
  BN_free (prime);
  BN_clear_free (secret);
  BN_CTX_free (numbers);
  return bytes;
}

GBytes *
gs_sim_key_agree (EVP_PKEY *key, const guint8 *peer, gsize length)
{
  if (length == 0 || length > 1024)
    return NULL;
  return EVP_PKEY_is_a (key, "EC") ? agree_on_curve (key, peer, length)
                                   : agree_in_field (key, peer, length);
}
