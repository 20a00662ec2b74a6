/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-pki.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <unistd.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)

#define CA_DAYS 3650
#define LEAF_DAYS 825

typedef struct
{
  const char *name;
  const char *alternative; /* subjectAltName */
  const char *usage;       /* extendedKeyUsage */
} Leaf;

static const Leaf leaves[] = {
  { "hall", "DNS:localhost,IP:127.0.0.1,IP:::1", "serverAuth" },
  { "desk-1", "DNS:desk-1", "clientAuth" },
  { "desk-2", "DNS:desk-2", "clientAuth" },
  { "desk-3", "DNS:desk-3", "clientAuth" },
  { "desk-4", "DNS:desk-4", "clientAuth" },
  { "printer", "DNS:localhost,IP:127.0.0.1,IP:::1", "serverAuth" },
};

static gboolean
fail (GError **error, const char *what)
{
  const char *reason = ERR_reason_error_string (ERR_peek_last_error ());

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", what,
               reason ? reason : g_strerror (errno));
  ERR_clear_error ();
  return FALSE;
}

static gboolean
add_extension (X509 *certificate, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;
  X509_EXTENSION *extension;
  gboolean added;

  X509V3_set_ctx_nodb (&context);
  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  if (extension == NULL)
    return FALSE;
  added = X509_add_ext (certificate, extension, -1) == 1;
  X509_EXTENSION_free (extension);
  return added;
}

static gboolean
set_serial (X509 *certificate)
{
  unsigned char bytes[16];
  BIGNUM *number;
  gboolean set;

  if (RAND_bytes (bytes, sizeof bytes) != 1)
    return FALSE;
  bytes[0] &= 0x7f;
  number = BN_bin2bn (bytes, sizeof bytes, NULL);
  set = number != NULL && BN_to_ASN1_INTEGER (number, X509_get_serialNumber (certificate)) != NULL;
  BN_free (number);
  return set;
}

static gboolean
set_name (X509 *certificate, const char *common_name)
{
  X509_NAME *name = X509_get_subject_name (certificate);

  return X509_NAME_add_entry_by_txt (name, "C", MBSTRING_ASC, (const guchar *) "UT", -1, -1, 0)
         && X509_NAME_add_entry_by_txt (name, "O", MBSTRING_ASC, (const guchar *) "Utopia SPECIMEN",
                                        -1, -1, 0)
         && X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_ASC, (const guchar *) common_name, -1,
                                        -1, 0);
}

/* A certificate without extensions and signature. */
static X509 *
new_certificate (EVP_PKEY *key, X509 *issuer, const char *common_name, int days)
{
  g_autoptr (X509) certificate = X509_new ();

  if (certificate == NULL || !X509_set_version (certificate, X509_VERSION_3)
      || !set_serial (certificate) || !set_name (certificate, common_name)
      || !X509_set_issuer_name (certificate, X509_get_subject_name (issuer ? issuer : certificate))
      || X509_gmtime_adj (X509_getm_notBefore (certificate), -3600) == NULL
      || X509_gmtime_adj (X509_getm_notAfter (certificate), 86400L * days) == NULL
      || !X509_set_pubkey (certificate, key))
    return NULL;
  return g_steal_pointer (&certificate);
}

static char *
get_path (const char *folder, const char *name, const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);

  return g_build_filename (folder, file, NULL);
}

static gboolean
write_pem (const char *path, X509 *certificate, EVP_PKEY *key, GError **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, key != NULL ? 0600 : 0644);
  FILE *file = fd < 0 ? NULL : fdopen (fd, "w");
  gboolean written;

  if (file == NULL)
    return fail (error, path);
  if (key != NULL)
    written = PEM_write_PrivateKey (file, key, NULL, NULL, 0, NULL, NULL) == 1;
  else
    written = PEM_write_X509 (file, certificate) == 1;
  if (fclose (file) != 0 || !written)
    return fail (error, path);
  return TRUE;
}

static gboolean
write_pair (const char *folder, const char *name, X509 *certificate, EVP_PKEY *key, GError **error)
{
  g_autofree char *key_path = get_path (folder, name, ".key");
  g_autofree char *certificate_path = get_path (folder, name, ".pem");

  return write_pem (key_path, NULL, key, error)
         && write_pem (certificate_path, certificate, NULL, error);
}

