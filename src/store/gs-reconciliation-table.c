/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-reconciliation-table.h"

#include "gs-time.h"

/* In the order of read_row() and bind_row(). */
#define COLUMNS                                                                                    \
  "reconciliation, desk, day, number, zone, from_at, made_at, issued, void_stamps, "               \
  "void_imprints, tests, unused, counted, difference, result, reason, officer, second"

static gpointer
read_row (GsStatement *statement)
{
  GsReconciliation *row = gs_reconciliation_new ();

  row->id = gs_statement_dup_text (statement, 0);
  row->desk = gs_statement_dup_text (statement, 1);
  row->day = gs_statement_dup_text (statement, 2);
  row->number = (guint) gs_statement_get_int (statement, 3);
  row->zone = gs_statement_dup_text (statement, 4);
  if (gs_statement_get_int (statement, 5) != 0)
    row->from_utc_ms = gs_statement_get_int (statement, 5);
  row->made_utc_ms = gs_statement_get_int (statement, 6);
  row->issued = gs_statement_get_int (statement, 7);
  row->void_stamps = gs_statement_get_int (statement, 8);
  row->void_imprints = gs_statement_get_int (statement, 9);
  row->tests = gs_statement_get_int (statement, 10);
  row->unused = gs_statement_get_int (statement, 11);
  row->counted = gs_statement_get_int (statement, 12) != 0;
  row->difference = gs_statement_get_int (statement, 13);
  /* Unknown words leave what the struct began with: signed, for no reason that is known. */
  gs_reconciliation_result_from_word (gs_statement_get_text (statement, 14), &row->result);
  gs_sign_reason_from_word (gs_statement_get_text (statement, 15), &row->reason);
  row->officer = gs_statement_dup_text (statement, 16);
  row->second = gs_statement_dup_text (statement, 17);
  return row;
}

static void
bind_row (GsStatement *statement, const GsReconciliation *row)
{
  gs_statement_bind_text (statement, 1, row->id);
  gs_statement_bind_text (statement, 2, row->desk);
  gs_statement_bind_text (statement, 3, row->day);
  gs_statement_bind_int (statement, 4, row->number);
  gs_statement_bind_text (statement, 5, row->zone);
  gs_statement_bind_int (statement, 6, row->from_utc_ms != GS_TIME_UNKNOWN ? row->from_utc_ms : 0);
  gs_statement_bind_int (statement, 7, row->made_utc_ms);
  gs_statement_bind_int (statement, 8, row->issued);
  gs_statement_bind_int (statement, 9, row->void_stamps);
  gs_statement_bind_int (statement, 10, row->void_imprints);
  gs_statement_bind_int (statement, 11, row->tests);
  gs_statement_bind_int (statement, 12, row->unused);
  gs_statement_bind_int (statement, 13, row->counted);
  gs_statement_bind_int (statement, 14, row->difference);
  gs_statement_bind_text (statement, 15, gs_reconciliation_result_to_word (row->result));
  gs_statement_bind_text (statement, 16, gs_sign_reason_to_word (row->reason));
  gs_statement_bind_text (statement, 17, row->officer);
  gs_statement_bind_text (statement, 18, row->second);
}

