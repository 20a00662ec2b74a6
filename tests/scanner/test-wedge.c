/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-wedge.h"

#include "gs-mrz.h"

#include <string.h>

#define MS(ms) ((gint64) (ms) *1000)
#define LINE_1 "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define LINE_2 "L898902C36UTO7408122F1204159ZE184226B<<<<<10"

/* Stands for a key that types nothing, as F10. */
#define COMMAND '\x01'

typedef struct
{
  GsWedge *wedge;
  gint64 now_us;
  GString *replayed; /* the keys that acted, in order */
  guint n_scans;
  char *scan;
  guint n_keys; /* given and neither replayed nor freed */
} Fixture;

static Fixture *current;

static void
on_replay (gpointer key, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append (fixture->replayed, key);
  fixture->n_keys--;
  g_free (key);
}

static void
on_scan (GBytes *text, gpointer user_data)
{
  Fixture *fixture = user_data;
  gsize len;
  const char *bytes = g_bytes_get_data (text, &len);

  g_free (fixture->scan);
  fixture->scan = g_strndup (bytes, len);
  fixture->n_scans++;
}

static void
on_free_key (gpointer key)
{
  current->n_keys--;
  g_free (key);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  current = fixture;
  fixture->now_us = MS (1000);
  fixture->replayed = g_string_new (NULL);
  fixture->wedge = gs_wedge_new (on_replay, on_scan, on_free_key, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gs_wedge_free (fixture->wedge);
  g_assert_cmpuint (fixture->n_keys, ==, 0);
  g_string_free (fixture->replayed, TRUE);
  g_free (fixture->scan);
}

/* The clock moves on, and the deadlines on the way are kept as a main loop would. */
static void
pass (Fixture *fixture, gint64 us)
{
  gint64 until_us = fixture->now_us + us;

  for (;;)
    {
      gint64 deadline_us = gs_wedge_get_deadline_us (fixture->wedge);

      if (deadline_us < 0 || deadline_us > until_us)
        break;
      fixture->now_us = MAX (fixture->now_us, deadline_us);
      gs_wedge_tick (fixture->wedge, fixture->now_us);
    }
  fixture->now_us = until_us;
}

static void
press (Fixture *fixture, char c, gint64 gap_us)
{
  pass (fixture, gap_us);
  fixture->n_keys++;
  gs_wedge_key (fixture->wedge, c == COMMAND ? 0 : (guchar) c,
                g_strndup (c == '\r'      ? "!"
                           : c == COMMAND ? "#"
                                          : &c,
                           1),
                fixture->now_us);
}

static void
type (Fixture *fixture, const char *text, gint64 gap_us)
{
  for (; *text != '\0'; text++)
    press (fixture, *text, gap_us);
}

static void
assert_passport (Fixture *fixture)
{
  const GsMrzDate today = { 2026, 11, 23 };
  GsMrz mrz;

  g_assert_cmpint (
    gs_mrz_read ((const uint8_t *) fixture->scan, strlen (fixture->scan), &today, &mrz), ==,
    GS_MRZ_OK);
  g_assert_true (mrz.valid);
  g_assert_cmpstr (mrz.document_number, ==, "L898902C3");
}

static void
test_person (Fixture *fixture, gconstpointer data)
{
  type (fixture, "hello world", MS (90));
  press (fixture, '\r', MS (120));
  g_assert_cmpstr (fixture->replayed->str, ==, "hello world");
  pass (fixture, MS (39));
  g_assert_cmpstr (fixture->replayed->str, ==, "hello world");
  pass (fixture, MS (1));
  g_assert_cmpstr (fixture->replayed->str, ==, "hello world!");
  g_assert_cmpuint (fixture->n_scans, ==, 0);
  g_assert_cmpint (gs_wedge_get_deadline_us (fixture->wedge), ==, -1);
}

/* Two or three keys rolled within a few milliseconds are a person's too, in their order. */
static void
test_rolled_keys (Fixture *fixture, gconstpointer data)
{
  type (fixture, "the", MS (8));
  pass (fixture, MS (100));
  type (fixture, "12345", MS (20));
  pass (fixture, MS (100));
  g_assert_cmpstr (fixture->replayed->str, ==, "the12345");
}

static void
test_key_held_down (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 60; i++)
    press (fixture, ' ', MS (25));
  pass (fixture, MS (50));
  g_assert_cmpuint (fixture->n_scans, ==, 0);
  g_assert_cmpuint (fixture->replayed->len, ==, 60);
  for (int i = 0; i < 2000; i++)
    press (fixture, COMMAND, MS (25));
  pass (fixture, MS (50));
  g_assert_cmpuint (fixture->n_scans, ==, 0);
}

