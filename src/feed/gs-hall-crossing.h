/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-crossing.h"

G_BEGIN_DECLS

/* A crossing as the hall has folded it, with the hall's own view of its stamp window. Plain data.
 */
typedef struct
{
  GsCrossing *crossing;
  char *window_state; /* "not-open", "open", "closed", as the hall says; NULL when not told */
  gint64 window_closes_utc_ms;
  char *window_cause; /* "customs", "boarded", "closed", "cancelled", "time-limit" or NULL */
} GsHallCrossing;

/* A list of crossings, newest first for a lookup. */
typedef struct
{
  GPtrArray *crossings; /* GsHallCrossing */
  gint64 as_of_event;   /* the snapshot holds all events up to this one; -1 when not told */
} GsHallCrossings;

void gs_hall_crossing_free (GsHallCrossing *self);
void gs_hall_crossings_free (GsHallCrossings *self);

/* Parse the bodies of GET /v1/crossings/{id}, and of GET /v1/crossings and POST
 * /v1/crossings/lookup. NULL with GS_HALL_ERROR_PROTOCOL. In a list, a crossing that does not parse
 * fails the whole list: a traveller must not become invisible. */
GsHallCrossing *gs_hall_crossing_parse (GBytes *body, GError **error);
GsHallCrossings *gs_hall_crossings_parse (GBytes *body, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallCrossing, gs_hall_crossing_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallCrossings, gs_hall_crossings_free)

G_END_DECLS
