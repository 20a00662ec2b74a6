/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-replacement-table.h"
#include "gs-sealer.h"
#include "gs-stamp-commit.h"
#include "gs-stamp-desk.h"
#include "gs-worker.h"

/* What the files of the stamp issue share; not for anybody else. */

struct _GsStampDesk
{
  GObject parent_instance;

  const GsConfig *config;
  GsHall *hall;
  GsStore *store;
  GsPrinterDesk *printers; /* never NULL; perhaps without a printer */
  GsCaseBook *book;
  GsClock *clock;
  GsLiveFunc is_live;
  gpointer user_data;

  GsStampRegister *stamps;
  GsSession *session;
  GTimeZone *time_zone;
  gboolean closing_events_told;

  GsPackDesk *packs;
  GsSealer *sealer; /* NULL when the desk signs no seals, or cannot */
  GsWorker *render_worker;
  GCancellable *cancellable;

  GPtrArray *issues;   /* every GsStampIssue not over */
  GPtrArray *outcomes; /* GsClaimOutcomeRow not told yet, in order */
  gboolean telling;
  guint tell_source;
  guint review_source;
};

struct _GsStampIssue
{
  GObject parent_instance;

  GsStampDesk *desk; /* weak: NULL once the desk is gone */
  GsCase *item;
  GsIssueState state;
  GsRefusalInfo refusal;

  char *stamp; /* UUID, the job's name and the journal's key */
  char *asker; /* the officer who asked for it; stays the same through recovery */
  char
    *claim_stamp; /* UUID under which the hall's claim was asked: the first stamp of the crossing */
  char *hall_claim;
  char *serial;
  char *code; /* of the officer's stamp when the serial was taken */
  char *replaces;
  gint64 start_before_utc_ms;
  gint64 window_closes_utc_ms;

  GsStampPack *pack; /* that the bitmap is drawn with, from rendering on */
  GsStampBitmap *bitmap;
  char *bitmap_serial; /* what the bitmap shows */
  char *bitmap_code;
  gboolean bitmap_void;
  gboolean bitmap_preview; /* what stands in the seal's place is none */
  char *seal;              /* "signed", "missing"; NULL while nothing was signed */
  gboolean sealing;        /* the signer is asked */

  GsPrinterMonitor
    *printer;          /* that prints this stamp; NULL before, and when the desk has it no more */
  char *printer_uri;   /* of it: stands in the journal from REQUESTED on */
  char *claim_printer; /* what the hall was told when the claim was asked for */
  GPtrArray *passes;   /* GsPrinterPass: those that did not take it */
  gboolean passing;    /* its job is cancelled here, then another printer takes it */

  GsStampStep step; /* 0 before REQUESTED */
  gint64 step_utc_ms[GS_STAMP_STEP_LAST + 1];
  int job_id;
  gint64 counter_before;
  double progress;
  gint64 begun_monotonic_us;
  guint retries;
  gint64 claim_deadline_us;
  guint retry_source;

  gint64 void_utc_ms;    /* of what this replaces, or of this when it is void; else unknown */
  gboolean looking_back; /* the store is asked whether this replaces a void stamp */
  gboolean area_word;
  gboolean reissued;  /* this void serial has its replacement */
  gboolean begun;     /* the print key was taken: a second press does nothing */
  gboolean answering; /* an answer about the page is on its way into the store */
  gboolean stop_wanted;
  gboolean overprint;    /* the answer asks for VOID over the impression */
  gboolean void_printed; /* the printer took the VOID overprint */
  gboolean at_start;     /* found in the journal after a crash: nothing is printed by itself */
  gboolean recovering;
  gboolean needs_hand; /* the printer waits for a hand, as in a jam */
  gint64 reached_us;   /* when recovery began, or the printer's last answer in it */
  gint64 recover_since_us;
  gint64 active_since_us; /* since then a job prints with nothing in its way; 0 before */
  gboolean sending;
  GsStampEvidence evidence;
  gulong job_handler;
  guint silent_source;
  GCancellable *send_cancellable;
};

/* gs-stamp-issue.c */
GsStampIssue *gs_stamp_issue_new (GsStampDesk *desk, GsCase *item);
void gs_stamp_issue_set_state (GsStampIssue *self, GsIssueState state);
void gs_stamp_issue_changed (GsStampIssue *self);
void gs_stamp_issue_refuse (GsStampIssue *self, GsRefusal refusal, const GError *error);
/* A sheet whose crossing was stamped, or whose window closed, meanwhile: it is refused, with why.
 */
void gs_stamp_issue_review (GsStampIssue *self);
void gs_stamp_issue_render (GsStampIssue *self, const char *serial);
/* Before the print key: another pack may hold now, which draws another picture. */
void gs_stamp_issue_review_pack (GsStampIssue *self);

/* The pack that was active on the day of the crossing, the same through the whole issue; NULL with
 * the reason. Transfer none. */
