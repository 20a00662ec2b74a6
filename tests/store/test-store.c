/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <sys/resource.h>

#include "gs-case-table.h"
#include "gs-feed-table.h"
#include "gs-record-table.h"
#include "gs-store-load.h"
#include "gs-test-store.h"

typedef struct
{
  char *directory;
  char *path;
  GsStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = test_directory_new ();
  fixture->path = g_build_filename (fixture->directory, "desk.db", NULL);
  fixture->store = gs_store_open (fixture->path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->store != NULL)
    gs_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_free (fixture->path);
  test_directory_remove (fixture->directory);
}

static gpointer
add_epoch_rows (GsDatabase *db, gpointer data, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db, "INSERT INTO serial_counter (prefix, last_number) VALUES ($1, 1)", error);

  gs_statement_bind_text (statement, 1, data);
  return GINT_TO_POINTER (gs_statement_run (statement, error));
}

static gpointer
write_in_query (GsDatabase *db, gpointer data, GError **error)
{
  return add_epoch_rows (db, data, error);
}

static gpointer
count_counters (GsDatabase *db, gpointer data, GError **error)
{
  gint64 count = -1;

  gs_database_get_int (db, "SELECT COUNT(*) FROM serial_counter", &count, error);
  return GINT_TO_POINTER ((int) count);
}

static void
test_query_cannot_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  gs_store_query (fixture->store, write_in_query, (gpointer) "A", &error);
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (GPOINTER_TO_INT (gs_store_query (fixture->store, count_counters, NULL, &error)),
                   ==, 0);
  g_assert_cmpint (gs_store_get_fault (fixture->store), ==, 0);
}

typedef struct
{
  GString *order;
  gboolean done;
} Order;

static void
on_job (GObject *source, GAsyncResult *result, gpointer data)
{
  Order *order = data;
  g_autoptr (GError) error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  g_string_append_c (order->order, error == NULL ? 'o'
                                   : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                                     ? 'c'
                                     : 'x');
  order->done = order->order->len == 4;
}

/* Jobs end in the order in which they were pushed; a refused one stops nothing; the last reference
 * may be dropped while jobs are queued. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  Order order = { g_string_new (NULL), FALSE };
  GsRecordEntry entry = { .kind = "test" };
  static const char *const names[] = { "A", "A", "B", "C" };

  g_cancellable_cancel (cancelled);
  for (guint i = 0; i < 4; i++)
    gs_store_transact_async (fixture->store, &entry, add_epoch_rows, (gpointer) names[i], NULL,
                             NULL, i == 3 ? cancelled : NULL, on_job, &order);
  g_clear_object (&fixture->store);
  test_wait_until (&order.done);
  g_assert_cmpstr (order.order->str, ==, "oxoc");
  g_string_free (order.order, TRUE);
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GsRecordEntry entry = { .kind = "test" };

  gs_store_close (fixture->store);
  gs_store_transact (fixture->store, &entry, add_epoch_rows, (gpointer) "A", &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static void
on_fault (GObject *object, GParamSpec *pspec, gpointer data)
{
  ++*(int *) data;
}

static void
write_until_error (GsStore *store, GError **error)
{
  gint64 id = 1;

  test_begin_epoch (store, TEST_EPOCH, 0);
  for (int i = 0; i < 500 && *error == NULL; i++)
    {
      g_autoptr (GPtrArray) items =
        g_ptr_array_new_with_free_func ((GDestroyNotify) gs_ingest_item_free);
      g_autoptr (GsIngestResult) result = NULL;

      for (int n = 0; n < 50; n++)
        g_ptr_array_add (items, test_event_new (id++));
      result = gs_store_ingest (store, TEST_EPOCH, items, NULL, error);
      if (result != NULL)
        g_assert_cmpint (result->cursor, ==, id - 1);
      else
        id -= 50;
    }
}

static gpointer
get_feed (GsDatabase *db, gpointer data, GError **error)
{
  return gs_feed_table_get (db, error);
}

static gpointer
verify (GsDatabase *db, gpointer data, GError **error)
{
  gint64 first_bad;

  return GINT_TO_POINTER (gs_record_table_verify (db, &first_bad, error));
}

/* After it was full: nothing half written, and with room everything goes on. */
static void
assert_recovers (GsStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsFeedPosition) position = gs_store_query (store, get_feed, NULL, &error);
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_ingest_item_free);
  g_autoptr (GsIngestResult) result = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (position->cursor, ==, position->n_events);
  g_ptr_array_add (items, test_event_new (position->cursor + 1));
  result = gs_store_ingest (store, TEST_EPOCH, items, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result->cursor, ==, position->cursor + 1);
  g_assert_cmpint (gs_store_get_fault (store), ==, 0);
  g_assert_nonnull (gs_store_query (store, verify, NULL, &error));
}

