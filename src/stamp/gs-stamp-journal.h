/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "gs-page-answer.h"
#include "gs-stamp-error.h"
#include "gs-stamp-step.h"

G_BEGIN_DECLS

/* What may follow what in the life of one serial, and what to do when nobody knows how far it got.
 * Pure functions: no store, no printer, no clock. Whoever calls them commits each step before the
 * action that the step names. The promise is: never twice by software; when unsure, the officer
 * looks at the page. Any thread. */

/* What the printer says of the job whose job-name is the stamp's UUID (never of a job-id alone:
 * those are used again after a restart). */
typedef enum
{
  GS_STAMP_JOB_UNREACHABLE = 1, /* the printer could not be asked */
  GS_STAMP_JOB_NONE,            /* asked: it knows no job of this name */
  GS_STAMP_JOB_WAITING,         /* pending or held with job-data-insufficient */
  GS_STAMP_JOB_ACTIVE,          /* not ended and anything else: job-incoming, processing, stopped */
  GS_STAMP_JOB_CANCELED,
  GS_STAMP_JOB_ABORTED,
  GS_STAMP_JOB_COMPLETED,
} GsStampJob;

/* What Cancel-Job on every job of this name led to. */
typedef enum
{
  GS_STAMP_CANCEL_NOT_TRIED = 1,
  GS_STAMP_CANCEL_CLEAN, /* canceled, job-impressions-completed is 0 */
  GS_STAMP_CANCEL_DIRTY, /* canceled, but impressions were counted or are not told */
  GS_STAMP_CANCEL_FAILED,
} GsStampCancel;

/* What printer-impressions-completed says about the time since before SENDING. */
typedef enum
{
  GS_STAMP_COUNTER_UNKNOWN = 1, /* not supported, not reachable, gone backwards */
  GS_STAMP_COUNTER_STILL,
  GS_STAMP_COUNTER_MOVED,
} GsStampCounter;

/* What the hall answered to the claim that was asked with the same Idempotency-Key. */
typedef enum
{
  GS_STAMP_CLAIM_NOT_ASKED = 1,
  GS_STAMP_CLAIM_GRANTED,
  GS_STAMP_CLAIM_EXPIRED, /* granted, but start_before has passed */
  GS_STAMP_CLAIM_REFUSED,
  GS_STAMP_CLAIM_NO_ANSWER,
} GsStampClaim;

typedef struct
{
  GsStampStep step; /* the last one committed */
  GsStampClaim claim;
  GsStampJob job; /* as it was before Cancel-Job */
  GsStampCancel cancel;
  GsStampCounter counter;
} GsStampEvidence;

/* What to do next. */
typedef enum
{
  GS_STAMP_ACTION_ASK_HALL = 1, /* the same claim with the same key */
  GS_STAMP_ACTION_START,   /* commit CLAIMED if need be; printing may begin, on the officer's key */
  GS_STAMP_ACTION_REFUSE,  /* commit REFUSED */
  GS_STAMP_ACTION_RELEASE, /* commit FAILED and tell the hall "released" */
  GS_STAMP_ACTION_ASK_PRINTER, /* Get-Jobs by name; again later when it cannot be reached */
  GS_STAMP_ACTION_CANCEL_JOBS, /* Cancel-Job for every job of this name, then decide again */
  GS_STAMP_ACTION_RETRY,       /* nothing was printed: commit INTENT again, or release */
  GS_STAMP_ACTION_INSPECT,     /* commit INSPECT */
  GS_STAMP_ACTION_PRINTED,     /* commit PRINTED */
  GS_STAMP_ACTION_ASK_OFFICER, /* what is on the page? */
  GS_STAMP_ACTION_REPORT,      /* tell the hall the outcome until it has taken it */
  GS_STAMP_ACTION_NONE,        /* it is over */
} GsStampAction;

/* What to do with a serial found in the journal at start-up, after Stop, or whenever the link to
 * the printer broke. Called again with better evidence after each action. */
GsStampAction gs_stamp_journal_recover (const GsStampEvidence *evidence);

/* Whether the step may follow the last committed one. Going back to INTENT, or giving up (FAILED),
 * from SENDING needs the proof in the evidence that nothing was printed: job waiting for data,
 * cancelled clean. PRINTED needs a completed job. Others look at evidence->step only. FALSE with
 * GS_STAMP_ERROR_TRANSITION. */
gboolean
gs_stamp_journal_allows (const GsStampEvidence *evidence, GsStampStep next, GError **error);

/* TRUE when no further step can follow for this serial. */
gboolean gs_stamp_journal_is_over (GsStampStep step);

/* TRUE from SENDING on: ink may be on paper, so the serial must not be sent anywhere else. */
gboolean gs_stamp_journal_may_have_printed (GsStampStep step);

/* The outcome for PUT …/stamp-claims/{claim}: "issued", "void", "released", "in-doubt", or NULL
 * when there is none to tell yet. For REPORTED, pass the step before it. */
const char *gs_stamp_journal_outcome (GsStampStep step);

/* FALSE when the grant's start_before is reached or either time is unknown. Both are the hall's. */
gboolean gs_stamp_journal_may_start (gint64 hall_now_utc_ms, gint64 start_before_utc_ms);

/* Compares printer-impressions-completed before SENDING and now; negative is unknown. */
GsStampCounter gs_stamp_counter_compare (gint64 before, gint64 now);

/* The four kinds of wrong place. */
typedef enum
{
  GS_STAMP_PLACE_WRONG_PAGE = 1, /* valid, noted */
  GS_STAMP_PLACE_OVER_STAMP,
  GS_STAMP_PLACE_OTHER_PASSPORT,
  GS_STAMP_PLACE_LOOSE_SHEET,
} GsStampPlace;

/* The second officer, by own sign-in, who has looked at the page or approves. */
typedef enum
{
  GS_STAMP_SECOND_NOT_ASKED = 1,
  GS_STAMP_SECOND_AGREES,
  GS_STAMP_SECOND_DISAGREES,
} GsStampSecond;

typedef struct
{
  GsStampStep step;       /* CONFIRMED or VOID to commit; INSPECT while it is in doubt */
  gboolean needs_second;  /* a second officer must look or approve before more can happen */
  gboolean supervisor;    /* a supervisor is to be told */
  gboolean incident;      /* an incident is to be opened */
  gboolean in_doubt;      /* the claim stays in doubt and blocks every desk */
  gboolean overprint;     /* print VOID over the impression */
  gboolean destroy_sheet; /* the sheet is destroyed before the two officers */
  gboolean noted;         /* valid, with a note of the page */
  gboolean new_serial;    /* one replacement may be asked for under the same claim */
} GsStampVerdict;

/* What the officer's answer means. step is PRINTED or INSPECT. place counts only for the wrong
 * place; counter only for absent. FALSE with GS_STAMP_ERROR_TRANSITION for another step or values
 * outside the enumerations. */
gboolean gs_stamp_journal_answer (GsStampStep step,
                                  GsPageAnswer answer,
                                  GsStampPlace place,
                                  GsStampCounter counter,
                                  GsStampSecond second,
                                  GsStampVerdict *verdict,
                                  GError **error);

G_END_DECLS
