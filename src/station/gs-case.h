/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "gs-crossing.h"
#include "gs-desk-document.h"
#include "gs-face-verification.h"

G_BEGIN_DECLS

/* A crossing as this desk deals with it: the hall's folded crossing and what was done here (the
 * document read, the judgement, the lease, a decision on its way). One object per crossing for as
 * long as the station knows it. Emits "changed" after any change. Main thread only. */
#define GS_TYPE_CASE (gs_case_get_type ())
G_DECLARE_FINAL_TYPE (GsCase, gs_case, GS, CASE, GObject)

typedef enum
{
  GS_READ_NONE = 1,
  GS_READ_DEVICE, /* swiped or scanned */
  GS_READ_TYPED   /* typed; counts only with a second officer */
} GsReadMethod;

typedef enum
{
  GS_HOLD_FREE = 1,
  GS_HOLD_HERE,     /* this desk has the lease */
  GS_HOLD_ELSEWHERE /* another desk has it; crossing->taken_desk names it */
} GsHold;

GsCase *gs_case_new (const char *crossing_id);

/* Borrowed; valid until the next main-loop turn. Never NULL. */
const GsCrossing *gs_case_get_crossing (GsCase *self);
const char *gs_case_get_id (GsCase *self);

/* Folds an event in and emits "changed" when it told something new. */
gboolean gs_case_apply (GsCase *self, const GsEvent *event);
/* Replaces the folded crossing, as from a snapshot. crossing: transfer full. */
void gs_case_take_crossing (GsCase *self, GsCrossing *crossing);
/* A new epoch of the hall: event numbers start again, so the next event or snapshot counts whatever
 * its number. */
void gs_case_forget_position (GsCase *self);
/* The identity read at this desk, when the feed brought none. traveller: transfer full. */
void gs_case_take_traveller (GsCase *self, GsTraveller *traveller);

/* 1 to 4, after the rule that face-only cases and random samples look alike; 1 for a case whose
 * kept decision the hall rejected. */
int gs_case_get_priority (GsCase *self);

/* Face-only and not judged yet: shown as "Face: compare" without code, result or colour. */
gboolean gs_case_is_blind (GsCase *self);
/* What the gate found of the face stays hidden until the officer has judged: when any reason is
 * blind, random samples too, so that nothing tells. */
gboolean gs_case_hides_face (GsCase *self);
/* TRUE when chip or active authentication was successful: only then "genuine" may be said. */
gboolean gs_case_is_chip_genuine (GsCase *self);
/* Priority 1: words and evidence only while a key is held. */
gboolean gs_case_is_shielded (GsCase *self);
/* Referred, not decided, and no decision of this desk on its way. */
gboolean gs_case_is_waiting (GsCase *self);

GsReadMethod gs_case_get_read_method (GsCase *self);
gint64 gs_case_get_read_utc_ms (GsCase *self);
void gs_case_set_read (GsCase *self, GsReadMethod method, gint64 at_utc_ms);

/* What the signed-in officer judged of the face, every pair as one (gs-face-verification.h); 0
 * before the last answer, and while a second officer judges blind. */
GsJudgement gs_case_get_judgement (GsCase *self);
gint64 gs_case_get_judged_utc_ms (GsCase *self);

/* --- the face, verified at this desk -----------------------------------------------------------
 */

/* The sitting that counts for the officer at this desk, perhaps not complete yet; NULL when there
 * is none. Borrowed; the face desk fills it in and calls gs_case_note_verification(). */
GsFaceVerification *gs_case_get_verification (GsCase *self);
/* Every sitting of this crossing that was revealed at this desk, oldest first, whoever judged: for
 * the history. What is in it stays hidden while gs_case_hides_face(). GPtrArray of
 * GsFaceVerification; borrowed. */
GPtrArray *gs_case_get_verifications (GsCase *self);
/* A sitting begins. One before it that was not revealed goes. verification: transfer full. */
void gs_case_begin_verification (GsCase *self, GsFaceVerification *verification);
/* It counts no more; what was revealed stays in the history. */
void gs_case_end_verification (GsCase *self);
/* One of the store, in the order in which they were revealed. verification: transfer full. */
void gs_case_restore_verification (GsCase *self, GsFaceVerification *verification);
/* Who is at the desk: only the newest sitting counts, if it is that officer's and not older than
 * the referral. */
