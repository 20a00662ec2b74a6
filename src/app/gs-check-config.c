/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-check-config.h"

#include "gs-config.h"

int
gs_check_config (const char *path)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GsConfig) config = gs_config_load (path, &mistakes);

  for (guint i = 0; i < mistakes->len; i++)
    {
      const GsConfigMistake *mistake = g_ptr_array_index (mistakes, i);

      if (mistake->line > 0)
        g_printerr ("%s:%u: %s\n", path, mistake->line, mistake->sentence);
      else
        g_printerr ("%s: %s\n", path, mistake->sentence);
    }
  if (config == NULL)
    return 1;
  g_print ("%s: no mistake found\n", path);
  return 0;
}
