/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ingest through the store (worker thread, cut-out identities, cursor, record) beside bare SQLite
 * inserts of the same rows into the same tables with the same settings, in batches of 10, 100 and
 * 1,000; then the memory of a process that has taken in a million events. On the disk that holds
 * the build directory. */

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "gs-bench.h"
#include "gs-test-store.h"

#define N_EVENTS 20000
#define N_RUNS 5
#define N_MILLION 1000000

typedef struct
{
  char *directory;
  char *path;
  GPtrArray *items;
} Bench;

static void
must (int code)
{
  if (code != SQLITE_OK && code != SQLITE_DONE)
    g_error ("SQLite: %d", code);
}

static char *
new_path (Bench *bench)
{
  static int number;
  g_autofree char *name = g_strdup_printf ("bench-%d.db", ++number);

  return g_build_filename (bench->directory, name, NULL);
}

static void
remove_files (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      remove (file);
    }
}

static void
insert_bare (sqlite3_stmt *event, sqlite3_stmt *identity, const GsIngestItem *item)
{
  gsize length;
  const char *raw = g_bytes_get_data (item->raw, &length);

  sqlite3_bind_int64 (event, 1, item->id);
  sqlite3_bind_int64 (event, 2, 1);
  sqlite3_bind_int64 (event, 3, item->id);
  sqlite3_bind_text (event, 4, item->type, -1, SQLITE_STATIC);
  sqlite3_bind_text (event, 5, item->crossing, -1, SQLITE_STATIC);
  sqlite3_bind_text (event, 6, item->gate, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (event, 7, item->time_utc_ms);
  sqlite3_bind_blob (event, 8, raw, (int) (length - item->identity_length), SQLITE_STATIC);
  sqlite3_bind_int64 (event, 9, (gint64) item->identity_start);
  sqlite3_bind_int64 (event, 10, (gint64) item->identity_length);
  must (sqlite3_step (event));
  must (sqlite3_reset (event));
  if (item->identity_length == 0)
    return;
  sqlite3_bind_text (identity, 1, item->crossing, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (identity, 2, item->id);
  sqlite3_bind_int64 (identity, 3, item->time_utc_ms);
  sqlite3_bind_blob (identity, 4, raw + item->identity_start, (int) item->identity_length,
                     SQLITE_STATIC);
  sqlite3_bind_text (identity, 5, item->traveller->issuing_state, -1, SQLITE_STATIC);
  sqlite3_bind_text (identity, 6, item->traveller->document_number, -1, SQLITE_STATIC);
  sqlite3_bind_text (identity, 7, item->traveller->primary_identifier, -1, SQLITE_STATIC);
  must (sqlite3_step (identity));
  must (sqlite3_reset (identity));
}

/* Events a second of SQLite alone. */
static double
run_bare (Bench *bench, guint batch)
{
  g_autofree char *path = new_path (bench);
  GsStore *store = gs_store_open (path, NULL);
  sqlite3_stmt *event, *identity;
  sqlite3 *db;
  gint64 begin_us;
  double seconds;

  gs_store_close (store); /* the schema */
  g_object_unref (store);
  must (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
  must (sqlite3_exec (db,
                      "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                      "PRAGMA secure_delete = ON; PRAGMA cache_size = -16384",
                      NULL, NULL, NULL));
  must (sqlite3_prepare_v2 (db, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", -1,
                            &event, NULL));
  must (sqlite3_prepare_v2 (db,
                            "INSERT INTO identity (crossing, position, kept_at, bytes,"
                            " issuing_state, document_number, primary_identifier)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?)",
                            -1, &identity, NULL));
  begin_us = g_get_monotonic_time ();
  for (guint i = 0; i < bench->items->len; i += batch)
    {
      must (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL));
      for (guint n = i; n < MIN (i + batch, bench->items->len); n++)
        insert_bare (event, identity, g_ptr_array_index (bench->items, n));
      must (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL));
    }
  seconds = (double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC;
  sqlite3_finalize (event);
  sqlite3_finalize (identity);
  sqlite3_close (db);
  remove_files (path);
  return bench->items->len / seconds;
}

static void
take (GsStore *store, GPtrArray *items, guint first, guint count)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new ();
  g_autoptr (GsIngestResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = first; i < MIN (first + count, items->len); i++)
    g_ptr_array_add (batch, g_ptr_array_index (items, i));
  result = gs_store_ingest (store, TEST_EPOCH, batch, NULL, &error);
  if (result == NULL || result->n_new != batch->len)
    g_error ("ingest: %s", error != NULL ? error->message : "not all were new");
}

static GsStore *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  GsStore *store = gs_store_open (path, &error);

  if (store == NULL || gs_store_begin_epoch (store, TEST_EPOCH, 0, FALSE, 1, &error) < 0)
    g_error ("store: %s", error->message);
  return store;
}

static double
run_store (Bench *bench, guint batch)
{
  g_autofree char *path = new_path (bench);
  GsStore *store = open_store (path);
  gint64 begin_us = g_get_monotonic_time ();
  double seconds;

  for (guint i = 0; i < bench->items->len; i += batch)
    take (store, bench->items, i, batch);
  seconds = (double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC;
  gs_store_close (store);
  g_object_unref (store);
  remove_files (path);
  return bench->items->len / seconds;
}

static void
compare (Bench *bench, guint batch)
{
  double bare[N_RUNS], store[N_RUNS];
  g_autofree char *name = g_strdup_printf ("ingest, %u events a transaction", batch);

  for (guint run = 0; run < N_RUNS; run++)
    {
      bare[run] = run_bare (bench, batch);
      store[run] = run_store (bench, batch);
    }
  gs_bench_report (name, "events/s", "bare inserts of the same rows",
                   gs_bench_quantile (bare, N_RUNS, 0.5), "store",
                   gs_bench_quantile (store, N_RUNS, 0.5));
}

/* Resident memory in MB. */
static double
get_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL)
      || (line = strstr (status, "VmRSS:")) == NULL)
    return 0;
  return g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024;
}

static void
measure_memory (Bench *bench)
{
  g_autofree char *path = new_path (bench);
  GsStore *store = open_store (path);
  double first = 0;

  for (gint64 id = 1; id < N_MILLION; id += 100)
    {
      g_autoptr (GPtrArray) items =
        g_ptr_array_new_with_free_func ((GDestroyNotify) gs_ingest_item_free);

      for (gint64 i = id; i < id + 100; i++)
        g_ptr_array_add (items, test_event_new (i));
      take (store, items, 0, 100);
      if (id == 10001)
        first = get_memory ();
    }
  gs_bench_report ("resident memory of the store", "MB", "after 10,000 events", first,
                   "after 1,000,000 events", get_memory ());
  gs_store_close (store);
  g_object_unref (store);
  remove_files (path);
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };

  gs_bench_init (&argc, &argv);
  bench.directory = test_directory_new ();
  measure_memory (&bench);
  bench.items = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_ingest_item_free);
  for (gint64 id = 1; id <= N_EVENTS; id++)
    g_ptr_array_add (bench.items, test_event_new (id));
  compare (&bench, 10);
  compare (&bench, 100);
  compare (&bench, 1000);
  g_ptr_array_unref (bench.items);
  test_directory_remove (bench.directory);
  return 0;
}
