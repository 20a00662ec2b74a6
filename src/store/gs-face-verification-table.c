/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-verification-table.h"

#include "gs-time.h"

#include <math.h>

/* In the order of read_row() and bind_row(). */
#define COLUMNS                                                                                    \
  "verification, crossing, pair, officer, judgement, judged_at, second_officer, "                  \
  "second_judgement, second_judged_at, reference, engine, engine_version, verdict, cause, score, " \
  "match_threshold, review_threshold, attack, duration_us, quality, gate_verdict, gate_attack, "   \
  "attack_seen, captured_again, captured_at, document_read_at, revealed_at, step, ground"

/* Times that are not known are 0 in the database. */
static gint64
to_column (gint64 utc_ms)
{
  return utc_ms != GS_TIME_UNKNOWN ? utc_ms : 0;
}

static gint64
from_column (gint64 utc_ms)
{
  return utc_ms != 0 ? utc_ms : GS_TIME_UNKNOWN;
}

/* --- writing ---------------------------------------------------------------------------------- */

/* NULL where there is no number; every bit of the others comes back. */
static void
bind_number (GsStatement *statement, int parameter, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (value))
    gs_statement_bind_text (statement, parameter, g_ascii_dtostr (text, sizeof text, value));
}

static void
bind_comparison (GsStatement *statement, const GsFaceComparison *comparison)
{
  gs_statement_bind_text (statement, 11, comparison->engine);
  gs_statement_bind_text (statement, 12, comparison->version);
  gs_statement_bind_text (statement, 13, gs_face_verdict_to_word (comparison->verdict));
  gs_statement_bind_text (statement, 14, gs_face_cause_to_word (comparison->cause));
  bind_number (statement, 15, comparison->score);
  bind_number (statement, 16, comparison->match_threshold);
  bind_number (statement, 17, comparison->review_threshold);
  gs_statement_bind_text (statement, 18, gs_face_attack_to_word (comparison->attack));
  gs_statement_bind_int (statement, 19, comparison->duration_us);
}

static void
bind_row (GsStatement *statement, const GsFaceVerification *verification, GsFacePair pair)
{
  const GsFacePairResult *result = &verification->pairs[pair];

  gs_statement_bind_text (statement, 1, verification->id);
  gs_statement_bind_text (statement, 2, verification->crossing);
  gs_statement_bind_text (statement, 3, gs_face_pair_to_word (pair));
  gs_statement_bind_text (statement, 4, verification->officer);
  gs_statement_bind_int (statement, 5, result->first.judgement);
  gs_statement_bind_int (statement, 6, to_column (result->first.at_utc_ms));
  gs_statement_bind_text (statement, 7, verification->second);
  gs_statement_bind_int (statement, 8, result->second.judgement);
  gs_statement_bind_int (statement, 9, to_column (result->second.at_utc_ms));
  gs_statement_bind_text (statement, 10, gs_face_reference_to_word (result->reference));
  bind_comparison (statement, result->comparison);
  gs_statement_bind_text (statement, 20, result->quality);
  if (verification->gate != 0)
    gs_statement_bind_text (statement, 21, gs_face_verdict_to_word (verification->gate));
  gs_statement_bind_text (statement, 22, gs_face_attack_to_word (verification->attack));
  gs_statement_bind_int (statement, 23, verification->attack_seen);
  gs_statement_bind_int (statement, 24, verification->captured_again);
  gs_statement_bind_int (statement, 25, to_column (verification->captured_utc_ms));
  gs_statement_bind_int (statement, 26, to_column (verification->document_read_utc_ms));
  gs_statement_bind_int (statement, 27, to_column (verification->revealed_utc_ms));
  gs_statement_bind_text (statement, 28, gs_face_step_to_word (verification->ruling.step));
  gs_statement_bind_text (statement, 29, gs_face_ground_to_word (verification->ruling.ground));
}

