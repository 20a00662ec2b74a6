/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-curve.h"

#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/objects.h>

static const GsSealCurve curves[] = {
  { NID_brainpoolP256r1, "brainpoolP256r1", 32, G_CHECKSUM_SHA256, 32 },
  { NID_X9_62_prime256v1, "prime256v1", 32, G_CHECKSUM_SHA256, 32 },
  { NID_brainpoolP384r1, "brainpoolP384r1", 48, G_CHECKSUM_SHA384, 48 },
  { NID_secp384r1, "secp384r1", 48, G_CHECKSUM_SHA384, 48 },
  { NID_brainpoolP512r1, "brainpoolP512r1", 64, G_CHECKSUM_SHA512, 64 },
  { NID_secp521r1, "secp521r1", 66, G_CHECKSUM_SHA512, 64 },
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ECDSA_SIG, ECDSA_SIG_free)

const GsSealCurve *
gs_seal_curve_of (EVP_PKEY *key)
{
  char name[64];
  gsize length = 0;
  int nid;

  if (key == NULL || !EVP_PKEY_is_a (key, "EC")
      || EVP_PKEY_get_group_name (key, name, sizeof name, &length) != 1)
    return NULL;
  nid = OBJ_sn2nid (name);
  for (gsize i = 0; i < G_N_ELEMENTS (curves); i++)
    if (curves[i].nid == nid)
      return &curves[i];
  return NULL;
}

void
gs_seal_curve_hash (const GsSealCurve *self, GBytes *data, guint8 digest[64])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (self->hash);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  gsize length = 64;

  g_checksum_update (checksum, bytes, (gssize) size);
  g_checksum_get_digest (checksum, digest, &length);
}

GBytes *
gs_seal_curve_to_der (const GsSealCurve *self, GBytes *plain)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (plain, &size);
  g_autoptr (ECDSA_SIG) signature = NULL;
  BIGNUM *r, *s;
  unsigned char *der = NULL;
  int length;
  GBytes *result = NULL;

  if (size != 2 * (gsize) self->bytes)
    return NULL;
  r = BN_bin2bn (bytes, (int) self->bytes, NULL);
  s = BN_bin2bn (bytes + self->bytes, (int) self->bytes, NULL);
  signature = ECDSA_SIG_new ();
  if (r == NULL || s == NULL || signature == NULL || ECDSA_SIG_set0 (signature, r, s) != 1)
    {
      BN_free (r);
      BN_free (s);
      return NULL;
    }
  length = i2d_ECDSA_SIG (signature, &der);
  if (length > 0)
    result = g_bytes_new (der, (gsize) length);
  OPENSSL_free (der);
  return result;
}

GBytes *
gs_seal_curve_from_der (const GsSealCurve *self, const guint8 *der, gsize length)
{
  const unsigned char *at = der;
  g_autoptr (ECDSA_SIG) signature = d2i_ECDSA_SIG (NULL, &at, (long) length);
  g_autofree guint8 *plain = g_malloc0 (2 * (gsize) self->bytes);

  if (signature == NULL || BN_bn2binpad (ECDSA_SIG_get0_r (signature), plain, (int) self->bytes) < 0
      || BN_bn2binpad (ECDSA_SIG_get0_s (signature), plain + self->bytes, (int) self->bytes) < 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&plain), 2 * (gsize) self->bytes);
}
