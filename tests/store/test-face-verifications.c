/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "gs-case-table.h"
#include "gs-face-verification-table.h"
#include "gs-test-store.h"
#include "gs-time.h"

/* What came of faces verified at the desk, in the database. */

#define T(text) ((char *) (text))

/* Each test has an empty database in memory with a transaction open. */
static GsDatabase *
open_writing (void)
{
  g_autoptr (GError) error = NULL;
  GsDatabase *db = gs_database_open (":memory:", &error);

  g_assert_no_error (error);
  g_assert_true (gs_database_begin (db, TRUE, &error));
  return db;
}

/* A sitting with both pairs, the gate's without a decision. */
static GsFaceVerification *
new_verification (const char *crossing, gint64 revealed_utc_ms)
{
  GsFaceVerification *self = gs_face_verification_new (crossing, "kato");
  GsFacePairResult *chip = &self->pairs[GS_FACE_PAIR_CHIP_DESK];
  GsFacePairResult *gate = &self->pairs[GS_FACE_PAIR_GATE_DESK];

  chip->first = (GsFaceAnswer){ GS_JUDGEMENT_SAME, revealed_utc_ms - 2000 };
  chip->reference = GS_FACE_REFERENCE_CHIP;
  chip->comparison = gs_face_comparison_new ("mobilefacenet", "d8ba40c0");
  chip->comparison->verdict = GS_FACE_REVIEW;
  chip->comparison->cause = GS_FACE_CAUSE_NONE;
  chip->comparison->score = 0.1 + 0.2;
  chip->comparison->match_threshold = 0.56;
  chip->comparison->duration_us = 52000;
  chip->comparison->reference_quality.yaw_degrees = -4.5;
  chip->comparison->probe_quality.inter_eye_px = 71.25;
  chip->comparison->probe_quality.sharpness = 83;
  chip->quality = gs_face_comparison_quality_to_json (chip->comparison);
  gate->asked = TRUE;
  gate->first = (GsFaceAnswer){ GS_JUDGEMENT_UNSURE, revealed_utc_ms - 1000 };
  gate->comparison =
    gs_face_comparison_new_undecided ("mobilefacenet", "d8ba40c0", GS_FACE_CAUSE_QUALITY);
  self->gate = GS_FACE_NO_MATCH;
  self->captured_utc_ms = revealed_utc_ms - 3000;
  self->revealed_utc_ms = revealed_utc_ms;
  self->ruling = (GsFaceRuling){ GS_FACE_STEP_SECOND_OFFICER, GS_FACE_GROUND_REVIEW };
  return self;
}

static GPtrArray *
list_faces (GsDatabase *db)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = gs_face_verification_table_list (db, 0, G_MAXINT64, &error);

  g_assert_no_error (error);
  return rows;
}

static void
test_face (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GsFaceVerification) sitting = new_verification ("c", 10000);
  g_autoptr (GsFaceVerification) later = new_verification ("c", 20000);
  const GsFaceVerification *read;
  const GsFacePairResult *chip;

  g_assert_true (gs_face_verification_table_add (db, later, &error));
  g_assert_true (gs_face_verification_table_add (db, sitting, &error));
  rows = list_faces (db);
  g_assert_cmpuint (rows->len, ==, 2);
  read = rows->pdata[0];
  chip = &read->pairs[GS_FACE_PAIR_CHIP_DESK];
  g_assert_cmpstr (read->id, ==, sitting->id);
  g_assert_cmpint (read->gate, ==, GS_FACE_NO_MATCH);
  g_assert_cmpint (read->document_read_utc_ms, ==, GS_TIME_UNKNOWN);
  g_assert_cmpint (read->ruling.ground, ==, GS_FACE_GROUND_REVIEW);
  g_assert_cmpint (chip->first.at_utc_ms, ==, 8000);
  g_assert_cmpfloat (chip->comparison->score, ==, 0.1 + 0.2);
  g_assert_true (isnan (chip->comparison->review_threshold));
  g_assert_cmpstr (chip->quality, ==,
                   "{\"reference\":{\"yaw_degrees\":-4.500},"
                   "\"probe\":{\"inter_eye_px\":71.250,\"sharpness\":83}}");
  g_assert_cmpfloat (chip->comparison->reference_quality.yaw_degrees, ==, -4.5);
  g_assert_cmpint (chip->comparison->reference_quality.sharpness, ==, -1);
  g_assert_cmpfloat (chip->comparison->probe_quality.inter_eye_px, ==, 71.25);
  g_assert_cmpint (chip->comparison->probe_quality.sharpness, ==, 83);
  g_assert_true (isnan (chip->comparison->probe_quality.yaw_degrees));
  g_assert_cmpint (read->pairs[GS_FACE_PAIR_GATE_DESK].comparison->cause, ==,
                   GS_FACE_CAUSE_QUALITY);
  g_assert_cmpint (read->pairs[GS_FACE_PAIR_GATE_DESK].first.judgement, ==, GS_JUDGEMENT_UNSURE);
  g_assert_cmpint (gs_face_verification_get_judgement (read), ==, GS_JUDGEMENT_UNSURE);
}

