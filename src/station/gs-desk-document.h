/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-anchor-set.h"
#include "gs-chip-reading.h"
#include "gs-pixels.h"
#include "gs-verdict.h"

/* A document whose chip was read at this desk, judged: the tree of checks with its evidence, the
 * chip's picture and the holder's name. Made on a worker's thread, then only read; the reference
 * count is atomic. It holds the chip's files for as long as it lives and cleanses them with the
 * last reference, so nobody may keep the bytes of its evidence longer. */
typedef struct _GsDeskDocument GsDeskDocument;

/* What the whole comes to, in one word for the officer: the worst finding first. */
typedef enum
{
  GS_DOCUMENT_GENUINE = 1,     /* unaltered, and the chip proved that it is no copy */
  GS_DOCUMENT_UNALTERED,       /* unaltered, but the chip cannot prove that it is no copy */
  GS_DOCUMENT_COPY,            /* C07 */
  GS_DOCUMENT_ALTERED,         /* C09 */
  GS_DOCUMENT_SIGNATURE_WRONG, /* C03 */
  GS_DOCUMENT_SIGNER_REFUSED,  /* C04: authorities of the state are known, none has signed */
  GS_DOCUMENT_SIGNER_REVOKED,  /* C06 */
  GS_DOCUMENT_SIGNER_PERIOD,   /* C05 */
  GS_DOCUMENT_ISSUER_DIFFERS,  /* C10 */
  GS_DOCUMENT_FILES_DIFFER,    /* C08 */
  GS_DOCUMENT_PAGE_DIFFERS,    /* X01: chip and printed zone */
  GS_DOCUMENT_GATE_DIFFERS,    /* X01: chip and what the gate saw */
  GS_DOCUMENT_NOT_OPENED,      /* C02 */
  GS_DOCUMENT_EXPIRED,         /* D06 */
  GS_DOCUMENT_ZONE_WRONG,      /* D03 */
  GS_DOCUMENT_INCOMPLETE,      /* aborted: no verdict on the document */
  GS_DOCUMENT_SIGNER_UNKNOWN,  /* no authority of the state is known */
  GS_DOCUMENT_NO_AUTHORITY,    /* no authority of any state is known: the trust store is empty */
  GS_DOCUMENT_UNDETERMINED,    /* something else could not be told */
} GsDocumentHeadline;

/* What to judge. reading: transfer full to the document. optical and gate may be NULL; the fields
 * of gate that are not known ("") are not compared. Everything else is borrowed for the call. */
typedef struct
{
  GsChipReading *reading;
  const GsMrz *optical;
  const GsMrz *gate;
  GsAnchorSet *anchors;
  GPtrArray *revocation_lists;
  gint64 now_utc_ms;
  GsMrzDate today;
} GsDeskDocumentInput;

/* Judges; milliseconds of work, any thread. */
GsDeskDocument *gs_desk_document_new (const GsDeskDocumentInput *input);
GsDeskDocument *gs_desk_document_ref (GsDeskDocument *self);
void gs_desk_document_unref (GsDeskDocument *self);

const GsVerdict *gs_desk_document_get_verdict (GsDeskDocument *self);
GsDocumentHeadline gs_desk_document_get_headline (GsDeskDocument *self);
const GsChipReading *gs_desk_document_get_reading (GsDeskDocument *self);
gint64 gs_desk_document_get_read_utc_ms (GsDeskDocument *self);

/* The chip's picture, whose dots are cleansed with the last reference to them. NULL when there is
 * none that can be shown. Transfer none. */
const GsPixels *gs_desk_document_get_picture (GsDeskDocument *self);
/* Why there is none. */
typedef enum
{
  GS_PICTURE_SHOWN = 1,
  GS_PICTURE_NOT_READ,
  GS_PICTURE_TOO_LARGE, /* larger or costlier than any passport's */
  GS_PICTURE_UNKNOWN_KIND,
  GS_PICTURE_DAMAGED,
} GsPictureState;

GsPictureState gs_desk_document_get_picture_state (GsDeskDocument *self);

/* The holder's name in DG11, in its own script, "森 健二"; NULL when there is none. */
const char *gs_desk_document_get_own_name (GsDeskDocument *self);

/* Referral reasons that the checks found, each once, in the order of the tree: of failed checks, of
 * those that were not come to (C01), then of those that were successful in spite of something
 * (C11). A reading that the officer cancelled finds nothing but the last. NULL-terminated, never
 * NULL. failed tells whether one of them failed, so that the crossing becomes a case; what did not
 * fail joins a case that is open and opens none. May be NULL. */
const char *const *gs_desk_document_get_findings (GsDeskDocument *self, gboolean *failed);

/* TRUE for a reason that a document's checks may find here. */
gboolean gs_desk_document_is_finding (const char *code);

/* The published checks of the document in it, for the evidence of a decision. GPtrArray of GsCheck;
 * transfer full. */
GPtrArray *gs_desk_document_dup_checks (GsDeskDocument *self);

/* "genuine", "altered", …: for the record. Static. */
const char *gs_document_headline_to_word (GsDocumentHeadline headline);
/* 0 for a word that names none. */
GsDocumentHeadline gs_document_headline_from_word (const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsDeskDocument, gs_desk_document_unref)
