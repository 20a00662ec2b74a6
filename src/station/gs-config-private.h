/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-config.h"

G_BEGIN_DECLS

/* What the files that read a desk's key file share; not for anybody else. */

typedef struct
{
  GKeyFile *file;
  GHashTable *lines; /* "group\nkey" → line */
  GPtrArray *mistakes;
  char *folder;
} GsConfigReader;

/* line: 0 when the mistake stands on none. */
void gs_config_add_mistake (GsConfigReader *reader, guint line, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
guint gs_config_line_of (GsConfigReader *reader, const char *group, const char *key);
/* Without white space around it; NULL when it is not there, which is a mistake when required. */
char *
gs_config_read_text (GsConfigReader *reader, const char *group, const char *key, gboolean required);
/* The same as an absolute path; a mistake when it must exist and does not. */
char *gs_config_read_path (
  GsConfigReader *reader, const char *group, const char *key, gboolean required, gboolean exists);

/* gs-config-seal.c: the group [seal]. key may be NULL. */
gboolean gs_config_seal_is_key (const char *group, const char *key);
void gs_config_seal_read (GsConfigReader *reader, GsConfig *config);
void gs_config_seal_clear (GsConfig *config);

/* gs-config-packs.c: the group [stamp-packs]. */
void gs_config_packs_read (GsConfigReader *reader, GsConfig *config);

G_END_DECLS
