/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-stamp-printer.h"

G_BEGIN_DECLS

/* A stamp printer in memory that does what a test tells it. Left alone it is ready, and prints each
 * document at once. It answers in the main context, never from within a call. */
#define GS_TYPE_FAKE_STAMP_PRINTER (gs_fake_stamp_printer_get_type ())
G_DECLARE_FINAL_TYPE (GsFakeStampPrinter, gs_fake_stamp_printer, GS, FAKE_STAMP_PRINTER, GObject)

typedef enum
{
  GS_FAKE_CALL_STATUS,
  GS_FAKE_CALL_CREATE,
  GS_FAKE_CALL_SEND,
  GS_FAKE_CALL_GET,
  GS_FAKE_CALL_FIND,
  GS_FAKE_CALL_CANCEL,
  GS_FAKE_N_CALLS,
} GsFakeCall;

/* The address of the one that no test names. */
#define GS_FAKE_STAMP_PRINTER_URI "ipps://stamp.uto.example/ipp/print"

GsFakeStampPrinter *gs_fake_stamp_printer_new (void);
GsFakeStampPrinter *gs_fake_stamp_printer_new_named (const char *name, const char *uri);

/* What it says of itself from now on, with the impressions that it counts itself. Takes status. */
void gs_fake_stamp_printer_set_status (GsFakeStampPrinter *self, GsPrinterStatus *status);

/* The next such call fails with this GsPrinterError. With done, what was asked happens all the
 * same, as when a connection breaks before the answer. */
void gs_fake_stamp_printer_fail_next (GsFakeStampPrinter *self,
                                      GsFakeCall call,
                                      GsPrinterError code,
                                      gboolean done);

/* While held, Send-Document does not end and its job is processing with 1 impression, as in a jam.
 * Released, held documents print; a job that was cancelled meanwhile fails its sending. A
 * cancellable ends a held sending, as when the sender hangs up. */
void gs_fake_stamp_printer_hold (GsFakeStampPrinter *self, gboolean hold);

/* Jobs end as this from now on: GS_PRINT_JOB_COMPLETED at first. */
void gs_fake_stamp_printer_set_end (GsFakeStampPrinter *self, GsPrintJobState state);

/* As a restart: every job is forgotten and ids begin at 1 again. */
void gs_fake_stamp_printer_restart (GsFakeStampPrinter *self);

/* Pages that came out for a job of this name; for all when NULL. */
guint gs_fake_stamp_printer_get_pages (GsFakeStampPrinter *self, const char *job_name);

/* How often a call was made. */
guint gs_fake_stamp_printer_get_calls (GsFakeStampPrinter *self, GsFakeCall call);

/* The newest document that was sent whole, or NULL. Transfer none. */
GBytes *gs_fake_stamp_printer_get_document (GsFakeStampPrinter *self);

G_END_DECLS
