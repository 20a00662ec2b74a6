/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A job as the printer describes it (RFC 8011 section 5.3.7). */

/* The values of job-state. */
typedef enum
{
  GS_PRINT_JOB_PENDING = 3,
  GS_PRINT_JOB_HELD = 4,
  GS_PRINT_JOB_PROCESSING = 5,
  GS_PRINT_JOB_STOPPED = 6,
  GS_PRINT_JOB_CANCELED = 7,
  GS_PRINT_JOB_ABORTED = 8,
  GS_PRINT_JOB_COMPLETED = 9,
} GsPrintJobState;

typedef struct
{
  int id; /* reused after a printer restart: compare the name before acting on it */
  char *name;
  GsPrintJobState state;
  char **reasons; /* job-state-reasons without "none" */
  /* job-impressions-completed; -1 = not supported. It becomes 1 before the page is done, so it
   * proves a print only together with the state; 0 proves that nothing was printed only when the
   * state is final. */
  int impressions;
} GsPrintJob;

GsPrintJob *gs_print_job_copy (const GsPrintJob *self);
void gs_print_job_free (GsPrintJob *self);
gboolean gs_print_job_equal (const GsPrintJob *a, const GsPrintJob *b);

/* Canceled, aborted or completed: it will not change any more. */
gboolean gs_print_job_is_final (const GsPrintJob *self);
gboolean gs_print_job_has_reason (const GsPrintJob *self, const char *keyword);

/* TRUE when the printer says that the whole job came out: completed, one impression or more (or
 * none counted at all, -1), and no reason of errors, of aborting or of missing data. A half-sent
 * document can end as completed on some printers, which is why the officer confirms in any case. */
gboolean gs_print_job_is_printed (const GsPrintJob *self);

/* TRUE when the printer says that nothing of it can have reached paper: canceled or aborted with 0
 * impressions. */
gboolean gs_print_job_is_unprinted (const GsPrintJob *self);

/* TRUE for a job that waits for its document: pending or held with job-data-insufficient, no
 * impression. */
gboolean gs_print_job_is_without_document (const GsPrintJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsPrintJob, gs_print_job_free)

G_END_DECLS
