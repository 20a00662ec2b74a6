/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* The right to stamp a crossing: one row a crossing, whatever happens. The hall is asked as well;
 * this row is what keeps two sheets at stations of one database apart. */
typedef enum
{
  GS_CLAIM_REQUESTED = 1, /* written before the hall is asked */
  GS_CLAIM_GRANTED,
  GS_CLAIM_DONE, /* issued, or void without replacement */
  GS_CLAIM_IN_DOUBT,
  GS_CLAIM_RELEASED, /* nothing was printed, or the hall refused: may be claimed again */
} GsClaimState;

typedef struct
{
  char *crossing;
  char *stamp;      /* UUID of the first stamp: the claim's Idempotency-Key */
  char *hall_claim; /* the hall's id, NULL before it is granted */
  char *desk;
  char *officer; /* account id */
  char *printer;
  GsClaimState state;
  gint64 requested_at_utc_ms;
  gint64 granted_at_utc_ms; /* 0 before the grant; likewise below */
  gint64 start_before_utc_ms;
  gint64 window_closes_at_utc_ms;
  char *refusal; /* problem type, when the hall said no */
} GsClaimRow;

GsClaimRow *gs_claim_row_new (void);
void gs_claim_row_free (GsClaimRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsClaimRow, gs_claim_row_free)

/* Worker thread. */

/* Claims the crossing (INSERT … ON CONFLICT … RETURNING). *won is FALSE when another claim stands:
 * get it and say whose it is. Only state, desk, officer, printer, stamp, crossing and requested_at
 * of the row are used. */
gboolean
gs_claim_table_claim (GsDatabase *db, const GsClaimRow *row, gboolean *won, GError **error);

/* Updates everything but crossing, stamp and requested_at of the claim of this stamp; CONFLICT when
 * the crossing's claim is another's or released. */
gboolean gs_claim_table_update (GsDatabase *db, const GsClaimRow *row, GError **error);

GsClaimRow *gs_claim_table_get (GsDatabase *db, const char *crossing, GError **error);

/* Claims that are requested, granted or in doubt. GPtrArray of GsClaimRow. */
GPtrArray *gs_claim_table_list_open (GsDatabase *db, GError **error);

G_END_DECLS