static void
check_scan_at (Fixture *fixture, gint64 gap_us)
{
  g_string_truncate (fixture->replayed, 0);
  fixture->n_scans = 0;
  type (fixture, LINE_1 "\r" LINE_2 "\r", gap_us);
  g_assert_true (gs_wedge_is_dead (fixture->wedge, fixture->now_us));
  g_assert_cmpuint (fixture->n_scans, ==, 0);
  pass (fixture, MS (40));
  g_assert_cmpuint (fixture->n_scans, ==, 1);
  assert_passport (fixture);
  pass (fixture, MS (1000));
  g_assert_cmpstr (fixture->replayed->str, ==, "");
}

static void
test_scan (Fixture *fixture, gconstpointer data)
{
  check_scan_at (fixture, 0);
  check_scan_at (fixture, MS (1));
  check_scan_at (fixture, MS (12));
  check_scan_at (fixture, MS (29));
}

/* Until 300 ms after a scan's last character nothing acts, whatever is pressed. */
static void
test_dead_time (Fixture *fixture, gconstpointer data)
{
  type (fixture, LINE_1 "\r" LINE_2, MS (2));
  pass (fixture, MS (60));
  g_assert_cmpuint (fixture->n_scans, ==, 1);
  press (fixture, '\r', 0); /* the reader's own Enter, late */
  press (fixture, '1', MS (60));
  press (fixture, COMMAND, MS (60));
  press (fixture, COMMAND, MS (119)); /* 299 ms after the last character */
  g_assert_true (gs_wedge_is_dead (fixture->wedge, fixture->now_us));
  pass (fixture, MS (500));
  g_assert_cmpstr (fixture->replayed->str, ==, "");
  g_assert_false (gs_wedge_is_dead (fixture->wedge, fixture->now_us));
  press (fixture, COMMAND, 0);
  pass (fixture, MS (40));
  g_assert_cmpstr (fixture->replayed->str, ==, "#");
  g_assert_cmpuint (fixture->n_scans, ==, 1);
}

static void
test_dead_time_ends (Fixture *fixture, gconstpointer data)
{
  type (fixture, LINE_1 "\r" LINE_2, MS (2));
  press (fixture, COMMAND, MS (300));
  pass (fixture, MS (40));
  g_assert_cmpstr (fixture->replayed->str, ==, "#");
}

/* A key just before the scan and keys in the middle of it fall with it. */
static void
test_commands_within (Fixture *fixture, gconstpointer data)
{
  press (fixture, COMMAND, 0);
  type (fixture, LINE_1, MS (3));
  press (fixture, COMMAND, MS (3));
  type (fixture, "\r" LINE_2 "\r", MS (3));
  press (fixture, COMMAND, MS (3));
  pass (fixture, MS (1000));
  g_assert_cmpstr (fixture->replayed->str, ==, "");
  g_assert_cmpuint (fixture->n_scans, ==, 1);
  assert_passport (fixture);
}

/* Typing that ends right where the scan begins, but 40 ms before it, still acts. */
static void
test_typing_then_scan (Fixture *fixture, gconstpointer data)
{
  type (fixture, "abc", MS (80));
  type (fixture, LINE_1 "\r" LINE_2 "\r", MS (45));
  pass (fixture, MS (1000));
  g_assert_cmpuint (fixture->n_scans, ==, 0); /* 45 ms between keys is no reader */
  g_string_truncate (fixture->replayed, 0);
  type (fixture, "abc", MS (80));
  pass (fixture, MS (45));
  type (fixture, LINE_1 "\r" LINE_2 "\r", MS (5));
  pass (fixture, MS (1000));
  g_assert_cmpstr (fixture->replayed->str, ==, "abc");
  g_assert_cmpuint (fixture->n_scans, ==, 1);
  assert_passport (fixture);
}

/* A reader that rests between the lines is still one scan. */
static void
test_pause_between_lines (Fixture *fixture, gconstpointer data)
{
  type (fixture, LINE_1 "\r", MS (4));
  pass (fixture, MS (250));
  type (fixture, LINE_2 "\r", MS (4));
  pass (fixture, MS (1000));
  g_assert_cmpstr (fixture->replayed->str, ==, "");
  g_assert_cmpuint (fixture->n_scans, ==, 1);
  assert_passport (fixture);
}

/* What is no zone is a scan all the same, and never acts; it is complete after 300 ms. */
static void
test_other_scan (Fixture *fixture, gconstpointer data)
{
  type (fixture, "0123456\r", MS (5));
  pass (fixture, MS (299));
  g_assert_cmpuint (fixture->n_scans, ==, 0);
  pass (fixture, MS (1));
  g_assert_cmpuint (fixture->n_scans, ==, 1);
  g_assert_cmpstr (fixture->scan, ==, "0123456\r");
  g_assert_cmpstr (fixture->replayed->str, ==, "");
}

