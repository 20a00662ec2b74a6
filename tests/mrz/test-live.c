/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-mrz-live.h"

#include <glib.h>
#include <string.h>

#define LINE_1 "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define LINE_2 "L898902C36UTO7408122F1204159ZE184226B<<<<<10"

static void
test_while_typing (void)
{
  GsMrzLive live;

  gs_mrz_live ("", &live);
  g_assert_cmpint (live.lines.type, ==, GS_MRZ_TYPE_NONE);
  gs_mrz_live (LINE_1 "\nl89", &live);
  g_assert_cmpint (live.lines.type, ==, GS_MRZ_TYPE_TD3);
  g_assert_cmpint (live.state[0][0], ==, GS_MRZ_LIVE_TYPED);
  g_assert_cmpint (live.state[1][0], ==, GS_MRZ_LIVE_PENDING);
  g_assert_cmpint (live.state[1][3], ==, GS_MRZ_LIVE_EMPTY);
  gs_mrz_live (LINE_1 "\nL898902C36UTO7408132", &live);
  g_assert_cmpint (live.state[1][0], ==, GS_MRZ_LIVE_RIGHT);
  g_assert_cmpint (live.state[1][9], ==, GS_MRZ_LIVE_RIGHT);
  g_assert_cmpint (live.state[1][10], ==, GS_MRZ_LIVE_TYPED);
  g_assert_cmpint (live.state[1][13], ==, GS_MRZ_LIVE_WRONG);
  g_assert_cmpint (live.checks[GS_MRZ_CHECK_BIRTH_DATE], ==, GS_MRZ_CHECK_WRONG);
  g_assert_cmpint (live.checks[GS_MRZ_CHECK_EXPIRY_DATE], ==, GS_MRZ_CHECK_ABSENT);
  g_assert_false (live.complete);
  gs_mrz_live (LINE_1 "\n" LINE_2, &live);
  g_assert_true (live.complete);
  g_assert_true (live.right);
  g_assert_cmpint (live.state[1][43], ==, GS_MRZ_LIVE_RIGHT);
  gs_mrz_live (LINE_1 LINE_2 "7", &live);
  g_assert_cmpuint (live.too_many, ==, 1);
  g_assert_false (live.right);
}

static void
test_bad_characters (void)
{
  GsMrzLive live;

  gs_mrz_live ("P<UT0ER*KSSON", &live);
  g_assert_cmpint (live.state[0][4], ==, GS_MRZ_LIVE_BAD);
  g_assert_cmpint (live.state[0][7], ==, GS_MRZ_LIVE_BAD);
  g_assert_cmpint (live.state[0][8], ==, GS_MRZ_LIVE_TYPED);
  gs_mrz_live (LINE_1 "\nL898902C36UTO74O", &live);
  g_assert_cmpint (live.state[1][15], ==, GS_MRZ_LIVE_BAD);
  g_assert_cmpint (gs_mrz_live_character ('a'), ==, 'A');
  g_assert_cmpint (gs_mrz_live_character (' '), ==, '<');
  g_assert_cmpint (gs_mrz_live_character (0xab), ==, '<');
  g_assert_cmpint (gs_mrz_live_character ('!'), ==, 0);
}

static void
test_long_number (void)
{
  GsMrzLive live;

  gs_mrz_live ("I<UTOD23145890<734", &live);
  g_assert_cmpint (live.state[0][5], ==, GS_MRZ_LIVE_PENDING);
  gs_mrz_live ("I<UTOD23145890<7349<", &live);
  g_assert_cmpint (live.state[0][5], ==, GS_MRZ_LIVE_RIGHT);
  g_assert_cmpint (live.state[0][18], ==, GS_MRZ_LIVE_RIGHT);
  gs_mrz_live ("I<UTOD23145890<7348<", &live);
  g_assert_cmpint (live.state[0][5], ==, GS_MRZ_LIVE_WRONG);
}

static void
test_type (void)
{
  GsMrzLive live;

  gs_mrz_live ("I<UTO", &live);
  g_assert_cmpint (live.lines.type, ==, GS_MRZ_TYPE_TD1);
  gs_mrz_live ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD2", &live);
  g_assert_cmpint (live.lines.type, ==, GS_MRZ_TYPE_TD2);
  gs_mrz_live ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8", &live);
  g_assert_cmpint (live.lines.type, ==, GS_MRZ_TYPE_MRVB);
  gs_mrz_live ("V<UTO", &live);
  g_assert_cmpint (live.lines.type, ==, GS_MRZ_TYPE_MRVA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mrz/live/while-typing", test_while_typing);
  g_test_add_func ("/mrz/live/bad-characters", test_bad_characters);
  g_test_add_func ("/mrz/live/long-number", test_long_number);
  g_test_add_func ("/mrz/live/type", test_type);
  return g_test_run ();
}
