/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-certificate.h"

#include "gs-ec-curve.h"
#include "gs-emrtd-error.h"
#include "gs-time.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

struct _GsCertificate
{
  GBytes *der;
  X509 *x509;
  char *fingerprint;
  char country[8];
  GBytes *subject_key_id;
  GBytes *authority_key_id;
  gint64 usage_from_utc_ms;
  gint64 usage_to_utc_ms;
  gboolean is_authority;
  gboolean is_self_issued;

  /* The key is made when it is asked for: most certificates of a list never are. */
  GMutex lock;
  gboolean key_was_read;
  EVP_PKEY *key;
  gboolean has_explicit_curve;
  char *key_error;
};

char *
gs_certificate_format_fingerprint (const guint8 *sha256)
{
  GString *text = g_string_sized_new (64);

  for (int i = 0; i < 32; i++)
    g_string_append_printf (text, "%02x", sha256[i]);
  return g_string_free (text, FALSE);
}

gint64
gs_certificate_time_utc_ms (const ASN1_TIME *time)
{
  struct tm parts;

  if (time == NULL || ASN1_TIME_to_tm (time, &parts) != 1)
    {
      ERR_clear_error ();
      return GS_TIME_UNKNOWN;
    }
  return (gint64) timegm (&parts) * 1000;
}

char *
gs_certificate_format_name (const X509_NAME *name)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *data;
  char *text;
  long length;

  X509_NAME_print_ex (bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  length = BIO_get_mem_data (bio, &data);
  text = g_utf8_make_valid (data, length);
  BIO_free (bio);
  return text;
}

static void
read_country (GsCertificate *self)
{
  const X509_NAME *names[] = { X509_get_subject_name (self->x509),
                               X509_get_issuer_name (self->x509) };

  for (guint i = 0; i < G_N_ELEMENTS (names) && self->country[0] == '\0'; i++)
    {
      int at = X509_NAME_get_index_by_NID (names[i], NID_countryName, -1);
      const ASN1_STRING *value =
        at >= 0 ? X509_NAME_ENTRY_get_data (X509_NAME_get_entry (names[i], at)) : NULL;
      const guint8 *text = value != NULL ? ASN1_STRING_get0_data (value) : NULL;
      gsize length = value != NULL ? (gsize) ASN1_STRING_length (value) : 0;

      if (length == 0 || length >= sizeof self->country)
        continue;
      for (gsize k = 0; k < length; k++)
        self->country[k] = g_ascii_isalnum (text[k]) ? g_ascii_toupper (text[k]) : '?';
    }
}

static GBytes *
octets (const ASN1_OCTET_STRING *string)
{
  if (string == NULL || ASN1_STRING_length (string) == 0)
    return NULL;
  return g_bytes_new (ASN1_STRING_get0_data (string), ASN1_STRING_length (string));
}

static void
read_extensions (GsCertificate *self)
{
  ASN1_OCTET_STRING *subject =
    X509_get_ext_d2i (self->x509, NID_subject_key_identifier, NULL, NULL);
  AUTHORITY_KEYID *authority =
    X509_get_ext_d2i (self->x509, NID_authority_key_identifier, NULL, NULL);
  PKEY_USAGE_PERIOD *usage =
    X509_get_ext_d2i (self->x509, NID_private_key_usage_period, NULL, NULL);
  int critical = -1;
  BASIC_CONSTRAINTS *basic = X509_get_ext_d2i (self->x509, NID_basic_constraints, &critical, NULL);

  self->subject_key_id = octets (subject);
  self->authority_key_id = authority != NULL ? octets (authority->keyid) : NULL;
  self->usage_from_utc_ms =
    usage != NULL ? gs_certificate_time_utc_ms (usage->notBefore) : GS_TIME_UNKNOWN;
  self->usage_to_utc_ms =
    usage != NULL ? gs_certificate_time_utc_ms (usage->notAfter) : GS_TIME_UNKNOWN;
  /* critical is -1 only where the certificate has no such extension; a broken one makes none. */
  self->is_authority = basic != NULL ? basic->ca != 0 : critical == -1 && self->is_self_issued;
  ASN1_OCTET_STRING_free (subject);
  AUTHORITY_KEYID_free (authority);
  PKEY_USAGE_PERIOD_free (usage);
  BASIC_CONSTRAINTS_free (basic);
  ERR_clear_error ();
}

