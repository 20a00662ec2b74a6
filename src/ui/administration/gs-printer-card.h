/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-printer-enrolment.h"
#include "gs-printer-tester.h"

G_BEGIN_DECLS

/* One printer on the administration's page. Main thread. */
#define GS_TYPE_PRINTER_CARD (gs_printer_card_get_type ())
G_DECLARE_FINAL_TYPE (GsPrinterCard, gs_printer_card, GS, PRINTER_CARD, GtkBox)

GtkWidget *gs_printer_card_new (GsPrinterEnrolment *enrolment,
                                GsPrinterTester *tester,
                                GsPrinterMonitor *printer);
/* After anything of the printer, its certificates or the session changed. */
void gs_printer_card_update (GsPrinterCard *self);

G_END_DECLS
