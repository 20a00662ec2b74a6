/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gs-database.h"
#include "gs-event-table.h"
#include "gs-feed-table.h"
#include "gs-record-table.h"
#include "gs-schema.h"
#include "gs-store-load.h"
#include "gs-test-store.h"

/* The database is damaged and examined here with SQLite itself, from outside. */

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->path = g_build_filename (fixture->directory, "desk.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  test_directory_remove (fixture->directory);
}

static void
run_outside (const char *path, const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
assert_opens_with (const char *path, GsStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStore) store = gs_store_open (path, &error);

  if (code == 0)
    {
      g_assert_no_error (error);
      gs_store_close (store);
      return;
    }
  g_assert_null (store);
  g_assert_error (error, GS_STORE_ERROR, (int) code);
}

static gint64
get_pragma (GsDatabase *db, const char *sql)
{
  gint64 value = -1;

  g_assert_true (gs_database_get_int (db, sql, &value, NULL));
  return value;
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsDatabase) db = gs_database_open (fixture->path, &error);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  GsStatement *statement;
  struct stat status;
  gboolean row;

  g_assert_no_error (error);
  g_assert_cmpint (get_pragma (db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (get_pragma (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (get_pragma (db, "PRAGMA secure_delete"), ==, 1);
  g_assert_cmpint (get_pragma (db, "PRAGMA user_version"), ==, gs_schema_get_version ());
  statement = gs_database_statement (db, "SELECT journal_mode FROM pragma_journal_mode", &error);
  g_assert_true (gs_statement_step (statement, &row, &error));
  g_assert_cmpstr (gs_statement_get_text (statement, 0), ==, "wal");
  gs_statement_reset (statement);
  g_assert_cmpint (
    get_pragma (db, "SELECT COUNT(*) FROM pragma_table_list WHERE schema = 'main' AND strict = 0"
                    " AND type = 'table' AND name NOT LIKE 'sqlite_%'"),
    ==, 0);
  g_assert_cmpint (stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (log, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

/* A file that was made with too wide a mode is narrowed. */
static void
test_mode (Fixture *fixture, gconstpointer data)
{
  struct stat status;

  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  assert_opens_with (fixture->path, 0);
  g_assert_cmpint (stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

static void
test_newer_schema (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;

  assert_opens_with (fixture->path, 0);
  run_outside (fixture->path, "PRAGMA user_version = 1000000; PRAGMA wal_checkpoint(TRUNCATE)");
  g_assert_true (g_file_get_contents (fixture->path, &before, &before_length, NULL));
  assert_opens_with (fixture->path, GS_STORE_ERROR_NEWER_SCHEMA);
  g_assert_true (g_file_get_contents (fixture->path, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);
}

static void
test_other_program (Fixture *fixture, gconstpointer data)
{
  run_outside (fixture->path, "CREATE TABLE things (name TEXT)");
  assert_opens_with (fixture->path, GS_STORE_ERROR_CORRUPT);
}

static void
test_no_database (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (9000, 'x');

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  assert_opens_with (fixture->path, GS_STORE_ERROR_CORRUPT);
}

static gpointer
do_nothing (GsDatabase *db, gpointer data, GError **error)
{
  return data;
}

static void
fill (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStore) store = gs_store_open (path, &error);
  GsRecordEntry entry = { .kind = "test", .detail = "one of many entries that fill some pages" };

  for (int i = 0; i < 300; i++)
    gs_store_transact (store, &entry, do_nothing, NULL, &error);
  gs_store_close (store);
  g_assert_no_error (error);
}

/* Pages overwritten in the middle of the file are found at start, whichever they are. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length;
  guint n_found = 0, n_tried = 0;

  fill (fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  for (gsize page = 1; page * 4096 < length; page += 7)
    {
      g_autofree char *damaged = g_memdup2 (bytes, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (GsStore) store = NULL;

      memset (damaged + page * 4096, 0xa5, 64);
      g_assert_true (g_file_set_contents (fixture->path, damaged, (gssize) length, NULL));
      store = gs_store_open (fixture->path, &error);
      n_tried++;
      n_found += error != NULL && error->code == GS_STORE_ERROR_CORRUPT ? 1 : 0;
      g_assert_true (store != NULL || error->code == GS_STORE_ERROR_CORRUPT);
    }
  g_assert_cmpuint (n_tried, >, 5);
  g_assert_cmpuint (n_found, ==, n_tried);
}

static void
drop (GPtrArray *rows)
{
  if (rows != NULL)
    g_ptr_array_unref (rows);
}

/* Whatever comes, rows or errors, is as good as anything else. */
static gpointer
read_everything (GsDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) events = gs_event_table_list (db, 0, 1000, NULL);
  gint64 zero = 0, bad;

  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      const GsEventRow *row = g_ptr_array_index (events, i);

      g_assert_nonnull (row->raw);
      if (row->crossing != NULL)
        gs_traveller_free (gs_identity_table_get (db, row->crossing, NULL));
    }
  drop (gs_crossing_table_page (db, NULL, G_MAXINT64, "", 100, NULL));
  drop (gs_quarantine_table_list (db, NULL));
  gs_store_snapshot_free (gs_store_load_run (db, &zero, NULL));
  gs_record_table_verify (db, &bad, NULL);
  return NULL;
}

static void
fill_with_events (const char *path)
{
  g_autoptr (GsStore) store = gs_store_open (path, NULL);
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_ingest_item_free);
  GsIngestItem *bad = gs_ingest_item_new (GS_INGEST_QUARANTINE, 61);

  for (gint64 id = 1; id <= 60; id++)
    g_ptr_array_add (items, test_event_new (id));
  bad->raw = g_bytes_new_static ("?", 1);
  g_ptr_array_add (items, bad);
  gs_store_begin_epoch (store, TEST_EPOCH, 0, FALSE, 1, NULL);
  gs_ingest_result_free (gs_store_ingest (store, TEST_EPOCH, items, NULL, NULL));
  gs_store_close (store);
}

/* The file is hostile input: bytes changed anywhere lead to an error or to other content, never to
 * a crash. */
static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  guint n_opened = 0;

  fill (fixture->path);
  fill_with_events (fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  for (int round = 0; round < 150; round++)
    {
      g_autofree char *damaged = g_memdup2 (bytes, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (GsStore) store = NULL;

      for (int i = g_rand_int_range (rand, 1, 40); i > 0; i--)
        damaged[g_rand_int_range (rand, 100, (gint32) length)] = (char) g_rand_int (rand);
      g_unlink (log);
      g_assert_true (g_file_set_contents (fixture->path, damaged, (gssize) length, NULL));
      store = gs_store_open (fixture->path, &error);
      if (store == NULL)
        {
          g_assert_cmpint (error->domain, ==, GS_STORE_ERROR);
          continue;
        }
      n_opened++;
      gs_store_query (store, read_everything, NULL, NULL);
      gs_store_close (store);
    }
  g_test_message ("%u of 150 damaged files could be opened", n_opened);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  if (geteuid () == 0)
    {
      g_test_skip ("root may write everything");
      return;
    }
  assert_opens_with (fixture->path, 0);
  g_assert_cmpint (g_chmod (fixture->path, 0400), ==, 0);
  assert_opens_with (fixture->path, GS_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (g_chmod (fixture->path, 0600), ==, 0);
  assert_opens_with (fixture->path, 0);
}

static void
test_no_directory (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "none", "desk.db", NULL);

  assert_opens_with (path, GS_STORE_ERROR_CANNOT_OPEN);
}

/* Numbers of parameters are names: order in the text does not matter. */
static void
test_parameters (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsDatabase) db = gs_database_open (":memory:", &error);
  GsStatement *statement =
    gs_database_statement (db, "SELECT CAST($2 AS TEXT), CAST($1 AS BIGINT), $2", &error);
  gboolean row;

  g_assert_no_error (error);
  gs_statement_bind_int (statement, 1, 41);
  gs_statement_bind_text (statement, 2, "two");
  g_assert_true (gs_statement_step (statement, &row, &error));
  g_assert_true (row);
  g_assert_cmpstr (gs_statement_get_text (statement, 0), ==, "two");
  g_assert_cmpint (gs_statement_get_int (statement, 1), ==, 41);
  g_assert_cmpstr (gs_statement_get_text (statement, 2), ==, "two");
  statement = gs_database_statement (db, "SELECT CAST($2 AS TEXT), CAST($1 AS BIGINT), $2", &error);
  g_assert_true (gs_statement_step (statement, &row, &error));
  g_assert_true (gs_statement_is_null (statement, 0));
}

#define ADD(path, function)                                                                        \
  g_test_add ("/store/database/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("settings", test_settings);
  ADD ("mode", test_mode);
  ADD ("newer-schema", test_newer_schema);
  ADD ("other-program", test_other_program);
  ADD ("no-database", test_no_database);
  ADD ("damaged", test_damaged);
  ADD ("hostile", test_hostile);
  ADD ("read-only", test_read_only);
  ADD ("no-directory", test_no_directory);
  ADD ("parameters", test_parameters);
  return g_test_run ();
}
