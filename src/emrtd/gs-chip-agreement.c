/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-chip-agreement.h"

#include "gs-chip-curve.h"
#include "gs-emrtd-error.h"
#include "gs-tlv.h"

#include <openssl/crypto.h>
#include <string.h>

/* A modulus of up to 4,096 bits; below 1,024 nobody should call it a key. */
#define DH_MIN_BYTES 128
#define DH_MAX_BYTES 512

static gboolean
malformed (GError **error, const char *what)
{
  g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED, what);
  return FALSE;
}

static gboolean
agree_elliptic (GBytes *public_key,
                const GsRandomSource *random,
                GBytes **own_key,
                GBytes **secret,
                GError **error)
{
  gsize size;
  const guint8 *der = g_bytes_get_data (public_key, &size);
  g_autoptr (EC_GROUP) curve = NULL;
  g_autoptr (EC_POINT) chip = NULL;
  g_autoptr (EC_POINT) own = NULL;
  g_autoptr (EC_POINT) shared = NULL;
  g_autoptr (BIGNUM) key = NULL;

  if (!gs_chip_curve_from_public_key (der, size, &curve, &chip, error)
      || (key = gs_chip_curve_draw_key (curve, random, error)) == NULL
      || (own = gs_chip_curve_multiply (curve, NULL, key, error)) == NULL
      || (shared = gs_chip_curve_multiply (curve, chip, key, error)) == NULL
      || (*own_key = gs_chip_curve_encode (curve, own, error)) == NULL)
    return FALSE;
  *secret = gs_chip_curve_get_x (curve, shared, error);
  return *secret != NULL;
}

typedef struct
{
  BIGNUM *p;
  BIGNUM *g;
  BIGNUM *y;
} DhKey;

static void
dh_key_clear (DhKey *key)
{
  BN_free (key->p);
  BN_free (key->g);
  BN_free (key->y);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhKey, dh_key_clear)

static gboolean
read_number (GsTlvReader *reader, BIGNUM **number, GError **error)
{
  GsTlv element;

  if (!gs_tlv_read_tag (reader, GS_TLV_INTEGER, &element, error))
    return FALSE;
  if (element.length == 0 || element.length > DH_MAX_BYTES + 1)
    return malformed (error, "a number of the DH key has a wrong length");
  *number = BN_bin2bn (element.value, (int) element.length, NULL);
  return *number != NULL;
}

/* SubjectPublicKeyInfo with p and g first among the parameters, as PKCS #3 and X9.42 both have. */
static gboolean
read_dh_key (GBytes *public_key, DhKey *key, GError **error)
{
  gsize size;
  const guint8 *der = g_bytes_get_data (public_key, &size);
  GsTlvReader reader, info, algorithm, parameters, inside;
  GsTlv whole, identifier, oid, group, bits;

  gs_tlv_reader_init (&reader, der, size);
  if (!gs_tlv_read_tag (&reader, GS_TLV_SEQUENCE, &whole, error))
    return FALSE;
  gs_tlv_reader_enter (&info, &reader, &whole);
  if (!gs_tlv_read_tag (&info, GS_TLV_SEQUENCE, &identifier, error)
      || !gs_tlv_read_tag (&info, GS_TLV_BIT_STRING, &bits, error))
    return FALSE;
  gs_tlv_reader_enter (&algorithm, &info, &identifier);
  if (!gs_tlv_read_tag (&algorithm, GS_TLV_OID, &oid, error)
      || !gs_tlv_read_tag (&algorithm, GS_TLV_SEQUENCE, &group, error))
    return FALSE;
  gs_tlv_reader_enter (&parameters, &algorithm, &group);
  if (!read_number (&parameters, &key->p, error) || !read_number (&parameters, &key->g, error))
    return FALSE;
  if (bits.length < 2 || bits.value[0] != 0)
    return malformed (error, "the chip's public key is empty");
  gs_tlv_reader_init (&inside, bits.value + 1, bits.length - 1);
  return read_number (&inside, &key->y, error);
}

/* 1 < y < p - 1, an odd prime candidate of a length that we take, 1 < g < p. */
static gboolean
dh_key_is_sound (const DhKey *key)
{
  g_autoptr (BIGNUM) limit = BN_dup (key->p);

  return limit != NULL && BN_num_bytes (key->p) >= DH_MIN_BYTES
         && BN_num_bytes (key->p) <= DH_MAX_BYTES && BN_is_odd (key->p)
         && BN_sub_word (limit, 1) == 1 && BN_cmp (key->y, BN_value_one ()) > 0
         && BN_cmp (key->y, limit) < 0 && BN_cmp (key->g, BN_value_one ()) > 0
         && BN_cmp (key->g, limit) < 0;
}

static GBytes *
power (const DhKey *key, const BIGNUM *base, const BIGNUM *exponent, GError **error)
{
  int size = BN_num_bytes (key->p);
  guint8 bytes[DH_MAX_BYTES];
  g_autoptr (BIGNUM) result = BN_secure_new ();
  g_autoptr (BN_CTX) context = BN_CTX_secure_new ();

  if (result == NULL || context == NULL
      || BN_mod_exp_mont_consttime (result, base, exponent, key->p, context, NULL) != 1
      || BN_bn2binpad (result, bytes, size) != size)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_CRYPTO,
                           "OpenSSL could not agree a DH key");
      return NULL;
    }
  GBytes *padded = g_bytes_new (bytes, (gsize) size);
  OPENSSL_cleanse (bytes, sizeof bytes);
  return padded;
}

static gboolean
agree_dh (GBytes *public_key,
          const GsRandomSource *random,
          GBytes **own_key,
          GBytes **secret,
          GError **error)
{
  g_auto (DhKey) key = { NULL, NULL, NULL };
  guint8 bytes[DH_MAX_BYTES];
  g_autoptr (BIGNUM) exponent = NULL;

  if (!read_dh_key (public_key, &key, error))
    return FALSE;
  if (!dh_key_is_sound (&key))
    return malformed (error, "the chip's DH key is unsound");
  gsize size = (gsize) BN_num_bytes (key.p) - 1; /* below p for certain */
  if (!gs_random_source_fill (random, bytes, size, error))
    return FALSE;
  exponent = BN_bin2bn (bytes, (int) size, BN_secure_new ());
  OPENSSL_cleanse (bytes, sizeof bytes);
  if (exponent == NULL || BN_is_zero (exponent))
    return malformed (error, "no private key could be drawn");
  *own_key = power (&key, key.g, exponent, error);
  if (*own_key == NULL)
    return FALSE;
  *secret = power (&key, key.y, exponent, error);
  return *secret != NULL;
}

gboolean
gs_chip_agreement_run (GBytes *public_key,
                       gboolean elliptic,
                       const GsRandomSource *random,
                       GBytes **own_key,
                       GBytes **secret,
                       GError **error)
{
  *own_key = NULL;
  *secret = NULL;
  gboolean ok = elliptic ? agree_elliptic (public_key, random, own_key, secret, error)
                         : agree_dh (public_key, random, own_key, secret, error);
  if (!ok)
    {
      g_clear_pointer (own_key, g_bytes_unref);
      g_clear_pointer (secret, g_bytes_unref);
    }
  return ok;
}
