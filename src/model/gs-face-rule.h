/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-check.h"
#include "gs-face-comparison.h"
#include "gs-outcome.h"

G_BEGIN_DECLS

/* How the officers' judgements and the engines' answers join: one pure function, no clock, no I/O.
 * Any thread. */

/* 0 in a judgement: not given. */
typedef struct
{
  GsJudgement chip_to_desk;
  GsJudgement gate_to_desk;
} GsFaceJudgements;

typedef struct
{
  gboolean has_gate_picture; /* gate to desk is asked only then */
  GsFaceJudgements first;    /* the officer at the desk */
  gboolean captured_again;   /* an earlier sitting of this case ended unsure */
  gboolean has_second;       /* a second officer signed in and judged, blind too */
  GsFaceJudgements second;
  GsFaceVerdict gate;         /* the gate's engine of chip to gate; 0: it said nothing */
  GsFaceVerdict chip_to_desk; /* this desk's engine; 0: it still computes */
  GsFaceVerdict gate_to_desk; /* the same; not looked at without a gate's picture */
  GsFaceAttack attack;        /* the worst that the gate or an accredited engine told */
  gboolean attack_seen;       /* the officer observed one */
  /* Policy; each waiver is recorded when it is used. */
  gboolean
    waive_gate_no_match; /* a match at the desk overrules the gate without a second officer */
  /* The gate said no match and this desk's engine decided nothing: a second officer as well. Left
   * FALSE, the officer's word counts there. */
  gboolean second_when_undecided;
} GsFaceFacts;

typedef enum
{
  GS_FACE_STEP_JUDGE = 1,      /* answers are missing */
  GS_FACE_STEP_ADMIT,          /* the face stands in nobody's way */
  GS_FACE_STEP_SECOND_OFFICER, /* who judges alone, in person */
  GS_FACE_STEP_NEW_CAPTURE,    /* unsure: another picture, then the second line */
  GS_FACE_STEP_SECOND_LINE
} GsFaceStep;

/* Why. */
typedef enum
{
  GS_FACE_GROUND_NONE = 1,
  GS_FACE_GROUND_NOT_JUDGED,
  GS_FACE_GROUND_AGREED,        /* same, and the desk's engine says match */
  GS_FACE_GROUND_NO_DECISION,   /* same, and the engine decided nothing: the officer's word */
  GS_FACE_GROUND_WAIVED,        /* the gate said no match; policy asks for no second officer */
  GS_FACE_GROUND_GATE_NO_MATCH, /* the gate said no match, the desk's engine did not */
  GS_FACE_GROUND_REVIEW,        /* the desk's engine: review */
  GS_FACE_GROUND_NO_MATCH,      /* the desk's engine: no match */
  GS_FACE_GROUND_ATTACK,        /* an attack is suspected */
  GS_FACE_GROUND_UNSURE,
  GS_FACE_GROUND_DIFFERENT,
  GS_FACE_GROUND_SECOND_AGREED, /* the second officer says same too */
  GS_FACE_GROUND_SECOND_REFUSED /* the second officer is unsure, or says different */
} GsFaceGround;

typedef struct
{
  GsFaceStep step;
  GsFaceGround ground;
} GsFaceRuling;

/* Fills *ruling wholly. Nothing admits without the first officer's "same" of every pair asked;
 * "different" is the second line whatever else is there; an engine's silence never takes the place
 * of an officer's word. What the engine says without a gate's picture of gate_to_desk is not looked
 * at. */
void gs_face_rule (const GsFaceFacts *facts, GsFaceRuling *ruling);

const char *gs_face_step_to_word (GsFaceStep step);
gboolean gs_face_step_from_word (const char *word, GsFaceStep *step);
const char *gs_face_ground_to_word (GsFaceGround ground);
gboolean gs_face_ground_from_word (const char *word, GsFaceGround *ground);

/* What the gate's check of that name came to, as its engine's verdict: successful a match, failed
 * none, undetermined review, anything else no decision; 0 for NULL. */
GsFaceVerdict gs_face_verdict_from_check (const GsCheck *check);
/* The same the other way round, for the evidence of a decision. */
GsCheckResult gs_face_verdict_to_check_result (GsFaceVerdict verdict, GsFaceCause cause);
GsCheckResult gs_judgement_to_check_result (GsJudgement judgement);

G_END_DECLS
