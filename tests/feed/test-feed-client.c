/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-fake-feed.h"
#include "gs-feed-client.h"

#define DEADLINE_US (10 * G_USEC_PER_SEC)

/* What the sink saw, one word an item: "3" event, "!3" quarantine, "~4-6" gap, "=0" reset, "r3"
 * repeated. */
typedef struct
{
  GsFakeFeed *hall;
  GsFeedClient *client;
  GMutex lock;
  GString *seen;
  gint64 cursor;
  guint largest_batch;
  gboolean refuse;
  GString *states; /* first letters */
  int last_code;
  guint hall_answers;
} Fixture;

static gboolean
on_items (GPtrArray *items, gint64 cursor, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_mutex_lock (&fixture->lock);
  if (fixture->refuse)
    {
      g_mutex_unlock (&fixture->lock);
      return FALSE;
    }
  for (guint i = 0; i < items->len; i++)
    {
      const GsFeedItem *item = items->pdata[i];
      const char *repeated = item->repeated ? "r" : "";

      if (item->kind == GS_FEED_ITEM_GAP)
        g_string_append_printf (fixture->seen, " ~%d-%d", (int) item->id, (int) item->last_id);
      else if (item->kind == GS_FEED_ITEM_RESET)
        g_string_append_printf (fixture->seen, " =%s%d", gs_feed_reset_to_word (item->reset),
                                (int) item->id);
      else
        g_string_append_printf (fixture->seen, " %s%s%d", repeated,
                                item->kind == GS_FEED_ITEM_QUARANTINE ? "!" : "", (int) item->id);
    }
  fixture->cursor = cursor;
  fixture->largest_batch = MAX (fixture->largest_batch, items->len);
  g_mutex_unlock (&fixture->lock);
  return TRUE;
}

static void
on_state (GsFeedClient *client, const GsFeedStatus *status, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append_c (fixture->states, *gs_feed_state_to_word (status->state));
  if (status->state == GS_FEED_STATE_DISCONNECTED)
    {
      fixture->last_code = status->error_code;
      g_assert_nonnull (status->reason);
      g_assert_cmpint (status->next_try_monotonic_us, >, 0);
    }
}

static void
on_hall (GsFeedClient *client, const GsHallStatus *status, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->hall_answers++;
  g_assert_cmpint (status->sent_monotonic_us, >, 0);
  g_assert_cmpint (status->received_monotonic_us, >=, status->sent_monotonic_us);
  g_assert_true (status->synchronised);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallAccess) access = NULL;

  g_mutex_init (&fixture->lock);
  fixture->seen = g_string_new (NULL);
  fixture->states = g_string_new (NULL);
  fixture->hall = gs_fake_feed_new ();
  url = gs_fake_feed_get_url (fixture->hall);
  access = gs_hall_access_new (url, &error);
  g_assert_no_error (error);
  fixture->client = gs_feed_client_new (access, on_items, on_state, on_hall, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gs_feed_client_stop (fixture->client);
  g_clear_object (&fixture->client);
  gs_fake_feed_free (fixture->hall);
  g_string_free (fixture->seen, TRUE);
  g_string_free (fixture->states, TRUE);
  g_mutex_clear (&fixture->lock);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

typedef gboolean (*Condition) (Fixture *fixture, gconstpointer data);

static void
wait_until (Fixture *fixture, Condition condition, gconstpointer data)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;
  guint tick = g_timeout_add (5, on_tick, NULL);

  while (!condition (fixture, data))
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("Not reached: \"%s\"; seen \"%s\", states \"%s\"", (const char *) data,
                 fixture->seen->str, fixture->states->str);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
}

static gboolean
has_seen (Fixture *fixture, gconstpointer text)
{
  gboolean seen;

  g_mutex_lock (&fixture->lock);
  seen = g_strcmp0 (fixture->seen->str, text) == 0;
  g_mutex_unlock (&fixture->lock);
  return seen;
}

static gboolean
ends_with_state (Fixture *fixture, gconstpointer text)
{
  return g_str_has_suffix (fixture->states->str, text);
}

static gboolean
is_streaming (Fixture *fixture, gconstpointer text)
{
  return gs_fake_feed_count_streams (fixture->hall) > 0 && ends_with_state (fixture, "l");
}

static void
expect (Fixture *fixture, const char *seen)
{
  wait_until (fixture, has_seen, seen);
}

static void
go_live (Fixture *fixture, gint64 cursor, const char *epoch)
{
  gs_feed_client_start (fixture->client, cursor, epoch);
  wait_until (fixture, is_streaming, "streaming");
}

