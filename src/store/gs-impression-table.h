/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* The register: every serial that was ever given out. A unique partial index allows one impression
 * per crossing that is not void. */
typedef struct
{
  char *serial;
  char *stamp;    /* UUID: the print job's name */
  char *crossing; /* whose claim it is under */
  char *replaces; /* serial of the void one, or NULL */
  char *desk;
  char *officer;
  gint64 taken_at_utc_ms;     /* when the serial was taken */
  gint64 confirmed_at_utc_ms; /* 0 until the officer has seen it on the page */
  gint64 void_at_utc_ms;      /* 0 while it stands */
  char *void_cause;           /* "misprint", "absent", "unused", … */
  char *void_officer;
  char *void_second;
  char *device; /* the stamp of the register, NULL before there was one */
  char *code;   /* what stands on the stamp */
} GsImpressionRow;

GsImpressionRow *gs_impression_row_new (void);
void gs_impression_row_free (GsImpressionRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsImpressionRow, gs_impression_row_free)

/* Worker thread. */

/* The next number of that prefix, from 1. Never given twice: the counter moves in the transaction
 * that uses it. */
gboolean
gs_serial_counter_take (GsDatabase *db, const char *prefix, gint64 *number, GError **error);

/* The number that the next taker gets, if nobody comes before: for a preview. */
gboolean
gs_serial_counter_peek (GsDatabase *db, const char *prefix, gint64 *number, GError **error);

/* GS_STORE_ERROR_CONSTRAINT when the serial was used, or the crossing has one that is not void. */
gboolean gs_impression_table_add (GsDatabase *db, const GsImpressionRow *row, GError **error);
gboolean
gs_impression_table_confirm (GsDatabase *db, const char *serial, gint64 at_utc_ms, GError **error);
/* CONFLICT when it is void already. second may be NULL where nothing was printed. */
gboolean gs_impression_table_void (GsDatabase *db,
                                   const char *serial,
                                   gint64 at_utc_ms,
                                   const char *cause,
                                   const char *officer,
                                   const char *second,
                                   GError **error);
GsImpressionRow *gs_impression_table_get (GsDatabase *db, const char *serial, GError **error);
/* Of one crossing, oldest first. GPtrArray of GsImpressionRow. */
GPtrArray *gs_impression_table_of_crossing (GsDatabase *db, const char *crossing, GError **error);
/* Taken in [from, to), oldest first. */
GPtrArray *
gs_impression_table_list (GsDatabase *db, gint64 from_utc_ms, gint64 to_utc_ms, GError **error);

/* Those of the desk that are in no reconciliation yet, oldest first. */
GPtrArray *gs_impression_table_list_new (GsDatabase *db, const char *desk, GError **error);
/* All of these that are confirmed or void: what is open belongs to the next reconciliation. */
gboolean gs_impression_table_reconcile (GsDatabase *db,
                                        const char *desk,
                                        const char *reconciliation,
                                        GError **error);

/* Up to which number of a prefix every serial was looked for, and the last that was taken. */
typedef struct
{
  char *prefix;
  gint64 seen;
  gint64 last;
} GsSerialCounter;

void gs_serial_counter_free (GsSerialCounter *self);
/* Those with numbers that nobody looked for. GPtrArray of GsSerialCounter. */
GPtrArray *gs_serial_counter_list_unseen (GsDatabase *db, GError **error);
gboolean gs_serial_counter_see (GsDatabase *db, const char *prefix, gint64 number, GError **error);

G_END_DECLS
