/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-event.h"

/* A crossing: one traveller's way through one gate, folded from its events. Plain data; the fold is
 * pure and used by the station and, on its own data, by the simulated hall. Not thread-safe. */

typedef enum
{
  GS_CROSSING_STATE_STARTED = 1, /* in the gate */
  GS_CROSSING_STATE_REFERRED,    /* waits for a person: an open case */
  GS_CROSSING_STATE_ADMITTED,    /* by the gate or by an officer */
  GS_CROSSING_STATE_ENDED /* decided otherwise: second line, refused, left, back to gate… */
} GsCrossingState;

/* Why a stamp window closed. */
typedef enum
{
  GS_CLOSE_CAUSE_NONE = 1,
  GS_CLOSE_CAUSE_CUSTOMS,
  GS_CLOSE_CAUSE_BOARDED,         /* the traveller boarded */
  GS_CLOSE_CAUSE_BOARDING_CLOSED, /* the flight's boarding closed */
  GS_CLOSE_CAUSE_CANCELLED,
  GS_CLOSE_CAUSE_TIME_LIMIT /* the policy's fallback */
} GsCloseCause;

typedef struct
{
  char *id;
  gint64 version; /* the hall's version for If-Match; 0 when not known */
  gint64 as_of_event;
  GsCrossingState state;
  GsDirection direction;
  char *gate; /* id */
  char *party;
  char *fault;
  char **reasons;
  char **history;         /* reasons of an earlier referral of the same crossing, or NULL */
  GsTraveller *traveller; /* NULL until a referral or a reading at the desk */
  char *document_digest;
  char *issuing_state;
  char *document_type;
  GPtrArray *checks; /* GsCheck, the last result of each name */

  int face_attempts;
  double face_score;
  double face_threshold;

  char *flight;
  gint64 boarding_closes_utc_ms;

  gint64 started_utc_ms;
  gint64 referred_utc_ms;
  gint64 admitted_utc_ms;
  gboolean admitted_by_officer;
  gboolean door; /* opened by hand, tailgating, forced, emergency: never a window */

  GsCloseCause close_cause;
  gint64 closed_utc_ms;

  GsOutcome outcome; /* 0 while undecided */
  char *outcome_officer;
  char *outcome_desk;
  gint64 outcome_utc_ms;

  char *taken_desk; /* lease: NULL when free */
  char *taken_officer;
  gint64 taken_until_utc_ms;

  char *stamp_serial; /* the stamp that stands, NULL when none or void */
  char *stamp_desk;
  gint64 stamped_utc_ms;
  guint stamps_voided;
} GsCrossing;

GsCrossing *gs_crossing_new (const char *id);
GsCrossing *gs_crossing_copy (const GsCrossing *self);
void gs_crossing_free (GsCrossing *self);

/* Folds one event in; returns FALSE when the event is not this crossing's or is older than what is
 * folded already (as_of_event), which is no error. */
gboolean gs_crossing_apply (GsCrossing *self, const GsEvent *event);

/* Referred and not decided by a final outcome. */
gboolean gs_crossing_is_open_case (const GsCrossing *self);

/* The check of that name, NULL when the gate told none. Borrowed. */
const GsCheck *gs_crossing_find_check (const GsCrossing *self, const char *name);

/* Takes a new result in place of an older one of the same name. check: transfer full. */
void gs_crossing_take_check (GsCrossing *self, GsCheck *check);

/* TRUE when at least one background check is there and all are successful. */
gboolean gs_crossing_background_successful (const GsCrossing *self);

const char *gs_crossing_state_to_word (GsCrossingState state); /* "started", "referred", … */
gboolean gs_crossing_state_from_word (const char *word, GsCrossingState *state);
const char *gs_close_cause_to_word (GsCloseCause cause); /* "customs", "boarded", "closed", … */
gboolean gs_close_cause_from_word (const char *word, GsCloseCause *cause);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsCrossing, gs_crossing_free)
