/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-config.h"
#include "gs-face-verification.h"

G_BEGIN_DECLS

/* What a sitting is worth now: for the admission, for the stamp, as evidence. Pure; any thread. */

typedef enum
{
  GS_FACE_STANDING_NONE = 1,    /* nobody judged, or not everything */
  GS_FACE_STANDING_COMPARING,   /* judged; the engine, or the store, has not answered */
  GS_FACE_STANDING_VERIFIED,    /* the face stands in nobody's way */
  GS_FACE_STANDING_OLD,         /* it was verified too long ago */
  GS_FACE_STANDING_NO_DOCUMENT, /* verified, but the document was not read before */
  GS_FACE_STANDING_SECOND,      /* a second officer has to judge */
  GS_FACE_STANDING_UNSURE,      /* a new capture has to follow */
  GS_FACE_STANDING_REFUSED      /* the second line */
} GsFaceStanding;

/* verification: the one that counts for the officer at the desk, or NULL. A policy that asks for
 * less is not looked at here but for the time. now: GS_TIME_UNKNOWN never verifies. */
GsFaceStanding gs_face_judge_standing (const GsFaceVerification *verification,
                                       const GsFacePolicy *policy,
                                       gint64 now_utc_ms);

/* TRUE when the first officer's own "same" is there, complete, stored and within the time, whatever
 * the engine says: what policies by eye ask for. The document must have been read before unless
 * without_document. */
gboolean gs_face_is_same_by_eye (const GsFaceVerification *verification,
                                 const GsFacePolicy *policy,
                                 gint64 now_utc_ms,
                                 gboolean without_document);

/* The sitting as published checks (gs_check_names()), appended to a decision's evidence.
 * checks: GPtrArray of GsCheck. Adds nothing for NULL, or before it is stored. */
void gs_face_add_evidence (const GsFaceVerification *verification, GPtrArray *checks);

G_END_DECLS
