/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a stamp's raster to the file named as argument, for tests that are not in C. */
#include "gs-printer-calls.h"

int
main (int argc, char **argv)
{
  g_autoptr (GBytes) raster = gs_test_raster (1, NULL);

  return argc == 2
             && g_file_set_contents (argv[1], g_bytes_get_data (raster, NULL),
                                     (gssize) g_bytes_get_size (raster), NULL)
           ? 0
           : 1;
}
