/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>

#include "gs-claim-table.h"
#include "gs-conflict-table.h"
#include "gs-dialect.h"
#include "gs-impression-table.h"
#include "gs-journal-table.h"
#include "gs-outage-table.h"
#include "gs-schema.h"
#include "gs-serial-table.h"
#include "gs-test-store.h"
#include "gs-unclaimed-table.h"

#define T(text) ((char *) (text))

static GsDatabase *
open_writing (void)
{
  g_autoptr (GError) error = NULL;
  GsDatabase *db = gs_database_open (":memory:", &error);

  g_assert_no_error (error);
  g_assert_true (gs_database_begin (db, TRUE, &error));
  return db;
}

static void
test_outage (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GsOutageRow) open = NULL, closed = NULL;
  GsOutageRow row = { .outage = T ("o1"),
                      .opened_at_utc_ms = 100,
                      .until_utc_ms = 200,
                      .officer = T ("kato"),
                      .supervisor = T ("mori"),
                      .reason = T ("hall-down") };

  g_assert_null (gs_outage_table_get_open (db, &error));
  g_assert_no_error (error);
  g_assert_true (gs_outage_table_open (db, &row, &error));
  row.outage = T ("o2");
  g_assert_false (gs_outage_table_open (db, &row, &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  open = gs_outage_table_get_open (db, &error);
  g_assert_cmpstr (open->outage, ==, "o1");
  g_assert_cmpstr (open->supervisor, ==, "mori");
  g_assert_cmpint (open->closed_at_utc_ms, ==, 0);
  g_assert_true (gs_outage_table_close (db, "o1", 150, "hall", &error));
  g_assert_false (gs_outage_table_close (db, "o1", 160, "time", &error));
  g_clear_error (&error);
  g_assert_true (gs_outage_table_open (db, &row, &error));
  closed = gs_outage_table_get (db, "o1", &error);
  g_assert_cmpint (closed->closed_at_utc_ms, ==, 150);
  g_assert_cmpstr (closed->closed_cause, ==, "hall");
  gs_database_rollback (db);
}

static void
put (GsDatabase *db, const char *stamp, const char *report, const char *outcome)
{
  g_autoptr (GError) error = NULL;
  GsUnclaimedRow row = { .stamp = T (stamp),
                         .report = T (report),
                         .outage = T ("o1"),
                         .crossing = T ("c1"),
                         .serial = T ("UTO-D3 000001"),
                         .officer = T ("kato"),
                         .supervisor = T ("mori"),
                         .reason = T ("hall-down"),
                         .printer = T ("p"),
                         .outcome = T (outcome),
                         .at_utc_ms = 100 };

  g_assert_true (gs_unclaimed_table_put (db, &row, &error));
}

static char *
list_pending (GsDatabase *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gs_unclaimed_table_list_pending (db, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const GsUnclaimedRow *row = rows->pdata[i];

      g_string_append_printf (text, "%s:%s:%s ", row->stamp, row->report, row->outcome);
    }
  return g_string_free (text, FALSE);
}

static void
assert_pending (GsDatabase *db, const char *expected)
{
  g_autofree char *text = list_pending (db);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_unclaimed (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  gint64 number;

  put (db, "s1", "r1", "in-doubt");
  put (db, "s2", "r2", "issued");
  assert_pending (db, "s1:r1:in-doubt s2:r2:issued ");
  /* More is known of the first before the first report is answered: only the newer one counts. */
  put (db, "s1", "r3", "issued");
  assert_pending (db, "s2:r2:issued s1:r3:issued ");
  g_assert_false (gs_unclaimed_table_settle (db, "s1", "r1", GS_UNCLAIMED_TOLD, &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (gs_unclaimed_table_settle (db, "s2", "r2", GS_UNCLAIMED_TOLD, &error));
  g_assert_false (gs_unclaimed_table_settle (db, "s2", "r2", GS_UNCLAIMED_TOLD, &error));
  g_clear_error (&error);
  assert_pending (db, "s1:r3:issued ");
  g_assert_true (gs_unclaimed_table_count (db, "o1", &number, &error));
  g_assert_cmpint (number, ==, 2);
  g_assert_true (gs_unclaimed_table_count (db, "o2", &number, &error));
  g_assert_cmpint (number, ==, 0);
  gs_database_rollback (db);
}

static void
test_conflict (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open = NULL, all = NULL;
  GsConflictRow row = { .conflict = T ("k1"),
                        .kind = T ("already-stamped"),
                        .stamp = T ("s1"),
                        .crossing = T ("c1"),
                        .serial = T ("UTO-D3 000001"),
                        .outcome = T ("issued"),
                        .found_at_utc_ms = 100,
                        .other_desk = T ("desk-4") };

  g_assert_true (gs_conflict_table_add (db, &row, &error));
  row.conflict = T ("k2");
  row.kind = T ("window-closed");
  row.cause = T ("customs");
  g_assert_true (gs_conflict_table_add (db, &row, &error));
  g_assert_true (gs_conflict_table_sign (db, "k1", 200, "mori", "void", &error));
  g_assert_false (gs_conflict_table_sign (db, "k1", 201, "mori", "void", &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  open = gs_conflict_table_list_open (db, &error);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpstr (((GsConflictRow *) open->pdata[0])->cause, ==, "customs");
  all = gs_conflict_table_list (db, &error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (((GsConflictRow *) all->pdata[0])->signed_by, ==, "mori");
  g_assert_cmpstr (((GsConflictRow *) all->pdata[0])->signed_as, ==, "void");
  gs_database_rollback (db);
}

static void
test_prefix (void)
{
  static const struct
  {
    const char *prefix;
    gint64 generation;
  } rows[] = {
    { "UTO-D3", 1 },    { "UTO-D3G2", 2 },  { "UTO-D3G99", 99 }, { "UTO-D3G100", 0 },
    { "UTO-D3G1", 0 },  { "UTO-D3G02", 0 }, { "UTO-D31", 0 },    { "UTO-D4", 0 },
    { "UTO-D3G2x", 0 }, { "UTO-D", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *again = gs_serial_prefix_of ("UTO-D3", rows[i].generation);

      g_assert_cmpint (gs_serial_generation_of ("UTO-D3", rows[i].prefix), ==, rows[i].generation);
      if (rows[i].generation > 0)
        g_assert_cmpstr (again, ==, rows[i].prefix);
    }
}

static void
test_generation (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  gint64 number;

  g_assert_true (gs_serial_generation_get (db, "UTO-D3", &number, &error));
  g_assert_cmpint (number, ==, 1);
  g_assert_true (gs_serial_generation_set (db, "UTO-D3", 3, 100, &error));
  g_assert_false (gs_serial_generation_set (db, "UTO-D3", 3, 100, &error));
  g_clear_error (&error);
  g_assert_false (gs_serial_generation_set (db, "UTO-D3", 2, 100, &error));
  g_clear_error (&error);
  g_assert_false (gs_serial_generation_set (db, "UTO-D3", 100, 100, &error));
  g_clear_error (&error);
  g_assert_true (gs_serial_generation_get (db, "UTO-D3", &number, &error));
  g_assert_cmpint (number, ==, 3);
  g_assert_true (gs_serial_counter_get (db, "UTO-D3", &number, &error));
  g_assert_cmpint (number, ==, 0);
  g_assert_true (gs_serial_counter_take (db, "UTO-D3", &number, &error));
  g_assert_true (gs_serial_counter_get (db, "UTO-D3", &number, &error));
  g_assert_cmpint (number, ==, 1);
  gs_database_rollback (db);
}

static void
send_one (GsDatabase *db, const char *stamp, gint64 at_utc_ms)
{
  g_autoptr (GError) error = NULL;
  GsJournalRow row = {
    .stamp = T (stamp), .step = T ("SENDING"), .crossing = T ("c"), .at_utc_ms = at_utc_ms
  };

  g_assert_true (gs_journal_table_append (db, &row, NULL, NULL, &error));
}

static void
test_printer_counter (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  gint64 impressions, sent;

  send_one (db, "s0", 50);
  g_assert_true (gs_printer_counter_get (db, "p", &impressions, &sent, &error));
  g_assert_cmpint (impressions, ==, -1);
  g_assert_true (gs_printer_counter_set (db, "p", 7, 100, &error));
  g_assert_true (gs_printer_counter_get (db, "p", &impressions, &sent, &error));
  g_assert_cmpint (impressions, ==, 7);
  g_assert_cmpint (sent, ==, 0);
  send_one (db, "s1", 120);
  g_assert_true (gs_printer_counter_get (db, "p", &impressions, &sent, &error));
  g_assert_cmpint (sent, ==, 1);
  g_assert_true (gs_printer_counter_set (db, "p", 8, 130, &error));
  g_assert_true (gs_printer_counter_get (db, "p", &impressions, &sent, &error));
  g_assert_cmpint (impressions, ==, 8);
  g_assert_cmpint (sent, ==, 0);
  gs_database_rollback (db);
}

static void
run_outside (sqlite3 *db, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* As the version before would have written it: past the store, so that its SQL is not counted as
 * the store's. */
static void
make_version_6 (const char *path)
{
  const GsSchemaVersion *const versions[] = { &gs_schema_1, &gs_schema_2, &gs_schema_3,
                                              &gs_schema_4, &gs_schema_5, &gs_schema_6 };
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = 6",
                                           GS_DIALECT_APPLICATION_ID);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *text = gs_dialect_expand (versions[i]->text);

      run_outside (db, text);
    }
  run_outside (db, mark);
  run_outside (db, "INSERT INTO serial_counter (prefix, last_number) VALUES ('UTO-D3', 41)");
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* A database of the version before keeps what it has. */
static void
test_migration (void)
{
  g_autofree char *folder = test_directory_new ();
  g_autofree char *path = g_build_filename (folder, "desk.db", NULL);
  g_autoptr (GError) error = NULL;
  GsDatabase *db;
  gint64 number;

  make_version_6 (path);
  db = gs_database_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (gs_database_begin (db, TRUE, &error));
  g_assert_true (gs_serial_counter_get (db, "UTO-D3", &number, &error));
  g_assert_cmpint (number, ==, 41);
  put (db, "s1", "r1", "issued");
  assert_pending (db, "s1:r1:issued ");
  gs_database_rollback (db);
  gs_database_close (db);
  test_directory_remove (g_steal_pointer (&folder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_log_sql ();
  g_test_add_func ("/store/outage/one-at-a-time", test_outage);
  g_test_add_func ("/store/unclaimed/newer-report", test_unclaimed);
  g_test_add_func ("/store/conflict/signed-once", test_conflict);
  g_test_add_func ("/store/serial/prefix", test_prefix);
  g_test_add_func ("/store/serial/generation", test_generation);
  g_test_add_func ("/store/serial/printer-counter", test_printer_counter);
  g_test_add_func ("/store/outage/migration", test_migration);
  return g_test_run ();
}
