/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-slip-samples.h"

/* Writes the slip in every language as PDF, for looking at: draw-slips FOLDER. */
int
main (int argc, char **argv)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Tokyo");
  g_autoptr (GError) error = NULL;

  if (argc != 2)
    {
      g_printerr ("Usage: draw-slips FOLDER\n");
      return 64;
    }
  for (guint i = GS_SLIP_LANGUAGE_ENGLISH; error == NULL && i <= GS_SLIP_LANGUAGE_LAST; i++)
    {
      GsSlip slip = gs_slip_sample ((GsSlipLanguage) i, zone);
      g_autoptr (GBytes) pdf = gs_slip_to_pdf (&slip, &error);
      g_autofree char *path =
        g_strdup_printf ("%s/slip-%s.pdf", argv[1], gs_slip_language_to_code ((GsSlipLanguage) i));

      if (pdf != NULL)
        g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf),
                             &error);
    }
  if (error == NULL)
    return 0;
  g_printerr ("draw-slips: %s\n", error->message);
  return 1;
}
