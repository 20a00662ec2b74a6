/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "gs-reconciliation.h"
#include "gs-stamp-error.h"
#include "gs-stamp-holding.h"

G_BEGIN_DECLS

/* The register of a desk over some days, for paper and for a table: reconciliations with what
 * explains their differences, and who held which stamp. It names account ids and nobody's name; in
 * the PDF their first eight digits. Text is borrowed for the call. Any thread. */
typedef struct
{
  const char *desk;
  const char *port; /* or NULL */
  const char *first_day;
  const char *last_day;
  GTimeZone *zone;
  gint64 made_utc_ms;
  GPtrArray *reconciliations; /* GsReconciliation, oldest first */
  GPtrArray *missing;         /* char *: days that nobody reconciled */
  GPtrArray *holdings;        /* GsStampHolding, oldest first */
} GsRegisterReport;

/* A4 portrait, PDF 1.5, fonts embedded, as many pages as it takes. NULL with GS_STAMP_ERROR_SLIP.
 * Transfer full. */
GBytes *gs_register_report_to_pdf (const GsRegisterReport *report, GError **error);

/* RFC 4180 with CRLF, UTF-8, one header line; the first column says what a row is:
 * "reconciliation", "count", "difference", "missing" or "holding". Transfer full. */
char *gs_register_report_to_csv (const GsRegisterReport *report);

G_END_DECLS
