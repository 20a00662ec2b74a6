/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "gs-event.h"
#include "gs-seal-symbol.h"
#include "gs-stamp-error.h"

G_BEGIN_DECLS

typedef enum
{
  GS_STAMP_TRANSPORT_AIR = 1,
  GS_STAMP_TRANSPORT_SEA,
  GS_STAMP_TRANSPORT_LAND,
} GsStampTransport;

/* What is printed. A void stamp and an annulled departure keep their impression, and get their mark
 * over it or beside it. */
typedef enum
{
  GS_STAMP_KIND_STAMP = 1,
  GS_STAMP_KIND_VOID,      /* over a stamp that shall not count */
  GS_STAMP_KIND_CANCELLED, /* over the exit stamp of somebody who did not leave; departures alone */
} GsStampKind;

/* What is filled into a template. A plain struct, made by gs_stamp_fields_new(), owned by whoever
 * made it; all text is UTF-8 on one line. Not safe for writing from two threads. */
typedef struct
{
  GsStampKind kind;
  GsDirection direction; /* arrival: ENTRY, departure: EXIT */
  GsStampTransport transport;
  char *port;           /* "AMAUROT", as printed */
  char *crossing_point; /* "2", printed "AMAUROT (2)"; NULL for none */
  char *serial;         /* "UTO-D3 004217", printed after "No" */
  char *desk;           /* desk or gate, "D3"; NULL for none */
  int year;             /* the crossing's date in the port's time zone, never the printing's */
  int month;            /* 1 to 12 */
  int day;              /* 1 to 31 */
  GsSealSymbol *seal;   /* the symbol of the digital seal; NULL: the stamp says that it has none */
} GsStampFields;

/* An empty stamp. Transfer full. */
GsStampFields *gs_stamp_fields_new (void);
GsStampFields *gs_stamp_fields_copy (const GsStampFields *self);
void gs_stamp_fields_free (GsStampFields *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsStampFields, gs_stamp_fields_free)

/* Replaces a text; value may be NULL. */
void gs_stamp_fields_set_port (GsStampFields *self, const char *port, const char *crossing_point);
void gs_stamp_fields_set_serial (GsStampFields *self, const char *serial);
void gs_stamp_fields_set_desk (GsStampFields *self, const char *desk);

/* Keeps a reference; NULL for a stamp without a seal. */
void gs_stamp_fields_set_seal (GsStampFields *self, GsSealSymbol *seal);

/* Sets year, month and day to the day on which the crossing was, by the clock of the port: 23:58
 * and 00:04 are two days. FALSE and nothing set when the time is outside years 1 to 9999. */
gboolean gs_stamp_fields_set_crossing_time (GsStampFields *self,
                                            gint64 crossed_at_utc_ms,
                                            GTimeZone *port_zone);

/* FALSE with GS_STAMP_ERROR_FIELDS when a value that every stamp needs is missing, is no day, holds
 * control characters or is longer than any place (64 characters). */
gboolean gs_stamp_fields_check (const GsStampFields *self, GError **error);

/* "23 NOV 2026": the day as stamps write it, always in English. Transfer full. */
char *gs_stamp_fields_dup_date (const GsStampFields *self);

/* "AMAUROT (2)", or the port alone. Transfer full. */
char *gs_stamp_fields_dup_port (const GsStampFields *self);

G_END_DECLS
