/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-print-job.h"
#include "gs-printer-error.h"
#include "gs-printer-status.h"

G_BEGIN_DECLS

/* IPP messages (RFC 8010) to and from plain structs, by libcups. No I/O and no state: any thread.
 *
 * The makers return the encoded message, transfer full. uri is the printer's "ipps://…".
 * The readers take whatever came as the answer: at most GS_IPP_ANSWER_MAX bytes, nested at most
 * GS_IPP_DEPTH_MAX deep, of the same request-id, each value of the type that the standard gives it;
 * a value of another type counts as absent. They fail with GS_PRINTER_ERROR: PROTOCOL for what is
 * not a well-formed answer, otherwise after the status code (RFC 8011 appendix B). */
#define GS_IPP_ANSWER_MAX (256 * 1024)
#define GS_IPP_DEPTH_MAX 8

/* Get-Printer-Attributes, RFC 8011 section 4.2.5. */
GBytes *gs_ipp_codec_get_printer_attributes (const char *uri, int request_id);

/* Create-Job with fidelity, one copy, media-col and printer-resolution, section 4.2.4. */
GBytes *gs_ipp_codec_create_job (
  const char *uri, int request_id, const char *job_name, GsPrintMedia media, int dpi);

/* Send-Document without its document: the raster follows. Section 4.3.1. */
GBytes *gs_ipp_codec_send_document (const char *uri, int request_id, int job_id, gboolean gzip);

/* Get-Job-Attributes, section 4.3.4. */
GBytes *gs_ipp_codec_get_job_attributes (const char *uri, int request_id, int job_id);

/* Get-Jobs of everybody, section 4.2.6; which is "not-completed", "completed" or "all". */
GBytes *gs_ipp_codec_get_jobs (const char *uri, int request_id, const char *which);

/* Cancel-Job, section 4.3.3. */
GBytes *gs_ipp_codec_cancel_job (const char *uri, int request_id, int job_id);

/* The status as the printer says it; impressions -1 and the lists empty where it says nothing. */
GsPrinterStatus *
gs_ipp_codec_read_printer (const guint8 *data, size_t len, int request_id, GError **error);

/* TRUE when the answer is a success; with exactly, only successful-ok (0x0000) is one and any other
 * success is GS_PRINTER_ERROR_SUBSTITUTED. job_id, if not NULL, receives the job-id or 0. A
 * substituted answer sets it too, because that job must be cancelled. With want_job_id a success
 * without a job-id is PROTOCOL. */
gboolean gs_ipp_codec_read_done (const guint8 *data,
                                 size_t len,
                                 int request_id,
                                 gboolean exactly,
                                 gboolean want_job_id,
                                 int *job_id,
                                 GError **error);

GsPrintJob *gs_ipp_codec_read_job (const guint8 *data, size_t len, int request_id, GError **error);

/* An array of GsPrintJob; descriptions without id, name or state are left out. */
GPtrArray *gs_ipp_codec_read_jobs (const guint8 *data, size_t len, int request_id, GError **error);

G_END_DECLS
