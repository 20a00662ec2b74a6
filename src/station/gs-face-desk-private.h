/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-desk.h"
#include "gs-worker.h"

/* What the files of the face desk share; not for anybody else. */

/* A picture that the person at the desk is compared with. */
typedef struct
{
  GsPixels *pixels;
  GsFaceReference source;
  gboolean loading;
  guint retry_source;
  GsFaceEyes eyes;
} GsFaceDeskPicture;

struct _GsFaceDesk
{
  GObject parent_instance;

  const GsConfig *config;
  GsStore *store;
  GsClock *clock;
  GsHall *hall;
  GsCaseBook *book;
  GsDocumentDesk *documents;
  GsCamera *camera;
  GsFaceEngine *engine;
  GsFaceWatcher *watcher;
  GsWorker *worker; /* decodes pictures */
  gboolean stopped;

  GsSession *session;
  GsSession *second;
  gboolean second_judging;
  GsCase *item;
  GCancellable *cancellable; /* of everything that is done for the case on the card */
  guint visit;               /* counts cases and officers; answers to an earlier one are dropped */
  gboolean decided;          /* what was to be done with the case is done: no picture any more */
  guint sitting;             /* counts sittings within them, likewise */

  /* Camera and best frame. */
  gboolean running;
  gboolean was_on_reader; /* the document lay on the reader */
  gint64 left_utc_ms;     /* and was taken away then; GS_TIME_UNKNOWN: it was not */
  guint swipe_source;     /* ends the time of a swipe */
  gboolean looking;       /* the watcher has a frame */
  gboolean has_view;
  GsFaceView view;
  gboolean take_next; /* the officer takes the next frame */
  GsFaceProbe *probe;
  GsFaceEyes best_eyes;
  gboolean frozen;     /* the probe does not change any more: it is compared, or judged */
  guint settle_source; /* freezes it a moment after the first good frame */

  GsFaceDeskPicture pictures[GS_FACE_PAIR_LAST + 1];

  /* What the engine said, kept here until it may be seen. */
  GsFaceComparison *answers[GS_FACE_PAIR_LAST + 1];
  GCancellable *comparing[GS_FACE_PAIR_LAST + 1];
  guint guard_source;
  guint guard_ms;
  char *verification_id; /* of the case's sitting, as this desk knows it; NULL for none */
  gboolean attack_seen;  /* before there is a verification that holds it */
  gboolean writing;      /* what was revealed is on its way into the store */
};

/* gs-face-desk.c */
void gs_face_desk_note_change (GsFaceDesk *self);
void gs_face_desk_note_view (GsFaceDesk *self);
gint64 gs_face_desk_now_utc_ms (GsFaceDesk *self);
/* The sitting on the case; NULL before the first answer. */
GsFaceVerification *gs_face_desk_get_verification (GsFaceDesk *self);
/* A new sitting of the same case: nothing of the one before is left here. */
void gs_face_desk_clear_sitting (GsFaceDesk *self);
/* The desk itself has begun or ended the case's sitting; any other change of it is a new question.
 */
void gs_face_desk_follow_verification (GsFaceDesk *self);

/* gs-face-desk-camera.c: the camera runs while the document is there, and no longer. */
void gs_face_desk_connect_camera (GsFaceDesk *self);
void gs_face_desk_update_camera (GsFaceDesk *self);
void gs_face_desk_stop_camera (GsFaceDesk *self);
void gs_face_desk_drop_probe (GsFaceDesk *self);
/* A new sitting in front of a camera that runs. */
void gs_face_desk_look_again (GsFaceDesk *self);
/* From now on the best frame is the one that is compared. */
void gs_face_desk_freeze (GsFaceDesk *self);
gboolean gs_face_desk_has_document (GsFaceDesk *self);

/* gs-face-desk-pictures.c: chip's and gate's picture, as dots. */
void gs_face_desk_load_pictures (GsFaceDesk *self);
void gs_face_desk_drop_pictures (GsFaceDesk *self);
/* The chip may have been read meanwhile. */
void gs_face_desk_follow_document (GsFaceDesk *self);

/* gs-face-desk-eyes.c: where the eyes are, by the watcher; once for each picture. */
void gs_face_desk_find_eyes (GsFaceDesk *self, GsFacePair pair);
/* Of the best frame, where it was taken by hand. */
void gs_face_desk_find_best_eyes (GsFaceDesk *self);

/* gs-face-desk-compare.c: the engine. */
void gs_face_desk_compare (GsFaceDesk *self);
/* Another picture: what the engine says of the one before is not wanted any more. */
void gs_face_desk_compare_again (GsFaceDesk *self, GsFacePair pair);
void gs_face_desk_drop_comparisons (GsFaceDesk *self);
/* Hands what the engine said to the sitting, once that is revealed; ends it when all is there. */
void gs_face_desk_reveal (GsFaceDesk *self);
/* What the engine has not said it does not say: a time-out. */
void gs_face_desk_give_up_comparing (GsFaceDesk *self);

/* gs-face-desk-judge.c */
/* Everything that is asked is answered and compared: rules, writes, and tells. */
void gs_face_desk_conclude (GsFaceDesk *self);
/* An attack was seen after the reveal. */
void gs_face_desk_conclude_attack (GsFaceDesk *self);
/* What the gate said of that crossing, into the sitting. */
void gs_face_desk_take_gate (GsFaceVerification *verification, const GsCrossing *crossing);
void gs_face_desk_end_second (GsFaceDesk *self);

/* gs-face-desk-record.c: what is judged goes into the store before it counts. */
void gs_face_desk_record_answer (GsFaceDesk *self, GsFacePair pair, GsSession *by);
void gs_face_desk_record_begin_second (GsFaceDesk *self);
/* ruling: what follows once it is written. */
void gs_face_desk_record_verification (GsFaceDesk *self, const GsFaceRuling *ruling);
void gs_face_desk_record_second (GsFaceDesk *self, const GsFaceRuling *ruling);
void gs_face_desk_record_attack (GsFaceDesk *self, const GsFaceRuling *ruling);
