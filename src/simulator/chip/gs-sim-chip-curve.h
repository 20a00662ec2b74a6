/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-chip-crypto.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

/* Arithmetic on curves and in prime fields for the chip's own protocols. Any thread. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_clear_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EC_GROUP, EC_GROUP_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EC_POINT, EC_POINT_free)

#define GS_SIM_POINT_MAX (1 + 2 * 66)

/* The curve of a parameter number of Doc 9303-11, table 6; NULL for none. Transfer full. */
EC_GROUP *gs_sim_curve_new (guint parameter_id);

/* 1 to order - 1. Transfer full. */
BIGNUM *gs_sim_curve_random (const EC_GROUP *group, const GsSimRandomSource *random);

/* A point from its uncompressed bytes; NULL when it is not on the curve. Transfer full. */
EC_POINT *gs_sim_curve_read (const EC_GROUP *group, const guint8 *bytes, gsize length);

/* Uncompressed: returns the length. */
gsize
gs_sim_curve_write (const EC_GROUP *group, const EC_POINT *point, guint8 bytes[GS_SIM_POINT_MAX]);

/* The first coordinate, as long as the field. Returns the length; 0 at infinity. */
gsize
gs_sim_curve_first (const EC_GROUP *group, const EC_POINT *point, guint8 bytes[GS_SIM_POINT_MAX]);

/* The shared secret of a private key (EC or DH) and the other side's public key, as chip
 * authentication sends it: a point, or a number. NULL when it does not fit. Transfer full. */
GBytes *gs_sim_key_agree (EVP_PKEY *key, const guint8 *peer, gsize length);
