/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-seal.h"

#include <glib.h>
#include <openssl/types.h>

G_BEGIN_DECLS

/* A public key that seals are believed under: a certificate, or a key of which nobody says whose it
 * is. Read once, immutable, counted atomically; any thread. */
typedef struct _GsSealKey GsSealKey;

GsSealKey *gs_seal_key_ref (GsSealKey *self);
void gs_seal_key_unref (GsSealKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSealKey, gs_seal_key_unref)

/* Takes its own references. source: the file's name, for sentences. NULL with GS_SEAL_ERROR_KEY
 * when it is no key of an elliptic curve that seals are signed with (256 to 512 bits, named). */
GsSealKey *gs_seal_key_new_certificate (X509 *certificate, const char *source, GError **error);
GsSealKey *gs_seal_key_new_bare (EVP_PKEY *key, const char *source, GError **error);

EVP_PKEY *gs_seal_key_get_key (GsSealKey *self);
/* NULL for a bare key. */
X509 *gs_seal_key_get_certificate (GsSealKey *self);
const char *gs_seal_key_get_source (GsSealKey *self);
/* "brainpoolP256r1". */
const char *gs_seal_key_get_curve (GsSealKey *self);
/* SHA-256 of the key's SubjectPublicKeyInfo, small hexadecimal digits. */
const char *gs_seal_key_get_fingerprint (GsSealKey *self);
/* C and CN of the certificate's subject as a seal names them, "UTTS", when those have two letters
 * each; else NULL. */
const char *gs_seal_key_get_signer (GsSealKey *self);
/* The certificate's serial number, "5B"; NULL for a bare key. */
const char *gs_seal_key_get_reference (GsSealKey *self);
/* RFC 2253; NULL for a bare key. */
const char *gs_seal_key_get_subject (GsSealKey *self);
/* The days between which the certificate may sign; year 0 for a bare key. */
const GsSealDate *gs_seal_key_get_first_day (GsSealKey *self);
const GsSealDate *gs_seal_key_get_last_day (GsSealKey *self);
/* FALSE when the certificate says that its key is not for signatures. */
gboolean gs_seal_key_may_sign (GsSealKey *self);

/* Bytes of a signature r‖s. */
gsize gs_seal_key_get_signature_size (GsSealKey *self);
/* ECDSA over the data, hashed with the SHA-2 of the curve's size (Doc 9303-13 § 2.4). FALSE for
 * whatever does not verify. */
gboolean gs_seal_key_verify (GsSealKey *self, GBytes *data, GBytes *signature);

G_END_DECLS