static const char *const epoch = "0d9a2f5e-8a43-4f0e-9d51-3e2b1c0a9f77";

static void
test_first_start (Fixture *fixture, gconstpointer data)
{
  gs_fake_feed_set_oldest (fixture->hall, 5);
  for (int id = 5; id <= 7; id++)
    gs_fake_feed_add (fixture->hall, id, NULL, FALSE);
  go_live (fixture, 0, NULL);
  expect (fixture, " =first4 5 6 7");
  gs_fake_feed_add (fixture->hall, 8, NULL, TRUE);
  gs_fake_feed_send (fixture->hall, ": hb\n\n");
  gs_fake_feed_add (fixture->hall, 9, NULL, TRUE);
  expect (fixture, " =first4 5 6 7 8 9");
  gs_fake_feed_add (fixture->hall, 10, NULL, TRUE);
  expect (fixture, " =first4 5 6 7 8 9 10");
  gs_fake_feed_add (fixture->hall, 11, NULL, TRUE);
  expect (fixture, " =first4 5 6 7 8 9 10 11");
  g_assert_cmpint (fixture->cursor, ==, 11);
  g_assert_cmpstr (fixture->states->str, ==, "ccl");
  g_assert_cmpuint (fixture->hall_answers, ==, 1);
  g_assert_true (gs_feed_client_is_fresh (fixture->client));
  g_assert_cmpint (gs_fake_feed_get_last_event_id (fixture->hall), ==, 7);
}

static void
test_pages_and_batches (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) expected = g_string_new (NULL);

  for (int id = 1; id <= 2345; id++)
    {
      gs_fake_feed_add (fixture->hall, id, NULL, FALSE);
      if (id > 10)
        g_string_append_printf (expected, " %d", id);
    }
  go_live (fixture, 10, epoch);
  expect (fixture, expected->str);
  g_assert_cmpuint (gs_fake_feed_count_pages (fixture->hall), ==, 3);
  g_assert_cmpuint (fixture->largest_batch, ==, 100);
}

static void
test_hole_is_fetched (Fixture *fixture, gconstpointer data)
{
  gs_fake_feed_add (fixture->hall, 1, NULL, FALSE);
  go_live (fixture, 1, epoch);
  gs_fake_feed_add (fixture->hall, 2, NULL, FALSE);
  gs_fake_feed_add (fixture->hall, 3, NULL, FALSE);
  gs_fake_feed_add (fixture->hall, 4, NULL, TRUE);
  expect (fixture, " 2 3 4");
  g_assert_cmpuint (gs_fake_feed_count_pages (fixture->hall), ==, 1);
}

static void
test_gap_is_named (Fixture *fixture, gconstpointer data)
{
  go_live (fixture, 0, epoch);
  gs_fake_feed_add (fixture->hall, 1, NULL, TRUE);
  gs_fake_feed_add (fixture->hall, 3, NULL, FALSE);
  gs_fake_feed_add (fixture->hall, 7, NULL, TRUE);
  gs_fake_feed_add (fixture->hall, 8, NULL, TRUE);
  expect (fixture, " 1 ~2-2 3 ~4-6 7 8");
}

static void
test_reorder_and_duplicate (Fixture *fixture, gconstpointer data)
{
  g_autofree char *two = gs_fake_feed_make_event (2, NULL);
  g_autofree char *late = g_strdup_printf ("id: 2\ndata: %s\n\n", two);

  go_live (fixture, 0, epoch);
  gs_fake_feed_add (fixture->hall, 1, NULL, TRUE);
  gs_fake_feed_add (fixture->hall, 2, NULL, FALSE);
  gs_fake_feed_add (fixture->hall, 3, NULL, TRUE);
  gs_fake_feed_send (fixture->hall, late);
  gs_fake_feed_add (fixture->hall, 4, NULL, TRUE);
  expect (fixture, " 1 2 3 r2 4");
}

static void
test_garbage_goes_on (Fixture *fixture, gconstpointer data)
{
  go_live (fixture, 0, epoch);
  gs_fake_feed_send (fixture->hall, "id: 1\ndata: {not json\n\n");
  gs_fake_feed_send (fixture->hall, "data: no id at all\n\n");
  gs_fake_feed_add (fixture->hall, 2, NULL, TRUE);
  gs_fake_feed_send (fixture->hall, "id: 99\ndata: {\"specversion\":\"1.0\",\"id\":\"3\"}\n\n");
  expect (fixture, " !1 !-1 2 ~3-98 !99");
  g_assert_cmpstr (fixture->states->str, ==, "cl");
}

