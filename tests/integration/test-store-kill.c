/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kills a process that takes in events, at random moments, again and again, and compares the
 * database with what was sent: by id and by bytes. */

#include <signal.h>
#include <stdlib.h>
#include <sys/vfs.h>
#include <linux/magic.h>

#include "gs-event-table.h"
#include "gs-feed-table.h"
#include "gs-record-table.h"
#include "gs-test-store.h"

#define N_KILLS 75
#define RATE 1000

typedef struct
{
  char *directory;
  char *path;
  const char *child;
  GRand *rand;
  gint64 start_us;
  gint64 acknowledged; /* the last cursor that a child said was committed */
} Run;

/* Reads what the child says is committed: at most so many lines, all of them for -1. */
static void
read_acknowledged (Run *run, GDataInputStream *output, int lines)
{
  char *line;

  while (lines-- != 0 && (line = g_data_input_stream_read_line (output, NULL, NULL, NULL)) != NULL)
    {
      gint64 cursor = g_ascii_strtoll (line, NULL, 10);

      g_assert_cmpint (cursor, >=, run->acknowledged);
      run->acknowledged = cursor;
      g_free (line);
    }
}

/* A moment from before main() to well into live ingest; or soon after the first commits, when the
 * child catches up; or around a later commit. */
static void
wait_for_moment (Run *run, GDataInputStream *output)
{
  switch (g_rand_int_range (run->rand, 0, 3))
    {
    case 0:
      g_usleep ((gulong) g_rand_int_range (run->rand, 1000, 250000));
      break;
    case 1:
      read_acknowledged (run, output, g_rand_int_range (run->rand, 1, 4));
      g_usleep ((gulong) g_rand_int_range (run->rand, 0, 5000));
      break;
    default:
      read_acknowledged (run, output, g_rand_int_range (run->rand, 3, 15));
      g_usleep ((gulong) g_rand_int_range (run->rand, 0, 25000));
      break;
    }
}

static void
run_and_kill (Run *run)
{
  g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, run->start_us);
  g_autofree char *rate = g_strdup_printf ("%d", RATE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                    run->child, run->path, start, rate, NULL);

  g_autoptr (GDataInputStream) output = NULL;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  wait_for_moment (run, output);
  g_subprocess_send_signal (child, SIGKILL);
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
  read_acknowledged (run, output, -1);
}

static gpointer
get_feed (GsDatabase *db, gpointer data, GError **error)
{
  return gs_feed_table_get (db, error);
}

static gpointer
verify_record (GsDatabase *db, gpointer data, GError **error)
{
  gint64 first_bad;

  return GINT_TO_POINTER (gs_record_table_verify (db, &first_bad, error));
}

static gpointer
list (GsDatabase *db, gpointer after, GError **error)
{
  return gs_event_table_list (db, *(gint64 *) after, 1000, error);
}

/* Each id from 1 to the last one is there once, with exactly its bytes. */
static gint64
compare (GsStore *store, gint64 cursor)
{
  g_autofree guint8 *seen = g_malloc0 ((gsize) cursor + 2000);
  gint64 position = 0, count = 0;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = gs_store_query (store, list, &position, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < rows->len; i++)
        {
          const GsEventRow *row = g_ptr_array_index (rows, i);
          g_autoptr (GsIngestItem) sent = test_event_new (row->id);

          g_assert_true (g_bytes_equal (row->raw, sent->raw));
          g_assert_cmpint (row->id, <, cursor + 2000);
          g_assert_cmpint (seen[row->id]++, ==, 0);
          position = row->position;
          count++;
        }
      if (rows->len == 0)
        break;
    }
  for (gint64 id = 1; id <= cursor; id++)
    g_assert_cmpint (seen[id], ==, 1);
  return count;
}

static gint64
check (Run *run, gboolean whole)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStore) store = gs_store_open (run->path, &error);
  g_autoptr (GsFeedPosition) position = NULL;
  gint64 count;

  g_assert_no_error (error);
  position = gs_store_query (store, get_feed, NULL, &error);
  g_assert_no_error (error);
  /* What was told to be committed is committed. */
  g_assert_cmpint (position->cursor, >=, run->acknowledged);
  g_assert_nonnull (gs_store_query (store, verify_record, NULL, &error));
  if (whole)
    {
      count = compare (store, position->cursor);
      g_assert_cmpint (position->n_events, ==, count);
    }
  gs_store_close (store);
  return position->cursor;
}

static void
test_kill (gconstpointer data)
{
  Run run = { .child = data, .rand = g_rand_new_with_seed ((guint32) g_test_rand_int ()) };
  struct statfs system;
  gint64 cursor = 0;

  run.directory = test_directory_new ();
  run.path = g_build_filename (run.directory, "desk.db", NULL);
  g_assert_cmpint (statfs (run.directory, &system), ==, 0);
  if (system.f_type == TMPFS_MAGIC)
    g_test_message ("The build directory is on tmpfs: this says less than on a disk");
  run.start_us = g_get_real_time ();
  for (int kill = 1; kill <= N_KILLS; kill++)
    {
      run_and_kill (&run);
      cursor = check (&run, kill % 10 == 0);
    }
  g_test_message ("%d kills, %" G_GINT64_FORMAT " events, none lost, none doubled", N_KILLS,
                  cursor);
  g_assert_cmpint (cursor, >, 1000);
  g_rand_free (run.rand);
  g_free (run.path);
  test_directory_remove (run.directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  g_test_add_data_func ("/integration/store-kill/synthetic", argv[1], test_kill);
  return g_test_run ();
}
