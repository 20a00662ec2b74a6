/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* The certificates that administrators enrolled for this desk's printers. A row is never deleted:
 * one that is no longer believed has an end. */
typedef struct
{
  char *uri;         /* the printer's */
  char *name;        /* of a printer that the key file does not name; or NULL */
  char *fingerprint; /* SHA-256 of the DER, 64 lower-case digits */
  char *pem;
  char *officer; /* account id of who enrolled it */
  gint64 enrolled_at_utc_ms;
  gint64 ended_at_utc_ms; /* 0 while it is believed */
  char *ended_by;         /* account id, or NULL */
} GsPrinterPinRow;

GsPrinterPinRow *gs_printer_pin_row_new (void);
GsPrinterPinRow *gs_printer_pin_row_copy (const GsPrinterPinRow *self);
void gs_printer_pin_row_free (GsPrinterPinRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsPrinterPinRow, gs_printer_pin_row_free)

/* Worker thread. */

/* CONSTRAINT when the certificate is believed for that printer already. */
gboolean gs_printer_pin_table_add (GsDatabase *db, const GsPrinterPinRow *row, GError **error);
/* Ends what is believed of that printer: the certificate of this fingerprint, or with NULL every
 * one but that of except. CONFLICT when a named one is not believed. */
gboolean gs_printer_pin_table_end (GsDatabase *db,
                                   const char *uri,
                                   const char *fingerprint,
                                   const char *except,
                                   const char *officer,
                                   gint64 at_utc_ms,
                                   GError **error);
/* All that is believed, the oldest first. GPtrArray of GsPrinterPinRow. */
GPtrArray *gs_printer_pin_table_list (GsDatabase *db, GError **error);

G_END_DECLS
