/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>

#include "gs-claim-table.h"
#include "gs-counted-print-table.h"
#include "gs-dialect.h"
#include "gs-impression-table.h"
#include "gs-reconciliation-table.h"
#include "gs-schema.h"
#include "gs-stamp-device-table.h"
#include "gs-test-store.h"
#include "gs-time.h"

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

#define T(text) ((char *) (text))

static void
enter (GsDatabase *db, const char *id, const char *code)
{
  g_autoptr (GError) error = NULL;
  const GsStampDevice device = { .id = T (id), .code = T (code), .entered_utc_ms = 100 };

  g_assert_true (gs_stamp_device_table_add (db, &device, "mori", &error));
}

static gboolean
hand_out (GsDatabase *db, const char *id, const char *officer, gint64 at, GError **error)
{
  g_autofree char *holding = g_strdup_printf ("%s-%s-%d", id, officer, (int) at);
  const GsStampHolding row = { .id = holding,
                               .device = T (id),
                               .officer = T (officer),
                               .desk = T ("desk-3"),
                               .from_utc_ms = at,
                               .handed_by = T ("mori") };

  return gs_stamp_holding_table_begin (db, &row, error);
}

static void
test_device (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampDevice) device = NULL;
  g_autoptr (GPtrArray) list = NULL;
  gboolean has;

  enter (db, "U8", "BBBB");
  enter (db, "U7", "K4TM");
  g_assert_true (gs_stamp_device_table_rotate (db, "U7", "ZZZZ", 200, "mori", &error));
  g_assert_true (gs_stamp_device_table_has_code (db, "K4TM", &has, &error) && has);
  g_assert_true (gs_stamp_device_table_has_code (db, "QQQQ", &has, &error) && !has);
  device = gs_stamp_device_table_get (db, "U7", &error);
  g_assert_cmpstr (device->code, ==, "ZZZZ");
  g_assert_cmpint (device->code_utc_ms, ==, 200);
  g_assert_cmpint (device->entered_utc_ms, ==, 100);
  g_assert_null (device->officer);
  g_assert_null (gs_stamp_device_table_get (db, "U1", &error));
  g_assert_no_error (error);
  g_assert_true (gs_stamp_device_table_set_state (db, "U7", GS_STAMP_DEVICE_LOST, 300, &error));
  g_assert_false (gs_stamp_device_table_rotate (db, "U7", "YYYY", 301, "mori", &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  /* Nothing makes it active again. */
  g_assert_false (gs_stamp_device_table_set_state (db, "U7", GS_STAMP_DEVICE_ACTIVE, 302, &error));
  g_clear_error (&error);
  g_assert_false (gs_stamp_device_table_set_state (db, "U7", GS_STAMP_DEVICE_STOLEN, 302, &error));
  g_clear_error (&error);
  g_assert_true (gs_stamp_device_table_set_state (db, "U7", GS_STAMP_DEVICE_RETIRED, 303, &error));
  list = gs_stamp_device_table_list (db, &error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((GsStampDevice *) list->pdata[0])->id, ==, "U7");
  g_assert_cmpint (((GsStampDevice *) list->pdata[0])->state, ==, GS_STAMP_DEVICE_RETIRED);
}

/* The transaction that gives a code a second time fails. */
static void
test_code_twice (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  const GsStampDevice same_code = { .id = T ("U9"), .code = T ("K4TM"), .entered_utc_ms = 1 };

  enter (db, "U7", "K4TM");
  g_assert_false (gs_stamp_device_table_add (db, &same_code, NULL, &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT);
}

static void
test_holding (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampDevice) held = NULL;
  g_autoptr (GPtrArray) list = NULL;

  enter (db, "U7", "K4TM");
  enter (db, "U8", "BBBB");
  g_assert_true (hand_out (db, "U7", "kato", 200, &error));
  g_assert_false (hand_out (db, "U7", "abe", 201, &error)); /* held */
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (hand_out (db, "U8", "kato", 202, &error)); /* holds another */
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (hand_out (db, "U8", "mori", 203, &error)); /* from one's own hand */
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (hand_out (db, "U1", "abe", 204, &error)); /* no such */
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  held = gs_stamp_device_table_find_held (db, "kato", &error);
  g_assert_cmpstr (held->id, ==, "U7");
  g_assert_cmpstr (held->desk, ==, "desk-3");
  g_assert_cmpint (held->held_utc_ms, ==, 200);
  g_assert_cmpstr (held->handed_by, ==, "mori");
  g_assert_null (gs_stamp_device_table_find_held (db, "abe", &error));
  g_assert_true (gs_stamp_holding_table_end (db, "U7", 300, "kato", "abe", &error));
  g_assert_false (gs_stamp_holding_table_end (db, "U7", 301, "kato", "abe", &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (hand_out (db, "U7", "kato", 400, &error));
  list = gs_stamp_holding_table_list (db, 300, 400, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((GsStampHolding *) list->pdata[0])->received_by, ==, "abe");
}

static void
test_prints (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const GsCountedPrint *print;
  const GsCountedPrint row = { .id = T ("p1"),
                               .kind = GS_COUNTED_PRINT_TEST,
                               .desk = T ("desk-3"),
                               .printer = T ("ipps://a/"),
                               .officer = T ("kato"),
                               .taken_utc_ms = 10 };

  g_assert_true (gs_counted_print_table_add (db, &row, &error));
  g_assert_true (gs_counted_print_table_end (db, "p1", GS_COUNTED_PRINT_PRINTED, 20, &error));
  g_assert_false (gs_counted_print_table_end (db, "p1", GS_COUNTED_PRINT_FAILED, 21, &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  list = gs_counted_print_table_list_new (db, "desk-3", &error);
  g_assert_cmpuint (list->len, ==, 1);
  print = list->pdata[0];
  g_assert_cmpint (print->state, ==, GS_COUNTED_PRINT_PRINTED);
  g_assert_cmpint (print->ended_utc_ms, ==, 20);
  g_assert_null (print->serial);
  g_clear_pointer (&list, g_ptr_array_unref);
  g_assert_true (gs_counted_print_table_reconcile (db, "desk-3", "r1", &error));
  list = gs_counted_print_table_list_new (db, "desk-3", &error);
  g_assert_cmpuint (list->len, ==, 0);
}

static GsReconciliation *
make (const char *id, const char *day, guint number)
{
  GsReconciliation *row = gs_reconciliation_new ();

  row->id = g_strdup (id);
  row->desk = g_strdup ("desk-3");
  row->day = g_strdup (day);
  row->number = number;
  row->zone = g_strdup ("Asia/Tokyo");
  row->made_utc_ms = 1000;
  row->issued = 4;
  row->tests = 1;
  row->officer = g_strdup ("kato");
  gs_reconciliation_add_difference (row, GS_DIFFERENCE_SERIAL_GAP, "A 000002", "A 000003",
                                    GS_TIME_UNKNOWN);
  return row;
}

static void
test_reconciliation (void)
{
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GsReconciliation) first = make ("r1", "2026-11-23", 1);
  g_autoptr (GsReconciliation) twice = make ("r2", "2026-11-23", 1);
  g_autoptr (GsReconciliation) again = make ("r3", "2026-11-23", 2);
  g_autoptr (GsReconciliation) read = NULL;
  g_autoptr (GPtrArray) list = NULL;
  const GsPrinterCount *count;
  const GsDifference *difference;
  gint64 number;

  g_assert_null (gs_reconciliation_table_last (db, "desk-3", &error));
  gs_reconciliation_add_count (first, "ipps://a/", GS_COUNT_PRINTER, 100, 105);
  gs_reconciliation_judge (first);
  g_assert_true (gs_reconciliation_table_add (db, first, &error));
  g_assert_false (gs_reconciliation_table_add (db, twice, &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_true (gs_reconciliation_table_add (db, again, &error));
  g_assert_true (gs_reconciliation_table_count (db, "desk-3", "2026-11-23", &number, &error));
  g_assert_cmpint (number, ==, 2);
  list = gs_reconciliation_table_of_days (db, "desk-3", "2026-11-01", "2026-11-30", &error);
  g_assert_cmpuint (list->len, ==, 2);
  read = gs_reconciliation_table_last (db, "desk-3", &error);
  g_assert_cmpstr (read->id, ==, "r3");
  g_assert_cmpuint (read->differences->len, ==, 1);
  difference = read->differences->pdata[0];
  g_assert_cmpint (difference->kind, ==, GS_DIFFERENCE_SERIAL_GAP);
  g_assert_cmpstr (difference->last, ==, "A 000003");
  g_assert_cmpint (difference->at_utc_ms, ==, GS_TIME_UNKNOWN);
  gs_reconciliation_free (g_steal_pointer (&read));
  read = g_ptr_array_steal_index (list, 0);
  g_assert_cmpint (read->issued, ==, 4);
  g_assert_cmpint (read->from_utc_ms, ==, GS_TIME_UNKNOWN);
  g_assert_cmpint (read->result, ==, GS_RECONCILIATION_SIGNED);
  count = read->counts->pdata[0];
  g_assert_cmpint (count->before, ==, 100);
  g_assert_cmpint (count->now, ==, 105);
}

static gint64
base (GsDatabase *db)
{
  gint64 counter = 0;

  g_assert_true (gs_printer_count_table_get (db, "desk-3", "ipps://a/", &counter, NULL));
  return counter;
}

/* The chain of a printer's numbers: its beginning, reconciliations, a count by hand, a break. */
static void
test_counts (void)
{
  static const struct
  {
    GsCountSource source;
    gint64 now;
    gint64 base;
  } chain[] = { { GS_COUNT_PRINTER, 110, 110 }, { GS_COUNT_HAND, 3, 113 },
                { GS_COUNT_HAND, 4, 117 },      { GS_COUNT_PRINTER, 118, 118 },
                { GS_COUNT_NONE, -1, -1 },      { GS_COUNT_HAND, 2, -1 },
                { GS_COUNT_PRINTER, 130, 130 } };
  g_autoptr (GsDatabase) db = open_writing ();
  gint64 at;
  gboolean begun;

  g_assert_cmpint (base (db), ==, -1);
  g_assert_true (gs_printer_count_table_began (db, "desk-3", &at, NULL));
  g_assert_cmpint (at, ==, GS_TIME_UNKNOWN);
  g_assert_true (gs_printer_count_table_begin (db, "desk-3", "ipps://a/", 100, 7, &begun, NULL));
  g_assert_true (begun);
  g_assert_true (gs_printer_count_table_begin (db, "desk-3", "ipps://a/", 200, 8, &begun, NULL));
  g_assert_false (begun);
  g_assert_true (gs_printer_count_table_began (db, "desk-3", &at, NULL));
  g_assert_cmpint (at, ==, 7);
  g_assert_cmpint (base (db), ==, 100);
  for (guint i = 0; i < G_N_ELEMENTS (chain); i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);
      g_autoptr (GsReconciliation) row = make (id, id, 1);

      gs_reconciliation_add_count (row, "ipps://a/", chain[i].source, 0, chain[i].now);
      g_assert_true (gs_reconciliation_table_add (db, row, NULL));
      g_assert_cmpint (base (db), ==, chain[i].base);
    }
}

static void
test_append_only (void)
{
  static const char *const statements[] = {
    "UPDATE reconciliation SET issued = 9",         "DELETE FROM reconciliation",
    "DELETE FROM reconciliation_difference",        "UPDATE printer_count SET now_count = 1",
    "UPDATE stamp_code SET since_at = 1",           "DELETE FROM stamp_code",
    "UPDATE reconciliation_difference SET low = 1", "DELETE FROM printer_count",
  };
  g_autoptr (GsDatabase) db = open_writing ();
  g_autoptr (GsReconciliation) row = make ("r1", "2026-11-23", 1);

  gs_reconciliation_add_count (row, "ipps://a/", GS_COUNT_PRINTER, 100, 105);
  g_assert_true (gs_reconciliation_table_add (db, row, NULL));
  enter (db, "U7", "K4TM");
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (GError) error = NULL;
      GsStatement *statement = gs_database_statement (db, statements[i], &error);

      g_assert_no_error (error);
      g_assert_false (gs_statement_run (statement, &error));
      g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT);
    }
}

/* --- from the version before ------------------------------------------------------------------ */

static void
run_outside (sqlite3 *db, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
make_version_5 (const char *path)
{
  const GsSchemaVersion *const versions[] = { &gs_schema_1, &gs_schema_2, &gs_schema_3,
                                              &gs_schema_4, &gs_schema_5 };
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = 5",
                                           GS_DIALECT_APPLICATION_ID);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *text = gs_dialect_expand (versions[i]->text);

      run_outside (db, text);
    }
  run_outside (db, mark);
  run_outside (db, "INSERT INTO stamp_claim VALUES ('c1', 's1', NULL, 'desk-3', 'kato', NULL, 3,"
                   " 1, 0, 0, 0, NULL)");
  run_outside (db, "INSERT INTO serial_counter VALUES ('UTO-D3', 41)");
  run_outside (db, "INSERT INTO impression VALUES ('UTO-D3 000041', 's1', 'c1', NULL, 'desk-3',"
                   " 'kato', 1, 2, 0, NULL, NULL, NULL)");
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* What was printed before there was a register is kept, and in no reconciliation. */
static void
test_migration (void)
{
  g_autofree char *directory = test_directory_new ();
  g_autofree char *path = g_build_filename (directory, "desk.db", NULL);
  g_autoptr (GError) error = NULL;

  make_version_5 (path);
  {
    g_autoptr (GsDatabase) db = gs_database_open (path, &error);
    g_autoptr (GPtrArray) fresh = NULL;
    g_autoptr (GPtrArray) unseen = NULL;
    g_autoptr (GsImpressionRow) row = NULL;

    g_assert_no_error (error);
    fresh = gs_impression_table_list_new (db, "desk-3", &error);
    g_assert_cmpuint (fresh->len, ==, 0);
    row = gs_impression_table_get (db, "UTO-D3 000041", &error);
    g_assert_cmpint (row->confirmed_at_utc_ms, ==, 2);
    g_assert_null (row->code);
    unseen = gs_serial_counter_list_unseen (db, &error);
    g_assert_cmpuint (unseen->len, ==, 0);
  }
  test_directory_remove (g_steal_pointer (&directory));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_log_sql ();
  g_test_add_func ("/store/register/device", test_device);
  g_test_add_func ("/store/register/code-twice", test_code_twice);
  g_test_add_func ("/store/register/holding", test_holding);
  g_test_add_func ("/store/register/prints", test_prints);
  g_test_add_func ("/store/register/reconciliation", test_reconciliation);
  g_test_add_func ("/store/register/counts", test_counts);
  g_test_add_func ("/store/register/append-only", test_append_only);
  g_test_add_func ("/store/register/migration", test_migration);
  return g_test_run ();
}
