/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-stamp-printer.h"

G_BEGIN_DECLS

/* Asks a printer how it is, every 5 s, and every 250 ms while a job is watched, because IPP
 * subscriptions are unreliable. One request of a kind is under way at a time. Main thread.
 *
 * Signals:
 * "changed" ()  the status is another one than before; see gs_printer_monitor_get_status().
 * "job-changed" ()  the watched job is another one than before; see gs_printer_monitor_get_job().
 *   After the job is final it is asked no more, and the pace is 5 s again. */
#define GS_TYPE_PRINTER_MONITOR (gs_printer_monitor_get_type ())
G_DECLARE_FINAL_TYPE (GsPrinterMonitor, gs_printer_monitor, GS, PRINTER_MONITOR, GObject)

/* Holds a reference on the printer. Begins with gs_printer_monitor_start(). */
GsPrinterMonitor *gs_printer_monitor_new (GsStampPrinter *printer);

void gs_printer_monitor_start (GsPrinterMonitor *self);
/* Nothing is emitted after this returns. */
void gs_printer_monitor_stop (GsPrinterMonitor *self);

/* Asks now instead of at the next turn, as when the officer opens the stamp sheet. */
void gs_printer_monitor_poll_now (GsPrinterMonitor *self);

GsStampPrinter *gs_printer_monitor_get_printer (GsPrinterMonitor *self);

/* The newest status; before the first answer one that is not reachable and has no error. Never
 * NULL. Transfer none. */
GsPrinterStatus *gs_printer_monitor_get_status (GsPrinterMonitor *self);

/* Watches one job until it is final; replaces the one watched before. */
void gs_printer_monitor_watch_job (GsPrinterMonitor *self, int job_id, const char *job_name);
void gs_printer_monitor_unwatch_job (GsPrinterMonitor *self);

/* The watched job as last read, NULL before the first answer. Transfer none. */
const GsPrintJob *gs_printer_monitor_get_job (GsPrinterMonitor *self);

/* Why the last question about the watched job failed, NULL when it did not. NO_SUCH_JOB says that
 * the printer has forgotten it. Transfer none. */
const GError *gs_printer_monitor_get_job_error (GsPrinterMonitor *self);

G_END_DECLS
