/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-sign.h"

#include "gs-utopia-der.h"

#include <openssl/err.h>
#include <openssl/rsa.h>

typedef struct
{
  const char *oid;
  const char *digest;
  const char *digest_oid;
} SchemeRow;

#define HASH_SHA1 "SHA1", "1.3.14.3.2.26"
#define HASH_SHA256 "SHA256", "2.16.840.1.101.3.4.2.1"
#define HASH_SHA384 "SHA384", "2.16.840.1.101.3.4.2.2"
#define HASH_SHA512 "SHA512", "2.16.840.1.101.3.4.2.3"

static const SchemeRow schemes[] = {
  [GS_UTOPIA_SIGN_RSA_SHA1] = { "1.2.840.113549.1.1.5", HASH_SHA1 },
  [GS_UTOPIA_SIGN_RSA_SHA256] = { "1.2.840.113549.1.1.11", HASH_SHA256 },
  [GS_UTOPIA_SIGN_RSA_SHA512] = { "1.2.840.113549.1.1.13", HASH_SHA512 },
  [GS_UTOPIA_SIGN_PSS_SHA256] = { "1.2.840.113549.1.1.10", HASH_SHA256 },
  [GS_UTOPIA_SIGN_ECDSA_SHA1] = { "1.2.840.10045.4.1", HASH_SHA1 },
  [GS_UTOPIA_SIGN_ECDSA_SHA256] = { "1.2.840.10045.4.3.2", HASH_SHA256 },
  [GS_UTOPIA_SIGN_ECDSA_SHA384] = { "1.2.840.10045.4.3.3", HASH_SHA384 },
  [GS_UTOPIA_SIGN_ECDSA_SHA512] = { "1.2.840.10045.4.3.4", HASH_SHA512 },
};

static gboolean
is_rsa (GsUtopiaScheme scheme)
{
  return scheme <= GS_UTOPIA_SIGN_RSA_SHA512;
}

GBytes *
gs_utopia_scheme_digest_algorithm (GsUtopiaScheme scheme)
{
  return gs_utopia_der_of (0x30, gs_utopia_der_oid (schemes[scheme].digest_oid), NULL);
}

GBytes *
gs_utopia_scheme_algorithm (GsUtopiaScheme scheme)
{
  GBytes *oid = gs_utopia_der_oid (schemes[scheme].oid);

  if (is_rsa (scheme))
    return gs_utopia_der_of (0x30, oid, gs_utopia_der_null (), NULL);
  if (scheme != GS_UTOPIA_SIGN_PSS_SHA256)
    return gs_utopia_der_of (0x30, oid, NULL);
  return gs_utopia_der_of (
    0x30, oid,
    gs_utopia_der_of (
      0x30, gs_utopia_der_of (0xa0, gs_utopia_scheme_digest_algorithm (scheme), NULL),
      gs_utopia_der_of (0xa1,
                        gs_utopia_der_of (0x30, gs_utopia_der_oid ("1.2.840.113549.1.1.8"),
                                          gs_utopia_scheme_digest_algorithm (scheme), NULL),
                        NULL),
      gs_utopia_der_of (0xa2, gs_utopia_der_integer (32), NULL), NULL),
    NULL);
}

GBytes *
gs_utopia_scheme_digest (GsUtopiaScheme scheme, GBytes *bytes)
{
  guint8 hash[EVP_MAX_MD_SIZE];
  unsigned int length = 0;

  EVP_Digest (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), hash, &length,
              EVP_get_digestbyname (schemes[scheme].digest), NULL);
  return g_bytes_new (hash, length);
}

GBytes *
gs_utopia_scheme_sign (GsUtopiaScheme scheme, EVP_PKEY *key, GBytes *bytes, GError **error)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  EVP_PKEY_CTX *options = NULL;
  guint8 signature[1024];
  gsize length = sizeof signature;
  gboolean done;

  done =
    EVP_DigestSignInit_ex (context, &options, schemes[scheme].digest, NULL, NULL, key, NULL) == 1
    && (scheme != GS_UTOPIA_SIGN_PSS_SHA256
        || (EVP_PKEY_CTX_set_rsa_padding (options, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen (options, RSA_PSS_SALTLEN_DIGEST) == 1))
    && EVP_DigestSign (context, signature, &length, g_bytes_get_data (bytes, NULL),
                       g_bytes_get_size (bytes))
         == 1;
  EVP_MD_CTX_free (context);
  if (done)
    return g_bytes_new (signature, length);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "A signature could not be made: %s",
               ERR_reason_error_string (ERR_peek_last_error ()));
  ERR_clear_error ();
  return NULL;
}
