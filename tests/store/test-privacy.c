/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gs-case-table.h"
#include "gs-claim-table.h"
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

static gint64
run_purge (Fixture *fixture, gint64 identity_before, gint64 case_before)
{
  GsRetentionLimits limits = { identity_before, case_before, G_MAXINT64 };
  gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC, count = -2;

  gs_store_purge_async (fixture->store, &limits, 1, NULL, on_purged, &count);
  while (count == -2 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  return count;
}

/* The crossings of events 88 to 95 (over, but somebody still has to say what is on the page), 96 to
 * 103 (live), 104 to 111 (over), 112 to 119 (a closed case), 120 to 127 (an open case); the others
 * have no row. */
static gpointer
put_rows (GsDatabase *db, gpointer data, GError **error)
{
  for (int i = 11; i < 16; i++)
    {
      g_autofree char *crossing = g_strdup_printf ("00000000-0000-4000-8000-%012d", i);
      GsCrossingRow row = { .crossing = crossing,
                            .state = (char *) "admitted",
                            .reasons = (char *) "",
                            .referred_at_utc_ms = i >= 14 ? 1 : 0,
                            .live = i == 12 || i == 15 };
      GsCaseRow open_case = { .crossing = crossing,
                              .state = i == 14 ? GS_CASE_CLOSED : GS_CASE_TAKEN,
                              .reasons = (char *) "B05" };

      GsClaimRow claim = { .crossing = crossing,
                           .stamp = (char *) "00000000-0000-4000-8000-00000000aaaa",
                           .desk = (char *) "desk-3",
                           .officer = (char *) "officer",
                           .state = GS_CLAIM_IN_DOUBT,
                           .requested_at_utc_ms = 1 };
      gboolean won;

      if (!gs_crossing_table_put (db, &row, error)
          || (i == 11 && !gs_claim_table_claim (db, &claim, &won, error))
          || (i >= 14 && !gs_case_table_put (db, &open_case, error)))
        return NULL;
    }
  return NULL;
}

static gboolean
is_kept (Fixture *fixture, gint64 id)
{
  g_autofree char *name = test_event_dup_name (id);

  return is_on_disk (fixture, name);
}

/* Clean: until the window closes, at most to the limit. A case: to its own limit, and while open.
 */
static void
test_purge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsIngestItem) limit = test_event_new (301);
  g_autoptr (GError) error = NULL;
  GsRecordEntry entry = { .kind = "test" };

  gs_store_transact (fixture->store, &entry, put_rows, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run_purge (fixture, 0, 0), ==, 1);
  g_assert_true (is_kept (fixture, 100));
  g_assert_false (is_kept (fixture, 105));
  g_assert_true (is_kept (fixture, 90));
  g_assert_true (is_kept (fixture, 200));
  g_assert_cmpint (run_purge (fixture, limit->time_utc_ms, 0), >, 30);
  g_assert_false (is_kept (fixture, 90));
  g_assert_false (is_kept (fixture, 100));
  g_assert_false (is_kept (fixture, 200));
  g_assert_true (is_kept (fixture, 115));
  g_assert_true (is_kept (fixture, 120));
  g_assert_true (is_kept (fixture, 310));
  g_assert_cmpint (run_purge (fixture, limit->time_utc_ms, limit->time_utc_ms), ==, 1);
  g_assert_false (is_kept (fixture, 115));
  g_assert_true (is_kept (fixture, 120));
  g_assert_true (is_kept (fixture, 310));
}

/* No personal data anywhere but in the identity table while it is kept: empty that, and nothing is
 * left. */
static void
test_one_place (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (run_purge (fixture, G_MAXINT64, G_MAXINT64), ==, 51);
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
