/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-mrz.h"

#include <glib.h>
#include <string.h>

#define NAME "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"

static void
read_text (const char *text, GsMrz *mrz)
{
  const GsMrzDate today = { 2026, 11, 23 };

  g_assert_cmpint (gs_mrz_read ((const uint8_t *) text, strlen (text), &today, mrz), ==, GS_MRZ_OK);
}

static void
test_letter_in_date (void)
{
  GsMrz mrz;

  read_text (NAME "L898902C36UTO74O8I22F1204159ZE184226B<<<<<10\n", &mrz);
  g_assert_true (mrz.valid);
  g_assert_cmpstr (mrz.birth_date_mrz, ==, "740812");
  g_assert_cmpuint (mrz.n_repairs, ==, 2);
  g_assert_cmpint (mrz.repairs[0].line, ==, 1);
  g_assert_cmpint (mrz.repairs[0].column, ==, 15);
  g_assert_cmpint (mrz.repairs[0].read, ==, 'O');
  g_assert_cmpint (mrz.repairs[0].used, ==, '0');
  g_assert_cmpstr (mrz.repairs[0].field, ==, "birth_date");
  g_assert_cmpstr (mrz.lines.line[1], ==, "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
}

static void
test_letter_as_digit_of_check (void)
{
  GsMrz mrz;

  read_text (NAME "L898902C36UTO740812ZF1204159ZE184226B<<<<<1O\n", &mrz);
  g_assert_true (mrz.valid);
  g_assert_cmpuint (mrz.n_repairs, ==, 2);
}

/* No sign in this number can be confused but the one that was. */
static void
test_number_one_way (void)
{
  g_autofree char *text = NULL;
  g_autofree char *covered = NULL;
  GsMrz mrz;

  covered = g_strdup_printf ("KX40739AC%c7408122120415<", gs_mrz_check_digit ("KX40739AC", 9));
  text = g_strdup_printf (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nKX4O739AC%cXXX7408122F1204159<<<<<<<<\n", covered[9]);
  read_text (text, &mrz);
  g_assert_true (mrz.valid);
  g_assert_cmpstr (mrz.document_number, ==, "KX40739AC");
  g_assert_cmpuint (mrz.n_repairs, ==, 1);
  g_assert_cmpstr (mrz.repairs[0].field, ==, "document_number");
}

/* L898902C3 read with O for 0: {O}, {O, 8, 8} and {O, 8, 2} all make the digit right. */
static void
test_number_several_ways (void)
{
  GsMrz mrz;

  read_text (NAME "L8989O2C36UTO7408122F1204159ZE184226B<<<<<10\n", &mrz);
  g_assert_cmpuint (mrz.n_repairs, ==, 0);
  g_assert_false (mrz.valid);
  g_assert_cmpstr (mrz.document_number, ==, "L8989O2C3");
  g_assert_cmpint (mrz.checks[GS_MRZ_CHECK_DOCUMENT_NUMBER], ==, GS_MRZ_CHECK_WRONG);
}

static void
test_never (void)
{
  GsMrz mrz;

  /* A name, however plain the confusion. */
  read_text (
    "P<UTOER1KSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO74O8122F1204159ZE184226B<<<<<10\n",
    &mrz);
  g_assert_cmpstr (mrz.primary_identifier, ==, "ER1KSSON");
  g_assert_cmpuint (mrz.n_repairs, ==, 1);
  g_assert_cmpuint (mrz.format_errors, ==, GS_MRZ_FORMAT_NAME);
  /* A state: no check digit would confirm it. */
  read_text (NAME "L898902C36UT07408122F1204159ZE184226B<<<<<10\n", &mrz);
  g_assert_cmpuint (mrz.n_repairs, ==, 0);
  g_assert_cmpstr (mrz.nationality, ==, "UT0");
  /* A digit for a digit is no confusion that is known. */
  read_text (NAME "L898902C36UTO7408132F1204159ZE184226B<<<<<10\n", &mrz);
  g_assert_cmpuint (mrz.n_repairs, ==, 0);
  /* One field can be mended and another cannot: nothing is touched. */
  read_text (NAME "L898902C36UTO74O8122F1204158ZE184226B<<<<<10\n", &mrz);
  g_assert_cmpuint (mrz.n_repairs, ==, 0);
  g_assert_cmpstr (mrz.birth_date_mrz, ==, "74O812");
}

/* Only the composite covers a card's optional data. */
static void
test_composite_only (void)
{
  g_autofree char *covered =
    g_strdup_printf ("D231458907%s%s%s%s", "7B<<<<<<<<<<<<<", "7408122", "1204159", "<<<<<<<<<<<");
  g_autofree char *text =
    g_strdup_printf ("I<UTOD23145890778<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<%c\n"
                     "ERIKSSON<<ANNA<MARIA<<<<<<<<<<\n",
                     gs_mrz_check_digit (covered, strlen (covered)));
  GsMrz mrz;

  read_text (text, &mrz);
  g_assert_true (mrz.valid);
  g_assert_cmpstr (mrz.optional_data, ==, "7B");
  g_assert_cmpuint (mrz.n_repairs, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mrz/repair/letter-in-date", test_letter_in_date);
  g_test_add_func ("/mrz/repair/letter-as-check-digit", test_letter_as_digit_of_check);
  g_test_add_func ("/mrz/repair/number-one-way", test_number_one_way);
  g_test_add_func ("/mrz/repair/number-several-ways", test_number_several_ways);
  g_test_add_func ("/mrz/repair/never", test_never);
  g_test_add_func ("/mrz/repair/composite-only", test_composite_only);
  return g_test_run ();
}
