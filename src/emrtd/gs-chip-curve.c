/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-chip-curve.h"

#include "gs-emrtd-error.h"
#include "gs-tlv.h"

#include <openssl/obj_mac.h>

#define OID_STANDARDISED_PARAMETERS "0.4.0.127.0.7.1.2"
#define FIRST_PARAMETER_ID 8
#define MAX_DRAWS 64
/* The largest curve has 521 bits. */
#define MAX_KEY_BYTES 72

static void
set_crypto_error (GError **error, const char *what)
{
  g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_CRYPTO, "OpenSSL could not %s", what);
}

EC_GROUP *
gs_chip_curve_new (int parameter_id, GError **error)
{
  static const int curves[] = {
    NID_X9_62_prime192v1, NID_brainpoolP192r1, NID_secp224r1,       NID_brainpoolP224r1,
    NID_X9_62_prime256v1, NID_brainpoolP256r1, NID_brainpoolP320r1, NID_secp384r1,
    NID_brainpoolP384r1,  NID_brainpoolP512r1, NID_secp521r1,
  };
  int index = parameter_id - FIRST_PARAMETER_ID;

  if (index < 0 || index >= (int) G_N_ELEMENTS (curves))
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED,
                   "domain parameters %d are no elliptic curve that we know", parameter_id);
      return NULL;
    }
  EC_GROUP *curve = EC_GROUP_new_by_curve_name (curves[index]);
  if (curve == NULL)
    set_crypto_error (error, "make a curve");
  return curve;
}

BIGNUM *
gs_chip_curve_draw_key (const EC_GROUP *curve, const GsRandomSource *random, GError **error)
{
  const BIGNUM *order = EC_GROUP_get0_order (curve);
  int bits = BN_num_bits (order);
  gsize size = (gsize) (bits + 7) / 8;
  guint8 bytes[MAX_KEY_BYTES];
  g_autoptr (BIGNUM) key = BN_secure_new ();

  if (key == NULL || size > sizeof bytes)
    {
      set_crypto_error (error, "draw a key");
      return NULL;
    }
  for (guint i = 0; i < MAX_DRAWS; i++)
    {
      if (!gs_random_source_fill (random, bytes, size, error))
        return NULL;
      if (bits % 8 != 0)
        bytes[0] &= (guint8) ((1u << (bits % 8)) - 1);
      BIGNUM *drawn = BN_bin2bn (bytes, (int) size, key);
      OPENSSL_cleanse (bytes, sizeof bytes);
      if (drawn != NULL && !BN_is_zero (key) && BN_cmp (key, order) < 0)
        return g_steal_pointer (&key);
    }
  set_crypto_error (error, "draw a key below the order");
  return NULL;
}

EC_POINT *
gs_chip_curve_multiply (const EC_GROUP *curve,
                        const EC_POINT *point,
                        const BIGNUM *key,
                        GError **error)
{
  g_autoptr (EC_POINT) product = EC_POINT_new (curve);
  g_autoptr (BN_CTX) context = BN_CTX_secure_new ();

  if (product == NULL || context == NULL
      || EC_POINT_mul (curve, product, point == NULL ? key : NULL, point,
                       point == NULL ? NULL : key, context)
           != 1)
    {
      set_crypto_error (error, "multiply a point");
      return NULL;
    }
  if (EC_POINT_is_at_infinity (curve, product))
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "the agreed point is at infinity");
      return NULL;
    }
  return g_steal_pointer (&product);
}

GBytes *
gs_chip_curve_encode (const EC_GROUP *curve, const EC_POINT *point, GError **error)
{
  unsigned char *bytes = NULL;
  gsize size = EC_POINT_point2buf (curve, point, POINT_CONVERSION_UNCOMPRESSED, &bytes, NULL);

  if (size == 0)
    {
      set_crypto_error (error, "encode a point");
      return NULL;
    }
  GBytes *encoded = g_bytes_new (bytes, size);
  OPENSSL_free (bytes);
  return encoded;
}

