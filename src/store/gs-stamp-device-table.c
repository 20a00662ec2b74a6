/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-device-table.h"

#include "gs-time.h"

#define DEVICE                                                                                     \
  "SELECT d.device, d.printer, d.state, d.state_at, d.code, d.code_at, d.entered_at, h.officer,"   \
  " h.desk, h.from_at, h.handed_by FROM stamp_device AS d"                                         \
  " LEFT JOIN stamp_holding AS h ON h.device = d.device AND h.until_at = 0 "

static gpointer
read_device (GsStatement *statement)
{
  GsStampDevice *device = gs_stamp_device_new ();

  device->id = gs_statement_dup_text (statement, 0);
  device->printer = gs_statement_dup_text (statement, 1);
  /* A word that this program does not know prints nothing. */
  if (!gs_stamp_device_state_from_word (gs_statement_get_text (statement, 2), &device->state))
    device->state = GS_STAMP_DEVICE_RETIRED;
  device->state_utc_ms = gs_statement_get_int (statement, 3);
  device->code = gs_statement_dup_text (statement, 4);
  device->code_utc_ms = gs_statement_get_int (statement, 5);
  device->entered_utc_ms = gs_statement_get_int (statement, 6);
  device->officer = gs_statement_dup_text (statement, 7);
  device->desk = gs_statement_dup_text (statement, 8);
  if (device->officer != NULL)
    device->held_utc_ms = gs_statement_get_int (statement, 9);
  device->handed_by = gs_statement_dup_text (statement, 10);
  return device;
}

/* Fails with CONFLICT unless the statement changed its row. */
static gboolean
run_on_one (GsStatement *statement, const char *otherwise, GError **error)
{
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error_literal (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, otherwise);
  return FALSE;
}

static gboolean
add_code (GsDatabase *db,
          const char *device,
          const char *code,
          gint64 at_utc_ms,
          const char *officer,
          GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "INSERT INTO stamp_code (code, device, since_at, officer) VALUES ($1, $2, $3, $4)", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, code);
  gs_statement_bind_text (statement, 2, device);
  gs_statement_bind_int (statement, 3, at_utc_ms);
  gs_statement_bind_text (statement, 4, officer);
  return gs_statement_run (statement, error);
}

gboolean
gs_stamp_device_table_add (GsDatabase *db,
                           const GsStampDevice *device,
                           const char *officer,
                           GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO stamp_device (device, printer, state, state_at, code, code_at, entered_at,"
    " entered_by) VALUES ($1, $2, 'active', $4, $3, $4, $4, $5)",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, device->id);
  gs_statement_bind_text (statement, 2, device->printer);
  gs_statement_bind_text (statement, 3, device->code);
  gs_statement_bind_int (statement, 4, device->entered_utc_ms);
  gs_statement_bind_text (statement, 5, officer);
  return gs_statement_run (statement, error)
         && add_code (db, device->id, device->code, device->entered_utc_ms, officer, error);
}

static GsStampDevice *
fetch (GsStatement *statement, const char *key, GError **error)
{
  gpointer row = NULL;

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, key);
  gs_statement_fetch (statement, read_device, &row, error);
  return row;
}

GsStampDevice *
gs_stamp_device_table_get (GsDatabase *db, const char *id, GError **error)
{
  return fetch (gs_database_statement (db, DEVICE "WHERE d.device = $1", error), id, error);
}

GsStampDevice *
gs_stamp_device_table_find_held (GsDatabase *db, const char *officer, GError **error)
{
  return fetch (gs_database_statement (db, DEVICE "WHERE h.officer = $1", error), officer, error);
}

GPtrArray *
gs_stamp_device_table_list (GsDatabase *db, GError **error)
{
  GsStatement *statement = gs_database_statement (db, DEVICE "ORDER BY d.device", error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_device, (GDestroyNotify) gs_stamp_device_free,
                               error);
}

