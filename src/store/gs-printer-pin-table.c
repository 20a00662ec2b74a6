/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-printer-pin-table.h"

/* In the order of read_row() and gs_printer_pin_table_add(). */
#define COLUMNS "uri, name, fingerprint, pem, officer, enrolled_at, ended_at, ended_by"

GsPrinterPinRow *
gs_printer_pin_row_new (void)
{
  return g_new0 (GsPrinterPinRow, 1);
}

GsPrinterPinRow *
gs_printer_pin_row_copy (const GsPrinterPinRow *self)
{
  GsPrinterPinRow *copy = gs_printer_pin_row_new ();

  *copy = *self;
  copy->uri = g_strdup (self->uri);
  copy->name = g_strdup (self->name);
  copy->fingerprint = g_strdup (self->fingerprint);
  copy->pem = g_strdup (self->pem);
  copy->officer = g_strdup (self->officer);
  copy->ended_by = g_strdup (self->ended_by);
  return copy;
}

void
gs_printer_pin_row_free (GsPrinterPinRow *self)
{
  if (self == NULL)
    return;
  g_free (self->uri);
  g_free (self->name);
  g_free (self->fingerprint);
  g_free (self->pem);
  g_free (self->officer);
  g_free (self->ended_by);
  g_free (self);
}

static gpointer
read_row (GsStatement *statement)
{
  GsPrinterPinRow *row = gs_printer_pin_row_new ();

  row->uri = gs_statement_dup_text (statement, 0);
  row->name = gs_statement_dup_text (statement, 1);
  row->fingerprint = gs_statement_dup_text (statement, 2);
  row->pem = gs_statement_dup_text (statement, 3);
  row->officer = gs_statement_dup_text (statement, 4);
  row->enrolled_at_utc_ms = gs_statement_get_int (statement, 5);
  row->ended_at_utc_ms = gs_statement_get_int (statement, 6);
  row->ended_by = gs_statement_dup_text (statement, 7);
  return row;
}

gboolean
gs_printer_pin_table_add (GsDatabase *db, const GsPrinterPinRow *row, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "INSERT INTO printer_pin (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, 0, NULL)", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, row->uri);
  gs_statement_bind_text (statement, 2, row->name);
  gs_statement_bind_text (statement, 3, row->fingerprint);
  gs_statement_bind_text (statement, 4, row->pem);
  gs_statement_bind_text (statement, 5, row->officer);
  gs_statement_bind_int (statement, 6, row->enrolled_at_utc_ms);
  return gs_statement_run (statement, error);
}

gboolean
gs_printer_pin_table_end (GsDatabase *db,
                          const char *uri,
                          const char *fingerprint,
                          const char *except,
                          const char *officer,
                          gint64 at_utc_ms,
                          GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    fingerprint != NULL ? "UPDATE printer_pin SET ended_at = $3, ended_by = $4"
                          " WHERE uri = $1 AND fingerprint = $2 AND ended_at = 0"
                        : "UPDATE printer_pin SET ended_at = $3, ended_by = $4"
                          " WHERE uri = $1 AND fingerprint <> $2 AND ended_at = 0",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, uri);
  gs_statement_bind_text (statement, 2, fingerprint != NULL ? fingerprint : except);
  gs_statement_bind_int (statement, 3, at_utc_ms);
  gs_statement_bind_text (statement, 4, officer);
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (fingerprint == NULL || gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT,
               "That certificate is not the printer's");
  return FALSE;
}

GPtrArray *
gs_printer_pin_table_list (GsDatabase *db, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT " COLUMNS " FROM printer_pin WHERE ended_at = 0"
                           " ORDER BY enrolled_at, uri, fingerprint",
                           error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_printer_pin_row_free,
                               error);
}
