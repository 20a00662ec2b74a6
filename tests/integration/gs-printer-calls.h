/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-ipp-printer.h"
#include "gs-test-printer.h"

G_BEGIN_DECLS

/* The printer's calls as a test wants them: each runs the main context until its answer has come.
 * Send-Document can be begun and awaited apart. */

GsPrinterStatus *gs_call_status (GsStampPrinter *printer, GError **error);
int gs_call_create (GsStampPrinter *printer, const char *name, GError **error);
GsPrintJob *gs_call_job (GsStampPrinter *printer, int id, const char *name, GError **error);
GPtrArray *gs_call_find (GsStampPrinter *printer, const char *name, GError **error);
gboolean gs_call_cancel (GsStampPrinter *printer, int id, const char *name, GError **error);
gboolean
gs_call_send (GsStampPrinter *printer, int id, const char *name, GBytes *raster, GError **error);

typedef struct _GsSending GsSending;
GsSending *gs_sending_begin (
  GsStampPrinter *printer, int id, const char *name, GBytes *raster, GCancellable *cancellable);
gboolean gs_sending_is_done (GsSending *self);
/* Waits for its end and frees. */
gboolean gs_sending_end (GsSending *self, GError **error);

/* Asks for the job until it is final; fails the test after 20 s. */
GsPrintJob *gs_call_until_final (GsStampPrinter *printer, int id, const char *name);

/* A stamp's raster made by libcups itself, 45×35 mm at 600 dpi and one bit; its dots are drawn from
 * the seed. dots, if not NULL, receives its lines. */
GBytes *gs_test_raster (guint32 seed, GBytes **dots);

G_END_DECLS
