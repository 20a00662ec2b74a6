/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pack-signature.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "gs-pack-manifest.h"

#define MAX_AUTHORITIES_BYTES (1024 * 1024)
#define MAX_SIGNATURE_BYTES (64 * 1024)
#define MAX_CHAIN 8
/* 112 bits: no MD5, no SHA-1, no RSA below 2048 bits, no curve below 224. */
#define SECURITY_LEVEL 2

struct _GsPackAuthorities
{
  gatomicrefcount ref_count;
  X509_STORE *store;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CMS_ContentInfo, CMS_ContentInfo_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_STORE_CTX, X509_STORE_CTX_free)

static gboolean
refuse (GError **error, GsStampError code, const char *problem, const char *what)
{
  g_set_error (error, GS_STAMP_ERROR, code, "%s%s%.120s", problem, what != NULL ? ": " : "",
               what != NULL ? what : "");
  /* Nobody else shall find our mistakes in the thread's queue. */
  ERR_clear_error ();
  return FALSE;
}

static BIO *
open_bytes (GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return BIO_new_mem_buf (data, (int) MIN (size, G_MAXINT));
}

static void
free_certificates (STACK_OF (X509) * certificates)
{
  sk_X509_pop_free (certificates, X509_free);
}

/* No key of a file may ask for a password on the terminal. */
static int
give_no_password (char *buffer, int size, int writing, void *data)
{
  return -1;
}

/* Every certificate of a PEM text; NULL when there is none, or something that is none. */
static STACK_OF (X509) * read_certificates (GBytes *pem)
{
  g_autoptr (BIO) bio = open_bytes (pem);
  STACK_OF (X509) *certificates = sk_X509_new_null ();
  X509 *certificate;
  unsigned long last;

  while ((certificate = PEM_read_bio_X509 (bio, NULL, give_no_password, NULL)) != NULL)
    sk_X509_push (certificates, certificate);
  last = ERR_peek_last_error ();
  ERR_clear_error ();
  if (sk_X509_num (certificates) > 0 && ERR_GET_LIB (last) == ERR_LIB_PEM
      && ERR_GET_REASON (last) == PEM_R_NO_START_LINE)
    return certificates;
  free_certificates (certificates);
  return NULL;
}

/* --- authorities ------------------------------------------------------------------------------ */

GsPackAuthorities *
gs_pack_authorities_ref (GsPackAuthorities *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
gs_pack_authorities_unref (GsPackAuthorities *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  X509_STORE_free (self->store);
  g_free (self);
}

static gboolean
add_authorities (X509_STORE *store, STACK_OF (X509) * certificates, GError **error)
{
  for (int i = 0; i < sk_X509_num (certificates); i++)
    {
      X509 *certificate = sk_X509_value (certificates, i);

      /* 1: a version 3 certificate whose basic constraints and key usage let it issue others. */
      if (X509_check_ca (certificate) != 1
          || (X509_get_key_usage (certificate) & X509v3_KU_KEY_CERT_SIGN) == 0)
        return refuse (error, GS_STAMP_ERROR_PACK_AUTHORITIES,
                       "A certificate among the pack authorities is no authority's", NULL);
      if (X509_STORE_add_cert (store, certificate) != 1)
        return refuse (error, GS_STAMP_ERROR_PACK_AUTHORITIES,
                       "A certificate of the pack authorities cannot be used", NULL);
    }
  return TRUE;
}

GsPackAuthorities *
gs_pack_authorities_parse (GBytes *pem, GError **error)
{
  g_autoptr (GsPackAuthorities) self = NULL;
  STACK_OF (X509) * certificates;
  gboolean added;

  g_return_val_if_fail (pem != NULL, NULL);
  certificates = g_bytes_get_size (pem) <= MAX_AUTHORITIES_BYTES ? read_certificates (pem) : NULL;
  if (certificates == NULL)
    {
      refuse (error, GS_STAMP_ERROR_PACK_AUTHORITIES,
              "The file of the pack authorities holds no certificate in PEM, or more than them",
              NULL);
      return NULL;
    }
  self = g_new0 (GsPackAuthorities, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->store = X509_STORE_new ();
  added = add_authorities (self->store, certificates, error);
  free_certificates (certificates);
  return added ? g_steal_pointer (&self) : NULL;
}

GsPackAuthorities *
gs_pack_authorities_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (GError) problem = NULL;
  gsize size;

  g_return_val_if_fail (path != NULL, NULL);
  if (!g_file_get_contents (path, &text, &size, &problem))
    {
      refuse (error, GS_STAMP_ERROR_PACK_AUTHORITIES, "The pack authorities cannot be read",
              problem->message);
      return NULL;
    }
  pem = g_bytes_new_take (g_steal_pointer (&text), size);
  return gs_pack_authorities_parse (pem, error);
}

/* --- the signer ------------------------------------------------------------------------------- */

static char *
dup_name (const X509_NAME *name)
{
  int at = X509_NAME_get_index_by_NID (name, NID_commonName, -1);
  unsigned char *text = NULL;
  char *copy = NULL;

  if (at >= 0
      && ASN1_STRING_to_UTF8 (&text, X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, at)))
           >= 0)
    copy = g_utf8_make_valid ((const char *) text, -1);
  OPENSSL_free (text);
  if (copy == NULL)
    {
      char *line = X509_NAME_oneline (name, NULL, 0);

      copy = g_utf8_make_valid (line != NULL ? line : "?", -1);
      OPENSSL_free (line);
    }
  /* It goes into lists and records: one line, whatever its issuer wrote. */
  for (char *c = copy; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isprint (g_utf8_get_char (c)))
      memset (c, '?', (gsize) (g_utf8_next_char (c) - c));
  return copy;
}

