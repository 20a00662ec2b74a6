/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-random-source.h"

#include <openssl/bn.h>
#include <openssl/ec.h>

/* Key agreement over elliptic curves as PACE and chip authentication need it: on curves with a
 * generator of their own, with private keys from a source that can be replayed. Any thread. Errors
 * are GS_EMRTD_ERROR; a point from outside is always checked to lie on the curve and not to be at
 * infinity. */

/* The curve of a standardised set of domain parameters, 8 to 18 (ICAO Doc 9303-11 table 6). NULL
 * with GS_EMRTD_ERROR_UNSUPPORTED for the DH groups and unknown numbers. Transfer full. */
EC_GROUP *gs_chip_curve_new (int parameter_id, GError **error);

/* A private key: random bytes of the order's length, drawn again until 0 < key < order. Free with
 * BN_clear_free(). */
BIGNUM *
gs_chip_curve_draw_key (const EC_GROUP *curve, const GsRandomSource *random, GError **error);

/* key times point, or times the curve's generator when point is NULL. Transfer full. */
EC_POINT *gs_chip_curve_multiply (const EC_GROUP *curve,
                                  const EC_POINT *point,
                                  const BIGNUM *key,
                                  GError **error);

/* The uncompressed form, 04 x y. Transfer full. */
GBytes *gs_chip_curve_encode (const EC_GROUP *curve, const EC_POINT *point, GError **error);
EC_POINT *
gs_chip_curve_decode (const EC_GROUP *curve, const guint8 *bytes, gsize size, GError **error);

/* The x coordinate, filled up to the field's length: the shared secret. Transfer full. */
GBytes *gs_chip_curve_get_x (const EC_GROUP *curve, const EC_POINT *point, GError **error);

/* The curve and the point of an EC SubjectPublicKeyInfo, its parameters named, numbered or
 * written out. Both
 * transfer full. */
gboolean gs_chip_curve_from_public_key (
  const guint8 *der, gsize size, EC_GROUP **curve, EC_POINT **point, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EC_GROUP, EC_GROUP_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EC_POINT, EC_POINT_clear_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_clear_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BN_CTX, BN_CTX_free)