/* Nobody changes what a second officer said. */
static void
test_face_second (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GsFaceVerification) sitting = new_verification ("c", 10000);
  const GsFaceVerification *read;

  g_assert_true (gs_face_verification_table_add (db, sitting, &error));
  sitting->second = g_strdup ("mori");
  sitting->pairs[GS_FACE_PAIR_CHIP_DESK].second = (GsFaceAnswer){ GS_JUDGEMENT_DIFFERENT, 11000 };
  sitting->pairs[GS_FACE_PAIR_GATE_DESK].second = (GsFaceAnswer){ GS_JUDGEMENT_SAME, 12000 };
  sitting->ruling = (GsFaceRuling){ GS_FACE_STEP_SECOND_LINE, GS_FACE_GROUND_SECOND_REFUSED };
  g_assert_true (gs_face_verification_table_add_second (db, sitting, &error));
  sitting->pairs[GS_FACE_PAIR_CHIP_DESK].second.judgement = GS_JUDGEMENT_SAME;
  g_assert_false (gs_face_verification_table_add_second (db, sitting, &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  rows = list_faces (db);
  read = rows->pdata[0];
  g_assert_cmpstr (read->second, ==, "mori");
  g_assert_cmpint (read->pairs[GS_FACE_PAIR_CHIP_DESK].second.judgement, ==,
                   GS_JUDGEMENT_DIFFERENT);
  g_assert_cmpint (read->ruling.step, ==, GS_FACE_STEP_SECOND_LINE);
  g_assert_cmpint (gs_face_verification_get_utc_ms (read), ==, 12000);
}

/* They go with the case; those of an open case stay. */
static void
test_face_purge (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const char *const crossings[] = { "closed", "open", "new", "never-a-case" };
  const gint64 times[] = { 10000, 10000, 30000, 10000 };
  GsCaseRow row = { .reasons = T ("B01"), .priority = 2 };

  for (gsize i = 0; i < G_N_ELEMENTS (crossings); i++)
    {
      g_autoptr (GsFaceVerification) sitting = new_verification (crossings[i], times[i]);

      g_assert_true (gs_face_verification_table_add (db, sitting, &error));
    }
  row.crossing = T ("closed");
  row.state = GS_CASE_CLOSED;
  g_assert_true (gs_case_table_put (db, &row, &error));
  row.crossing = T ("open");
  row.state = GS_CASE_WAITING;
  g_assert_true (gs_case_table_put (db, &row, &error));
  g_assert_true (gs_face_verification_table_purge (db, 20000, &error));
  rows = list_faces (db);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (((GsFaceVerification *) rows->pdata[0])->crossing, ==, "open");
  g_assert_cmpstr (((GsFaceVerification *) rows->pdata[1])->crossing, ==, "new");
  g_assert_true (gs_face_verification_table_delete (db, "open", &error));
  g_ptr_array_unref (g_steal_pointer (&rows));
  rows = gs_face_verification_table_of_crossing (db, "open", &error);
  g_assert_cmpuint (rows->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/face-verification-table/rows", test_face);
  g_test_add_func ("/store/face-verification-table/second-once", test_face_second);
  g_test_add_func ("/store/face-verification-table/purge", test_face_purge);
  return g_test_run ();
}
