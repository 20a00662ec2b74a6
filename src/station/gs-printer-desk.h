/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-printer-monitor.h"

G_BEGIN_DECLS

/* The stamp printers of a desk, in the order in which they are taken: each is asked by a monitor of
 * its own, and the first that is ready prints. Main thread only.
 *
 * Signal "changed" (): another state of one of them. */
#define GS_TYPE_PRINTER_DESK (gs_printer_desk_get_type ())
G_DECLARE_FINAL_TYPE (GsPrinterDesk, gs_printer_desk, GS, PRINTER_DESK, GObject)

GsPrinterDesk *gs_printer_desk_new (void);
/* Behind those that it has. Takes a reference. */
void gs_printer_desk_add (GsPrinterDesk *self, GsStampPrinter *printer);

void gs_printer_desk_start (GsPrinterDesk *self);
/* Nothing is emitted after this returns. */
void gs_printer_desk_stop (GsPrinterDesk *self);
/* Asks all of them now. */
void gs_printer_desk_poll_now (GsPrinterDesk *self);

/* What the stamp needs of a printer; before it is set any size will do. */
void gs_printer_desk_set_media (GsPrinterDesk *self, GsPrintMedia media, int dpi);

/* FALSE before it was set. */
gboolean gs_printer_desk_get_media (GsPrinterDesk *self, GsPrintMedia *media, int *dpi);

guint gs_printer_desk_get_n_printers (GsPrinterDesk *self);
/* In their order; borrowed. */
GsPrinterMonitor *gs_printer_desk_get_printer (GsPrinterDesk *self, guint position);
/* The printer of that address; NULL when the desk has it no more. Borrowed. */
GsPrinterMonitor *gs_printer_desk_find (GsPrinterDesk *self, const char *uri);

/* What stands in the way of a stamp at this printer, as it said last. */
GsPrinterTrouble gs_printer_desk_judge (GsPrinterDesk *self, GsPrinterMonitor *printer);
/* The same for a status that was asked for just now. */
GsPrinterTrouble gs_printer_desk_judge_status (GsPrinterDesk *self, const GsPrinterStatus *status);
/* The first that is ready and is not among those that were passed over (addresses, or NULL); NULL
 * when there is none. Borrowed. */
GsPrinterMonitor *gs_printer_desk_choose (GsPrinterDesk *self, GPtrArray *passed_over);

/* A job of this name may wait for its document at that printer, and none will come: it is cancelled
 * when the printer can be reached again, unless it holds a document. */
void gs_printer_desk_forsake (GsPrinterDesk *self, GsPrinterMonitor *printer, const char *job_name);

G_END_DECLS
