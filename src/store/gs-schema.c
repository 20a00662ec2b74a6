/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-schema.h"

#include "gs-dialect.h"

static const GsSchemaVersion *const versions[] = { &gs_schema_1, &gs_schema_2, &gs_schema_3,
                                                   &gs_schema_4, &gs_schema_5, &gs_schema_6,
                                                   &gs_schema_7, &gs_schema_8, &gs_schema_9 };

gint64
gs_schema_get_version (void)
{
  return G_N_ELEMENTS (versions);
}

gboolean
gs_schema_refuse_newer (GsDatabase *db, GError **error)
{
  gint64 version;

  if (!gs_dialect_get_version (db, &version, error))
    return FALSE;
  if (version <= gs_schema_get_version ())
    return TRUE;
  g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_NEWER_SCHEMA,
               "The database has schema %" G_GINT64_FORMAT ", this program knows %" G_GINT64_FORMAT,
               version, gs_schema_get_version ());
  return FALSE;
}

static gboolean
apply (GsDatabase *db, gint64 number, GError **error)
{
  const GsSchemaVersion *version = versions[number - 1];
  g_autofree char *text = gs_dialect_expand (version->text);

  if (!gs_database_execute (db, text, error))
    return FALSE;
  for (guint i = 0; version->append_only != NULL && version->append_only[i] != NULL; i++)
    if (!gs_dialect_make_append_only (db, version->append_only[i], error))
      return FALSE;
  return gs_dialect_set_version (db, number, error);
}

gboolean
gs_schema_migrate (GsDatabase *db, GError **error)
{
  for (;;)
    {
      gint64 version;

      /* Read inside of the transaction: another process may have migrated just now. */
      if (!gs_database_begin (db, TRUE, error))
        return FALSE;
      if (!gs_dialect_get_version (db, &version, error))
        {
          gs_database_rollback (db);
          return FALSE;
        }
      if (version >= gs_schema_get_version ())
        {
          gs_database_rollback (db);
          return TRUE;
        }
      if (!apply (db, version + 1, error))
        {
          gs_database_rollback (db);
          return FALSE;
        }
      if (!gs_database_commit (db, error))
        return FALSE;
    }
}
