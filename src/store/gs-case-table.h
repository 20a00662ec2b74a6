/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* A referral as a case of this desk: one row a crossing. */
typedef enum
{
  GS_CASE_WAITING = 1,
  GS_CASE_TAKEN,
  GS_CASE_CLOSED,
} GsCaseState;

typedef struct
{
  char *crossing;
  char *gate; /* where it was referred, NULL when not told */
  GsCaseState state;
  int priority;  /* 1 to 4 */
  char *reasons; /* codes joined by ',' */
  char *fault;   /* shared by all whom one gate fault referred, or NULL */
  char *party;
  gint64 referred_at_utc_ms;
  char *taken_by; /* account id, NULL while waiting */
  char *taken_desk;
  gint64 taken_at_utc_ms; /* 0 while waiting */
  char *outcome;          /* when closed; NULL when the hall no longer knew the crossing */
  char *decided_by;       /* account id of whoever gave the outcome, here or at another desk */
  char *decided_desk;
  gint64 closed_at_utc_ms;
} GsCaseRow;

GsCaseRow *gs_case_row_new (void);
void gs_case_row_free (GsCaseRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsCaseRow, gs_case_row_free)

/* Worker thread. */
gboolean gs_case_table_put (GsDatabase *db, const GsCaseRow *row, GError **error);
GsCaseRow *gs_case_table_get (GsDatabase *db, const char *crossing, GError **error);

/* Cases not closed, and those referred or closed since that time (G_MAXINT64: none), by priority
 * and time. GPtrArray of GsCaseRow. */
GPtrArray *gs_case_table_list_recent (GsDatabase *db, gint64 since_utc_ms, GError **error);

G_END_DECLS