static void
test_foreign_layout (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) parts = g_strsplit (LINE_1 "\r" LINE_2 "\r", "<", -1);

  for (int i = 0; parts[i] != NULL; i++)
    {
      if (i > 0)
        {
          pass (fixture, MS (4));
          fixture->n_keys++;
          gs_wedge_key (fixture->wedge, GS_WEDGE_UNKNOWN_CHARACTER, g_strdup ("?"),
                        fixture->now_us);
        }
      type (fixture, parts[i], MS (4));
    }
  pass (fixture, MS (1000));
  g_assert_cmpstr (fixture->replayed->str, ==, "");
  g_assert_cmpuint (fixture->n_scans, ==, 1);
  assert_passport (fixture);
}

/* The window was busy: the keys come late but with their own times, and no tick came between. */
static void
test_late_delivery (Fixture *fixture, gconstpointer data)
{
  gint64 time_us = fixture->now_us;

  for (const char *c = LINE_1 "\r" LINE_2 "\r"; *c != '\0'; c++)
    {
      fixture->n_keys++;
      gs_wedge_key (fixture->wedge, *c, g_strndup (c, 1), time_us);
      time_us += MS (3);
    }
  fixture->now_us = time_us + MS (800);
  gs_wedge_tick (fixture->wedge, fixture->now_us);
  g_assert_cmpuint (fixture->n_scans, ==, 1);
  g_assert_cmpstr (fixture->replayed->str, ==, "");
}

/* Random readers: any speed under 30 ms with jitter, any pause before. No key ever gets through. */
static void
test_random_scans (Fixture *fixture, gconstpointer data)
{
  static const char zone[] = LINE_1 "\r" LINE_2 "\r";
  g_autoptr (GRand) random = g_rand_new_with_seed (40);

  for (int i = 0; i < 500; i++)
    {
      gint64 slowest_us = g_rand_int_range (random, 1, 30000);

      pass (fixture, g_rand_int_range (random, 40000, 2000000));
      press (fixture, 'P', 0);
      for (const char *c = &zone[1]; *c != '\0'; c++)
        press (fixture, *c, g_rand_int_range (random, 0, slowest_us));
      pass (fixture, MS (300));
      g_assert_cmpuint (fixture->n_scans, ==, i + 1);
      g_assert_cmpstr (fixture->replayed->str, ==, "");
      assert_passport (fixture);
    }
}

/* A random person, never under 45 ms between two keys, with a swipe now and then: every key
 * arrives, in order, but those pressed within 300 ms after a scan, and every scan is one. */
static void
test_random_person (Fixture *fixture, gconstpointer data)
{
  static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789<\r";
  g_autoptr (GRand) random = g_rand_new_with_seed (12);
  g_autoptr (GString) expected = g_string_new (NULL);
  guint n_swipes = 0;

  for (int i = 0; i < 20000; i++)
    {
      char c = alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];

      press (fixture, c, g_rand_int_range (random, 45000, 400000));
      g_string_append_c (expected, c == '\r' ? '!' : c);
      if (g_rand_int_range (random, 0, 200) > 0)
        continue;
      pass (fixture, MS (45));
      type (fixture, LINE_1 "\r" LINE_2 "\r", g_rand_int_range (random, 0, 29000));
      press (fixture, '1', g_rand_int_range (random, 45000, 299000));
      pass (fixture, MS (300));
      n_swipes++;
    }
  pass (fixture, MS (300));
  g_assert_cmpuint (n_swipes, >, 50);
  g_assert_cmpuint (fixture->n_scans, ==, n_swipes);
  g_assert_cmpstr (fixture->replayed->str, ==, expected->str);
}

/* Freed while keys are held and while a scan runs: nothing leaks. */
static void
test_free_early (Fixture *fixture, gconstpointer data)
{
  type (fixture, "abc", MS (5));
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
  add ("/scanner/wedge/person", test_person);
  add ("/scanner/wedge/rolled-keys", test_rolled_keys);
  add ("/scanner/wedge/key-held-down", test_key_held_down);
  add ("/scanner/wedge/scan", test_scan);
  add ("/scanner/wedge/dead-time", test_dead_time);
  add ("/scanner/wedge/dead-time-ends", test_dead_time_ends);
  add ("/scanner/wedge/commands-within", test_commands_within);
  add ("/scanner/wedge/typing-then-scan", test_typing_then_scan);
  add ("/scanner/wedge/pause-between-lines", test_pause_between_lines);
  add ("/scanner/wedge/other-scan", test_other_scan);
  add ("/scanner/wedge/foreign-layout", test_foreign_layout);
  add ("/scanner/wedge/late-delivery", test_late_delivery);
  add ("/scanner/wedge/random-scans", test_random_scans);
  add ("/scanner/wedge/random-person", test_random_person);
  add ("/scanner/wedge/free-early", test_free_early);
  return g_test_run ();
}
