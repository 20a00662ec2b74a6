/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* What the hall says against a stamp of this desk. Each stays in the list until a supervisor has
 * signed for it, and in the table for good. */
typedef struct
{
  char *conflict; /* UUID */
  char *kind;     /* word of the contract: "already-stamped", "window-closed", … */
  char *stamp;
  char *crossing;
  char *serial;
  char *outcome; /* what this desk told: "issued", … */
  gint64 found_at_utc_ms;
  char *other_serial; /* what it stands against, as far as the hall told; NULL */
  char *other_desk;
  gint64 other_at_utc_ms;  /* 0 when not told */
  char *cause;             /* what closed the window, or NULL */
  gint64 signed_at_utc_ms; /* 0 until then */
  char *signed_by;
  char *signed_as; /* the supervisor's finding: a code */
} GsConflictRow;

GsConflictRow *gs_conflict_row_new (void);
GsConflictRow *gs_conflict_row_copy (const GsConflictRow *self);
void gs_conflict_row_free (GsConflictRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsConflictRow, gs_conflict_row_free)

/* Worker thread. */
gboolean gs_conflict_table_add (GsDatabase *db, const GsConflictRow *row, GError **error);
/* CONFLICT when it is signed already. */
gboolean gs_conflict_table_sign (GsDatabase *db,
                                 const char *conflict,
                                 gint64 at_utc_ms,
                                 const char *supervisor,
                                 const char *finding,
                                 GError **error);
/* Not signed yet, oldest first. GPtrArray of GsConflictRow. */
GPtrArray *gs_conflict_table_list_open (GsDatabase *db, GError **error);
/* Every one, oldest first: for the register's report. */
GPtrArray *gs_conflict_table_list (GsDatabase *db, GError **error);

G_END_DECLS
