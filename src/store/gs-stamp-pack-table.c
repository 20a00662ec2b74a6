/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-pack-table.h"

#include <string.h>

GsStampPackRow *
gs_stamp_pack_row_new (void)
{
  return g_new0 (GsStampPackRow, 1);
}

void
gs_stamp_pack_row_free (GsStampPackRow *self)
{
  if (self == NULL)
    return;
  g_free (self->digest);
  g_free (self->name);
  g_free (self->month);
  g_free (self->valid_from);
  g_free (self->valid_until);
  g_free (self->signer);
  g_free (self->signer_digest);
  g_free (self->brought_by);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self);
}

GsStampPackActivation *
gs_stamp_pack_activation_new (void)
{
  return g_new0 (GsStampPackActivation, 1);
}

void
gs_stamp_pack_activation_free (GsStampPackActivation *self)
{
  if (self == NULL)
    return;
  g_free (self->digest);
  g_free (self->from_day);
  g_free (self->decided_by);
  g_free (self);
}

gboolean
gs_stamp_pack_table_add (GsDatabase *db, const GsStampPackRow *row, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO stamp_pack (digest, name, month, valid_from, valid_until, signer, signer_digest,"
    " brought_at, brought_by, file) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    " ON CONFLICT (digest) DO NOTHING",
    error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, row->digest);
  gs_statement_bind_text (statement, 2, row->name);
  gs_statement_bind_text (statement, 3, row->month);
  gs_statement_bind_text (statement, 4, row->valid_from);
  gs_statement_bind_text (statement, 5, row->valid_until);
  gs_statement_bind_text (statement, 6, row->signer);
  gs_statement_bind_text (statement, 7, row->signer_digest);
  gs_statement_bind_int (statement, 8, row->brought_at_utc_ms);
  gs_statement_bind_text (statement, 9, row->brought_by);
  gs_statement_bind_blob (statement, 10, row->file);
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error_literal (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "The pack is there already");
  return FALSE;
}

static gboolean
check_activation (GsDatabase *db, const GsStampPackActivation *activation, GError **error)
{
  g_autoptr (GPtrArray) all = gs_stamp_pack_table_list_activations (db, error);
  const GsStampPackActivation *holding;

  if (all == NULL)
    return FALSE;
  holding = gs_stamp_pack_choose (all, activation->from_day);
  if (holding == NULL || !g_str_equal (holding->digest, activation->digest)
      || !g_str_equal (holding->from_day, activation->from_day))
    return TRUE;
  g_set_error_literal (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT,
                       "The pack prints from that day on already");
  return FALSE;
}

gboolean
gs_stamp_pack_table_activate (GsDatabase *db,
                              const GsStampPackActivation *activation,
                              GError **error)
{
  GsStatement *statement;

  if (!check_activation (db, activation, error))
    return FALSE;
  statement = gs_database_statement (
    db,
    "INSERT INTO stamp_pack_activation (sequence, digest, from_day, decided_at, decided_by)"
    " SELECT (SELECT COALESCE (MAX (sequence), 0) + 1 FROM stamp_pack_activation), p.digest,"
    " CAST ($2 AS TEXT), CAST ($3 AS BIGINT), CAST ($4 AS TEXT) FROM stamp_pack AS p WHERE "
    "p.digest = $1",
    error);
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, activation->digest);
  gs_statement_bind_text (statement, 2, activation->from_day);
  gs_statement_bind_int (statement, 3, activation->decided_at_utc_ms);
  gs_statement_bind_text (statement, 4, activation->decided_by);
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error_literal (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "There is no such pack");
  return FALSE;
}

static gpointer
read_pack (GsStatement *statement)
{
  GsStampPackRow *row = gs_stamp_pack_row_new ();

  row->digest = gs_statement_dup_text (statement, 0);
  row->name = gs_statement_dup_text (statement, 1);
  row->month = gs_statement_dup_text (statement, 2);
  row->valid_from = gs_statement_dup_text (statement, 3);
  row->valid_until = gs_statement_dup_text (statement, 4);
  row->signer = gs_statement_dup_text (statement, 5);
  row->signer_digest = gs_statement_dup_text (statement, 6);
  row->brought_at_utc_ms = gs_statement_get_int (statement, 7);
  row->brought_by = gs_statement_dup_text (statement, 8);
  row->file = gs_statement_dup_blob (statement, 9);
  return row;
}

GPtrArray *
gs_stamp_pack_table_list (GsDatabase *db, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT digest, name, month, valid_from, valid_until, signer, signer_digest, brought_at,"
    " brought_by, file FROM stamp_pack ORDER BY brought_at, digest",
    error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_pack, (GDestroyNotify) gs_stamp_pack_row_free,
                               error);
}

static gpointer
read_activation (GsStatement *statement)
{
  GsStampPackActivation *activation = gs_stamp_pack_activation_new ();

  activation->sequence = gs_statement_get_int (statement, 0);
  activation->digest = gs_statement_dup_text (statement, 1);
  activation->from_day = gs_statement_dup_text (statement, 2);
  activation->decided_at_utc_ms = gs_statement_get_int (statement, 3);
  activation->decided_by = gs_statement_dup_text (statement, 4);
  return activation;
}

GPtrArray *
gs_stamp_pack_table_list_activations (GsDatabase *db, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT sequence, digest, from_day, decided_at, decided_by FROM stamp_pack_activation"
    " ORDER BY sequence",
    error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_activation,
                               (GDestroyNotify) gs_stamp_pack_activation_free, error);
}

const GsStampPackActivation *
gs_stamp_pack_choose (GPtrArray *activations, const char *day)
{
  const GsStampPackActivation *chosen = NULL;

  g_return_val_if_fail (activations != NULL && day != NULL, NULL);
  for (guint i = 0; i < activations->len; i++)
    {
      const GsStampPackActivation *one = g_ptr_array_index (activations, i);

      if (strcmp (one->from_day, day) <= 0
          && (chosen == NULL || strcmp (one->from_day, chosen->from_day) >= 0))
        chosen = one;
    }
  return chosen;
}
