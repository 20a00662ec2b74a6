/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-retention.h"

#include "gs-document-table.h"
#include "gs-face-verification-table.h"
#include "gs-feed-table.h"
#include "gs-identity-table.h"
#include "gs-store-private.h"

static gboolean
delete_crossing (GsDatabase *db, const char *crossing, GError **error)
{
  return gs_identity_table_delete (db, crossing, NULL, error)
         && gs_document_table_delete (db, crossing, error);
}

static gpointer
forget (GsDatabase *db, gpointer crossing, GError **error)
{
  return GINT_TO_POINTER (delete_crossing (db, crossing, error)
                          && gs_face_verification_table_delete (db, crossing, error));
}

void
gs_store_forget_async (GsStore *self,
                       const char *crossing,
                       const char *officer,
                       gint64 at_utc_ms,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GsRecordEntry entry = { 0 };

  g_return_if_fail (GS_IS_STORE (self) && crossing != NULL);

  entry.kind = "identity.delete";
  entry.at_utc_ms = at_utc_ms;
  entry.officer = officer;
  entry.subject = crossing;
  gs_store_push (self, GS_STORE_JOB_PURGE, &entry, forget, g_strdup (crossing), g_free, NULL,
                 cancellable, callback, user_data);
}

gboolean
gs_store_forget_finish (GsStore *self, GAsyncResult *result, GError **error)
{
  return gs_store_transact_finish (self, result, error) != NULL;
}

static gpointer
read_crossing (GsStatement *statement)
{
  return gs_statement_dup_text (statement, 0);
}

/* Crossings whose identity has had its time, as the header says. */
static GPtrArray *
list_due (GsDatabase *db, const GsRetentionLimits *limits, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT DISTINCT i.crossing FROM identity AS i"
    " LEFT JOIN crossing AS c ON c.crossing = i.crossing"
    " LEFT JOIN desk_case AS d ON d.crossing = i.crossing"
    " WHERE CASE WHEN d.crossing IS NOT NULL OR COALESCE(c.referred_at, 0) > 0"
    " THEN i.kept_at < $2 AND COALESCE(d.state, 3) = 3"
    " ELSE i.kept_at < $1 OR (COALESCE(c.live, 1) = 0 AND NOT EXISTS (SELECT 1 FROM stamp_claim"
    " AS s WHERE s.crossing = i.crossing AND s.state IN (1, 2, 4))) END"
    " AND NOT EXISTS (SELECT 1 FROM decision AS o WHERE o.crossing = i.crossing AND o.state = 1)"
    " LIMIT $3",
    error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_int (statement, 1, limits->identity_before_utc_ms);
  gs_statement_bind_int (statement, 2, limits->case_before_utc_ms);
  gs_statement_bind_int (statement, 3, GS_STORE_PURGE_LIMIT);
  return gs_statement_collect (statement, read_crossing, g_free, error);
}

static gpointer
purge (GsDatabase *db, gpointer data, GError **error)
{
  const GsRetentionLimits *limits = data;
  g_autoptr (GPtrArray) due = list_due (db, limits, error);

  if (due == NULL)
    return NULL;
  for (guint i = 0; i < due->len; i++)
    if (!delete_crossing (db, g_ptr_array_index (due, i), error))
      return NULL;
  if (!gs_face_verification_table_purge (db, limits->case_before_utc_ms, error)
      || !gs_document_table_purge (db, limits->case_before_utc_ms, error)
      || !gs_quarantine_table_purge (db, limits->quarantine_before_utc_ms, error))
    return NULL;
  return GINT_TO_POINTER ((int) due->len + 1);
}

void
gs_store_purge_async (GsStore *self,
                      const GsRetentionLimits *limits,
                      gint64 at_utc_ms,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { 0 };

  g_return_if_fail (GS_IS_STORE (self) && limits != NULL);

  detail = g_strdup_printf ("identity-before=%" G_GINT64_FORMAT " case-before=%" G_GINT64_FORMAT
                            " quarantine-before=%" G_GINT64_FORMAT,
                            limits->identity_before_utc_ms, limits->case_before_utc_ms,
                            limits->quarantine_before_utc_ms);
  entry.kind = "retention.run";
  entry.at_utc_ms = at_utc_ms;
  entry.detail = detail;
  gs_store_push (self, GS_STORE_JOB_PURGE, &entry, purge, g_memdup2 (limits, sizeof *limits),
                 g_free, NULL, cancellable, callback, user_data);
}

gint64
gs_store_purge_finish (GsStore *self, GAsyncResult *result, GError **error)
{
  return (gint64) GPOINTER_TO_INT (gs_store_transact_finish (self, result, error)) - 1;
}
