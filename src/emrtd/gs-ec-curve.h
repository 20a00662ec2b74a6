/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <openssl/types.h>

/* Elliptic curves that passports sign with: the NIST and SEC prime curves and the Brainpool curves
 * (RFC 5639), from 192 to 521 bits.
 *
 * Most signing authorities write their curve out as parameters instead of its name. Such parameters
 * are accepted only if every one of them (field, a, b, generator, order, and the cofactor where it
 * is given) is that of a curve of this list: a curve with a generator of an attacker's choice
 * verifies any signature that he likes (CVE-2020-0601). Any thread. */

/* OpenSSL's number of the curve that the DER element (an OBJECT IDENTIFIER or an ECParameters
 * SEQUENCE of RFC 3279 section 2.3.5) is; 0 with an error when it is none of the list.
 * is_explicit, may be NULL: whether it was written out. */
int gs_ec_curve_identify (const guint8 *parameters,
                          gsize length,
                          gboolean *is_explicit,
                          GError **error);

/* The public key of a certificate. One on an elliptic curve always comes on the named curve,
 * whatever its parameters say; NULL with an error when the curve is none of the list or the point
 * is not on it. Transfer full (EVP_PKEY_free). */
EVP_PKEY *gs_ec_curve_get_key (X509 *certificate, gboolean *is_explicit, GError **error);
