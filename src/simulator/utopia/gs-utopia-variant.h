/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-cms.h"
#include "gs-utopia-country.h"
#include "gs-utopia-face-record.h"
#include "gs-utopia-lds.h"

/* The passports that Utopia issues: genuine ones over all algorithms and protocols, and one for
 * each thing that can be wrong. Plain constants. */

typedef enum
{
  GS_UTOPIA_TAMPER_DG1 = 1 << 0,       /* altered after the signature */
  GS_UTOPIA_TAMPER_DG2 = 1 << 1,       /* another picture after the signature */
  GS_UTOPIA_EXTRA_GROUP = 1 << 2,      /* DG11 on the chip, not in EF.SOD */
  GS_UTOPIA_LACKS_FILE = 1 << 3,       /* DG11 in EF.SOD and EF.COM, not on the chip */
  GS_UTOPIA_COM_DISAGREES = 1 << 4,    /* EF.COM names another group than EF.SOD */
  GS_UTOPIA_TWO_SIGNERS = 1 << 5,      /* two SignerInfos */
  GS_UTOPIA_SOD_VERSION_1 = 1 << 6,    /* LDSSecurityObject version 1 */
  GS_UTOPIA_UNSORTED = 1 << 7,         /* group numbers in falling order */
  GS_UTOPIA_ID_DATA = 1 << 8,          /* content type id-data: a known defect of one state */
  GS_UTOPIA_CLONE = 1 << 9,            /* the chip's keys do not fit DG14 and DG15 */
  GS_UTOPIA_MUTE = 1 << 10,            /* the chip does not answer */
  GS_UTOPIA_OTHER_KEYS = 1 << 11,      /* access keys of another MRZ */
  GS_UTOPIA_PRINT_DIFFERS = 1 << 12,   /* the page was altered: DG1 has another name */
  GS_UTOPIA_EXPIRED = 1 << 13,         /* the document ran out */
  GS_UTOPIA_SIGNED_LATE = 1 << 14,     /* signed after the signer's certificate ended */
  GS_UTOPIA_SIGNED_EARLY = 1 << 15,    /* signed before the signer's certificate began */
  GS_UTOPIA_SIGNED_LONG_AGO = 1 << 16, /* within its period, which has ended since */
  GS_UTOPIA_FOREIGN_MRZ = 1 << 17,     /* DG1 and the page say Nusquama (XNQ) */
  GS_UTOPIA_BROKEN_SOD = 1 << 18,      /* EF.SOD is cut off */
} GsUtopiaTamper;

typedef struct
{
  const char *name;
  const char *description; /* English */
  const char *result;      /* of the whole: successful, failed, undetermined, aborted */
  const char *reason;      /* referral reason code, or "" */
  const char *check;       /* the published check that shows it, or "" */
  GsUtopiaSignerKind signer;
  GsUtopiaCmsFlags cms;
  GsUtopiaTamper tamper;
  GsUtopiaPicture picture;
  GsUtopiaRecord record;
  gboolean no_bac;
  GsUtopiaMapping pace; /* GS_UTOPIA_MAP_NONE: BAC only */
  GsUtopiaCipher pace_cipher;
  GsUtopiaKeyKind pace_curve; /* P256, BP256, …; DH_2048 */
  GsUtopiaKeyKind ca;         /* chip authentication key, or 0 */
  GsUtopiaCipher ca_cipher;
  GsUtopiaKeyKind aa; /* active authentication key, or 0 */
} GsUtopiaVariant;

/* All of them, ends with one whose name is NULL. */
const GsUtopiaVariant *gs_utopia_variants (void);

/* NULL when there is none of this name. */
const GsUtopiaVariant *gs_utopia_variant_find (const char *name);