static GsCertificate *
make (GBytes *der, X509 *x509)
{
  GsCertificate *self = g_atomic_rc_box_new0 (GsCertificate);
  guint8 digest[EVP_MAX_MD_SIZE];

  g_mutex_init (&self->lock);
  self->der = g_bytes_ref (der);
  self->x509 = x509;
  EVP_Digest (g_bytes_get_data (der, NULL), g_bytes_get_size (der), digest, NULL, EVP_sha256 (),
              NULL);
  self->fingerprint = gs_certificate_format_fingerprint (digest);
  self->is_self_issued =
    X509_NAME_cmp (X509_get_subject_name (x509), X509_get_issuer_name (x509)) == 0;
  read_country (self);
  read_extensions (self);
  return self;
}

GsCertificate *
gs_certificate_new (GBytes *der, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (der, &size);
  const guint8 *at = data;
  X509 *x509 = size > 0 && size < G_MAXINT32 ? d2i_X509 (NULL, &at, (long) size) : NULL;

  ERR_clear_error ();
  if (x509 != NULL && at == data + size)
    return make (der, x509);
  X509_free (x509);
  g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                       "The bytes are no certificate");
  return NULL;
}

GsCertificate *
gs_certificate_new_from_x509 (X509 *x509)
{
  unsigned char *data = NULL;
  int length = i2d_X509 (x509, &data);
  g_autoptr (GBytes) der = length > 0 ? g_bytes_new (data, (gsize) length) : NULL;

  OPENSSL_free (data);
  ERR_clear_error ();
  if (der == NULL)
    return NULL;
  X509_up_ref (x509);
  return make (der, x509);
}

GsCertificate *
gs_certificate_ref (GsCertificate *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
certificate_clear (gpointer data)
{
  GsCertificate *self = data;

  g_bytes_unref (self->der);
  X509_free (self->x509);
  EVP_PKEY_free (self->key);
  g_free (self->fingerprint);
  g_free (self->key_error);
  g_clear_pointer (&self->subject_key_id, g_bytes_unref);
  g_clear_pointer (&self->authority_key_id, g_bytes_unref);
  g_mutex_clear (&self->lock);
}

void
gs_certificate_unref (GsCertificate *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, certificate_clear);
}

GBytes *
gs_certificate_get_der (GsCertificate *self)
{
  return self->der;
}

X509 *
gs_certificate_get_x509 (GsCertificate *self)
{
  return self->x509;
}

const char *
gs_certificate_get_fingerprint (GsCertificate *self)
{
  return self->fingerprint;
}

const char *
gs_certificate_get_country (GsCertificate *self)
{
  return self->country;
}

char *
gs_certificate_describe_subject (GsCertificate *self)
{
  return gs_certificate_format_name (X509_get_subject_name (self->x509));
}

char *
gs_certificate_describe_issuer (GsCertificate *self)
{
  return gs_certificate_format_name (X509_get_issuer_name (self->x509));
}

char *
gs_certificate_describe_serial (GsCertificate *self)
{
  BIGNUM *number = ASN1_INTEGER_to_BN (X509_get0_serialNumber (self->x509), NULL);
  char *digits = number != NULL ? BN_bn2hex (number) : NULL;
  char *text = g_ascii_strdown (digits != NULL ? digits : "", -1);

  OPENSSL_free (digits);
  BN_free (number);
  return text;
}

GBytes *
gs_certificate_get_subject_key_id (GsCertificate *self)
{
  return self->subject_key_id;
}

GBytes *
gs_certificate_get_authority_key_id (GsCertificate *self)
{
  return self->authority_key_id;
}

gint64
gs_certificate_get_not_before_utc_ms (GsCertificate *self)
{
  return gs_certificate_time_utc_ms (X509_get0_notBefore (self->x509));
}

gint64
gs_certificate_get_not_after_utc_ms (GsCertificate *self)
{
  return gs_certificate_time_utc_ms (X509_get0_notAfter (self->x509));
}

gint64
gs_certificate_get_usage_from_utc_ms (GsCertificate *self)
{
  return self->usage_from_utc_ms;
}