static gpointer
limit_pages (GsDatabase *db, gpointer sql, GError **error)
{
  gs_database_execute (db, sql, error);
  return NULL;
}

static void
test_full_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int notified = 0;

  g_signal_connect (fixture->store, "notify::fault", G_CALLBACK (on_fault), &notified);
  gs_store_query (fixture->store, limit_pages, (gpointer) "PRAGMA max_page_count = 200", NULL);
  write_until_error (fixture->store, &error);
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_FULL);
  g_assert_cmpint (gs_store_get_fault (fixture->store), ==, GS_STORE_ERROR_FULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (notified, ==, 1);
  gs_store_query (fixture->store, limit_pages, (gpointer) "PRAGMA max_page_count = 200000", NULL);
  assert_recovers (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (notified, ==, 2);
}

/* The system refuses to let the files grow, as it does on a full disk. */
static void
test_full_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  struct rlimit old, limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  limit = old;
  limit.rlim_cur = 1024 * 1024;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  write_until_error (fixture->store, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_FULL);
  assert_recovers (fixture->store);
}

static gpointer
get_case (GsDatabase *db, gpointer data, GError **error)
{
  GsCaseRow row = { .crossing = (char *) "c", .state = GS_CASE_WAITING, .reasons = (char *) "B05" };

  gs_case_table_put (db, &row, error);
  return NULL;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(GsStoreSnapshot **) data = gs_store_load_finish (GS_STORE (source), result, &error);
  g_assert_no_error (error);
}

/* Committed is what another process finds after this one is gone without a word. */
static void
test_load (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsStoreSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_ingest_item_free);
  g_autoptr (GPtrArray) crossings =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_crossing_row_free);
  g_autoptr (GError) error = NULL;
  GsRecordEntry entry = { .kind = "test" };

  /* Crossings 0 to 4; 1 is over, 2 is live, the others have no row. Four gate states. */
  for (gint64 id = 1; id < 40; id++)
    g_ptr_array_add (items, test_event_new (id));
  for (gint64 id = 40; id < 44; id++)
    {
      GsIngestItem *item = test_event_new (id);

      g_clear_pointer (&item->crossing, g_free);
      g_free (item->type);
      item->type = g_strdup ("gate.status");
      g_free (item->gate);
      item->gate = g_strdup (id < 42 ? "gate-1" : "gate-2");
      item->identity_length = 0;
      g_ptr_array_add (items, item);
    }
  for (int i = 1; i <= 2; i++)
    {
      GsCrossingRow *row = gs_crossing_row_new ();

      row->crossing = g_strdup_printf ("00000000-0000-4000-8000-%012d", i);
      row->state = g_strdup ("admitted");
      row->reasons = g_strdup ("");
      row->live = i == 2;
      g_ptr_array_add (crossings, row);
    }
  test_begin_epoch (fixture->store, TEST_EPOCH, 0);
  gs_ingest_result_free (gs_store_ingest (fixture->store, TEST_EPOCH, items, crossings, &error));
  gs_store_transact (fixture->store, &entry, get_case, NULL, &error);
  g_assert_no_error (error);
  gs_store_load_async (fixture->store, 0, NULL, on_loaded, &snapshot);
  while (snapshot == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (snapshot->feed->cursor, ==, 43);
  g_assert_cmpuint (snapshot->events->len, ==, 39 - 8 + 2);
  g_assert_cmpuint (snapshot->cases->len, ==, 1);
  g_assert_cmpuint (snapshot->decisions->len, ==, 0);
  g_assert_cmpint (snapshot->n_accounts, ==, 0);
}

/* What was pushed before the close is done, whoever still waits for it. */
static void
test_close_runs_queue (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GsRecordEntry entry = { .kind = "test" };

  for (int i = 0; i < 20; i++)
    gs_store_transact_async (fixture->store, &entry, add_epoch_rows, g_strdup_printf ("UTO-%d", i),
                             g_free, NULL, NULL, NULL, NULL);
  gs_store_close (fixture->store);
  g_clear_object (&fixture->store);
  fixture->store = gs_store_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (GPOINTER_TO_INT (gs_store_query (fixture->store, count_counters, NULL, &error)),
                   ==, 20);
  g_assert_no_error (error);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/store/store/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_log_sql ();
  ADD ("query-cannot-write", test_query_cannot_write);
  ADD ("order", test_order);
  ADD ("closed", test_closed);
  ADD ("close-runs-what-is-queued", test_close_runs_queue);
  ADD ("full-pages", test_full_pages);
  ADD ("full-file", test_full_file);
  ADD ("load", test_load);
  return g_test_run ();
}