static gint64
time_to_utc_ms (const ASN1_TIME *time)
{
  struct tm parts = { 0 };
  g_autoptr (GDateTime) moment = NULL;

  if (ASN1_TIME_to_tm (time, &parts) != 1)
    return 0;
  moment = g_date_time_new_utc (parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                                parts.tm_hour, parts.tm_min, MIN (parts.tm_sec, 59));
  return moment != NULL ? g_date_time_to_unix (moment) * 1000 : 0;
}

static gboolean
check_usage (X509 *signer, GError **error)
{
  guint32 flags = X509_get_extension_flags (signer);

  if ((flags & EXFLAG_KUSAGE) == 0 || (X509_get_key_usage (signer) & KU_DIGITAL_SIGNATURE) == 0
      || (flags & EXFLAG_XKUSAGE) == 0
      || (X509_get_extended_key_usage (signer) & XKU_CODE_SIGN) == 0)
    return refuse (error, GS_STAMP_ERROR_PACK_SIGNER_USAGE,
                   "The signer's certificate is not one for signing packs", NULL);
  return TRUE;
}

static GsStampError
code_of_chain (int problem)
{
  switch (problem)
    {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return GS_STAMP_ERROR_PACK_SIGNER_EXPIRED;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return GS_STAMP_ERROR_PACK_SIGNER_NOT_YET;
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
    case X509_V_ERR_INVALID_PURPOSE:
      return GS_STAMP_ERROR_PACK_SIGNER_USAGE;
    default:
      return GS_STAMP_ERROR_PACK_AUTHORITY;
    }
}

/* The authority at the chain's end; NULL with the reason. Transfer full. */
static X509 *
check_chain (GsPackAuthorities *authorities,
             X509 *signer,
             STACK_OF (X509) * others,
             gint64 now_utc_ms,
             GError **error)
{
  g_autoptr (X509_STORE_CTX) context = X509_STORE_CTX_new ();
  X509_VERIFY_PARAM *param;
  STACK_OF (X509) * chain;
  int problem;

  if (X509_STORE_CTX_init (context, authorities->store, signer, others) != 1)
    {
      refuse (error, GS_STAMP_ERROR_PACK_AUTHORITY, "The signer cannot be checked", NULL);
      return NULL;
    }
  param = X509_STORE_CTX_get0_param (context);
  X509_VERIFY_PARAM_set_purpose (param, X509_PURPOSE_ANY);
  X509_VERIFY_PARAM_set_time (param, (time_t) (now_utc_ms / 1000));
  X509_VERIFY_PARAM_set_auth_level (param, SECURITY_LEVEL);
  X509_VERIFY_PARAM_set_depth (param, MAX_CHAIN);
  if (X509_verify_cert (context) == 1)
    {
      chain = X509_STORE_CTX_get0_chain (context);
      return X509_dup (sk_X509_value (chain, sk_X509_num (chain) - 1));
    }
  problem = X509_STORE_CTX_get_error (context);
  refuse (error, code_of_chain (problem), "The signer is not accepted",
          X509_verify_cert_error_string (problem));
  return NULL;
}

/* --- the signature ---------------------------------------------------------------------------- */