static gboolean
add_difference (
  GsDatabase *db, const char *id, guint place, const GsDifference *difference, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO reconciliation_difference (reconciliation, place, kind, subject, last_subject,"
    " happened_at, low, high) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, id);
  gs_statement_bind_int (statement, 2, place);
  gs_statement_bind_text (statement, 3, gs_difference_kind_to_word (difference->kind));
  gs_statement_bind_text (statement, 4, difference->subject != NULL ? difference->subject : "");
  gs_statement_bind_text (statement, 5, difference->last);
  gs_statement_bind_int (statement, 6,
                         difference->at_utc_ms != GS_TIME_UNKNOWN ? difference->at_utc_ms : 0);
  gs_statement_bind_int (statement, 7, difference->low);
  gs_statement_bind_int (statement, 8, difference->high);
  return gs_statement_run (statement, error);
}

/* The table numbers a printer's rows. */
static gboolean
add_count (GsDatabase *db,
           const char *desk,
           const GsPrinterCount *count,
           gint64 at_utc_ms,
           const char *reconciliation,
           GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO printer_count (desk, printer, number, taken_at, source, before_count, now_count,"
    " reconciliation) SELECT $1, $2, COALESCE (MAX (number), 0) + 1, $3, $4, $5, $6, $7"
    " FROM printer_count WHERE desk = $1 AND printer = $2",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, desk);
  gs_statement_bind_text (statement, 2, count->printer);
  gs_statement_bind_int (statement, 3, at_utc_ms);
  gs_statement_bind_text (statement, 4, gs_count_source_to_word (count->source));
  gs_statement_bind_int (statement, 5, count->before);
  gs_statement_bind_int (statement, 6, count->now);
  gs_statement_bind_text (statement, 7, reconciliation);
  return gs_statement_run (statement, error);
}

gboolean
gs_reconciliation_table_add (GsDatabase *db, const GsReconciliation *row, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO reconciliation (" COLUMNS ", sequence)"
    " SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
    " COALESCE (MAX (sequence), 0) + 1 FROM reconciliation WHERE desk = $2",
    error);

  if (statement == NULL)
    return FALSE;
  bind_row (statement, row);
  if (!gs_statement_run (statement, error))
    return FALSE;
  for (guint i = 0; i < row->differences->len; i++)
    if (!add_difference (db, row->id, i + 1, g_ptr_array_index (row->differences, i), error))
      return FALSE;
  for (guint i = 0; i < row->counts->len; i++)
    if (!add_count (db, row->desk, g_ptr_array_index (row->counts, i), row->made_utc_ms, row->id,
                    error))
      return FALSE;
  return TRUE;
}

/* --- reading ---------------------------------------------------------------------------------- */

static gboolean
read_differences (GsDatabase *db, GsReconciliation *row, GError **error)
{
  gboolean found;
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT kind, subject, last_subject, happened_at, low, high FROM reconciliation_difference"
    " WHERE reconciliation = $1 ORDER BY place",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, row->id);
  for (;;)
    {
      GsDifferenceKind kind;
      GsDifference *difference;

      if (!gs_statement_step (statement, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      if (!gs_difference_kind_from_word (gs_statement_get_text (statement, 0), &kind))
        continue;
      gs_reconciliation_add_difference (row, kind, gs_statement_get_text (statement, 1),
                                        gs_statement_get_text (statement, 2), GS_TIME_UNKNOWN);
      difference = g_ptr_array_index (row->differences, row->differences->len - 1);
      if (gs_statement_get_int (statement, 3) != 0)
        difference->at_utc_ms = gs_statement_get_int (statement, 3);
      difference->low = gs_statement_get_int (statement, 4);
      difference->high = gs_statement_get_int (statement, 5);
    }
}

static gboolean
read_counts (GsDatabase *db, GsReconciliation *row, GError **error)
{
  gboolean found;
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT printer, source, before_count, now_count FROM printer_count"
                           " WHERE reconciliation = $1 ORDER BY printer",
                           error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, row->id);
  for (;;)
    {
      GsCountSource source = GS_COUNT_NONE;

      if (!gs_statement_step (statement, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      gs_count_source_from_word (gs_statement_get_text (statement, 1), &source);
      gs_reconciliation_add_count (row, gs_statement_get_text (statement, 0), source,
                                   gs_statement_get_int (statement, 2),
                                   gs_statement_get_int (statement, 3));
    }
}

static GPtrArray *
collect (GsDatabase *db, GsStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) rows =
    gs_statement_collect (statement, read_row, (GDestroyNotify) gs_reconciliation_free, error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    if (!read_differences (db, g_ptr_array_index (rows, i), error)
        || !read_counts (db, g_ptr_array_index (rows, i), error))
      return NULL;
  return g_steal_pointer (&rows);
}

GPtrArray *
gs_reconciliation_table_list (GsDatabase *db, const char *desk, guint limit, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT " COLUMNS " FROM reconciliation WHERE desk = $1"
                           " ORDER BY sequence DESC LIMIT $2",
                           error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, desk);
  gs_statement_bind_int (statement, 2, limit);
  return collect (db, statement, error);
}

GPtrArray *
gs_reconciliation_table_of_days (
  GsDatabase *db, const char *desk, const char *first, const char *last, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT " COLUMNS " FROM reconciliation"
                           " WHERE desk = $1 AND day >= $2 AND day <= $3 ORDER BY sequence",
                           error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, desk);
  gs_statement_bind_text (statement, 2, first);
  gs_statement_bind_text (statement, 3, last);
  return collect (db, statement, error);
}

