/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-store.h"

#include <string.h>

#include "gs-event-table.h"
#include "gs-feed-table.h"
#include "gs-record-table.h"

static GPtrArray *
new_batch (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) gs_ingest_item_free);
}

static GsStore *
open_memory (void)
{
  g_autoptr (GError) error = NULL;
  GsStore *store = gs_store_open (":memory:", &error);

  g_assert_no_error (error);
  return store;
}

static gpointer
list_events (GsDatabase *db, gpointer data, GError **error)
{
  return gs_event_table_list (db, 0, 1000000, error);
}

static gpointer
list_gaps (GsDatabase *db, gpointer data, GError **error)
{
  return gs_feed_table_list_gaps (db, error);
}

static gpointer
list_quarantine (GsDatabase *db, gpointer data, GError **error)
{
  return gs_quarantine_table_list (db, error);
}

static gpointer
get_position (GsDatabase *db, gpointer data, GError **error)
{
  return gs_feed_table_get (db, error);
}

static GPtrArray *
query (GsStore *store, GsStoreFunc func)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = gs_store_query (store, func, NULL, &error);

  g_assert_no_error (error);
  return rows;
}

/* Every stored event has exactly the bytes that the event of its id was made of. */
static void
assert_bytes (GsStore *store, guint expected_count)
{
  g_autoptr (GPtrArray) rows = query (store, list_events);

  g_assert_cmpuint (rows->len, ==, expected_count);
  for (guint i = 0; i < rows->len; i++)
    {
      const GsEventRow *row = g_ptr_array_index (rows, i);
      g_autoptr (GsIngestItem) item = test_event_new (row->id);

      g_assert_true (g_bytes_equal (row->raw, item->raw));
      g_assert_cmpstr (row->type, ==, item->type);
      g_assert_cmpstr (row->crossing, ==, item->crossing);
      g_assert_cmpint (row->time_utc_ms, ==, item->time_utc_ms);
      g_assert_false (row->identity_removed);
    }
}

static GsIngestResult *
ingest_range (GsStore *store, gint64 first, gint64 last)
{
  g_autoptr (GPtrArray) items = new_batch ();

  for (gint64 id = first; id <= last; id++)
    g_ptr_array_add (items, test_event_new (id));
  return test_ingest (store, TEST_EPOCH, items, NULL);
}

static void
test_order (void)
{
  g_autoptr (GsStore) store = open_memory ();
  g_autoptr (GsIngestResult) result = NULL;

  g_assert_cmpint (test_begin_epoch (store, TEST_EPOCH, 0), ==, 0);
  result = ingest_range (store, 1, 100);
  g_assert_cmpint (result->cursor, ==, 100);
  g_assert_cmpuint (result->n_new, ==, 100);
  g_assert_cmpint (result->hole_first, ==, 0);
  assert_bytes (store, 100);
}

static void
test_duplicates (void)
{
  g_autoptr (GsStore) store = open_memory ();

  test_begin_epoch (store, TEST_EPOCH, 0);
  gs_ingest_result_free (ingest_range (store, 1, 50));
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GsIngestResult) result = ingest_range (store, 31, 60);

      g_assert_cmpint (result->cursor, ==, 60);
      g_assert_cmpuint (result->n_new, ==, i == 0 ? 10 : 0);
      g_assert_cmpuint (result->n_quarantined, ==, 0);
      g_assert_cmpint (g_array_index (result->verdicts, GsIngestVerdict, 0), ==,
                       GS_INGEST_DUPLICATE);
    }
  assert_bytes (store, 60);
}

static void
test_hole (void)
{
  g_autoptr (GsStore) store = open_memory ();
  g_autoptr (GsIngestResult) ahead = NULL;
  g_autoptr (GsIngestResult) partly = NULL;
  g_autoptr (GsIngestResult) filled = NULL;

  test_begin_epoch (store, TEST_EPOCH, 0);
  gs_ingest_result_free (ingest_range (store, 1, 10));
  ahead = ingest_range (store, 15, 20);
  g_assert_cmpint (ahead->cursor, ==, 10);
  g_assert_cmpint (ahead->hole_first, ==, 11);
  g_assert_cmpint (ahead->hole_last, ==, 14);
  partly = ingest_range (store, 12, 13);
  g_assert_cmpint (partly->cursor, ==, 10);
  g_assert_cmpint (partly->hole_last, ==, 11);
  filled = ingest_range (store, 11, 14);
  g_assert_cmpint (filled->cursor, ==, 20);
  g_assert_cmpint (filled->hole_first, ==, 0);
  g_assert_cmpuint (filled->n_new, ==, 2);
  assert_bytes (store, 20);
}

