/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-camera.h"
#include "gs-case-book.h"
#include "gs-clock.h"
#include "gs-config.h"
#include "gs-document-desk.h"
#include "gs-face-engine.h"
#include "gs-face-verification.h"
#include "gs-face-watcher.h"
#include "gs-hall.h"
#include "gs-session.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* The face at the desk: camera, guidance, best frame, blind judgements, the engine's answer, the
 * ruling, the record. It deals with one case at a time, the one on the card. Nothing of a picture
 * is kept: dots live as long as the case is open. What was judged stays on the case
 * (gs_case_get_verification()), so that a card which is opened again goes on where it was. Main
 * thread only; nothing here blocks.
 *
 * Signals:
 * "changed" ()                  anything of the facts below. What the engine says before the first
 *                               officer's last answer emits nothing
 * "view-changed" ()             the watcher has looked at another frame, up to 25 times a second;
 *                               "changed" follows only when what is wrong is another thing
 * "preview" (GsCameraFrame*)    the desk camera's picture, while it may run */
#define GS_TYPE_FACE_DESK (gs_face_desk_get_type ())
G_DECLARE_FINAL_TYPE (GsFaceDesk, gs_face_desk, GS, FACE_DESK, GObject)

/* Each reference is taken; camera, engine and watcher may be NULL. config is borrowed. */
typedef struct
{
  const GsConfig *config;
  GsStore *store;
  GsClock *clock;
  GsHall *hall;
  GsCaseBook *book;
  GsDocumentDesk *documents;
  GsCamera *camera;
  GsFaceEngine *engine;
  GsFaceWatcher *watcher;
} GsFaceDeskParts;

GsFaceDesk *gs_face_desk_new (const GsFaceDeskParts *parts);
/* Camera off, everything dropped; for good. */
void gs_face_desk_stop (GsFaceDesk *self);
/* NULL: nobody. Either forgets pictures and the second officer; another officer also judges anew.
 */
void gs_face_desk_set_session (GsFaceDesk *self, GsSession *session);
/* The case on the card; NULL for none. */
void gs_face_desk_set_case (GsFaceDesk *self, GsCase *item);
GsCase *gs_face_desk_get_case (GsFaceDesk *self); /* borrowed */

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

/* A document that was swiped counts as being there for this long. */
#define GS_FACE_DESK_SWIPE_MS (2 * 60 * 1000)

GsFaceDeskState gs_face_desk_get_state (GsFaceDesk *self);

/* How the document of the case on the card came to be here. */
typedef enum
{
  GS_FACE_DOCUMENT_NONE = 1,  /* it is not here */
  GS_FACE_DOCUMENT_ON_READER, /* its chip lies on the reader */
  GS_FACE_DOCUMENT_SWIPED,    /* its zone was read by a device a moment ago */
  GS_FACE_DOCUMENT_TYPED      /* typed a moment ago */
} GsFaceDocument;

GsFaceDocument gs_face_desk_get_document (GsFaceDesk *self);
/* FALSE when a document cannot lie on a reader here: the desk has none for chips. */
gboolean gs_face_desk_has_reader (GsFaceDesk *self);
GsCamera *gs_face_desk_get_camera (GsFaceDesk *self);     /* NULL when the desk has none */
GsFaceEngine *gs_face_desk_get_engine (GsFaceDesk *self); /* NULL without one */
/* TRUE when the desk can guide (the models are there). */
gboolean gs_face_desk_has_guidance (GsFaceDesk *self);
/* The newest look at a frame; NULL before the first. Borrowed. */
const GsFaceView *gs_face_desk_get_view (GsFaceDesk *self);

/* Pictures of the case on the card: NULL while they are not there. Borrowed. The chip's is the one
 * read at this desk, and the hall's evidence until then. */
const GsPixels *gs_face_desk_get_chip_picture (GsFaceDesk *self);
const GsPixels *gs_face_desk_get_gate_picture (GsFaceDesk *self);
/* Where the eyes are in them; apart is 0 while that is not known, and for good at a desk without
 * guidance: the whole picture is shown then. */
GsFaceEyes gs_face_desk_get_chip_eyes (GsFaceDesk *self);
GsFaceEyes gs_face_desk_get_gate_eyes (GsFaceDesk *self);
GsFaceEyes gs_face_desk_get_best_eyes (GsFaceDesk *self);
/* TRUE while one of the two is still fetched or decoded. */
gboolean gs_face_desk_is_loading (GsFaceDesk *self);
/* The best frame kept by itself so far, and when it was taken (GS_TIME_UNKNOWN: none). It is the
 * one that is compared; from the first answer on it no longer changes. */
const GsPixels *gs_face_desk_get_best (GsFaceDesk *self);
gint64 gs_face_desk_get_best_utc_ms (GsFaceDesk *self);
/* Whether a picture of the desk is good enough to go on: a good best frame, or (without guidance)
 * one that the officer took. */
