/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-printer-enrolment.h"
#include "gs-printer-tester.h"

G_BEGIN_DECLS

/* The desk's printers: how each stands, which certificates are believed of it and until when, what
 * it shows instead, and a test print. Administrators enrol here, others look. Main thread. */
#define GS_TYPE_PRINTER_PAGE (gs_printer_page_get_type ())
G_DECLARE_FINAL_TYPE (GsPrinterPage, gs_printer_page, GS, PRINTER_PAGE, GtkBox)

GtkWidget *gs_printer_page_new (GsPrinterEnrolment *enrolment, GsPrinterTester *tester);

G_END_DECLS
