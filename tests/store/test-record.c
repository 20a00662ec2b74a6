/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <string.h>

#include "gs-case-table.h"
#include "gs-record-table.h"
#include "gs-record-tree.h"
#include "gs-test-store.h"

static GsStore *
open_at (const char *path)
{
  g_autoptr (GError) error = NULL;
  GsStore *store = gs_store_open (path, &error);

  g_assert_no_error (error);
  return store;
}

static gpointer
put_case (GsDatabase *db, gpointer data, GError **error)
{
  GsCaseRow row = {
    .crossing = data, .state = GS_CASE_WAITING, .priority = 2, .reasons = (char *) "B05"
  };

  return GINT_TO_POINTER (gs_case_table_put (db, &row, error));
}

static gpointer
put_case_and_fail (GsDatabase *db, gpointer data, GError **error)
{
  g_assert_nonnull (put_case (db, data, error));
  g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "No longer needed");
  return NULL;
}

static gpointer
get_case (GsDatabase *db, gpointer data, GError **error)
{
  return gs_case_table_get (db, data, error);
}

static gpointer
list (GsDatabase *db, gpointer data, GError **error)
{
  return gs_record_table_list (db, 0, 10000, error);
}

static gpointer
get_head (GsDatabase *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER (gs_record_table_get_head (db, data, error));
}

static gpointer
verify (GsDatabase *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER (gs_record_table_verify (db, data, error));
}

static void
write_entries (GsStore *store, int first, int count)
{
  g_autoptr (GError) error = NULL;

  for (int i = first; i < first + count; i++)
    {
      g_autofree char *subject = g_strdup_printf ("crossing-%d", i);
      GsRecordEntry entry = { .kind = "decision",
                              .at_utc_ms = 1000 + i,
                              .officer = "officer-1",
                              .second = i % 3 == 0 ? "officer-2" : NULL,
                              .subject = subject,
                              .detail = "outcome=admitted" };

      gs_store_transact (store, &entry, put_case, subject, &error);
      g_assert_no_error (error);
    }
}

/* Leaves and head are recomputed here from the rows, by the contract's words. */
static void
test_gapless (void)
{
  g_autoptr (GsStore) store = open_at (":memory:");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  GsRecordTree tree;
  GsRecordHead head;
  guint8 root[GS_RECORD_HASH_SIZE];

  write_entries (store, 0, 75);
  rows = gs_store_query (store, list, NULL, &error);
  g_assert_cmpuint (rows->len, ==, 75);
  gs_record_tree_init (&tree);
  for (guint i = 0; i < rows->len; i++)
    {
      const GsRecordRow *row = g_ptr_array_index (rows, i);
      g_autofree char *content = g_strdup_printf (
        "gateside-record 1\n%u\n%u\ndecision\nofficer-1\n%s\ncrossing-%u\noutcome=admitted\n", i,
        1000 + i, i % 3 == 0 ? "officer-2" : "-", i);
      guint8 leaf[GS_RECORD_HASH_SIZE];

      g_assert_cmpint (row->sequence, ==, i);
      gs_record_tree_hash_leaf (content, strlen (content), leaf);
      g_assert_cmpmem (row->leaf, sizeof leaf, leaf, sizeof leaf);
      gs_record_tree_append (&tree, leaf);
    }
  gs_record_tree_root (&tree, root);
  g_assert_nonnull (gs_store_query (store, get_head, &head, &error));
  g_assert_cmpint (head.size, ==, 75);
  g_assert_cmpmem (head.root, sizeof root, root, sizeof root);
}

/* What fails leaves neither the change nor the entry, and the next entry takes the number. */
static void
test_rolled_back (void)
{
  g_autoptr (GsStore) store = open_at (":memory:");
  g_autoptr (GError) error = NULL;
  GsRecordEntry entry = { .kind = "decision" };
  GsRecordHead head;
  gint64 bad;

  write_entries (store, 0, 3);
  g_assert_null (gs_store_transact (store, &entry, put_case_and_fail, (gpointer) "lost", &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (gs_store_query (store, get_case, (gpointer) "lost", &error));
  g_assert_no_error (error);
  write_entries (store, 3, 1);
  g_assert_nonnull (gs_store_query (store, get_head, &head, &error));
  g_assert_cmpint (head.size, ==, 4);
  g_assert_nonnull (gs_store_query (store, verify, &bad, &error));
  g_assert_cmpuint (gs_store_get_fault (store), ==, 0);
}

static void
test_fields (void)
{
  static const char *const bad[] = { "", "-", "a\nb", "tab\t", "\x7f", "\xff" };
  g_autoptr (GsStore) store = open_at (":memory:");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      GsRecordEntry entry = { .kind = "decision", .detail = bad[i] };

      gs_store_transact (store, &entry, put_case, (gpointer) "crossing", &error);
      g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT);
    }
}

static gpointer
change_record (GsDatabase *db, gpointer sql, GError **error)
{
  GsStatement *statement = gs_database_statement (db, sql, error);

  return GINT_TO_POINTER (statement != NULL && gs_statement_run (statement, error));
}

static void
test_append_only (void)
{
  static const char *const changes[] = { "DELETE FROM record WHERE sequence = 2",
                                         "UPDATE record SET detail = 'outcome=refused'" };
  g_autoptr (GsStore) store = open_at (":memory:");

  write_entries (store, 0, 5);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GError) error = NULL;
      GsRecordEntry entry = { .kind = "test" };

      gs_store_transact (store, &entry, change_record, (gpointer) changes[i], &error);
      g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT);
    }
}

static void
tamper (const char *path, const char *sql)
{
  g_autofree char *all =
    g_strconcat ("DROP TRIGGER record_no_update; DROP TRIGGER record_no_delete;", sql, NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, all, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Somebody with the file and SQLite: the first entry that does not fit is named. */
static void
test_tampered (void)
{
  static const struct
  {
    const char *sql;
    gint64 first_bad;
  } cases[] = {
    { "UPDATE record SET officer = 'officer-9' WHERE sequence = 4", 4 },
    { "DELETE FROM record WHERE sequence = 6", 6 },
    { "DELETE FROM record WHERE sequence >= 8", 8 },
    { "UPDATE record SET leaf = zeroblob(32) WHERE sequence = 0", 0 },
    { "UPDATE record_head SET root = zeroblob(32)", 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char *directory = test_directory_new ();
      g_autofree char *path = g_build_filename (directory, "desk.db", NULL);
      g_autoptr (GError) error = NULL;
      GsStore *store = open_at (path);
      gint64 first_bad = -1;

      write_entries (store, 0, 10);
      gs_store_close (store);
      g_object_unref (store);
      tamper (path, cases[i].sql);
      store = open_at (path);
      g_assert_null (gs_store_query (store, verify, &first_bad, &error));
      g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CORRUPT);
      g_assert_cmpint (first_bad, ==, cases[i].first_bad);
      gs_store_close (store);
      g_object_unref (store);
      test_directory_remove (directory);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_log_sql ();
  g_test_add_func ("/store/record/gapless", test_gapless);
  g_test_add_func ("/store/record/rolled-back", test_rolled_back);
  g_test_add_func ("/store/record/fields", test_fields);
  g_test_add_func ("/store/record/append-only", test_append_only);
  g_test_add_func ("/store/record/tampered", test_tampered);
  return g_test_run ();
}
