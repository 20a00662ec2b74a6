/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* The versions of the schema. Forward only: a version that was released is never edited, a change
 * is a new gs-schema-N.c with its text at the end of the list in gs-schema.c. Worker thread. */

typedef struct
{
  const char *text;               /* statements, expanded by gs_dialect_expand() */
  const char *const *append_only; /* tables to protect, NULL-terminated; NULL for none */
} GsSchemaVersion;

extern const GsSchemaVersion gs_schema_1;
extern const GsSchemaVersion gs_schema_2;
extern const GsSchemaVersion gs_schema_3;
extern const GsSchemaVersion gs_schema_4;
extern const GsSchemaVersion gs_schema_5;
extern const GsSchemaVersion gs_schema_6;
extern const GsSchemaVersion gs_schema_7;
extern const GsSchemaVersion gs_schema_8;
extern const GsSchemaVersion gs_schema_9;

/* The newest version that this program knows. */
gint64 gs_schema_get_version (void);

/* GS_STORE_ERROR_NEWER_SCHEMA when a newer program wrote the file; nothing was changed. */
gboolean gs_schema_refuse_newer (GsDatabase *db, GError **error);

/* Brings the schema up to date, one transaction a version. */
gboolean gs_schema_migrate (GsDatabase *db, GError **error);

G_END_DECLS
