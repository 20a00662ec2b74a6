/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <openssl/evp.h>

/* Signatures as states make them. Any thread. */

typedef enum
{
  GS_UTOPIA_SIGN_RSA_SHA1 = 1, /* weak: for the grade */
  GS_UTOPIA_SIGN_RSA_SHA256,
  GS_UTOPIA_SIGN_RSA_SHA512,
  GS_UTOPIA_SIGN_PSS_SHA256, /* salt as long as the hash (RFC 4055) */
  GS_UTOPIA_SIGN_ECDSA_SHA1,
  GS_UTOPIA_SIGN_ECDSA_SHA256,
  GS_UTOPIA_SIGN_ECDSA_SHA384,
  GS_UTOPIA_SIGN_ECDSA_SHA512,
} GsUtopiaScheme;

/* AlgorithmIdentifier of the signature. Transfer full. */
GBytes *gs_utopia_scheme_algorithm (GsUtopiaScheme scheme);

/* AlgorithmIdentifier of its hash. Transfer full. */
GBytes *gs_utopia_scheme_digest_algorithm (GsUtopiaScheme scheme);

/* The hash of BYTES. Transfer full. */
GBytes *gs_utopia_scheme_digest (GsUtopiaScheme scheme, GBytes *bytes);

/* The signature over BYTES; NULL and ERROR when the key does not fit. Transfer full. */
GBytes *gs_utopia_scheme_sign (GsUtopiaScheme scheme, EVP_PKEY *key, GBytes *bytes, GError **error);
