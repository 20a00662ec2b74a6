/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-anchor-set.h"
#include "gs-chip-reading.h"
#include "gs-pixels.h"
#include "gs-verdict.h"

/* What one document is judged on at the desk: its chip's reading and what was seen of it otherwise.
 * Everything is borrowed for the length of the call; all but reading may be NULL. */
typedef struct
{
  const GsChipReading *reading;
  const GsMrz *optical; /* the zone that a device or a person read at the desk */
  const GsMrz *gate;    /* what the gate saw: state, number, dates and names are compared */
  GsAnchorSet *anchors;
  GPtrArray *signers;          /* GsCertificate */
  GPtrArray *revocation_lists; /* GsRevocationList */
  gint64 now_utc_ms;
  GsMrzDate today;
  /* Where the chip's picture goes, which is decoded once: NULL, or a place that holds NULL. The
   * caller's afterwards; still NULL when there is none that can be shown. */
  GsPixels **picture;
} GsDocumentInput;

/* The verdict "document-genuine", in the order of the desk (BSI TR-03135-1 section 5.5 to 5.7):
 *
 * mrz-well-formed (D03), chip-opened (C01, C02), the tree of passive-authentication, not-a-copy
 * (C07) with chip-authentication and active-authentication, printed-data-match (X01),
 * same-as-at-gate (X01), not-expired (D06), reference-readable.
 *
 * The document is genuine only when the signed data are the issuer's and the chip has proved to be
 * the one that they were issued with. Unaltered data on a chip that cannot prove it are
 * undetermined: a copy is not excluded. A check that the conversation did not come to is aborted,
 * which is no verdict on the document. Sentences hold no personal data; evidence may. Takes
 * milliseconds; any thread. Transfer full. */
GsVerdict *gs_document_verdict_run (const GsDocumentInput *input);
