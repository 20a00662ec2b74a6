/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-clock.h"
#include "gs-hall.h"

G_BEGIN_DECLS

/* A hall in memory that does what a test tells it. Left alone it takes every decision, knows the
 * crossings that it was given, and grants one stamp claim a crossing. It answers in the main
 * context, never from within a call. Main thread. */
#define GS_TYPE_FAKE_HALL (gs_fake_hall_get_type ())
G_DECLARE_FINAL_TYPE (GsFakeHall, gs_fake_hall, GS, FAKE_HALL, GObject)

typedef enum
{
  GS_FAKE_HALL_STATUS,
  GS_FAKE_HALL_LOOKUP,
  GS_FAKE_HALL_GET_CROSSING,
  GS_FAKE_HALL_OPEN,
  GS_FAKE_HALL_LEASE,
  GS_FAKE_HALL_DECISION,
  GS_FAKE_HALL_CLAIM,
  GS_FAKE_HALL_OUTCOME,
  GS_FAKE_HALL_DESK_CALL,
  GS_FAKE_HALL_EVIDENCE,
  GS_FAKE_HALL_OPEN_CLAIMS,
  GS_FAKE_HALL_SERIALS,
  GS_FAKE_HALL_UNCLAIMED,
  GS_FAKE_HALL_OTHER,
  GS_FAKE_HALL_N_CALLS
} GsFakeHallCall;

/* clock: for the times in grants. */
GsFakeHall *gs_fake_hall_new (GsClock *clock);

/* Without a link every call fails with UNREACHABLE. */
void gs_fake_hall_set_link (GsFakeHall *self, gboolean up);

/* The next such call fails with this error (transfer full). With done, what was asked happens all
 * the same, as when the connection breaks before the answer. */
void gs_fake_hall_fail_next (GsFakeHall *self, GsFakeHallCall call, GError *error, gboolean done);

/* While held, no such call is answered; released, all are. */
void gs_fake_hall_hold (GsFakeHall *self, GsFakeHallCall call, gboolean hold);

/* Makes a crossing known for lookup and for reading; an older one of the id goes. Transfer full. */
void gs_fake_hall_take_crossing (GsFakeHall *self, GsCrossing *crossing);

/* Forgets it, as a hall that was restored. */
void gs_fake_hall_drop_crossing (GsFakeHall *self, const char *crossing);
/* What it has of every crossing under that name, "chip-face"; NULL takes it away. */
void gs_fake_hall_set_evidence (GsFakeHall *self, const char *name, GBytes *bytes);
/* The number of the last event in the snapshot of open crossings; 0 at first. */
void gs_fake_hall_set_as_of (GsFakeHall *self, gint64 event);

guint gs_fake_hall_get_calls (GsFakeHall *self, GsFakeHallCall call);
/* The desk that holds the crossing's lease, or NULL. */
const char *gs_fake_hall_get_lease (GsFakeHall *self, const char *crossing);
/* Taken decisions, oldest first, one a key. GPtrArray of GsHallDecision, transfer none. */
GPtrArray *gs_fake_hall_get_decisions (GsFakeHall *self);
/* Outcomes of claims as they came. GPtrArray of GsHallClaimReport, transfer none. */
GPtrArray *gs_fake_hall_get_reports (GsFakeHall *self);

/* A claim of another desk, or of this one that it does not remember, without an end. Transfer
 * full. */
void gs_fake_hall_take_open_claim (GsFakeHall *self, GsHallOpenClaim *claim);
void gs_fake_hall_drop_open_claims (GsFakeHall *self);
/* The newest number under a prefix that the desk has told. */
void gs_fake_hall_set_serial (GsFakeHall *self, const char *prefix, gint64 newest);
/* What speaks against every stamp that is told afterwards from now on; NULL for nothing. */
void gs_fake_hall_set_conflict (GsFakeHall *self, const char *kind);
/* Stamps that were told afterwards, as they came. GPtrArray of GsHallUnclaimed, transfer none. */
GPtrArray *gs_fake_hall_get_unclaimed (GsFakeHall *self);

G_END_DECLS
