/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-quality-json.h"
#include "gs-face-rule.h"

G_BEGIN_DECLS

/* One sitting in which a traveller's face was verified at a desk: what each officer judged, what
 * the engine said, how both joined. No picture. Plain values; any thread. */

/* The pairs that are compared. */
typedef enum
{
  GS_FACE_PAIR_CHIP_DESK = 1,
  GS_FACE_PAIR_GATE_DESK
} GsFacePair;

#define GS_FACE_PAIR_LAST GS_FACE_PAIR_GATE_DESK

/* Where the picture came from that the person at the desk was compared with. */
typedef enum
{
  GS_FACE_REFERENCE_NONE = 1, /* there was none: the officer looked at the page */
  GS_FACE_REFERENCE_CHIP,     /* the chip, read at this desk */
  GS_FACE_REFERENCE_HALL      /* the gate's evidence, from the hall */
} GsFaceReference;

typedef struct
{
  GsJudgement judgement; /* 0: none yet */
  gint64 at_utc_ms;      /* GS_TIME_UNKNOWN before */
} GsFaceAnswer;

typedef struct
{
  gboolean asked;
  GsFaceAnswer first;
  GsFaceAnswer second;
  GsFaceReference reference;
  GsFaceComparison *comparison; /* NULL until the engine has answered */
  char *quality; /* gs_face_comparison_quality_to_json(), as it was stored; NULL before */
} GsFacePairResult;

typedef struct
{
  char *id; /* UUID */
  char *crossing;
  char *officer;
  char *second; /* NULL: nobody */
  GsFacePairResult pairs[GS_FACE_PAIR_LAST + 1];
  GsFaceVerdict gate;  /* what the gate had said; 0: nothing */
  GsFaceAttack attack; /* what the gate had said of an attack */
  gboolean attack_seen;
  gboolean captured_again;
  gint64 captured_utc_ms;      /* of the desk's picture; GS_TIME_UNKNOWN without one */
  gint64 document_read_utc_ms; /* the newest reading before the first officer's last answer */
  gint64 revealed_utc_ms;      /* GS_TIME_UNKNOWN before */
  GsFaceRuling ruling;         /* JUDGE until the store has it */
  gboolean stored;             /* what does not stand in the store does not count */
} GsFaceVerification;

/* An empty one with a new id; only chip to desk is asked. */
GsFaceVerification *gs_face_verification_new (const char *crossing, const char *officer);
GsFaceVerification *gs_face_verification_copy (const GsFaceVerification *self);
void gs_face_verification_free (GsFaceVerification *self);

/* TRUE when every pair asked has that officer's answer. */
gboolean gs_face_verification_is_answered (const GsFaceVerification *self, gboolean second);
gboolean gs_face_verification_has_answer (const GsFaceVerification *self, gboolean second);
/* The first officer's answers as one: different when one is, else unsure when one is; 0 while one
 * is missing. */
GsJudgement gs_face_verification_get_judgement (const GsFaceVerification *self);
/* When it was complete: the last answer that it rests on. GS_TIME_UNKNOWN while one is missing. */
gint64 gs_face_verification_get_utc_ms (const GsFaceVerification *self);

/* What is in it, for gs_face_rule(); the policy's members are left FALSE. */
void gs_face_verification_get_facts (const GsFaceVerification *self, GsFaceFacts *facts);

const char *gs_face_pair_to_word (GsFacePair pair);
gboolean gs_face_pair_from_word (const char *word, GsFacePair *pair);
const char *gs_face_reference_to_word (GsFaceReference reference);
gboolean gs_face_reference_from_word (const char *word, GsFaceReference *reference);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsFaceVerification, gs_face_verification_free)

G_END_DECLS
