/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-print-job.h"

GsPrintJob *
gs_print_job_copy (const GsPrintJob *self)
{
  GsPrintJob *copy;

  if (self == NULL)
    return NULL;
  copy = g_new0 (GsPrintJob, 1);
  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->reasons = g_strdupv (self->reasons);
  return copy;
}

void
gs_print_job_free (GsPrintJob *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_strfreev (self->reasons);
  g_free (self);
}

gboolean
gs_print_job_equal (const GsPrintJob *a, const GsPrintJob *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->id == b->id && a->state == b->state && a->impressions == b->impressions
         && g_strcmp0 (a->name, b->name) == 0
         && g_strv_equal ((const char *const *) a->reasons, (const char *const *) b->reasons);
}

gboolean
gs_print_job_is_final (const GsPrintJob *self)
{
  return self->state == GS_PRINT_JOB_CANCELED || self->state == GS_PRINT_JOB_ABORTED
         || self->state == GS_PRINT_JOB_COMPLETED;
}

gboolean
gs_print_job_has_reason (const GsPrintJob *self, const char *keyword)
{
  return g_strv_contains ((const char *const *) self->reasons, keyword);
}

gboolean
gs_print_job_is_printed (const GsPrintJob *self)
{
  static const char *const doubts[] = { "job-completed-with-errors",
                                        "aborted-by-system",
                                        "errors-detected",
                                        "job-data-insufficient",
                                        "document-format-error",
                                        "compression-error",
                                        "job-canceled-by-user",
                                        "job-canceled-at-device",
                                        "job-canceled-by-operator",
                                        "document-unprintable-error",
                                        "job-incoming" };

  if (self->state != GS_PRINT_JOB_COMPLETED || self->impressions == 0)
    return FALSE;
  for (size_t i = 0; i < G_N_ELEMENTS (doubts); i++)
    if (gs_print_job_has_reason (self, doubts[i]))
      return FALSE;
  return TRUE;
}

gboolean
gs_print_job_is_unprinted (const GsPrintJob *self)
{
  return (self->state == GS_PRINT_JOB_CANCELED || self->state == GS_PRINT_JOB_ABORTED)
         && self->impressions == 0;
}

gboolean
gs_print_job_is_without_document (const GsPrintJob *self)
{
  return (self->state == GS_PRINT_JOB_PENDING || self->state == GS_PRINT_JOB_HELD)
         && self->impressions <= 0 && gs_print_job_has_reason (self, "job-data-insufficient");
}
