/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-camera.h"
#include "gs-case.h"
#include "gs-clock.h"
#include "gs-document-desk.h"
#include "gs-face-engine.h"
#include "gs-face-rule.h"
#include "gs-face-watcher.h"
#include "gs-hall.h"
#include "gs-session.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* The face at the desk: camera, guidance, best frame, blind judgements, the engine's answer, the
 * ruling, the record. It deals with one case at a time, the one on the card. Nothing of a picture
 * is kept: dots live as long as the case is open. Main thread only; nothing here blocks.
 *
 * Signals:
 * "changed" ()                  anything of the facts below
 * "preview" (GsCameraFrame*)    the desk camera's picture, while it may run */
#define GS_TYPE_FACE_DESK (gs_face_desk_get_type ())
G_DECLARE_FINAL_TYPE (GsFaceDesk, gs_face_desk, GS, FACE_DESK, GObject)

/* Why the desk camera's picture does not run, or that it does. */
typedef enum
{
  GS_FACE_DESK_NO_CAMERA = 1, /* the key file names none: the officer looks at the traveller */
  GS_FACE_DESK_NO_CASE,       /* no case on the card, or nobody signed in */
  GS_FACE_DESK_NO_DOCUMENT,   /* the case's document is not on the reader and was not just swiped */
  GS_FACE_DESK_STARTING,
  GS_FACE_DESK_LIVE,
  GS_FACE_DESK_FROZEN,
  GS_FACE_DESK_LOST,    /* unplugged or dead; it is tried again */
  GS_FACE_DESK_REFUSED, /* gs_camera_get_trouble() says why */
} GsFaceDeskState;

/* The pairs that are compared. */
typedef enum
{
  GS_FACE_PAIR_CHIP_DESK = 1,
  GS_FACE_PAIR_GATE_DESK
} GsFacePair;

GsFaceDeskState gs_face_desk_get_state (GsFaceDesk *self);
GsCamera *gs_face_desk_get_camera (GsFaceDesk *self);     /* NULL when the desk has none */
GsFaceEngine *gs_face_desk_get_engine (GsFaceDesk *self); /* NULL without one */
/* TRUE when the desk can guide (the models are there). */
gboolean gs_face_desk_has_guidance (GsFaceDesk *self);
/* The newest look at a frame; NULL before the first. Borrowed. */
const GsFaceView *gs_face_desk_get_view (GsFaceDesk *self);

/* Pictures of the case on the card: NULL while they are not there. Borrowed. */
const GsPixels *gs_face_desk_get_chip_picture (GsFaceDesk *self);
const GsPixels *gs_face_desk_get_gate_picture (GsFaceDesk *self);
/* The best frame kept by itself so far, and when it was taken. */
const GsPixels *gs_face_desk_get_best (GsFaceDesk *self);
gint64 gs_face_desk_get_best_utc_ms (GsFaceDesk *self);
/* Whether a picture of the desk is good enough to go on: a good best frame, or (without guidance)
 * one that the officer took. */
gboolean gs_face_desk_has_capture (GsFaceDesk *self);
/* The officer takes the picture by hand (when guidance is absent or never content). */
void gs_face_desk_capture (GsFaceDesk *self);
/* Forgets the best frame and every answer of this sitting: a new one begins (F5 again). What was
 * recorded stays recorded. */
void gs_face_desk_begin_again (GsFaceDesk *self);

/* The pair that 1, 2, 3 answer next; 0 when every one asked is answered. */
GsFacePair gs_face_desk_get_asked (GsFaceDesk *self);
gboolean gs_face_desk_is_pair_asked (GsFaceDesk *self, GsFacePair pair);
/* An answer is added, never changed: FALSE when that pair has one, or is not asked. by: the first
 * officer's session or the second's. */
gboolean
gs_face_desk_answer (GsFaceDesk *self, GsFacePair pair, GsJudgement judgement, GsSession *by);
GsJudgement gs_face_desk_get_answer (GsFaceDesk *self, GsFacePair pair); /* 0: none */
gint64 gs_face_desk_get_answered_utc_ms (GsFaceDesk *self, GsFacePair pair);
/* The officer observed a mask, print, screen or tape. */
void gs_face_desk_set_attack_seen (GsFaceDesk *self, gboolean seen);
gboolean gs_face_desk_get_attack_seen (GsFaceDesk *self);

/* TRUE when the first officer answered every pair asked: scores, thresholds and the gate's result
 * may be shown. While a second officer judges it is FALSE again. */
gboolean gs_face_desk_is_revealed (GsFaceDesk *self);
/* The engine's answer; NULL before the reveal and while it still computes. Borrowed. */
const GsFaceComparison *gs_face_desk_get_comparison (GsFaceDesk *self, GsFacePair pair);
gboolean gs_face_desk_is_comparing (GsFaceDesk *self);
/* What follows, by gs_face_rule(). step is JUDGE until everything is there. */
void gs_face_desk_get_ruling (GsFaceDesk *self, GsFaceRuling *ruling);
/* The engine's errors in figures, for the words under the scores. */
void gs_face_desk_get_rates (GsFaceDesk *self, GsFaceErrorRates *rates);

/* The second officer, signed in beside the first, judges blind: hides everything again and asks the
 * pairs anew. FALSE when the approval does not allow it (same officer, role). */
gboolean gs_face_desk_begin_second (GsFaceDesk *self, GsSession *second);
gboolean gs_face_desk_is_second_judging (GsFaceDesk *self);
GsSession *gs_face_desk_get_second (GsFaceDesk *self); /* NULL: none. Borrowed */

/* Whether the identity of this case was verified at this desk by the signed-in officer within the
 * policy's time (5 minutes), and when; the stamp and the admission ask for it. */
gboolean gs_face_desk_is_verified (GsFaceDesk *self, GsCase *item, gint64 *at_utc_ms);

G_END_DECLS
