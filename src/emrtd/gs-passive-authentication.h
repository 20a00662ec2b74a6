/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-anchor-set.h"
#include "gs-security-object.h"
#include "gs-verdict.h"

#include <glib.h>

/* What passive authentication (ICAO Doc 9303-11 section 5.1) is made on. Everything is borrowed for
 * the length of the call. */
typedef struct
{
  GBytes *security_object;                   /* EF.SOD as read */
  GBytes *data_groups[GS_N_DATA_GROUPS + 1]; /* index 1 to 16; NULL: not read */
  guint32 missing_groups; /* bit N: data group N was asked for, and the chip does not have it */
  guint32 unread_groups;  /* bit N: it was asked for, and the chip did not give it */
  GBytes *common;         /* EF.COM as read, or NULL */
  GsAnchorSet *anchors;
  GPtrArray *signers;          /* GsCertificate: signers that are known from elsewhere, or NULL */
  GPtrArray *revocation_lists; /* GsRevocationList, or NULL */
  gint64 now_utc_ms;
} GsPassiveInput;

/* The verdict "passive-authentication" with one child for each question:
 *
 * signed-by-issuer (C03; algorithms-strong is in it), signer-trusted (C04), certificate-in-period
 * (C05), certificate-not-revoked (C06), chip-data-unaltered (C09), chip-files-agree (C08),
 * issuer-agrees (C10).
 *
 * The chain and the periods are judged at the time of issue, the revocation lists at now_utc_ms. A
 * check that could not be made for want of data is not checked and lowers nothing; no anchor of the
 * country, weak algorithms and a second signature are undetermined. That the verdict is successful
 * says that the data are the issuer's, not that the chip is no copy. Takes milliseconds; any
 * thread. Transfer full. */
GsVerdict *gs_passive_authentication_run (const GsPassiveInput *input);

/* The issuing state of a DG1 (tag 61), without fillers: "UTO", "D". NULL when it is no DG1.
 * Transfer full. */
char *gs_passive_authentication_read_issuing_state (GBytes *dg1);
