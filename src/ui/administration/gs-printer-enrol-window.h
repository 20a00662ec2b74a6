/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gs-printer-enrolment.h"

G_BEGIN_DECLS

/* Enrols a printer: the address, then the certificate that it shows, compared with the printer's
 * panel by typing the end of its fingerprint. Main thread. */
#define GS_TYPE_PRINTER_ENROL_WINDOW (gs_printer_enrol_window_get_type ())
G_DECLARE_FINAL_TYPE (
  GsPrinterEnrolWindow, gs_printer_enrol_window, GS, PRINTER_ENROL_WINDOW, AdwWindow)

/* uri: the address to begin with, or NULL. parent may be NULL. */
GtkWidget *
gs_printer_enrol_window_new (GtkWindow *parent, GsPrinterEnrolment *enrolment, const char *uri);

G_END_DECLS