/* An element that breaks the whole page's brackets is cut out, and nothing else is lost. */
static void
test_broken_page (Fixture *fixture, gconstpointer data)
{
  for (int id = 1; id <= 30; id++)
    gs_fake_feed_add (fixture->hall, id, id == 17 ? "{\"broken\":[" : NULL, FALSE);
  go_live (fixture, 0, epoch);
  expect (fixture, " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 !17 18 19 20 21 22 23 24 25 26 27 28 29"
                   " 30");
}

static void
test_reconnect (Fixture *fixture, gconstpointer data)
{
  gs_fake_feed_add (fixture->hall, 1, NULL, FALSE);
  go_live (fixture, 0, epoch);
  expect (fixture, " 1");
  gs_fake_feed_end_streams (fixture->hall);
  wait_until (fixture, ends_with_state, "d");
  g_assert_cmpint (fixture->last_code, ==, 0);
  g_assert_false (gs_feed_client_is_fresh (fixture->client));
  gs_fake_feed_add (fixture->hall, 2, NULL, FALSE);
  wait_until (fixture, is_streaming, "again");
  gs_fake_feed_cut_streams (fixture->hall);
  wait_until (fixture, ends_with_state, "d");
  g_assert_true (fixture->last_code == 0 || fixture->last_code == GS_HALL_ERROR_UNREACHABLE);
  wait_until (fixture, is_streaming, "once more");
  gs_fake_feed_add (fixture->hall, 3, NULL, TRUE);
  expect (fixture, " 1 2 3");
}

/* A hall at another address with the same log, as after a renewal. */
static GsFakeFeed *
renewed_hall (Fixture *fixture, gint64 last, GsHallAccess **access)
{
  GsFakeFeed *hall = gs_fake_feed_new ();
  g_autofree char *url = gs_fake_feed_get_url (hall);

  for (gint64 id = 1; id <= last; id++)
    gs_fake_feed_add (hall, id, NULL, FALSE);
  *access = gs_hall_access_new (url, NULL);
  g_assert_nonnull (*access);
  return hall;
}

static gboolean
streams_from (Fixture *fixture, gconstpointer hall)
{
  return gs_fake_feed_count_streams ((GsFakeFeed *) hall) > 0;
}

/* A renewed access is used from the next connection on: the present one is not lost for it. */
static void
test_renewed_access (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsHallAccess) access = NULL;
  g_autoptr (GsFakeFeed) other = renewed_hall (fixture, 3, &access);

  gs_fake_feed_add (fixture->hall, 1, NULL, FALSE);
  go_live (fixture, 0, epoch);
  expect (fixture, " 1");
  gs_feed_client_set_access (fixture->client, access, FALSE);
  gs_fake_feed_add (fixture->hall, 2, NULL, TRUE);
  expect (fixture, " 1 2");
  g_assert_cmpuint (gs_fake_feed_count_connects (other), ==, 0);
  g_assert_cmpstr (fixture->states->str, ==, "ccl");
  gs_fake_feed_end_streams (fixture->hall);
  wait_until (fixture, streams_from, other);
  expect (fixture, " 1 2 3");
  g_assert_cmpuint (gs_fake_feed_count_connects (fixture->hall), ==, 1);
  gs_feed_client_stop (fixture->client);
}

/* With reconnect the present connection is left at once, and no event is lost or seen twice. */
static void
test_renewed_access_now (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsHallAccess) access = NULL;
  g_autoptr (GsFakeFeed) other = renewed_hall (fixture, 3, &access);

  gs_fake_feed_add (fixture->hall, 1, NULL, FALSE);
  go_live (fixture, 0, epoch);
  expect (fixture, " 1");
  gs_feed_client_set_access (fixture->client, access, TRUE);
  wait_until (fixture, streams_from, other);
  expect (fixture, " 1 2 3");
  gs_fake_feed_add (fixture->hall, 2, NULL, TRUE); /* the old hall is no longer heard */
  gs_fake_feed_add (other, 4, NULL, TRUE);
  expect (fixture, " 1 2 3 4");
  g_assert_cmpuint (gs_fake_feed_count_connects (fixture->hall), ==, 1);
  gs_feed_client_stop (fixture->client);
}

static void
test_new_epoch (Fixture *fixture, gconstpointer data)
{
  gs_fake_feed_add (fixture->hall, 1, NULL, FALSE);
  go_live (fixture, 1, epoch);
  gs_fake_feed_set_epoch (fixture->hall, "7e5d1a90-2c11-4f5e-8a20-5b9f4a1f0c33");
  gs_fake_feed_add (fixture->hall, 1, NULL, FALSE);
  gs_fake_feed_end_streams (fixture->hall);
  expect (fixture, " =epoch0 1");
}

