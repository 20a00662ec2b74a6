/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-printer-desk.h"
#include "gs-sign.h"

/* What is said of printers, in the officer's language. Main thread. */

/* "Printer ready", "Printer 2 ready" for one that stands in, "Ink low", "Printer jammed", and the
 * sign of it. Static. */
const char *gs_printer_text_word (GsPrinterDesk *printers, GsPrinterMonitor *printer, GsSign *sign);

/* "ink 72 %", of its lowest supply; NULL when it tells none. Transfer full. */
char *gs_printer_text_ink (const GsPrinterStatus *status);

/* Each printer of the desk with state, supplies, what is wrong and what to do, counter. Transfer
 * full. */
char *gs_printer_text_all (GsPrinterDesk *printers);
/* One of them: "Stamp 1: ready, ink 72 %, counter 000014". Transfer full. */
char *gs_printer_text_one (GsPrinterDesk *printers, GsPrinterMonitor *printer);
