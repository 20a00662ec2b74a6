/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-commit.h"

#include "gs-stamp-device-table.h"

void
gs_stamp_commit_free (GsStampCommit *self)
{
  if (self == NULL)
    return;
  gs_journal_row_free (self->row);
  g_free (self->expected);
  g_free (self->held_by);
  gs_claim_row_free (self->claim);
  gs_claim_row_free (self->claim_update);
  g_free (self->serial_prefix);
  gs_impression_row_free (self->impression);
  g_free (self->confirm_serial);
  g_free (self->void_serial);
  g_free (self->void_cause);
  g_free (self->void_officer);
  g_free (self->void_second);
  gs_claim_outcome_row_free (self->outcome);
  gs_traveller_free (self->traveller);
  g_free (self);
}

void
gs_stamp_commit_result_free (GsStampCommitResult *self)
{
  if (self == NULL)
    return;
  gs_claim_row_free (self->standing);
  g_free (self->standing_serial);
  g_free (self->void_serial);
  g_free (self->serial);
  g_free (self);
}

char *
gs_stamp_serial_format (const char *prefix, gint64 number)
{
  return g_strdup_printf ("%s %06" G_GINT64_FORMAT, prefix, number);
}

/* Who holds the crossing, and which of its impressions stands. */
static gboolean
describe_standing (GsDatabase *db,
                   const char *crossing,
                   GsStampCommitResult *result,
                   GError **error)
{
  g_autoptr (GPtrArray) impressions = NULL;

  result->standing = gs_claim_table_get (db, crossing, error);
  if (result->standing == NULL)
    return FALSE;
  impressions = gs_impression_table_of_crossing (db, crossing, error);
  if (impressions == NULL)
    return FALSE;
  for (guint i = 0; i < impressions->len; i++)
    {
      const GsImpressionRow *row = g_ptr_array_index (impressions, i);

      if (row->void_at_utc_ms != 0)
        {
          g_free (result->void_serial);
          result->void_serial = g_strdup (row->serial);
          continue;
        }
      g_free (result->standing_serial);
      result->standing_serial = g_strdup (row->serial);
      result->standing_at_utc_ms =
        row->confirmed_at_utc_ms != 0 ? row->confirmed_at_utc_ms : row->taken_at_utc_ms;
    }
  return TRUE;
}

/* This desk's own claim under which every impression is void, as after a misprint and a restart:
 * the hall is asked anew and decides whether one may follow. */
static gboolean
is_spent (const GsStampCommitResult *result, const GsClaimRow *claim)
{
  return result->standing->state == GS_CLAIM_GRANTED && result->standing_serial == NULL
         && result->void_serial != NULL && g_strcmp0 (result->standing->desk, claim->desk) == 0;
}

static gboolean
take_spent (GsDatabase *db, GsStampCommit *commit, GsStampCommitResult *result, GError **error)
{
  result->standing->state = GS_CLAIM_RELEASED;
  if (!gs_claim_table_update (db, result->standing, error)
      || !gs_claim_table_claim (db, commit->claim, &result->won, error))
    return FALSE;
  commit->impression->replaces = g_strdup (result->void_serial);
  return TRUE;
}

/* What the sheet knew may have changed: lost, returned, or with a new code. */
static gboolean
check_held (GsDatabase *db, GsStampCommit *commit, GsStampCommitResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GsStampDevice) device = gs_stamp_device_table_find_held (db, commit->held_by, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  result->not_held = gs_stamp_device_judge (device, commit->held_by, commit->impression->desk,
                                            &commit->held_policy, commit->row->at_utc_ms)
                       != GS_STAMP_STANDING_HELD
                     || g_strcmp0 (device->code, commit->impression->code) != 0;
  if (!result->not_held)
    commit->impression->device = g_strdup (device->id);
  return TRUE;
}

static gboolean
take_serial (GsDatabase *db, GsStampCommit *commit, GsStampCommitResult *result, GError **error)
{
  gint64 number;
  g_autofree char *detail = NULL;

  if (!gs_serial_counter_take (db, commit->serial_prefix, &number, error))
    return FALSE;
  result->serial = gs_stamp_serial_format (commit->serial_prefix, number);
  g_free (commit->impression->serial);
  commit->impression->serial = g_strdup (result->serial);
  /* Recovery finds the serial in the step that took it. */
  detail = g_strdup_printf ("%s;serial=%s", commit->row->detail, result->serial);
  g_free (commit->row->detail);
  commit->row->detail = g_steal_pointer (&detail);
  return gs_impression_table_add (db, commit->impression, error);
}

static gboolean
write_parts (GsDatabase *db, GsStampCommit *commit, GError **error)
{
  if (commit->claim_update != NULL && !gs_claim_table_update (db, commit->claim_update, error))
    return FALSE;
  if (commit->confirm_serial != NULL
      && !gs_impression_table_confirm (db, commit->confirm_serial, commit->row->at_utc_ms, error))
    return FALSE;
  if (commit->void_serial != NULL
      && !gs_impression_table_void (db, commit->void_serial, commit->row->at_utc_ms,
                                    commit->void_cause, commit->void_officer, commit->void_second,
                                    error))
    return FALSE;
  if (commit->traveller != NULL
      && !gs_identity_table_add (db, commit->row->crossing, 0, commit->row->at_utc_ms, NULL, 0,
                                 commit->traveller, error))
    return FALSE;
  if (commit->outcome != NULL && !gs_claim_outcome_table_add (db, commit->outcome, error))
    return FALSE;
  return TRUE;
}

gpointer
gs_stamp_commit_run (GsDatabase *db, gpointer data, GError **error)
{
  GsStampCommit *commit = data;
  g_autoptr (GsStampCommitResult) result = g_new0 (GsStampCommitResult, 1);

  result->won = TRUE;
  if (commit->held_by != NULL)
    {
      if (!check_held (db, commit, result, error))
        return NULL;
      if (result->not_held)
        return g_steal_pointer (&result);
    }
  if (commit->claim != NULL)
    {
      if (!gs_claim_table_claim (db, commit->claim, &result->won, error))
        return NULL;
      if (!result->won && !describe_standing (db, commit->claim->crossing, result, error))
        return NULL;
      if (!result->won && is_spent (result, commit->claim)
          && !take_spent (db, commit, result, error))
        return NULL;
      if (!result->won)
        return g_steal_pointer (&result);
    }
  if (commit->serial_prefix != NULL && !take_serial (db, commit, result, error))
    return NULL;
  if (!gs_journal_table_append (db, commit->row, commit->expected, NULL, error)
      || !write_parts (db, commit, error))
    return NULL;
  return g_steal_pointer (&result);
}
