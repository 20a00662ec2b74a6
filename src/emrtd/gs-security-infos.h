/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-cipher.h"

#include <glib.h>

/* The SecurityInfos that EF.CardAccess, EF.CardSecurity and DG14 hold (ICAO Doc 9303-11 section
 * 9.2): what the chip can do, and with which parameters and keys. What we do not know is counted
 * and left out. Any thread; immutable. */

typedef enum
{
  GS_PACE_MAPPING_GENERIC = 1,
  GS_PACE_MAPPING_INTEGRATED,
  GS_PACE_MAPPING_CHIP_AUTHENTICATION,
} GsPaceMapping;

#define GS_SECURITY_NO_ID (-1)

/* PACEInfo. */
typedef struct
{
  char *oid; /* dotted */
  GsPaceMapping mapping;
  gboolean elliptic; /* ECDH; else DH */
  GsChipCipher cipher;
  guint version;
  int parameter_id; /* standardised domain parameters, or GS_SECURITY_NO_ID */
} GsPaceInfo;

/* ChipAuthenticationInfo, or what a key without one means: 3DES, version 1. */
typedef struct
{
  char *oid;
  gboolean elliptic;
  GsChipCipher cipher;
  guint version;
  int key_id;
} GsChipAuthenticationInfo;

/* ChipAuthenticationPublicKeyInfo. public_key: SubjectPublicKeyInfo in DER. */
typedef struct
{
  gboolean elliptic;
  GBytes *public_key;
  int key_id;
} GsChipAuthenticationKey;

typedef struct
{
  GPtrArray *pace;      /* of GsPaceInfo */
  GPtrArray *chip;      /* of GsChipAuthenticationInfo */
  GPtrArray *chip_keys; /* of GsChipAuthenticationKey */
  /* ActiveAuthenticationInfo: the algorithm of an ECDSA signature, dotted; NULL when absent. */
  char *active_algorithm;
  guint n_unknown;
} GsSecurityInfos;

/* Reads the SET OF SecurityInfo. NULL with GS_EMRTD_ERROR_MALFORMED or _LIMIT. Transfer full. */
GsSecurityInfos *gs_security_infos_parse (const guint8 *data, gsize size, GError **error);
/* The same from DG14 with its tag 6E around. */
GsSecurityInfos *gs_security_infos_parse_dg14 (GBytes *dg14, GError **error);
void gs_security_infos_free (GsSecurityInfos *self);

/* The PACE protocol to use: generic mapping over elliptic curves first, then chip-authentication
 * mapping, then integrated; the strongest cipher among equals. When the chip offers only one that
 * is not supported, NULL. Borrowed. */
const GsPaceInfo *gs_security_infos_choose_pace (const GsSecurityInfos *self);

/* The chip authentication to use and the key for it: elliptic first, strongest cipher first. FALSE
 * when there is no key. Borrowed; *info is NULL when the chip names no protocol for the key (then
 * 3DES is meant). */
gboolean gs_security_infos_choose_chip (const GsSecurityInfos *self,
                                        const GsChipAuthenticationInfo **info,
                                        const GsChipAuthenticationKey **key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSecurityInfos, gs_security_infos_free)
