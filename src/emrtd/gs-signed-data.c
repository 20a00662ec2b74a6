/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-signed-data.h"

#include "gs-emrtd-error.h"
#include "gs-time.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <string.h>

/* One belongs there. Each more costs milliseconds to check, and a file has room for thousands. */
#define MAX_SIGNERS 16

struct _GsSignedData
{
  CMS_ContentInfo *cms;
  char *content_type;
  GBytes *content;
  GPtrArray *certificates;
};

static char *
format_oid (const ASN1_OBJECT *object)
{
  char text[128];

  if (object == NULL || OBJ_obj2txt (text, sizeof text, object, 1) <= 0)
    return g_strdup ("");
  return g_strdup (text);
}

static void
read_certificates (GsSignedData *self)
{
  STACK_OF (X509) *stack = CMS_get1_certs (self->cms);

  self->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_certificate_unref);
  for (int i = 0; i < sk_X509_num (stack); i++)
    {
      GsCertificate *certificate = gs_certificate_new_from_x509 (sk_X509_value (stack, i));

      if (certificate != NULL)
        g_ptr_array_add (self->certificates, certificate);
    }
  sk_X509_pop_free (stack, X509_free);
}

GsSignedData *
gs_signed_data_new (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (GsSignedData) self = g_new0 (GsSignedData, 1);
  const guint8 *at = data;
  ASN1_OCTET_STRING **content;

  if (size > 0 && size < G_MAXINT32)
    self->cms = d2i_CMS_ContentInfo (NULL, &at, (long) size);
  ERR_clear_error ();
  if (self->cms == NULL || at != data + size)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "The bytes are no Cryptographic Message Syntax");
      return NULL;
    }
  content = OBJ_obj2nid (CMS_get0_type (self->cms)) == NID_pkcs7_signed
              ? CMS_get0_content (self->cms)
              : NULL;
  if (content == NULL || *content == NULL)
    {
      ERR_clear_error ();
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "The message is not signed data with its content inside");
      return NULL;
    }
  if (gs_signed_data_get_n_signers (self) > MAX_SIGNERS)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT, "The message has %u signatures",
                   gs_signed_data_get_n_signers (self));
      return NULL;
    }
  self->content = g_bytes_new (ASN1_STRING_get0_data (*content), ASN1_STRING_length (*content));
  self->content_type = format_oid (CMS_get0_eContentType (self->cms));
  read_certificates (self);
  ERR_clear_error ();
  return g_steal_pointer (&self);
}

void
gs_signed_data_free (GsSignedData *self)
{
  if (self == NULL)
    return;
  CMS_ContentInfo_free (self->cms);
  g_free (self->content_type);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_free (self);
}

const char *
gs_signed_data_get_content_type (GsSignedData *self)
{
  return self->content_type;
}

GBytes *
gs_signed_data_get_content (GsSignedData *self)
{
  return self->content;
}

guint
gs_signed_data_get_n_signers (GsSignedData *self)
{
  return (guint) MAX (sk_CMS_SignerInfo_num (CMS_get0_SignerInfos (self->cms)), 0);
}

GPtrArray *
gs_signed_data_get_certificates (GsSignedData *self)
{
  return self->certificates;
}

static CMS_SignerInfo *
first_signer (GsSignedData *self)
{
  return gs_signed_data_get_n_signers (self) > 0
           ? sk_CMS_SignerInfo_value (CMS_get0_SignerInfos (self->cms), 0)
           : NULL;
}

gint64
gs_signed_data_get_signing_time_utc_ms (GsSignedData *self)
{
  CMS_SignerInfo *signer = first_signer (self);
  int at = signer != NULL ? CMS_signed_get_attr_by_NID (signer, NID_pkcs9_signingTime, -1) : -1;
  X509_ATTRIBUTE *attribute = at >= 0 ? CMS_signed_get_attr (signer, at) : NULL;
  ASN1_TYPE *value = attribute != NULL ? X509_ATTRIBUTE_get0_type (attribute, 0) : NULL;

  if (value == NULL || X509_ATTRIBUTE_count (attribute) != 1
      || (value->type != V_ASN1_UTCTIME && value->type != V_ASN1_GENERALIZEDTIME))
    return GS_TIME_UNKNOWN;
  return gs_certificate_time_utc_ms (value->value.asn1_string);
}

