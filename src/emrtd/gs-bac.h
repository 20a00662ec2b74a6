/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-access-key.h"
#include "gs-chip-channel.h"

/* Basic Access Control (ICAO Doc 9303-11 section 4.3): proves the MRZ to the chip and sets up
 * secure messaging with 3DES on the channel. The eMRTD application must be selected. FALSE with
 * GS_EMRTD_ERROR_ACCESS when the chip refuses the MRZ or cannot prove that it knows it, other
 * errors when there is no conversation. Blocks. */
gboolean gs_bac_perform (GsChipChannel *channel, const GsAccessKey *key, GError **error);
