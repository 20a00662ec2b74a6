/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* Supervised outages of this desk: who opened which when, why, and how it ended. */
typedef struct
{
  char *outage; /* UUID */
  gint64 opened_at_utc_ms;
  gint64 until_utc_ms;     /* the longest it may last */
  gint64 closed_at_utc_ms; /* 0 while it is open */
  char *closed_cause;      /* "time", "hall", "officer", "restart", …; NULL while it is open */
  char *officer;           /* who asked for it */
  char *supervisor;        /* who opened it */
  char *reason;            /* code */
} GsOutageRow;

GsOutageRow *gs_outage_row_new (void);
void gs_outage_row_free (GsOutageRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsOutageRow, gs_outage_row_free)

/* Worker thread. */
/* GS_STORE_ERROR_CONFLICT when another one is open. */
gboolean gs_outage_table_open (GsDatabase *db, const GsOutageRow *row, GError **error);
/* CONFLICT when it is closed already. */
gboolean gs_outage_table_close (
  GsDatabase *db, const char *outage, gint64 at_utc_ms, const char *cause, GError **error);
/* The one that is open; NULL without *error set when none is. */
GsOutageRow *gs_outage_table_get_open (GsDatabase *db, GError **error);
GsOutageRow *gs_outage_table_get (GsDatabase *db, const char *outage, GError **error);

G_END_DECLS
