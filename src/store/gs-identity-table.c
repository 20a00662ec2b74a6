/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-identity-table.h"

gboolean
gs_identity_table_add (GsDatabase *db,
                       const char *crossing,
                       gint64 position,
                       gint64 at_utc_ms,
                       gconstpointer bytes,
                       gsize length,
                       const GsTraveller *traveller,
                       GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO identity (crossing, position, kept_at, bytes, document_code, issuing_state,"
    " document_number, primary_identifier, secondary_identifier, nationality, birth_date, sex,"
    " expiry_date, name_own_script, language)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    " ON CONFLICT (crossing, position) DO UPDATE SET kept_at = excluded.kept_at,"
    " bytes = excluded.bytes, document_code = excluded.document_code,"
    " issuing_state = excluded.issuing_state, document_number = excluded.document_number,"
    " primary_identifier = excluded.primary_identifier,"
    " secondary_identifier = excluded.secondary_identifier, nationality = excluded.nationality,"
    " birth_date = excluded.birth_date, sex = excluded.sex, expiry_date = excluded.expiry_date,"
    " name_own_script = excluded.name_own_script, language = excluded.language",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, crossing);
  gs_statement_bind_int (statement, 2, position);
  gs_statement_bind_int (statement, 3, at_utc_ms);
  gs_statement_bind_bytes (statement, 4, bytes, length);
  if (traveller != NULL)
    {
      gs_statement_bind_text (statement, 5, traveller->document_code);
      gs_statement_bind_text (statement, 6, traveller->issuing_state);
      gs_statement_bind_text (statement, 7, traveller->document_number);
      gs_statement_bind_text (statement, 8, traveller->primary_identifier);
      gs_statement_bind_text (statement, 9, traveller->secondary_identifier);
      gs_statement_bind_text (statement, 10, traveller->nationality);
      gs_statement_bind_text (statement, 11, traveller->birth_date);
      gs_statement_bind_text (statement, 12, traveller->sex);
      gs_statement_bind_text (statement, 13, traveller->expiry_date);
      gs_statement_bind_text (statement, 14, traveller->name_own_script);
      gs_statement_bind_text (statement, 15, traveller->language);
    }
  return gs_statement_run (statement, error);
}

static gpointer
read_traveller (GsStatement *statement)
{
  GsTraveller *traveller = gs_traveller_new ();

  gs_traveller_set (&traveller->document_code, gs_statement_get_text (statement, 0));
  gs_traveller_set (&traveller->issuing_state, gs_statement_get_text (statement, 1));
  gs_traveller_set (&traveller->document_number, gs_statement_get_text (statement, 2));
  gs_traveller_set (&traveller->primary_identifier, gs_statement_get_text (statement, 3));
  gs_traveller_set (&traveller->secondary_identifier, gs_statement_get_text (statement, 4));
  gs_traveller_set (&traveller->nationality, gs_statement_get_text (statement, 5));
  gs_traveller_set (&traveller->birth_date, gs_statement_get_text (statement, 6));
  gs_traveller_set (&traveller->sex, gs_statement_get_text (statement, 7));
  gs_traveller_set (&traveller->expiry_date, gs_statement_get_text (statement, 8));
  gs_traveller_set (&traveller->name_own_script, gs_statement_get_text (statement, 9));
  gs_traveller_set (&traveller->language, gs_statement_get_text (statement, 10));
  return traveller;
}

GsTraveller *
gs_identity_table_get (GsDatabase *db, const char *crossing, GError **error)
{
  gpointer traveller = NULL;
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT document_code, issuing_state, document_number, primary_identifier,"
    " secondary_identifier, nationality, birth_date, sex, expiry_date, name_own_script, language"
    " FROM identity WHERE crossing = $1 AND document_number IS NOT NULL"
    " ORDER BY position DESC LIMIT 1",
    error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, crossing);
  gs_statement_fetch (statement, read_traveller, &traveller, error);
  return traveller;
}

static gpointer
read_crossing (GsStatement *statement)
{
  return gs_statement_dup_text (statement, 0);
}

GPtrArray *
gs_identity_table_find (GsDatabase *db,
                        const char *issuing_state,
                        const char *document_number,
                        GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT crossing FROM identity WHERE document_number = $1 AND issuing_state = $2"
    " GROUP BY crossing ORDER BY MAX(kept_at) DESC, crossing",
    error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, document_number);
  gs_statement_bind_text (statement, 2, issuing_state);
  return gs_statement_collect (statement, read_crossing, g_free, error);
}

static gboolean
run_for (GsDatabase *db, const char *sql, const char *crossing, gint64 *changes, GError **error)
{
  GsStatement *statement = gs_database_statement (db, sql, error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, crossing);
  if (!gs_statement_run (statement, error))
    return FALSE;
  *changes += gs_statement_changes (statement);
  return TRUE;
}

gboolean
gs_identity_table_delete (GsDatabase *db, const char *crossing, gint64 *deleted, GError **error)
{
  gint64 count = 0, emptied = 0;
  GsStatement *statement;

  if (!run_for (db, "DELETE FROM identity WHERE crossing = $1", crossing, &count, error)
      || !run_for (db, "DELETE FROM quarantine WHERE crossing = $1", crossing, &count, error))
    return FALSE;
  /* A note of the officer may name the traveller; one not yet sent is still needed. */
  statement = gs_database_statement (
    db, "UPDATE decision SET body = $2 WHERE crossing = $1 AND state <> 1", error);
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, crossing);
  gs_statement_bind_bytes (statement, 2, NULL, 0);
  if (!gs_statement_run (statement, error))
    return FALSE;
  emptied = gs_statement_changes (statement);
  if (deleted != NULL)
    *deleted = count + emptied;
  return TRUE;
}
