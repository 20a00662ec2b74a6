/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-case.h"
#include "gs-page-answer.h"
#include "gs-printer-monitor.h"
#include "gs-session.h"
#include "gs-stamp-bitmap.h"
#include "gs-stamp-device.h"
#include "gs-stamp-journal.h"
#include "gs-stamp-step.h"

G_BEGIN_DECLS

/* One stamp for one crossing, from the open sheet to the officer's answer about the page: the model
 * of the stamp sheet. Every step is committed to the journal before the action that it names. Made
 * by GsStampDesk. Emits "changed". Main thread only. */
#define GS_TYPE_STAMP_ISSUE (gs_stamp_issue_get_type ())
G_DECLARE_FINAL_TYPE (GsStampIssue, gs_stamp_issue, GS, STAMP_ISSUE, GObject)

typedef enum
{
  GS_ISSUE_SHEET = 1,  /* conditions and preview; nothing begun */
  GS_ISSUE_CLAIMING,   /* the hall is asked */
  GS_ISSUE_PRINTING,   /* between the claim and the end of the job */
  GS_ISSUE_QUESTION,   /* printed, or nobody knows: what is on the page? */
  GS_ISSUE_RECOVERING, /* the printer or the hall is asked what happened */
  GS_ISSUE_DONE,       /* confirmed */
  GS_ISSUE_VOIDING,    /* VOID is being printed over the impression */
  GS_ISSUE_VOID,       /* this serial is void; a new one may follow under the same claim */
  GS_ISSUE_REFUSED,    /* no claim: see gs_stamp_issue_get_refusal() */
  GS_ISSUE_FAILED      /* nothing was printed; the claim was or will be released */
} GsIssueState;

/* Why there is no stamp. */
typedef enum
{
  GS_REFUSAL_NONE = 1,
  GS_REFUSAL_ALREADY_STAMPED,   /* serial, desk, at */
  GS_REFUSAL_CLAIMED_ELSEWHERE, /* desk, since */
  GS_REFUSAL_IN_DOUBT,          /* desk */
  GS_REFUSAL_OPEN_CASE,
  GS_REFUSAL_WINDOW_CLOSED, /* cause, at */
  GS_REFUSAL_NOT_ADMITTED,
  GS_REFUSAL_CANCELLED,
  GS_REFUSAL_NO_LINK,
  GS_REFUSAL_HALL,    /* the hall's answer could not be used */
  GS_REFUSAL_PRINTER, /* the printer refused or could not be reached; nothing printed */
  GS_REFUSAL_SEAL,    /* the stamp's seal could not be signed; nothing printed */
  GS_REFUSAL_STORE,
  GS_REFUSAL_STOPPED, /* the officer stopped it before anything was printed */
  GS_REFUSAL_NO_STAMP /* the officer holds no stamp, or not this one any more */
} GsRefusal;

typedef struct
{
  GsRefusal refusal;
  char *serial;
  char *desk;
  char *cause; /* word of the contract: "customs", … */
  gint64 at_utc_ms;
  GsPrinterTrouble trouble; /* with PRINTER: what it lacked; NONE when it named nothing */
} GsRefusalInfo;

/* The conditions of the sheet, in its order. */
typedef enum
{
  GS_CONDITION_CROSSING_FOUND = 1,
  GS_CONDITION_SAME_DOCUMENT,
  GS_CONDITION_ADMITTED,
  GS_CONDITION_IDENTITY,
  GS_CONDITION_WINDOW,
  GS_CONDITION_NOT_STAMPED,
  GS_CONDITION_OFFICER,
  GS_CONDITION_PRINTER,
  GS_CONDITION_COUNTER,
  GS_CONDITION_PACK /* only when there is no template to print with; evidence: a word of why */
} GsConditionId;

typedef struct
{
  GsConditionId id;
  GsCheckResult result;     /* SUCCESSFUL, FAILED, UNDETERMINED, NOT_SUPPORTED, NOT_CHECKED */
  gint64 at_utc_ms;         /* when it was seen; GS_TIME_UNKNOWN when that says nothing */
  char *evidence;           /* number, gate, serial, code, printer: data, no sentence; or NULL */
  gint64 value;             /* ink percent, counter; -1 when none */
  GsPrinterTrouble trouble; /* of PRINTER */
  GsStampStanding standing; /* of OFFICER */
} GsCondition;