static gboolean
get_algorithms (GsSignedData *self, int *digest, int *signature_hash, int *signature, gboolean *pss)
{
  CMS_SignerInfo *signer = first_signer (self);
  X509_ALGOR *digest_algorithm, *signature_algorithm;
  const ASN1_OBJECT *object;

  if (signer == NULL)
    return FALSE;
  CMS_SignerInfo_get0_algs (signer, NULL, NULL, &digest_algorithm, &signature_algorithm);
  X509_ALGOR_get0 (&object, NULL, NULL, digest_algorithm);
  *digest = OBJ_obj2nid (object);
  X509_ALGOR_get0 (&object, NULL, NULL, signature_algorithm);
  *signature = OBJ_obj2nid (object);
  *signature_hash = gs_algorithm_signature_hash (signature_algorithm, pss);
  /* "RSA" without a hash takes the digest's. */
  if (*signature_hash == NID_undef)
    *signature_hash = *digest;
  return TRUE;
}

char *
gs_signed_data_describe_algorithm (GsSignedData *self)
{
  int digest, hash, signature, key = NID_undef;
  gboolean is_pss;

  if (!get_algorithms (self, &digest, &hash, &signature, &is_pss))
    return g_strdup ("none");
  OBJ_find_sigid_algs (signature, NULL, &key);
  return g_strdup_printf ("%s with %s",
                          is_pss                                                       ? "RSA-PSS"
                          : key == NID_rsaEncryption || signature == NID_rsaEncryption ? "RSA"
                          : key == NID_X9_62_id_ecPublicKey                            ? "ECDSA"
                                                            : OBJ_nid2sn (signature),
                          gs_algorithm_describe_hash (hash));
}

GsAlgorithmGrade
gs_signed_data_grade_algorithm (GsSignedData *self)
{
  int digest, hash, signature;
  gboolean is_pss;

  if (!get_algorithms (self, &digest, &hash, &signature, &is_pss))
    return GS_ALGORITHM_GRADE_BROKEN;
  return gs_algorithm_grade_worse (gs_algorithm_grade_hash (digest),
                                   gs_algorithm_grade_hash (hash));
}

static gboolean
has_serial (CMS_SignerInfo *signer, GsCertificate *certificate)
{
  ASN1_INTEGER *serial = NULL;

  return CMS_SignerInfo_get0_signer_id (signer, NULL, NULL, &serial) == 1 && serial != NULL
         && ASN1_INTEGER_cmp (serial,
                              X509_get0_serialNumber (gs_certificate_get_x509 (certificate)))
              == 0;
}

static GsCertificate *
find_in (CMS_SignerInfo *signer, GPtrArray *certificates, gboolean by_serial)
{
  for (guint i = 0; certificates != NULL && i < certificates->len; i++)
    {
      GsCertificate *certificate = certificates->pdata[i];

      if (by_serial ? has_serial (signer, certificate)
                    : CMS_SignerInfo_cert_cmp (signer, gs_certificate_get_x509 (certificate)) == 0)
        return certificate;
    }
  return NULL;
}

/* Some states write the issuer's name in the signer identifier in another order than in the
 * certificate, so that nothing compares as equal. The signature decides in the end. */
static GsCertificate *
select_certificate (GsSignedData *self,
                    CMS_SignerInfo *signer,
                    GPtrArray *others,
                    GsSignerMatch *match)
{
  GsCertificate *found = find_in (signer, self->certificates, FALSE);

  *match = GS_SIGNER_MATCH_IDENTIFIER;
  if (found == NULL)
    found = find_in (signer, others, FALSE);
  if (found != NULL)
    return found;
  *match = GS_SIGNER_MATCH_SERIAL;
  found = find_in (signer, self->certificates, TRUE);
  if (found != NULL)
    return found;
  *match = GS_SIGNER_MATCH_ONLY;
  return self->certificates->len == 1 ? self->certificates->pdata[0] : NULL;
}

