/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-error.h"

G_DEFINE_QUARK (gs - printer - error - quark, gs_printer_error)

gboolean
gs_printer_error_is_harmless (const GError *error)
{
  return g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNREACHABLE)
         || g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_UNTRUSTED)
         || g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_NOT_ENROLLED)
         || g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_REFUSED)
         || g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_BUSY)
         || g_error_matches (error, GS_PRINTER_ERROR, GS_PRINTER_ERROR_NO_SUCH_JOB);
}
