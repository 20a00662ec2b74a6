/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-ec-curve.h"

#include "gs-emrtd-error.h"
#include "gs-tlv.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <string.h>

#define PRIME_FIELD "1.2.840.10045.1.1"

static const int curves[] = {
  NID_X9_62_prime256v1, NID_secp384r1,       NID_secp521r1,        NID_secp224r1,
  NID_brainpoolP256r1,  NID_brainpoolP384r1, NID_brainpoolP512r1,  NID_brainpoolP320r1,
  NID_brainpoolP224r1,  NID_brainpoolP256t1, NID_brainpoolP384t1,  NID_brainpoolP512t1,
  NID_brainpoolP320t1,  NID_brainpoolP224t1, NID_X9_62_prime192v1, NID_brainpoolP192r1,
  NID_brainpoolP192t1,  NID_secp256k1,
};

/* What an ECParameters says, as numbers; the generator as it was encoded. */
typedef struct
{
  BIGNUM *p, *a, *b, *order, *cofactor;
  const guint8 *generator;
  gsize generator_length;
} Parameters;

static void
parameters_clear (Parameters *self)
{
  BN_free (self->p);
  BN_free (self->a);
  BN_free (self->b);
  BN_free (self->order);
  BN_free (self->cofactor);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parameters, parameters_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EC_GROUP, EC_GROUP_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EC_POINT, EC_POINT_free)

static gboolean
unsupported (GError **error, const char *what)
{
  g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED, what);
  return FALSE;
}

static gboolean
is_known (int nid)
{
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    if (curves[i] == nid)
      return TRUE;
  return FALSE;
}

/* No curve of the list has a number of more than 66 bytes; 0 stands before some. */
static gboolean
read_number (GsTlvReader *reader, GsTlvTag tag, BIGNUM **number, GError **error)
{
  GsTlv element;

  if (!gs_tlv_read_tag (reader, tag, &element, error))
    return FALSE;
  if (element.length == 0 || element.length > 80
      || (tag == GS_TLV_INTEGER && (element.value[0] & 0x80) != 0))
    return unsupported (error, "A number of the curve is empty, negative or too large");
  *number = BN_bin2bn (element.value, (int) element.length, NULL);
  return *number != NULL;
}

static gboolean
read_field (GsTlvReader *reader, Parameters *out, GError **error)
{
  GsTlvReader inner;
  GsTlv element;
  g_autofree char *type = NULL;

  if (!gs_tlv_read_tag (reader, GS_TLV_SEQUENCE, &element, error))
    return FALSE;
  gs_tlv_reader_enter (&inner, reader, &element);
  if (!gs_tlv_read_tag (&inner, GS_TLV_OID, &element, error))
    return FALSE;
  type = gs_tlv_get_oid (&element, error);
  if (type == NULL)
    return FALSE;
  if (strcmp (type, PRIME_FIELD) != 0)
    return unsupported (error, "The curve is not over a prime field");
  return read_number (&inner, GS_TLV_INTEGER, &out->p, error);
}

static gboolean
read_parameters (const guint8 *data, gsize length, Parameters *out, GError **error)
{
  GsTlvReader reader, inner;
  GsTlv element;

  gs_tlv_reader_init (&reader, data, length);
  if (!gs_tlv_read_tag (&reader, GS_TLV_SEQUENCE, &element, error))
    return FALSE;
  gs_tlv_reader_enter (&reader, &reader, &element);
  if (!gs_tlv_read_tag (&reader, GS_TLV_INTEGER, &element, error)
      || !read_field (&reader, out, error)
      || !gs_tlv_read_tag (&reader, GS_TLV_SEQUENCE, &element, error))
    return FALSE;
  gs_tlv_reader_enter (&inner, &reader, &element);
  if (!read_number (&inner, GS_TLV_OCTET_STRING, &out->a, error)
      || !read_number (&inner, GS_TLV_OCTET_STRING, &out->b, error)
      || !gs_tlv_read_tag (&reader, GS_TLV_OCTET_STRING, &element, error))
    return FALSE;
  out->generator = element.value;
  out->generator_length = element.length;
  if (!read_number (&reader, GS_TLV_INTEGER, &out->order, error))
    return FALSE;
  return gs_tlv_reader_at_end (&reader)
         || read_number (&reader, GS_TLV_INTEGER, &out->cofactor, error);
}

/* Decodes the generator on the named curve, so that a compressed one is compared too. */
static gboolean
same_generator (const EC_GROUP *group, const Parameters *given)
{
  g_autoptr (EC_POINT) point = EC_POINT_new (group);

  return point != NULL
         && EC_POINT_oct2point (group, point, given->generator, given->generator_length, NULL) == 1
         && EC_POINT_cmp (group, point, EC_GROUP_get0_generator (group), NULL) == 0;
}

