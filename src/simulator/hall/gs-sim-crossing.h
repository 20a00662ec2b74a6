/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-claim.h"

#include <glib.h>
#include <jansson.h>

typedef enum
{
  GS_SIM_STATE_IN_GATE = 1,
  GS_SIM_STATE_REFERRED,
  GS_SIM_STATE_SECOND_LINE,
  GS_SIM_STATE_ADMITTED,
  GS_SIM_STATE_LEFT,
  GS_SIM_STATE_HANDED_OVER,
  GS_SIM_STATE_REFUSED,
  GS_SIM_STATE_BACK_TO_GATE,
  GS_SIM_STATE_CANCELLED,
} GsSimState;

typedef enum
{
  GS_SIM_WINDOW_NOT_OPEN = 1,
  GS_SIM_WINDOW_OPEN,
  GS_SIM_WINDOW_CLOSED,
} GsSimWindow;

/* One crossing as its events leave it. What the gates know beside the events (traveller, person) is
 * set by the hall from its records. */
typedef struct
{
  char *id;
  gint64 version; /* number of events */
  GsSimState state;
  GsSimWindow window;
  gint64 opened_at_utc_ms;
  gint64 closes_at_utc_ms;
  char *cause;
  char *direction;
  char *outcome; /* newest decision's, or NULL */
  char *gate;
  char *party;
  char *fault;
  gint64 started_at_utc_ms;
  gint64 referred_at_utc_ms; /* newest referral */
  json_t *document;          /* digest, state and type, or NULL */
  json_t *reasons;           /* array */
  json_t *checks;            /* array */
  json_t *face;              /* newest attempt, or NULL */
  json_t *flight;            /* or NULL */
  json_t *admitted;          /* at, gate, by, or NULL */
  json_t *stamps;            /* array */
  json_t *decision;          /* standing decision, or NULL; from the hall's records */
  json_t *traveller;         /* MRZ fields, or NULL; from the hall's records */
  gboolean traveller_shown;  /* referred, read at a desk, or the full profile */
  char *lease_desk;
  char *lease_officer;
  gint64 lease_until_utc_ms;
  GsSimClaim *claim;
} GsSimCrossing;

GsSimCrossing *gs_sim_crossing_new (const char *id);
void gs_sim_crossing_free (GsSimCrossing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimCrossing, gs_sim_crossing_free)

/* Folds one event in. type is without "org.gateside." and ".v1". A type or member it does not know
 * changes nothing but the version. */
void gs_sim_crossing_apply (GsSimCrossing *self, const char *type, json_t *data, gint64 at_utc_ms);

/* TRUE while somebody may still have to act: in a gate, waiting, or admitted with an open window.
 */
gboolean gs_sim_crossing_is_open (const GsSimCrossing *self);

/* The body of GET /v1/crossings/{id}. as_of_event is 0 inside a list. Transfer full. */
json_t *gs_sim_crossing_to_json (const GsSimCrossing *self, gint64 as_of_event);

/* Everything, for a new epoch of the log, and back. Transfer full. */
json_t *gs_sim_crossing_to_record (const GsSimCrossing *self);
GsSimCrossing *gs_sim_crossing_from_record (json_t *record);
