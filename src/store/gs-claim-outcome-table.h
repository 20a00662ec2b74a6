/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* Outcomes of stamp claims on their way to the hall: kept and retried until the hall has them. */
typedef enum
{
  GS_CLAIM_OUTCOME_PENDING = 1,
  GS_CLAIM_OUTCOME_SENT,
  GS_CLAIM_OUTCOME_REJECTED,
} GsClaimOutcomeState;

typedef struct
{
  char *key; /* UUID of this report */
  char *crossing;
  char *hall_claim;
  char *stamp;
  char *outcome; /* "issued", "void", "released", "in-doubt" */
  char *serial;
  char *replaces; /* serial or NULL */
  gint64 at_utc_ms;
  GsClaimOutcomeState state;
  gint64 attempts;
  gint64 answer_status;
} GsClaimOutcomeRow;

GsClaimOutcomeRow *gs_claim_outcome_row_new (void);
void gs_claim_outcome_row_free (GsClaimOutcomeRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsClaimOutcomeRow, gs_claim_outcome_row_free)

/* Worker thread. */
gboolean gs_claim_outcome_table_add (GsDatabase *db, const GsClaimOutcomeRow *row, GError **error);
gboolean gs_claim_outcome_table_settle (
  GsDatabase *db, const char *key, GsClaimOutcomeState state, gint64 answer_status, GError **error);
gboolean gs_claim_outcome_table_count_attempt (GsDatabase *db, const char *key, GError **error);

/* In the order in which they happened: they must be sent in it. GPtrArray of GsClaimOutcomeRow. */
GPtrArray *gs_claim_outcome_table_list_pending (GsDatabase *db, GError **error);

G_END_DECLS
