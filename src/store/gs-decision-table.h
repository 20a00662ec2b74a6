/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* The officer's decisions and their way to the hall. Committed at the key press with the time at
 * which they may be sent, so that a kill within the 5 s of undo loses nothing. */
typedef enum
{
  GS_DECISION_PENDING = 1,
  GS_DECISION_SENT,     /* the hall has taken it */
  GS_DECISION_REJECTED, /* the hall refused it: becomes a priority 1 case */
  GS_DECISION_UNDONE,   /* taken back before it was sent */
} GsDecisionState;

typedef struct
{
  char *key; /* UUID: Idempotency-Key */
  char *crossing;
  char *outcome;        /* "admitted", "second-line", … */
  char *officer;        /* account id */
  char *second_officer; /* account id or NULL */
  char *match;          /* If-Match: the crossing's version that the officer saw, or NULL */
  GBytes *body;         /* exactly as it is posted; holds the note */
  gint64 decided_at_utc_ms;
  gint64 due_at_utc_ms; /* not sent before */
  GsDecisionState state;
  gint64 attempts;
  gint64 answered_at_utc_ms; /* 0 while pending */
  gint64 answer_status;      /* HTTP status of the answer that settled it, 0 for none */
  char *answer_code;         /* problem type of a rejection, or NULL */
} GsDecisionRow;

GsDecisionRow *gs_decision_row_new (void);
void gs_decision_row_free (GsDecisionRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsDecisionRow, gs_decision_row_free)

/* Worker thread. */
gboolean gs_decision_table_add (GsDatabase *db, const GsDecisionRow *row, GError **error);

/* GS_STORE_ERROR_CONFLICT when it is no longer pending. */
gboolean gs_decision_table_undo (GsDatabase *db, const char *key, gint64 at_utc_ms, GError **error);

/* Settles a pending one as SENT or REJECTED; CONFLICT when it is settled already. */
gboolean gs_decision_table_settle (GsDatabase *db,
                                   const char *key,
                                   GsDecisionState state,
                                   gint64 at_utc_ms,
                                   gint64 answer_status,
                                   const char *answer_code,
                                   GError **error);

/* Counts an attempt that got no answer. */
gboolean gs_decision_table_count_attempt (GsDatabase *db, const char *key, GError **error);

/* Pending ones in the order of their due time; with rejected also those the hall refused. */
GPtrArray *gs_decision_table_list_pending (GsDatabase *db, GError **error);
GPtrArray *gs_decision_table_of_crossing (GsDatabase *db, const char *crossing, GError **error);

G_END_DECLS
