/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-key.h"

/* The files of a passport's chip (Doc 9303-10), written by hand. All results are transfer full.
 * Any thread. */

#define GS_UTOPIA_ID_SECURITY_OBJECT "2.23.136.1.1.1"
#define GS_UTOPIA_ID_CARD_SECURITY "0.4.0.127.0.7.3.2.1"

/* EF.COM with the tags of the data groups in GROUPS (numbers, ends with 0). */
GBytes *gs_utopia_lds_com (const guint8 *groups);

/* MRZ: two lines of 44, one after the other. */
GBytes *gs_utopia_lds_dg1 (const char *mrz);

/* NAME: as in DG11, own script, "<<" between family and given names; BIRTH: YYYYMMDD. */
GBytes *gs_utopia_lds_dg11 (const char *name, const char *birth);

/* DG14 around SecurityInfos; both take over what they are given. */
GBytes *gs_utopia_lds_dg14 (GBytes *infos);
GBytes *gs_utopia_lds_dg15 (EVP_PKEY *key);

/* EF.SOD around a ContentInfo, which is taken over. */
GBytes *gs_utopia_lds_sod (GBytes *content_info);

/* One group and its hash in an LDSSecurityObject. */
typedef struct
{
  guint8 number;
  GBytes *hash;
} GsUtopiaGroupHash;

/* LDSSecurityObject (Doc 9303-10, 4.6.2.3): version 0, or 1 with the LDS' version in it. Groups
 * stand in the order given. DIGEST is an AlgorithmIdentifier and taken over. */
GBytes *gs_utopia_lds_security_object (GBytes *digest,
                                       const GsUtopiaGroupHash *groups,
                                       guint n_groups,
                                       gboolean version_1);

/* ---- SecurityInfos (Doc 9303-11, 9.2) ---- */

typedef enum
{
  GS_UTOPIA_MAP_NONE,
  GS_UTOPIA_MAP_DH_GENERIC = 1,
  GS_UTOPIA_MAP_GENERIC = 2,
  GS_UTOPIA_MAP_DH_INTEGRATED = 3,
  GS_UTOPIA_MAP_INTEGRATED = 4,
  GS_UTOPIA_MAP_CHIP = 6,
} GsUtopiaMapping;

typedef enum
{
  GS_UTOPIA_CIPHER_3DES = 1,
  GS_UTOPIA_CIPHER_AES128,
  GS_UTOPIA_CIPHER_AES192,
  GS_UTOPIA_CIPHER_AES256,
} GsUtopiaCipher;

/* The protocol's OID, dotted; transfer full. */
char *gs_utopia_pace_oid (GsUtopiaMapping mapping, GsUtopiaCipher cipher);
char *gs_utopia_ca_oid (EVP_PKEY *key, GsUtopiaCipher cipher);

GBytes *
gs_utopia_lds_pace_info (GsUtopiaMapping mapping, GsUtopiaCipher cipher, guint parameter_id);
GBytes *gs_utopia_lds_ca_info (EVP_PKEY *key, GsUtopiaCipher cipher, guint key_id);
GBytes *gs_utopia_lds_ca_public_key (EVP_PKEY *key, GsUtopiaKeyForm form, guint key_id);
/* ActiveAuthenticationInfo of an EC key with SHA-256 (BSI TR-03111's plain format). */
GBytes *gs_utopia_lds_aa_info (void);
/* The SET OF them; PARTS is taken over. */
GBytes *gs_utopia_lds_infos (GPtrArray *parts);
