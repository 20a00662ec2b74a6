/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"
#include "gs-outcome.h"

G_BEGIN_DECLS

/* The officer's own recorded judgement of the pictures. */
typedef struct
{
  char *judgement; /* UUID */
  char *crossing;
  char *officer; /* account id */
  char *method;  /* "by-eye", or "camera": beside the desk camera's picture */
  char *pair;    /* "chip-desk", "gate-desk"; in older stores "page-live" too */
  GsJudgement verdict;
  gint64 judged_at_utc_ms;
  char *document_source; /* "device", "typed" or "none" */
  gint64 document_read_at_utc_ms;
  char *verification; /* of the sitting (gs-face-verification-table.h), or NULL */
  gboolean by_second; /* given by the second officer */
} GsJudgementRow;

GsJudgementRow *gs_judgement_row_new (void);
void gs_judgement_row_free (GsJudgementRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsJudgementRow, gs_judgement_row_free)

/* Worker thread. */
gboolean gs_judgement_table_add (GsDatabase *db, const GsJudgementRow *row, GError **error);

/* Newest first. GPtrArray of GsJudgementRow. */
GPtrArray *gs_judgement_table_of_crossing (GsDatabase *db, const char *crossing, GError **error);

G_END_DECLS
