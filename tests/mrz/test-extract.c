/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-mrz.h"

#include <glib.h>
#include <string.h>

#define LINE_1 "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define LINE_2 "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define CARD_1 "I<UTOD231458907<<<<<<<<<<<<<<<"
#define CARD_2 "7408122F1204159UTO<<<<<<<<<<<6"
#define CARD_3 "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"

static void
assert_passport (const char *bytes, gsize len)
{
  GsMrzLines lines;

  g_assert_cmpint (gs_mrz_extract ((const uint8_t *) bytes, len, &lines), ==, GS_MRZ_OK);
  g_assert_cmpint (lines.type, ==, GS_MRZ_TYPE_TD3);
  g_assert_cmpstr (lines.line[0], ==, LINE_1);
  g_assert_cmpstr (lines.line[1], ==, LINE_2);
}

static void
assert_card (const char *bytes, gsize len)
{
  GsMrzLines lines;

  g_assert_cmpint (gs_mrz_extract ((const uint8_t *) bytes, len, &lines), ==, GS_MRZ_OK);
  g_assert_cmpint (lines.type, ==, GS_MRZ_TYPE_TD1);
  g_assert_cmpstr (lines.line[0], ==, CARD_1);
  g_assert_cmpstr (lines.line[1], ==, CARD_2);
  g_assert_cmpstr (lines.line[2], ==, CARD_3);
}

/* String literals may hold NULs, so the length is the array's. */
#define PASSPORT(text) assert_passport (text, sizeof text - 1)
#define CARD(text) assert_card (text, sizeof text - 1)

static void
test_line_ends (void)
{
  PASSPORT (LINE_1 "\n" LINE_2 "\n");
  PASSPORT (LINE_1 "\r" LINE_2 "\r");
  PASSPORT (LINE_1 "\r\n" LINE_2 "\r\n\r\n");
  PASSPORT (LINE_1 "\t" LINE_2 "\t");
  PASSPORT (LINE_1 LINE_2);
  PASSPORT ("  " LINE_1 "  \n\n  " LINE_2 " ");
  CARD (CARD_1 CARD_2 CARD_3);
  CARD (CARD_1 "\r" CARD_2 "\r" CARD_3 "\r");
}

static void
test_framing (void)
{
  PASSPORT ("\x02" LINE_1 "\r" LINE_2 "\r\x03");
  PASSPORT ("\x01\x02" LINE_1 "\r" LINE_2 "\x03Z");
  PASSPORT ("\x02" LINE_1 LINE_2 "\x03\x12");
  PASSPORT ("\x1d" LINE_1 "\x1d" LINE_2 "\x1d");
  PASSPORT ("I\0Z" LINE_1 "\r" LINE_2 "\r");
  PASSPORT ("Y" LINE_1 "\r" LINE_2);
  PASSPORT ("X" LINE_1 LINE_2);
  PASSPORT ("\x01X" LINE_1 LINE_2 "Q");
  CARD ("Z" CARD_1 CARD_2 CARD_3);
  CARD ("\x02\\" CARD_1 "\r" CARD_2 "\r" CARD_3 "\x03");
}

static void
test_writing (void)
{
  PASSPORT (
    "p<utoeriksson<<anna<maria<<<<<<<<<<<<<<<<<<<\nl898902c36uto7408122f1204159ze184226b<<<<<10");
  PASSPORT (
    "P UTOERIKSSON  ANNA MARIA                   \nL898902C36UTO7408122F1204159ZE184226B     10");
  PASSPORT ("P< UTO ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
            "L898902C3 6 UTO 740812 2 F 120415 9 ZE184226B<<<<< 1 0");
  PASSPORT ("P<UTOERIKSSON\u00abANNA<MARIA<<<<<<<<<<<<<<<<<<<\n" LINE_2);
  PASSPORT ("P\u00abUTOERIKSSON\u00ab\u00abANNA\u00abMARIA\u00ab\u00ab<<<<<<<<<<<<<<<<<\n" LINE_2);
  PASSPORT ("\ufeff" LINE_1 "\n" LINE_2);
}

/* A keyboard layout that has another sign on the scanner's '<' key. */
static void
test_foreign_filler (void)
{
  const char *signs[] = { ";", "?", "|", "\\", "\u00a7", ">" };

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      g_auto (GStrv) parts = g_strsplit (LINE_1 "\r" LINE_2 "\r", "<", -1);
      g_autofree char *text = g_strjoinv (signs[i], parts);

      assert_passport (text, strlen (text));
    }
}

static void
test_refuses (void)
{
  static const char *const texts[] = {
    "hello, world",
    LINE_1,
    LINE_1 "\n",
    LINE_2 "\n" LINE_2 "0",
    LINE_1 "<\n" LINE_2,
    LINE_1 "\n" LINE_2 "1",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    CARD_1 "\n" CARD_2,
    ("P<UTO?????ON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<\n" LINE_2),
  };
  g_autofree char *many = NULL;
  GsMrzLines lines;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_cmpint (gs_mrz_extract ((const uint8_t *) texts[i], strlen (texts[i]), &lines), ==,
                       GS_MRZ_ERROR_NOT_MRZ);
      g_assert_cmpint (lines.type, ==, GS_MRZ_TYPE_NONE);
    }
  g_assert_cmpint (gs_mrz_extract (NULL, 0, &lines), ==, GS_MRZ_ERROR_EMPTY);
  g_assert_cmpint (gs_mrz_extract ((const uint8_t *) "\r\n\x02 <\x03", 6, &lines), ==,
                   GS_MRZ_ERROR_EMPTY);
  many = g_strnfill (GS_MRZ_MAX_INPUT + 1, 'A');
  g_assert_cmpint (gs_mrz_extract ((const uint8_t *) many, strlen (many), &lines), ==,
                   GS_MRZ_ERROR_TOO_LONG);
}

static void
test_unreadable (void)
{
  const char *text = "P<UTOERIK*SON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n" LINE_2;
  const GsMrzDate today = { 2026, 11, 23 };
  GsMrz mrz;

  g_assert_cmpint (gs_mrz_read ((const uint8_t *) text, strlen (text), &today, &mrz), ==,
                   GS_MRZ_OK);
  g_assert_cmpuint (mrz.format_errors, ==, GS_MRZ_FORMAT_NAME | GS_MRZ_FORMAT_UNREADABLE);
  g_assert_cmpstr (mrz.primary_identifier, ==, "ERIK?SON");
  g_assert_false (mrz.valid);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mrz/extract/line-ends", test_line_ends);
  g_test_add_func ("/mrz/extract/framing", test_framing);
  g_test_add_func ("/mrz/extract/writing", test_writing);
  g_test_add_func ("/mrz/extract/foreign-filler", test_foreign_filler);
  g_test_add_func ("/mrz/extract/refuses", test_refuses);
  g_test_add_func ("/mrz/extract/unreadable", test_unreadable);
  return g_test_run ();
}
