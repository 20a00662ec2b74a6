/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-access-key.h"
#include "gs-chip-channel.h"
#include "gs-security-infos.h"

/* Password Authenticated Connection Establishment (ICAO Doc 9303-11 section 4.4) over elliptic
 * curves, with generic, integrated or chip-authentication mapping. */

/* What chip-authentication mapping leaves behind: proof to be held against the chip's key in
 * EF.CardSecurity once that is read and verified (section 4.4.3.3.3). NULL members otherwise. */
typedef struct
{
  int parameter_id;
  GBytes *mapping_key; /* the chip's public key of the mapping, uncompressed */
  GBytes *proof;       /* the deciphered chip authentication data */
} GsPaceProof;

/* Proves the MRZ or card access number to the chip and sets up secure messaging on the channel. The
 * master file must be selected. proof may be NULL; else it is filled. FALSE with
 * GS_EMRTD_ERROR_ACCESS when the chip refuses the password or cannot prove that it knows it, other
 * errors when there is no conversation. Blocks. */
gboolean gs_pace_perform (GsChipChannel *channel,
                          const GsAccessKey *key,
                          const GsPaceInfo *info,
                          GsPaceProof *proof,
                          GError **error);

/* TRUE when the proof shows that the chip holds the private key of public_key
 * (SubjectPublicKeyInfo): proof times the key's point is the mapping key. FALSE with
 * GS_EMRTD_ERROR_SIGNATURE when it does not, else another error. */
gboolean gs_pace_proof_verify (const GsPaceProof *proof, GBytes *public_key, GError **error);

void gs_pace_proof_clear (GsPaceProof *proof);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GsPaceProof, gs_pace_proof_clear)
