/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <openssl/types.h>

G_BEGIN_DECLS

/* The curves that seals are signed on, each with the hash of its size (ICAO Doc 9303-13 § 2.4).
 * Plain constants; any thread. */
typedef struct
{
  int nid;
  const char *name; /* as OpenSSL has it */
  guint bytes;      /* of r, and of s */
  GChecksumType hash;
  guint hash_bytes;
} GsSealCurve;

/* NULL when the key is on none of them, or is no key of an elliptic curve. */
const GsSealCurve *gs_seal_curve_of (EVP_PKEY *key);

/* The hash of the data, hash_bytes of it, into digest. */
void gs_seal_curve_hash (const GsSealCurve *self, GBytes *data, guint8 digest[64]);

/* r‖s to DER and back. NULL when the bytes are no signature of that curve. Transfer full. */
GBytes *gs_seal_curve_to_der (const GsSealCurve *self, GBytes *plain);
GBytes *gs_seal_curve_from_der (const GsSealCurve *self, const guint8 *der, gsize length);

G_END_DECLS
