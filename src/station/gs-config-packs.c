/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-config-private.h"

#include "gs-pack-signature.h"

/* The group [stamp-packs]. */

void
gs_config_packs_read (GsConfigReader *reader, GsConfig *config)
{
  char *path = gs_config_read_path (reader, "stamp-packs", "authorities", FALSE, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPackAuthorities) authorities = NULL;

  config->pack_authorities = path;
  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  authorities = gs_pack_authorities_load (path, &error);
  if (authorities == NULL)
    gs_config_add_mistake (reader, gs_config_line_of (reader, "stamp-packs", "authorities"), "%s.",
                           error->message);
}