static gboolean
is_curve (int nid, const Parameters *given)
{
  g_autoptr (EC_GROUP) group = EC_GROUP_new_by_curve_name (nid);
  BIGNUM *p = BN_new ();
  BIGNUM *a = BN_new ();
  BIGNUM *b = BN_new ();
  gboolean same;

  same =
    group != NULL && EC_GROUP_get_curve (group, p, a, b, NULL) == 1 && BN_cmp (p, given->p) == 0
    && BN_cmp (a, given->a) == 0 && BN_cmp (b, given->b) == 0
    && BN_cmp (EC_GROUP_get0_order (group), given->order) == 0
    && (given->cofactor == NULL || BN_cmp (EC_GROUP_get0_cofactor (group), given->cofactor) == 0)
    && same_generator (group, given);
  BN_free (p);
  BN_free (a);
  BN_free (b);
  return same;
}

int
gs_ec_curve_identify (const guint8 *parameters, gsize length, gboolean *is_explicit, GError **error)
{
  g_auto (Parameters) given = { 0 };
  GsTlv element;
  int bits;

  if (!gs_tlv_read_only (parameters, length, FALSE, &element, error))
    return 0;
  if (is_explicit != NULL)
    *is_explicit = element.tag == GS_TLV_SEQUENCE;
  if (element.tag == GS_TLV_OID)
    {
      g_autofree char *oid = gs_tlv_get_oid (&element, error);
      int nid = oid != NULL ? OBJ_txt2nid (oid) : NID_undef;

      if (oid == NULL || is_known (nid))
        return oid != NULL ? nid : 0;
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED, "The curve %s is not known",
                   oid);
      return 0;
    }
  if (element.tag != GS_TLV_SEQUENCE)
    return unsupported (error, "The key says no curve");
  if (!read_parameters (parameters, length, &given, error))
    return 0;
  bits = BN_num_bits (given.p);
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    {
      const char *name = OBJ_nid2sn (curves[i]);
      g_autofree char *digits = g_strdup_printf ("%d", bits);

      /* Every name has its size in it: making a group is the costly part. */
      if (strstr (name, digits) != NULL && is_curve (curves[i], &given))
        return curves[i];
    }
  ERR_clear_error ();
  return unsupported (error, "The parameters of the key's curve are those of no named curve");
}

/* The same SubjectPublicKeyInfo with the name of the curve in the place of its parameters. */
static GByteArray *
name_curve (const GsTlv *algorithm_oid, int nid, const GsTlv *point)
{
  g_autoptr (GByteArray) algorithm = g_byte_array_new ();
  g_autoptr (GByteArray) content = g_byte_array_new ();
  GByteArray *spki = g_byte_array_new ();
  unsigned char *oid = NULL;
  int length = i2d_ASN1_OBJECT (OBJ_nid2obj (nid), &oid);

  g_byte_array_append (algorithm, algorithm_oid->whole, algorithm_oid->whole_length);
  g_byte_array_append (algorithm, oid, length);
  OPENSSL_free (oid);
  gs_tlv_append_array (content, GS_TLV_SEQUENCE, algorithm);
  g_byte_array_append (content, point->whole, point->whole_length);
  gs_tlv_append_array (spki, GS_TLV_SEQUENCE, content);
  return spki;
}

static EVP_PKEY *
decode (const guint8 *spki, gsize length, GError **error)
{
  const guint8 *at = spki;
  EVP_PKEY *key = d2i_PUBKEY (NULL, &at, (long) length);

  if (key == NULL)
    {
      ERR_clear_error ();
      unsupported (error, "The public key cannot be read");
    }
  return key;
}

EVP_PKEY *
gs_ec_curve_read_key (const guint8 *spki, gsize length, gboolean *is_explicit, GError **error)
{
  g_autoptr (GByteArray) named = NULL;
  g_autofree char *oid = NULL;
  GsTlvReader reader, inner;
  GsTlv element, algorithm, key;
  gboolean written_out = FALSE;
  int nid;

  if (is_explicit != NULL)
    *is_explicit = FALSE;
  gs_tlv_reader_init (&reader, spki, length);
  if (!gs_tlv_read_tag (&reader, GS_TLV_SEQUENCE, &element, error))
    return NULL;
  gs_tlv_reader_enter (&reader, &reader, &element);
  if (!gs_tlv_read_tag (&reader, GS_TLV_SEQUENCE, &element, error)
      || !gs_tlv_read_tag (&reader, GS_TLV_BIT_STRING, &key, error))
    return NULL;
  gs_tlv_reader_enter (&inner, &reader, &element);
  if (!gs_tlv_read_tag (&inner, GS_TLV_OID, &algorithm, error))
    return NULL;
  oid = gs_tlv_get_oid (&algorithm, error);
  if (oid == NULL)
    return NULL;
  if (OBJ_txt2nid (oid) != NID_X9_62_id_ecPublicKey)
    return decode (spki, length, error);
  if (!gs_tlv_read (&inner, &element, error))
    return NULL;
  nid = gs_ec_curve_identify (element.whole, element.whole_length, &written_out, error);
  if (nid == 0)
    return NULL;
  if (is_explicit != NULL)
    *is_explicit = written_out;
  if (!written_out)
    return decode (spki, length, error);
  named = name_curve (&algorithm, nid, &key);
  return decode (named->data, named->len, error);
}