GsReconciliation *
gs_reconciliation_table_last (GsDatabase *db, const char *desk, GError **error)
{
  g_autoptr (GPtrArray) rows = gs_reconciliation_table_list (db, desk, 1, error);

  return rows != NULL && rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

gboolean
gs_reconciliation_table_count (
  GsDatabase *db, const char *desk, const char *day, gint64 *count, GError **error)
{
  gboolean row;
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT CAST(COALESCE (MAX (number), 0) AS BIGINT) FROM reconciliation"
                           " WHERE desk = $1 AND day = $2",
                           error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, desk);
  gs_statement_bind_text (statement, 2, day);
  if (!gs_statement_step (statement, &row, error))
    return FALSE;
  *count = row ? gs_statement_get_int (statement, 0) : 0;
  gs_statement_reset (statement);
  return TRUE;
}

/* --- counters --------------------------------------------------------------------------------- */

gboolean
gs_printer_count_table_begin (GsDatabase *db,
                              const char *desk,
                              const char *printer,
                              gint64 counter,
                              gint64 at_utc_ms,
                              gboolean *begun,
                              GError **error)
{
  GsPrinterCount count = { .printer = (char *) printer,
                           .source = counter >= 0 ? GS_COUNT_PRINTER : GS_COUNT_NONE,
                           .before = -1,
                           .now = counter };
  gboolean known;
  GsStatement *statement = gs_database_statement (
    db, "SELECT number FROM printer_count WHERE desk = $1 AND printer = $2 LIMIT 1", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, desk);
  gs_statement_bind_text (statement, 2, printer);
  if (!gs_statement_step (statement, &known, error))
    return FALSE;
  gs_statement_reset (statement);
  if (begun != NULL)
    *begun = !known;
  return known || add_count (db, desk, &count, at_utc_ms, NULL, error);
}

gboolean
gs_printer_count_table_get (
  GsDatabase *db, const char *desk, const char *printer, gint64 *counter, GError **error)
{
  gint64 by_hand = 0;
  gboolean row;
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT source, now_count FROM printer_count"
                           " WHERE desk = $1 AND printer = $2 ORDER BY number DESC",
                           error);

  *counter = -1;
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, desk);
  gs_statement_bind_text (statement, 2, printer);
  for (;;)
    {
      GsCountSource source = GS_COUNT_NONE;
      gint64 now;

      if (!gs_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      gs_count_source_from_word (gs_statement_get_text (statement, 0), &source);
      now = gs_statement_get_int (statement, 1);
      /* A number that nobody could say breaks the chain: the next one is a new beginning. */
      if (source == GS_COUNT_NONE || now < 0)
        break;
      if (source == GS_COUNT_PRINTER)
        {
          *counter = now <= G_MAXINT64 - by_hand ? now + by_hand : -1;
          break;
        }
      if (by_hand > G_MAXINT64 - now)
        break;
      by_hand += now;
    }
  gs_statement_reset (statement);
  return TRUE;
}

gboolean
gs_printer_count_table_began (GsDatabase *db, const char *desk, gint64 *at_utc_ms, GError **error)
{
  gboolean row;
  GsStatement *statement = gs_database_statement (
    db, "SELECT taken_at FROM printer_count WHERE desk = $1 ORDER BY taken_at LIMIT 1", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, desk);
  if (!gs_statement_step (statement, &row, error))
    return FALSE;
  *at_utc_ms = row ? gs_statement_get_int (statement, 0) : GS_TIME_UNKNOWN;
  gs_statement_reset (statement);
  return TRUE;
}
