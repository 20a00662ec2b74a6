/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Template packs in the store, and the version of the schema that brought them. */

#include "gs-dialect.h"
#include "gs-schema.h"
#include "gs-stamp-pack-table.h"
#include "gs-test-store.h"

#include <sqlite3.h>
#include <string.h>

static GsDatabase *
open_database (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "desk.db", NULL);
  g_autoptr (GError) error = NULL;
  GsDatabase *db = gs_database_open (path, &error);

  g_assert_no_error (error);
  g_assert_true (gs_database_begin (db, TRUE, &error));
  return db;
}

static gboolean
add (GsDatabase *db, const char *digest, gint64 at_utc_ms, GError **error)
{
  g_autoptr (GsStampPackRow) row = gs_stamp_pack_row_new ();

  row->digest = g_strdup (digest);
  row->name = g_strdup ("Specimen");
  row->month = g_strdup ("2026-11");
  row->valid_from = g_strdup ("2026-11-01");
  row->signer = g_strdup ("Signer");
  row->signer_digest = g_strdup ("ff");
  row->brought_at_utc_ms = at_utc_ms;
  row->brought_by = g_strdup ("mori");
  row->file = g_bytes_new ("a\0b", 3);
  return gs_stamp_pack_table_add (db, row, error);
}

static gboolean
activate (GsDatabase *db, const char *digest, const char *day, GError **error)
{
  g_autoptr (GsStampPackActivation) activation = gs_stamp_pack_activation_new ();

  activation->digest = g_strdup (digest);
  activation->from_day = g_strdup (day);
  activation->decided_at_utc_ms = 5;
  activation->decided_by = g_strdup ("mori");
  return gs_stamp_pack_table_activate (db, activation, error);
}

static void
test_packs (void)
{
  char *directory = test_directory_new ();
  GsDatabase *db = open_database (directory);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const GsStampPackRow *row;

  g_assert_true (add (db, "bb", 2, NULL));
  g_assert_true (add (db, "aa", 1, NULL));
  g_assert_false (add (db, "aa", 3, &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  list = gs_stamp_pack_table_list (db, NULL);
  g_assert_cmpuint (list->len, ==, 2);
  row = g_ptr_array_index (list, 0);
  g_assert_cmpstr (row->digest, ==, "aa");
  g_assert_null (row->valid_until);
  g_assert_cmpint (row->brought_at_utc_ms, ==, 1);
  g_assert_cmpmem (g_bytes_get_data (row->file, NULL), g_bytes_get_size (row->file), "a\0b", 3);
  gs_database_rollback (db);
  gs_database_close (db);
  test_directory_remove (directory);
}

static const char *
chosen (GPtrArray *all, const char *day)
{
  const GsStampPackActivation *one = gs_stamp_pack_choose (all, day);

  return one != NULL ? one->digest : NULL;
}

static void
test_activations (void)
{
  char *directory = test_directory_new ();
  GsDatabase *db = open_database (directory);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;

  add (db, "aa", 1, NULL);
  add (db, "bb", 2, NULL);
  g_assert_true (activate (db, "aa", "2026-12-01", NULL));
  g_assert_false (activate (db, "aa", "2026-12-01", &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (activate (db, "cc", "2026-12-01", &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  g_assert_true (activate (db, "bb", "2027-01-01", NULL));
  g_assert_true (activate (db, "bb", "2026-12-01", NULL));
  g_assert_true (activate (db, "aa", "2026-12-15", NULL));
  all = gs_stamp_pack_table_list_activations (db, NULL);
  g_assert_cmpuint (all->len, ==, 4);
  g_assert_cmpint (((const GsStampPackActivation *) all->pdata[3])->sequence, ==, 4);
  g_assert_null (chosen (all, "2026-11-30"));
  g_assert_cmpstr (chosen (all, "2026-12-01"), ==, "bb");
  g_assert_cmpstr (chosen (all, "2026-12-14"), ==, "bb");
  g_assert_cmpstr (chosen (all, "2026-12-15"), ==, "aa");
  g_assert_cmpstr (chosen (all, "2026-12-31"), ==, "aa");
  g_assert_cmpstr (chosen (all, "2030-01-01"), ==, "bb");
  gs_database_rollback (db);
  gs_database_close (db);
  test_directory_remove (directory);
}

static void
test_append_only (void)
{
  static const char *const changes[] = { "UPDATE stamp_pack SET name = 'x'",
                                         "DELETE FROM stamp_pack",
                                         "UPDATE stamp_pack_activation SET from_day = '2020-01-01'",
                                         "DELETE FROM stamp_pack_activation" };
  char *directory = test_directory_new ();
  GsDatabase *db = open_database (directory);

  add (db, "aa", 1, NULL);
  activate (db, "aa", "2026-12-01", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (gs_database_execute (db, changes[i], &error));
      g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT);
    }
  gs_database_rollback (db);
  gs_database_close (db);
  test_directory_remove (directory);
}

static void
run_outside (sqlite3 *db, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* A desk of the version before gets the tables, empty, and keeps what it had. */
static void
test_migration (void)
{
  static const GsSchemaVersion *const versions[] = { &gs_schema_1, &gs_schema_2, &gs_schema_3,
                                                     &gs_schema_4, &gs_schema_5, &gs_schema_6,
                                                     &gs_schema_7 };
  char *directory = test_directory_new ();
  g_autofree char *path = g_build_filename (directory, "desk.db", NULL);
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = 7",
                                           GS_DIALECT_APPLICATION_ID);
  g_autoptr (GPtrArray) list = NULL;
  gint64 counter = 0;
  GsDatabase *db;
  sqlite3 *old;

  g_assert_cmpint (sqlite3_open (path, &old), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *text = gs_dialect_expand (versions[i]->text);

      run_outside (old, text);
    }
  run_outside (old, mark);
  run_outside (old, "INSERT INTO serial_counter (prefix, last_number) VALUES ('UTO-D3', 41)");
  g_assert_cmpint (sqlite3_close (old), ==, SQLITE_OK);
  db = open_database (directory);
  list = gs_stamp_pack_table_list (db, NULL);
  g_assert_cmpuint (list->len, ==, 0);
  g_assert_true (
    gs_database_get_int (db, "SELECT last_number FROM serial_counter", &counter, NULL));
  g_assert_cmpint (counter, ==, 41);
  g_assert_true (add (db, "aa", 1, NULL));
  gs_database_rollback (db);
  gs_database_close (db);
  test_directory_remove (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_log_sql ();
  g_test_add_func ("/store/stamp-packs/packs", test_packs);
  g_test_add_func ("/store/stamp-packs/activations", test_activations);
  g_test_add_func ("/store/stamp-packs/append-only", test_append_only);
  g_test_add_func ("/store/stamp-packs/migration", test_migration);
  return g_test_run ();
}