gboolean
gs_face_verification_table_add (GsDatabase *db,
                                const GsFaceVerification *verification,
                                GError **error)
{
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    {
      GsStatement *statement;

      if (!verification->pairs[pair].asked || verification->pairs[pair].comparison == NULL)
        continue;
      statement = gs_database_statement (
        db,
        "INSERT INTO face_verification (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
        " $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27,"
        " $28, $29)",
        error);
      if (statement == NULL)
        return FALSE;
      bind_row (statement, verification, (GsFacePair) pair);
      if (!gs_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* Fails unless the statement changed its row. */
static gboolean
run_on_one (GsStatement *statement, GError **error)
{
  if (!gs_statement_run (statement, error))
    return FALSE;
  if (gs_statement_changes (statement) == 1)
    return TRUE;
  g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT,
               "The verification is not there, or has a second officer already");
  return FALSE;
}

gboolean
gs_face_verification_table_add_second (GsDatabase *db,
                                       const GsFaceVerification *verification,
                                       GError **error)
{
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    {
      const GsFacePairResult *result = &verification->pairs[pair];
      GsStatement *statement;

      if (!result->asked)
        continue;
      statement = gs_database_statement (
        db,
        "UPDATE face_verification SET second_officer = $4, second_judgement = $5,"
        " second_judged_at = $6, step = $7, ground = $8, attack_seen = $9"
        " WHERE verification = $1 AND crossing = $2 AND pair = $3 AND second_officer IS NULL",
        error);
      if (statement == NULL)
        return FALSE;
      gs_statement_bind_text (statement, 1, verification->id);
      gs_statement_bind_text (statement, 2, verification->crossing);
      gs_statement_bind_text (statement, 3, gs_face_pair_to_word ((GsFacePair) pair));
      gs_statement_bind_text (statement, 4, verification->second);
      gs_statement_bind_int (statement, 5, result->second.judgement);
      gs_statement_bind_int (statement, 6, to_column (result->second.at_utc_ms));
      gs_statement_bind_text (statement, 7, gs_face_step_to_word (verification->ruling.step));
      gs_statement_bind_text (statement, 8, gs_face_ground_to_word (verification->ruling.ground));
      gs_statement_bind_int (statement, 9, verification->attack_seen);
      if (!run_on_one (statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
gs_face_verification_table_set_attack_seen (GsDatabase *db,
                                            const GsFaceVerification *verification,
                                            GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "UPDATE face_verification SET attack_seen = 1, step = $3, ground = $4"
                           " WHERE verification = $1 AND crossing = $2",
                           error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, verification->id);
  gs_statement_bind_text (statement, 2, verification->crossing);
  gs_statement_bind_text (statement, 3, gs_face_step_to_word (verification->ruling.step));
  gs_statement_bind_text (statement, 4, gs_face_ground_to_word (verification->ruling.ground));
  return gs_statement_run (statement, error);
}

/* --- reading ---------------------------------------------------------------------------------- */

static double
read_number (GsStatement *statement, int column)
{
  const char *text = gs_statement_get_text (statement, column);

  return text != NULL ? g_ascii_strtod (text, NULL) : NAN;
}

/* A word that this program does not know leaves what the struct began with: never a match. */
static GsFaceComparison *
read_comparison (GsStatement *statement)
{
  GsFaceComparison *comparison = gs_face_comparison_new (gs_statement_get_text (statement, 10),
                                                         gs_statement_get_text (statement, 11));

  gs_face_verdict_from_word (gs_statement_get_text (statement, 12), &comparison->verdict);
  gs_face_cause_from_word (gs_statement_get_text (statement, 13), &comparison->cause);
  comparison->score = read_number (statement, 14);
  comparison->match_threshold = read_number (statement, 15);
  comparison->review_threshold = read_number (statement, 16);
  gs_face_attack_from_word (gs_statement_get_text (statement, 17), &comparison->attack);
  comparison->duration_us = gs_statement_get_int (statement, 18);
  return comparison;
}

static GsFaceVerification *
read_sitting (GsStatement *statement)
{
  GsFaceVerification *self = gs_face_verification_new (gs_statement_get_text (statement, 1),
                                                       gs_statement_get_text (statement, 3));

  g_free (self->id);
  self->id = gs_statement_dup_text (statement, 0);
  self->second = gs_statement_dup_text (statement, 6);
  self->stored = TRUE;
  self->pairs[GS_FACE_PAIR_CHIP_DESK].asked = FALSE;
  gs_face_verdict_from_word (gs_statement_get_text (statement, 20), &self->gate);
  gs_face_attack_from_word (gs_statement_get_text (statement, 21), &self->attack);
  self->attack_seen = gs_statement_get_int (statement, 22) != 0;
  self->captured_again = gs_statement_get_int (statement, 23) != 0;
  self->captured_utc_ms = from_column (gs_statement_get_int (statement, 24));
  self->document_read_utc_ms = from_column (gs_statement_get_int (statement, 25));
  self->revealed_utc_ms = from_column (gs_statement_get_int (statement, 26));
  gs_face_step_from_word (gs_statement_get_text (statement, 27), &self->ruling.step);
  gs_face_ground_from_word (gs_statement_get_text (statement, 28), &self->ruling.ground);
  return self;
}

static void
read_pair (GsStatement *statement, GsFaceVerification *self)
{
  GsFacePair pair;
  GsFacePairResult *result;

  if (!gs_face_pair_from_word (gs_statement_get_text (statement, 2), &pair))
    return;
  result = &self->pairs[pair];
  if (result->asked)
    return;
  result->asked = TRUE;
  result->first.judgement = (GsJudgement) gs_statement_get_int (statement, 4);
  result->first.at_utc_ms = from_column (gs_statement_get_int (statement, 5));
  result->second.judgement = (GsJudgement) gs_statement_get_int (statement, 7);
  result->second.at_utc_ms = from_column (gs_statement_get_int (statement, 8));
  gs_face_reference_from_word (gs_statement_get_text (statement, 9), &result->reference);
  result->comparison = read_comparison (statement);
  result->quality = gs_statement_dup_text (statement, 19);
  if (result->comparison != NULL)
    gs_face_comparison_quality_from_json (result->comparison, result->quality);
}

/* The rows of one sitting stand together. */
static GPtrArray *
read_all (GsStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_face_verification_free);
  gboolean row;

  for (;;)
    {
      GsFaceVerification *last = list->len > 0 ? g_ptr_array_index (list, list->len - 1) : NULL;

      if (!gs_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      if (last == NULL || g_strcmp0 (last->id, gs_statement_get_text (statement, 0)) != 0
          || g_strcmp0 (last->crossing, gs_statement_get_text (statement, 1)) != 0)
        {
          last = read_sitting (statement);
          g_ptr_array_add (list, last);
        }
      read_pair (statement, last);
    }
}

GPtrArray *
gs_face_verification_table_list (GsDatabase *db,
                                 gint64 from_utc_ms,
                                 gint64 to_utc_ms,
                                 GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT " COLUMNS " FROM face_verification"
                           " WHERE revealed_at >= $1 AND revealed_at < $2"
                           " ORDER BY revealed_at, verification, crossing, pair",
                           error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_int (statement, 1, from_utc_ms);
  gs_statement_bind_int (statement, 2, to_utc_ms);
  return read_all (statement, error);
}

GPtrArray *
gs_face_verification_table_of_crossing (GsDatabase *db, const char *crossing, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "SELECT " COLUMNS " FROM face_verification WHERE crossing = $1"
                           " ORDER BY revealed_at, verification, crossing, pair",
                           error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_text (statement, 1, crossing);
  return read_all (statement, error);
}

/* --- deleting --------------------------------------------------------------------------------- */

gboolean
gs_face_verification_table_purge (GsDatabase *db, gint64 before_utc_ms, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db,
                           "DELETE FROM face_verification WHERE revealed_at < $1"
                           " AND crossing NOT IN (SELECT crossing FROM desk_case WHERE state <> 3)",
                           error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_int (statement, 1, before_utc_ms);
  return gs_statement_run (statement, error);
}

gboolean
gs_face_verification_table_delete (GsDatabase *db, const char *crossing, GError **error)
{
  GsStatement *statement =
    gs_database_statement (db, "DELETE FROM face_verification WHERE crossing = $1", error);

  if (statement == NULL)
    return FALSE;
  gs_statement_bind_text (statement, 1, crossing);
  return gs_statement_run (statement, error);
}
