/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-replacement-table.h"

void
gs_replacement_free (GsReplacement *self)
{
  if (self == NULL)
    return;
  g_free (self->claim_stamp);
  g_free (self->hall_claim);
  g_free (self->serial);
  g_free (self);
}

static gpointer
read_row (GsStatement *statement)
{
  GsReplacement *row = g_new0 (GsReplacement, 1);

  row->claim_stamp = gs_statement_dup_text (statement, 0);
  row->hall_claim = gs_statement_dup_text (statement, 1);
  row->serial = gs_statement_dup_text (statement, 2);
  row->void_at_utc_ms = gs_statement_get_int (statement, 3);
  return row;
}

gboolean
gs_replacement_table_find (
  GsDatabase *db, const char *crossing, const char *desk, GsReplacement **found, GError **error)
{
  gpointer row = NULL;
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT c.stamp, c.hall_claim, i.serial, i.void_at FROM stamp_claim AS c"
    " JOIN impression AS i ON i.crossing = c.crossing"
    " WHERE c.crossing = $1 AND c.desk = $2 AND c.state = 2 AND c.hall_claim IS NOT NULL"
    " AND i.void_at > 0 AND i.void_cause <> 'unused' AND i.replaces IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM impression AS n WHERE n.crossing = c.crossing"
    " AND (n.void_at = 0 OR (n.replaces = i.serial AND n.void_cause <> 'unused')))"
    " ORDER BY i.void_at DESC LIMIT 1",
    error);

  *found = NULL;
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, crossing);
  gs_statement_bind_text (statement, 2, desk);
  if (!gs_statement_fetch (statement, read_row, &row, error))
    return FALSE;
  *found = row;
  return TRUE;
}