gint64
gs_certificate_get_usage_to_utc_ms (GsCertificate *self)
{
  return self->usage_to_utc_ms;
}

gboolean
gs_certificate_is_authority (GsCertificate *self)
{
  return self->is_authority;
}

gboolean
gs_certificate_is_self_issued (GsCertificate *self)
{
  return self->is_self_issued;
}

gboolean
gs_certificate_is_self_signed (GsCertificate *self)
{
  if (self->subject_key_id != NULL && self->authority_key_id != NULL)
    return g_bytes_equal (self->subject_key_id, self->authority_key_id);
  return self->is_self_issued;
}

gboolean
gs_certificate_has_purpose (GsCertificate *self, const char *purpose)
{
  EXTENDED_KEY_USAGE *usage = X509_get_ext_d2i (self->x509, NID_ext_key_usage, NULL, NULL);
  gboolean found = FALSE;

  for (int i = 0; i < sk_ASN1_OBJECT_num (usage) && !found; i++)
    {
      char text[128];

      found = OBJ_obj2txt (text, sizeof text, sk_ASN1_OBJECT_value (usage, i), 1) > 0
              && strcmp (text, purpose) == 0;
    }
  EXTENDED_KEY_USAGE_free (usage);
  ERR_clear_error ();
  return found;
}

EVP_PKEY *
gs_certificate_get_key (GsCertificate *self, GError **error)
{
  EVP_PKEY *key;

  g_mutex_lock (&self->lock);
  if (!self->key_was_read)
    {
      g_autoptr (GError) key_error = NULL;

      self->key = gs_ec_curve_get_key (self->x509, &self->has_explicit_curve, &key_error);
      self->key_error = g_strdup (key_error != NULL ? key_error->message : "No public key");
      self->key_was_read = TRUE;
      ERR_clear_error ();
    }
  key = self->key;
  g_mutex_unlock (&self->lock);
  if (key == NULL)
    g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED, self->key_error);
  return key;
}

gboolean
gs_certificate_has_explicit_curve (GsCertificate *self)
{
  gs_certificate_get_key (self, NULL);
  return self->has_explicit_curve;
}

gboolean
gs_certificate_is_signed_by (GsCertificate *self, GsCertificate *issuer)
{
  EVP_PKEY *key = gs_certificate_get_key (issuer, NULL);
  gboolean good = key != NULL && X509_verify (self->x509, key) == 1;

  ERR_clear_error ();
  return good;
}

char *
gs_certificate_describe_key (GsCertificate *self)
{
  EVP_PKEY *key = gs_certificate_get_key (self, NULL);

  return key != NULL ? gs_algorithm_describe_key (key) : g_strdup ("unreadable key");
}

static int
signature_hash (GsCertificate *self, gboolean *is_pss, int *algorithm)
{
  const X509_ALGOR *identifier;
  const ASN1_OBJECT *object;

  X509_get0_signature (NULL, &identifier, self->x509);
  X509_ALGOR_get0 (&object, NULL, NULL, identifier);
  *algorithm = OBJ_obj2nid (object);
  return gs_algorithm_signature_hash (identifier, is_pss);
}

char *
gs_certificate_describe_signature (GsCertificate *self)
{
  gboolean is_pss;
  int algorithm, key = NID_undef;
  int hash = signature_hash (self, &is_pss, &algorithm);

  OBJ_find_sigid_algs (algorithm, NULL, &key);
  return g_strdup_printf ("%s with %s",
                          is_pss                            ? "RSA-PSS"
                          : key == NID_rsaEncryption        ? "RSA"
                          : key == NID_X9_62_id_ecPublicKey ? "ECDSA"
                                                            : OBJ_nid2sn (algorithm),
                          gs_algorithm_describe_hash (hash));
}

GsAlgorithmGrade
gs_certificate_grade_key (GsCertificate *self)
{
  EVP_PKEY *key = gs_certificate_get_key (self, NULL);

  return key != NULL ? gs_algorithm_grade_key (key) : GS_ALGORITHM_GRADE_BROKEN;
}

GsAlgorithmGrade
gs_certificate_grade_signature (GsCertificate *self)
{
  gboolean is_pss;
  int algorithm;

  return gs_algorithm_grade_hash (signature_hash (self, &is_pss, &algorithm));
}
