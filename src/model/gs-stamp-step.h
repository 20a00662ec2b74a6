/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The steps of one stamp serial, as the issue journal commits them, each before the action that it
 * names. Which step may follow which is decided by gs-stamp-journal.h. */
typedef enum
{
  GS_STAMP_STEP_REQUESTED = 1, /* the officer asked for the stamp */
  GS_STAMP_STEP_CLAIMED,       /* the hall granted the claim */
  GS_STAMP_STEP_INTENT,        /* Create-Job is about to be sent */
  GS_STAMP_STEP_CREATED,       /* the printer gave a job-id */
  GS_STAMP_STEP_SENDING,       /* Send-Document is about to be sent: from here ink may flow */
  GS_STAMP_STEP_ACCEPTED,      /* the printer took the whole document */
  GS_STAMP_STEP_PRINTED,       /* the printer says that the job is completed */
  GS_STAMP_STEP_CONFIRMED,     /* the officer says that the stamp on the page is good */
  GS_STAMP_STEP_REPORTED,      /* the hall has taken the outcome: the end */
  GS_STAMP_STEP_REFUSED,       /* the hall granted no claim: the end */
  GS_STAMP_STEP_FAILED,        /* nothing was printed; the claim is to be released */
  GS_STAMP_STEP_INSPECT,       /* nobody knows: the officer looks at the page */
  GS_STAMP_STEP_VOID,          /* the serial is void, on the page or unused */
} GsStampStep;

#define GS_STAMP_STEP_LAST GS_STAMP_STEP_VOID

/* The stable name that is stored and exported, such as "SENDING"; NULL for a value outside the
 * enumeration. Any thread. */
const char *gs_stamp_step_to_string (GsStampStep step);

/* FALSE, and *step untouched, for anything that gs_stamp_step_to_string() never gives. Any
 * thread. */
gboolean gs_stamp_step_from_string (const char *text, GsStampStep *step);

G_END_DECLS
