/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-channel.h"

/* Active authentication (ICAO Doc 9303-11 section 6.1): the chip signs a challenge of 8 bytes with
 * the private key that belongs to DG15: RSA with message recovery (ISO/IEC 9796-2 scheme 1) or
 * plain ECDSA. DG15 must be verified by passive authentication, or the key proves nothing. */

#define GS_ACTIVE_CHALLENGE_LENGTH 8

/* Draws a challenge, has it signed, verifies. dg15: the file; algorithm: the signature algorithm of
 * DG14's ActiveAuthenticationInfo, dotted, or NULL (ECDSA is then taken with the hash of the
 * signature's own length). FALSE with GS_EMRTD_ERROR_SIGNATURE when the signature does not fit (a
 * copy), _MALFORMED or _UNSUPPORTED for a key that cannot be used, other errors when the
 * conversation broke. Blocks. */
gboolean gs_active_authentication_perform (GsChipChannel *channel,
                                           GBytes *dg15,
                                           const char *algorithm,
                                           GError **error);

/* The verification alone. Any thread. */
gboolean gs_active_authentication_verify (GBytes *dg15,
                                          const char *algorithm,
                                          const guint8 challenge[GS_ACTIVE_CHALLENGE_LENGTH],
                                          const guint8 *signature,
                                          gsize length,
                                          GError **error);