static void
test_gap (void)
{
  g_autoptr (GsStore) store = open_memory ();
  g_autoptr (GPtrArray) items = new_batch ();
  g_autoptr (GPtrArray) gaps = NULL;
  g_autoptr (GsIngestResult) result = NULL;
  GsIngestItem *gap = gs_ingest_item_new (GS_INGEST_GAP, 4);

  test_begin_epoch (store, TEST_EPOCH, 0);
  gap->last_id = 6;
  for (gint64 id = 1; id <= 3; id++)
    g_ptr_array_add (items, test_event_new (id));
  g_ptr_array_add (items, gap);
  g_ptr_array_add (items, test_event_new (7));
  result = test_ingest (store, TEST_EPOCH, items, NULL);
  g_assert_cmpint (result->cursor, ==, 7);
  gaps = query (store, list_gaps);
  g_assert_cmpuint (gaps->len, ==, 1);
  g_assert_cmpint (((GsGapRow *) gaps->pdata[0])->first_id, ==, 4);
  g_assert_cmpint (((GsGapRow *) gaps->pdata[0])->last_id, ==, 6);
  assert_bytes (store, 4);
}

static void
test_other_content (void)
{
  g_autoptr (GsStore) store = open_memory ();
  g_autoptr (GPtrArray) items = new_batch ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GsIngestResult) result = NULL;
  GsIngestItem *other = test_event_new (4);
  const GsQuarantineRow *row;

  test_begin_epoch (store, TEST_EPOCH, 0);
  gs_ingest_result_free (ingest_range (store, 1, 5));
  g_bytes_unref (other->raw);
  other->raw = g_bytes_new_static ("{\"id\":\"4\",\"forged\":true}", 24);
  g_ptr_array_add (items, other);
  /* The same length and place of the identity, another name inside. */
  other = test_event_new (5);
  ((guint8 *) g_bytes_get_data (other->raw, NULL))[other->identity_start + 3] = 'X';
  g_ptr_array_add (items, other);
  g_ptr_array_add (items, test_event_new (6));
  result = test_ingest (store, TEST_EPOCH, items, NULL);
  g_assert_cmpint (result->cursor, ==, 6);
  g_assert_cmpint (g_array_index (result->verdicts, GsIngestVerdict, 0), ==, GS_INGEST_QUARANTINED);
  g_assert_cmpint (g_array_index (result->verdicts, GsIngestVerdict, 1), ==, GS_INGEST_QUARANTINED);
  g_assert_cmpint (g_array_index (result->verdicts, GsIngestVerdict, 2), ==, GS_INGEST_NEW);
  g_assert_cmpuint (result->n_quarantined, ==, 2);
  rows = query (store, list_quarantine);
  g_assert_cmpuint (rows->len, ==, 2);
  row = rows->pdata[0];
  g_assert_cmpint (row->id, ==, 4);
  g_assert_cmpstr (row->reason, ==, "other-content");
  g_assert_cmpmem (g_bytes_get_data (row->raw, NULL), g_bytes_get_size (row->raw),
                   "{\"id\":\"4\",\"forged\":true}", 24);
  assert_bytes (store, 6);
}

/* What the client could not read passes the cursor too, and a flaw of its own work is caught. */
static void
test_quarantine (void)
{
  g_autoptr (GsStore) store = open_memory ();
  g_autoptr (GPtrArray) items = new_batch ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GsIngestResult) result = NULL;
  GsIngestItem *item;

  test_begin_epoch (store, TEST_EPOCH, 0);
  g_ptr_array_add (items, test_event_new (1));
  item = gs_ingest_item_new (GS_INGEST_QUARANTINE, 2);
  item->raw = g_bytes_new_static ("not json", 8);
  item->reason = g_strdup ("not-json");
  g_ptr_array_add (items, item);
  item = gs_ingest_item_new (GS_INGEST_QUARANTINE, -1);
  item->raw = g_bytes_new_static ("\0\377", 2);
  g_ptr_array_add (items, item);
  item = test_event_new (3);
  item->identity_start = G_MAXSIZE;
  item->identity_length = 2;
  g_ptr_array_add (items, item);
  item = test_event_new (4);
  g_clear_pointer (&item->type, g_free);
  g_ptr_array_add (items, item);
  g_ptr_array_add (items, test_event_new (5));
  result = test_ingest (store, TEST_EPOCH, items, NULL);
  g_assert_cmpint (result->cursor, ==, 5);
  g_assert_cmpuint (result->n_quarantined, ==, 4);
  rows = query (store, list_quarantine);
  g_assert_cmpuint (rows->len, ==, 4);
  assert_bytes (store, 2);
}

static void
on_ingested (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gs_store_ingest_finish (GS_STORE (source), result, &error));
  g_assert_error (error, GS_STORE_ERROR, GS_STORE_ERROR_EPOCH);
  *(gboolean *) data = TRUE;
}