gboolean gs_face_desk_has_capture (GsFaceDesk *self);
/* The officer takes the picture by hand (when guidance is absent or never content): the next frame
 * is the best one. FALSE when the camera does not run, or something is answered already. */
gboolean gs_face_desk_capture (GsFaceDesk *self);
/* Forgets the best frame and every answer of this sitting: a new one begins (F5 again). What was
 * recorded stays recorded. An answer cannot be undone by it: FALSE, and nothing happens, unless
 * nothing is answered yet, a new capture is what follows, or the face was verified. */
gboolean gs_face_desk_begin_again (GsFaceDesk *self);
gboolean gs_face_desk_can_begin_again (GsFaceDesk *self);

/* Why no answer is taken now. */
typedef enum
{
  GS_FACE_WAIT_NONE = 1, /* one is: gs_face_desk_get_asked() says of which pair */
  GS_FACE_WAIT_NO_CASE,  /* no case on the card, or nobody signed in */
  GS_FACE_WAIT_DOCUMENT, /* the camera waits for the document */
  GS_FACE_WAIT_CAPTURE,  /* the camera runs, and there is no good picture yet */
  GS_FACE_WAIT_PICTURES, /* chip's or gate's picture are on their way */
  GS_FACE_WAIT_ANSWERED  /* every pair has its answer */
} GsFaceWait;

GsFaceWait gs_face_desk_get_wait (GsFaceDesk *self);
/* The pair that 1, 2, 3 answer next; 0 when every one asked is answered. */
GsFacePair gs_face_desk_get_asked (GsFaceDesk *self);
gboolean gs_face_desk_is_pair_asked (GsFaceDesk *self, GsFacePair pair);
/* An answer is added, never changed: FALSE when that pair has one, is not asked, or
 * gs_face_desk_get_wait() is not NONE. by: the first officer's session, or the second's while that
 * one judges. Each answer is recorded at once. */
gboolean
gs_face_desk_answer (GsFaceDesk *self, GsFacePair pair, GsJudgement judgement, GsSession *by);
/* Of the officer who judges, or judged last; 0: none. While the second one judges the first one's
 * answers are not told. */
GsJudgement gs_face_desk_get_answer (GsFaceDesk *self, GsFacePair pair);
gint64 gs_face_desk_get_answered_utc_ms (GsFaceDesk *self, GsFacePair pair);
/* Of one of the two, once everything is revealed; 0 before. */
GsJudgement gs_face_desk_get_answer_of (GsFaceDesk *self, GsFacePair pair, gboolean second);
/* The officer observed a mask, print, screen or tape. It cannot be taken back once revealed. */
void gs_face_desk_set_attack_seen (GsFaceDesk *self, gboolean seen);
gboolean gs_face_desk_get_attack_seen (GsFaceDesk *self);

/* TRUE when the first officer answered every pair asked: scores, thresholds and the gate's result
 * may be shown. While a second officer judges it is FALSE again. */
gboolean gs_face_desk_is_revealed (GsFaceDesk *self);
/* The engine's answer; NULL before the reveal and while it still computes. Borrowed. */
const GsFaceComparison *gs_face_desk_get_comparison (GsFaceDesk *self, GsFacePair pair);
/* Revealed, and the engine has not answered yet. */
gboolean gs_face_desk_is_comparing (GsFaceDesk *self);
/* From the reveal on no engine is waited for longer; one with a time-out of its own is quicker. */
#define GS_FACE_DESK_GUARD_MS 30000
/* Another time than that, from the next reveal on: for tests. */
void gs_face_desk_set_guard_ms (GsFaceDesk *self, guint guard_ms);
/* What follows, by gs_face_rule(). step is JUDGE until everything is there and in the store. */
void gs_face_desk_get_ruling (GsFaceDesk *self, GsFaceRuling *ruling);
/* The engine's errors in figures, for the words under the scores. */
void gs_face_desk_get_rates (GsFaceDesk *self, GsFaceErrorRates *rates);

/* The second officer, signed in beside the first, judges blind: hides everything again and asks the
 * pairs anew. FALSE when the approval does not allow it (same officer, role), or no second officer
 * is what follows. */
gboolean gs_face_desk_begin_second (GsFaceDesk *self, GsSession *second);
/* The second officer goes without an answer; after the first one there is no way back. */
gboolean gs_face_desk_cancel_second (GsFaceDesk *self);
gboolean gs_face_desk_is_second_judging (GsFaceDesk *self);
GsSession *gs_face_desk_get_second (GsFaceDesk *self); /* NULL: none. Borrowed */

/* Whether the identity of this case was verified at this desk by the signed-in officer within the
 * policy's time (5 minutes), and when (GS_TIME_UNKNOWN: not); the stamp and the admission ask for
 * it. at_utc_ms may be NULL. */
gboolean gs_face_desk_is_verified (GsFaceDesk *self, GsCase *item, gint64 *at_utc_ms);

G_END_DECLS
