/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-clock.h"
#include "gs-config.h"
#include "gs-printer-desk.h"
#include "gs-session.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* Test prints: marked TEST and SPECIMEN, with a number of their own and no serial of the register,
 * but counted, because the printer's counter moves. Each is written down before it is sent
 * (gs-counted-print-table.h), with the record, and again when it is known what became of it. Main
 * thread only. */
#define GS_TYPE_PRINTER_TESTER (gs_printer_tester_get_type ())
G_DECLARE_FINAL_TYPE (GsPrinterTester, gs_printer_tester, GS, PRINTER_TESTER, GObject)

typedef enum
{
  GS_TEST_PRINT_PRINTED = 1,
  GS_TEST_PRINT_NOT_PRINTED, /* nothing came out, and the counter stands */
  GS_TEST_PRINT_NOT_KNOWN,   /* look at the printer: something may have come out */
} GsTestPrintEnd;

typedef struct
{
  GsTestPrintEnd end;
  gint64 number;            /* 0 when none was given out */
  GsPrinterTrouble trouble; /* why it was not printed; NONE otherwise */
} GsTestPrint;

/* config is borrowed. */
GsPrinterTester *gs_printer_tester_new (GsPrinterDesk *printers,
                                        const GsConfig *config,
                                        GsStore *store,
                                        GsClock *clock);
void gs_printer_tester_set_session (GsPrinterTester *self, GsSession *session);
/* Everybody who may touch a printer: not an auditor, and one test at a time. */
gboolean gs_printer_tester_may_print (GsPrinterTester *self);

/* Prints one. Fails only when nobody may, or when the store could not write it down (then nothing
 * was sent); otherwise the end says what happened. Within 30 s, unless the printer waits for a
 * hand: then it is NOT_KNOWN. */
void gs_printer_tester_print_async (GsPrinterTester *self,
                                    GsPrinterMonitor *printer,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean gs_printer_tester_print_finish (GsPrinterTester *self,
                                         GAsyncResult *result,
                                         GsTestPrint *test,
                                         GError **error);

G_END_DECLS
