/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-pack.h"

#include "gs-pack-manifest.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

struct _GsTestPackAuthority
{
  EVP_PKEY *key;
  X509 *certificate;
};

static void
add_extension (X509 *certificate, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;
  X509_EXTENSION *extension;

  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  g_assert_nonnull (extension);
  X509_add_ext (certificate, extension, -1);
  X509_EXTENSION_free (extension);
}

/* Not signed yet. */
static X509 *
new_certificate (const char *name, EVP_PKEY *key, X509 *issuer, const char *from, const char *until)
{
  static long serial = 1;
  X509 *certificate = X509_new ();
  X509_NAME *subject = X509_get_subject_name (certificate);

  X509_set_version (certificate, 2);
  ASN1_INTEGER_set (X509_get_serialNumber (certificate), serial++);
  X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_UTF8, (const guchar *) name, -1, -1, 0);
  X509_set_issuer_name (certificate, issuer != NULL ? X509_get_subject_name (issuer) : subject);
  ASN1_TIME_set_string (X509_getm_notBefore (certificate), from);
  ASN1_TIME_set_string (X509_getm_notAfter (certificate), until);
  X509_set_pubkey (certificate, key);
  return certificate;
}

GsTestPackAuthority *
gs_test_pack_authority_new (const char *name, gboolean expired)
{
  GsTestPackAuthority *self = g_new0 (GsTestPackAuthority, 1);

  self->key = EVP_EC_gen ("P-256");
  self->certificate = new_certificate (name, self->key, NULL, "20200101000000Z",
                                       expired ? "20210101000000Z" : "20491231235959Z");
  add_extension (self->certificate, self->certificate, NID_basic_constraints, "critical,CA:TRUE");
  add_extension (self->certificate, self->certificate, NID_key_usage, "critical,keyCertSign");
  g_assert_cmpint (X509_sign (self->certificate, self->key, EVP_sha256 ()), >, 0);
  return self;
}

void
gs_test_pack_authority_free (GsTestPackAuthority *self)
{
  EVP_PKEY_free (self->key);
  X509_free (self->certificate);
  g_free (self);
}

static GBytes *
take_bio (BIO *bio)
{
  char *data;
  long size = BIO_get_mem_data (bio, &data);
  GBytes *bytes = g_bytes_new (data, (gsize) size);

  BIO_free (bio);
  return bytes;
}

static GBytes *
certificate_to_pem (X509 *certificate)
{
  BIO *bio = BIO_new (BIO_s_mem ());

  PEM_write_bio_X509 (bio, certificate);
  return take_bio (bio);
}

GBytes *
gs_test_pack_authority_dup_pem (GsTestPackAuthority *self)
{
  return certificate_to_pem (self->certificate);
}

static X509 *
make_signer (GsTestPackAuthority *self, GsTestSigner kind, EVP_PKEY *key)
{
  X509 *signer =
    new_certificate ("Test signer", key, self->certificate,
                     kind == GS_TEST_SIGNER_NOT_YET ? "20400101000000Z" : "20200101000000Z",
                     kind == GS_TEST_SIGNER_EXPIRED ? "20210101000000Z" : "20491231235959Z");

  add_extension (signer, self->certificate, NID_basic_constraints, "critical,CA:FALSE");
  if (kind != GS_TEST_SIGNER_NO_KEY_USAGE)
    add_extension (signer, self->certificate, NID_key_usage,
                   kind == GS_TEST_SIGNER_ENCIPHERS ? "critical,keyEncipherment"
                                                    : "critical,digitalSignature");
  if (kind != GS_TEST_SIGNER_ANY_USE)
    add_extension (signer, self->certificate, NID_ext_key_usage,
                   kind == GS_TEST_SIGNER_SERVER ? "serverAuth" : "codeSigning");
  g_assert_cmpint (X509_sign (signer, self->key, EVP_sha256 ()), >, 0);
  return signer;
}

