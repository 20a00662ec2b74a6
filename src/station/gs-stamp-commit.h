/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-claim-outcome-table.h"
#include "gs-claim-table.h"
#include "gs-identity-table.h"
#include "gs-impression-table.h"
#include "gs-journal-table.h"
#include "gs-stamp-device.h"
#include "gs-store.h"

/* One transaction of the issue journal: a step and what belongs to it, all or nothing. Filled on
 * the main thread, run in the store's. Parts that are NULL are left out. */
typedef struct
{
  GsJournalRow *row;
  char *expected; /* the step that must be the last one now; NULL for the first */

  /* With a serial: this officer must hold an active stamp at the impression's desk, with the code
   * that the impression has. */
  char *held_by;
  GsStampDevicePolicy held_policy;

  GsClaimRow *claim;        /* INSERT; nothing else happens when another claim stands */
  GsClaimRow *claim_update; /* UPDATE */
  char *serial_prefix;      /* take the next serial and add impression under it */
  GsImpressionRow *impression;
  char *confirm_serial;
  char *void_serial;
  char *void_cause;
  char *void_officer;
  char *void_second;
  GsClaimOutcomeRow *outcome;
  /* Whose page it is, kept for the question that a crash may leave; the table of identities alone
   * has it. NULL: nobody is known. */
  GsTraveller *traveller;
} GsStampCommit;

typedef struct
{
  gboolean not_held;    /* the officer holds no such stamp any more; nothing was written */
  gboolean won;         /* FALSE: standing tells whose claim it is */
  GsClaimRow *standing; /* or NULL */
  char *standing_serial;
  gint64 standing_at_utc_ms;
  char *void_serial; /* the crossing's newest void impression */
  char *serial;      /* the one taken */
} GsStampCommitResult;

void gs_stamp_commit_free (GsStampCommit *self);
void gs_stamp_commit_result_free (GsStampCommitResult *self);

/* A GsStoreFunc; data is a GsStampCommit, the result a GsStampCommitResult. */
gpointer gs_stamp_commit_run (GsDatabase *db, gpointer data, GError **error);

/* "UTO-D3 004217". Transfer full. */
char *gs_stamp_serial_format (const char *prefix, gint64 number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsStampCommit, gs_stamp_commit_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsStampCommitResult, gs_stamp_commit_result_free)
