/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gs-decision-table.h"
#include "gs-event-table.h"
#include "gs-feed-table.h"
#include "gs-retention.h"
#include "gs-test-store.h"

#define N_EVENTS 400

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
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_ingest_item_free);

  fixture->directory = test_directory_new ();
  fixture->path = g_build_filename (fixture->directory, "desk.db", NULL);
  fixture->store = gs_store_open (fixture->path, &error);
  g_assert_no_error (error);
  test_begin_epoch (fixture->store, TEST_EPOCH, 0);
  for (gint64 id = 1; id <= N_EVENTS; id++)
    g_ptr_array_add (items, test_event_new (id));
  gs_ingest_result_free (test_ingest (fixture->store, TEST_EPOCH, items, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gs_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_free (fixture->path);
  test_directory_remove (fixture->directory);
}

/* Whether the bytes stand in the database, its log or its index, as any tool on the disk would find
 * them. */
static gboolean
is_on_disk (Fixture *fixture, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      if (memmem (bytes, length, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gs_store_forget_finish (GS_STORE (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static gpointer
events_of (GsDatabase *db, gpointer crossing, GError **error)
{
  return gs_event_table_of_crossing (db, crossing, error);
}

static void
test_forget (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsIngestItem) item = test_event_new (200);
  g_autofree char *name = test_event_dup_name (200);
  g_autofree char *other = test_event_dup_name (250);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  g_assert_true (is_on_disk (fixture, name));
  g_assert_true (is_on_disk (fixture, "D00000200"));
  gs_store_forget_async (fixture->store, item->crossing, NULL, 1, NULL, on_forgotten, &done);
  test_wait_until (&done);
  g_assert_false (is_on_disk (fixture, name));
  g_assert_false (is_on_disk (fixture, "D00000200"));
  g_assert_true (is_on_disk (fixture, other));
  /* The events stay, without the traveller. */
  rows = gs_store_query (fixture->store, events_of, item->crossing, &error);
  g_assert_cmpuint (rows->len, ==, 8);
  g_assert_true (((GsEventRow *) rows->pdata[0])->identity_removed);
}

/* After deletion the hall may send the event again: it is known, and the name does not come back.
 */
static void
test_duplicate_after_forget (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_ingest_item_free);
  g_autoptr (GsIngestResult) result = NULL;
  g_autofree char *name = test_event_dup_name (200);
  GsIngestItem *item = test_event_new (200);
  gboolean done = FALSE;

  g_ptr_array_add (items, item);
  gs_store_forget_async (fixture->store, item->crossing, NULL, 1, NULL, on_forgotten, &done);
  test_wait_until (&done);
  result = test_ingest (fixture->store, TEST_EPOCH, items, NULL);
  g_assert_cmpint (g_array_index (result->verdicts, GsIngestVerdict, 0), ==, GS_INGEST_DUPLICATE);
  g_assert_false (is_on_disk (fixture, name));
}

static gpointer
add_notes (GsDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"note\":\"speaks of MUSTERNOTE\"}", 31);
  GsDecisionRow row = { .key = (char *) "k1",
                        .crossing = data,
                        .outcome = (char *) "second-line",
                        .officer = (char *) "kato",
                        .body = body,
                        .state = GS_DECISION_PENDING };

  gs_decision_table_add (db, &row, error);
  return NULL;
}

static gpointer
settle (GsDatabase *db, gpointer data, GError **error)
{
  gs_decision_table_settle (db, "k1", GS_DECISION_SENT, 5, 201, NULL, error);
  return NULL;
}

/* A note that is still to be sent is kept; one that was sent goes with the identity. */
static void
test_note (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsIngestItem) item = test_event_new (200);
  g_autoptr (GError) error = NULL;
  GsRecordEntry entry = { .kind = "decision" };
  gboolean done = FALSE;

  gs_store_transact (fixture->store, &entry, add_notes, item->crossing, &error);
  gs_store_forget_async (fixture->store, item->crossing, NULL, 1, NULL, on_forgotten, &done);
  test_wait_until (&done);
  g_assert_true (is_on_disk (fixture, "MUSTERNOTE"));
  gs_store_transact (fixture->store, &entry, settle, NULL, &error);
  done = FALSE;
  gs_store_forget_async (fixture->store, item->crossing, NULL, 1, NULL, on_forgotten, &done);
  test_wait_until (&done);
  g_assert_false (is_on_disk (fixture, "MUSTERNOTE"));
  g_assert_no_error (error);
}

static void
on_purged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(gint64 *) data = gs_store_purge_finish (GS_STORE (source), result, &error);
  g_assert_no_error (error);
}

static gpointer
put_live (GsDatabase *db, gpointer data, GError **error)
{
  GsCrossingRow row = { .crossing = data,
                        .state = (char *) "admitted",
                        .reasons = (char *) "",
                        .started_at_utc_ms = 1,
                        .live = TRUE };

  gs_crossing_table_put (db, &row, error);
  return NULL;
}

/* Everything older goes, but what is still needed. */
static void
test_purge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsIngestItem) live = test_event_new (100);
  g_autoptr (GsIngestItem) limit = test_event_new (301);
  g_autoptr (GError) error = NULL;
  GsRecordEntry entry = { .kind = "test" };
  gint64 count = -2;
  gboolean done;

  gs_store_transact (fixture->store, &entry, put_live, live->crossing, &error);
  gs_store_purge_async (fixture->store, limit->time_utc_ms, G_MAXINT64, 1, NULL, on_purged, &count);
  for (gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
       count == -2 && g_get_monotonic_time () < deadline;)
    g_main_context_iteration (NULL, TRUE);
  done = count > 0;
  g_assert_true (done);
  for (gint64 id = 5; id <= N_EVENTS; id += 5)
    {
      g_autofree char *name = test_event_dup_name (id);
      g_autoptr (GsIngestItem) item = test_event_new (id);
      gboolean kept = id > 300 || g_str_equal (item->crossing, live->crossing);

      /* A crossing that has a younger event may be kept whole or go in part. */
      if (id / 8 == 300 / 8)
        continue;
      g_assert_cmpint (is_on_disk (fixture, name), ==, kept);
    }
}

/* No personal data anywhere but in the identity table while it is kept: empty that, and nothing is
 * left. */
static void
test_one_place (Fixture *fixture, gconstpointer data)
{
  gint64 count = -2;

  gs_store_purge_async (fixture->store, G_MAXINT64, G_MAXINT64, 1, NULL, on_purged, &count);
  while (count == -2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (count, ==, 51);
  g_assert_false (is_on_disk (fixture, "MUSTERTRAVELLER"));
  g_assert_false (is_on_disk (fixture, "document_number\":"));
}

#define ADD(path, function)                                                                        \
  g_test_add ("/store/privacy/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_log_sql ();
  ADD ("forget", test_forget);
  ADD ("duplicate-after-forget", test_duplicate_after_forget);
  ADD ("note", test_note);
  ADD ("purge", test_purge);
  ADD ("one-place", test_one_place);
  return g_test_run ();
}
