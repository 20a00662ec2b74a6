/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-printer-enrolment.h"
#include "gs-printer-tester.h"
#include "gs-sign.h"

/* What is said of printers, in the officer's language. Main thread. */

/* "Printer ready", "Printer 2 ready" for one that stands in, "Ink low", "Printer jammed", and the
 * sign of it. Static. */
const char *gs_printer_text_word (GsPrinterDesk *printers, GsPrinterMonitor *printer, GsSign *sign);

/* "ink 72 %", of its lowest supply; NULL when it tells none. Transfer full. */
char *gs_printer_text_ink (const GsPrinterStatus *status);

/* Each printer of the desk with state, supplies, what is wrong and what to do, counter, and whether
 * its certificate ends soon. Transfer full. */
char *gs_printer_text_all (GsPrinterEnrolment *enrolment);
/* One of them: "Stamp 1: ready, ink 72 %, counter 000014". Transfer full. */
char *gs_printer_text_one (GsPrinterDesk *printers, GsPrinterMonitor *printer);

/* "This certificate ends within 7 days."; NULL while it is far. Static. */
const char *gs_printer_text_end (GsPinEnd end);
/* Why TLS would refuse it though it were enrolled; NULL for no flaw. Static. */
const char *gs_printer_text_flaw (GsCertificateFlaw flaw);
/* What became of a test print. Transfer full. */
char *gs_printer_text_test (const GsTestPrint *test);
/* Why something of the enrolment was not done. Static. */
const char *gs_printer_text_error (const GError *error);
