/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The victim of test-store-kill: takes synthetic events into a store until it is killed. The hall
 * behind it is a clock: at RATE events a second since START there is an event for every tick, so a
 * restart has to catch up in big batches before it is live again in small ones. What arrives is
 * what a bad connection brings: repeated events after each start and holes that are filled later.
 * Every committed cursor is written to standard output. */

#include <stdio.h>

#include "gs-test-store.h"

#define TICK_US 20000

static gint64
get_newest (gint64 start_us, gint64 rate)
{
  return (g_get_real_time () - start_us) * rate / G_USEC_PER_SEC;
}

/* The ids from first to last, without leave_out; late (0: none) comes at the end. The result is the
 * committed cursor. */
static gint64
take (GsStore *store, gint64 first, gint64 last, gint64 leave_out, gint64 late)
{
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_ingest_item_free);
  g_autoptr (GsIngestResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (gint64 id = MAX (first, 1); id <= last; id++)
    if (id != leave_out)
      g_ptr_array_add (items, test_event_new (id));
  if (late > 0)
    g_ptr_array_add (items, test_event_new (late));
  result = gs_store_ingest (store, TEST_EPOCH, items, NULL, &error);
  if (result == NULL)
    g_error ("ingest: %s", error->message);
  g_print ("%" G_GINT64_FORMAT "\n", result->cursor);
  return result->cursor;
}

static void
follow (GsStore *store, gint64 cursor, gint64 start_us, gint64 rate)
{
  g_autoptr (GRand) rand = g_rand_new ();
  gint64 delivered = cursor, hole = 0;
  int batches_to_wait = 0;

  for (;;)
    {
      gint64 newest = get_newest (start_us, rate);
      gint64 most = newest - delivered > 200 ? 1000 : 60;
      gint64 last = MIN (newest, delivered + g_rand_int_range (rand, 1, (gint32) most));
      gint64 late = 0;

      if (last <= delivered)
        {
          g_usleep (TICK_US);
          continue;
        }
      if (hole != 0 && --batches_to_wait <= 0)
        {
          late = hole;
          hole = 0;
        }
      else if (hole == 0 && g_rand_int_range (rand, 0, 3) == 0)
        {
          hole = delivered + 1 + (last - delivered) / 2;
          batches_to_wait = g_rand_int_range (rand, 1, 6);
        }
      take (store, delivered + 1, last, hole, late);
      delivered = last;
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStore) store = NULL;
  gint64 cursor;

  if (argc != 4)
    return 64;
  setvbuf (stdout, NULL, _IOLBF, 0);
  store = gs_store_open (argv[1], &error);
  if (store == NULL)
    g_error ("open: %s", error->message);
  cursor = gs_store_begin_epoch (store, TEST_EPOCH, 0, FALSE, 1, &error);
  if (cursor < 0)
    g_error ("epoch: %s", error->message);
  g_print ("%" G_GINT64_FORMAT "\n", cursor);
  cursor = take (store, cursor - 5, cursor, 0, 0); /* the connection repeats */
  follow (store, cursor, g_ascii_strtoll (argv[2], NULL, 10), g_ascii_strtoll (argv[3], NULL, 10));
}
