/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-key.h"

#include "gs-seal-curve.h"
#include "gs-seal-error.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

struct _GsSealKey
{
  gatomicrefcount references;
  EVP_PKEY *key;
  X509 *certificate;
  const GsSealCurve *curve;
  char *source;
  char *fingerprint;
  char *signer;
  char *reference;
  char *subject;
  GsSealDate first_day;
  GsSealDate last_day;
  gboolean may_sign;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_free)

static char *
dup_fingerprint (EVP_PKEY *key)
{
  unsigned char *der = NULL;
  int length = i2d_PUBKEY (key, &der);
  char *text =
    length > 0 ? g_compute_checksum_for_data (G_CHECKSUM_SHA256, der, (gsize) length) : NULL;

  OPENSSL_free (der);
  return text;
}

GsSealKey *
gs_seal_key_new_bare (EVP_PKEY *key, const char *source, GError **error)
{
  const GsSealCurve *curve = gs_seal_curve_of (key);

  if (curve == NULL)
    {
      ERR_clear_error ();
      g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_KEY,
                   "%s: this is no key that seals are signed with (an elliptic curve of 256 to "
                   "521 bits, by its name)",
                   source);
      return NULL;
    }
  GsSealKey *self = g_new0 (GsSealKey, 1);
  g_atomic_ref_count_init (&self->references);
  EVP_PKEY_up_ref (key);
  self->key = key;
  self->curve = curve;
  self->source = g_strdup (source);
  self->fingerprint = dup_fingerprint (key);
  self->may_sign = TRUE;
  return self;
}

/* The only entry of that kind, when it is two letters; in upper case. */
static char *
dup_pair (const X509_NAME *name, int nid)
{
  int at = X509_NAME_get_index_by_NID ((X509_NAME *) name, nid, -1);
  unsigned char *text = NULL;
  char *pair = NULL;

  if (at < 0 || X509_NAME_get_index_by_NID ((X509_NAME *) name, nid, at) >= 0)
    return NULL;
  if (ASN1_STRING_to_UTF8 (&text, X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, at))) == 2
      && g_ascii_isalnum (text[0]) && g_ascii_isalnum (text[1]))
    pair = g_ascii_strup ((char *) text, 2);
  OPENSSL_free (text);
  return pair;
}

static char *
dup_signer (X509 *certificate)
{
  const X509_NAME *name = X509_get_subject_name (certificate);
  g_autofree char *country = dup_pair (name, NID_countryName);
  g_autofree char *common = dup_pair (name, NID_commonName);

  return country != NULL && common != NULL ? g_strconcat (country, common, NULL) : NULL;
}

static char *
dup_reference (X509 *certificate)
{
  g_autoptr (BIGNUM) number = ASN1_INTEGER_to_BN (X509_get0_serialNumber (certificate), NULL);
  char *hex = number != NULL ? BN_bn2hex (number) : NULL;
  const char *at = hex;
  char *text;

  while (at != NULL && at[0] == '0' && at[1] != '\0')
    at++;
  text = g_strdup (at);
  OPENSSL_free (hex);
  return text;
}

static char *
dup_subject (X509 *certificate)
{
  g_autoptr (BIO) out = BIO_new (BIO_s_mem ());
  char *text;
  long length;

  X509_NAME_print_ex (out, X509_get_subject_name (certificate), 0,
                      (XN_FLAG_RFC2253 & ~(gulong) ASN1_STRFLGS_ESC_MSB));
  length = BIO_get_mem_data (out, &text);
  g_autofree char *copy = g_strndup (text, (gsize) MAX (length, 0));
  return g_utf8_make_valid (copy, -1);
}

static void
take_day (const ASN1_TIME *time, GsSealDate *day)
{
  struct tm tm;

  if (ASN1_TIME_to_tm (time, &tm) == 1)
    *day = (GsSealDate){ (guint) (tm.tm_year + 1900), (guint) (tm.tm_mon + 1), (guint) tm.tm_mday };
}

GsSealKey *
gs_seal_key_new_certificate (X509 *certificate, const char *source, GError **error)
{
  GsSealKey *self = gs_seal_key_new_bare (X509_get0_pubkey (certificate), source, error);
  guint32 usage;

  if (self == NULL)
    return NULL;
  X509_up_ref (certificate);
  self->certificate = certificate;
  self->signer = dup_signer (certificate);
  self->reference = dup_reference (certificate);
  self->subject = dup_subject (certificate);
  take_day (X509_get0_notBefore (certificate), &self->first_day);
  take_day (X509_get0_notAfter (certificate), &self->last_day);
  /* Computed once here: it writes into the certificate's cache. */
  usage = X509_get_key_usage (certificate);
  self->may_sign = usage == UINT32_MAX || (usage & KU_DIGITAL_SIGNATURE) != 0;
  ERR_clear_error ();
  return self;
}

GsSealKey *
gs_seal_key_ref (GsSealKey *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
gs_seal_key_unref (GsSealKey *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  EVP_PKEY_free (self->key);
  X509_free (self->certificate);
  g_free (self->source);
  g_free (self->fingerprint);
  g_free (self->signer);
  g_free (self->reference);
  g_free (self->subject);
  g_free (self);
}

EVP_PKEY *
gs_seal_key_get_key (GsSealKey *self)
{
  return self->key;
}

X509 *
gs_seal_key_get_certificate (GsSealKey *self)
{
  return self->certificate;
}

const char *
gs_seal_key_get_source (GsSealKey *self)
{
  return self->source;
}

const char *
gs_seal_key_get_curve (GsSealKey *self)
{
  return self->curve->name;
}

const char *
gs_seal_key_get_fingerprint (GsSealKey *self)
{
  return self->fingerprint;
}

const char *
gs_seal_key_get_signer (GsSealKey *self)
{
  return self->signer;
}

const char *
gs_seal_key_get_reference (GsSealKey *self)
{
  return self->reference;
}

const char *
gs_seal_key_get_subject (GsSealKey *self)
{
  return self->subject;
}

const GsSealDate *
gs_seal_key_get_first_day (GsSealKey *self)
{
  return &self->first_day;
}

const GsSealDate *
gs_seal_key_get_last_day (GsSealKey *self)
{
  return &self->last_day;
}

gboolean
gs_seal_key_may_sign (GsSealKey *self)
{
  return self->may_sign;
}

gsize
gs_seal_key_get_signature_size (GsSealKey *self)
{
  return 2 * (gsize) self->curve->bytes;
}

gboolean
gs_seal_key_verify (GsSealKey *self, GBytes *data, GBytes *signature)
{
  g_autoptr (GBytes) der = gs_seal_curve_to_der (self->curve, signature);
  g_autoptr (EVP_PKEY_CTX) context = NULL;
  guint8 digest[64];
  gsize size;
  gboolean good;

  if (der == NULL)
    return FALSE;
  gs_seal_curve_hash (self->curve, data, digest);
  context = EVP_PKEY_CTX_new (self->key, NULL);
  const guint8 *bytes = g_bytes_get_data (der, &size);
  good = context != NULL && EVP_PKEY_verify_init (context) == 1
         && EVP_PKEY_verify (context, bytes, size, digest, self->curve->hash_bytes) == 1;
  ERR_clear_error ();
  return good;
}