GsStampPack *gs_stamp_issue_get_pack (GsStampIssue *self, GError **error);
/* Draws these fields on the worker. preview: not to be printed. Takes fields. */
void gs_stamp_issue_draw (GsStampIssue *self,
                          const char *serial,
                          GsStampFields *fields,
                          gboolean preview);

/* gs-stamp-issue-seal.c */
/* Has the stamp sealed when it is to be printed, then draws it. A preview gets a symbol that is no
 * seal. Takes fields. */
void gs_stamp_issue_seal_and_draw (GsStampIssue *self, const char *serial, GsStampFields *fields);
/* Makes the desk's sealer, when its key file names one. Reads the certificate. */
gboolean gs_stamp_desk_open_sealer (GsStampDesk *self, GError **error);
/* Whether the bitmap shows that serial and the code that is to be printed. */
gboolean gs_stamp_issue_is_drawn (GsStampIssue *self, const char *serial);

/* What the stamp shows with that serial. Transfer full. */
GsStampFields *gs_stamp_issue_make_fields (GsStampIssue *self, const char *serial);

/* gs-stamp-issue-replace.c: the one replacement of a void stamp, also after the window and after a
 * restart. */
void gs_stamp_issue_look_back (GsStampIssue *self);
/* Refuses the sheet of a replacement that comes too late. */
void gs_stamp_issue_review_replacement (GsStampIssue *self);
/* FALSE when its ten minutes are over; TRUE for what replaces nothing. */
gboolean gs_stamp_issue_may_replace (GsStampIssue *self);

/* gs-stamp-issue-void.c: VOID over the impression. */
void gs_stamp_issue_overprint (GsStampIssue *self);

/* gs-stamp-issue-pass.c: which printer takes the stamp. */
/* The device that prints it; NULL when the desk has it no more. Borrowed. */
GsStampPrinter *gs_stamp_issue_get_device (GsStampIssue *self);
/* Before REQUESTED: the first that is ready. */
void gs_stamp_issue_choose_printer (GsStampIssue *self);
/* The printer that the journal names, and no other. */
void gs_stamp_issue_resume_printer (GsStampIssue *self);
/* Its printer will not print this stamp, for that reason. TRUE when another one has been taken,
 * whose state must be asked for. Only before SENDING. */
gboolean gs_stamp_issue_pass_on (GsStampIssue *self, GsPrinterTrouble trouble);
/* Whether another printer could take it. */
gboolean gs_stamp_issue_can_pass_on (GsStampIssue *self);

/* gs-stamp-issue-run.c: from the print key to the question. */
void gs_stamp_issue_run (GsStampIssue *self);
/* Nobody is signed in any more: what the printer has not got is not printed, its claim is given
 * back. What is being printed goes on, and the question about the page waits for the next officer.
 */
void gs_stamp_issue_leave (GsStampIssue *self);
void gs_stamp_issue_after_claim (GsStampIssue *self);
void gs_stamp_issue_print_again (GsStampIssue *self);
/* Asks the chosen printer how it is, and goes on to INTENT when it is ready. */
void gs_stamp_issue_ask_printer (GsStampIssue *self);
void gs_stamp_issue_release (GsStampIssue *self, GsRefusal refusal);

/* TRUE for a replacement: the hall's claim was asked for with another stamp. */
gboolean gs_stamp_issue_shares_claim (GsStampIssue *self);

/* gs-stamp-issue-recover.c: when nobody knows how far it got. */
void gs_stamp_issue_recover (GsStampIssue *self);

/* Commits a step; next runs after the commit. On a failed commit the issue ends with
 * GS_REFUSAL_STORE and recovery takes it up at the next start. Takes over commit. */
typedef void (*GsIssueNext) (GsStampIssue *self);
void gs_stamp_issue_commit (GsStampIssue *self, GsStampCommit *commit, GsIssueNext next);
/* A commit of that step with the fields that every step has. */
GsStampCommit *gs_stamp_issue_new_commit (GsStampIssue *self, GsStampStep step);

/* gs-stamp-desk.c */
GsHallStampRequest *gs_stamp_desk_make_request (GsStampDesk *self, GsStampIssue *issue);
GsClaimOutcomeRow *
gs_stamp_desk_make_outcome (GsStampDesk *self, GsStampIssue *issue, const char *outcome);
void gs_stamp_desk_add_outcome (GsStampDesk *self, GsClaimOutcomeRow *row);
/* Draws the stamp with its serial, or with the next one to be taken. */
void gs_stamp_desk_preview (GsStampDesk *self, GsStampIssue *issue);
void gs_stamp_desk_changed (GsStampDesk *self);
const char *gs_stamp_desk_get_officer (GsStampDesk *self);
/* The stamp that the officer signed in holds; NULL for none. */
const GsStampDevice *gs_stamp_desk_get_stamp (GsStampDesk *self);
GsStampStanding gs_stamp_desk_get_standing (GsStampDesk *self);
/* The window as this desk may know it now. */
void gs_stamp_desk_judge_window (GsStampDesk *self, GsCase *item, GsWindowVerdict *verdict);
