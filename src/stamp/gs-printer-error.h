/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Why a printer did not do what it was asked. The message of such an error is for the log; the
 * officer's sentence is chosen from the code. A cancelled call ends with G_IO_ERROR_CANCELLED. */
#define GS_PRINTER_ERROR (gs_printer_error_quark ())
GQuark gs_printer_error_quark (void);

typedef enum
{
  /* No connection was made: the printer has received nothing of this call. */
  GS_PRINTER_ERROR_UNREACHABLE = 1,
  /* The peer's certificate is not one of the enrolled ones, has expired or names another host: the
   * printer has received nothing of this call. */
  GS_PRINTER_ERROR_UNTRUSTED,
  /* The printer answered with an error of its own: not accepting jobs, wrong format, not possible.
   * What was asked has not happened. */
  GS_PRINTER_ERROR_REFUSED,
  /* The printer would have changed or ignored something (0x0001 or any other success but
   * successful-ok). The job was cancelled; see gs_stamp_printer_create_job_async(). */
  GS_PRINTER_ERROR_SUBSTITUTED,
  /* server-error-device-error: jam, empty, head failure. */
  GS_PRINTER_ERROR_JAMMED,
  /* Busy with another job: try again later. Nothing has happened. */
  GS_PRINTER_ERROR_BUSY,
  /* The answer is not what RFC 8010 and 8011 allow, or larger than we read. What the printer did is
   * not known. */
  GS_PRINTER_ERROR_PROTOCOL,
  /* No job of that id, or that id belongs to a job of another name. */
  GS_PRINTER_ERROR_NO_SUCH_JOB,
  /* The connection broke, or timed out, after the request had begun: what the printer did is not
   * known. */
  GS_PRINTER_ERROR_GONE,
  /* No certificate of this printer was enrolled: no connection was tried. */
  GS_PRINTER_ERROR_NOT_ENROLLED,
} GsPrinterError;

/* TRUE when the error proves that the call had no effect at the printer, so that it may be made
 * again. Not for Send-Document: a printer that prints while it receives can refuse what is already
 * on paper, so there only UNREACHABLE and UNTRUSTED prove anything; ask for the job instead. */
gboolean gs_printer_error_is_harmless (const GError *error);

G_END_DECLS
