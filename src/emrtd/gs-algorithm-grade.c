/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-algorithm-grade.h"

#include <openssl/asn1t.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

GsAlgorithmGrade
gs_algorithm_grade_hash (int hash)
{
  switch (hash)
    {
    case NID_sha224:
    case NID_sha256:
    case NID_sha384:
    case NID_sha512:
    case NID_sha512_224:
    case NID_sha512_256:
    case NID_sha3_224:
    case NID_sha3_256:
    case NID_sha3_384:
    case NID_sha3_512:
      return GS_ALGORITHM_GRADE_STRONG;
    case NID_sha1:
      return GS_ALGORITHM_GRADE_WEAK;
    default:
      return GS_ALGORITHM_GRADE_BROKEN;
    }
}

GsAlgorithmGrade
gs_algorithm_grade_key (EVP_PKEY *key)
{
  int bits = EVP_PKEY_get_bits (key);

  switch (EVP_PKEY_get_base_id (key))
    {
    case EVP_PKEY_RSA:
    case EVP_PKEY_RSA_PSS:
    case EVP_PKEY_DSA:
      return bits >= 2048   ? GS_ALGORITHM_GRADE_STRONG
             : bits >= 1024 ? GS_ALGORITHM_GRADE_WEAK
                            : GS_ALGORITHM_GRADE_BROKEN;
    case EVP_PKEY_EC:
      return bits >= 256   ? GS_ALGORITHM_GRADE_STRONG
             : bits >= 192 ? GS_ALGORITHM_GRADE_WEAK
                           : GS_ALGORITHM_GRADE_BROKEN;
    case EVP_PKEY_ED25519:
    case EVP_PKEY_ED448:
      return GS_ALGORITHM_GRADE_STRONG;
    default:
      return GS_ALGORITHM_GRADE_BROKEN;
    }
}

GsAlgorithmGrade
gs_algorithm_grade_worse (GsAlgorithmGrade one, GsAlgorithmGrade two)
{
  return MAX (one, two);
}

const char *
gs_algorithm_grade_to_word (GsAlgorithmGrade grade)
{
  switch (grade)
    {
    case GS_ALGORITHM_GRADE_STRONG:
      return "strong";
    case GS_ALGORITHM_GRADE_WEAK:
      return "weak";
    case GS_ALGORITHM_GRADE_BROKEN:
      break;
    }
  return "broken";
}

char *
gs_algorithm_describe_key (EVP_PKEY *key)
{
  char curve[64] = "";

  switch (EVP_PKEY_get_base_id (key))
    {
    case EVP_PKEY_RSA:
      return g_strdup_printf ("RSA %d", EVP_PKEY_get_bits (key));
    case EVP_PKEY_RSA_PSS:
      return g_strdup_printf ("RSA-PSS %d", EVP_PKEY_get_bits (key));
    case EVP_PKEY_EC:
      if (EVP_PKEY_get_group_name (key, curve, sizeof curve, NULL) != 1)
        return g_strdup_printf ("EC %d", EVP_PKEY_get_bits (key));
      return g_strdup_printf ("EC %s", g_str_equal (curve, "prime256v1") ? "P-256" : curve);
    default:
      return g_strdup_printf ("%s %d", OBJ_nid2sn (EVP_PKEY_get_base_id (key)),
                              EVP_PKEY_get_bits (key));
    }
}

const char *
gs_algorithm_describe_hash (int hash)
{
  switch (hash)
    {
    case NID_sha1:
      return "SHA-1";
    case NID_sha224:
      return "SHA-224";
    case NID_sha256:
      return "SHA-256";
    case NID_sha384:
      return "SHA-384";
    case NID_sha512:
      return "SHA-512";
    case NID_md5:
      return "MD5";
    case NID_undef:
      return "an unknown hash";
    default:
      return OBJ_nid2sn (hash);
    }
}

int
gs_algorithm_signature_hash (const X509_ALGOR *algorithm, gboolean *is_pss)
{
  const ASN1_OBJECT *object;
  const void *value;
  int type, hash = NID_undef, key = NID_undef;
  RSA_PSS_PARAMS *parameters;

  X509_ALGOR_get0 (&object, &type, &value, algorithm);
  if (is_pss != NULL)
    *is_pss = OBJ_obj2nid (object) == NID_rsassaPss;
  if (OBJ_obj2nid (object) != NID_rsassaPss)
    {
      if (OBJ_find_sigid_algs (OBJ_obj2nid (object), &hash, &key) != 1)
        return NID_undef;
      return hash;
    }
  if (type != V_ASN1_SEQUENCE)
    return NID_sha1;
  parameters = ASN1_item_unpack (value, ASN1_ITEM_rptr (RSA_PSS_PARAMS));
  if (parameters == NULL)
    {
      ERR_clear_error ();
      return NID_undef;
    }
  hash = NID_sha1;
  if (parameters->hashAlgorithm != NULL)
    {
      X509_ALGOR_get0 (&object, NULL, NULL, parameters->hashAlgorithm);
      hash = OBJ_obj2nid (object);
    }
  RSA_PSS_PARAMS_free (parameters);
  return hash;
}
