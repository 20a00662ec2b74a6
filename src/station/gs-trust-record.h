/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-store.h"
#include "gs-worker.h"

G_BEGIN_DECLS

/* The trust store's file beside the record: changes that the store's log has and the record lacks
 * (made on the command line, or cut short by the power) become entries, and what stands there is
 * held against what was last recorded. Main thread; the file is read in the worker. */

typedef enum
{
  GS_TRUST_STANDING_UNKNOWN = 1, /* not looked yet */
  GS_TRUST_STANDING_RECORDED,
  GS_TRUST_STANDING_DIFFERS, /* somebody changed the file past the record, and no recorded change
                                came since */
} GsTrustStanding;

typedef struct
{
  GsTrustStanding standing;
  guint n_taken_in; /* entries that were written now, of changes made elsewhere */
  char *digest;     /* SHA-256 of the file; "none" without one */
} GsTrustSurvey;

void gs_trust_survey_free (GsTrustSurvey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsTrustSurvey, gs_trust_survey_free)

/* NULL with GS_EMRTD_ERROR_BUSY while another program changes the store, GS_EMRTD_ERROR_STORAGE, or
 * an error of the station's store. Transfer full. */
void gs_trust_record_survey_async (GsStore *store,
                                   GsWorker *worker,
                                   const char *path,
                                   gint64 now_utc_ms,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GsTrustSurvey *gs_trust_record_survey_finish (GAsyncResult *result, GError **error);

/* The end of every entry about the store: " change=UUID store=DIGEST". Transfer full. */
char *gs_trust_record_describe (const char *detail, const char *change, const char *digest);

G_END_DECLS