void
gs_test_pack_authority_make_signer (GsTestPackAuthority *self,
                                    GsTestSigner kind,
                                    GBytes **key,
                                    GBytes **certificate)
{
  EVP_PKEY *private_key = EVP_EC_gen ("P-256");
  X509 *signer = make_signer (self, kind, private_key);
  BIO *bio = BIO_new (BIO_s_mem ());

  PEM_write_bio_PrivateKey (bio, private_key, NULL, NULL, 0, NULL, NULL);
  *key = take_bio (bio);
  *certificate = certificate_to_pem (signer);
  X509_free (signer);
  EVP_PKEY_free (private_key);
}

static void
add_second_signer (CMS_ContentInfo *cms, GsTestPackAuthority *authority, unsigned int flags)
{
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *signer = make_signer (authority, GS_TEST_SIGNER_GOOD, key);

  g_assert_nonnull (CMS_add1_signer (cms, signer, key, EVP_sha256 (), flags));
  X509_free (signer);
  EVP_PKEY_free (key);
}

static GBytes *
make_signature (GBytes *content, GsTestPackAuthority *authority, GsTestSigner kind)
{
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *signer = make_signer (authority, kind, key);
  unsigned int flags = CMS_BINARY | CMS_PARTIAL
                       | (kind == GS_TEST_SIGNER_ATTACHED ? 0 : CMS_DETACHED)
                       | (kind == GS_TEST_SIGNER_NO_CERTIFICATE ? CMS_NOCERTS : 0);
  const EVP_MD *digest = kind == GS_TEST_SIGNER_SHA1 ? EVP_sha1 () : EVP_sha256 ();
  BIO *bio = BIO_new_mem_buf (g_bytes_get_data (content, NULL), (int) g_bytes_get_size (content));
  CMS_ContentInfo *cms = CMS_sign (NULL, NULL, NULL, bio, flags);
  unsigned char *der = NULL;
  GBytes *bytes;
  int size;

  g_assert_nonnull (CMS_add1_signer (cms, signer, key, digest, flags));
  if (kind == GS_TEST_SIGNER_TWICE)
    add_second_signer (cms, authority, flags);
  if (CMS_final (cms, bio, NULL, flags) != 1)
    g_error ("signer %d: %s", kind, ERR_reason_error_string (ERR_get_error ()));
  size = i2d_CMS_ContentInfo (cms, &der);
  bytes = g_bytes_new (der, (gsize) size);
  OPENSSL_free (der);
  CMS_ContentInfo_free (cms);
  BIO_free (bio);
  X509_free (signer);
  EVP_PKEY_free (key);
  return bytes;
}

void
gs_test_pack_sign (GsPackFiles *files,
                   GsTestPackAuthority *authority,
                   GsTestSigner kind,
                   const char *manifest)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) list = manifest != NULL
                              ? g_bytes_new (manifest, strlen (manifest))
                              : gs_pack_manifest_make (files, "2020-01-01", NULL, &error);
  g_autoptr (GBytes) signature = NULL;

  g_assert_no_error (error);
  signature = make_signature (list, authority, kind);
  g_assert_true (gs_pack_files_put (files, GS_PACK_MANIFEST, list, &error));
  g_assert_true (gs_pack_files_put (files, GS_PACK_SIGNATURE, signature, &error));
}

GsPackFiles *
gs_test_pack_files (void)
{
  g_autofree char *folder =
    g_build_filename (g_getenv ("GATESIDE_SOURCE_ROOT"), "data", "specimen-pack", NULL);
  g_autoptr (GError) error = NULL;
  GsPackFiles *files = gs_pack_files_read (folder, &error);

  g_assert_no_error (error);
  return files;
}

GsPackFiles *
gs_test_pack_without (GsPackFiles *files, const char *name)
{
  GsPackFiles *fewer = gs_pack_files_new ();
  g_auto (GStrv) names = gs_pack_files_dup_names (files);

  for (char **one = names; *one != NULL; one++)
    if (!g_str_equal (*one, name))
      g_assert_true (gs_pack_files_put (fewer, *one, gs_pack_files_get (files, *one), NULL));
  return fewer;
}
