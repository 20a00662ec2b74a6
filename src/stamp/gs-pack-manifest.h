/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-pack-files.h"

G_BEGIN_DECLS

/* The list of a pack's files, which the authority signs: UTF-8, each line ended by a line feed,
 *
 *   gateside-pack 2
 *   valid-from 2026-11-01
 *   valid-until 2036-10-31          (may be left out)
 *   file 31697 SHA-256-IN-HEX entry.svg
 *
 * with the files in the order of their names' bytes, each once, and all of them but the list itself
 * and its signature. There is one way to write it. Immutable, any thread. */
typedef struct _GsPackManifest GsPackManifest;

/* NULL with GS_STAMP_ERROR_PACK_MANIFEST. */
GsPackManifest *gs_pack_manifest_parse (GBytes *text, GError **error);
void gs_pack_manifest_free (GsPackManifest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsPackManifest, gs_pack_manifest_free)

/* Every file is there, none else, each with its size and digest: else _MISSING, _EXTRA or _HASH. */
gboolean gs_pack_manifest_check (GsPackManifest *self, GsPackFiles *files, GError **error);

const char *gs_pack_manifest_get_valid_from (GsPackManifest *self);  /* "2026-11-01" */
const char *gs_pack_manifest_get_valid_until (GsPackManifest *self); /* or NULL */

/* The list for these files. valid_until may be NULL. _MANIFEST for a day that is none or days in
 * the wrong order. Transfer full. */
GBytes *gs_pack_manifest_make (GsPackFiles *files,
                               const char *valid_from,
                               const char *valid_until,
                               GError **error);

/* TRUE for a day of the calendar written "2026-11-01". */
gboolean gs_pack_day_is_valid (const char *day);

G_END_DECLS