EC_POINT *
gs_chip_curve_decode (const EC_GROUP *curve, const guint8 *bytes, gsize size, GError **error)
{
  g_autoptr (EC_POINT) point = EC_POINT_new (curve);

  /* EC_POINT_oct2point() refuses what does not lie on the curve. */
  if (point == NULL || size < 2 || bytes[0] != 0x04
      || EC_POINT_oct2point (curve, point, bytes, size, NULL) != 1
      || EC_POINT_is_at_infinity (curve, point))
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "the chip's public key is no point of the curve");
      return NULL;
    }
  return g_steal_pointer (&point);
}

GBytes *
gs_chip_curve_get_x (const EC_GROUP *curve, const EC_POINT *point, GError **error)
{
  int size = (EC_GROUP_get_degree (curve) + 7) / 8;
  g_autoptr (BIGNUM) x = BN_secure_new ();
  guint8 bytes[MAX_KEY_BYTES];

  if (x == NULL || size > MAX_KEY_BYTES
      || EC_POINT_get_affine_coordinates (curve, point, x, NULL, NULL) != 1
      || BN_bn2binpad (x, bytes, size) != size)
    {
      set_crypto_error (error, "take a coordinate");
      return NULL;
    }
  GBytes *secret = g_bytes_new (bytes, (gsize) size);
  OPENSSL_cleanse (bytes, sizeof bytes);
  return secret;
}

/* Parameters named by an object identifier, written out, or, in BSI's form, named by their number.
 */
static EC_GROUP *
read_parameters (const GsTlv *oid, const GsTlv *parameters, GError **error)
{
  g_autofree char *name = gs_tlv_get_oid (oid, error);
  const unsigned char *at = parameters->whole;
  guint number;

  if (name == NULL)
    return NULL;
  if (g_str_equal (name, OID_STANDARDISED_PARAMETERS))
    return gs_tlv_get_uint (parameters, &number, error) ? gs_chip_curve_new ((int) number, error)
                                                        : NULL;
  EC_GROUP *group = d2i_ECPKParameters (NULL, &at, (long) parameters->whole_length);
  if (group == NULL)
    g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                         "the chip's public key has no curve that can be read");
  return group;
}

gboolean
gs_chip_curve_from_public_key (
  const guint8 *der, gsize size, EC_GROUP **curve, EC_POINT **point, GError **error)
{
  GsTlvReader reader, inside, algorithm;
  GsTlv key, identifier, oid, parameters, bits;

  gs_tlv_reader_init (&reader, der, size);
  if (!gs_tlv_read_tag (&reader, GS_TLV_SEQUENCE, &key, error))
    return FALSE;
  gs_tlv_reader_enter (&inside, &reader, &key);
  if (!gs_tlv_read_tag (&inside, GS_TLV_SEQUENCE, &identifier, error)
      || !gs_tlv_read_tag (&inside, GS_TLV_BIT_STRING, &bits, error))
    return FALSE;
  gs_tlv_reader_enter (&algorithm, &inside, &identifier);
  if (!gs_tlv_read_tag (&algorithm, GS_TLV_OID, &oid, error)
      || !gs_tlv_read (&algorithm, &parameters, error))
    return FALSE;

  g_autoptr (EC_GROUP) group = read_parameters (&oid, &parameters, error);
  if (group == NULL)
    return FALSE;
  if (bits.length < 2 || bits.value[0] != 0 || EC_GROUP_get_degree (group) > 8 * MAX_KEY_BYTES)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "the chip's public key cannot be read");
      return FALSE;
    }
  EC_POINT *read = gs_chip_curve_decode (group, bits.value + 1, bits.length - 1, error);
  if (read == NULL)
    return FALSE;
  *point = read;
  *curve = g_steal_pointer (&group);
  return TRUE;
}