gboolean
gs_stamp_device_table_set_state (
  GsDatabase *db, const char *id, GsStampDeviceState state, gint64 at_utc_ms, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "UPDATE stamp_device SET state = $2, state_at = $3 WHERE device = $1"
    " AND (state = 'active' OR (state IN ('lost', 'stolen') AND $2 = 'retired'))"
    " AND $2 <> 'active'",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, id);
  gs_statement_bind_text (statement, 2, gs_stamp_device_state_to_word (state));
  gs_statement_bind_int (statement, 3, at_utc_ms);
  return run_on_one (statement, "The stamp is not there, or its state does not allow it", error);
}

gboolean
gs_stamp_device_table_rotate (GsDatabase *db,
                              const char *id,
                              const char *code,
                              gint64 at_utc_ms,
                              const char *officer,
                              GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "UPDATE stamp_device SET code = $2, code_at = $3 WHERE device = $1 AND state = 'active'",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, id);
  gs_statement_bind_text (statement, 2, code);
  gs_statement_bind_int (statement, 3, at_utc_ms);
  return run_on_one (statement, "The stamp is not there, or is not active", error)
         && add_code (db, id, code, at_utc_ms, officer, error);
}

gboolean
gs_stamp_device_table_has_code (GsDatabase *db, const char *code, gboolean *has, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db, "SELECT code FROM stamp_code WHERE code = $1", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, code);
  if (!gs_statement_step (statement, has, error))
    return FALSE;
  gs_statement_reset (statement);
  return TRUE;
}

/* --- holdings --------------------------------------------------------------------------------- */

static gpointer
read_holding (GsStatement *statement)
{
  GsStampHolding *holding = gs_stamp_holding_new ();

  holding->id = gs_statement_dup_text (statement, 0);
  holding->device = gs_statement_dup_text (statement, 1);
  holding->officer = gs_statement_dup_text (statement, 2);
  holding->desk = gs_statement_dup_text (statement, 3);
  holding->from_utc_ms = gs_statement_get_int (statement, 4);
  holding->handed_by = gs_statement_dup_text (statement, 5);
  holding->until_utc_ms = gs_statement_get_int (statement, 6);
  holding->returned_by = gs_statement_dup_text (statement, 7);
  holding->received_by = gs_statement_dup_text (statement, 8);
  return holding;
}

gboolean
gs_stamp_holding_table_begin (GsDatabase *db, const GsStampHolding *holding, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO stamp_holding (holding, device, officer, desk, from_at, handed_by, until_at)"
    " SELECT $1, device, $3, $4, $5, $6, 0 FROM stamp_device"
    " WHERE device = $2 AND state = 'active'",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, holding->id);
  gs_statement_bind_text (statement, 2, holding->device);
  gs_statement_bind_text (statement, 3, holding->officer);
  gs_statement_bind_text (statement, 4, holding->desk);
  gs_statement_bind_int (statement, 5, holding->from_utc_ms);
  gs_statement_bind_text (statement, 6, holding->handed_by);
  return run_on_one (statement, "The stamp is not there, or is not active", error);
}

gboolean
gs_stamp_holding_table_end (GsDatabase *db,
                            const char *device,
                            gint64 at_utc_ms,
                            const char *returned_by,
                            const char *received_by,
                            GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "UPDATE stamp_holding SET until_at = $2, returned_by = $3, received_by = $4"
    " WHERE device = $1 AND until_at = 0",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, device);
  gs_statement_bind_int (statement, 2, at_utc_ms);
  gs_statement_bind_text (statement, 3, returned_by);
  gs_statement_bind_text (statement, 4, received_by);
  return run_on_one (statement, "Nobody holds the stamp", error);
}

GPtrArray *
gs_stamp_holding_table_list (GsDatabase *db, gint64 from_utc_ms, gint64 to_utc_ms, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT holding, device, officer, desk, from_at, handed_by, until_at, returned_by, received_by"
    " FROM stamp_holding WHERE from_at < $2 AND (until_at = 0 OR until_at >= $1)"
    " ORDER BY from_at, holding",
    error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_int (statement, 1, from_utc_ms);
  gs_statement_bind_int (statement, 2, to_utc_ms);
  return gs_statement_collect (statement, read_holding, (GDestroyNotify) gs_stamp_holding_free,
                               error);
}