/* One DER structure and nothing behind it, detached, of one signer with a strong digest. */
static CMS_ContentInfo *
parse_signature (GBytes *bytes, GError **error)
{
  gsize size;
  const unsigned char *data = g_bytes_get_data (bytes, &size);
  const unsigned char *end = data;
  g_autoptr (CMS_ContentInfo) cms =
    size <= MAX_SIGNATURE_BYTES ? d2i_CMS_ContentInfo (NULL, &end, (long) size) : NULL;
  STACK_OF (CMS_SignerInfo) * signers;
  X509_ALGOR *algorithm = NULL;

  if (cms == NULL || end != data + size || OBJ_obj2nid (CMS_get0_type (cms)) != NID_pkcs7_signed
      || CMS_is_detached (cms) != 1)
    {
      refuse (error, GS_STAMP_ERROR_PACK_SIGNATURE, "This is no detached CMS signature", NULL);
      return NULL;
    }
  signers = CMS_get0_SignerInfos (cms);
  if (sk_CMS_SignerInfo_num (signers) != 1)
    {
      refuse (error, GS_STAMP_ERROR_PACK_SIGNATURE, "It has not just one signer", NULL);
      return NULL;
    }
  CMS_SignerInfo_get0_algs (sk_CMS_SignerInfo_value (signers, 0), NULL, NULL, &algorithm, NULL);
  switch (algorithm != NULL ? OBJ_obj2nid (algorithm->algorithm) : NID_undef)
    {
    case NID_sha256:
    case NID_sha384:
    case NID_sha512:
      return g_steal_pointer (&cms);
    default:
      refuse (error, GS_STAMP_ERROR_PACK_SIGNATURE, "Its digest is weak or not known", NULL);
      return NULL;
    }
}

/* Who signed these bytes; whether that is somebody the desk believes is another question. The
 * reference is the signature's. */
static X509 *
find_signer (CMS_ContentInfo *cms, GBytes *content, GError **error)
{
  g_autoptr (BIO) bio = open_bytes (content);
  STACK_OF (X509) * signers;
  X509 *signer;

  if (CMS_verify (cms, NULL, NULL, bio, NULL, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) != 1)
    {
      refuse (error, GS_STAMP_ERROR_PACK_SIGNATURE, "The signature does not fit the list", NULL);
      return NULL;
    }
  signers = CMS_get0_signers (cms);
  signer = signers != NULL ? sk_X509_value (signers, 0) : NULL;
  sk_X509_free (signers);
  if (signer == NULL)
    refuse (error, GS_STAMP_ERROR_PACK_SIGNATURE, "The signer's certificate is missing", NULL);
  return signer;
}

static GsPackProof *
describe (GBytes *manifest, GsPackManifest *list, X509 *signer, X509 *authority)
{
  GsPackProof *proof = g_new0 (GsPackProof, 1);
  guint8 digest[EVP_MAX_MD_SIZE];
  guint size = 0;
  GString *hex = g_string_new (NULL);

  proof->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, manifest);
  proof->valid_from = g_strdup (gs_pack_manifest_get_valid_from (list));
  proof->valid_until = g_strdup (gs_pack_manifest_get_valid_until (list));
  proof->signer = dup_name (X509_get_subject_name (signer));
  proof->authority = dup_name (X509_get_subject_name (authority));
  X509_digest (signer, EVP_sha256 (), digest, &size);
  for (guint i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", digest[i]);
  proof->fingerprint = g_string_free (hex, FALSE);
  proof->signer_from_utc_ms = time_to_utc_ms (X509_get0_notBefore (signer));
  proof->signer_until_utc_ms = time_to_utc_ms (X509_get0_notAfter (signer));
  return proof;
}

static X509 *
check_signature (GBytes *manifest,
                 CMS_ContentInfo *cms,
                 GsPackAuthorities *authorities,
                 gint64 now_utc_ms,
                 X509 **authority,
                 GError **error)
{
  X509 *signer = find_signer (cms, manifest, error);
  STACK_OF (X509) * others;

  if (signer == NULL)
    return NULL;
  others = CMS_get1_certs (cms);
  *authority = check_chain (authorities, signer, others, now_utc_ms, error);
  free_certificates (others);
  return *authority != NULL && check_usage (signer, error) ? signer : NULL;
}

GsPackProof *
gs_pack_verify (GsPackFiles *files,
                GsPackAuthorities *authorities,
                gint64 now_utc_ms,
                GError **error)
{
  GBytes *manifest, *signature;
  g_autoptr (GsPackManifest) list = NULL;
  g_autoptr (CMS_ContentInfo) cms = NULL;
  g_autoptr (X509) authority = NULL;
  X509 *signer;

  g_return_val_if_fail (files != NULL && authorities != NULL, NULL);
  manifest = gs_pack_files_get (files, GS_PACK_MANIFEST);
  signature = gs_pack_files_get (files, GS_PACK_SIGNATURE);
  if (signature == NULL)
    refuse (error, GS_STAMP_ERROR_PACK_UNSIGNED, "The pack is not signed", NULL);
  else if (manifest == NULL)
    refuse (error, GS_STAMP_ERROR_PACK_MANIFEST, "The pack has no list of its files", NULL);
  else
    cms = parse_signature (signature, error);
  if (cms == NULL)
    return NULL;
  signer = check_signature (manifest, cms, authorities, now_utc_ms, &authority, error);
  if (signer == NULL)
    return NULL;
  /* Nothing of the pack is read before somebody whom the desk believes has answered for it. */
  list = gs_pack_manifest_parse (manifest, error);
  if (list == NULL || !gs_pack_manifest_check (list, files, error))
    return NULL;
  return describe (manifest, list, signer, authority);
}