GsCertificate *
gs_signed_data_find_signer (GsSignedData *self, GPtrArray *others, GsSignerMatch *match)
{
  CMS_SignerInfo *signer = first_signer (self);
  GsSignerMatch how = GS_SIGNER_MATCH_IDENTIFIER;
  GsCertificate *found = signer != NULL ? select_certificate (self, signer, others, &how) : NULL;

  if (match != NULL)
    *match = how;
  return found != NULL ? gs_certificate_ref (found) : NULL;
}

/* CMS_verify() leaves both out: that the attributes are there, without which the signature would be
 * over the content alone, and that their content type is the one outside. */
static GsSignatureState
check_attributes (GsSignedData *self, CMS_SignerInfo *signer)
{
  const ASN1_OBJECT *inside;

  if (CMS_signed_get_attr_count (signer) <= 0)
    return GS_SIGNATURE_NO_ATTRIBUTES;
  /* -3: exactly one attribute of this type, and with one value. */
  inside =
    CMS_signed_get0_data_by_OBJ (signer, OBJ_nid2obj (NID_pkcs9_contentType), -3, V_ASN1_OBJECT);
  if (inside == NULL || OBJ_cmp (inside, CMS_get0_eContentType (self->cms)) != 0)
    return GS_SIGNATURE_CONTENT_TYPE_DIFFERS;
  return GS_SIGNATURE_GOOD;
}

static GsSignatureState
prepare_signer (GsSignedData *self, CMS_SignerInfo *signer, GPtrArray *others)
{
  GsSignerMatch match;
  GsCertificate *certificate = select_certificate (self, signer, others, &match);

  if (certificate == NULL)
    return GS_SIGNATURE_NO_CERTIFICATE;
  if (gs_certificate_get_key (certificate, NULL) == NULL)
    return GS_SIGNATURE_KEY_NOT_ACCEPTED;
  CMS_SignerInfo_set1_signer_cert (signer, gs_certificate_get_x509 (certificate));
  return check_attributes (self, signer);
}

GsSignatureState
gs_signed_data_verify (GsSignedData *self, GPtrArray *others)
{
  guint n_signers = gs_signed_data_get_n_signers (self);
  GsSignatureState state = GS_SIGNATURE_GOOD;

  /* CMS_verify() takes zero signers of zero for success. */
  if (n_signers == 0)
    return GS_SIGNATURE_NO_SIGNER;
  for (guint i = 0; i < n_signers && state == GS_SIGNATURE_GOOD; i++)
    state = prepare_signer (
      self, sk_CMS_SignerInfo_value (CMS_get0_SignerInfos (self->cms), (int) i), others);
  if (state == GS_SIGNATURE_GOOD
      && CMS_verify (self->cms, NULL, NULL, NULL, NULL, CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY)
           != 1)
    state = GS_SIGNATURE_WRONG;
  ERR_clear_error ();
  return state;
}

const char *
gs_signature_state_to_word (GsSignatureState state)
{
  switch (state)
    {
    case GS_SIGNATURE_GOOD:
      return "good";
    case GS_SIGNATURE_NO_SIGNER:
      return "no-signer";
    case GS_SIGNATURE_NO_CERTIFICATE:
      return "no-signer-certificate";
    case GS_SIGNATURE_KEY_NOT_ACCEPTED:
      return "key-not-accepted";
    case GS_SIGNATURE_NO_ATTRIBUTES:
      return "no-signed-attributes";
    case GS_SIGNATURE_CONTENT_TYPE_DIFFERS:
      return "content-type-differs";
    case GS_SIGNATURE_WRONG:
      break;
    }
  return "signature-wrong";
}
