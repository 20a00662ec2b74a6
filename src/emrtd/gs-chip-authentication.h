/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-channel.h"
#include "gs-security-infos.h"

/* Chip authentication (ICAO Doc 9303-11 section 6.2): agrees new keys with the static key of DG14
 * and restarts secure messaging under them. That the chip holds the private key shows only in the
 * next answer that verifies: this function selects the application again for that. DG14 must be
 * verified by passive authentication, or the key proves nothing. info NULL means 3DES. FALSE with
 * GS_EMRTD_ERROR_SIGNATURE when the chip could not answer under the new keys (a copy), other errors
 * when the conversation broke. Blocks. */
gboolean gs_chip_authentication_perform (GsChipChannel *channel,
                                         const GsChipAuthenticationInfo *info,
                                         const GsChipAuthenticationKey *key,
                                         GError **error);
