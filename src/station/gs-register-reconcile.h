/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-approval.h"
#include "gs-reconciliation.h"
#include "gs-register-error.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* The daily reconciliation of a desk, for the station and the command line alike: what the journal
 * says since the last one against the printers' counters. An impression belongs to the first
 * reconciliation that finds it confirmed or void, whatever the clocks say. */

/* What a printer was found to count. */
typedef struct
{
  char *printer;
  GsCountSource source;
  gint64 counter; /* with HAND: what two officers counted since the last time; -1 with NONE */
} GsCounterReading;

typedef struct
{
  char *desk;
  char *day;           /* NULL: see gs_reconcile_run() */
  GTimeZone *zone;     /* the port's */
  gint64 now_utc_ms;   /* the hall's time, or the wall clock */
  GPtrArray *readings; /* GsCounterReading */

  /* Closing: what was shown; NULL for a look only. */
  GsReconciliation *shown;
} GsReconcileJob;

GsReconcileJob *
gs_reconcile_job_new (const char *desk, const char *day, GTimeZone *zone, gint64 now_utc_ms);
void gs_reconcile_job_free (GsReconcileJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsReconcileJob, gs_reconcile_job_free)

void gs_reconcile_job_add (GsReconcileJob *self,
                           const char *printer,
                           GsCountSource source,
                           gint64 counter);

/* Pure: whether these two may close it as it is judged. reason NONE signs for nothing. Errors:
 * DENIED, UNSIGNED. On TRUE fills officer, second and reason of shown. */
gboolean gs_reconcile_sign (GsReconciliation *shown,
                            GsSession *officer,
                            GsSession *second,
                            GsSignReason reason,
                            GError **error);

/* The record's entry of what was shown; detail must outlive it. */
void gs_reconcile_describe (const GsReconciliation *shown, GsRecordEntry *entry, char **detail);

/* A GsStoreFunc; data is a GsReconcileJob, the result a GsReconciliation, judged. Without a day it
 * takes today; before six in the morning yesterday, when that was not reconciled. With "shown" it
 * is written, if the numbers are still the same. Errors: BUSY, DAY, CHANGED of GS_REGISTER_ERROR,
 * or what the store says. */
gpointer gs_reconcile_run (GsDatabase *db, gpointer data, GError **error);

/* Days after first and before last, as text, oldest first and at most 366. GPtrArray of char *. */
GPtrArray *gs_reconcile_days_between (const char *first, const char *last);

G_END_DECLS
