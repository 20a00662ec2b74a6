/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-print-job.h"
#include "gs-printer-error.h"
#include "gs-printer-status.h"

G_BEGIN_DECLS

/* A device that puts a stamp on a page. The real one is GsIppPrinter; tests may hand in a fake.
 * Every call is asynchronous, begins and ends on the caller's thread-default main context, and may
 * be made while others are under way (a job is watched while its document is still being sent).
 * Errors are GS_PRINTER_ERROR or G_IO_ERROR_CANCELLED. */
#define GS_TYPE_STAMP_PRINTER (gs_stamp_printer_get_type ())
G_DECLARE_INTERFACE (GsStampPrinter, gs_stamp_printer, GS, STAMP_PRINTER, GObject)

/* Bytes of the document handed to the printer so far, of total. Main context. */
typedef void (*GsPrintProgressFunc) (gint64 sent, gint64 total, gpointer user_data);

struct _GsStampPrinterInterface
{
  GTypeInterface parent;

  const char *(*get_name) (GsStampPrinter *self);
  const char *(*get_uri) (GsStampPrinter *self);

  void (*get_status_async) (GsStampPrinter *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
  GsPrinterStatus *(*get_status_finish) (GsStampPrinter *self,
                                         GAsyncResult *result,
                                         GError **error);

  void (*create_job_async) (GsStampPrinter *self,
                            const char *job_name,
                            GsPrintMedia media,
                            int dpi,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
  int (*create_job_finish) (GsStampPrinter *self, GAsyncResult *result, GError **error);

  void (*send_document_async) (GsStampPrinter *self,
                               int job_id,
                               const char *job_name,
                               GBytes *pwg_raster,
                               GsPrintProgressFunc progress,
                               gpointer progress_data,
                               GDestroyNotify progress_destroy,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
  gboolean (*send_document_finish) (GsStampPrinter *self, GAsyncResult *result, GError **error);

  void (*get_job_async) (GsStampPrinter *self,
                         int job_id,
                         const char *job_name,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  GsPrintJob *(*get_job_finish) (GsStampPrinter *self, GAsyncResult *result, GError **error);

  void (*find_jobs_by_name_async) (GsStampPrinter *self,
                                   const char *job_name,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
  GPtrArray *(*find_jobs_by_name_finish) (GsStampPrinter *self,
                                          GAsyncResult *result,
                                          GError **error);

  void (*cancel_job_async) (GsStampPrinter *self,
                            int job_id,
                            const char *job_name,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
  gboolean (*cancel_job_finish) (GsStampPrinter *self, GAsyncResult *result, GError **error);
};

/* A short name for the screen, as the key file has it. */
const char *gs_stamp_printer_get_name (GsStampPrinter *self);

/* Its address, which tells it from every other printer: the journal names it by that. */
const char *gs_stamp_printer_get_uri (GsStampPrinter *self);

/* Get-Printer-Attributes. Fails when the printer does not answer: GsPrinterMonitor makes an
 * unreachable status of that. Transfer full. */
void gs_stamp_printer_get_status_async (GsStampPrinter *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GsPrinterStatus *
gs_stamp_printer_get_status_finish (GsStampPrinter *self, GAsyncResult *result, GError **error);

/* Create-Job. job_name is the stamp's UUID, the only correlation that survives a printer restart.
 * The media and the resolution belong to the job (RFC 8011 section 4.2.4), one copy, with fidelity
 * asked for; a test print is just a job. Only successful-ok (0x0000) is taken: any other success
 * cancels the job at once and fails with GS_PRINTER_ERROR_SUBSTITUTED (its message says if the
 * cancelling failed). The finish returns the job's id, greater than 0, or 0 with the error set.
 * After GONE or PROTOCOL or a cancelled call, look for the job by its name. */
void gs_stamp_printer_create_job_async (GsStampPrinter *self,
                                        const char *job_name,
                                        GsPrintMedia media,
                                        int dpi,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
int gs_stamp_printer_create_job_finish (GsStampPrinter *self, GAsyncResult *result, GError **error);

/* Send-Document of image/pwg-raster as the last document of the job. A printer may print while it
 * receives, so that this blocks during a jam: there is no short timeout, watch the job beside it.
 * TRUE says that the printer has taken the whole document, not that it is on paper. Cancelling it
 * breaks the connection; what was printed is then not known. Only 0x0000 is taken, otherwise the
 * job is cancelled at once (SUBSTITUTED for another success). progress may be NULL. */
void gs_stamp_printer_send_document_async (GsStampPrinter *self,
                                           int job_id,
                                           const char *job_name,
                                           GBytes *pwg_raster,
                                           GsPrintProgressFunc progress,
                                           gpointer progress_data,
                                           GDestroyNotify progress_destroy,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean
gs_stamp_printer_send_document_finish (GsStampPrinter *self, GAsyncResult *result, GError **error);

/* Get-Job-Attributes. With a job_name, an id that now belongs to a job of another name is
 * GS_PRINTER_ERROR_NO_SUCH_JOB; NULL asks by id alone. Transfer full. */
void gs_stamp_printer_get_job_async (GsStampPrinter *self,
                                     int job_id,
                                     const char *job_name,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GsPrintJob *
gs_stamp_printer_get_job_finish (GsStampPrinter *self, GAsyncResult *result, GError **error);

/* Get-Jobs, waiting and finished ones; an array of GsPrintJob in the order of their ids, empty when
 * the printer knows none of that name (which is no proof that none was printed: a printer forgets
 * finished jobs). Transfer full. */
void gs_stamp_printer_find_jobs_by_name_async (GsStampPrinter *self,
                                               const char *job_name,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
GPtrArray *gs_stamp_printer_find_jobs_by_name_finish (GsStampPrinter *self,
                                                      GAsyncResult *result,
                                                      GError **error);

/* Cancel-Job. With a job_name, the job's name is asked for first and one of another name is left
 * alone (NO_SUCH_JOB). A job that is finished already is REFUSED. TRUE says that the printer has
 * taken the order: read the job until it is final to learn what became of it. */
void gs_stamp_printer_cancel_job_async (GsStampPrinter *self,
                                        int job_id,
                                        const char *job_name,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
gs_stamp_printer_cancel_job_finish (GsStampPrinter *self, GAsyncResult *result, GError **error);

G_END_DECLS
