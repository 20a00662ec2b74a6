/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that refuses one write or one sync, each in turn: every transaction is whole or not there,
 * the error says what it was, and the next one goes on as if nothing had been. A layer below SQLite
 * does it: the system's own file functions, with two of them counted. */

#include <sqlite3.h>
#include <string.h>

#include "gs-feed-table.h"
#include "gs-record-table.h"
#include "gs-test-store.h"

static sqlite3_vfs disk;               /* the system's, with another xOpen */
static const sqlite3_vfs *system_disk; /* the system's */
static const sqlite3_io_methods *system_methods;

/* Set while the worker's thread does nothing. */
static int calls_until_fault; /* 0: no fault */
static int fault_code;
static gboolean fault_happened;

static gboolean
is_due (void)
{
  if (calls_until_fault == 0 || --calls_until_fault > 0)
    return FALSE;
  fault_happened = TRUE;
  return TRUE;
}

static int
on_write (sqlite3_file *file, const void *data, int length, sqlite3_int64 offset)
{
  return is_due () ? fault_code : system_methods->xWrite (file, data, length, offset);
}

static int
on_sync (sqlite3_file *file, int flags)
{
  return is_due () ? (fault_code == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_FSYNC)
                   : system_methods->xSync (file, flags);
}

/* The system has one table of functions a way of locking; all have the same write and sync. */
static int
on_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  static const sqlite3_io_methods *originals[4];
  static sqlite3_io_methods copies[4];
  int code = system_disk->xOpen ((sqlite3_vfs *) system_disk, name, file, flags, out_flags);
  guint i = 0;

  if (code != SQLITE_OK || file->pMethods == NULL)
    return code;
  while (i < 3 && originals[i] != NULL && originals[i] != file->pMethods)
    i++;
  if (originals[i] == NULL)
    {
      system_methods = originals[i] = file->pMethods;
      copies[i] = *file->pMethods;
      copies[i].xWrite = on_write;
      copies[i].xSync = on_sync;
    }
  g_assert_true (originals[i] == file->pMethods);
  file->pMethods = &copies[i];
  return code;
}

static void
install_disk (void)
{
  system_disk = sqlite3_vfs_find (NULL);
  disk = *system_disk;
  disk.zName = "refusing";
  disk.xOpen = on_open;
  g_assert_cmpint (sqlite3_vfs_register (&disk, 1), ==, SQLITE_OK);
}

static gpointer
take_number (GsDatabase *db, gpointer data, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "INSERT INTO serial_counter (prefix, last_number) VALUES ('A', 1) ON CONFLICT (prefix)"
    " DO UPDATE SET last_number = serial_counter.last_number + 1",
    error);

  if (statement != NULL)
    gs_statement_run (statement, error);
  return NULL;
}

typedef struct
{
  gint64 cursor;
  gint64 n_events;
  gint64 n_stored;
  gint64 number;
  gint64 n_entries;
} State;

static gpointer
get_state (GsDatabase *db, gpointer data, GError **error)
{
  State *state = data;
  g_autoptr (GsFeedPosition) position = gs_feed_table_get (db, error);
  GsRecordHead head;
  gint64 first_bad;

  if (position == NULL || !gs_record_table_get_head (db, &head, error)
      || !gs_record_table_verify (db, &first_bad, error)
      || !gs_database_get_int (db, "SELECT COUNT(*) FROM event", &state->n_stored, error)
      || !gs_database_get_int (db, "SELECT last_number FROM serial_counter", &state->number, error))
    return NULL;
  state->cursor = position->cursor;
  state->n_events = position->n_events;
  state->n_entries = head.size;
  return NULL;
}

static State
look (GsStore *store)
{
  g_autoptr (GError) error = NULL;
  State state = { 0 };

  gs_store_query (store, get_state, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state.cursor, ==, state.n_events);
  g_assert_cmpint (state.cursor, ==, state.n_stored);
  return state;
}

static gboolean
ingest (GsStore *store, gint64 first, GError **error)
{
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_ingest_item_free);
  GsIngestResult *result;

  for (gint64 id = first; id < first + 40; id++)
    g_ptr_array_add (items, test_event_new (id));
  result = gs_store_ingest (store, TEST_EPOCH, items, NULL, error);
  gs_ingest_result_free (result);
  return result != NULL;
}

static gboolean
decide (GsStore *store, GError **error)
{
  GsRecordEntry entry = { .kind = "decision", .detail = "outcome=admitted" };
  GError *local = NULL;

  gs_store_transact (store, &entry, take_number, NULL, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* One fault at the n-th call, in an ingest and a decision; then both again without. */
static gboolean
run_with_fault (GsStore *store, int call, int code, GsStoreError expected)
{
  g_autoptr (GError) ingest_error = NULL;
  g_autoptr (GError) decide_error = NULL;
  g_autoptr (GError) error = NULL;
  State before = look (store), after;
  gboolean ingested, decided;

  fault_happened = FALSE;
  fault_code = code;
  calls_until_fault = call;
  ingested = ingest (store, before.cursor + 1, &ingest_error);
  decided = decide (store, &decide_error);
  calls_until_fault = 0;
  g_assert_true (ingested || decided);
  if (!ingested)
    g_assert_error (ingest_error, GS_STORE_ERROR, (int) expected);
  if (!decided)
    {
      g_assert_error (decide_error, GS_STORE_ERROR, (int) expected);
      g_assert_cmpint (gs_store_get_fault (store), ==, expected);
    }
  after = look (store);
  /* Told to be done is done, told to have failed is not there. */
  g_assert_cmpint (after.cursor, ==, before.cursor + (ingested ? 40 : 0));
  g_assert_cmpint (after.number, ==, before.number + (decided ? 1 : 0));
  g_assert_true (ingest (store, after.cursor + 1, &error));
  g_assert_true (decide (store, &error));
  g_assert_cmpint (gs_store_get_fault (store), ==, 0);
  look (store);
  return fault_happened;
}

static void
run_all (int code, GsStoreError expected)
{
  char *directory = test_directory_new ();
  g_autofree char *path = g_build_filename (directory, "desk.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStore) store = gs_store_open (path, &error);
  State last;
  int call = 1;

  g_assert_no_error (error);
  test_begin_epoch (store, TEST_EPOCH, 0);
  g_assert_true (decide (store, &error));
  while (run_with_fault (store, call, code, expected))
    call++;
  g_assert_cmpint (call, >, 20);
  last = look (store);
  gs_store_close (store);
  g_clear_object (&store);
  store = gs_store_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (look (store).cursor, ==, last.cursor);
  gs_store_close (store);
  test_directory_remove (directory);
  g_test_message ("%d calls refused, one after the other", call - 1);
}

static void
test_full (void)
{
  run_all (SQLITE_FULL, GS_STORE_ERROR_FULL);
}

static void
test_failing (void)
{
  run_all (SQLITE_IOERR_WRITE, GS_STORE_ERROR_IO);
}

static void
test_read_only (void)
{
  run_all (SQLITE_READONLY, GS_STORE_ERROR_READ_ONLY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  install_disk ();
  g_test_add_func ("/store/faults/full", test_full);
  g_test_add_func ("/store/faults/failing", test_failing);
  g_test_add_func ("/store/faults/read-only", test_read_only);
  return g_test_run ();
}
