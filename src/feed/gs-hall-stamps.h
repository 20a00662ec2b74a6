/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-hall-request.h"

G_BEGIN_DECLS

/* What the hall knows of stamps beside one claim: claims without an end, the newest serials of a
 * desk, and stamps that are told to it after they were printed. Plain data with owned strings. */

/* A claim that was granted and not reported, or is in doubt, of any desk. */
typedef struct
{
  char *claim;
  char *crossing;
  char *stamp;
  char *serial;
  char *desk;
  gboolean in_doubt;
  gint64 since_utc_ms;
  gint64 start_before_utc_ms; /* GS_TIME_UNKNOWN when not told */
} GsHallOpenClaim;

/* The highest number that the hall has had under a prefix of the desk. */
typedef struct
{
  char *prefix; /* "UTO-D3" */
  gint64 newest;
} GsHallSerial;

/* A stamp that was printed without a claim. */
typedef struct
{
  char *key; /* Idempotency-Key of this report */
  char *stamp;
  char *serial;
  char *crossing;
  char *desk;
  char *officer;
  char *supervisor; /* NULL with the reason "claim-lost" */
  char *reason;
  char *printer;
  GsHallClaimOutcome outcome; /* ISSUED, VOID or IN_DOUBT */
  gint64 at_utc_ms;
  char *replaces; /* or NULL */
} GsHallUnclaimed;

/* What speaks against it. */
typedef struct
{
  char *kind; /* "already-stamped", "window-closed", …; a word of the contract, or a newer one */
  char *serial; /* the other stamp's, or NULL */
  char *desk;   /* that has it, or NULL */
  char *cause;  /* what closed the window, or NULL */
  gint64 at_utc_ms;
} GsHallConflict;

typedef struct
{
  char *claim;          /* NULL when another stamp keeps the crossing */
  GPtrArray *conflicts; /* GsHallConflict; empty when nothing does */
} GsHallUnclaimedAnswer;

void gs_hall_open_claim_free (GsHallOpenClaim *self);
GsHallOpenClaim *gs_hall_open_claim_copy (const GsHallOpenClaim *self);
void gs_hall_serial_free (GsHallSerial *self);
GsHallUnclaimed *gs_hall_unclaimed_new (void);
GsHallUnclaimed *gs_hall_unclaimed_copy (const GsHallUnclaimed *self);
void gs_hall_unclaimed_free (GsHallUnclaimed *self);
GsHallConflict *gs_hall_conflict_new (const char *kind);
void gs_hall_conflict_free (GsHallConflict *self);
GsHallUnclaimedAnswer *gs_hall_unclaimed_answer_new (void);
void gs_hall_unclaimed_answer_free (GsHallUnclaimedAnswer *self);

/* Any thread. Transfer full; NULL with GS_HALL_ERROR_PROTOCOL. An open claim without an id, a
 * crossing or a desk makes the list unusable, since a desk that is left out would look free. */
GPtrArray *gs_hall_open_claims_parse (GBytes *body, GError **error);
GPtrArray *gs_hall_serials_parse (GBytes *body, GError **error);
GsHallUnclaimedAnswer *gs_hall_unclaimed_answer_parse (GBytes *body, GError **error);

char *gs_hall_unclaimed_to_json (const GsHallUnclaimed *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallOpenClaim, gs_hall_open_claim_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallUnclaimed, gs_hall_unclaimed_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallConflict, gs_hall_conflict_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallUnclaimedAnswer, gs_hall_unclaimed_answer_free)

G_END_DECLS
