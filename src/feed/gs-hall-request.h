/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-crossing.h"

G_BEGIN_DECLS

/* What a desk sends to the hall and what it gets back. Plain data with owned strings; the callee
 * copies what it keeps. key: the Idempotency-Key, a UUID that stays the same over every retry of
 * the same thing. */

typedef struct
{
  char *crossing;
  char *key;
  gint64 version; /* If-Match */
  GsOutcome outcome;
  char *officer;
  char *second_officer; /* or NULL */
  char *desk;
  gint64 at_utc_ms;
  char **reasons; /* codes; NULL counts as none */
  char *note;     /* or NULL */
  char *
    ground; /* of a refusal: a code of the desk's policy, for the record; the hall has it in note */
  char *relaxed;       /* policies that made it possible, for the record; or NULL */
  char *gate;          /* back to which gate, or NULL */
  GPtrArray *evidence; /* GsCheck (name, result, code), or NULL */
} GsHallDecision;

typedef struct
{
  gboolean replayed; /* the hall had it already under the same key */
  gint64 version;    /* of the crossing after it; 0 when not told */
} GsHallReceipt;

typedef struct
{
  char *desk;
  char *officer;
  gint64 until_utc_ms;
} GsHallLease;

typedef struct
{
  char *crossing;
  char *stamp; /* the stamp's UUID, also the idempotency key */
  char *serial;
  char *desk;
  char *officer;
  char *printer;
} GsHallStampRequest;

/* A granted claim. */
typedef struct
{
  char *claim;
  gint64 granted_at_utc_ms;
  gint64 start_before_utc_ms;     /* the grant may be used until then */
  gint64 window_closes_at_utc_ms; /* GS_TIME_UNKNOWN when open-ended */
  gboolean replayed;
} GsHallClaim;

typedef enum
{
  GS_HALL_CLAIM_ISSUED = 1,
  GS_HALL_CLAIM_VOID,
  GS_HALL_CLAIM_RELEASED,
  GS_HALL_CLAIM_IN_DOUBT
} GsHallClaimOutcome;

typedef struct
{
  char *crossing;
  char *claim;
  GsHallClaimOutcome outcome;
  char *serial; /* the one claimed, or the replacement's */
  gint64 at_utc_ms;
  char *replaces; /* the void serial that this one replaces, or NULL */
  /* In place of another desk: who does, and why; else NULL. */
  char *supervisor;
  char *officer;
  char *reason;
} GsHallClaimReport;

typedef struct
{
  char *desk;
  char *officer; /* or NULL when nobody is signed in */
  gboolean locked;
  char **gates; /* ids of the gates watched */
} GsHallPresence;

typedef enum
{
  GS_HALL_COMMAND_CLOSE = 1,
  GS_HALL_COMMAND_REOPEN,
  GS_HALL_COMMAND_RELEASE_EXIT /* moves a door; nothing undoes it */
} GsHallCommand;

typedef struct
{
  char *gate;
  char *key;
  GsHallCommand command;
  char *officer;
  char *reason;
  char *crossing; /* or NULL */
} GsHallGateCommand;

/* Bytes that were fetched to be looked at. */
typedef struct
{
  GBytes *bytes;
  char *content_type; /* without parameters, lower case */
} GsHallEvidence;

GsHallDecision *gs_hall_decision_new (void);
GsHallDecision *gs_hall_decision_copy (const GsHallDecision *self);
void gs_hall_decision_free (GsHallDecision *self);
void gs_hall_receipt_free (GsHallReceipt *self);
void gs_hall_lease_free (GsHallLease *self);
GsHallStampRequest *gs_hall_stamp_request_new (void);
void gs_hall_stamp_request_free (GsHallStampRequest *self);
void gs_hall_claim_free (GsHallClaim *self);
GsHallClaimReport *gs_hall_claim_report_new (void);
void gs_hall_claim_report_free (GsHallClaimReport *self);
GsHallPresence *gs_hall_presence_new (void);
void gs_hall_presence_free (GsHallPresence *self);
GsHallGateCommand *gs_hall_gate_command_new (void);
void gs_hall_gate_command_free (GsHallGateCommand *self);
void gs_hall_evidence_free (GsHallEvidence *self);

/* The JSON bodies that the client sends; journals keep them as what was sent. Transfer full. */
char *gs_hall_decision_to_json (const GsHallDecision *self);
char *gs_hall_stamp_request_to_json (const GsHallStampRequest *self);
char *gs_hall_claim_report_to_json (const GsHallClaimReport *self);
char *gs_hall_presence_to_json (const GsHallPresence *self);
char *gs_hall_gate_command_to_json (const GsHallGateCommand *self);

const char *gs_hall_claim_outcome_to_word (GsHallClaimOutcome outcome);
gboolean gs_hall_claim_outcome_from_word (const char *word, GsHallClaimOutcome *outcome);
const char *gs_hall_command_to_word (GsHallCommand command);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallDecision, gs_hall_decision_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallReceipt, gs_hall_receipt_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallLease, gs_hall_lease_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallStampRequest, gs_hall_stamp_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallClaim, gs_hall_claim_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallClaimReport, gs_hall_claim_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallPresence, gs_hall_presence_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallGateCommand, gs_hall_gate_command_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallEvidence, gs_hall_evidence_free)

G_END_DECLS