static void
test_ahead_and_gone (Fixture *fixture, gconstpointer data)
{
  gs_fake_feed_add (fixture->hall, 1, NULL, FALSE);
  go_live (fixture, 7, epoch);
  expect (fixture, " =ahead1");
  gs_fake_feed_set_oldest (fixture->hall, 5);
  gs_fake_feed_add (fixture->hall, 5, NULL, FALSE);
  gs_fake_feed_end_streams (fixture->hall);
  expect (fixture, " =ahead1 =gone1 ~2-4 5");
}

static void
test_wrong_answers (Fixture *fixture, gconstpointer data)
{
  gs_fake_feed_set_stream_type (fixture->hall, "text/html");
  gs_feed_client_start (fixture->client, 0, epoch);
  wait_until (fixture, ends_with_state, "d");
  g_assert_cmpint (fixture->last_code, ==, GS_HALL_ERROR_PROTOCOL);
  g_assert_null (g_strstr_len (fixture->states->str, -1, "l"));
  gs_fake_feed_set_stream_type (fixture->hall, "text/event-stream; charset=utf-8");
  gs_fake_feed_set_stream_status (fixture->hall, 409);
  gs_feed_client_try_now (fixture->client);
  wait_until (fixture, ends_with_state, "dcd");
  gs_fake_feed_set_stream_status (fixture->hall, 403);
  gs_feed_client_try_now (fixture->client);
  wait_until (fixture, ends_with_state, "dcdcd");
  g_assert_cmpint (fixture->last_code, ==, GS_HALL_ERROR_REFUSED);
  gs_fake_feed_set_stream_status (fixture->hall, 0);
  gs_feed_client_try_now (fixture->client);
  wait_until (fixture, is_streaming, "right at last");
}

/* What the sink refused comes again. */
static void
test_sink_refuses (Fixture *fixture, gconstpointer data)
{
  fixture->refuse = TRUE;
  gs_fake_feed_add (fixture->hall, 1, NULL, FALSE);
  gs_feed_client_start (fixture->client, 0, NULL);
  wait_until (fixture, ends_with_state, "d");
  g_mutex_lock (&fixture->lock);
  fixture->refuse = FALSE;
  g_mutex_unlock (&fixture->lock);
  gs_feed_client_try_now (fixture->client);
  expect (fixture, " =first0 1");
}

/* The page for a hole cannot be had: nothing is called a gap that the hall was not asked for. */
static void
test_hole_without_pages (Fixture *fixture, gconstpointer data)
{
  gs_fake_feed_add (fixture->hall, 1, NULL, FALSE);
  go_live (fixture, 1, epoch);
  gs_fake_feed_set_pages (fixture->hall, FALSE);
  gs_fake_feed_add (fixture->hall, 2, NULL, FALSE);
  gs_fake_feed_add (fixture->hall, 3, NULL, TRUE);
  wait_until (fixture, ends_with_state, "d");
  g_assert_cmpint (fixture->last_code, ==, GS_HALL_ERROR_BUSY);
  gs_fake_feed_set_pages (fixture->hall, TRUE);
  expect (fixture, " 2 3");
}

static void
test_stop_while_connecting (Fixture *fixture, gconstpointer data)
{
  gs_feed_client_start (fixture->client, 0, NULL);
  gs_feed_client_stop (fixture->client);
  g_assert_cmpstr (fixture->states->str, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/feed/client/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("first-start", test_first_start);
  ADD ("pages-and-batches", test_pages_and_batches);
  ADD ("hole-is-fetched", test_hole_is_fetched);
  ADD ("gap-is-named", test_gap_is_named);
  ADD ("reorder-and-duplicate", test_reorder_and_duplicate);
  ADD ("garbage-goes-on", test_garbage_goes_on);
  ADD ("broken-page", test_broken_page);
  ADD ("reconnect", test_reconnect);
  ADD ("renewed-access", test_renewed_access);
  ADD ("renewed-access-now", test_renewed_access_now);
  ADD ("new-epoch", test_new_epoch);
  ADD ("ahead-and-gone", test_ahead_and_gone);
  ADD ("wrong-answers", test_wrong_answers);
  ADD ("sink-refuses", test_sink_refuses);
  ADD ("hole-without-pages", test_hole_without_pages);
  ADD ("stop-while-connecting", test_stop_while_connecting);
  return g_test_run ();
}