static void
test_epochs (void)
{
  g_autoptr (GsStore) store = open_memory ();
  g_autoptr (GPtrArray) items = new_batch ();
  g_autoptr (GsFeedPosition) position = NULL;
  const char *second = "5f0e2f0e-3f1c-4a5e-9d5e-0a52c1d8a002";
  gboolean done = FALSE;

  g_ptr_array_add (items, test_event_new (1));
  gs_store_ingest_async (store, TEST_EPOCH, items, NULL, NULL, on_ingested, &done);
  test_wait_until (&done);
  g_assert_cmpint (test_begin_epoch (store, TEST_EPOCH, 0), ==, 0);
  gs_ingest_result_free (ingest_range (store, 1, 9));
  g_assert_cmpint (test_begin_epoch (store, second, 500), ==, 500);
  done = FALSE;
  gs_store_ingest_async (store, TEST_EPOCH, items, NULL, NULL, on_ingested, &done);
  test_wait_until (&done);
  /* Going back to a known epoch goes on where it was. */
  g_assert_cmpint (test_begin_epoch (store, TEST_EPOCH, 700), ==, 9);
  position = (GsFeedPosition *) query (store, get_position);
  g_assert_cmpstr (position->epoch, ==, TEST_EPOCH);
  g_assert_cmpint (position->n_events, ==, 9);
}

/* The hall was restored: the same epoch, ids used again for other events. Nothing is lost or mixed.
 */
static void
test_anew (void)
{
  g_autoptr (GsStore) store = open_memory ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = new_batch ();
  g_autoptr (GsIngestResult) result = NULL;
  GsIngestItem *other = test_event_new (6);

  test_begin_epoch (store, TEST_EPOCH, 0);
  gs_ingest_result_free (ingest_range (store, 1, 9));
  g_assert_cmpint (gs_store_begin_epoch (store, TEST_EPOCH, 5, TRUE, 1, &error), ==, 5);
  g_assert_no_error (error);
  g_bytes_unref (other->raw);
  other->raw = g_bytes_new_static ("{\"other\":1}", 11);
  other->identity_length = 0;
  g_ptr_array_add (items, other);
  result = gs_store_ingest (store, TEST_EPOCH, items, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result->cursor, ==, 6);
  g_assert_cmpuint (result->n_quarantined, ==, 0);
  /* After a restart of the station the newest count goes on. */
  g_assert_cmpint (test_begin_epoch (store, TEST_EPOCH, 0), ==, 6);
}

/* Any mixture of duplicates, reordering and batches leaves each event once with its bytes, and the
 * cursor at the end of what is whole. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (int round = 0; round < 20; round++)
    {
      g_autoptr (GsStore) store = open_memory ();
      gboolean seen[301] = { FALSE };
      gint64 start = g_rand_int_range (rand, 0, 40);
      guint n_seen = 0;

      test_begin_epoch (store, TEST_EPOCH, start);
      for (int batch = 0; batch < 25; batch++)
        {
          g_autoptr (GPtrArray) items = new_batch ();
          g_autoptr (GsIngestResult) result = NULL;
          gint64 base = start + 1 + batch * 8, whole = start;

          for (int i = g_rand_int_range (rand, 1, 25); i > 0; i--)
            {
              gint64 id = base + g_rand_int_range (rand, -8, 9);

              if (id <= start || id > 300)
                continue;
              g_ptr_array_add (items, test_event_new (id));
              n_seen += seen[id] ? 0 : 1;
              seen[id] = TRUE;
            }
          while (whole < 300 && seen[whole + 1])
            whole++;
          result = test_ingest (store, TEST_EPOCH, items, NULL);
          g_assert_cmpint (result->cursor, ==, whole);
          if (result->hole_first != 0)
            {
              g_assert_cmpint (result->hole_first, ==, whole + 1);
              for (gint64 id = result->hole_first; id <= result->hole_last; id++)
                g_assert_false (seen[id]);
              g_assert_true (seen[result->hole_last + 1]);
            }
        }
      assert_bytes (store, n_seen);
    }
}

static gpointer
count_entries (GsDatabase *db, gpointer data, GError **error)
{
  return gs_record_table_list (db, 0, 1000, error);
}

static void
test_entries (void)
{
  g_autoptr (GsStore) store = open_memory ();
  g_autoptr (GPtrArray) rows = NULL;

  test_begin_epoch (store, TEST_EPOCH, 0);
  for (gint64 id = 1; id < 2500; id += 100)
    gs_ingest_result_free (ingest_range (store, id, id + 99));
  rows = query (store, count_entries);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpstr (((GsRecordRow *) rows->pdata[0])->kind, ==, "feed.epoch");
  g_assert_cmpstr (((GsRecordRow *) rows->pdata[1])->detail, ==,
                   "cursor=1000 events=1000 quarantined=0 gaps=0");
  g_assert_cmpstr (((GsRecordRow *) rows->pdata[2])->detail, ==,
                   "cursor=2000 events=2000 quarantined=0 gaps=0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_log_sql ();
  g_test_add_func ("/store/ingest/order", test_order);
  g_test_add_func ("/store/ingest/duplicates", test_duplicates);
  g_test_add_func ("/store/ingest/hole", test_hole);
  g_test_add_func ("/store/ingest/gap", test_gap);
  g_test_add_func ("/store/ingest/other-content", test_other_content);
  g_test_add_func ("/store/ingest/quarantine", test_quarantine);
  g_test_add_func ("/store/ingest/epochs", test_epochs);
  g_test_add_func ("/store/ingest/anew", test_anew);
  g_test_add_func ("/store/ingest/random", test_random);
  g_test_add_func ("/store/ingest/record-entries", test_entries);
  return g_test_run ();
}
