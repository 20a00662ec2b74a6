/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* Stamps that were printed without the hall's claim, or whose claim the hall has lost: told to it
 * afterwards, and kept until it has them. One row a stamp; a row of outcome "in-doubt" is told
 * again when more is known. */
typedef enum
{
  GS_UNCLAIMED_PENDING = 1,
  GS_UNCLAIMED_TOLD,
  GS_UNCLAIMED_REJECTED /* the hall takes it in no form: listed as a conflict */
} GsUnclaimedState;

typedef struct
{
  char *stamp;  /* UUID */
  char *report; /* UUID of this report: its Idempotency-Key */
  char *outage; /* NULL: the hall lost the claim */
  char *crossing;
  char *serial;
  char *officer;
  char *supervisor; /* who opened the outage, or NULL */
  char *reason;     /* code */
  char *printer;
  char *outcome; /* "issued", "void", "in-doubt" */
  char *replaces;
  gint64 at_utc_ms;
  GsUnclaimedState state;
} GsUnclaimedRow;

GsUnclaimedRow *gs_unclaimed_row_new (void);
GsUnclaimedRow *gs_unclaimed_row_copy (const GsUnclaimedRow *self);
void gs_unclaimed_row_free (GsUnclaimedRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsUnclaimedRow, gs_unclaimed_row_free)

/* Worker thread. */
/* Adds the stamp as pending, or puts a newer outcome, time and report in the place of the older;
 * it goes to the end of the order then. */
gboolean gs_unclaimed_table_put (GsDatabase *db, const GsUnclaimedRow *row, GError **error);
/* CONFLICT when the pending report is another one: more became known meanwhile. */
gboolean gs_unclaimed_table_settle (
  GsDatabase *db, const char *stamp, const char *report, GsUnclaimedState state, GError **error);
/* In the order in which they became known. GPtrArray of GsUnclaimedRow. */
GPtrArray *gs_unclaimed_table_list_pending (GsDatabase *db, GError **error);
/* Of one outage; void ones count as well. */
gboolean
gs_unclaimed_table_count (GsDatabase *db, const char *outage, gint64 *number, GError **error);

G_END_DECLS
