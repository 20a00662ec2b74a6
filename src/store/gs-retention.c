/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-retention.h"

#include "gs-feed-table.h"
#include "gs-identity-table.h"
#include "gs-store-private.h"

typedef struct
{
  gint64 identity_before;
  gint64 quarantine_before;
} Limits;

static gpointer
forget (GsDatabase *db, gpointer crossing, GError **error)
{
  return GINT_TO_POINTER (gs_identity_table_delete (db, crossing, NULL, error));
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

/* Crossings whose identity has had its time: begun, or where no row tells when, kept before the
 * limit; not live, not an open case, no decision still on its way. */
static GPtrArray *
list_due (GsDatabase *db, gint64 before, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT DISTINCT i.crossing FROM identity AS i"
    " LEFT JOIN crossing AS c ON c.crossing = i.crossing"
    " WHERE i.kept_at < $1 AND COALESCE(c.started_at, i.kept_at) < $1"
    " AND COALESCE(c.live, 0) = 0"
    " AND NOT EXISTS (SELECT 1 FROM desk_case AS d WHERE d.crossing = i.crossing AND d.state <> 3)"
    " AND NOT EXISTS (SELECT 1 FROM decision AS o WHERE o.crossing = i.crossing AND o.state = 1)"
    " LIMIT $2",
    error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_int (statement, 1, before);
  gs_statement_bind_int (statement, 2, GS_STORE_PURGE_LIMIT);
  return gs_statement_collect (statement, read_crossing, g_free, error);
}

static gpointer
purge (GsDatabase *db, gpointer data, GError **error)
{
  const Limits *limits = data;
  g_autoptr (GPtrArray) due = list_due (db, limits->identity_before, error);

  if (due == NULL)
    return NULL;
  for (guint i = 0; i < due->len; i++)
    if (!gs_identity_table_delete (db, g_ptr_array_index (due, i), NULL, error))
      return NULL;
  if (!gs_quarantine_table_purge (db, limits->quarantine_before, error))
    return NULL;
  return GINT_TO_POINTER ((int) due->len + 1);
}

void
gs_store_purge_async (GsStore *self,
                      gint64 identity_before_utc_ms,
                      gint64 quarantine_before_utc_ms,
                      gint64 at_utc_ms,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Limits *limits;
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { 0 };

  g_return_if_fail (GS_IS_STORE (self));

  limits = g_new0 (Limits, 1);
  limits->identity_before = identity_before_utc_ms;
  limits->quarantine_before = quarantine_before_utc_ms;
  detail =
    g_strdup_printf ("identity-before=%" G_GINT64_FORMAT " quarantine-before=%" G_GINT64_FORMAT,
                     identity_before_utc_ms, quarantine_before_utc_ms);
  entry.kind = "retention.run";
  entry.at_utc_ms = at_utc_ms;
  entry.detail = detail;
  gs_store_push (self, GS_STORE_JOB_PURGE, &entry, purge, limits, g_free, NULL, cancellable,
                 callback, user_data);
}

gint64
gs_store_purge_finish (GsStore *self, GAsyncResult *result, GError **error)
{
  return (gint64) GPOINTER_TO_INT (gs_store_transact_finish (self, result, error)) - 1;
}