GsCase *gs_stamp_issue_get_case (GsStampIssue *self);
GsIssueState gs_stamp_issue_get_state (GsStampIssue *self);
const GsRefusalInfo *gs_stamp_issue_get_refusal (GsStampIssue *self);
/* The serial; the next one to be taken while in SHEET, which another print may still take. */
const char *gs_stamp_issue_get_serial (GsStampIssue *self);
/* FALSE while the serial is only the next one, and nothing has taken it. */
gboolean gs_stamp_issue_has_serial (GsStampIssue *self);

/* A printer that did not take the stamp, before another one did. */
typedef struct
{
  char *name;
  char *uri;
  GsPrinterTrouble trouble;
} GsPrinterPass;

void gs_printer_pass_free (GsPrinterPass *self);

/* The printer that prints it: before the print key the one that would. NULL when the desk has none,
 * or not any more. Borrowed. */
GsPrinterMonitor *gs_stamp_issue_get_printer (GsStampIssue *self);
/* GsPrinterPass, in the order in which they were asked; never NULL. Borrowed. */
GPtrArray *gs_stamp_issue_get_passes (GsStampIssue *self);

/* What became of the hall's claim when there is no stamp. */
typedef enum
{
  GS_CLAIM_FATE_NONE = 1,  /* none was granted */
  GS_CLAIM_FATE_RELEASED,  /* given back: the crossing may still get its stamp */
  GS_CLAIM_FATE_UNSETTLED, /* the store could not take that yet */
  GS_CLAIM_FATE_KEPT       /* stays with this desk: another impression under it is void */
} GsClaimFate;

GsClaimFate gs_stamp_issue_get_claim_fate (GsStampIssue *self);

/* From the print key until the answer about the page: the sheet cannot be closed. */
gboolean gs_stamp_issue_is_busy (GsStampIssue *self);
/* Before the print: whether the officer still has to say that it is the same person. */
gboolean gs_stamp_issue_needs_judgement (GsStampIssue *self);
/* There is no stamp because the window is over: the ways on after it may be offered. */
gboolean gs_stamp_issue_is_too_late (GsStampIssue *self);
/* After VOID: the printer took the overprint; else VOID is written by hand. */
gboolean gs_stamp_issue_is_void_printed (GsStampIssue *self);
const char *gs_stamp_issue_get_stamp_id (GsStampIssue *self);
/* Exactly what is or will be printed; NULL until rendered. Borrowed. */
GsStampBitmap *gs_stamp_issue_get_bitmap (GsStampIssue *self);
/* The last journalled step and the hall's time of each (GS_TIME_UNKNOWN when not reached). */
GsStampStep gs_stamp_issue_get_step (GsStampIssue *self);
gint64 gs_stamp_issue_get_step_utc_ms (GsStampIssue *self, GsStampStep step);
/* 0 to 1 while the document is sent. */
double gs_stamp_issue_get_progress (GsStampIssue *self);
/* Since the print key, in ms of the monotonic clock. */
gint64 gs_stamp_issue_get_elapsed_ms (GsStampIssue *self);

/* The conditions now; GPtrArray of GsCondition, transfer full. */
GPtrArray *gs_stamp_issue_dup_conditions (GsStampIssue *self);
/* TRUE when no condition forbids printing and the state is SHEET. */
gboolean gs_stamp_issue_can_print (GsStampIssue *self);
/* An officer's word that the traveller has not left the area, where the hall tells no closing
 * event. */
gboolean gs_stamp_issue_needs_area_word (GsStampIssue *self);
void gs_stamp_issue_give_area_word (GsStampIssue *self);

/* Begins, once: a second call does nothing and returns FALSE. */
gboolean gs_stamp_issue_print (GsStampIssue *self);
/* Stop (held key): cancels the job and follows recovery. */
void gs_stamp_issue_stop (GsStampIssue *self);

/* The answer about the page. place counts for the wrong place; second is the other officer's
 * session or NULL. Fills *verdict; when verdict->needs_second and second is NULL nothing is
 * written: ask for the second officer and call again. FALSE when the state takes no answer. */
gboolean gs_stamp_issue_answer (GsStampIssue *self,
                                GsPageAnswer answer,
                                GsStampPlace place,
                                GsSession *second,
                                GsStampVerdict *verdict);
/* After VOID: one replacement may follow under the same claim, within ten minutes. */
gboolean gs_stamp_issue_may_reissue (GsStampIssue *self);
/* That replacement, as a new issue in SHEET; NULL when none may follow. Opening the crossing's
 * sheet later finds it too, also after a restart. Transfer full. */
GsStampIssue *gs_stamp_issue_reissue (GsStampIssue *self);

void gs_condition_free (GsCondition *self);

G_END_DECLS
