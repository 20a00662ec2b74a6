/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-serial-scanner.h"

#include "gs-mrz.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define LINE_1 "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define LINE_2 "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define ZONE LINE_1 "\r" LINE_2 "\r"

typedef struct
{
  char *dir;
  char *link; /* what the scanner opens */
  int master;
  GsSerialScanner *scanner;
  GPtrArray *scans; /* of GBytes */
  guint n_changes;
} Fixture;

static void
on_scan (GsScanner *scanner, GBytes *raw, Fixture *fixture)
{
  g_ptr_array_add (fixture->scans, g_bytes_ref (raw));
}

static void
on_state_changed (GsScanner *scanner, Fixture *fixture)
{
  fixture->n_changes++;
}

/* A new pty, with the link pointing to its slave. */
static void
plug_in (Fixture *fixture)
{
  fixture->master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (fixture->master, >=, 0);
  g_assert_cmpint (grantpt (fixture->master), ==, 0);
  g_assert_cmpint (unlockpt (fixture->master), ==, 0);
  g_unlink (fixture->link);
  g_assert_cmpint (symlink (ptsname (fixture->master), fixture->link), ==, 0);
}

static void
pull_out (Fixture *fixture)
{
  g_unlink (fixture->link);
  close (fixture->master);
  fixture->master = -1;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("gs-scanner-XXXXXX", NULL);
  fixture->link = g_build_filename (fixture->dir, "scanner", NULL);
  fixture->master = -1;
  fixture->scans = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  fixture->scanner = gs_serial_scanner_new (fixture->link, 9600);
  gs_serial_scanner_set_reopen_interval_ms (fixture->scanner, 10);
  g_signal_connect (fixture->scanner, "scan", G_CALLBACK (on_scan), fixture);
  g_signal_connect (fixture->scanner, "state-changed", G_CALLBACK (on_state_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->scanner);
  g_ptr_array_unref (fixture->scans);
  if (fixture->master >= 0)
    close (fixture->master);
  g_unlink (fixture->link);
  g_rmdir (fixture->dir);
  g_free (fixture->link);
  g_free (fixture->dir);
}

static gboolean
on_deadline (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

#define WAIT_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean too_late = FALSE;                                                                     \
    guint source = g_timeout_add (5000, on_deadline, &too_late);                                   \
                                                                                                   \
    while (!(condition) && !too_late)                                                              \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (source);                                                                      \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END

static void
run_for_ms (guint ms)
{
  gboolean is_over = FALSE;
  guint source = g_timeout_add (ms, on_deadline, &is_over);

  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

static void
send_bytes (Fixture *fixture, const char *bytes, gsize len)
{
  g_assert_cmpint (write (fixture->master, bytes, len), ==, len);
}

static void
send_text (Fixture *fixture, const char *text)
{
  send_bytes (fixture, text, strlen (text));
}

static void
assert_zone (GBytes *raw)
{
  gsize len;
  const uint8_t *bytes = g_bytes_get_data (raw, &len);
  GsMrzLines lines;

  g_assert_cmpint (gs_mrz_extract (bytes, len, &lines), ==, GS_MRZ_OK);
  g_assert_cmpstr (lines.line[0], ==, LINE_1);
  g_assert_cmpstr (lines.line[1], ==, LINE_2);
}

static GsScannerState
state (Fixture *fixture)
{
  return gs_scanner_get_state (GS_SCANNER (fixture->scanner));
}

static void
start_ready (Fixture *fixture)
{
  plug_in (fixture);
  gs_scanner_start (GS_SCANNER (fixture->scanner));
  g_assert_cmpint (state (fixture), ==, GS_SCANNER_READY);
}

static void
test_reads (Fixture *fixture, gconstpointer data)
{
  start_ready (fixture);
  send_text (fixture, ZONE);
  WAIT_UNTIL (fixture->scans->len == 1);
  assert_zone (g_ptr_array_index (fixture->scans, 0));
  send_text (fixture, LINE_1 LINE_2);
  WAIT_UNTIL (fixture->scans->len == 2);
  assert_zone (g_ptr_array_index (fixture->scans, 1));
}

/* Some bytes, a pause shorter than the end of a reading, the rest. */
static void
test_reads_in_parts (Fixture *fixture, gconstpointer data)
{
  start_ready (fixture);
  for (const char *at = ZONE; *at != '\0'; at++)
    {
      send_bytes (fixture, at, 1);
      if ((at - ZONE) % 20 == 19)
        run_for_ms (20);
    }
  WAIT_UNTIL (fixture->scans->len == 1);
  run_for_ms (200);
  g_assert_cmpuint (fixture->scans->len, ==, 1);
  assert_zone (g_ptr_array_index (fixture->scans, 0));
}

/* Two framed readings in one go are two; their check bytes are none. */
static void
test_framed (Fixture *fixture, gconstpointer data)
{
  start_ready (fixture);
  send_text (fixture, "\x02" ZONE "\x03Z\x02" ZONE "\x03Z");
  WAIT_UNTIL (fixture->scans->len == 2);
  run_for_ms (200);
  g_assert_cmpuint (fixture->scans->len, ==, 2);
  assert_zone (g_ptr_array_index (fixture->scans, 0));
  assert_zone (g_ptr_array_index (fixture->scans, 1));
}

static void
test_noise (Fixture *fixture, gconstpointer data)
{
  g_autofree char *flood = g_strnfill (1500, 'A');

  start_ready (fixture);
  send_text (fixture, "\r\n\r\n");
  run_for_ms (200);
  g_assert_cmpuint (fixture->scans->len, ==, 0);
  for (int i = 0; i < 4; i++)
    {
      send_text (fixture, flood);
      run_for_ms (10);
    }
  run_for_ms (200);
  g_assert_cmpuint (fixture->scans->len, ==, 0);
  send_text (fixture, ZONE);
  WAIT_UNTIL (fixture->scans->len == 1);
  assert_zone (g_ptr_array_index (fixture->scans, 0));
}

static void
test_plug_and_unplug (Fixture *fixture, gconstpointer data)
{
  gint64 before_us;

  gs_scanner_start (GS_SCANNER (fixture->scanner));
  g_assert_cmpint (state (fixture), ==, GS_SCANNER_ABSENT);
  g_assert_error (gs_scanner_get_error (GS_SCANNER (fixture->scanner)), GS_SCANNER_ERROR,
                  GS_SCANNER_ERROR_NOT_FOUND);
  plug_in (fixture);
  WAIT_UNTIL (state (fixture) == GS_SCANNER_READY);
  g_assert_null (gs_scanner_get_error (GS_SCANNER (fixture->scanner)));
  send_text (fixture, "half a zone");
  run_for_ms (20);
  before_us = g_get_monotonic_time ();
  pull_out (fixture);
  WAIT_UNTIL (state (fixture) == GS_SCANNER_ABSENT);
  g_assert_cmpint (gs_scanner_get_since_monotonic_us (GS_SCANNER (fixture->scanner)), >=,
                   before_us);
  plug_in (fixture);
  WAIT_UNTIL (state (fixture) == GS_SCANNER_READY);
  send_text (fixture, ZONE);
  WAIT_UNTIL (fixture->scans->len == 1);
  assert_zone (g_ptr_array_index (fixture->scans, 0));
  g_assert_cmpuint (fixture->n_changes, ==, 4);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  start_ready (fixture);
  send_text (fixture, ZONE);
  gs_scanner_stop (GS_SCANNER (fixture->scanner));
  g_assert_cmpint (state (fixture), ==, GS_SCANNER_ABSENT);
  run_for_ms (200);
  g_assert_cmpuint (fixture->scans->len, ==, 0);
  /* What came while nobody listened is no reading of now. */
  send_text (fixture, ZONE);
  gs_scanner_start (GS_SCANNER (fixture->scanner));
  run_for_ms (200);
  g_assert_cmpuint (fixture->scans->len, ==, 0);
  g_assert_cmpint (state (fixture), ==, GS_SCANNER_READY);
}

static void
test_no_terminal (Fixture *fixture, gconstpointer data)
{
  g_assert_true (g_file_set_contents (fixture->link, ZONE, -1, NULL));
  gs_scanner_start (GS_SCANNER (fixture->scanner));
  g_assert_cmpint (state (fixture), ==, GS_SCANNER_FAILED);
  g_assert_error (gs_scanner_get_error (GS_SCANNER (fixture->scanner)), GS_SCANNER_ERROR,
                  GS_SCANNER_ERROR_NOT_SERIAL);
  g_assert_cmpuint (fixture->scans->len, ==, 0);
}

static void
test_baud (void)
{
  g_assert_true (gs_serial_scanner_baud_is_known (0));
  g_assert_true (gs_serial_scanner_baud_is_known (9600));
  g_assert_false (gs_serial_scanner_baud_is_known (9601));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/scanner/serial/reads", test_reads);
  add ("/scanner/serial/reads-in-parts", test_reads_in_parts);
  add ("/scanner/serial/framed", test_framed);
  add ("/scanner/serial/noise", test_noise);
  add ("/scanner/serial/plug-and-unplug", test_plug_and_unplug);
  add ("/scanner/serial/stop", test_stop);
  add ("/scanner/serial/no-terminal", test_no_terminal);
  g_test_add_func ("/scanner/serial/baud", test_baud);
  return g_test_run ();
}