static gboolean
exists (const char *folder, const char *name)
{
  g_autofree char *key_path = get_path (folder, name, ".key");
  g_autofree char *certificate_path = get_path (folder, name, ".pem");

  return g_file_test (key_path, G_FILE_TEST_IS_REGULAR)
         && g_file_test (certificate_path, G_FILE_TEST_IS_REGULAR);
}

static gboolean
load_ca (const char *folder, X509 **certificate, EVP_PKEY **key, GError **error)
{
  g_autofree char *key_path = get_path (folder, "ca", ".key");
  g_autofree char *certificate_path = get_path (folder, "ca", ".pem");
  FILE *file = fopen (certificate_path, "re");

  if (file == NULL)
    return fail (error, certificate_path);
  *certificate = PEM_read_X509 (file, NULL, NULL, NULL);
  fclose (file);
  file = fopen (key_path, "re");
  if (file == NULL)
    return fail (error, key_path);
  *key = PEM_read_PrivateKey (file, NULL, NULL, NULL);
  fclose (file);
  return *certificate != NULL && *key != NULL ? TRUE : fail (error, folder);
}

static gboolean
make_ca (const char *folder, X509 **certificate, EVP_PKEY **key, GError **error)
{
  *key = EVP_EC_gen ("P-256");
  if (*key != NULL)
    *certificate = new_certificate (*key, NULL, "Utopia Hall CA SPECIMEN", CA_DAYS);
  if (*certificate == NULL
      || !add_extension (*certificate, *certificate, NID_basic_constraints,
                         "critical,CA:TRUE,pathlen:0")
      || !add_extension (*certificate, *certificate, NID_key_usage, "critical,keyCertSign,cRLSign")
      || !add_extension (*certificate, *certificate, NID_subject_key_identifier, "hash")
      || X509_sign (*certificate, *key, EVP_sha256 ()) == 0)
    return fail (error, "ca");
  return write_pair (folder, "ca", *certificate, *key, error);
}

static gboolean
make_leaf (const char *folder, const Leaf *leaf, X509 *ca, EVP_PKEY *ca_key, GError **error)
{
  g_autoptr (EVP_PKEY) key = EVP_EC_gen ("P-256");
  g_autoptr (X509) certificate = NULL;

  if (key != NULL)
    certificate = new_certificate (key, ca, leaf->name, LEAF_DAYS);
  if (certificate == NULL
      || !add_extension (certificate, ca, NID_basic_constraints, "critical,CA:FALSE")
      || !add_extension (certificate, ca, NID_key_usage, "critical,digitalSignature")
      || !add_extension (certificate, ca, NID_ext_key_usage, leaf->usage)
      || !add_extension (certificate, ca, NID_subject_key_identifier, "hash")
      || !add_extension (certificate, ca, NID_authority_key_identifier, "keyid")
      || !add_extension (certificate, ca, NID_subject_alt_name, leaf->alternative)
      || X509_sign (certificate, ca_key, EVP_sha256 ()) == 0)
    return fail (error, leaf->name);
  return write_pair (folder, leaf->name, certificate, key, error);
}

gboolean
gs_sim_pki_make (const char *folder, GError **error)
{
  g_autoptr (X509) ca = NULL;
  g_autoptr (EVP_PKEY) key = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, folder);
  if (exists (folder, "ca") ? !load_ca (folder, &ca, &key, error)
                            : !make_ca (folder, &ca, &key, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (leaves); i++)
    if (!exists (folder, leaves[i].name) && !make_leaf (folder, &leaves[i], ca, key, error))
      return FALSE;
  return TRUE;
}

gboolean
gs_sim_pki_is_client (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  g_autoptr (X509) parsed = NULL;
  const guchar *data;

  g_object_get (certificate, "certificate", &der, NULL);
  if (der == NULL)
    return FALSE;
  data = der->data;
  parsed = d2i_X509 (NULL, &data, (long) der->len);
  return parsed != NULL && X509_check_purpose (parsed, X509_PURPOSE_SSL_CLIENT, 0) == 1;
}