void
gs_pack_proof_free (GsPackProof *self)
{
  if (self == NULL)
    return;
  g_free (self->digest);
  g_free (self->valid_from);
  g_free (self->valid_until);
  g_free (self->signer);
  g_free (self->authority);
  g_free (self->fingerprint);
  g_free (self);
}

gboolean
gs_pack_proof_check_day (const GsPackProof *self, const char *day, GError **error)
{
  g_return_val_if_fail (self != NULL && gs_pack_day_is_valid (day), FALSE);
  if (strcmp (day, self->valid_from) < 0)
    return refuse (error, GS_STAMP_ERROR_PACK_NOT_YET, "The pack is valid from", self->valid_from);
  if (self->valid_until != NULL && strcmp (day, self->valid_until) > 0)
    return refuse (error, GS_STAMP_ERROR_PACK_ENDED, "The pack was valid until", self->valid_until);
  return TRUE;
}

/* --- signing ---------------------------------------------------------------------------------- */

static CMS_ContentInfo *
make_signature (
  GBytes *manifest, EVP_PKEY *key, X509 *certificate, STACK_OF (X509) * chain, GError **error)
{
  g_autoptr (BIO) bio = open_bytes (manifest);
  unsigned int flags = CMS_BINARY | CMS_DETACHED | CMS_PARTIAL | CMS_NOSMIMECAP;
  g_autoptr (CMS_ContentInfo) cms = CMS_sign (NULL, NULL, chain, bio, flags);

  if (cms != NULL && CMS_add1_signer (cms, certificate, key, EVP_sha256 (), flags) != NULL
      && CMS_final (cms, bio, NULL, flags) == 1)
    return g_steal_pointer (&cms);
  refuse (error, GS_STAMP_ERROR_PACK_SIGNATURE, "The list cannot be signed with this key", NULL);
  return NULL;
}

static gboolean
put_signature (GsPackFiles *files, CMS_ContentInfo *cms, GError **error)
{
  unsigned char *der = NULL;
  int size = i2d_CMS_ContentInfo (cms, &der);
  g_autoptr (GBytes) bytes = size > 0 ? g_bytes_new (der, (gsize) size) : NULL;

  OPENSSL_free (der);
  if (bytes == NULL)
    return refuse (error, GS_STAMP_ERROR_PACK_SIGNATURE, "The signature cannot be written", NULL);
  return gs_pack_files_put (files, GS_PACK_SIGNATURE, bytes, error);
}

gboolean
gs_pack_sign (GsPackFiles *files, GBytes *key, GBytes *certificate, GBytes *chain, GError **error)
{
  GBytes *manifest;
  g_autoptr (BIO) key_bio = NULL;
  g_autoptr (BIO) certificate_bio = NULL;
  g_autoptr (EVP_PKEY) private_key = NULL;
  g_autoptr (X509) signer = NULL;
  g_autoptr (CMS_ContentInfo) cms = NULL;
  STACK_OF (X509) *others = NULL;

  g_return_val_if_fail (files != NULL && key != NULL && certificate != NULL, FALSE);
  manifest = gs_pack_files_get (files, GS_PACK_MANIFEST);
  if (manifest == NULL)
    return refuse (error, GS_STAMP_ERROR_PACK_MANIFEST, "The pack has no list of its files", NULL);
  key_bio = open_bytes (key);
  certificate_bio = open_bytes (certificate);
  private_key = PEM_read_bio_PrivateKey (key_bio, NULL, give_no_password, NULL);
  signer = PEM_read_bio_X509 (certificate_bio, NULL, give_no_password, NULL);
  if (private_key == NULL || signer == NULL || X509_check_private_key (signer, private_key) != 1)
    return refuse (error, GS_STAMP_ERROR_PACK_SIGNATURE,
                   "Key and certificate cannot be read or do not belong together", NULL);
  if (!check_usage (signer, error))
    return FALSE;
  if (chain != NULL && (others = read_certificates (chain)) == NULL)
    return refuse (error, GS_STAMP_ERROR_PACK_SIGNATURE, "The chain cannot be read", NULL);
  cms = make_signature (manifest, private_key, signer, others, error);
  if (others != NULL)
    free_certificates (others);
  return cms != NULL && put_signature (files, cms, error);
}
