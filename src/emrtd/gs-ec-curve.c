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

/* Two coordinates of 521 bits and the byte before them. */
#define GENERATOR_SIZE (1 + 2 * 66)
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

/* A curve of the list, as numbers and as the octets of its generator. Made once: a group is costly
 * to make, and every certificate of an authority on an elliptic curve is compared with them. */
typedef struct
{
  Parameters numbers;
  guint8 generator[GENERATOR_SIZE];
  gsize generator_length;
} Curve;

static gboolean
fill_curve (Curve *curve, int nid)
{
  g_autoptr (EC_GROUP) group = EC_GROUP_new_by_curve_name (nid);
  Parameters *numbers = &curve->numbers;

  if (group == NULL)
    return FALSE;
  numbers->p = BN_new ();
  numbers->a = BN_new ();
  numbers->b = BN_new ();
  numbers->order = BN_dup (EC_GROUP_get0_order (group));
  numbers->cofactor = BN_dup (EC_GROUP_get0_cofactor (group));
  curve->generator_length =
    EC_POINT_point2oct (group, EC_GROUP_get0_generator (group), POINT_CONVERSION_UNCOMPRESSED,
                        curve->generator, sizeof curve->generator, NULL);
  return EC_GROUP_get_curve (group, numbers->p, numbers->a, numbers->b, NULL) == 1
         && numbers->order != NULL && numbers->cofactor != NULL && curve->generator_length > 0;
}

static gpointer
make_table (gpointer data)
{
  Curve *table = g_new0 (Curve, G_N_ELEMENTS (curves));

  /* A curve that this OpenSSL lacks stays empty and equals nothing. */
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    if (!fill_curve (&table[i], curves[i]))
      {
        parameters_clear (&table[i].numbers);
        table[i] = (Curve){ 0 };
      }
  ERR_clear_error ();
  return table;
}

/* 04 x y; or 02 or 03, whichever y's last bit says, and x. */
static gboolean
same_generator (const Curve *curve, const Parameters *given)
{
  gsize width = (curve->generator_length - 1) / 2;

  if (given->generator_length == curve->generator_length)
    return memcmp (given->generator, curve->generator, curve->generator_length) == 0;
  return given->generator_length == width + 1
         && given->generator[0] == 2 + (curve->generator[2 * width] & 1)
         && memcmp (given->generator + 1, curve->generator + 1, width) == 0;
}

static gboolean
is_curve (const Curve *curve, const Parameters *given)
{
  const Parameters *own = &curve->numbers;

  return own->p != NULL && BN_cmp (own->p, given->p) == 0 && BN_cmp (own->a, given->a) == 0
         && BN_cmp (own->b, given->b) == 0 && BN_cmp (own->order, given->order) == 0
         && (given->cofactor == NULL || BN_cmp (own->cofactor, given->cofactor) == 0)
         && same_generator (curve, given);
}

int
gs_ec_curve_identify (const guint8 *parameters, gsize length, gboolean *is_explicit, GError **error)
{
  g_auto (Parameters) given = { 0 };
  static GOnce once = G_ONCE_INIT;
  const Curve *table;
  GsTlv element;

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
  table = g_once (&once, make_table, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    if (is_curve (&table[i], &given))
      return curves[i];
  return unsupported (error, "The parameters of the key's curve are those of no named curve");
}

static EVP_PKEY *
no_key (GError **error)
{
  ERR_clear_error ();
  unsupported (error, "The public key cannot be read");
  return NULL;
}

static int
identify_algorithm (const X509_ALGOR *algorithm, gboolean *is_explicit, GError **error)
{
  const void *value;
  unsigned char *der = NULL;
  int type, length, nid;

  X509_ALGOR_get0 (NULL, &type, &value, algorithm);
  if (type == V_ASN1_SEQUENCE)
    {
      const ASN1_STRING *parameters = value;

      return gs_ec_curve_identify (ASN1_STRING_get0_data (parameters),
                                   (gsize) ASN1_STRING_length (parameters), is_explicit, error);
    }
  if (type != V_ASN1_OBJECT)
    return unsupported (error, "The key says no curve");
  length = i2d_ASN1_OBJECT (value, &der);
  nid = length > 0 ? gs_ec_curve_identify (der, (gsize) length, is_explicit, error) : 0;
  OPENSSL_free (der);
  return nid;
}

EVP_PKEY *
gs_ec_curve_get_key (X509 *certificate, gboolean *is_explicit, GError **error)
{
  X509_ALGOR *algorithm = NULL;
  const ASN1_OBJECT *object;
  EVP_PKEY *key;

  *is_explicit = FALSE;
  if (X509_PUBKEY_get0_param (NULL, NULL, NULL, &algorithm, X509_get_X509_PUBKEY (certificate))
      != 1)
    return no_key (error);
  X509_ALGOR_get0 (&object, NULL, NULL, algorithm);
  if (OBJ_obj2nid (object) == NID_X9_62_id_ecPublicKey
      && identify_algorithm (algorithm, is_explicit, error) == 0)
    return NULL;
  /* OpenSSL read the key with the certificate, on the group whose every parameter was compared. */
  key = X509_get_pubkey (certificate);
  return key != NULL ? key : no_key (error);
}