void gs_case_set_verifying_officer (GsCase *self, const char *officer);
void gs_case_note_verification (GsCase *self);
/* A second officer judges blind: everything is hidden as if nobody had judged. */
void gs_case_set_judged_again (GsCase *self, gboolean judged_again);

GsHold gs_case_get_hold (GsCase *self);
void gs_case_set_hold (GsCase *self, GsHold hold);

/* A decision of this desk that the hall does not have yet; 0 when none. */
GsOutcome gs_case_get_pending (GsCase *self);
void gs_case_set_pending (GsCase *self, GsOutcome outcome);

/* The hall rejected a kept decision: the case comes back as priority 1. */
gboolean gs_case_get_rejected (GsCase *self);
void gs_case_set_rejected (GsCase *self, gboolean rejected);

/* The desk's knowledge may lack events: until the hall answered, its window is not known. */
gboolean gs_case_get_unconfirmed (GsCase *self);
void gs_case_set_unconfirmed (GsCase *self, gboolean unconfirmed);

/* The hall no longer knows the crossing: it ends here without an outcome. */
gboolean gs_case_get_gone (GsCase *self);
void gs_case_set_gone (GsCase *self);

/* Opened here for a stamp and neither confirmed nor declined. */
gboolean gs_case_get_stamp_wanted (GsCase *self);
void gs_case_set_stamp_wanted (GsCase *self, gboolean wanted);

/* When the hall took this desk's newest call for the traveller; GS_TIME_UNKNOWN when it was never
 * called. */
gint64 gs_case_get_called_utc_ms (GsCase *self);
void gs_case_set_called (GsCase *self, gint64 at_utc_ms);

/* What the hall told of the traveller, not what this desk read of the document; NULL when it told
 * nothing. Borrowed. */
const GsTraveller *gs_case_get_gate_traveller (GsCase *self);

/* --- what this desk found on the document --------------------------------------------------------
 *
 * The crossing that gs_case_get_crossing() shows has them merged in, whatever the hall tells
 * meanwhile: checks made here stand in the place of the gate's of the same name, findings join the
 * reasons, and one that opens makes an open case of a crossing that nobody referred, until a
 * decision made after it. */

/* codes: NULL-terminated, or NULL; checks: GPtrArray of GsCheck, borrowed and copied, or NULL. They
 * take the place of what was found before. */
void gs_case_set_findings (
  GsCase *self, const char *const *codes, gboolean opens, GPtrArray *checks, gint64 at_utc_ms);
/* NULL-terminated; NULL when nothing was found. */
const char *const *gs_case_get_findings (GsCase *self);
/* TRUE for a reason of the gate that it could not read the chip (C01, C02) when this desk opened it
 * and read it to its end. Such a reason stands behind all others and proposes nothing any more, but
 * stays until the decision: it is why the traveller is here, and the gate compared no face with a
 * chip that it did not read. */
gboolean gs_case_is_answered (GsCase *self, const char *code);
/* An open case that the hall did not refer. */
gboolean gs_case_is_desk_referral (GsCase *self);
/* TRUE when now, the hall's newest, is the same open case that was decided for these reasons. */
gboolean gs_case_still_stands (GsCase *self, const GsCrossing *now, char **reasons);

/* The document as it was read and judged at this desk, for as long as its files may be kept; NULL
 * otherwise. Setting takes a reference. Borrowed. */
GsDeskDocument *gs_case_get_document (GsCase *self);
void gs_case_set_document (GsCase *self, GsDeskDocument *document);

/* What the document's reading here came to, in one word; it outlives the document, and the program.
 * 0 when none was read to its end here. */
GsDocumentHeadline gs_case_get_headline (GsCase *self);
/* What was found before; a document that is set speaks for itself. */
void gs_case_set_headline (GsCase *self, GsDocumentHeadline headline);

/* On the card: the book must go on folding its events. */
gboolean gs_case_get_on_card (GsCase *self);
void gs_case_set_on_card (GsCase *self, gboolean on_card);

G_END_DECLS
