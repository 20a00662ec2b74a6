/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-cipher.h"
#include "gs-chip-curve.h"

/* The two ways in which PACE turns the nonce into a generator of the curve that nobody can know
 * beforehand (ICAO Doc 9303-11 section 4.4.3.3). Any thread. */

/* Generic mapping: nonce times the generator plus the shared point. Transfer full. */
EC_POINT *gs_pace_map_generic (
  const EC_GROUP *curve, const guint8 *nonce, gsize length, const EC_POINT *shared, GError **error);

/* Integrated mapping: the point that the pseudo-random function of both nonces encodes, by
 * simplified Shallue-van de Woestijne-Ulas for primes that are 3 modulo 4 (appendix B). Both nonces
 * have length bytes. Transfer full. */
EC_POINT *gs_pace_map_integrated (const EC_GROUP *curve,
                                  GsChipCipher cipher,
                                  const guint8 *chip_nonce,
                                  const guint8 *own_nonce,
                                  gsize length,
                                  GError **error);

/* How many bytes the chip's nonce and our own have under this cipher: 16, or 32 for AES-192 and
 * AES-256 in the chip's, and the key's length in our own. */
gsize gs_pace_nonce_length (GsChipCipher cipher);
