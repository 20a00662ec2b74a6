/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-serial-table.h"

#include <string.h>

#define GENERATION_LIMIT 99

char *
gs_serial_prefix_of (const char *configured, gint64 generation)
{
  if (generation <= 1)
    return g_strdup (configured);
  return g_strdup_printf ("%sG%" G_GINT64_FORMAT, configured, generation);
}

gint64
gs_serial_generation_of (const char *configured, const char *prefix)
{
  gsize length = strlen (configured);
  gint64 generation;
  g_autofree char *again = NULL;

  if (g_strcmp0 (configured, prefix) == 0)
    return 1;
  if (!g_str_has_prefix (prefix, configured) || prefix[length] != 'G')
    return 0;
  generation = g_ascii_strtoll (prefix + length + 1, NULL, 10);
  if (generation < 2 || generation > GENERATION_LIMIT)
    return 0;
  again = gs_serial_prefix_of (configured, generation);
  return g_str_equal (again, prefix) ? generation : 0;
}

/* One number of one row; *number keeps its value without one. */
static gboolean
get_number (GsStatement *statement, gint64 *number, GError **error)
{
  gboolean row;

  if (!gs_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  *number = gs_statement_get_int (statement, 0);
  gs_statement_reset (statement);
  return TRUE;
}

gboolean
gs_serial_generation_get (GsDatabase *db,
                          const char *configured,
                          gint64 *generation,
                          GError **error)
{
  GsStatement *statement =
    gs_database_statement (db, "SELECT generation FROM serial_generation WHERE prefix = $1", error);

  *generation = 1;
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, configured);
  return get_number (statement, generation, error);
}

gboolean
gs_serial_generation_set (
  GsDatabase *db, const char *configured, gint64 generation, gint64 at_utc_ms, GError **error)
{
  GsStatement *statement;

  if (generation > GENERATION_LIMIT)
    {
      g_set_error_literal (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT,
                           "The prefix has no further generation: another one must be configured");
      return FALSE;
    }
  statement = gs_database_statement (
    db,
    "INSERT INTO serial_generation (prefix, generation, taken_at) VALUES ($1, $2, $3)"
    " ON CONFLICT (prefix) DO UPDATE SET generation = excluded.generation,"
    " taken_at = excluded.taken_at WHERE excluded.generation > serial_generation.generation",
    error);
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, configured);
  gs_statement_bind_int (statement, 2, generation);
  gs_statement_bind_int (statement, 3, at_utc_ms);
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error_literal (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT,
                       "That generation was taken already");
  return FALSE;
}

gboolean
gs_serial_counter_get (GsDatabase *db, const char *prefix, gint64 *number, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db, "SELECT last_number FROM serial_counter WHERE prefix = $1", error);

  *number = 0;
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, prefix);
  return get_number (statement, number, error);
}

gboolean
gs_printer_counter_get (
  GsDatabase *db, const char *printer, gint64 *impressions, gint64 *sent, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db, "SELECT impressions FROM printer_counter WHERE printer = $1", error);

  *impressions = -1;
  *sent = 0;
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, printer);
  if (!get_number (statement, impressions, error))
    return FALSE;
  if (*impressions < 0)
    return TRUE;
  statement = gs_database_statement (
    db,
    "SELECT (SELECT COUNT(*) FROM stamp_journal WHERE step = 'SENDING' AND written_at >= seen_at)"
    " + (SELECT COUNT(*) FROM counted_print WHERE taken_at >= seen_at)"
    " FROM printer_counter WHERE printer = $1",
    error);
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, printer);
  return get_number (statement, sent, error);
}

gboolean
gs_printer_counter_set (
  GsDatabase *db, const char *printer, gint64 impressions, gint64 at_utc_ms, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO printer_counter (printer, impressions, seen_at) VALUES ($1, $2, $3)"
    " ON CONFLICT (printer) DO UPDATE SET impressions = excluded.impressions,"
    " seen_at = excluded.seen_at",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, printer);
  gs_statement_bind_int (statement, 2, impressions);
  gs_statement_bind_int (statement, 3, at_utc_ms);
  return gs_statement_run (statement, error);
}
