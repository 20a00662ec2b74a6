/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a printer answers: every reader of the IPP codec. The corpus holds answers of the
 * simulated printer and of ippeveprinter, with the request-id 1. */
#include "gs-ipp-codec.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GsPrinterStatus) status = gs_ipp_codec_read_printer (data, size, 1, NULL);
  g_autoptr (GsPrintJob) job = gs_ipp_codec_read_job (data, size, 1, NULL);
  g_autoptr (GPtrArray) jobs = gs_ipp_codec_read_jobs (data, size, 1, NULL);
  g_autoptr (GError) error = NULL;
  int job_id = 0;
  gboolean done = gs_ipp_codec_read_done (data, size, 1, TRUE, TRUE, &job_id, &error);

  g_assert (job == NULL || (job->id > 0 && job->name != NULL));
  g_assert (done == (error == NULL));
  g_assert (!done || job_id > 0);
  if (status != NULL)
    {
      GsPrinterTrouble trouble = gs_printer_status_get_trouble (status);

      g_assert (status->state != GS_PRINTER_STATE_UNKNOWN);
      g_assert (gs_printer_status_is_ready (status) == (trouble == GS_PRINTER_TROUBLE_NONE));
      /* A stamp is begun only where size and resolution were told, and nothing else lies there. */
      trouble = gs_printer_status_judge (status, (GsPrintMedia){ 4500, 3500 }, 600);
      g_assert (trouble != GS_PRINTER_TROUBLE_NONE || status->media->len > 0);
      gs_printer_status_is_supply_low (status);
      g_assert (gs_printer_status_equal (status, status));
    }
  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    {
      const GsPrintJob *one = g_ptr_array_index (jobs, i);

      g_assert (one->id > 0 && g_utf8_validate (one->name, -1, NULL));
      g_assert (!(gs_print_job_is_printed (one) && gs_print_job_is_unprinted (one)));
    }
  return 0;
}
