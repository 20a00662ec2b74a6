/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gs-cloud-event.h"
#include "gs-ingest.h"
#include "gs-intake.h"
#include "gs-test-desk.h"
#include "gs-time.h"

/* Between feed and desk: only what is committed and new is handed on. */

#define EPOCH "5f0e2f0e-3f1c-4a5e-9d5e-0a52c1d8a001"

typedef struct
{
  TestDesk base;
  GsIntake *intake;
  GPtrArray *got; /* GsFeedItem */
  guint deliveries;
} Fixture;

static void
on_items (GsIntake *intake, GPtrArray *items, gpointer data)
{
  Fixture *fixture = data;

  fixture->deliveries++;
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (fixture->got, gs_feed_item_ref (g_ptr_array_index (items, i)));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  test_desk_set_up (&fixture->base, data);
  fixture->got = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_feed_item_unref);
  test_begin_epoch (fixture->base.store, EPOCH, 0);
  fixture->intake = gs_intake_new (fixture->base.store, on_items, fixture);
  gs_intake_prepare (fixture->intake, EPOCH, none);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gs_intake_close (fixture->intake);
  g_clear_object (&fixture->intake);
  g_ptr_array_unref (fixture->got);
  test_desk_tear_down (&fixture->base, data);
}

static GsFeedItem *
new_item (gint64 id, const char *type, const char *members)
{
  g_autofree char *text = g_strdup_printf (
    "{\"specversion\":\"1.0\",\"id\":\"%" G_GINT64_FORMAT
    "\",\"source\":\"https://hall.uto.example/\",\"type\":\"org.gateside.crossing.%s.v1\","
    "\"time\":\"2026-11-18T09:46:40.000Z\",\"subject\":\"" TEST_CROSSING "\",\"data\":{%s}}",
    id, type, members);
  g_autoptr (GBytes) raw = g_bytes_new (text, strlen (text));

  return gs_cloud_event_parse (raw, id);
}

#define STARTED "\"gate\":\"gate-1\",\"direction\":\"arrival\""

typedef struct
{
  GsIntake *intake;
  GPtrArray *items;
  gboolean safe;
} Sink;

static gpointer
sink_in_thread (gpointer data)
{
  Sink *sink = data;
  const GsFeedItem *last = g_ptr_array_index (sink->items, sink->items->len - 1);

  sink->safe = gs_intake_sink (sink->items, last->id, sink->intake);
  return NULL;
}

/* As the feed does, on a thread of its own. Takes item. */
static gboolean
sink_one (Fixture *fixture, GsFeedItem *item)
{
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_feed_item_unref);
  Sink sink = { fixture->intake, items, FALSE };

  g_ptr_array_add (items, item);
  g_thread_join (g_thread_new ("feed", sink_in_thread, &sink));
  return sink.safe;
}

static gpointer
count_events (GsDatabase *db, gpointer data, GError **error)
{
  gint64 count = -1;

  gs_database_get_int (db, "SELECT COUNT(*) FROM event", &count, error);
  return GINT_TO_POINTER ((int) count);
}

/* Nothing comes from within the sink; what comes is in the database. */
static void
test_committed_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sink_one (fixture, new_item (1, "started", STARTED)));
  g_assert_cmpuint (fixture->got->len, ==, 0);
  test_until (fixture->got->len == 1);
  g_assert_cmpint (
    GPOINTER_TO_INT (gs_store_query (fixture->base.store, count_events, NULL, &error)), ==, 1);
  g_assert_no_error (error);
}

/* The same event again, as after a reconnect, is told once. */
static void
test_duplicate (Fixture *fixture, gconstpointer data)
{
  g_assert_true (sink_one (fixture, new_item (1, "started", STARTED)));
  g_assert_true (sink_one (fixture, new_item (1, "started", STARTED)));
  g_assert_true (sink_one (fixture, new_item (2, "customs", "")));
  test_until (fixture->got->len >= 2);
  g_assert_cmpuint (fixture->got->len, ==, 2);
  g_assert_cmpint (((GsFeedItem *) g_ptr_array_index (fixture->got, 1))->id, ==, 2);
}

/* However many batches came between two turns, one call brings them all. */
static void
test_one_delivery (Fixture *fixture, gconstpointer data)
{
  for (gint64 id = 1; id <= 20; id++)
    g_assert_true (sink_one (fixture, new_item (id, "started", STARTED)));
  test_until (fixture->got->len == 20);
  g_assert_cmpuint (fixture->deliveries, ==, 1);
}

/* What cannot be stored is not safe and is not shown. */
static void
test_store_failure (Fixture *fixture, gconstpointer data)
{
  gs_store_close (fixture->base.store);
  g_assert_false (sink_one (fixture, new_item (1, "started", STARTED)));
  for (int i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fixture->got->len, ==, 0);
}

/* A referral with a flaw still names its crossing, and comes to the desk. */
static void
test_flawed_referral (Fixture *fixture, gconstpointer data)
{
  GsFeedItem *item =
    new_item (1, "referred", "\"gate\":\"gate-1\",\"reasons\":[\"E02\"],\"traveller\":7");
  const GsFeedItem *got;
  GsCase *found;

  g_assert_cmpint (item->kind, ==, GS_FEED_ITEM_QUARANTINE);
  g_assert_cmpstr (item->referral_crossing, ==, TEST_CROSSING);
  g_assert_true (sink_one (fixture, item));
  test_until (fixture->got->len == 1);
  g_assert_cmpuint (gs_intake_get_quarantined (fixture->intake), ==, 1);
  got = g_ptr_array_index (fixture->got, 0);
  found = gs_case_book_add_flawed_referral (fixture->base.book, got->referral_crossing,
                                            got->referral_gate,
                                            (const char *const *) got->referral_reasons, TEST_NOW);
  g_assert_true (gs_case_is_waiting (found));
  g_assert_cmpstr (gs_case_get_crossing (found)->gate, ==, "gate-1");
}

/* Closed, it delivers nothing more, not even what was waiting. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_assert_true (sink_one (fixture, new_item (1, "started", STARTED)));
  gs_intake_close (fixture->intake);
  for (int i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fixture->got->len, ==, 0);
}

static gboolean
draw_again (gpointer data)
{
  ++*(guint *) data;
  return G_SOURCE_CONTINUE;
}

/* A window that draws without a pause (GTK draws at G_PRIORITY_HIGH_IDLE + 20) does not keep an
 * event waiting. */
static void
test_before_drawing (Fixture *fixture, gconstpointer data)
{
  guint frames = 0;
  guint drawing = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, draw_again, &frames, NULL);

  g_assert_true (sink_one (fixture, new_item (1, "started", STARTED)));
  while (fixture->got->len == 0 && frames < 100)
    g_main_context_iteration (NULL, FALSE);
  g_source_remove (drawing);
  g_assert_cmpuint (fixture->got->len, ==, 1);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/station/intake/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* A failing store warns, as it must. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  ADD ("committed-first", test_committed_first);
  ADD ("duplicate-told-once", test_duplicate);
  ADD ("one-delivery-a-turn", test_one_delivery);
  ADD ("store-failure-shows-nothing", test_store_failure);
  ADD ("flawed-referral-comes-to-the-desk", test_flawed_referral);
  ADD ("closed-delivers-nothing", test_closed);
  ADD ("comes-before-drawing", test_before_drawing);
  return g_test_run ();
}
