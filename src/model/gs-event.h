/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-check.h"
#include "gs-gate.h"
#include "gs-outcome.h"
#include "gs-traveller.h"

/* One event of the gate feed, parsed. Immutable once filled by the feed and shared between threads
 * by reference count. Which members are set depends on the type; the others are NULL, 0 or
 * GS_TIME_UNKNOWN. Source: the hall contract, "Events". */

typedef enum
{
  GS_EVENT_GATE_STATUS = 1,
  GS_EVENT_CROSSING_STARTED,
  GS_EVENT_CROSSING_DOCUMENT,
  GS_EVENT_CROSSING_FACE,
  GS_EVENT_CROSSING_BACKGROUND,
  GS_EVENT_CROSSING_FLIGHT,
  GS_EVENT_CROSSING_ADMITTED,
  GS_EVENT_CROSSING_REFERRED,
  GS_EVENT_CROSSING_TAKEN,
  GS_EVENT_CROSSING_RELEASED,
  GS_EVENT_CROSSING_RESOLVED,
  GS_EVENT_CROSSING_CUSTOMS,
  GS_EVENT_CROSSING_BOARDED,
  GS_EVENT_CROSSING_STAMPED,
  GS_EVENT_CROSSING_STAMP_VOIDED,
  GS_EVENT_CROSSING_CANCELLED
} GsEventType;

typedef enum
{
  GS_DIRECTION_ARRIVAL = 1,
  GS_DIRECTION_DEPARTURE
} GsDirection;

typedef struct
{
  gint64 id; /* sequence number, also the CloudEvent's id */
  GsEventType type;
  gint64 time_utc_ms; /* CloudEvent time */
  char *subject;      /* crossing id for crossing.*, gate id for gate.* */

  char *gate; /* gate id */
  GsGateState gate_state;
  gint64 at_utc_ms; /* since, at, until: the one time in the data */
  char *reason;     /* gate.status, cancelled */

  GsDirection direction;
  char *party;
  char *fault;    /* id shared by all whom one gate fault referred */
  char **reasons; /* referral codes as they came */
  GsTraveller *traveller;

  char *document_digest;
  char *issuing_state;
  char *document_type;
  GPtrArray *checks; /* GsCheck: document, background */

  int attempt;
  double score; /* NaN when not given */
  double threshold;
  GsCheckResult match; /* 0 when not given */
  GsCheckResult attack;

  char *flight;
  gint64 boarding_closes_utc_ms;
  char *by; /* admitted: "gate" or "officer"; boarded: cause "boarded" or "closed" */

  char *desk;
  char *officer;
  GsOutcome outcome;
  char *serial;

  gatomicrefcount ref_count;
} GsEvent;

const char *gs_event_type_to_word (GsEventType type); /* "crossing.referred" */
gboolean gs_event_type_from_word (const char *word, GsEventType *type);
gboolean gs_event_type_is_crossing (GsEventType type);

const char *gs_direction_to_word (GsDirection direction);
gboolean gs_direction_from_word (const char *word, GsDirection *direction);

GsEvent *gs_event_new (gint64 id, GsEventType type, const char *subject);
GsEvent *gs_event_ref (GsEvent *self);
void gs_event_unref (GsEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsEvent, gs_event_unref)
