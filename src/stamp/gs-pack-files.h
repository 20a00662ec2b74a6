/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "gs-stamp-error.h"

G_BEGIN_DECLS

/* The files of a template pack in memory, from a folder or from the one file form, an uncompressed
 * tar: nothing in it can be larger than itself. Plain names only, no folder, no link. Nothing is
 * believed here: gs-pack-signature.h checks. Immutable but for gs_pack_files_put(), reference
 * counted, any thread. */
typedef struct _GsPackFiles GsPackFiles;

#define GS_PACK_MAX_FILES 128
#define GS_PACK_MAX_FILE_BYTES (2 * 1024 * 1024)
#define GS_PACK_MAX_BYTES (8 * 1024 * 1024)

#define GS_PACK_DESCRIPTION "pack.ini"
#define GS_PACK_MANIFEST "manifest.txt"
#define GS_PACK_SIGNATURE "manifest.p7s"

/* Empty. Transfer full. */
GsPackFiles *gs_pack_files_new (void);
/* A folder or a tar file. NULL with GS_STAMP_ERROR_PACK_UNREADABLE, _PATH, _LINK, _SIZE or _EXTRA
 * (a name twice). Reads files. */
GsPackFiles *gs_pack_files_read (const char *path, GError **error);
/* The same from the bytes of a tar file. */
GsPackFiles *gs_pack_files_read_tar (GBytes *tar, GError **error);
GsPackFiles *gs_pack_files_ref (GsPackFiles *self);
void gs_pack_files_unref (GsPackFiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsPackFiles, gs_pack_files_unref)

/* Borrowed; NULL when there is none of that name. */
GBytes *gs_pack_files_get (GsPackFiles *self, const char *name);
/* In the order of their bytes, NULL-terminated. Transfer full. */
char **gs_pack_files_dup_names (GsPackFiles *self);
/* Adds or replaces, before anybody else has a reference. _PATH or _SIZE. */
gboolean gs_pack_files_put (GsPackFiles *self, const char *name, GBytes *content, GError **error);

/* The one file form: the same files give the same bytes. Transfer full. */
GBytes *gs_pack_files_write_tar (GsPackFiles *self, GError **error);

/* TRUE for 1 to 64 of letters, digits, '.', '-' and '_', the first a letter or digit. */
gboolean gs_pack_name_is_plain (const char *name);

G_END_DECLS
