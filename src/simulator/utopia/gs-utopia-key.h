/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <openssl/evp.h>

/* The keys of Utopia. They come from a seed, so that the same country can be made again anywhere:
 * these keys protect nothing. Any thread. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)

typedef enum
{
  GS_UTOPIA_KEY_RSA_1024 = 1,
  GS_UTOPIA_KEY_RSA_2048,
  GS_UTOPIA_KEY_RSA_3072,
  GS_UTOPIA_KEY_P256,
  GS_UTOPIA_KEY_P384,
  GS_UTOPIA_KEY_P521,
  GS_UTOPIA_KEY_BP256,
  GS_UTOPIA_KEY_BP384,
  GS_UTOPIA_KEY_DH_2048, /* RFC 5114, section 2.3 */
} GsUtopiaKeyKind;

/* How a public key says on which curve it lies. Other keys than EC have one form only. */
typedef enum
{
  GS_UTOPIA_FORM_NAMED = 1,
  GS_UTOPIA_FORM_EXPLICIT,     /* all parameters written out, as most CSCAs do */
  GS_UTOPIA_FORM_UNNAMED,      /* written out, with a generator that is no named curve's */
  GS_UTOPIA_FORM_STANDARDIZED, /* BSI TR-03110-3, A.2.1.1: the number of the parameters */
} GsUtopiaKeyForm;

/* The same KIND, SEED and LABEL give the same key. NULL and ERROR when OpenSSL lacks the kind.
 * Transfer full. */
EVP_PKEY *gs_utopia_key_new (GsUtopiaKeyKind kind, guint64 seed, const char *label, GError **error);

/* As above, kept as FOLDER/LABEL.pem (mode 0600) and read from there the next time. */
EVP_PKEY *gs_utopia_key_load (
  const char *folder, GsUtopiaKeyKind kind, guint64 seed, const char *label, GError **error);

/* Writes the private key as PEM with mode 0600. DURABLE: whole or not at all, whatever happens,
 * which takes the disk's time. */
gboolean gs_utopia_key_save (EVP_PKEY *key, const char *path, gboolean durable, GError **error);

/* SubjectPublicKeyInfo. */
GBytes *gs_utopia_key_public (EVP_PKEY *key, GsUtopiaKeyForm form);

/* SHA-1 of the public key's bits (RFC 5280, 4.2.1.2, method 1). */
GBytes *gs_utopia_key_identifier (EVP_PKEY *key);

/* The number of an EC key's parameters in Doc 9303-11, table 6 (12: P-256 …); 0 for none. */
guint gs_utopia_key_parameter_id (EVP_PKEY *key);
