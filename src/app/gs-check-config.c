/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-check-config.h"

#include "gs-build-config.h"
#include "gs-config.h"
#include "gs-stamp-pack.h"

/* A pack that does not verify is no mistake of the file's form, but nothing would be printed. */
static gboolean
check_pack (const char *path, const GsConfig *config)
{
  g_autofree char *authorities_path =
    config->pack_authorities != NULL
      ? g_strdup (config->pack_authorities)
      : g_build_filename (GS_PKGDATADIR, "specimen-pack-authority.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPackAuthorities) authorities = NULL;
  g_autoptr (GsStampPack) pack = NULL;

  if (config->specimen_pack == NULL)
    return TRUE;
  authorities = gs_pack_authorities_load (authorities_path, &error);
  if (authorities != NULL)
    pack = gs_stamp_pack_load_signed (config->specimen_pack, authorities, g_get_real_time () / 1000,
                                      &error);
  if (pack == NULL)
    g_printerr ("%s: The stamp pack “%s” is refused (%s): %s.\n", path, config->specimen_pack,
                gs_stamp_error_to_word ((GsStampError) error->code), error->message);
  return pack != NULL;
}

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
  if (config == NULL || !check_pack (path, config))
    return 1;
  g_print ("%s: no mistake found\n", path);
  return 0;
}
