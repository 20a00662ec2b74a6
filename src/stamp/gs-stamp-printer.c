/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-printer.h"

G_DEFINE_INTERFACE (GsStampPrinter, gs_stamp_printer, G_TYPE_OBJECT)

static void
gs_stamp_printer_default_init (GsStampPrinterInterface *iface)
{
}

const char *
gs_stamp_printer_get_name (GsStampPrinter *self)
{
  g_return_val_if_fail (GS_IS_STAMP_PRINTER (self), NULL);

  return GS_STAMP_PRINTER_GET_IFACE (self)->get_name (self);
}

const char *
gs_stamp_printer_get_uri (GsStampPrinter *self)
{
  g_return_val_if_fail (GS_IS_STAMP_PRINTER (self), NULL);

  return GS_STAMP_PRINTER_GET_IFACE (self)->get_uri (self);
}

void
gs_stamp_printer_get_status_async (GsStampPrinter *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (GS_IS_STAMP_PRINTER (self));

  GS_STAMP_PRINTER_GET_IFACE (self)->get_status_async (self, cancellable, callback, user_data);
}

GsPrinterStatus *
gs_stamp_printer_get_status_finish (GsStampPrinter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (GS_IS_STAMP_PRINTER (self), NULL);

  return GS_STAMP_PRINTER_GET_IFACE (self)->get_status_finish (self, result, error);
}

void
gs_stamp_printer_create_job_async (GsStampPrinter *self,
                                   const char *job_name,
                                   GsPrintMedia media,
                                   int dpi,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (GS_IS_STAMP_PRINTER (self));
  g_return_if_fail (job_name != NULL && *job_name != '\0');

  GS_STAMP_PRINTER_GET_IFACE (self)->create_job_async (self, job_name, media, dpi, cancellable,
                                                       callback, user_data);
}

int
gs_stamp_printer_create_job_finish (GsStampPrinter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (GS_IS_STAMP_PRINTER (self), 0);

  return GS_STAMP_PRINTER_GET_IFACE (self)->create_job_finish (self, result, error);
}

void
gs_stamp_printer_send_document_async (GsStampPrinter *self,
                                      int job_id,
                                      const char *job_name,
                                      GBytes *pwg_raster,
                                      GsPrintProgressFunc progress,
                                      gpointer progress_data,
                                      GDestroyNotify progress_destroy,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_return_if_fail (GS_IS_STAMP_PRINTER (self));
  g_return_if_fail (job_id > 0);
  g_return_if_fail (pwg_raster != NULL);

  GS_STAMP_PRINTER_GET_IFACE (self)->send_document_async (self, job_id, job_name, pwg_raster,
                                                          progress, progress_data, progress_destroy,
                                                          cancellable, callback, user_data);
}

gboolean
gs_stamp_printer_send_document_finish (GsStampPrinter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (GS_IS_STAMP_PRINTER (self), FALSE);

  return GS_STAMP_PRINTER_GET_IFACE (self)->send_document_finish (self, result, error);
}

void
gs_stamp_printer_get_job_async (GsStampPrinter *self,
                                int job_id,
                                const char *job_name,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (GS_IS_STAMP_PRINTER (self));

  GS_STAMP_PRINTER_GET_IFACE (self)->get_job_async (self, job_id, job_name, cancellable, callback,
                                                    user_data);
}

GsPrintJob *
gs_stamp_printer_get_job_finish (GsStampPrinter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (GS_IS_STAMP_PRINTER (self), NULL);

  return GS_STAMP_PRINTER_GET_IFACE (self)->get_job_finish (self, result, error);
}

void
gs_stamp_printer_find_jobs_by_name_async (GsStampPrinter *self,
                                          const char *job_name,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  g_return_if_fail (GS_IS_STAMP_PRINTER (self));
  g_return_if_fail (job_name != NULL);

  GS_STAMP_PRINTER_GET_IFACE (self)->find_jobs_by_name_async (self, job_name, cancellable, callback,
                                                              user_data);
}

GPtrArray *
gs_stamp_printer_find_jobs_by_name_finish (GsStampPrinter *self,
                                           GAsyncResult *result,
                                           GError **error)
{
  g_return_val_if_fail (GS_IS_STAMP_PRINTER (self), NULL);

  return GS_STAMP_PRINTER_GET_IFACE (self)->find_jobs_by_name_finish (self, result, error);
}

void
gs_stamp_printer_cancel_job_async (GsStampPrinter *self,
                                   int job_id,
                                   const char *job_name,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (GS_IS_STAMP_PRINTER (self));

  GS_STAMP_PRINTER_GET_IFACE (self)->cancel_job_async (self, job_id, job_name, cancellable,
                                                       callback, user_data);
}

gboolean
gs_stamp_printer_cancel_job_finish (GsStampPrinter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (GS_IS_STAMP_PRINTER (self), FALSE);

  return GS_STAMP_PRINTER_GET_IFACE (self)->cancel_job_finish (self, result, error);
}
