/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-random-source.h"

/* One key agreement with a public key of the chip, over its own curve or DH group. public_key:
 * SubjectPublicKeyInfo in DER. own_key: what is sent (an uncompressed point, or the DH public key
 * filled up to the prime's length); secret: the x coordinate, or the DH secret of the prime's
 * length. Both transfer full, NULL on error. Any thread. */
gboolean gs_chip_agreement_run (GBytes *public_key,
                                gboolean elliptic,
                                const GsRandomSource *random,
                                GBytes **own_key,
                                GBytes **secret,
                                GError **error);
